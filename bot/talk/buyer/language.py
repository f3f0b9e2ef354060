"""How the shop speaks to a person: which language, in which script, read aloud or not."""

from __future__ import annotations

from bot.shop.says import Choice, Say
from bot.shop.sound import sound_of
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import people

AFTER_VIETNAMESE = ("hmn@rpa", "hmn@chv")
"""Offered right after Vietnamese, each in its own script; then the two voices, then the others."""


async def language(turn: Turn, lang: str = "", aloud: str = "") -> list[Say]:
    """Each language offered in its own words; the choice is stored, never guessed. aloud: `voice`
    turns the reading aloud on too.
    """
    if lang in turn.shop.languages and aloud in ("", "voice"):
        await _set(turn, lang=_script(turn, lang, aloud), voice=True if aloud else None)
        turn.notes.append(Say("voice-on" if aloud else "language-set"))
        turn.again = True
        return []
    drafts = turn.shop.drafts
    lines = tuple(
        Say("language-draft", {"name": name, "done": done, "total": total})
        for lang, (name, done, total) in drafts.items()
    )
    return [Say("language-ask", lines=lines, choices=(*_choices(turn), BACK))]


def _script(turn: Turn, lang: str, aloud: str) -> str:
    """Who listens to Mông goes on reading the script she chose before."""
    same = sound_of(turn.session.lang) == sound_of(lang)
    return turn.session.lang if aloud and same else lang


def _choices(turn: Turn) -> tuple[Choice, ...]:
    known = turn.shop.languages
    first = [x for x in ("vi", *AFTER_VIETNAMESE) if x in known]
    voices = [
        Choice(f"lang:{x}:voice", f"choice-voice-{x}") for x in ("hmn@rpa", "vi") if x in known
    ]
    others = [x for x in known if x not in first]
    quiet = (Choice("voice:off", "choice-voice-off"),) if turn.session.voice else ()
    return (
        *(Choice(f"lang:{x}", f"choice-lang-{x}") for x in first),
        *voices,
        *(Choice(f"lang:{x}", f"choice-lang-{x}") for x in others),
        *quiet,
        _data(turn),
    )


def _data(turn: Turn) -> Choice:
    if turn.session.light:
        return Choice("light:off", "choice-light-off")
    return Choice("light:on", "choice-light-on")


async def voice(turn: Turn, wish: str = "on") -> list[Say]:
    """Reading aloud on or off, in the language she has."""
    if wish == "on" and not sound_of(turn.session.lang):
        return await language(turn)
    await _set(turn, voice=wish != "off")
    turn.notes.append(Say("voice-off" if wish == "off" else "voice-on"))
    turn.again = True
    return []


async def _set(turn: Turn, *, lang: str | None = None, voice: bool | None = None) -> None:
    session, person, now = turn.session, turn.person, turn.now
    session.lang = session.lang if lang is None else lang
    session.voice = session.voice if voice is None else voice
    await turn.shop.ledger.put(lambda b: people.set_manner(b, person, now, lang=lang, voice=voice))


ROUTES: Routes = {
    "lang": screen(language),
    "voice": act(voice),
}
