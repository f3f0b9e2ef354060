"""Who cannot be reached, because an app said so, and who can again, because they wrote.

The truth is in SQL; a process that listens keeps the few names in memory, so that a turn costs one
look into a dictionary.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from bot.shop.follow import Unreachable

_GONE = (
    "blocked",
    "deactivated",
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "can't initiate conversation",
)
"""What Telegram answers about an account, not about a message."""


def is_gone(reason: str) -> bool:
    """True if an app's refusal is about the person: nothing arrives until they write again."""
    low = reason.lower()
    return any(words in low for words in _GONE)


class ReachRows(Protocol):
    """Where it is remembered."""

    async def unreachable(self) -> list[Unreachable]: ...

    async def reach_stamp(self) -> tuple[int, int]:
        """Changes when somebody is lost or comes back."""

    async def lost(self, gone: Unreachable) -> None: ...

    async def reached(self, person: str) -> None: ...


class Reach:
    """One process's copy. `failed` is told what went wrong beside a turn."""

    def __init__(
        self, rows: ReachRows, now: Callable[[], int], failed: Callable[[Exception], None]
    ) -> None:
        self._rows = rows
        self._now = now
        self._failed = failed
        self._gone: dict[str, str] = {}
        self._stamp = (-1, -1)
        self._running: set[asyncio.Task[None]] = set()

    def why(self, person: str) -> str:
        """Why nothing arrives; empty for who can be reached."""
        return self._gone.get(person, "")

    def heard(self, person: str) -> None:
        """Somebody wrote: if they were lost, that is forgotten, beside the turn."""
        if self._gone.pop(person, None) is not None:
            task = asyncio.ensure_future(self._back(person))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def told(self, person: str, lost: bool) -> None:
        """An app said that this account left, or came back."""
        if lost:
            self._gone[person] = "blocked"
            await self._rows.lost(Unreachable(person, "blocked", self._now()))
        else:
            self._gone.pop(person, None)
            await self._rows.reached(person)

    async def watch(self, interval: float = 2.0) -> None:
        """Until cancelled: learn what other processes found out."""
        while True:
            try:
                await self.refresh()
            except Exception as error:  # a database that is away for a while is waited for
                self._failed(error)
            await asyncio.sleep(interval)

    async def refresh(self) -> None:
        stamp = await self._rows.reach_stamp()
        if stamp != self._stamp:
            self._gone = {u.person: u.why for u in await self._rows.unreachable()}
            self._stamp = stamp

    async def _back(self, person: str) -> None:
        try:
            await self._rows.reached(person)
        except Exception as error:  # looked at again with their next message
            self._stamp = (-1, -1)
            self._failed(error)
