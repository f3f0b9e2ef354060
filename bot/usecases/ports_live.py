"""What use cases need of the rows of lives, claims, followers and broadcasts; a part of
`ports.Books`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.shop.claim import Claim, Comment, Guest
from bot.shop.follow import Broadcast, Follow
from bot.shop.live import Live, LiveItem, LiveNote
from bot.shop.says import Letter
from bot.shop.stock import Take

CLAIMS_BY = "claims-by"
"""Kind of the rows of `claims_by` that a command may name beforehand (`Ledger.put(reads=…)`)."""


def claims_by_key(live: str, person: str) -> tuple[str, str]:
    """Names one person's claims in one live, so that a batch reads those of all at once."""
    return (CLAIMS_BY, f"{live}\n{person}")


class LiveBooks(Protocol):
    """The rows of lives; every `*_of` comes oldest first unless it says otherwise."""

    # lives and what is on air

    def live(self, live: str) -> Live | None: ...

    def save_live(self, live: Live) -> None: ...

    def lives_of(self, seller: str) -> tuple[Live, ...]:
        """All of a seller's, by their hour."""

    def open_lives(self) -> tuple[Live, ...]:
        """Planned or on air, of every seller, by their hour."""

    def items_of(self, live: str) -> tuple[LiveItem, ...]:
        """By code."""

    def save_item(self, item: LiveItem) -> None: ...

    def note(self, note: LiveNote) -> None: ...

    def notes_of(self, live: str) -> tuple[LiveNote, ...]: ...

    # claims

    def claim(self, claim: str) -> Claim | None: ...

    def save_claim(self, claim: Claim) -> None: ...

    def claims_by(self, live: str, person: str) -> tuple[Claim, ...]:
        """One person's in one live."""

    def claims_in(self, live: str) -> tuple[Claim, ...]:
        """By number."""

    def open_claims_of(self, person: str) -> tuple[Claim, ...]:
        """Held or waiting, in any live."""

    def waiting_for(self, product: str) -> tuple[Claim, ...]:
        """The queue of a product, first come first, over all lives; at most its first thousand."""

    def next_number(self, live: str) -> int:
        """Counts up with every call: 1, 2, 3 …"""

    def taken(self, live: str, code: str) -> int:
        """Base units of a code that are held or ordered in this live."""

    def queued(self, live: str, code: str) -> int:
        """How many claims wait for a code."""

    def buyers(self, live: str) -> int:
        """How many persons hold or ordered something in this live."""

    def ending_claims(self, before: int) -> tuple[Claim, ...]:
        """Holds that end at this moment or earlier."""

    def new_takes(self, code: str, takes: tuple[Take, ...]) -> None:
        """As `set_takes` for a claim that is new: nothing is read."""

    # who writes comments

    def guest(self, guest: str) -> Guest | None: ...

    def save_guest(self, guest: Guest) -> None: ...

    def guests_with(self, phone: str) -> tuple[Guest, ...]: ...

    def guests_of(self, person: str) -> tuple[Guest, ...]:
        """Whom a person turned out to have been."""

    def comment(self, comment: str) -> Comment | None: ...

    def save_comment(self, comment: Comment) -> None: ...

    def open_comments(self, live: str) -> tuple[Comment, ...]:
        """Questions and doubtful claims nobody has dealt with."""

    # followers

    def follows_of(self, person: str) -> tuple[Follow, ...]: ...

    def followers(self, seller: str, live: str = "") -> tuple[Follow, ...]:
        """Who follows the seller, and, when a live is named, who follows only that one; each
        person once."""

    def save_follow(self, follow: Follow) -> None: ...

    def drop_follows(self, person: str, seller: str = "") -> None:
        """One seller's, or all."""

    # what sellers tell them

    def broadcast(self, broadcast: str) -> Broadcast | None: ...

    def save_broadcast(self, broadcast: Broadcast) -> None: ...

    def broadcasts_of(self, seller: str) -> tuple[Broadcast, ...]: ...

    def open_broadcasts(self) -> tuple[Broadcast, ...]:
        """Sending or paused."""

    def opened(self, broadcast: str, person: str, at: int) -> None:
        """Somebody pressed a button of a broadcast; once per person."""

    def opens_of(self, broadcast: str) -> tuple[str, ...]: ...

    def post_all(self, letters: Iterable[Letter]) -> None:
        """Many letters in one statement; those with a known key are left out."""

    def tally(self, about: str) -> dict[str, int]:
        """Letters whose key begins with this and a colon, by state."""

    def told(self, about: str) -> tuple[str, ...]:
        """Who was sent a letter whose key begins with this and a colon."""

    def ads_today(self, people: Iterable[str], since: int) -> dict[str, int]:
        """Reminders, restock notices and broadcasts each got since then or is about to get; who
        got none is left out."""
