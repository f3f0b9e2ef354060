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

CHAT_GAP = 1.0
"""Seconds between two messages we start to one chat (Telegram: about one a second)."""

_MANY_CHATS = 10_000


class Pace(Protocol):
    """One token's speed limit. A pace shared between processes keeps the same promise."""

    async def wait(self, *, urgent: bool, chat: Hashable = None) -> None:
        """Return when one message may be sent. Urgent ones (replies) overtake those waiting."""

    def pause(self, seconds: float) -> None:
        """The app asked for silence: nothing more is let through for so many seconds."""

    def paused(self) -> float:
        """Seconds of silence that are left, 0 if none."""


@dataclass(slots=True, eq=False)
class _Waiter:
    chat: Hashable
    turn: asyncio.Future[None]


@dataclass(slots=True)
class LocalPace:
    """The pace of one process. `per_second` above 0; infinity never waits (but still pauses)."""

    per_second: float
    chat_gap: float = CHAT_GAP
    _free_at: float = float("-inf")
    _silent_until: float = float("-inf")
    _urgent: list[_Waiter] = field(default_factory=list)
    _patient: list[_Waiter] = field(default_factory=list)
    _chats: dict[Hashable, float] = field(default_factory=dict)
    _timer: asyncio.TimerHandle | None = None

    def __post_init__(self) -> None:
        if not self.per_second > 0:
            raise ValueError(f"per_second must be above 0, not {self.per_second}")

    async def wait(self, *, urgent: bool, chat: Hashable = None) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._urgent and now >= self._next_slot() and (urgent or self._alone(chat, now)):
            self._grant(chat, now)
            return
        waiter = _Waiter(chat, loop.create_future())
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

    def paused(self) -> float:
        return max(0.0, self._silent_until - asyncio.get_running_loop().time())

    def _next_slot(self) -> float:
        return max(self._free_at, self._silent_until)

    def _alone(self, chat: Hashable, now: float) -> bool:
        return not self._patient and now >= self._chats.get(chat, now)

    def _grant(self, chat: Hashable, now: float) -> None:
        """Take a slot. A timer that woke a little late does not move the slots after it."""
        interval = 1.0 / self.per_second
        start = self._free_at if now - self._free_at < interval else now
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

    def _pick(self, now: float) -> _Waiter | None:
        """The next to go, taken off its queue; those who gave up waiting are dropped."""
        for queue, gap in ((self._urgent, False), (self._patient, True)):
            queue[:] = [waiter for waiter in queue if not waiter.turn.done()]
            for place, waiter in enumerate(queue):
                if not gap or now >= self._chats.get(waiter.chat, now):
                    return queue.pop(place)
        return None
