"""A livestream: its plan, goods on air with their codes, and when people are told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from bot.shop.hours import CLOSES, OPENS, VIETNAM, in_hours, local
from bot.shop.live_problems import LiveOver

LiveState = Literal["planned", "on_air", "over", "cancelled"]
LiveVerb = Literal["start", "end", "cancel"]
BuyWhere = Literal["chat", "platform"]
"""Where viewers buy. TikTok Shop's rules forbid pointing them elsewhere to order."""

LIVE_MOVES: dict[tuple[LiveState, LiveVerb], LiveState] = {
    ("planned", "start"): "on_air",
    ("planned", "cancel"): "cancelled",
    ("on_air", "end"): "over",
    ("planned", "end"): "over",
}
OPEN_LIVES: frozenset[LiveState] = frozenset({"planned", "on_air"})

HOLD_SECONDS = 30 * 60
"""How long a claim holds its goods; the seller may choose another time for a live."""
TURN_SECONDS = 15 * 60
"""How long whoever is next in the queue has to say yes."""
WARN_SECONDS = 10 * 60
"""A hold that nobody confirmed is spoken of so long before it ends."""
AGAIN_SECONDS = 60
"""The same claim within this time may be a slip."""
LONGEST = 6 * 3600
"""Nobody is on air longer: a live that was never ended is over after this time, and one that was
never started so long after its hour."""

Rung = Literal["evening", "soon", "air"]
"""The three reminders of a live."""
EVENING_HOUR = 19
"""The evening before is told from this hour (Vietnam), when the day's work is done."""
SOON_SECONDS = 15 * 60
AIR_SECONDS = 60 * 60
""" "On air now" is news so long after the start, and never after the end."""


@dataclass(frozen=True, slots=True)
class Live:
    """One livestream of one seller. Times are seconds UTC.

    link: where it is shown, empty until known. buys: where viewers buy. hold_seconds: see
    HOLD_SECONDS. parcels: how many buyers' parcels she can pack for it, 0 never said. moved: how
    often its hour changed. told: rungs that were written, as `<rung>:<moved>` in a row.
    started_at, ended_at: 0 until it is so. tick: counts every change of its claims.
    """

    id: str
    seller: str
    starts_at: int
    state: LiveState
    by: str
    at: int
    title: str = ""
    link: str = ""
    buys: BuyWhere = "chat"
    hold_seconds: int = HOLD_SECONDS
    parcels: int = 0
    started_at: int = 0
    ended_at: int = 0
    moved: int = 0
    told: str = ""
    tick: int = 0

    @property
    def takes_claims(self) -> bool:
        return self.state in OPEN_LIVES and self.buys == "chat"

    def was_told(self, rung: Rung) -> bool:
        return f"{rung}:{self.moved}" in self.told.split()

    def with_told(self, rung: Rung) -> Live:
        return replace(self, told=f"{self.told} {rung}:{self.moved}".strip())


@dataclass(frozen=True, slots=True)
class LiveItem:
    """What a code stands for on one live. A claim without a unit counts packs of `offer`, or
    `unit` base units of loose goods when that is empty.

    cap: most base units sold in this live, 0: as much as there is. per_buyer: most base units for
    one buyer, 0: no limit. off: the code is not taken (any more).
    """

    live: str
    code: str
    product: str
    offer: str
    unit: int
    at: int
    cap: int = 0
    per_buyer: int = 0
    off: bool = False


@dataclass(frozen=True, slots=True)
class LiveNote:
    """One line of the append-only log of a live: what happened, when, to which claim.

    kind: `planned`, `moved`, `cancelled`, `on-air`, `over`, `item` (a code, its price and cap),
    or what became of a claim: `claimed`, `asked`, `queued`, `offered`, `confirmed`, `changed`,
    `cancelled-claim`, `expired`, `passed`, `ordered`. amount: base units. Names nobody.
    """

    live: str
    at: int
    kind: str
    number: int = 0
    code: str = ""
    product: str = ""
    amount: int = 0
    vnd: int = 0
    words: str = ""


def moved(live: Live, verb: LiveVerb, now: int) -> Live:
    """The live after a move. Raises LiveOver if it is over or called off."""
    state = LIVE_MOVES.get((live.state, verb))
    if state is None:
        raise LiveOver()
    started = now if verb == "start" else live.started_at
    ended = now if verb == "end" else live.ended_at
    return replace(live, state=state, started_at=started, ended_at=ended)


def next_code(codes: frozenset[str], index: int = 0) -> str:
    """The next free code: A1, A2 … A9, B1 …"""
    letters, digits = "ABCDEGHKLMNPRSTUVXY", 9
    for n in range(index, len(letters) * digits):
        code = f"{letters[n // digits]}{n % digits + 1}"
        if code not in codes:
            return code
    raise LiveOver()


def due_rung(live: Live, now: int) -> tuple[Rung, int] | None:
    """The reminder that is due now and until when it is still useful; None if none is.

    The evening before from 19:00 on, a quarter of an hour before, and when she is on air. Only in
    the hours in which advertising may be sent; what cannot go is dropped, never kept for morning.
    A later rung takes the place of one that was missed.
    """
    if not in_hours(now) or live.state not in OPEN_LIVES:
        return None
    for rung, since, until in _windows(live):
        if since <= now < until and not live.was_told(rung):
            return rung, min(until, _closing(now))
    return None


def _windows(live: Live) -> tuple[tuple[Rung, int, int], ...]:
    """Each rung with the time in which it is useful; they do not overlap."""
    if live.state == "on_air":
        return (("air", live.started_at, live.started_at + AIR_SECONDS),)
    soon = live.starts_at - SOON_SECONDS
    evening = _evening_before(live.starts_at)
    return (
        ("evening", evening, min(_closing(evening), soon)),
        ("soon", soon, live.starts_at),
    )


def _evening_before(at: int) -> int:
    day = local(at - 24 * 3600).replace(hour=EVENING_HOUR, minute=0, second=0, microsecond=0)
    return int(day.timestamp())


def _closing(at: int) -> int:
    """22:00 of the same day in Vietnam."""
    here = local(at).astimezone(VIETNAM)
    return int(here.replace(hour=CLOSES, minute=0, second=0, microsecond=0).timestamp())


def told_at(live: Live, rung: Rung) -> int:
    """When a rung of a planned live will be told, 0 if never because of the hour."""
    at = {
        "evening": _evening_before(live.starts_at),
        "soon": live.starts_at - SOON_SECONDS,
        "air": live.starts_at,
    }[rung]
    return at if OPENS <= local(at).hour < CLOSES else 0
