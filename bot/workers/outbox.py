"""The outbox worker: speaks the letters that are due, politely and at the app's pace.

Several at a time, never two of one person. A letter is leased, waits its turn in this process, and
the intent is committed right before it is spoken: a stop wins up to that moment.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from functools import partial

import structlog

from bot.channels.base import Channel, TryLater, Undeliverable, Unsure
from bot.shop.hours import day_start, in_hours, next_in_hours
from bot.shop.says import Letter
from bot.talk.ports import Busy, Desk, StoreDown
from bot.usecases.ports_outbox import ADS, LANES, AdLimit, Due, Outbox
from bot.usecases.reach import is_gone
from bot.workers.ends import End, Ended, Later

AT_ONCE = 8
"""Letters on their way at the same time: enough for 30 a second when an app takes a quarter of a
second. More would only wait for the pace, each in doubt if this process dies meanwhile."""

IN_HAND = 48
"""Letters leased and not begun, at most; at 25 a second that is two seconds of work."""

FEW = 16
"""More are leased when only so many are left; letters about orders before, after a nudge."""

ORDERS_BETWEEN = 8
NUDGE_SECONDS = 0.2

SPEAK_SECONDS = 25
"""What speaking one letter may take: less than a lease, so that nobody takes it over meanwhile."""

LAND_SECONDS = 8
"""What is on its way may take so long when the program is told to stop."""

UNBOUND_SECONDS = 60
"""How long a letter to a seller without an account waits before it is looked at again."""

MOST_TRIES = 20
GIVEN_UP_SECONDS = 3600
"""An app that refuses everything since so many tries is asked once an hour."""

STORE_SECONDS = 2
RECORD_AGAIN = (0.5, 2.0, 5.0, 10.0)
log = structlog.get_logger()


class OutboxWorker:
    """Speaks letters, orders first; a nudge makes it look at once."""

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
        self._nudged = False
        self._stirred = asyncio.Event()
        self._one_step = asyncio.Lock()
        self._waiting: list[Due] = []
        self._flying: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, int] = {}
        self._later: dict[str, int] = {}
        self._more = False
        self._looked_at = 0.0

    def nudge(self) -> None:
        """A letter was written; do not wait for the next look."""
        self._nudged = True
        self._stirred.set()

    async def run(self, interval: float = 1.0) -> None:
        """Until cancelled. A database or Redis that is away is waited for."""
        while True:
            try:
                await self.step()
            except Exception:
                log.exception("outbox-step-failed")
            await self._stir(interval)

    async def _stir(self, seconds: float) -> None:
        """Wait for a nudge, or for a letter that is done."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stirred.wait(), seconds)
        self._stirred.clear()

    async def step(self) -> int:
        """Speak until nothing is due any more; returns how many letters were taken."""
        async with self._one_step:
            taken = 0
            try:
                while (more := await self._fill()) or self._waiting or self._flying:
                    taken += more
                    self._take_off()
                    await self._stir(0.5)
                return taken
            finally:
                await self._land()

    async def _fill(self) -> int:
        """Lease more when few are left, or what goes before those; returns how many."""
        few = len(self._waiting) <= FEW
        if not self._worth_a_look(few):
            return 0
        now = self._now()
        self._nudged, self._looked_at = False, asyncio.get_running_loop().time()
        most = IN_HAND - len(self._waiting) if few else ORDERS_BETWEEN
        kinds = LANES if few and in_hours(now) else LANES[:1]
        resting = [channel for channel, until in self._resting.items() if until > now]
        found = await self._letters.lease(now, most, kinds, resting)
        self._more = not few or len(found) == most
        by_id = {d.id: d for d in (*self._waiting, *found)}
        self._waiting = sorted(by_id.values(), key=_place)
        return len(found)

    def _worth_a_look(self, few: bool) -> bool:
        """Every second in any case: other processes cannot nudge this one."""
        since = asyncio.get_running_loop().time() - self._looked_at
        if since >= (NUDGE_SECONDS if self._nudged else 1.0):
            return True
        idle = not self._flying and not self._waiting
        return few and (idle or self._more or self._nudged)

    def _take_off(self) -> None:
        """Begin with the first letters of people who are not being spoken to."""
        for due in tuple(self._waiting):
            if len(self._flying) >= AT_ONCE:
                return
            if due.letter.to not in self._flying:
                self._waiting.remove(due)
                task = asyncio.create_task(self._fly(due))
                self._flying[due.letter.to] = task
                task.add_done_callback(partial(self._landed, due.letter.to))

    def _landed(self, to: str, task: asyncio.Task[None]) -> None:
        del self._flying[to]
        self._stirred.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("letter-not-begun", error=str(error))  # its lease ends by itself

    async def _land(self) -> None:
        """Let what is being spoken come to an end; what was not begun is anybody's again."""
        if self._flying:
            await asyncio.wait(tuple(self._flying.values()), timeout=LAND_SECONDS)
        waiting, self._waiting = self._waiting, []
        if waiting:
            with contextlib.suppress(Exception):  # else the leases end by themselves
                await self._letters.give_back(waiting)

    async def _fly(self, due: Due) -> None:
        now = self._now()
        wait = self._must_wait(due.letter, now)
        if wait:
            await self._letters.put_back(due, wait, tried=False)
            return
        mine = await self._letters.intend(due, now, self._limit(due.letter, now))
        if mine is not None:
            await self._record(mine, await self._end_of(mine))

    def _must_wait(self, letter: Letter, now: int) -> int:
        """When to look again: no account yet, the app or this person rests, or night; 0 = go."""
        channel = _channel(letter.to)
        if channel not in self._channels:
            return now + UNBOUND_SECONDS
        rest = max(self._resting.get(channel, 0), self._later.get(letter.to, 0))
        if rest > now:
            return rest
        self._later.pop(letter.to, None)
        return next_in_hours(now) if letter.kind in ADS and not in_hours(now) else 0

    def _limit(self, letter: Letter, now: int) -> AdLimit | None:
        if letter.kind not in ADS:
            return None
        today = day_start(now)
        return AdLimit(self._ads_per_day, today, next_in_hours(today + 24 * 3600))

    async def _end_of(self, due: Due) -> End:
        """Speak; whatever happens is said as a value, so that only recording it is left."""
        try:
            async with asyncio.timeout(SPEAK_SECONDS):
                await self._speak(due)
        except Undeliverable as problem:
            return Ended("blocked", problem.reason, gone=is_gone(problem.reason))
        except (Unsure, TimeoutError) as problem:
            return self._unsure(due, problem.seconds if isinstance(problem, Unsure) else 10)
        except TryLater as problem:
            return self._try_later(due, problem)
        except StoreDown:
            self._rest(due, STORE_SECONDS)
            return Later(self._now() + STORE_SECONDS, "store-down", tried=False)
        except Busy:
            return self._again(due, 2, "busy")
        except Exception as problem:
            log.exception("letter-failed", letter=due.id)
            return self._again(due, 30 * (due.tries + 1), type(problem).__name__)
        return Ended("sent")

    async def _speak(self, due: Due) -> None:
        letter = due.letter
        channel = self._channels[_channel(letter.to)]
        refusal = channel.may_send(letter.to, letter.kind, self._now())
        if refusal:
            raise Undeliverable(refusal)
        answer = await self._desk.deliver(letter.to, letter, f"letter:{due.id}")
        for count, spoken in enumerate(answer.messages, 1):
            if count > answer.sent:
                self._must_be_awake(letter.to)
                await channel.send(letter.to, spoken)
                with contextlib.suppress(StoreDown):  # it has arrived: never a reason for again
                    await self._desk.sent(answer, count)
        for spoken in answer.messages[-1:]:
            await channel.ring(letter.to, spoken, letter)

    def _must_be_awake(self, to: str) -> None:
        """Another letter may have been told to wait while this one was on its way."""
        left = self._resting.get(_channel(to), 0) - self._now()
        if left > 0:
            raise TryLater(left - 1, whole=True)  # a second more is always waited, once

    def _unsure(self, due: Due, seconds: float) -> End:
        """It may have arrived. Order letters may repeat once; nothing else is ever sent twice."""
        if due.letter.kind in ADS or due.again:
            return Ended("uncertain", "line-broke")
        return Later(self._now() + int(seconds) + 1, "line-broke")

    def _try_later(self, due: Due, problem: TryLater) -> End:
        if not problem.whole:
            return self._again(due, int(problem.seconds) + 1, "try-later")
        self._rest(due, int(problem.seconds) + 1)
        wait = GIVEN_UP_SECONDS if due.tries >= MOST_TRIES else int(problem.seconds) + 1
        return Later(self._now() + wait, "try-later")

    def _again(self, due: Due, seconds: int, why: str) -> End:
        if due.tries >= MOST_TRIES:
            return Ended("blocked", why)
        return Later(self._now() + seconds, why)

    def _rest(self, due: Due, seconds: int) -> None:
        channel, until = _channel(due.letter.to), self._now() + seconds
        self._resting[channel] = max(self._resting.get(channel, 0), until)

    async def _record(self, due: Due, end: End) -> None:
        """A database that is away for a moment must not make a doubt of what is known."""
        if isinstance(end, Later):
            self._later[due.letter.to] = end.at  # what this person gets next comes after it
        for wait in (*RECORD_AGAIN, None):
            try:
                await end.record(self._letters, due, self._now())
                return
            except Exception:
                log.exception("letter-not-recorded", letter=due.id)
                if wait is not None:
                    await asyncio.sleep(wait)


def _channel(person: str) -> str:
    return person.partition(":")[0]


def _place(due: Due) -> tuple[int, int, int]:
    return LANES.index(due.letter.kind), due.letter.after, due.id
