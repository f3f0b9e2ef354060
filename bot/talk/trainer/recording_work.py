"""What a recorder has in hand: the pieces in their order, what is recorded, and where she is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from bot.shop.household import Household
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say, Word
from bot.shop.sound import Clip, Piece, reworded
from bot.talk.trainer.recording_names import UNIT, names_of
from bot.talk.turn import Turn
from bot.usecases import clips
from bot.usecases.clip_names import name_key
from bot.usecases.ports import Books

SOUND, NAMES, AT, NEW, SKIPPED = "rec", "rec-names", "rec-at", "rec-new", "rec-skip"
"""Where the session's form keeps what she records, whether only names, the key she is at, the
recording that waits for her yes (`<clip id>=<mark of its words> <ref> <ms> <at>`), and the marks
of what she passed over.
"""

READ = "rec-read"
"""The mark of the words on her screen: what she says now are these, whatever is written later."""

HEARS = "rcv"
"""The route that takes her voice note, or words that name a piece."""

MOST_SKIPPED = 60
STOP = Choice("back", "choice-rec-stop")
OF_GOODS = name_key("product", "")


def mark_of(text: str) -> str:
    """Names a piece, or a recording of it, in a choice id."""
    return blake2b(text.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Work:
    """recorded: clips by key. filed: words of the clips the shop came with, by key. wanted: how
    often missed, by key.
    """

    sound: str
    pieces: tuple[Piece, ...]
    recorded: Mapping[str, Clip]
    filed: Mapping[str, str]
    wanted: Mapping[str, int]
    skipped: frozenset[str] = frozenset()

    def piece(self, key: str) -> Piece | None:
        return next((p for p in self.pieces if p.key == key), None)

    def marked(self, mark: str) -> Piece | None:
        return next((p for p in self.pieces if mark_of(p.key) == mark), None)

    def said(self, piece: Piece) -> tuple[str, ...]:
        """The words it was recorded for: in the chat, in a file."""
        clip, filed = self.recorded.get(piece.key), self.filed.get(piece.key)
        here = () if clip is None else (clip.said,)
        return here if filed is None else (*here, filed)

    def done(self, piece: Piece) -> bool:
        return any(not reworded(said, piece.said) for said in self.said(piece))

    def older(self, piece: Piece) -> str:
        """The words it was recorded for, where they are others by now."""
        return "" if self.done(piece) else next(iter(self.said(piece)), "")

    def next(self) -> Piece | None:
        """First what was reworded, then the most wanted, then in order; what was passed over
        comes last.
        """
        done = {p.key for p in self.pieces if self.done(p)}
        marks = self.skipped
        skipped = {p.key for p in self.pieces if mark_of(p.key) in marks} if marks else set()
        older = {p.key for p in self.pieces if p.key not in done and self.said(p)}
        return next(iter(clips.to_record(self.pieces, done, self.wanted, skipped, older)), None)

    def count(self, chapter: str = "") -> dict[str, Field]:
        """`done` and `total` of a chapter, or of everything."""
        mine = [p for p in self.pieces if chapter in ("", p.chapter)]
        return {"done": sum(self.done(p) for p in mine), "total": len(mine)}


async def work_of(turn: Turn, sound: str, *, names: bool) -> Work:
    """names: only of goods and other names of the catalogue; a seller's are her own."""
    seller = turn.session.seller
    knows = bool(seller) and (await turn.who()).may(Right.HOUSEHOLDS, seller)

    def read(books: Books) -> tuple[dict[str, Clip], dict[str, int], tuple[Household, ...]]:
        homes = books.households_of(seller) if knows else ()
        return clips.recorded_in(books, sound), clips.wishes_in(books, sound), homes

    recorded, wanted, homes = await turn.shop.records.read(read)
    sentences = turn.shop.to_say.pieces(sound, turn.session.lang)
    every = names_of(turn, sound, sentences, homes)
    called = [p for p in every if not _anothers(turn, p, recorded)]
    sentences = () if names else sentences
    skipped = frozenset(turn.session.form.get(SKIPPED, "").split())
    filed = turn.shop.to_say.filed(sound)
    return Work(sound, (*sentences, *called), recorded, filed, wanted, skipped)


