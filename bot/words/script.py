"""What is read aloud of a message: its sentences in order, then its choices, as ids of clips.

A line with somebody's own words (a customer's name, an address, a story) is left out as a whole:
nobody recorded them. Only a name before the question on the screen ("{name}: how many?") is left
out alone, for she knows what she is asked about. What is shown in Vietnamese because nobody wrote
it in her language is read in Vietnamese; of a draft that has its Vietnamese line beneath, only the
own language is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.shop.says import (
    Amount,
    Choice,
    Code,
    Field,
    Many,
    Moment,
    Money,
    Months,
    Rate,
    Say,
    Word,
)
from bot.shop.sound import LONGEST_MS, clip_id, sound_of
from bot.words import numerals
from bot.words.book import MASTER, Books
from bot.words.formats import ZONE, ascii_id, runs
from bot.words.parts import keys_at
from bot.words.speak import flat_lines
from bot.words.spoken import Spoken, Title

GAP_MS = 120
"""Silence between two clips: words stay apart, and a number is still one number."""

PAUSE_MS = 360
"""Silence between two sentences, and before a choice."""

PACKET_MS = 27
"""A clip is joined by whole packets of 20 ms, with the encoder's own start of 6,5 ms."""

TELEPHONE = re.compile(r"\+?[\d .()-]{8,20}")
CODE = re.compile(r"[A-Za-z]{1,3}\d{1,4}")
CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
DATE = re.compile(r"(\d{1,2})/(\d{1,2})")
SPAN = re.compile(r"(\d{1,6})\s?[–-]\s?(\d{1,6})")
LABEL = re.compile(r"\W*\{(\w+)\}:\s")


class Unsayable(Exception):
    """Something that must not be left out has no clip: the message stays text."""


class OwnWords(Exception):
    """A line holds somebody's own words."""


@dataclass(frozen=True, slots=True)
class Script:
    """Ids of clips (`shop.sound.clip_id`), a tuple for each sentence or choice."""

    sentences: tuple[tuple[str, ...], ...]

    @property
    def sounds(self) -> frozenset[str]:
        return frozenset(id.partition("/")[0] for id in self.ids)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(id for sentence in self.sentences for id in sentence)


def script(books: Books, say: Say, spoken: Spoken, names: Mapping[str, str]) -> Script:
    """What is read of `spoken`, which is `say` in words.

    names: every name of the catalogue (`folded`) and the key of its clip. Raises Unsayable.
    """
    reader = _Reader(books, spoken.lang, names)
    head = reader.head(say)
    sentences = [head, *(reader.line(one.id, one.fields) for one in flat_lines(say))]
    known = {choice.id: choice for choice in say.choices}
    choices = [reader.choice(known.get(t.id), t) for t in spoken.choices]
    return Script(tuple(s for s in (*sentences, *choices) if s))


def folded(name: str) -> str:
    """How a name is looked up, however it is capitalised."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def cut(
    said: Script, ms: Mapping[str, int], most: int = LONGEST_MS
) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The sentences dealt out to files of at most `most` milliseconds, pauses included.

    A sentence that is longer by itself is cut between two clips; a longer clip stands alone.
    Every id must be in `ms`.
    """
    whole = {id: ms[id] + PACKET_MS for id in said.ids}
    files: list[list[tuple[str, ...]]] = []
    full = most
    for sentence in said.sentences:
        for piece in _halves(sentence, whole, most):
            took = _length(piece, whole)
            if full + PAUSE_MS + took > most:
                files.append([])
                full = -PAUSE_MS
            files[-1].append(piece)
            full += PAUSE_MS + took
    return tuple(tuple(file) for file in files)


def _halves(
    sentence: tuple[str, ...], ms: Mapping[str, int], most: int
) -> Iterator[tuple[str, ...]]:
    start, took = 0, -GAP_MS
    for n, key in enumerate(sentence):
        if n > start and took + GAP_MS + ms[key] > most:
            yield sentence[start:n]
            start, took = n, -GAP_MS
        took += GAP_MS + ms[key]
    yield sentence[start:]


def _length(keys: Sequence[str], ms: Mapping[str, int]) -> int:
    return sum(ms[key] for key in keys) + GAP_MS * (len(keys) - 1)


def gaps(file: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, int]]:
    """Every clip of one file and the silence after it."""
    for n, sentence in enumerate(file):
        for key in sentence[:-1]:
            yield key, GAP_MS
        yield sentence[-1], PAUSE_MS if n < len(file) - 1 else 0


