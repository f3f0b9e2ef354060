"""A backup every night at 03:00 in Vietnam, or at the first chance after.

Whether it is due is read from the backups that are there: so a restart neither forgets one nor
makes two, and of several processes one makes it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from bot.shop.hours import local

log = structlog.get_logger()

AT_HOUR = 3
"""The quietest hour: customers are told nothing before 07:00 and carriers come after it."""
AFTER_FAILURE = 3600
"""Seconds until the next try; a full disk is not looked at every minute."""


def last_time_due(now: int) -> int:
    """The last 03:00 in Vietnam, seconds UTC."""
    here = local(now)
    due = here.replace(hour=AT_HOUR, minute=0, second=0, microsecond=0)
    return int((due if due <= here else due - timedelta(days=1)).timestamp())


class DailyBackup:
    """`newest`: when the newest backup was made (seconds UTC, 0: never), asked in a thread;
    `make`: makes one and says where, or nothing if another process is at it; `now`: the shop's
    clock.
    """

    def __init__(
        self,
        now: Callable[[], int],
        newest: Callable[[], int],
        make: Callable[[int], Awaitable[str]],
    ) -> None:
        self._now, self._newest, self._make = now, newest, make
        self._not_before = 0

    async def run(self, interval: float = 60.0) -> None:
        """Until cancelled. The first look comes after a while: starting has enough to do."""
        while True:
            await asyncio.sleep(interval)
            await self.step()

    async def step(self) -> bool:
        """Make today's backup if it is due; says whether one was made. A failure is logged: the
        shop goes on.
        """
        now = self._now()
        if now < self._not_before:
            return False
        try:
            if await asyncio.to_thread(self._newest) >= last_time_due(now):
                return False
            path = await self._make(now)
        except Exception:
            self._not_before = now + AFTER_FAILURE
            log.exception("backup-failed")
            return False
        if path:
            log.info("backup", path=path)
        return bool(path)
