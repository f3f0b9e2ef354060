"""Who lends the shop her voice, what she recorded, and what is to be recorded next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.shop.media_problems import VoiceTooLong
from bot.shop.problems import NotLent
from bot.shop.sound import LONGEST_MS, SOUNDS, Clip, Piece, VoiceOf, Wanted, reworded
from bot.usecases import people
from bot.usecases.ports import Books

CONSENT = "voice"
CONSENT_VERSION = "2026-11"
"""Change it when the wording of `voice-consent` changes; people are then asked again."""

DIALECTS = ("white", "flower", "black", "green", "other", "vi")
"""Mông Trắng, Hoa (Lềnh), Đen, Xanh, another variety, Vietnamese."""

MOST_NAME = 40


def speaks(dialect: str, sound: str) -> bool:
    """Whether a variety fits a sound: Mông is recorded in one of its own. Who speaks Mông may
    record Vietnamese too.
    """
    return dialect in DIALECTS and (sound == "vi" or dialect != "vi")


def lent(books: Books, person: str) -> VoiceOf | None:
    """Her voice as lent under today's wording; None if she is to be asked."""
    voice = books.voice_of(person)
    return voice if voice is not None and voice.version == CONSENT_VERSION else None


def agree(books: Books, voice: VoiceOf, lang: str) -> None:
    """She lends her voice: what she agreed to, the name and the variety to show. The time of the
    first agreement to a wording stands. Raises ValueError for a variety nobody offered.
    """
    if voice.dialect not in DIALECTS:
        raise ValueError(voice.dialect)
    known = lent(books, voice.person)
    name = " ".join(voice.name.split())[:MOST_NAME]
    people.consent(books, voice.person, CONSENT, voice.version, lang, voice.at)
    books.save_voice(replace(voice, name=name, at=known.at if known else voice.at))


def keep(books: Books, clip: Clip) -> None:
    """The shop speaks with this recording from now on. Again with the same one: nothing happens.

    Raises NotLent if its speaker did not lend her voice, VoiceTooLong for more than one screen
    takes.
    """
    if clip.speaker and lent(books, clip.speaker) is None:
        raise NotLent()
    if clip.ms > LONGEST_MS:
        raise VoiceTooLong(most=LONGEST_MS // 1000)
    older = books.clip(clip.id)
    if older is not None and older.ref == clip.ref:
        return
    if older is not None:
        books.release_clip(older)
    books.save_clip(clip)
    if books.wanted(clip.id) is not None:
        books.drop_wanted(clip.id)


def clips_of(books: Books, person: str) -> tuple[Clip, ...]:
    """What she recorded, in every sound."""
    return tuple(c for sound in SOUNDS for c in books.clips_in(sound) if c.speaker == person)


def take_back(books: Books, person: str) -> int:
    """She lends her voice no more; returns how many clips went."""
    count = len(clips_of(books, person))
    books.forget_voice(person)
    books.withdraw(person, CONSENT)
    return count


def want(books: Books, missed: Mapping[str, str], now: int) -> None:
    """Somebody needed to hear these clips and they are not there, or say other words by now.

    missed: today's words by id, as in `Clip`; empty where they are not known.
    """
    for id_, said in missed.items():
        clip = books.clip(id_)
        if clip is None or reworded(clip.said, said):
            known = books.wanted(id_) or Wanted(id_, id_.partition("/")[0], 0, now)
            books.save_wanted(replace(known, times=known.times + 1, at=now))


def to_record(
    pieces: Iterable[Piece],
    recorded: Collection[str],
    wanted: Mapping[str, int],
    skipped: Collection[str] = (),
    reworded: Collection[str] = (),
) -> list[Piece]:
    """What is still to be recorded: first what was recorded for other words, then the most wanted,
    then as the pieces stand; what was skipped comes last. All by key.
    """
    missing = [p for p in pieces if p.key not in recorded]
    places = {p.key: n for n, p in enumerate(missing)}
    return sorted(
        missing,
        key=lambda p: (
            p.key in skipped,
            p.key not in reworded,
            -wanted.get(p.key, 0),
            places[p.key],
        ),
    )


def key_of(clip: str) -> str:
    """`order-placed` of `hmn/order-placed`."""
    return clip.partition("/")[2]


def recorded_in(books: Books, sound: str) -> dict[str, Clip]:
    """By key, what people recorded; what a machine said is still to be recorded."""
    return {key_of(c.id): c for c in books.clips_in(sound) if not c.synthetic}


def wishes_in(books: Books, sound: str) -> dict[str, int]:
    """By key, how often it was missed."""
    return {key_of(w.id): w.times for w in books.wanted_in(sound)}