class _Reader:
    """Reads in one language: its sentences, its sound, the names of the catalogue."""

    def __init__(self, books: Books, lang: str, names: Mapping[str, str]) -> None:
        self._books = books
        self._lang = lang
        self._sound = sound_of(lang)
        self._names = names

    def head(self, say: Say) -> tuple[str, ...]:
        """The first sentence, without its label where nobody recorded that. Raises Unsayable."""
        entry = self._books.entry(self._lang, say.id)
        label = LABEL.match(entry.text) if entry else None
        said = self.line(say.id, say.fields)
        return said if said or not label else self.line(say.id, {**say.fields, label[1]: ""})

    def line(self, id: str, fields: Mapping[str, Field]) -> tuple[str, ...]:
        """Empty if it is left out. Raises Unsayable."""
        try:
            return self.sentence(id, fields)
        except OwnWords:
            return ()

    def choice(self, choice: Choice | None, title: Title) -> tuple[str, ...]:
        """ "Một:" and its title; empty for one without a digit."""
        if choice is None or not title.key:
            return ()
        words = self.line(choice.say, choice.fields)
        return (*self._ids(numerals.PRESS[int(title.key)]), *words) if words else ()

    def sentence(self, id: str, fields: Mapping[str, Field]) -> tuple[str, ...]:
        entry = self._books.entry(self._lang, id)
        if entry is None or any(name not in fields for name in entry.names):
            raise Unsayable(id)
        if sound_of(entry.lang) != self._sound and any(keys_at(id, entry.text)):
            return _Reader(self._books, entry.lang, self._names).sentence(id, fields)
        holes = [self.value(fields[name]) for name in entry.names]
        said: list[str] = []
        for part, hole in zip(keys_at(id, entry.text), (*holes, ()), strict=True):
            said += self._ids(part)
            said += hole
        return tuple(said)

    def _ids(self, *keys: str) -> tuple[str, ...]:
        return tuple(clip_id(self._sound, key) for key in keys if key)

    def value(self, value: Field) -> tuple[str, ...]:
        """Raises OwnWords, Unsayable."""
        try:
            return self._value(value)
        except (numerals.TooLarge, KeyError) as error:
            raise Unsayable(str(error)) from None

    def _value(self, value: Field) -> tuple[str, ...]:
        match value:
            case str():
                return self._ids(*self._text(value))
            case int():
                return self._ids(*numerals.spoken_number(value, self._sound))
            case Money():
                return self._ids(*numerals.spoken_money(value.vnd, self._sound))
            case Amount():
                return self._amount(value)
            case Rate():
                money = numerals.spoken_money(value.vnd, self._sound)
                return (*self._ids(*money), *self._amount(value.per))
            case Word():
                return self.sentence(value.id, {})
            case _:
                return self._longer(value)

    def _longer(self, value: Moment | Months | Code | Many) -> tuple[str, ...]:
        match value:
            case Moment():
                return self._moment(value.at)
            case Months():
                return self._months(value)
            case Code():
                return self._ids(*numerals.spoken_digits(value.code))
            case Many():
                return tuple(id for item in value.items for id in self.value(item))
        raise Unsayable(repr(value))

    def _amount(self, value: Amount) -> tuple[str, ...]:
        unit = (f"unit-{ascii_id(value.unit)}",) if value.unit else ()
        return self._ids(*numerals.spoken_amount(value, unit, self._sound))

    def _moment(self, at: int) -> tuple[str, ...]:
        local = datetime.fromtimestamp(at, ZONE)
        fields: dict[str, Field] = {
            "time": f"{local:%H:%M}",
            "weekday": Word(f"weekday-{local.weekday()}"),
            "date": f"{local.day}/{local.month}",
        }
        return self.sentence("moment", fields)

    def _months(self, value: Months) -> tuple[str, ...]:
        if len(set(value.months)) == 12:
            return self.sentence("months-all", {})
        said = numerals.spoken_months(runs(value.months), self._sound)
        entry = self._books.entry(self._lang, "months-lunar" if value.lunar else "months")
        if entry is None:
            raise Unsayable("months")
        before, after = keys_at(entry.id, entry.text)
        return self._ids(before, *said, after)

    def _text(self, text: str) -> tuple[str, ...]:
        """A name of the catalogue, a unit, a number, a time; anything else is own words."""
        plain = text.strip()
        if not plain:
            return ()
        if (name := self._names.get(folded(plain))) is not None:
            return (name,)
        if unit := self._unit(plain):
            return (unit,)
        if TELEPHONE.fullmatch(plain):
            return numerals.spoken_digits(re.sub(r"^\+84", "0", plain).replace("+", ""))
        if plain.isascii() and plain.isdigit():
            if plain.startswith("0"):
                return numerals.spoken_digits(plain)
            return numerals.spoken_number(int(plain), self._sound)
        return self._figures(plain)

    def _unit(self, plain: str) -> str:
        """A unit as the catalogue writes it; "Lò", somebody's name, is no "lọ"."""
        if plain in numerals.MEASURES:
            return numerals.MEASURES[plain]
        entry = self._books.entry(MASTER, f"unit-{ascii_id(plain)}")
        return entry.id if entry and entry.text == plain else ""

    def _figures(self, plain: str) -> tuple[str, ...]:
        if found := CLOCK.fullmatch(plain):
            return numerals.spoken_time(int(found[1]), int(found[2]), self._sound)
        if found := DATE.fullmatch(plain):
            return numerals.spoken_date(int(found[1]), int(found[2]), self._sound)
        if found := SPAN.fullmatch(plain):
            first, last = (numerals.spoken_number(int(n), self._sound) for n in found.groups())
            return (*first, "spoken-den", *last)
        if CODE.fullmatch(plain):
            return numerals.spoken_digits(plain)
        raise OwnWords(plain)
