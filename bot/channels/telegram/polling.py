"""getUpdates without losing anything: an update is confirmed only when its turn is done.

Telegram confirms by number: asking for updates from N on forgets all below N. So we ask from the
lowest unfinished one on, and skip those behind it that are already done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.channels.telegram.parse import News
from bot.channels.telegram.trouble import Away, Flood, Resend, Trouble

log = structlog.get_logger(__name__)

PERSONS = 32
"""Persons served at the same time; each one's updates stay in order."""

ROUND = 1.0
"""Seconds a slow turn may hold back asking for the next updates."""

LONGEST = 30.0

Fetch = Callable[[int | None], Awaitable[Sequence[News]]]
"""Updates from this number on; long polling. Raises a Trouble."""

Take = Callable[[News], Awaitable[None]]


class Polling:
    """The loop's memory: what is done above the lowest unfinished update, who is being served."""

    def __init__(self, fetch: Fetch, take: Take) -> None:
        self._fetch = fetch
        self._take = take
        self._offset: int | None = None
        self._done: set[int] = set()
        self._busy: dict[int, asyncio.Task[float]] = {}
        self._room = asyncio.Semaphore(PERSONS)
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled. Turns under way are cancelled too; unconfirmed updates come again."""
        try:
            while True:
                pause = await self._round()
                self._failures = self._failures + 1 if pause else 0
                if pause:
                    await asyncio.sleep(max(pause, min(2.0**self._failures / 2, LONGEST)))
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _round(self) -> float:
        """Ask once, serve, and move the offset. Returns seconds to wait if something is wrong."""
        try:
            batch = await self._fetch(self._offset)
        except Flood as flood:
            return flood.seconds
        except Away as away:
            log.warning("telegram-away", method="getUpdates", error=str(away))
            return min(away.seconds, LONGEST)
        except Trouble as trouble:
            log.error("telegram-call-refused", method="getUpdates", error=str(trouble))
            return LONGEST
        self._start(batch)
        pause = await self._serve()
        self._confirm(batch)
        return pause

    def _start(self, batch: Sequence[News]) -> None:
        """One task for each person who is not being served yet; the others' news come again."""
        lanes: dict[int, list[News]] = {}
        for news in batch:
            if news.update_id not in self._done:
                lanes.setdefault(news.chat, []).append(news)
        for chat, lane in lanes.items():
            if chat not in self._busy:
                self._busy[chat] = asyncio.create_task(self._lane(lane))

    async def _lane(self, lane: Sequence[News]) -> float:
        """Serve one person in order; stop at the first update that must come again."""
        async with self._room:
            for news in lane:
                try:
                    await self._take(news)
                except Resend as again:
                    return min(max(again.seconds, 0.1), LONGEST)
                self._done.add(news.update_id)
        return 0.0

    async def _serve(self) -> float:
        """Wait for the tasks, but not for slow ones longer than a round."""
        if not self._busy:
            return 0.0
        finished, _ = await asyncio.wait(self._busy.values(), timeout=ROUND)
        self._busy = {c: task for c, task in self._busy.items() if task not in finished}
        return max((task.result() for task in finished), default=0.0)

    def _confirm(self, batch: Sequence[News]) -> None:
        """The offset goes up to the first update that is not done."""
        for news in batch:
            if news.update_id not in self._done:
                self._offset = news.update_id
                break
            self._offset = news.update_id + 1
        floor = self._offset or 0
        self._done = {update_id for update_id in self._done if update_id >= floor}
