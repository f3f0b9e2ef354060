"""What falls due by itself: orders and prices that lapse, seasons that open, files to delete."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

import structlog

from bot.shop.household import Household
from bot.shop.product import Product
from bot.shop.rules import Rules
from bot.usecases import (
    bargains,
    coaching,
    comments,
    goods_letters,
    learning,
    orders,
    restock,
    stock,
)
from bot.usecases.ports import Ledger

log = structlog.get_logger()


class Sweeper(Protocol):
    """Keeps things for a time: pictures and voice notes, letters that ended."""

    async def sweep(self, now: int) -> int: ...


class Jobs:
    """Run by one process or many: every job is one ledger command that may run twice without
    harm.
    """

    def __init__(
        self,
        ledger: Ledger,
        products: Callable[[], Iterable[Product]],
        rules: Rules,
        sweepers: Iterable[Sweeper],
        now: Callable[[], int],
        households: Callable[[], Iterable[Household]] = tuple,
        real_sellers: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        self._ledger = ledger
        self._products = products
        self._rules = rules
        self._sweepers = tuple(sweepers)
        self._now = now
        self._households = households
        self._real_sellers = real_sellers

    async def run(self, interval: float = 60.0) -> None:
        """Until cancelled, once a minute."""
        while True:
            await self.step()
            await asyncio.sleep(interval)

    async def step(self) -> None:
        """Everything that is due at this moment of the shop's clock."""
        now, before = self._now(), self._now() - self._rules.lapse_seconds
        jobs: list[Awaitable[object]] = [
            self._ledger.put(lambda b: orders.lapse(b, before, now)),
            self._ledger.put(lambda b: bargains.lapse(b, now)),
            self._ledger.put(lambda b: restock.tell_all_waiting(b, now)),
            self._ledger.put(lambda b: learning.sweep(b, now)),
            self._ledger.put(lambda b: comments.sweep(b, now)),
            self._ledger.put(lambda b: goods_letters.ask_later(b, now)),
            self._ledger.put(lambda b: coaching.encourage(b, self._real_sellers(), now)),
            *(sweeper.sweep(now) for sweeper in self._sweepers),
        ]
        for job in jobs:
            try:
                await job
            except Exception:  # one that fails must not keep the others from running
                log.exception("job-failed")

    async def open_shelf(self) -> int:
        """Opening stock and prices of products the ledger does not know yet, and households."""
        now, products, homes = self._now(), list(self._products()), tuple(self._households())
        await self._ledger.put(lambda b: stock.register(b, homes))
        return await self._ledger.put(lambda b: stock.open_products(b, products, now))
