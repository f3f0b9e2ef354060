"""What use cases need of the rows of lives, claims, followers and broadcasts; a part of
`ports.Books`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.shop.claim import Claim, Comment, Guest
from bot.shop.follow import Broadcast, Follow, PushAddress, Unreachable
from bot.shop.live import Live, LiveItem, LiveNote
from bot.shop.says import Letter
from bot.shop.stock import Take


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

    def before(self, claim: Claim) -> int:
        """How many claims of its live and code wait before it."""

    def buyers(self, live: str) -> int:
        """How many persons hold or ordered something in this live."""

    def claims_shown(self, live: str, most: int) -> tuple[Claim, ...]:
        """For the board: the newest, and those of guests that wait for a yes; by number. Reads
        what is committed, not what the same batch changed."""

    def claim_counts(self, live: str, since: int) -> tuple[int, int]:
        """For the board: how many claims there were, and how many after this moment; as above."""

    def claim_sums(self, live: str) -> dict[str, tuple[int, int]]:
        """For the board: by code, base units held or ordered, and how many wait; as above."""

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

    def sweep_comments(self, before: int, guests_before: int) -> None:
        """Delete comments from before this moment, what their authors are called in claims too;
        and guests who wrote nothing since the other."""

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

    def written_to(self, about: str) -> frozenset[str]:
        """Who has a letter, whatever became of it, whose key begins with this and a colon."""

    def turn_letters(self, about: str, old: str, new: str) -> None:
        """Letters in one state get another; those a worker is just sending stay."""

    def unreachable_of(self, people: Sequence[str]) -> tuple[Unreachable, ...]: ...

    def pushed_people(self) -> frozenset[str]:
        """Who is reached with the page closed."""

    def push_addresses_of(self, person: str) -> tuple[PushAddress, ...]: ...

    def push_holder(self, address: str) -> str:
        """Whose browser an address is, empty for one that is not known."""

    def set_push_addresses(self, person: str, addresses: tuple[PushAddress, ...]) -> None: ...

    def not_reached(self, about: str) -> tuple[tuple[str, str], ...]:
        """To whom letters did not get, or nobody knows whether, and why; by person."""

    def buyers_in(self, seller: str, province: int) -> frozenset[str]:
        """Who ordered of her into this province."""

    def buyers_of(self, product: str) -> frozenset[str]:
        """Who ordered it or asked to be told when it is back."""

    def provinces_of(self, seller: str) -> tuple[int, ...]:
        """Where most of her buyers are, first; a few."""

    def receivers_of(self, seller: str, people: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Name and phone of their last orders of this seller."""

    def orders_after(self, about: str, seller: str, since: int, until: int) -> tuple[int, int]:
        """How many orders, and what the goods came to in đồng, of those who were sent a letter
        whose key begins so."""

    def post_all(self, letters: Iterable[Letter]) -> None:
        """Many letters in one statement; those with a known key are left out."""

    def tally(self, about: str) -> dict[str, int]:
        """Letters whose key begins with this and a colon, by state."""

    def told(self, about: str) -> tuple[str, ...]:
        """Who was sent a letter whose key begins with this and a colon, or may have been."""

    def ads_today(self, people: Iterable[str], since: int) -> dict[str, int]:
        """Reminders, restock notices and broadcasts each got since then or is about to get; who
        got none is left out."""
