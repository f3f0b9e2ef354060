"""When to go live: the hours most people look, and, once she has gone live a few times, the hours
that sold best for her.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.shop.hours import day_start, local
from bot.shop.live import Live
from bot.shop.report import Sale

HOUR = 3600
DAY = 24 * HOUR
BEST_HOURS = ((10, 12), (20, 22))
"""When most people look at lives, from and before (hours in Vietnam)."""
USUAL = (20, 10, 21, 11)
"""Hours to begin at within them, the better first."""
ENOUGH = 3
"""Lives before hers are taken for a habit of her viewers and not for chance."""
HERS = 2
"""How many hours of her own stand before the usual ones."""
MOST = 4
EARLIEST, LATEST = 5, 22
"""Hours to begin at; one she once began in the night is not advised to anybody."""


@dataclass(frozen=True, slots=True)
class PastLive:
    """A live that is over: seconds UTC, and what its orders came to in đồng."""

    began: int
    ended: int
    vnd: int


def suggested(now: int, past: Sequence[PastLive] = ()) -> tuple[int, ...]:
    """The next moments (seconds UTC) to begin at, at most MOST, the soonest first.

    Each of the hours is offered at its next time; what is left over by the day after.
    """
    hours = begun_at(past)
    midnight = day_start(now)
    coming = [midnight + day * DAY + hour * HOUR for day in (0, 1) for hour in hours]
    return tuple(sorted(sorted(at for at in coming if at > now)[:MOST]))


def begun_at(past: Sequence[PastLive] = ()) -> tuple[int, ...]:
    """The hours to begin at (Vietnam), the best first: hers once she sold in ENOUGH lives."""
    hers = best_hours(past)[:HERS]
    return (*hers, *(h for h in USUAL if h not in hers))[: MOST - 1]


def past_of(lives: Iterable[Live], sales: Iterable[Sale]) -> tuple[PastLive, ...]:
    """Her lives that are over, with what the orders claimed in them came to; what came back is
    no sale.
    """
    vnd = dict[str, int]()
    for sale in sales:
        if sale.standing != "returned":
            vnd[sale.live] = vnd.get(sale.live, 0) + sale.vnd
    over = (x for x in lives if x.state == "over" and x.started_at)
    return tuple(PastLive(x.started_at, x.ended_at, vnd.get(x.id, 0)) for x in over)


def best_hours(past: Sequence[PastLive]) -> tuple[int, ...]:
    """Hours lives began at, dearest first by đồng for an hour on air; none for less than ENOUGH
    lives that sold something. A live shorter than an hour counts for one: two sales in five
    minutes promise no twenty-four in an hour.
    """
    if sum(x.vnd > 0 for x in past) < ENOUGH:
        return ()
    vnd, seconds = dict[int, int](), dict[int, int]()
    for live in past:
        hour = _hour(live.began)
        vnd[hour] = vnd.get(hour, 0) + live.vnd
        seconds[hour] = seconds.get(hour, 0) + max(HOUR, live.ended - live.began)
    hours = [h for h in vnd if vnd[h] and EARLIEST <= h <= LATEST]
    return tuple(sorted(hours, key=lambda h: (-vnd[h] * HOUR // seconds[h], h)))


def _hour(began: int) -> int:
    """The full hour it was meant for: ten minutes early is that hour's."""
    return local(began + HOUR // 2).hour
