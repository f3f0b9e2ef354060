"""What the clock does to lives and broadcasts: reminders, holds that end, lives nobody ended,
letters to many."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.usecases import broadcasts, claim_clock, lives, reminders
from bot.usecases.ports import Books, Ledger

log = structlog.get_logger()

Job = Callable[[Books, int], object]


class LiveClock:
    """Run by one process or many: every job is one ledger command that may run twice without
    harm. `name_of`: a seller's public name; `per_day`: most advertising letters for one person.
    """

    def __init__(
        self, ledger: Ledger, name_of: Callable[[str], str], per_day: int, now: Callable[[], int]
    ) -> None:
        self._ledger = ledger
        self._now = now
        self._jobs: tuple[Job, ...] = (
            claim_clock.expire,
            lives.end_forgotten,
            lambda books, at: reminders.tell_due(books, name_of, per_day, at),
            lambda books, at: broadcasts.go_on(books, name_of, at),
        )

    async def run(self, interval: float = 5.0) -> None:
        """Until cancelled; a hold ends at most `interval` seconds late."""
        while True:
            await self.step()
            await asyncio.sleep(interval)

    async def step(self) -> None:
        """Everything that is due at this moment of the shop's clock."""
        for job in self._jobs:
            await self._one(job, self._now())

    async def _one(self, job: Job, now: int) -> None:
        try:
            await self._ledger.put(lambda books: job(books, now))
        except Exception:  # one that fails must not keep the others from running
            log.exception("live-job-failed")
