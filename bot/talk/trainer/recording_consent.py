"""Lending the shop one's voice, and taking it back."""

from __future__ import annotations

from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say, Word
from bot.shop.sound import VoiceOf
from bot.talk.turn import BACK, Routes, Turn, act, for_trainer_or_seller, screen
from bot.usecases import clips

NAME = "voice-name"
"""Where the session's form keeps the name she wants shown, once she agreed."""

NO_NAME = "-"


async def ask_for_voice(turn: Turn) -> list[Say]:
    """The question, with the reason and how to take it back; empty for who agreed."""
    person = turn.person
    if await turn.shop.records.read(lambda b: clips.lent(b, person)) is not None:
        return []
    choices = (Choice("vc:yes", "choice-voice-agree"), BACK)
    return [Say("voice-consent", lines=(Say("voice-consent-how"),), choices=choices)]


async def ask_for_variety(turn: Turn, sound: str) -> list[Say]:
    """Who said that she speaks Vietnamese is asked for her variety before she records another
    language; empty for everybody else.
    """
    person = turn.person
    voice = await turn.shop.records.read(lambda b: clips.lent(b, person))
    if voice is None or clips.speaks(voice.dialect, sound):
        return []
    turn.session.form[NAME] = voice.name or NO_NAME
    return _ask_dialect(turn)


async def consent(turn: Turn, answer: str = "") -> list[Say]:
    """Agreed: then the name to show, and the variety she speaks."""
    if answer != "yes":
        return await ask_for_voice(turn) or await _door(turn)
    return _ask_name(turn)


def _ask_name(turn: Turn) -> list[Say]:
    turn.ask("vcn")
    return [Say("voice-name", choices=(Choice("vcn:none", "choice-voice-no-name"), BACK))]


async def name(turn: Turn, none: str = "") -> list[Say]:
    """The name customers may see beside her voice; she need not give one."""
    words, turn.words = " ".join(turn.words.split())[: clips.MOST_NAME], ""
    if not words and not none:
        return _ask_name(turn)
    turn.session.form[NAME] = words or NO_NAME
    return _ask_dialect(turn)


def _ask_dialect(turn: Turn) -> list[Say]:
    turn.shows("vcd")
    choices = tuple(Choice(f"vcd:{d}", f"choice-dialect-{d}") for d in clips.DIALECTS)
    return [Say("voice-dialect", choices=(*choices, BACK))]


async def dialect(turn: Turn, which: str = "") -> list[Say]:
    """Now her voice is lent; the recording begins."""
    if NAME not in turn.session.form:
        return await consent(turn)
    if not which:
        return _ask_dialect(turn)
    if which not in clips.DIALECTS:
        raise KeyError(which)
    said = turn.session.form.pop(NAME).removeprefix(NO_NAME)
    voice = VoiceOf(turn.person, said, which, clips.CONSENT_VERSION, turn.now)
    lang = turn.session.lang
    await turn.shop.ledger.put(lambda b: clips.agree(b, voice, lang))
    fields: dict[str, Field] = {"dialect": Word(f"choice-dialect-{which}")}
    turn.notes.append(Say("voice-lent", fields))
    return await _door(turn)


async def _door(turn: Turn) -> list[Say]:
    from bot.talk.trainer.recording import door, piece  # which import this module
    from bot.talk.trainer.recording_work import AT, SOUND, stand

    stand(turn, "rec")
    if {AT, SOUND} <= set(turn.session.form):
        stand(turn, "rc")
        return await piece(turn)
    return await door(turn)


async def take_back(turn: Turn, sure: str = "") -> list[Say]:
    """Her clips go, rows and files; whoever lent her voice may, whatever her rights are now."""
    person = turn.person
    if sure != "yes":
        lent = await turn.shop.records.read(lambda b: b.voice_of(person))
        if lent is None:
            return [Say("voice-back-none", choices=(BACK,))]
        count = len(await turn.shop.records.read(lambda b: clips.clips_of(b, person)))
        choices = (Choice("rut:yes", "choice-voice-back-yes"), BACK)
        return [Say("voice-back-ask", {"count": count}, choices=choices)]
    count = await turn.shop.ledger.put(lambda b: clips.take_back(b, person))
    for kept in [k for k in turn.session.form if k.startswith("rec")]:
        del turn.session.form[kept]
    return [Say("voice-back-done", {"count": count}, choices=(Choice("home", "choice-home"),))]


async def way_back(turn: Turn) -> tuple[Choice, ...]:
    """Beside "erase": taking back the voice, for who lent it."""
    person = turn.person
    lent = await turn.shop.records.read(lambda b: b.voice_of(person))
    return (Choice("rut", "choice-voice-back"),) if lent else ()


def _guarded(route: Routes) -> Routes:
    return {name: for_trainer_or_seller(r, Right.GOODS) for name, r in route.items()}


ROUTES: Routes = {
    **_guarded({"vc": screen(consent), "vcn": act(name), "vcd": act(dialect)}),
    "rut": screen(take_back),
}
