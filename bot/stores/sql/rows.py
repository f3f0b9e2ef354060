"""Rows to values and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bot.shop.deal import Deal
from bot.shop.order import Order, OrderLine, Receiver
from bot.shop.people import Consent, Link, Person, RestockAsk, Thread
from bot.shop.stock import Lot, Take
from bot.shop.unread import Unread

Row = dict[str, Any]


def plain(value: Any) -> Row:
    """A flat dataclass whose fields are the columns; `asdict` would copy every one of them."""
    return {name: getattr(value, name) for name in value.__slots__}


def order_row(order: Order) -> Row:
    row = plain(order) | plain(order.receiver)
    for name in ("receiver", "lines", "days"):
        del row[name]
    return row | {"days_least": order.days[0], "days_most": order.days[1]}


def order_of(row: Row, lines: Iterable[OrderLine]) -> Order:
    receiver = Receiver(**{k: row[k] for k in Receiver.__slots__})
    plain = {k: row[k] for k in Order.__slots__ if k in row}
    days = (row["days_least"], row["days_most"])
    return Order(**plain, receiver=receiver, days=days, lines=tuple(lines))


def line_rows(order: Order) -> list[Row]:
    return [{"code": order.code, "line": i, **plain(x)} for i, x in enumerate(order.lines)]


def line_of(row: Row) -> OrderLine:
    return OrderLine(**{k: row[k] for k in OrderLine.__slots__})


def lot_of(row: Row) -> Lot:
    return Lot(**row)


def take_of(row: Row) -> Take:
    return Take(row["product"], row["lot"], row["amount"], row["sold"])


def person_row(person: Person) -> Row:
    return {
        "id": person.id,
        "seller": person.seller,
        "lang": person.lang,
        "receiver": asdict(person.receiver) if person.receiver else None,
        "created_at": person.created_at,
        "erase_after_orders": person.erase_after_orders,
        "trainer": person.trainer,
        "voice": person.voice,
        "light": person.light,
    }


def person_of(row: Row, consents: Iterable[Row]) -> Person:
    agreed = tuple(Consent(c["kind"], c["version"], c["lang"], c["at"]) for c in consents)
    receiver = Receiver(**row["receiver"]) if row["receiver"] else None
    return Person(**{**row, "receiver": receiver}, consents=agreed)


def link_of(row: Row) -> Link:
    return Link(**row)


def ask_of(row: Row) -> RestockAsk:
    return RestockAsk(**row)


def thread_of(row: Row) -> Thread:
    return Thread(**row)


def deal_of(row: Row) -> Deal:
    return Deal(**row)


def unread_of(row: Row) -> Unread:
    return Unread(**row)
