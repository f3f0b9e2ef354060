"""When a live is: moments she says, and the hours she is offered: the usual ones, and her own once
she has sold in a few lives.
"""

from __future__ import annotations

import re

from bot.shop import live_slots
from bot.shop.report import stretch_of
from bot.shop.says import Choice, Moment
from bot.talk.turn import Turn
from bot.understand.fold import fold
from bot.understand.sellers.moments import moment_said
from bot.usecases import coaching

_LIVE = re.compile(r"(?<!\w)(?:live|livestream|phat|song|truc tiep)(?!\w)")
"""In folded words: a live is spoken of anew, not only more of the one in hand."""


def speaks_of_live(words: str) -> bool:
    return bool(_LIVE.search(fold(words)))


def moments(words: str, now: int) -> tuple[int, ...]:
    """When the words say, seconds UTC; a bare number is an hour."""
    if words.strip().isdecimal():
        return moment_said(f"{words}h", now)
    return moment_said(words, now)


async def suggested(turn: Turn) -> tuple[int, ...]:
    """At most four moments (seconds UTC), the soonest first; of a season's lives."""
    seller, since = turn.session.seller, stretch_of("season", turn.now).since
    lives = await turn.shop.records.read(lambda b: b.lives_of(seller))
    over = [x for x in lives if x.state == "over" and x.started_at >= since]
    if len(over) < live_slots.ENOUGH:
        return live_slots.suggested(turn.now)
    sales = await turn.shop.records.sales(seller, since, turn.now + 1)
    return live_slots.suggested(turn.now, live_slots.past_of(over, sales))


def at_choice(at: int, route: str = "lv") -> Choice:
    """The button of an hour; most people's hours bear a star."""
    title = "choice-live-best" if coaching.is_best(at) else "choice-live-at"
    return Choice(f"{route}:{at}", title, {"at": Moment(at)})
