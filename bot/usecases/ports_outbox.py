"""What the outbox worker needs of the letters table; a part of `ports`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.shop.says import Letter, LetterKind

LetterState = Literal[
    "todo", "intent", "sent", "blocked", "uncertain", "expired", "stopped", "paused"
]


LANES: tuple[LetterKind, ...] = ("order", "reminder", "restock", "broadcast")
"""What is sent first when all are due."""

ADS: tuple[LetterKind, ...] = LANES[1:]
"""Letters with hours and a number a day, which are never sent twice."""


@dataclass(frozen=True, slots=True)
class Due:
    """A letter whose time has come, leased to one worker.

    lease: when the lease ends (seconds UTC); with it a worker shows that the letter is still its
    own, because whoever takes over has a later one.
    """

    id: int
    letter: Letter
    tries: int
    again: bool
    """True if it may have arrived already: an earlier worker died between intent and sent, or the
    line broke.
    """
    lease: int = 0


@dataclass(frozen=True, slots=True)
class AdLimit:
    """At most `most` ads since the moment `since`; who had them gets the next at `again_at`."""

    most: int
    since: int
    again_at: int


class Outbox(Protocol):
    """The letters table as a worker sees it. A `why` of "line-broke" or "worker-died" says that
    the letter may have arrived.
    """

    async def lease(
        self,
        now: int,
        most: int = 32,
        kinds: Sequence[LetterKind] = LANES,
        resting: Sequence[str] = (),
    ) -> list[Due]:
        """Reserve letters that are due for half a minute, by lanes; nobody with a letter in
        another worker's hands, and nobody of the `resting` channels.
        """

    async def intend(self, due: Due, now: int, limit: AdLimit | None = None) -> Due | None:
        """Commit that this letter is about to be sent, with a new lease.

        None if it must not be: stopped, paused, expired, taken over by another worker, too many
        for that person today, or an ad for who cannot be reached.
        """

    async def finish(
        self, due: Due, state: LetterState, now: int, why: str = "", *, gone: bool = False
    ) -> None:
        """Remember how sending ended. gone: this account cannot be reached until it writes."""

    async def put_back(self, due: Due, at: int, why: str = "", *, tried: bool = True) -> None: ...

    async def give_back(self, dues: Sequence[Due]) -> None:
        """Leased and not begun: others may take them at once."""
