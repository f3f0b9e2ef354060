"""Being called while the web page is closed: offered here, switched on in the browser.

A choice `push` is not sent as it is: the page first asks the browser, which wants a tap for that,
and sends `push:<what came of it>` (web/page/push.js).
"""

from __future__ import annotations

from msgspec.structs import replace

from bot.shop.live import Live
from bot.shop.says import Choice, Field, Moment, Say
from bot.talk.turn import BACK, Routes, Turn, act
from bot.usecases.ports import Books

PUSH = Choice("push", "choice-push")
MOST_DATED = 3


async def push_choice(turn: Turn) -> tuple[Choice, ...]:
    """The button that has the page's browser called when it is closed; none where the app calls
    by itself or a browser of this person is called already.
    """
    if not _is_page(turn):
        return ()
    person = turn.person
    known = await turn.shop.records.read(lambda b: b.push_addresses_of(person))
    return () if known else (PUSH,)


async def offered(turn: Turn, says: list[Say]) -> list[Say]:
    """A seller's door with the button under it, for whom new orders should ring."""
    last = says[-1]
    return [*says[:-1], replace(last, choices=(*last.choices, *await push_choice(turn)))]


async def push(turn: Turn, outcome: str = "") -> list[Say]:
    """outcome: `on`, `no` (refused), `none` (this browser cannot); empty for a typed digit."""
    if not _is_page(turn):
        return [Say("push-on", choices=(BACK,))]
    if not outcome:
        return [Say("push-ask", choices=(PUSH, BACK))]
    if outcome == "on":
        return [Say("push-on", choices=(Choice("lives", "choice-lives"), BACK))]
    dated = await _dated(turn)
    id_ = "push-off" if dated else "push-off-later"
    return [Say(id_, choices=(*dated, Choice("lives", "choice-lives"), BACK))]


def _is_page(turn: Turn) -> bool:
    return turn.shop.returns(turn.heard.channel)


async def _dated(turn: Turn) -> tuple[Choice, ...]:
    """The next lives this person asked to be told of, for the phone's own calendar."""
    lives = [live for live, _ in await turn.shop.open_lives(turn.now)]
    mine = await turn.shop.records.read(lambda b: _followed(b, turn.person, lives))
    base = turn.shop.public_url().rstrip("/")
    return tuple(_calendar(turn, live, base) for live in mine[:MOST_DATED]) if base else ()


def _followed(books: Books, person: str, lives: list[Live]) -> list[Live]:
    follows = {(f.seller, f.live) for f in books.follows_of(person)}
    return [x for x in lives if follows & {(x.seller, ""), (x.seller, x.id)}]


def _calendar(turn: Turn, live: Live, base: str) -> Choice:
    fields: dict[str, Field] = {
        "seller": turn.seller_name(live.seller),
        "at": Moment(live.starts_at),
    }
    return Choice("ics", "choice-calendar-of", fields, url=f"{base}/live/{live.id}.ics")


ROUTES: Routes = {"push": act(push)}
