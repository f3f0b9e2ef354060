"""What a rehearsal can show of the truth behind the talk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import msgspec

from bot.shop.order import Order
from bot.shop.product import Product

Row = dict[str, Any]
UNITS = {"g": "grams", "ml": "ml", "piece": "count"}


class Truth(Protocol):
    """What of a running shop is shown."""

    @property
    def products(self) -> dict[str, Product]: ...

    async def all_orders(self) -> list[Order]: ...

    async def rows(self, table: str) -> list[Row]: ...

    def name_of(self, person: str) -> str: ...


async def orders(truth: Truth) -> list[Row]:
    return [_order(truth, o) for o in reversed(await truth.all_orders())]


def _order(truth: Truth, order: Order) -> Row:
    return {
        "code": order.code,
        "seller": order.seller,
        "person": truth.name_of(order.person),
        "state": order.state,
        "lines": [
            {
                "product": x.product,
                _unit(truth, x.product): x.amount,
                "vnd": x.vnd,
            }
            for x in order.lines
        ],
        "fee_vnd": order.fee_vnd,
        "total_vnd": order.total_vnd,
        "needs_call": order.needs_call,
    }


def _unit(truth: Truth, product: str) -> str:
    """What a line counts in; goods the catalogue no longer has are just an amount."""
    known = truth.products.get(product)
    return UNITS[known.base] if known else "amount"


async def stock(truth: Truth) -> list[Row]:
    levels: dict[str, Row] = {
        p: {"product": p, "free": 0, "held": 0, "sold": 0} for p in truth.products
    }
    for lot in await truth.rows("lots"):
        row = levels.get(lot["product"])
        if row is None:
            continue
        gone = lot["held"] + lot["sold"] + lot["spoiled"] + lot["returned"]
        row["free"] += lot["brought"] + lot["counted"] - gone
        row["held"] += lot["held"]
        row["sold"] += lot["sold"]
    return list(levels.values())


async def letters(truth: Truth) -> list[Row]:
    found = await truth.rows("letters")
    shown = ("kind", "state", "after", "until")
    return [
        {
            "to": truth.name_of(r["to"]),
            "id": msgspec.json.decode(r["say"])["id"],
            **{k: r[k] for k in shown},
        }
        for r in sorted(found, key=lambda r: int(r["id"]))
    ]


async def people(truth: Truth) -> list[Row]:
    consents: dict[str, list[Row]] = {}
    for row in await truth.rows("consents"):
        shown = {k: row[k] for k in ("kind", "version", "lang", "at")}
        consents.setdefault(row["person"], []).append(shown)
    return [
        {
            "person": truth.name_of(r["id"]),
            "role": "seller" if r["seller"] else "customer",
            "lang": r["lang"],
            "consents": consents.get(r["id"], []),
        }
        for r in await truth.rows("people")
    ]


SHOWS: dict[str, Callable[[Truth], Awaitable[list[Row]]]] = {
    "orders": orders,
    "stock": stock,
    "letters": letters,
    "people": people,
}
