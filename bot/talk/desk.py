"""The one door: every message of every person on every channel comes through here, one after
another.

Open (one round trip): was this event answered? take the person's lock, read the session. Think.
Close (one round trip): store session and answer, unlock. A refusal (`Problem`) is caught here,
once, and so is a bug.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence

import msgspec
import structlog

from bot.shop.problems import NotSeller, Problem
from bot.shop.says import Choice, Letter, Say
from bot.talk.heard import Heard
from bot.talk.hearing import route_of
from bot.talk.ports import Answer, Busy, Opened, Sessions, StoreDown, Words
from bot.talk.routes import ROUTES
from bot.talk.session import Menu, MenuItem, Session
from bot.talk.turn import BACK, Flow, Shop, Turn
from bot.understand.fold import fold
from bot.words.spoken import Spoken

MOST_TRAIL = 12
MOST_MENUS = 4
MOST_ARGUMENTS = 6
DONE = "-"
"""Stands in the trail for what an action showed."""

log = structlog.get_logger()

_session = msgspec.json.Decoder(Session)
_spoken = msgspec.json.Decoder(tuple[Spoken, ...])
_encode = msgspec.json.Encoder().encode


class FrontDesk:
    """Keeps the `Desk` protocol. `streams` says which channels deliver by the numbered stream.

    on_profile: told when a person is new, chose a language or became a seller (command menus).
    """

    def __init__(
        self, shop: Shop, sessions: Sessions, words: Words, streams: frozenset[str]
    ) -> None:
        self.shop = shop
        self._sessions = sessions
        self._words = words
        self._streams = streams
        self.on_profile: Callable[[str, str, str], None] = _nobody

    async def hear(self, heard: Heard) -> Answer:
        """Run one turn, or repeat what this event was answered before."""
        opened = await self._sessions.open(heard.person, heard.event_id)
        if opened.answer is not None:
            return _repeated(opened)
        try:
            turn = Turn(heard, await self._session(opened), heard.at, self.shop)
            before = (turn.session.lang, turn.session.seller, turn.session.greeted)
            says = await answer(turn)
            spoken = tuple(self._words.speak(s, turn.session.lang) for s in says)
            _show(turn.session, spoken, says, heard.at)
            closed = await self._close(opened, turn, spoken)
            if before != (turn.session.lang, turn.session.seller, turn.session.greeted):
                self.on_profile(heard.person, turn.session.lang, turn.session.seller)
            return closed
        except BaseException:
            await self._sessions.release(opened)
            raise

    async def _close(self, opened: Opened, turn: Turn, spoken: tuple[Spoken, ...]) -> Answer:
        session = Session(opened.person, lang=turn.session.lang) if turn.forget else turn.session
        stream = self._stream(opened.person, spoken)
        first = await self._sessions.close(
            opened, _encode(session), _encode(spoken), stream=stream, page=turn.heard.page
        )
        who = turn.become or opened.person
        if turn.forget:
            await self._sessions.forget(opened.person)
        return Answer(who, opened.event_id, spoken, len(spoken) if stream else 0, first)

    def _stream(self, person: str, spoken: Sequence[Spoken]) -> list[bytes]:
        channel = person.partition(":")[0]
        return [_encode(s) for s in spoken] if channel in self._streams else []

    async def deliver(self, person: str, letter: Letter, event_id: str) -> Answer:
        """Speak a letter; its menu goes on top of the question it interrupts."""
        opened = await self._sessions.open(person, event_id)
        if opened.answer is not None:
            return _repeated(opened)
        try:
            session = await self._session(opened)
            spoken = self._words.speak(letter.say, session.lang, letter.kind)
            if spoken.choices:
                menu = _menu(spoken, "", self.shop.now(), letter.kind)
                session.menus = [*session.menus[-(MOST_MENUS - 1) :], menu]
            stream = self._stream(person, (spoken,))
            first = await self._sessions.close(
                opened, _encode(session), _encode((spoken,)), stream=stream
            )
            return Answer(person, event_id, (spoken,), len(stream), first)
        except BaseException:
            await self._sessions.release(opened)
            raise

    async def _session(self, opened: Opened) -> Session:
        """The stored session; when it is gone or unreadable, a new one with what SQL knows."""
        if opened.session is not None:
            try:
                return _session.decode(opened.session)
            except msgspec.DecodeError:
                log.warning("session-unreadable", person=opened.person)
        known = await self.shop.records.person(opened.person)
        return Session(known.id, lang=known.lang, seller=known.seller)

    async def sent(self, answer: Answer, count: int) -> None:
        await self._sessions.sent(answer.person, answer.event_id, count)


def _nobody(person: str, lang: str, seller: str) -> None:
    """Nobody wants to know that a person came, chose a language or became a seller."""


def _repeated(opened: Opened) -> Answer:
    spoken = _spoken.decode(opened.answer or b"[]")
    return Answer(opened.person, opened.event_id, spoken, opened.sent, 0, repeat=True)


async def answer(turn: Turn) -> list[Say]:
    """What to say to what was heard: the route's screen, after any notes, before what it
    interrupted.
    """
    session = turn.session
    session.taps += 1
    session.seen = turn.now
    route = route_of(turn)
    interrupted = _interrupted(session, route)
    says = await run(turn, route)
    if route != "unknown":
        session.misses = 0
    if interrupted and not session.asking:
        turn.words = ""
        says += await run(turn, interrupted)
    return says


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
        says = refused(turn, problem)
    except (Busy, StoreDown):
        raise
    except Exception:
        code = turn.shop.ids.short()[:6].upper()
        log.exception("turn-failed", code=code, route=route.partition(":")[0])
        says = [Say("sorry-try-again", {"code": code}, choices=(Choice("home", "choice-home"),))]
    notes, turn.notes = turn.notes, []
    return [*notes, *says]


async def _screen(turn: Turn, route: str) -> list[Say]:
    if route == "back":
        return await _back(turn)
    name, *args = route.split(":")
    found = ROUTES.get(name)
    if found is None or len(args) not in ARGUMENTS[name]:
        return await ROUTES["old"].run(turn)
    if found.seller and not turn.session.seller:
        raise NotSeller()
    asked, turn.session.asking = turn.session.asking, ""
    if name in ("unsupported", "place", "long", "unknown"):
        turn.session.asking = asked
    elif found.screen and not turn.words:
        _remember(turn.session, route)
        return await _called(turn, name, args)
    top = _top(turn.session)
    says = await _called(turn, name, args)
    if not turn.session.asking and _top(turn.session) == top:
        _acted(turn.session, asked)
    return says


def _top(session: Session) -> str:
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
    trail = turn.session.trail
    if trail:
        trail.pop()
    while trail and trail[-1] == DONE:
        trail.pop()
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


def refused(turn: Turn, problem: Problem) -> list[Say]:
    """A refusal with the next best thing to do."""
    return [Say(problem.id, problem.fields, choices=(*NEXT_BEST.get(problem.id, ()), BACK))]


NEXT_BEST: dict[str, tuple[Choice, ...]] = {
    "problem-empty-cart": (Choice("m", "choice-market"),),
    "problem-sold-out": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-out-of-season": (Choice("cart", "choice-cart"), Choice("m", "choice-market")),
    "problem-not-on-shelf": (Choice("m", "choice-market"),),
    "problem-no-such-order": (Choice("o", "choice-orders"), Choice("talk", "choice-talk")),
    "problem-not-your-order": (Choice("o", "choice-orders"),),
    "problem-wrong-move": (Choice("o", "choice-orders"),),
    "problem-too-many-open-orders": (Choice("o", "choice-orders"), Choice("talk", "choice-talk")),
    "problem-too-often": (Choice("talk", "choice-talk"),),
    "problem-link-spent": (Choice("home", "choice-home"),),
}


def _show(session: Session, spoken: Sequence[Spoken], says: Sequence[Say], now: int) -> None:
    """The choices of the last message that has some are what digits answer now."""
    last = next((s for s in reversed(spoken) if s.choices), None)
    if last is None:
        return
    session.menus = [_menu(last, _top(session), now)]


def _menu(spoken: Spoken, route: str, now: int, kind: str = "reply") -> Menu:
    items = tuple(MenuItem(t.id, fold(t.title), t.key) for t in spoken.choices if not t.url)
    return Menu(route, items, now, kind, asks=spoken.id.endswith("-number"))
