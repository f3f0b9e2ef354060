"""How a turn walks: from a route to its screen, back along the trail, past refusals and bugs."""

from __future__ import annotations

import inspect

import structlog
from msgspec.structs import replace

from bot.shop.problems import NotSeller, NotTrainer, Problem
from bot.shop.roles import EVERY
from bot.shop.says import Choice, Say
from bot.talk import mong
from bot.talk.buyer import voice_note
from bot.talk.buyer.asking import PENDING, answered, left_open
from bot.talk.buyer.claims_heard import heard as heard_claim
from bot.talk.buyer.teaching import UNREAD
from bot.talk.hearing import FREE_WORDS, route_of
from bot.talk.light import follow_line
from bot.talk.ports import Busy, StoreDown
from bot.talk.refusals import refused
from bot.talk.routes import ROUTES
from bot.talk.seller.new_product_media import WAITING
from bot.talk.seller.packing_words import PARCEL
from bot.talk.session import Session
from bot.talk.turn import Flow, Route, Turn

MOST_TRAIL = 12
MOST_ARGUMENTS = 6
ASIDE = frozenset(
    {"unsupported", "place", "contact", "long", "unknown", "guess", "ans", "shp", "hand", "hto"}
)
"""Answers that leave the question before them open."""

LEAVES_AS_IT_IS = frozenset({"rpt", "see", "vp"})
"""What only shows more, or the same again; whatever was asked is still asked."""

CARRIES_MEDIA = frozenset({"talk", "tk", "media", "np", "npb", "ng", "ngl", "gxb"})
"""A voice note or photo out of the blue waits for these only."""

PACKS = frozenset({"gx", "gxb"})
"""A picture of a parcel waits for these only."""

KEEPS_UNREAD = frozenset({"unknown", "teach"})
"""A sentence that was not understood waits for these only."""

KEEPS_PENDING = ASIDE | {"q", "pk", "pick", "pend", "want", "gs", "add", "s"}
"""Turns after which the rest of an order is still asked about."""

DONE = "-"
"""Stands in the trail for what an action showed."""

log = structlog.get_logger()


async def answer(turn: Turn) -> list[Say]:
    """What to say to what was heard: the route's screen, after any notes, before what it
    interrupted.
    """
    session = turn.session
    session.taps += 1
    del session.trail[:-MOST_TRAIL]
    await _rights_now(turn)
    follow_line(turn)
    if refusals := await voice_note.refusal(turn):
        return [*refusals, *await _asked_again(turn)]
    route = await _route(turn)
    name = route.partition(":")[0]
    if name not in CARRIES_MEDIA:
        session.form.pop("media", None)
        session.form.pop(WAITING, None)
    if name not in PACKS:
        session.form.pop(PARCEL, None)
    if name not in KEEPS_UNREAD:
        session.form.pop(UNREAD, None)
    await voice_note.carried_beside(turn)
    interrupted = _interrupted(session, route)
    asked = shown_again(session) if name in ASIDE and _left_open(session.asking) else ""
    says = await run(turn, route)
    if name not in ("unknown", "guess"):
        session.misses = 0
    if session.form.get(PENDING) and name not in ("want", "more"):
        says = await _go_on_asking(turn, name, says)
    if asked or (interrupted and not session.asking and not _wants_yes(says)):
        turn.words = ""
        says += await run(turn, asked or interrupted)
    return says


async def _asked_again(turn: Turn) -> list[Say]:
    """The question that is still open after a voice note that was none."""
    if not turn.session.asking:
        return []
    turn.words = ""
    turn.heard = replace(turn.heard, kind="unsupported")
    return await run(turn, shown_again(turn.session))


def _wants_yes(says: list[Say]) -> bool:
    """Whether the answer asks to be sure: a letter's own question comes before the one beneath."""
    return bool(says) and any(c.id.endswith(":yes") for c in says[-1].choices)


async def _rights_now(turn: Turn) -> None:
    """Rights that were taken since the last message hold no more; she is told once."""
    session = turn.session
    if not (session.seller or session.owner):
        return
    who = await turn.who()
    if (session.seller and not who.acts_for) or (session.owner and not who.is_owner):
        turn.notes.append(Say("rights-gone"))
        session.asking = session.showing = ""
        session.trail = []
    session.seller, session.owner = who.acts_for, who.is_owner


async def _route(turn: Turn) -> str:
    """The route of what was heard; free words, and words that do not answer the question just
    asked, are read for what they mean.
    """
    voice_note.confirmed(turn)
    if mong.asks_for_mong(turn):
        return "lang"
    mong.hear(turn)
    if turn.guessed:
        return await mong.guess_first(turn)
    if claimed := await heard_claim(turn):
        return claimed
    route = route_of(turn)
    if route == FREE_WORDS:
        return await mong.free_words(turn)
    if turn.words and route == turn.session.asking:
        return await mong.beside(turn, route)
    return route


async def _go_on_asking(turn: Turn, name: str, says: list[Say]) -> list[Say]:
    """The rest of an order in one's own words, one question at a time, until she turns away."""
    if name not in KEEPS_PENDING:
        return [*left_open(turn), *says]
    if turn.session.asking or name in ASIDE:
        return says
    return [*says, *await answered(turn)]


def _left_open(asking: str) -> str:
    """The question an aside leaves open: any but its own."""
    return "" if asking.partition(":")[0] in ASIDE else asking


