"""A ledger on a real SQLite file (or PostgreSQL) with three products of two sellers."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Engine, text

from bot.shop.cart import CartLine, parcels
from bot.shop.order import Order, Receiver
from bot.shop.order_code import new_code
from bot.shop.people import Person
from bot.shop.product import Loose, Offer, Prices, Product
from bot.shop.roles import SELLER, Grant, Right
from bot.shop.rules import Rules
from bot.shop.shipping import Method, ShippingTable, WeightSteps, Zone
from bot.stores.random_ids import RandomIds
from bot.stores.sql.engine import make_engine
from bot.stores.sql.ledger import Committed, SqlLedger
from bot.stores.sql.migrate import migrate
from bot.stores.sql.outbox import SqlOutbox
from bot.stores.sql.records import SqlRecords
from bot.stores.sql.shelf import SqlShelf
from bot.usecases import orders, stock

NOW = 1_795_312_800


def seller_account(id_: str, seller: str, rights: Right = SELLER) -> Person:
    """An account as SQL would give it: acting for a seller, with these rights."""
    grants = (Grant(id_, seller, "seller", int(rights), "shop", NOW),)
    return Person(id_, seller=seller, grants=grants)


KILO = Offer("1kg", "1 kg", 1000, 40_000)


def _product(id_: str, seller: str, stock_: int) -> Product:
    return Product(
        id=id_, name={"vi": id_}, seller=seller, household="ho", origin="Lai Châu", category="c",
        base="g", unit="kg", offers=(KILO,), loose=Loose(500, 1000, 1000, 40_000),
        opening_stock=stock_, season=None, shelf_life_days=30, shipping_class="dry",
        packed_milligrams=1100,
    )  # fmt: skip


PRODUCTS = {
    p.id: p
    for p in (_product("a", "x", 5_000), _product("b", "x", 50_000), _product("c", "y", 50_000))
}
SHIPPING = ShippingTable(
    "2026-11-01",
    (Zone("near", (1, 3), frozenset({1})),),
    (
        Method(
            "post",
            frozenset({"dry"}),
            20_000,
            {"near": WeightSteps(500, 22_000, 500, 3_000)},
        ),
    ),
)


@dataclass
class Market:
    """The ledger and what reads it."""

    ledger: SqlLedger
    records: SqlRecords
    shelf: SqlShelf
    outbox: SqlOutbox
    engine: Engine
    news: list[Committed]
    rules: Rules = field(default_factory=Rules)
    ids: RandomIds = field(default_factory=RandomIds)

    def checkout(self, person: str, cart: dict[str, int], **changes: object) -> orders.Checkout:
        """A summary that person read: `cart` is packs of one kilo by product."""
        lines = [CartLine(product, "1kg", n) for product, n in cart.items()]
        plan = parcels(
            lines, PRODUCTS, lambda p: Prices({"1kg": 40_000, "": 40_000}), lambda s: SHIPPING, 1
        )
        receiver = Receiver("Mỷ", f"09{hash(person) % 10**8:08}", "12 Láng Hạ", 1, "Hà Nội")
        made = orders.Checkout(self.ids.short(), person, plan, receiver, needs_call=False)
        return replace(made, **changes)  # type: ignore[arg-type]

    async def place(self, checkout: orders.Checkout, now: int = NOW) -> tuple[Order, ...]:
        return await self.ledger.put(
            lambda b: orders.place(
                b, checkout, self.rules, lambda: new_code(self.ids.letters), now
            )
        )

    async def move(self, code: str, verb: str, seller: str = "x") -> Order:
        by = seller_account(f"t:{seller}", seller)
        return await self.ledger.put(
            lambda b: orders.move_by_seller(b, code, verb, by, NOW)  # type: ignore[arg-type]
        )

    async def lot_sums(self) -> dict[str, tuple[int, int, int, int]]:
        """By product: all that came, free, held, sold."""
        sums: dict[str, list[int]] = {}
        for lot in await self.records.rows("lots"):
            gone = lot["held"] + lot["sold"] + lot["spoiled"] + lot["returned"]
            came = lot["brought"] + lot["counted"]
            one = sums.setdefault(lot["product"], [0, 0, 0, 0])
            for i, n in enumerate((came, came - gone, lot["held"], lot["sold"])):
                one[i] += n
        return {p: (n[0], n[1], n[2], n[3]) for p, n in sums.items()}


POSTGRES = os.environ.get("TEST_DATABASE_URL", "")
"""An empty PostgreSQL database; where it is named, tests of the ledger run on it too."""

DATABASES = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]


def url_of(database: str) -> str:
    """What `open_market` takes; a PostgreSQL database is emptied."""
    if database == "sqlite":
        return ""
    engine = make_engine(POSTGRES, writer=False)
    with engine.begin() as conn:
        conn.execute(text("DROP SCHEMA public CASCADE"))
        conn.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRES


@asynccontextmanager
async def open_market(path: Path, url: str = "") -> AsyncIterator[Market]:
    url = url or f"sqlite:///{path}"
    writer, reader = make_engine(url, writer=True), make_engine(url, writer=False)
    migrate(writer, path.parent / "backups")
    shelf = SqlShelf(reader)
    shelf.refresh()
    news: list[Committed] = []

    def told(committed: Committed) -> None:
        news.append(committed)
        shelf.committed(committed)

    ledger = SqlLedger(writer, lambda: PRODUCTS, lambda text: f"hash-of-{len(text)}", told)
    outbox = SqlOutbox(writer)
    records = SqlRecords(reader, lambda: PRODUCTS)
    market = Market(ledger, records, shelf, outbox, writer, news)
    try:
        await ledger.put(lambda b: stock.open_products(b, PRODUCTS.values(), NOW))
        yield market
    finally:
        await ledger.close()
        reader.dispose()
