"""What a live came to, as figures: claims by minute, what became of each product's, new followers.

Minutes come from the live's log, which stays when a person is forgotten; amounts and money from
the claims as they stand now. Money is đồng, amounts base units, moments seconds UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from bot.shop.claim import Claim, ClaimState
from bot.shop.follow import Follow
from bot.shop.live import LONGEST, Live, LiveItem, LiveNote

MINUTE = 60

MADE = frozenset({"claimed", "asked", "queued"})
"""Kinds of notes a claim begins with; those of a part split off later bear its number again."""

SOLD: frozenset[ClaimState] = frozenset({"confirmed", "ordered"})
HELD: frozenset[ClaimState] = frozenset({"asked", "held", "offered"})
LOST: frozenset[ClaimState] = frozenset({"queued", "passed"})
"""Never served: the goods were gone, or came back too late for her."""


@dataclass(frozen=True, slots=True)
class Portion:
    amount: int = 0
    vnd: int = 0

    def __add__(self, other: Portion) -> Portion:
        return Portion(self.amount + other.amount, self.vnd + other.vnd)


NONE = Portion()


@dataclass(frozen=True, slots=True)
class OfCode:
    """What became of the claims of one code. claimed: all that was wanted.

    sold: confirmed, or in an order. held: nobody has confirmed it yet. lost: wanted after it was
    sold out. expired: held until the time ran out. The rest of `claimed` was taken back.
    """

    code: str
    product: str
    claimed: Portion = NONE
    sold: Portion = NONE
    held: Portion = NONE
    lost: Portion = NONE
    expired: Portion = NONE


@dataclass(frozen=True, slots=True)
class LiveSummary:
    """A live as it stands now. began, ended: of what was on air (ended: now, while it lasts).

    minutes: claims in each minute from `began` on, none left out. early, late: claims made before
    and after. peak: when the busiest minute began, 0 without a claim. buyers: who hold or bought
    something. orders: what claims of it became lines of, and what those came to: those called off
    are taken off. followers: who asked to be reminded while it was on air.
    """

    live: str
    began: int
    ended: int
    minutes: tuple[int, ...]
    early: int
    late: int
    claims: int
    buyers: int
    orders: Portion
    codes: tuple[OfCode, ...]
    followers: int

    @property
    def peak(self) -> int:
        most = max(self.minutes, default=0)
        return self.began + MINUTE * self.minutes.index(most) if most else 0

    @property
    def most(self) -> int:
        """Claims in the busiest minute."""
        return max(self.minutes, default=0)

    def vnd(self, of: Callable[[OfCode], Portion]) -> int:
        return sum(of(x).vnd for x in self.codes)


def summary_of(
    live: Live,
    items: Iterable[LiveItem],
    claims: Iterable[Claim],
    notes: Iterable[LiveNote],
    follows: Iterable[Follow],
    orders: Collection[str],
    now: int,
) -> LiveSummary:
    """follows: everybody who follows the seller or this live now. orders: codes of her orders that
    came to something; a claim in any other was given back.
    """
    known = tuple(_given_back(c) if c.order and c.order not in orders else c for c in claims)
    began = live.started_at or live.starts_at
    ended = min(max(began, live.ended_at or now), began + LONGEST)
    times = _times(notes)
    return LiveSummary(
        live=live.id,
        began=began,
        ended=ended,
        minutes=_minutes(times, began, ended),
        early=sum(at < began for at in times),
        late=sum(at > ended for at in times),
        claims=len(times),
        buyers=len({c.person for c in known if c.holds or c.state in SOLD}),
        orders=_orders(known),
        codes=tuple(_of_code(item, known) for item in items),
        followers=len({f.person for f in follows if began <= f.at <= ended}),
    )


def _given_back(claim: Claim) -> Claim:
    return replace(claim, state="cancelled")


def _orders(claims: Iterable[Claim]) -> Portion:
    placed = [c for c in claims if c.state == "ordered"]
    return Portion(len({c.order for c in placed}), sum(c.vnd for c in placed))


def _times(notes: Iterable[LiveNote]) -> list[int]:
    """When each claim was made."""
    first: dict[int, int] = {}
    for note in notes:
        if note.kind in MADE and note.number:
            first.setdefault(note.number, note.at)
    return list(first.values())


def _minutes(times: list[int], began: int, ended: int) -> tuple[int, ...]:
    counts = [0] * ((ended - began) // MINUTE + 1)
    for at in times:
        if began <= at <= ended:
            counts[(at - began) // MINUTE] += 1
    return tuple(counts)


def _of_code(item: LiveItem, claims: Iterable[Claim]) -> OfCode:
    mine = [c for c in claims if c.code == item.code]
    return OfCode(
        item.code,
        item.product,
        claimed=_sum(mine, None) + _rest(mine),
        sold=_sum(mine, SOLD),
        held=_sum(mine, HELD),
        lost=_sum(mine, LOST) + _rest(mine),
        expired=_sum(mine, frozenset({"expired"})),
    )


def _sum(claims: list[Claim], states: frozenset[ClaimState] | None) -> Portion:
    found = [c for c in claims if states is None or c.state in states]
    return Portion(sum(c.amount for c in found), sum(c.vnd for c in found))


def _rest(claims: list[Claim]) -> Portion:
    """What was not there when only a part could be held, as long as nobody gave it up."""
    short = [c for c in claims if c.state == "asked" and c.amount < c.wanted]
    missing = [(c, c.wanted - c.amount) for c in short]
    return Portion(sum(n for _, n in missing), sum(c.vnd * n // c.amount for c, n in missing))


def binned(minutes: tuple[int, ...], most: int) -> tuple[tuple[int, ...], int]:
    """At most so many columns, and how many minutes each of them holds."""
    width = max(1, -(-len(minutes) // most))
    starts = range(0, len(minutes), width)
    return tuple(sum(minutes[i : i + width]) for i in starts), width
