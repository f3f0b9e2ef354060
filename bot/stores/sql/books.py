"""The rows of one batch of commands: read once, changed in memory, written together.

A command that is refused leaves no trace: everything it changed is put back before the next one runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, TypeVar

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.shop.order import OPEN, Order
from bot.shop.people import Consent, Link, Person, RestockAsk, Thread
from bot.shop.problems import NotOnShelf
from bot.shop.product import Prices, Product
from bot.shop.says import Letter
from bot.shop.stock import Lot, StockMove, Take
from bot.stores.sql import rows, tables

T = TypeVar("T")
Key = tuple[str, str]


@dataclass(slots=True)
class _Undo:
    """What a command changed so far, newest last."""

    cache: list[tuple[Key, Any]] = field(default_factory=list)
    later: int = 0


class SqlBooks:
    """Keeps the `Books` protocol over one connection inside one transaction."""

    def __init__(
        self, conn: Connection, products: Mapping[str, Product], hashed: Callable[[str], str]
    ) -> None:
        self._conn = conn
        self._products = products
        self._hash = hashed
        self._cache: dict[Key, Any] = {}
        self._dirty: dict[Key, None] = {}
        self._later: list[Callable[[], None]] = []
        self._undo = _Undo()
        self.shelf_changed: set[str] = set()
        self.posted = False

    # one command at a time

    def start(self) -> None:
        self._undo = _Undo(later=len(self._later))

    def undo(self) -> None:
        """Put back everything since `start`."""
        for key, old in reversed(self._undo.cache):
            self._cache[key] = old
        del self._later[self._undo.later :]

    def flush(self) -> None:
        """Write what the commands that succeeded changed."""
        writers: dict[str, Callable[[str, Any], None]] = {
            "lots": self._write_lots,
            "prices": self._write_prices,
            "order": self._write_order,
            "takes": self._write_takes,
            "person": self._write_person,
            "link": self._write_link,
        }
        for kind, name in self._dirty:
            if kind in writers:
                writers[kind](name, self._cache[kind, name])
        for write in self._later:
            write()
        self._dirty.clear()
        self._later.clear()

    def _get(self, kind: str, name: str, load: Callable[[], T]) -> T:
        key = (kind, name)
        if key not in self._cache:
            self._cache[key] = load()
        value: T = self._cache[key]
        return value

    def _set(self, kind: str, name: str, value: Any, load: Callable[[], Any]) -> None:
        key = (kind, name)
        self._undo.cache.append((key, self._get(kind, name, load)))
        self._cache[key] = value
        self._dirty[key] = None

    def _rows(self, statement: Any) -> list[rows.Row]:
        return [dict(r) for r in self._conn.execute(statement).mappings()]

    def _upsert(self, table: Table, values: list[rows.Row]) -> None:
        if not values:
            return
        dialect = sqlite if self._conn.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(table)
        keys = [c.name for c in table.primary_key]
        rest = {c: statement.excluded[c] for c in values[0] if c not in keys}
        self._conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest), values)

    # stock and prices

    def product(self, product: str) -> Product:
        found = self._products.get(product)
        if found is None:
            raise NotOnShelf()
        return found

    def lots(self, product: str) -> tuple[Lot, ...]:
        return self._get("lots", product, lambda: self._load_lots(product))

    def _load_lots(self, product: str) -> tuple[Lot, ...]:
        query = select(tables.lots).where(tables.lots.c.product == product)
        found = self._rows(query.order_by(tables.lots.c.at, tables.lots.c.id))
        return tuple(rows.lot_of(r) for r in found)

    def set_lots(self, product: str, lots: tuple[Lot, ...]) -> None:
        self._set("lots", product, lots, lambda: self._load_lots(product))
        self.shelf_changed.add(product)

    def _write_lots(self, _product: str, lots: tuple[Lot, ...]) -> None:
        self._upsert(tables.lots, [asdict(x) for x in lots])

    def prices(self, product: str) -> Prices:
        return self._get("prices", product, lambda: self._load_prices(product))

    def _load_prices(self, product: str) -> Prices:
        query = select(tables.prices).where(tables.prices.c.product == product)
        return Prices({r["offer"]: r["vnd"] for r in self._rows(query)})

    def set_prices(self, product: str, prices: Prices) -> None:
        self._set("prices", product, prices, lambda: self._load_prices(product))
        self.shelf_changed.add(product)

    def _write_prices(self, product: str, prices: Prices) -> None:
        self._upsert(
            tables.prices,
            [{"product": product, "offer": o, "vnd": v} for o, v in prices.vnd.items()],
        )

    def moved(self, move: StockMove) -> None:
        self._later.append(lambda: self._insert(tables.stock_moves, asdict(move)))

    def _insert(self, table: Table, row: rows.Row) -> None:
        self._conn.execute(insert(table), [row])

    # orders

    def order(self, code: str) -> Order | None:
        return self._get("order", code, lambda: self._load_order(code))

    def _load_order(self, code: str) -> Order | None:
        found = self._rows(select(tables.orders).where(tables.orders.c.code == code))
        if not found:
            return None
        query = select(tables.order_lines).where(tables.order_lines.c.code == code)
        lines = self._rows(query.order_by(tables.order_lines.c.line))
        return rows.order_of(found[0], (rows.line_of(r) for r in lines))

    def orders_of_checkout(self, checkout: str) -> tuple[Order, ...]:
        codes = self._get("checkout", checkout, lambda: self._load_checkout(checkout))
        found = (self.order(code) for code in codes)
        return tuple(order for order in found if order is not None)

    def _load_checkout(self, checkout: str) -> tuple[str, ...]:
        return self._codes(tables.orders.c.checkout == checkout)

    def _codes(self, *where: Any) -> tuple[str, ...]:
        query = select(tables.orders.c.code).where(*where).order_by(tables.orders.c.placed_at)
        return tuple(self._conn.execute(query).scalars())

    def save_order(self, order: Order) -> None:
        old = self.order(order.code)
        self._set("order", order.code, order, lambda: None)
        if old is None:
            known = self._get("checkout", order.checkout, lambda: ())
            self._set("checkout", order.checkout, (*known, order.code), lambda: ())
        change = int(order.state == "placed") - int(old is not None and old.state == "placed")
        if change:
            self._count("phone", order.receiver.phone, change)
            self._count("origin", order.origin, change)

    def _count(self, key: Literal["phone", "origin"], value: str, change: int) -> None:
        if value:
            now = self.unaccepted(key, value) + change
            self._set(f"placed-{key}", value, now, lambda: 0)

    def _write_order(self, _code: str, order: Order) -> None:
        self._upsert(tables.orders, [rows.order_row(order)])
        self._upsert(tables.order_lines, rows.line_rows(order))

    def takes(self, code: str) -> tuple[Take, ...]:
        return self._get("takes", code, lambda: self._load_takes(code))

    def _load_takes(self, code: str) -> tuple[Take, ...]:
        found = self._rows(select(tables.takes).where(tables.takes.c.code == code))
        return tuple(rows.take_of(r) for r in found)

    def set_takes(self, code: str, takes: tuple[Take, ...]) -> None:
        self._set("takes", code, takes, lambda: self._load_takes(code))

    def _write_takes(self, code: str, takes: tuple[Take, ...]) -> None:
        self._conn.execute(delete(tables.takes).where(tables.takes.c.code == code))
        if takes:
            self._conn.execute(insert(tables.takes), [{"code": code, **asdict(t)} for t in takes])

    def unaccepted(self, key: Literal["phone", "origin"], value: str) -> int:
        column = tables.orders.c[key]

        def load() -> int:
            where = (column == value, tables.orders.c.state == "placed")
            query = select(func.count()).select_from(tables.orders).where(*where)
            return int(self._conn.execute(query).scalar_one())

        return self._get(f"placed-{key}", value, load)

    def delivered(self, phone: str) -> int:
        where = (tables.orders.c.phone == phone, tables.orders.c.state == "delivered")
        return len(self._codes(*where))

    def overdue(self, before: int) -> tuple[str, ...]:
        codes = self._codes(tables.orders.c.state == "placed", tables.orders.c.placed_at <= before)
        return tuple(c for c in codes if (o := self.order(c)) and o.state == "placed")

    def open_of(self, person: str) -> tuple[str, ...]:
        stored = self._codes(tables.orders.c.person == person)
        staged = tuple(name for kind, name in self._dirty if kind == "order")
        found = (self.order(code) for code in dict.fromkeys((*stored, *staged)))
        return tuple(o.code for o in found if o and o.person == person and o.state in OPEN)

    # people

    def person(self, person: str) -> Person:
        return self._get("person", person, lambda: self._load_person(person))

    def _load_person(self, person: str) -> Person:
        found = self._rows(select(tables.people).where(tables.people.c.id == person))
        query = select(tables.consents).where(tables.consents.c.person == person)
        consents = self._rows(query.order_by(tables.consents.c.at))
        return rows.person_of(found[0], consents) if found else Person(person)

    def save_person(self, person: Person) -> None:
        self._set("person", person.id, person, lambda: self._load_person(person.id))

    def _write_person(self, name: str, person: Person) -> None:
        self._upsert(tables.people, [rows.person_row(person)])
        self._upsert(tables.consents, [_consent_row(name, c) for c in person.consents])

    def accounts_of(self, seller: str) -> tuple[str, ...]:
        query = select(tables.people.c.id).where(tables.people.c.seller == seller)
        stored = tuple(self._conn.execute(query).scalars())
        staged = tuple(name for kind, name in self._dirty if kind == "person")
        names = dict.fromkeys((*stored, *staged))
        return tuple(n for n in names if self.person(n).seller == seller)

    def asks(self, product: str) -> tuple[RestockAsk, ...]:
        return self._get("asks", product, lambda: self._load_asks(product))

    def _load_asks(self, product: str) -> tuple[RestockAsk, ...]:
        query = select(tables.asks).where(tables.asks.c.product == product)
        return tuple(rows.ask_of(r) for r in self._rows(query.order_by(tables.asks.c.at)))

    def asked_products(self) -> tuple[str, ...]:
        stored = self._conn.execute(select(tables.asks.c.product).distinct()).scalars()
        return tuple(p for p in stored if p in self._products)

    def save_ask(self, ask: RestockAsk) -> None:
        known = self.asks(ask.product)
        self._set("asks", ask.product, (*known, ask), tuple)
        self._later.append(lambda: self._upsert(tables.asks, [asdict(ask)]))

    def drop_ask(self, ask: RestockAsk) -> None:
        known = tuple(a for a in self.asks(ask.product) if a.person != ask.person)
        self._set("asks", ask.product, known, tuple)
        table = tables.asks
        gone = delete(table).where(table.c.person == ask.person, table.c.product == ask.product)
        self._later.append(lambda: self._run(gone))

    def _run(self, statement: Any) -> None:
        self._conn.execute(statement)

    # links and talks

    def link(self, hashed: str) -> Link | None:
        def load() -> Link | None:
            found = self._rows(select(tables.links).where(tables.links.c.hashed == hashed))
            return rows.link_of(found[0]) if found else None

        return self._get("link", hashed, load)

    def save_link(self, link: Link) -> None:
        self._set("link", link.hashed, link, lambda: None)

    def _write_link(self, _hashed: str, link: Link | None) -> None:
        if link is not None:
            self._upsert(tables.links, [asdict(link)])

    def drop_links(self, purpose: str) -> None:
        table = tables.links
        gone = select(table.c.hashed).where(table.c.purpose == purpose, table.c.spent_at == 0)
        for hashed in self._conn.execute(gone).scalars().all():
            link = self.link(hashed)
            if link is not None:
                self.save_link(replace(link, until=0))

    def thread(self, thread: str) -> Thread | None:
        found = self._rows(select(tables.threads).where(tables.threads.c.id == thread))
        return rows.thread_of(found[0]) if found else None

    def save_thread(self, thread: Thread) -> None:
        self._later.append(lambda: self._upsert(tables.threads, [asdict(thread)]))

    # letters

    def post(self, letter: Letter) -> None:
        row = {
            "to": letter.to,
            "say": msgspec.json.encode(letter.say).decode(),
            "kind": letter.kind,
            "after": letter.after,
            "until": letter.until,
            "once_key": letter.once_key,
            "state": "todo",
        }
        self.posted = True
        self._later.append(lambda: self._post(row))

    def _post(self, row: rows.Row) -> None:
        dialect = sqlite if self._conn.dialect.name == "sqlite" else postgresql
        once = dialect.insert(tables.letters).on_conflict_do_nothing(index_elements=["once_key"])
        self._conn.execute(once, [row])

    def readdress(self, old: str, new: str) -> None:
        table = tables.letters
        where = (table.c.to == old, table.c.state == "todo")
        self.posted = True
        self._later.append(lambda: self._run(update(table).where(*where).values({"to": new})))

    def erasure(self, receipt: str, now: int) -> None:
        self._later.append(lambda: self._insert(tables.erasures, {"receipt": receipt, "at": now}))

    def erase(self, person: str) -> None:
        """Rows that name the person go; orders keep money, goods and hashes of name and phone."""
        self._later.append(lambda: self._erase(person))

    def _erase(self, person: str) -> None:
        gone = self._hash(person)
        orders = tables.orders
        mine = select(orders.c.code, orders.c.name, orders.c.phone).where(
            orders.c.person == person
        )
        for row in self._rows(mine):
            blank = {"person": gone, "address": "", "note": "", "voice": "", "origin": ""}
            hashed = {"name": self._hash(row["name"]), "phone": self._hash(row["phone"])}
            self._run(update(orders).where(orders.c.code == row["code"]).values(**blank, **hashed))
        for table, column in _NAMES_A_PERSON:
            self._run(delete(table).where(table.c[column] == person))
        files = tables.media
        self._run(update(files).where(files.c.owner == person).values(delete_after=1))
        moves = tables.stock_moves
        self._run(update(moves).where(moves.c.who == person).values(who=gone))


_NAMES_A_PERSON: tuple[tuple[Table, str], ...] = (
    (tables.people, "id"),
    (tables.consents, "person"),
    (tables.asks, "person"),
    (tables.threads, "customer"),
    (tables.letters, "to"),
)


def _consent_row(person: str, consent: Consent) -> rows.Row:
    return {"person": person, **asdict(consent)}
