"""Reading the truth: orders, people, links and talks.

Each read runs in a thread and blocks nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, select

from bot.shop.deal import Deal
from bot.shop.order import Order
from bot.shop.people import Person, Thread
from bot.shop.product import Product
from bot.shop.report import Sale
from bot.shop.unread import Unread, UnreadState
from bot.stores.sql import rows, tables
from bot.stores.sql.books import SqlBooks
from bot.stores.sql.sales import read_sales
from bot.usecases.ports import Books

T = TypeVar("T")
MOST_ORDERS = 50


class SqlRecords:
    """Keeps the `Records` protocol."""

    def __init__(
        self, engine: Engine, products: Callable[[], Mapping[str, Product]] = dict
    ) -> None:
        self._engine = engine
        self._products = products

    async def read(self, query: Callable[[Books], T]) -> T:
        """Ask the rows anything; `query` must not change them. What it changes is not kept."""
        return await self._read(lambda conn: query(SqlBooks(conn, self._products(), str)))

    async def _read(self, read: Callable[[Connection], T]) -> T:
        return await asyncio.to_thread(self._blocking, read)

    def _blocking(self, read: Callable[[Connection], T]) -> T:
        with self._engine.connect() as conn:
            return read(conn)

    async def order(self, code: str) -> Order | None:
        found = await self._read(lambda conn: _orders(conn, [tables.orders.c.code == code]))
        return found[0] if found else None

    async def orders_of(self, person: str) -> list[Order]:
        return await self._read(lambda conn: _orders(conn, [tables.orders.c.person == person]))

    async def orders_of_checkout(self, checkout: str) -> list[Order]:
        same = tables.orders.c.checkout == checkout
        return await self._read(lambda conn: _orders(conn, [same]))

    async def orders_of_seller(self, seller: str, states: Sequence[str]) -> list[Order]:
        x = tables.orders.c
        where = [x.seller == seller, x.state.in_(states)]
        return await self._read(lambda conn: _orders(conn, where, oldest=True))

    async def all_orders(self) -> list[Order]:
        return await self._read(lambda conn: _orders(conn, [], most=None))

    async def sales(self, seller: str, since: int, until: int) -> tuple[Sale, ...]:
        """Orders placed in this time, for a report; of every seller if `seller` is empty."""
        return await self._read(lambda conn: read_sales(conn, seller, since, until))

    async def person(self, person: str) -> Person:
        return await self._read(lambda conn: _books(conn).person(person))

    async def thread(self, thread: str) -> Thread | None:
        return await self._read(lambda conn: _books(conn).thread(thread))

    async def deal(self, deal: str) -> Deal | None:
        return await self._read(lambda conn: _books(conn).deal(deal))

    async def deals_of(self, customer: str) -> tuple[Deal, ...]:
        """All of a customer's, oldest first."""
        return await self._read(lambda conn: _books(conn).deals_of(customer))

    async def wishes_of_seller(self, seller: str) -> tuple[Deal, ...]:
        """Those that wait for her price, oldest first."""
        return await self._read(lambda conn: _books(conn).wishes_of_seller(seller))

    async def unread(self, sentence: str) -> Unread | None:
        return await self._read(lambda conn: _books(conn).unread(sentence))

    async def unread_sentences(
        self, state: UnreadState, start: int = 0, most: int | None = None
    ) -> list[Unread]:
        """Most frequent first."""
        table = tables.unread_sentences
        query = select(table).where(table.c.state == state).offset(start).limit(most)
        query = query.order_by(table.c.count.desc(), table.c.last_at.desc(), table.c.id)
        return await self._read(
            lambda conn: [rows.unread_of(dict(r)) for r in conn.execute(query).mappings()]
        )

    async def rows(self, table: str) -> list[dict[str, Any]]:
        """Every row of a table, for exports and for `rehearse`."""
        query = select(tables.metadata.tables[table])
        return await self._read(lambda conn: [dict(r) for r in conn.execute(query).mappings()])


def _books(conn: Connection) -> SqlBooks:
    return SqlBooks(conn, {}, str)


def _orders(
    conn: Connection, where: list[Any], most: int | None = MOST_ORDERS, *, oldest: bool = False
) -> list[Order]:
    """Newest first, or what has waited longest first."""
    x = tables.orders.c
    query = (
        select(tables.orders).where(*where).order_by(x.seq if oldest else x.seq.desc()).limit(most)
    )
    found = [dict(r) for r in conn.execute(query).mappings()]
    lines: dict[str, list[Any]] = {r["code"]: [] for r in found}
    wanted = tables.order_lines.c.code.in_(list(lines))
    for row in conn.execute(
        select(tables.order_lines).where(wanted).order_by(tables.order_lines.c.line)
    ).mappings():
        lines[row["code"]].append(rows.line_of(dict(row)))
    return [rows.order_of(r, lines[r["code"]]) for r in found]
