""" "Thu âm": one piece after another is shown, said into a voice note, heard, and kept.

Interrupted, she goes on where she was: what is kept is in SQL, where she is in her session.
"""

from __future__ import annotations

from bot.shop.media_problems import VoiceTooLong
from bot.shop.problems import Problem
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say
from bot.shop.sound import LONGEST_MS, SOUNDS, Clip, Piece, clip_id
from bot.talk.trainer.recording_consent import ask_for_variety, ask_for_voice
from bot.talk.trainer.recording_find import found
from bot.talk.trainer.recording_work import (
    AT,
    HEARS,
    NAMES,
    NEW,
    READ,
    SOUND,
    STOP,
    Work,
    asks,
    in_hand,
    leave,
    mark_of,
    pass_over,
    screen_of,
    stand,
    ways,
    work_of,
)
from bot.talk.turn import (
    BACK,
    Routes,
    Turn,
    act,
    for_seller,
    for_trainer_or_seller,
    screen,
)
from bot.usecases import clips
from bot.usecases.clip_names import name_key

WAITS_SECONDS = 6 * 24 * 3600
"""How long a recording waits for her yes; its file is swept after a week."""


async def door(turn: Turn) -> list[Say]:
    """What can be recorded, and how far it is."""
    if asked := await ask_for_voice(turn):
        return asked
    sentences = [await _door_to(turn, sound, "") for sound in SOUNDS]
    named = [await _door_to(turn, sound, ":n") for sound in SOUNDS]
    own = named if turn.session.seller else []
    choices = (*(sentences if turn.session.trainer else ()), *own)
    return [Say("rec-home", choices=(*choices, Choice("rut", "choice-voice-back"), BACK))]


async def _door_to(turn: Turn, sound: str, names: str) -> Choice:
    work = await work_of(turn, sound, names=bool(names))
    title = f"choice-rec-names-{sound}" if names else f"choice-rec-{sound}"
    return Choice(f"rs:{sound}{names}", title, work.count())


async def go(turn: Turn) -> list[Say]:
    """Where she was, or the piece her words name, or the door."""
    words, turn.words = turn.words, ""
    stand(turn, "rec")
    form = turn.session.form
    if words and SOUND not in form:
        form[SOUND] = SOUNDS[0] if turn.session.lang.startswith(SOUNDS[0]) else "vi"
    if not (words or AT in form) or await ask_for_voice(turn):
        return await door(turn)
    stand(turn, "rec", "rc")
    return await found(turn, words) if words else await piece(turn)


async def sound(turn: Turn, which: str, names: str = "") -> list[Say]:
    """Which language she records, and whether only names."""
    if which not in SOUNDS:
        raise KeyError(which)
    if asked := await ask_for_voice(turn) or await ask_for_variety(turn, which):
        return asked
    form = turn.session.form
    if form.get(SOUND, which) != which:
        leave(turn)
    form[SOUND] = which
    if names:
        form[NAMES] = "1"
    else:
        form.pop(NAMES, None)
    stand(turn, "rec", "rc")
    return await piece(turn)


async def piece(turn: Turn) -> list[Say]:
    """The piece she is at, or what she just said of it."""
    if SOUND not in turn.session.form:
        return await door(turn)
    if asked := await ask_for_voice(turn):
        return asked
    work = await in_hand(turn)
    now = work.piece(turn.session.form.get(AT, "")) or work.next()
    if now is None:
        leave(turn)
        return [Say("rec-all-done", choices=(Choice("rec", "choice-rec-home"), BACK))]
    asks(turn, now)
    ref, _ = _waiting(turn, work, now)
    turn.media = turn.media or bool(ref)  # she asked to hear it
    return [_heard(work, now, ref) if ref else screen_of(work, now)]


def _waiting(turn: Turn, work: Work, now: Piece) -> tuple[str, int]:
    """Reference and length of the recording that waits for her yes; empty if none does, or it
    says words that were changed since.
    """
    what, *said = turn.session.form.get(NEW, "-").split()
    if what != f"{clip_id(work.sound, now.key)}={mark_of(now.said)}":
        return "", 0
    ref, ms, at = said
    return (ref, int(ms)) if turn.now < int(at) + WAITS_SECONDS else ("", 0)


def _heard(work: Work, now: Piece, ref: str) -> Say:
    """She hears what was kept of it, and says whether it is good."""
    choices = (
        Choice(f"rk:{mark_of(now.key + ref)}", "choice-rec-keep"),
        Choice(f"ra:{mark_of(now.key + ref)}", "choice-rec-again"),
        Choice(f"rx:{mark_of(now.key)}", "choice-rec-skip"),
        STOP,
    )
    fields: dict[str, Field] = {"text": now.to_read}
    return Say("rec-heard", fields, choices=choices, clip=ref)


