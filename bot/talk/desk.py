"""The one door: every message of every person comes through here, one after another.

Open (one round trip): was this event answered? take the person's lock, read the session. Think
(`walk.py`, where refusals and bugs are caught, once). Close (one round trip): store session and
answer, unlock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec
import structlog

from bot.shop.roles import EVERY
from bot.shop.says import Letter, Say
from bot.talk.brief import brief
from bot.talk.heard import Heard
from bot.talk.manner import in_her_manner, letter_in_her_manner
from bot.talk.ports import Aloud, Answer, Opened, Sessions, Words
from bot.talk.session import Menu, MenuItem, Session
from bot.talk.turn import Shop, Turn
from bot.talk.walk import answer, shown_again
from bot.understand.fold import fold
from bot.words.spoken import Spoken

MOST_MENUS = 4
SIGNS = re.compile(r"^[^\w\d]+")
log = structlog.get_logger()

_session = msgspec.json.Decoder(Session)
_spoken = msgspec.json.Decoder(tuple[Spoken, ...])
_encode = msgspec.json.Encoder().encode


class FrontDesk:
    """Keeps the `Desk` protocol. `streams` says which channels deliver by the numbered stream.

    on_profile: told when a person is new, chose a language or became a seller (command menus).
    on_heard: told who wrote, with every message, before it is thought about.
    """

    def __init__(
        self,
        shop: Shop,
        sessions: Sessions,
        words: Words,
        streams: frozenset[str],
        aloud: Aloud | None = None,
    ) -> None:
        self.shop = shop
        self._sessions = sessions
        self._words = words
        self._streams = streams
        self._aloud = aloud
        self.on_profile: Callable[[str, str, str], None] = _nobody
        self.on_heard: Callable[[str], None] = _nobody

    async def hear(self, heard: Heard) -> Answer:
        """Run one turn, or repeat what this event was answered before."""
        self.on_heard(heard.person)
        opened = await self._sessions.open(heard.person, heard.event_id)
        if opened.answer is not None:
            return _repeated(opened)
        try:
            turn = Turn(heard, await self._session(opened), heard.at, self.shop)
            before = _profile(turn.session)
            says = await in_her_manner(turn, await answer(turn))
            spoken = await self._all_spoken(turn, says)
            if not turn.repeat:
                _show(turn.session, spoken, heard.at)
            closed = await self._close(opened, turn, spoken)
            if before != (after := _profile(turn.session)):
                self.on_profile(heard.person, *after[:2])
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

    async def _all_spoken(self, turn: Turn, says: list[Say]) -> tuple[Spoken, ...]:
        if turn.repeat and turn.session.said is not None:
            return (turn.session.said,)
        spoken = tuple([await self._spoken(turn.session, s, turn.media) for s in says])
        if spoken:
            turn.session.said = brief(spoken)
        return spoken

    async def _spoken(self, session: Session, say: Say, media: bool) -> Spoken:
        """In the person's language, and read aloud where she wants to hear it."""
        spoken = self._words.speak(say, session.lang)
        return await self._read_out(session, say, spoken, media)

    async def _read_out(self, session: Session, say: Say, spoken: Spoken, media: bool) -> Spoken:
        if self._aloud is None or not session.voice or (session.light and not media):
            return spoken
        return await self._aloud.read_out(say, spoken)

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
            say = await letter_in_her_manner(self.shop, session, letter.say)
            spoken = self._words.speak(say, session.lang, letter.kind)
            if spoken.choices:
                spoken = _beside_number(session, spoken)
                menu = _menu(spoken, "", self.shop.now(), letter.kind)
                session.menus = _with_letter(session.menus[-(MOST_MENUS - 1) :], menu)
            spoken = await self._read_out(session, say, spoken, False)
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
        return Session(
            known.id,
            lang=known.lang,
            seller=known.acts_for,
            trainer=known.trainer,
            owner=known.is_owner,
            voice=known.voice,
            light=known.light,
        )

    async def sent(self, answer: Answer, count: int) -> None:
        await self._sessions.sent(answer.person, answer.event_id, count)


def _profile(session: Session) -> tuple[str, str, bool]:
    """Her language, whom she acts for (an owner for EVERY seller), and whether she was greeted."""
    acts_for = session.seller or (EVERY if session.owner else "")
    return (session.lang, acts_for, session.greeted)


def _nobody(*news: str) -> None:
    """Nobody wants to know that a person wrote, chose a language or became a seller."""


def _repeated(opened: Opened) -> Answer:
    spoken = _spoken.decode(opened.answer or b"[]")
    return Answer(opened.person, opened.event_id, spoken, opened.sent, 0, repeat=True)


def _show(session: Session, spoken: Sequence[Spoken], now: int) -> None:
    """The choices of the last message that has some are what digits answer now."""
    last = next((s for s in reversed(spoken) if s.choices), None)
    if last is None:
        return
    session.menus = [_menu(last, shown_again(session), now)]


def _beside_number(session: Session, spoken: Spoken) -> Spoken:
    """In a number question every digit is the number, and what was said back waits for its yes: a
    letter that comes then shows no digits.
    """
    if not (session.menus and (session.menus[-1].asks or _waits_for_yes(session.menus[-1]))):
        return spoken
    plain = tuple(msgspec.structs.replace(c, key="") for c in spoken.choices)
    return msgspec.structs.replace(spoken, choices=plain)


def _waits_for_yes(menu: Menu) -> bool:
    """True for stock that was said back to a seller, or a move with an order she spoke of, which
    is not done yet.
    """
    return any(i.id.startswith(("tell:", "mv:")) for i in menu.items)


def _with_letter(menus: list[Menu], letter: Menu) -> list[Menu]:
    """The letter's menu on top; beneath what waits for a yes, so that the yes is not stolen."""
    if menus and _waits_for_yes(menus[-1]):
        return [*menus[:-1], letter, menus[-1]]
    return [*menus, letter]


def spelled(title: str) -> str:
    """A title as people type it: without diacritics, and without the sign before it."""
    return SIGNS.sub("", fold(title))


def _menu(spoken: Spoken, route: str, now: int, kind: str = "reply") -> Menu:
    items = tuple(MenuItem(t.id, spelled(t.title), t.key) for t in spoken.choices if not t.url)
    return Menu(route, items, now, kind, asks=spoken.id.endswith("-number"))