def _anothers(turn: Turn, piece: Piece, recorded: Mapping[str, Clip]) -> bool:
    """Whether a seller would speak over a word all share: what things are counted in."""
    clip = recorded.get(piece.key)
    shared = piece.screen == UNIT and turn.session.seller
    good = clip is not None and not reworded(clip.said, piece.said)
    return bool(shared and clip and good and clip.speaker != turn.person)


async def in_hand(turn: Turn) -> Work:
    """What she is at. Raises KeyError before she chose."""
    form = turn.session.form
    names = NAMES in form or not turn.session.trainer
    return await work_of(turn, form[SOUND], names=names)


def stand(turn: Turn, *places: str) -> None:
    """Where "back" leads from here; a place she was at before is gone back to."""
    trail = turn.session.trail
    for place in places:
        if place in trail:
            del trail[trail.index(place) + 1 :]
        else:
            trail.append(place)


def pass_over(turn: Turn, piece: Piece) -> None:
    """It comes last, until everything else is recorded."""
    form = turn.session.form
    marks = [m for m in form.get(SKIPPED, "").split() if m != mark_of(piece.key)]
    form[SKIPPED] = " ".join([*marks, mark_of(piece.key)][-MOST_SKIPPED:])
    leave(turn)


def leave(turn: Turn) -> None:
    """She is at no piece now; the next one is found anew."""
    for name in (AT, NEW, READ):
        turn.session.form.pop(name, None)


def asks(turn: Turn, piece: Piece) -> None:
    """She has the piece before her, and her next voice note says it."""
    turn.session.form[AT], turn.session.form[READ] = piece.key, mark_of(piece.said)
    turn.ask(HEARS)


def screen_of(work: Work, piece: Piece) -> Say:
    """One piece: what to say, what it means, where it is heard, and its last recording."""
    fields: dict[str, Field] = {"chapter": Word(f"rec-chapter-{piece.chapter}")}
    last = work.recorded.get(piece.key)
    lines = [Say("rec-said", {"text": piece.to_read}), *_meaning(piece), _where(piece)]
    if older := work.older(piece):
        lines.append(Say("rec-reworded", {"text": older}))
    elif last is not None:
        lines.append(Say("rec-there"))
    fields |= work.count(piece.chapter)
    clip = last.ref if last else ""
    return Say("rec-piece", fields, tuple(lines), ways(work, piece), _photo(piece), clip)


def _photo(piece: Piece) -> str:
    """Of the goods whose name is to be said: who does not read sees which they are."""
    goods = piece.key.removeprefix(OF_GOODS)
    return f"product/{goods}" if piece.key.startswith(OF_GOODS) else ""


def ways(work: Work, piece: Piece) -> tuple[Choice, ...]:
    mark = mark_of(piece.key)
    listen = "choice-rec-listen-old" if work.older(piece) else "choice-rec-listen"
    heard = (Choice(f"rl:{mark}", listen),) if piece.key in work.recorded else ()
    return (Choice(f"rx:{mark}", "choice-rec-skip"), *heard, STOP)


def _meaning(piece: Piece) -> list[Say]:
    """The whole sentence where only a part of it is said, and in Vietnamese for who records
    another language.
    """
    whole = piece.own or piece.text
    lines = [Say("rec-whole", {"text": whole})] if piece.of > 1 else []
    return [*lines, Say("rec-meaning", {"text": piece.text})] if piece.own else lines


def _where(piece: Piece) -> Say:
    fields: dict[str, Field] = {"screen": Word(f"rec-at-{piece.screen}")}
    if piece.of == 1:
        return Say("rec-where", fields)
    return Say("rec-where-part", fields | {"part": piece.part, "of": piece.of})
