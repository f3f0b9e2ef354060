"""Goods born in the chat, as the catalogue shows them: read from the ledger's rows, kept up to
date.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy import Connection, Engine, select

from bot.shop.born import ON_SHELF, product_of
from bot.shop.product import Product
from bot.stores.sql import rows_shop, tables
from bot.stores.sql import tables_shop as shop

log = structlog.get_logger()


class BornGoods:
    """Tells `know` of all born goods on the shelf: at once after this process's own commits, and
    at most `interval` seconds after another's.
    """

    def __init__(self, engine: Engine, know: Callable[[list[Product]], None]) -> None:
        self._engine = engine
        self._know = know
        self._revision = -1
        self._known: list[Product] = []

    async def watch(self, interval: float = 1.0) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(interval)
            try:
                await asyncio.to_thread(self.refresh)
            except Exception:  # a database that is away for a while is waited for
                log.exception("born-goods-not-read")

    def refresh(self) -> bool:
        """Blocking, but short: read again if the revision moved; True if other goods are on the
        shelf now.
        """
        with self._engine.connect() as conn:
            seen = int(conn.execute(select(tables.revision.c.n)).scalar_one())
            if seen == self._revision:
                return False
            found = _read(conn)
            self._revision = seen
        if found == self._known:
            return False
        self._known = found
        self._know(found)
        return True


def _read(conn: Connection) -> list[Product]:
    table = shop.born_products
    query = select(table).where(table.c.state.in_(sorted(ON_SHELF))).order_by(table.c.id)
    born = (rows_shop.born_of(dict(row)) for row in conn.execute(query).mappings())
    return [product_of(b) for b in born]