def _interrupted(session: Session, route: str) -> str:
    """The screen beneath a letter that is being answered now, to be shown again after."""
    if len(session.menus) < 2 or session.menus[-1].route:
        return ""
    of_letter = any(i.id == route for i in session.menus[-1].items)
    beneath = next((m.route for m in reversed(session.menus) if m.route), "")
    return beneath if of_letter and _is_question(beneath) else ""


def _is_question(route: str) -> bool:
    """Screens a person was in the middle of, worth showing again."""
    return route.partition(":")[0] not in ("", "home", "sell", "start")


async def run(turn: Turn, route: str) -> list[Say]:
    """A route's messages; refusals and bugs become sentences."""
    try:
        says = await _screen(turn, route)
    except Problem as problem:
        says = refused(turn, problem, as_seller=_for_seller(route))
    except (Busy, StoreDown):
        raise
    except Exception:
        code = turn.shop.ids.short()[:6].upper()
        log.exception("turn-failed", code=code, route=route.partition(":")[0])
        says = [Say("sorry-try-again", {"code": code}, choices=(Choice("home", "choice-home"),))]
    notes, turn.notes = turn.notes, []
    return [*notes, *says]


def _for_seller(route: str) -> bool:
    found = ROUTES.get(route.partition(":")[0])
    return found is not None and found.seller


async def _screen(turn: Turn, route: str) -> list[Say]:
    if route == "back":
        return await _back(turn)
    name, *args = route.split(":")
    found = ROUTES.get(name)
    if found is None or len(args) not in ARGUMENTS[name]:
        return await ROUTES["old"].run(turn)
    await _check_role(found, turn)
    asked, turn.session.asking = turn.session.asking, ""
    turn.session.showing = ""
    if name in ASIDE or name in LEAVES_AS_IT_IS:
        turn.session.asking = _left_open(asked)
    elif len(args) <= found.views and not turn.words:
        _remember(turn.session, route)
        return await _called(turn, name, args)
    top = top_of(turn.session)
    says = await _called(turn, name, args)
    if turn.again:
        turn.again = False
        return await _back(turn)
    if not turn.session.asking and top_of(turn.session) == top:
        _acted(turn.session, asked)
    return says


async def _check_role(route: Route, turn: Turn) -> None:
    """By what SQL says now: rights may have been taken since this session began."""
    if route.trainer and turn.session.trainer:
        return
    if route.trainer and not (route.seller and (await turn.who()).acts_for):
        raise NotTrainer()
    if not (route.seller or route.owner):
        return
    who = await turn.who()
    turn.session.seller, turn.session.owner = who.acts_for, who.is_owner
    if route.owner and not (route.seller and who.acts_for):
        who.require(route.right, EVERY)
    elif not who.acts_for:
        raise NotSeller()
    else:
        who.require(route.right)


def shown_again(session: Session) -> str:
    """The route that shows again what the person is looking at: a question, else a screen."""
    kind, _, step = session.asking.partition(":")
    asked = f"f:{step}" if kind == "a" else session.asking
    return asked or session.showing or top_of(session)


def top_of(session: Session) -> str:
    return next((r for r in reversed(session.trail) if r != DONE), "home")


def _acted(session: Session, asked: str) -> None:
    """What an action shows is no screen of its own: "back" from it leads to the screen before.

    A question that has been answered is no place to come back to.
    """
    if session.trail and session.trail[-1] == asked:
        session.trail.pop()
    if session.trail and session.trail[-1] != DONE:
        session.trail.append(DONE)


async def _called(turn: Turn, name: str, args: list[str]) -> list[Say]:
    """Arguments come from buttons; one that cannot be read is an old or foreign button."""
    try:
        return await ROUTES[name].run(turn, *args)
    except (ValueError, KeyError):
        log.warning("odd-button", route=name, exc_info=True)
        return await ROUTES["old"].run(turn)


def _counts(flow: Flow) -> range:
    """How many arguments a flow takes beside the turn."""
    kinds = list(inspect.signature(flow).parameters.values())[1:]
    if any(p.kind is p.VAR_POSITIONAL for p in kinds):
        return range(MOST_ARGUMENTS)
    return range(sum(p.default is p.empty for p in kinds), len(kinds) + 1)


ARGUMENTS = {name: _counts(route.run) for name, route in ROUTES.items()}


async def _back(turn: Turn) -> list[Say]:
    """The screen before the one shown; the door when there is none."""
    trail, asked = turn.session.trail, turn.session.asking
    if trail:
        trail.pop()
    while trail and trail[-1] == DONE:
        trail.pop()
    if asked.startswith("a:") and trail and trail[-1] == "co":
        trail[-1] = "cart"  # the form would ask the same again
    turn.session.asking = ""
    turn.words = ""
    before = trail[-1] if trail else "home"
    name, *args = before.split(":")
    if not trail:
        _remember(turn.session, "home")
    return await _called(turn, name, args)


def _remember(session: Session, route: str) -> None:
    """Add a screen to the trail; one shown before is gone back to, so trails do not grow in
    circles.
    """
    if route == "home":
        session.trail = ["home"]
    elif route in session.trail:
        del session.trail[session.trail.index(route) + 1 :]
    else:
        session.trail = [*session.trail[-(MOST_TRAIL - 1) :], route]
