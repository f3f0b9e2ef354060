"""How fast we may speak: exact slots, replies first.

An app lets one bot token send so many messages a second. A bucket that refills lets a burst
through and is answered with "too many requests"; here every send gets its own slot, one after
another at 1/rate, counted from the slot before and not from when a timer happened to wake.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Protocol

from bot.channels.base import TryLater

CHAT_GAP = 1.0
"""Seconds between two messages we start to one chat (Telegram: about one a second)."""

LATE = 0.5
LEAST_LATE = 0.005
"""A slot may come late by this part of an interval, or these seconds, without the slots after it
coming late too. More would let two come at once, and the app counts every second."""

FOREVER = float("inf")
_MANY_CHATS = 10_000


class Pace(Protocol):
    """One token's speed limit. A pace shared between processes keeps the same promise."""

    async def wait(
        self, *, urgent: bool, chat: Hashable = None, patience: float = FOREVER
    ) -> None:
        """Return when one message may be sent. Urgent ones (replies) overtake those waiting.

        Raises TryLater if the app orders more than `patience` seconds of silence.
        """

    def pause(self, seconds: float) -> None:
        """The app asked for silence: nothing more is let through for so many seconds."""

    def paused(self) -> float:
        """Seconds of silence that are left, 0 if none."""


@dataclass(slots=True, eq=False)
class Waiter:
    """Somebody in line; `turn` is done when it is theirs."""

    chat: Hashable
    turn: asyncio.Future[None]
    patience: float = FOREVER

    def told(self, silence: float) -> None:
        """Silence of so many seconds was ordered."""
        if silence > self.patience and not self.turn.done():
            self.turn.set_exception(TryLater(silence, whole=True))


def must_last(patience: float, silence: float) -> None:
    """Raises TryLater if there is more silence than patience."""
    if silence > patience:
        raise TryLater(silence, whole=True)


@dataclass(slots=True)
class LocalPace:
    """The pace of one process. `per_second` above 0; infinity never waits (but still pauses)."""

    per_second: float
    chat_gap: float = CHAT_GAP
    _free_at: float = float("-inf")
    _silent_until: float = float("-inf")
    _urgent: list[Waiter] = field(default_factory=list)
    _patient: list[Waiter] = field(default_factory=list)
    _chats: dict[Hashable, float] = field(default_factory=dict)
    _timer: asyncio.TimerHandle | None = None

    def __post_init__(self) -> None:
        if not self.per_second > 0:
            raise ValueError(f"per_second must be above 0, not {self.per_second}")

    async def wait(
        self, *, urgent: bool, chat: Hashable = None, patience: float = FOREVER
    ) -> None:
        must_last(patience, self.paused())
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._urgent and now >= self._next_slot() and (urgent or self._alone(chat, now)):
            self._grant(chat, now)
            return
        waiter = Waiter(chat, loop.create_future(), patience)
        queue = self._urgent if urgent else self._patient
        queue.append(waiter)
        self._plan(loop)
        try:
            await waiter.turn
        finally:
            if waiter in queue:  # cancelled while waiting
                queue.remove(waiter)

    def pause(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        self._silent_until = max(self._silent_until, until)
        for waiter in (*self._urgent, *self._patient):
            waiter.told(self.paused())

    def paused(self) -> float:
        return max(0.0, self._silent_until - asyncio.get_running_loop().time())

    def take(self) -> float:
        """Take the next slot if it is there: 0, else the seconds until it is."""
        rest = self.next_in()
        if not rest:
            self._grant(None, asyncio.get_running_loop().time())
        return rest

    def skip(self) -> None:
        """Somebody took a slot elsewhere at this moment."""
        until = asyncio.get_running_loop().time() + 1.0 / self.per_second
        self._free_at = max(self._free_at, until)

    def next_in(self) -> float:
        """Seconds until the next slot, 0 if it is there."""
        return max(0.0, self._next_slot() - asyncio.get_running_loop().time())

    def _next_slot(self) -> float:
        return max(self._free_at, self._silent_until)

    def _alone(self, chat: Hashable, now: float) -> bool:
        return not self._patient and now >= self._chats.get(chat, now)

    def _grant(self, chat: Hashable, now: float) -> None:
        """Take a slot. A timer that woke a little late does not move the slots after it."""
        interval = 1.0 / self.per_second
        late = max(LATE * interval, LEAST_LATE)
        start = self._free_at if now - self._free_at < late else now
        self._free_at = start + interval
        if chat is not None:
            if len(self._chats) > _MANY_CHATS:
                self._chats = {key: at for key, at in self._chats.items() if at > now}
            self._chats[chat] = now + self.chat_gap

    def _plan(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wake at the earliest moment somebody waiting may go."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._urgent:
            at = self._next_slot()
        elif self._patient:
            free = min(self._chats.get(waiter.chat, 0.0) for waiter in self._patient)
            at = max(self._next_slot(), free)
        else:
            return
        self._timer = loop.call_at(at, self._wake, loop)

    def _wake(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        waiter = self._pick(now) if now >= self._next_slot() else None
        if waiter is not None:
            self._grant(waiter.chat, now)
            waiter.turn.set_result(None)
        self._timer = None
        self._plan(loop)

    def _pick(self, now: float) -> Waiter | None:
        """The next to go, taken off its queue; those who gave up waiting are dropped."""
        for queue, gap in ((self._urgent, False), (self._patient, True)):
            queue[:] = [waiter for waiter in queue if not waiter.turn.done()]
            for place, waiter in enumerate(queue):
                if not gap or now >= self._chats.get(waiter.chat, now):
                    return queue.pop(place)
        return None
