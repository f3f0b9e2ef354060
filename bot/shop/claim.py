"""A claim in a live: a number, a server time, and goods held or a place in the queue.

asked, held, offered and confirmed claims hold their goods; a queued one waits for them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from bot.shop.live_problems import ClaimOver

ClaimState = Literal[
    "asked", "held", "queued", "offered", "confirmed", "ordered", "cancelled", "expired", "passed"
]
"""asked: only a part was there; it is held, and the buyer says what to do about the rest.
offered: her turn came; she has TURN_SECONDS. passed: she let her turn go by."""

ClaimVerb = Literal["confirm", "cancel", "expire", "pass", "offer", "reopen", "order", "settle"]

HOLDING: frozenset[ClaimState] = frozenset({"asked", "held", "offered", "confirmed"})
OPEN_CLAIMS: frozenset[ClaimState] = HOLDING | {"queued"}

CLAIM_MOVES: dict[tuple[ClaimState, ClaimVerb], ClaimState] = {
    ("held", "confirm"): "confirmed",
    ("offered", "confirm"): "confirmed",
    ("asked", "confirm"): "confirmed",
    ("confirmed", "reopen"): "held",
    ("held", "reopen"): "held",
    ("offered", "reopen"): "held",
    ("asked", "reopen"): "held",
    ("queued", "reopen"): "queued",
    ("queued", "offer"): "offered",
    ("offered", "pass"): "passed",
    ("confirmed", "order"): "ordered",
    ("held", "order"): "ordered",
    ("offered", "order"): "ordered",
    ("asked", "order"): "ordered",
    **{(s, "cancel"): "cancelled" for s in OPEN_CLAIMS},
    **{(s, "expire"): "expired" for s in HOLDING},
}

PREFIX = "claim-"
"""The offer of a cart or order line that is a claim: this and the claim's id."""

GUEST = "guest:"
"""Begins the person of a claim made by a comment: `guest:<platform>:<hash of the author>`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`amount` base units of a code (`n` packs of `offer`, or loose when that is empty) for `vnd`
    đồng, claimed at `at`.

    number: its place among all claims of the live; a claim split because only a part was there
    keeps its number, so two rows may share it. until: when the hold ends, 0 while it holds
    nothing. seconds are UTC. name: what a comment's author is called, empty in our own chats.
    comment: the outside comment it came from. order: the order it became a line of. warned: when
    it was said that the hold ends soon.
    """

    id: str
    live: str
    seller: str
    number: int
    code: str
    product: str
    offer: str
    n: int
    amount: int
    vnd: int
    person: str
    state: ClaimState
    at: int
    until: int = 0
    name: str = ""
    comment: str = ""
    order: str = ""
    warned: int = 0
    wanted: int = 0

    @property
    def holds(self) -> bool:
        return self.state in HOLDING

    @property
    def is_guests(self) -> bool:
        return self.person.startswith(GUEST)


def moved(claim: Claim, verb: ClaimVerb, until: int = 0) -> Claim:
    """The claim after a move; its hold runs until `until`. Raises ClaimOver if it is too late."""
    state = CLAIM_MOVES.get((claim.state, verb))
    if state is None:
        raise ClaimOver()
    return replace(claim, state=state, until=until if state in HOLDING else 0)


def claim_of_offer(offer: str) -> str:
    """The claim a cart or order line stands for, empty if it is none."""
    return offer.removeprefix(PREFIX) if offer.startswith(PREFIX) else ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who writes comments on a platform; joined to a person by phone or by her claim's link.

    id: the `guest:…` person of her claims. at: her last comment, within a day. phone: what she
    wrote in a comment. person: whom she turned out to be, empty until then.
    """

    id: str
    platform: str
    name: str
    at: int
    phone: str = ""
    person: str = ""


CommentKind = Literal["claim", "question", "doubt", "other"]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the platform that was pasted, typed or posted by a reader.

    id: platform and its own id, or a hash of author, text and time; the same comment again is
    none. kind: `doubt` waits for the helper. text: empty for `other`, which is not kept.
    done_at: when somebody answered it or put it aside.
    """

    id: str
    live: str
    platform: str
    guest: str
    name: str
    text: str
    kind: CommentKind
    at: int
    why: str = ""
    done_at: int = 0


CLAIMS_BY = "claims-by"
"""Kind of the rows that `claims_by_key` names."""


def claims_by_key(live: str, person: str) -> tuple[str, str]:
    """Names one person's claims in one live, so that the ledger reads those of a whole batch at
    once (`Ledger.put(reads=…)`).
    """
    return (CLAIMS_BY, f"{live}\n{person}")
