"""A deal: a price for one customer, one amount and a short time, asked for and answered.

wished → offered → taken → used; or refused, declined, lapsed on the way. Pure rules: what the
amount usually costs, whether a price is odd, until when it may stand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Literal

from bot.shop.hours import CLOSES, local
from bot.shop.problems import DealLate, DealOver, DealSpent, Problem
from bot.shop.product import (
    Pick,
    Prices,
    Product,
    amount_of,
    picks_for,
    price_of,
    price_steps,
    step_per,
)
from bot.shop.says import Rate

DealState = Literal["wished", "offered", "taken", "used", "declined", "refused", "lapsed"]
DealVerb = Literal["offer", "refuse", "take", "decline", "use", "lapse"]

DEAL_MOVES: dict[tuple[DealState, DealVerb], DealState] = {
    ("wished", "offer"): "offered",
    ("wished", "refuse"): "refused",
    ("wished", "lapse"): "lapsed",
    ("offered", "take"): "taken",
    ("offered", "decline"): "declined",
    ("offered", "lapse"): "lapsed",
    ("taken", "decline"): "declined",
    ("taken", "use"): "used",
    ("taken", "lapse"): "lapsed",
}

PREFIX = "deal-"
"""The offer of a cart or order line that is a deal: this and the deal's id."""

WISH_SECONDS = 48 * 3600
"""How long a seller may leave a wish unanswered."""

ODD_LOW, ODD_HIGH = Fraction(3, 10), Fraction(3)
"""A price at or beyond these shares of the usual one is asked back: a slip is likelier."""

LEAST_SECONDS = 3600
"""A deadline nearer than this is not offered."""


@dataclass(frozen=True, slots=True)
class Deal:
    """What a customer wished and a seller answered. Money is đồng, times are seconds UTC.

    amount: base units, 0 while only `said` tells it ("cả xe").
    said: the amount in the customer's own words, where they are no clear number.
    words: what the customer wrote. wished_vnd: the price wished for, 0 if none was said.
    vnd: the seller's price for all of `amount`; until: the last second it may be used.
    thread: the talk through which the seller can answer in words. at: when the state last changed.
    """

    id: str
    customer: str
    seller: str
    product: str
    amount: int
    said: str
    words: str
    wished_vnd: int
    thread: str
    vnd: int = 0
    until: int = 0
    state: DealState = "wished"
    at: int = 0

    @property
    def offer(self) -> str:
        """Stands as the offer of a cart or order line."""
        return f"{PREFIX}{self.id}"


def deal_of_offer(offer: str) -> str:
    """The deal's id if a line's offer is a deal, else empty."""
    return offer.removeprefix(PREFIX) if offer.startswith(PREFIX) else ""


def moved(deal: Deal, verb: DealVerb, now: int) -> Deal:
    """The deal after a move. Raises DealLate past its deadline, DealSpent once it is used,
    DealOver if its state does not allow the move.
    """
    state = DEAL_MOVES.get((deal.state, verb))
    if state is None:
        raise _why_not(deal)
    if verb in ("take", "use") and now > deal.until:
        raise DealLate(product=deal.product)
    return replace(deal, state=state, at=now)


def _why_not(deal: Deal) -> Problem:
    if deal.state == "used":
        return DealSpent(product=deal.product)
    if deal.state == "lapsed" and deal.until:
        return DealLate(product=deal.product)
    return DealOver(product=deal.product)


def lapses(deal: Deal, now: int) -> bool:
    """A wish nobody answered in 48 hours; a price past its deadline."""
    if deal.state == "wished":
        return now >= deal.at + WISH_SECONDS
    return deal.state in ("offered", "taken") and now > deal.until


def steps(product: Product, prices: Prices) -> tuple[Pick, ...]:
    """The packs, smallest first, if taking more costs less per unit; else none."""
    packs = sorted(product.offers, key=lambda o: o.amount)
    ways = [Pick(o.id, 1) for o in packs if o.id in prices.vnd]
    if not ways:
        return ()
    loose = product.loose
    first = Fraction(prices.vnd[""], loose.per) if loose else _each(product, prices, ways[0])
    cheaper = any(_each(product, prices, way) < first for way in ways)
    return tuple(ways) if cheaper else ()


def _each(product: Product, prices: Prices, way: Pick) -> Fraction:
    return Fraction(price_of(product, prices, way), amount_of(product, way))


def usual_vnd(product: Product, prices: Prices, amount: int) -> int:
    """What `amount` base units cost without a deal; where no packs make it, at the best rate it
    reaches, rounded half up.
    """
    try:
        return sum(price_of(product, prices, p) for p in picks_for(product, prices, amount))
    except Problem:
        return _halves_up(_best_rate(product, prices, amount) * amount)


def _best_rate(product: Product, prices: Prices, amount: int) -> Fraction:
    """Đồng per base unit: the cheapest of the ways that `amount` reaches, else the smallest."""
    sizes = {o.amount: Fraction(prices.vnd[o.id], o.amount) for o in product.offers}
    if product.loose:
        sizes[product.loose.least] = Fraction(prices.vnd[""], product.loose.per)
    per = step_per(product)
    sizes |= {n: Fraction(v, per) for n, v in price_steps(prices)}
    reached = [rate for size, rate in sizes.items() if size <= amount]
    return min(reached) if reached else sizes[min(sizes)]


def is_odd(vnd: int, usual: int) -> bool:
    """True for a price so far from the usual one that it is asked back before it is sent."""
    return vnd <= ODD_LOW * usual or vnd >= ODD_HIGH * usual


def total_vnd(vnd: int, per: int, amount: int) -> int:
    """Đồng for `amount` base units at `vnd` per `per` base units, rounded half up."""
    return _halves_up(Fraction(vnd * amount, per))


def hoped_vnd(product: Product, prices: Prices, amount: int, vnd: int, per: int = 0) -> int:
    """Đồng for `amount` base units at a customer's `vnd` per `per` base units. A plain sum (per
    0) is for all of it or for one unit, whichever is nearer to the usual price.
    """
    if per:
        return total_vnd(vnd, per, amount)
    usual, each = (
        usual_vnd(product, prices, amount),
        total_vnd(vnd, _unit(product, amount), amount),
    )
    return min((vnd, each), key=lambda n: abs(n - usual))


def rate_of(product: Product, amount: int, vnd: int) -> Rate:
    """The price per unit people compare by: per kg, litre, or piece; under a kilo per 100 g."""
    per = _unit(product, amount)
    return Rate(total_vnd(vnd, amount, per), product.amount(per))


def _unit(product: Product, amount: int) -> int:
    if product.base == "piece":
        return 1
    loose = product.loose.per if product.loose else 0
    return loose or (1000 if amount >= 1000 else 100)


def deadline(now: int, days: int) -> int:
    """22:00 Vietnam time, `days` days from today; may already be past."""
    closing = local(now).replace(hour=CLOSES, minute=0, second=0, microsecond=0)
    return int((closing + timedelta(days=days)).timestamp())


def deadlines(now: int) -> tuple[int, ...]:
    """Days ahead a seller may choose: today while an hour is left, tomorrow, three days."""
    return tuple(d for d in (0, 1, 3) if deadline(now, d) >= now + LEAST_SECONDS)


def _halves_up(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