async def hear(turn: Turn) -> list[Say]:
    """Her voice note for the piece she is at. A bad one is refused with the reason, and the piece
    is asked for again.
    """
    words, turn.words = turn.words, ""
    if any(c.isalpha() for c in words):
        return await found(turn, words)
    if turn.heard.kind == "photo":
        turn.notes.append(Say("rec-voice-please"))
    if turn.heard.kind != "voice" or AT not in turn.session.form:
        return await piece(turn)
    if not await ask_for_voice(turn):
        try:
            await _take(turn)
        except Problem as problem:
            turn.notes.append(Say(problem.id, problem.fields))
    return await piece(turn)


async def _take(turn: Turn) -> None:
    """Raises the refusals of `bot.shop.media_problems`."""
    ref, ms = await turn.shop.studio.clip(turn.heard.media, turn.person)
    if ms > LONGEST_MS:
        raise VoiceTooLong(most=LONGEST_MS // 1000)
    form = turn.session.form
    form[NEW] = f"{clip_id(form[SOUND], form[AT])}={form.get(READ)} {ref} {ms} {turn.now}"


async def keep(turn: Turn, mark: str) -> list[Say]:
    """The shop speaks with it from the next message on. A second tap finds nothing waiting and
    only shows the next piece.
    """
    work = await in_hand(turn)
    now, ref, ms = _tapped(turn, work, mark)
    if now is not None:
        await _keep(turn, work, now, ref, ms)
    return await piece(turn)


def _tapped(turn: Turn, work: Work, mark: str) -> tuple[Piece | None, str, int]:
    """The piece she is at and the recording that waits, if the button was about this one."""
    now = work.piece(turn.session.form.get(AT, ""))
    ref, ms = _waiting(turn, work, now) if now else ("", 0)
    if now is None or not ref or mark_of(now.key + ref) != mark:
        return None, "", 0
    return now, ref, ms


async def _keep(turn: Turn, work: Work, now: Piece, ref: str, ms: int) -> None:
    id_ = clip_id(work.sound, now.key)
    clip = Clip(id_, work.sound, ref, ms, turn.person, turn.now, said=now.said)
    await turn.shop.ledger.put(lambda b: clips.keep(b, clip))
    leave(turn)
    turn.notes.append(Say("rec-kept"))


async def again(turn: Turn, mark: str) -> list[Say]:
    """What she said is dropped; the piece is asked for anew."""
    now, _, _ = _tapped(turn, await in_hand(turn), mark)
    if now is not None:
        del turn.session.form[NEW]
    return await piece(turn)


async def skip(turn: Turn, mark: str) -> list[Say]:
    """Another piece first. A second tap on the same button passes over nothing more."""
    work = await in_hand(turn)
    now = work.marked(mark)
    if now is not None and turn.session.form.get(AT, now.key) == now.key:
        pass_over(turn, now)
    return await piece(turn)


async def listen(turn: Turn, mark: str) -> list[Say]:
    """The recording people hear now."""
    work = await in_hand(turn)
    now = work.marked(mark)
    last = work.recorded.get(now.key) if now else None
    if now is None or last is None:
        return await piece(turn)
    turn.ask(HEARS)
    turn.media = True
    older = work.older(now)
    fields: dict[str, Field] = {"text": older or now.to_read}
    what = "rec-last-old" if older else "rec-last"
    return [Say(what, fields, choices=ways(work, now), clip=last.ref)]


async def at(turn: Turn, mark: str) -> list[Say]:
    """One piece out of several that the words may have meant."""
    now = (await in_hand(turn)).marked(mark)
    if now is None:
        raise KeyError(mark)
    leave(turn)
    turn.session.form[AT] = now.key
    return await piece(turn)


async def names(turn: Turn, product: str = "") -> list[Say]:
    """The names of her own goods, or of one of them."""
    if not product:
        return await door(turn)
    known = turn.product(product)
    if known is None or known.seller != turn.session.seller:
        raise KeyError(product)
    form = turn.session.form
    leave(turn)
    form[NAMES], form[AT] = "1", name_key("product", product)
    if SOUND not in form:
        return await door(turn)
    stand(turn, "rec", "rc")
    return await piece(turn)


async def ended(turn: Turn) -> list[Say]:
    """She said to stop: the recording ends, and reminders stay what they are. Where she was is
    kept, with what she said and did not keep yet.
    """
    trail = turn.session.trail
    trail[:] = [place for place in trail if place not in ("rec", "rc")]
    turn.session.form.pop(READ, None)
    choices = (Choice("rg", "choice-rec-on"), Choice("home", "choice-home"))
    return [Say("rec-ended", choices=choices)]


GUARDED: Routes = {
    "rec": screen(door),
    "rg": act(go),
    "rs": act(sound),
    "rc": screen(piece),
    HEARS: act(hear),
    "rk": act(keep),
    "ra": act(again),
    "rx": act(skip),
    "rl": act(listen),
    "rf": act(at),
}

ROUTES: Routes = {
    **{name: for_trainer_or_seller(route, Right.GOODS) for name, route in GUARDED.items()},
    "rn": for_seller(act(names), Right.GOODS),
    "rz": act(ended),
}
