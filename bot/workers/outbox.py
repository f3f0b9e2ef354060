"""The outbox worker: speaks the letters that are due, politely and at the app's pace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import structlog

from bot.channels.base import Channel, TryLater, Undeliverable, Unsure
from bot.shop.hours import day_start, in_hours, next_in_hours
from bot.shop.says import Letter
from bot.talk.ports import Busy, Desk, StoreDown
from bot.usecases.ports import Due, Outbox

ADS = frozenset({"reminder", "restock", "broadcast"})
UNBOUND_SECONDS = 60
"""How long a letter to a seller without an account waits before it is looked at again."""

MOST_TRIES = 20
log = structlog.get_logger()


class OutboxWorker:
    """Speaks letters one after another; a nudge makes it look at once."""

    def __init__(
        self,
        letters: Outbox,
        desk: Desk,
        channels: Mapping[str, Channel],
        now: Callable[[], int],
        ads_per_day: int,
    ) -> None:
        self._letters = letters
        self._desk = desk
        self._channels = channels
        self._now = now
        self._ads_per_day = ads_per_day
        self._nudged = asyncio.Event()
        self._resting: dict[str, int] = {}

    def nudge(self) -> None:
        """A letter was written; do not wait for the next look."""
        self._nudged.set()

    async def run(self, interval: float = 1.0) -> None:
        """Until cancelled. A database or Redis that is away is waited for."""
        while True:
            try:
                busy = await self.step()
            except Exception:
                log.exception("outbox-step-failed")
                busy = 0
            if not busy:
                await self._wait(interval)

    async def _wait(self, interval: float) -> None:
        try:
            await asyncio.wait_for(self._nudged.wait(), interval)
        except TimeoutError:
            return
        finally:
            self._nudged.clear()

    async def step(self) -> int:
        """Speak all letters that are due now; returns how many were taken."""
        due = await self._letters.lease(self._now())
        for item in due:
            await self._one(item)
        return len(due)

    async def _one(self, due: Due) -> None:
        letter, now = due.letter, self._now()
        if not await self._letters.renew(due, now):
            return
        wait = await self._must_wait(letter, now)
        if wait:
            await self._letters.put_back(due, wait, tried=False)
        else:
            await self._try(due, now)

    async def _try(self, due: Due, now: int) -> None:
        try:
            await self._speak(due)
        except Undeliverable as problem:
            await self._letters.finish(due, "blocked", now, problem.reason)
        except Unsure as problem:
            await self._unsure(due, now + int(problem.seconds) + 1)
        except TryLater as problem:
            if problem.whole:
                self._resting[_channel(due.letter.to)] = now + int(problem.seconds) + 1
            await self._again(due, now + int(problem.seconds) + 1, "try-later")
        except (Busy, StoreDown) as problem:
            await self._again(due, now + 2, type(problem).__name__)
        except Exception as problem:
            log.exception("letter-failed", letter=due.id)
            await self._again(due, now + 30 * (due.tries + 1), type(problem).__name__)

    async def _unsure(self, due: Due, at: int) -> None:
        """It may have arrived. Order letters may repeat once; nothing else is ever sent twice."""
        if due.letter.kind in ADS or due.tries >= 1:
            await self._letters.finish(due, "uncertain", self._now(), "line-broke")
        else:
            await self._letters.put_back(due, at, "line-broke")

    async def _must_wait(self, letter: Letter, now: int) -> int:
        """When to look again: no account yet, the app rests, night, or enough for today.

        0 = go on.
        """
        channel = _channel(letter.to)
        if channel not in self._channels:
            return now + UNBOUND_SECONDS
        if self._resting.get(channel, 0) > now:
            return self._resting[channel]
        if letter.kind in ADS:
            return await self._ad_must_wait(letter, now)
        return 0

    async def _ad_must_wait(self, letter: Letter, now: int) -> int:
        if not in_hours(now):
            return next_in_hours(now)
        today = await self._letters.ads_since(letter.to, day_start(now))
        return next_in_hours(day_start(now) + 24 * 3600) if today >= self._ads_per_day else 0

    async def _speak(self, due: Due) -> None:
        letter = due.letter
        channel = self._channels[_channel(letter.to)]
        refusal = channel.may_send(letter.to, letter.kind, self._now())
        if refusal:
            raise Undeliverable(refusal)
        answer = await self._desk.deliver(letter.to, letter, f"letter:{due.id}")
        for count, spoken in enumerate(answer.messages, 1):
            if count > answer.sent:
                await channel.send(letter.to, spoken)
                await self._desk.sent(answer, count)
        await self._letters.finish(due, "sent", self._now())

    async def _again(self, due: Due, at: int, why: str) -> None:
        if due.tries >= MOST_TRIES:
            await self._letters.finish(due, "blocked", self._now(), why)
        else:
            await self._letters.put_back(due, at, why)


def _channel(person: str) -> str:
    return person.partition(":")[0]
