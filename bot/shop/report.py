"""What was sold in a time, as figures: in all, by product, by household, by seller, by live.

An order counts for the moment it was placed, so that a day's figure stays that day's (the parcels
of an evening's live are packed the next morning). It is sold once it is packed, or paid in full
before; until then it is open, and named apart. What comes back is taken off. Money is đồng for
goods, without shipping; moments are seconds UTC, days Vietnam's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.shop.hours import VIETNAM, day_start, local
from bot.shop.household import OWN
from bot.shop.order import State

Span = Literal["today", "yesterday", "week", "last_week", "month", "last_month", "season"]
GroupBy = Literal["product", "household", "seller", "live"]
Standing = Literal["sold", "open", "returned"]

DAY = 24 * 3600
WEEK = 7 * DAY
SEASON_DAYS = 120
"""A season is the last 120 days, today among them: a shop of many harvests has no one first day,
and lots opened with the shop say nothing of a harvest.
"""

COUNTED: frozenset[State] = frozenset(
    {"placed", "confirmed", "packed", "shipped", "delivered", "returned"}
)
"""States of orders a report looks at; the others came to nothing."""

_SOLD: frozenset[State] = frozenset({"packed", "shipped", "delivered"})


@dataclass(frozen=True, slots=True)
class Part:
    """One product of an order: base units, đồng, and how many base units came from which
    household.
    """

    product: str
    amount: int
    vnd: int
    households: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sale:
    """An order as a report sees it. paid: in full. live: which one it was bought in, empty for
    none.
    """

    code: str
    seller: str
    state: State
    placed_at: int
    paid: bool
    parts: tuple[Part, ...]
    live: str = ""

    @property
    def vnd(self) -> int:
        return sum(part.vnd for part in self.parts)

    @property
    def standing(self) -> Standing:
        if self.state == "returned":
            return "returned"
        return "sold" if self.state in _SOLD or self.paid else "open"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `since` until before `until`; before: the time it is compared with, None for none."""

    since: int
    until: int
    before: tuple[int, int] | None = None

    @property
    def first(self) -> int:
        """Where facts are needed from."""
        return min(self.since, self.before[0]) if self.before else self.since


@dataclass(frozen=True, slots=True)
class Sum:
    orders: int = 0
    vnd: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """One product, household, seller or live. amount: base units, 0 unless it is a product.
    before: đồng in the time compared with, None if nothing is.
    """

    key: str
    amount: int
    vnd: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Groups come dearest first."""

    sold: Sum
    open: Sum
    returned: Sum
    before: Sum | None
    groups: tuple[Group, ...]


def stretch_of(span: Span, now: int) -> Stretch:
    """The time a span covers, Vietnam's days, weeks from Monday. One that still runs is compared
    with the same part of the one before: today with the same weekday last week up to this hour.
    """
    today = day_start(now)
    if span == "today":
        return Stretch(today, today + DAY, (today - WEEK, now + 1 - WEEK))
    if span == "yesterday":
        return Stretch(today - DAY, today, (today - DAY - WEEK, today - WEEK))
    if span == "season":
        return Stretch(today - (SEASON_DAYS - 1) * DAY, today + DAY)
    if span in ("week", "last_week"):
        monday = today - local(now).weekday() * DAY
        edges = (monday - 2 * WEEK, monday - WEEK, monday)
    else:
        edges = (_month(now, -2), _month(now, -1), _month(now, 0))
    if span in ("last_week", "last_month"):
        return Stretch(edges[1], edges[2], (edges[0], edges[1]))
    so_far = min(edges[1] + (now + 1 - edges[2]), edges[2])
    return Stretch(edges[2], today + DAY, (edges[1], so_far))


def _month(now: int, months: int) -> int:
    """When the month that is so many from this one began."""
    here = local(now)
    year, month = divmod(here.year * 12 + here.month - 1 + months, 12)
    return int(datetime(year, month + 1, 1, tzinfo=here.tzinfo).timestamp())


def days_of(first: date, last: date) -> Stretch:
    """These days of Vietnam, the last one included."""
    after = last + timedelta(days=1)
    since, until = (datetime.combine(d, datetime.min.time(), VIETNAM) for d in (first, after))
    return Stretch(int(since.timestamp()), int(until.timestamp()))


def report_of(sales: Iterable[Sale], stretch: Stretch, by: GroupBy = "product") -> Report:
    """The figures of a stretch from the orders of that time and of the one before."""
    known = tuple(sales)
    here = [s for s in known if stretch.since <= s.placed_at < stretch.until]
    sold = [s for s in here if s.standing == "sold"]
    earlier = stretch.before
    then = [s for s in known if earlier and earlier[0] <= s.placed_at < earlier[1]]
    then = [s for s in then if s.standing == "sold"]
    return Report(
        sold=_sum(sold),
        open=_sum(s for s in here if s.standing == "open"),
        returned=_sum(s for s in here if s.standing == "returned"),
        before=_sum(then) if earlier else None,
        groups=_groups(sold, then if earlier else None, by),
    )


def _sum(sales: Iterable[Sale]) -> Sum:
    known = tuple(sales)
    return Sum(len(known), sum(s.vnd for s in known))


def _groups(sold: list[Sale], then: list[Sale] | None, by: GroupBy) -> tuple[Group, ...]:
    now, before = _added(sold, by), _added(then or (), by)
    keys = dict.fromkeys((*now, *before))
    none = (0, 0)
    found = (
        Group(k, *now.get(k, none), before=None if then is None else before.get(k, none)[1])
        for k in keys
    )
    return tuple(sorted(found, key=lambda g: (-g.vnd, -(g.before or 0), g.key)))


def _added(sales: Iterable[Sale], by: GroupBy) -> dict[str, tuple[int, int]]:
    """(base units, đồng) by key."""
    sums: dict[str, tuple[int, int]] = {}
    for sale in sales:
        for key, amount, vnd in KEYS[by](sale):
            had = sums.get(key, (0, 0))
            sums[key] = (had[0] + amount, had[1] + vnd)
    return sums


def shares(part: Part) -> Iterator[tuple[str, int, int]]:
    """(household, base units, đồng), to the đồng what the part brought. What no lot is known for
    is the seller's own.
    """
    known = [(h, n) for h, n in part.households if n > 0]
    rest = part.amount - sum(n for _, n in known)
    if rest > 0 or not known:
        known.append((OWN, max(rest, 0)))
    whole, gone, given = sum(n for _, n in known) or 1, 0, 0
    for place, (household, n) in enumerate(known, 1):
        gone += n
        until = part.vnd if place == len(known) else part.vnd * gone // whole
        yield household, n, until - given
        given = until


def _products(sale: Sale) -> Iterator[tuple[str, int, int]]:
    return ((p.product, p.amount, p.vnd) for p in sale.parts)


def _households(sale: Sale) -> Iterator[tuple[str, int, int]]:
    """Kilos of one product and pieces of another make no sum."""
    return ((h, 0, vnd) for p in sale.parts for h, _, vnd in shares(p))


KEYS: dict[GroupBy, Callable[[Sale], Iterable[tuple[str, int, int]]]] = {
    "product": _products,
    "household": _households,
    "seller": lambda sale: ((sale.seller, 0, sale.vnd),),
    "live": lambda sale: ((sale.live, 0, sale.vnd),),
}
"""What of an order belongs to which group."""
