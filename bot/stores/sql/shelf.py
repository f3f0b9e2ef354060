"""The read side of stock and price: in memory, fed by this process's commits, checked for
others'.
"""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy import Connection, Engine, func, select

from bot.shop.product import Prices
from bot.shop.stock import Level
from bot.stores.sql import tables
from bot.stores.sql.ledger import Committed

log = structlog.get_logger()
NOTHING = Level()
NO_PRICES = Prices({})


class SqlShelf:
    """Keeps the `Shelf` protocol. At most `interval` seconds behind another process's commits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._levels: dict[str, Level] = {}
        self._prices: dict[str, Prices] = {}
        self._revision = -1
        self.crossings = 0

    def level(self, product: str) -> Level:
        return self._levels.get(product, NOTHING)

    def prices(self, product: str) -> Prices:
        return self._prices.get(product, NO_PRICES)

    def committed(self, news: Committed) -> None:
        """Take over what this process just committed."""
        for product, level in news.levels.items():
            self.crossings += (level.free > 0) != (self.level(product).free > 0)
        self._levels.update(news.levels)
        self._prices.update(news.prices)
        if news.revision == self._revision + 1:
            self._revision = news.revision

    async def watch(self, interval: float = 1.0) -> None:
        """Read again when the revision says that someone else changed the shelf."""
        while True:
            await asyncio.sleep(interval)
            try:
                await asyncio.to_thread(self.refresh)
            except Exception:  # a database that is away for a while is waited for
                log.exception("shelf-not-read")

    def refresh(self) -> None:
        """Blocking: read all levels and prices if the revision moved without us."""
        with self._engine.connect() as conn:
            revision = int(conn.execute(select(tables.revision.c.n)).scalar_one())
            if revision != self._revision:
                self._levels, self._prices = _read_levels(conn), _read_prices(conn)
                self._revision = revision
                self.crossings += 1


def _read_levels(conn: Connection) -> dict[str, Level]:
    x = tables.lots.c
    gone = x.held + x.sold + x.spoiled + x.returned
    sums = (func.sum(x.brought + x.counted - gone), func.sum(x.held), func.sum(x.sold))
    found = conn.execute(select(x.product, *sums).group_by(x.product))
    return {p: Level(int(free), int(held), int(sold)) for p, free, held, sold in found}


def _read_prices(conn: Connection) -> dict[str, Prices]:
    by_product: dict[str, dict[str, int]] = {}
    for product, offer, vnd in conn.execute(select(tables.prices)):
        by_product.setdefault(product, {})[offer] = vnd
    return {p: Prices(v) for p, v in by_product.items()}
