"""What is to be said, without words.

Flows answer with `Say` values; `bot.words` turns them into text and sound in the listener's
language. A field is a value with a meaning (money, an amount, a moment), never a finished
sentence, so that every language formats it in its own way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Base = Literal["g", "ml", "piece"]
"""The unit an amount is counted in: whole grams, whole millilitres or pieces."""


class Value(msgspec.Struct, frozen=True, tag=True):
    """A frozen value that can travel through Redis and SQL as JSON."""


class Money(Value, frozen=True, tag=True):
    """Whole đồng."""

    vnd: int


class Amount(Value, frozen=True, tag=True):
    """`n` in base units; `unit` is the word for one piece (`con`, `hộp`), empty for g and ml."""

    n: int
    base: Base
    unit: str = ""


class Rate(Value, frozen=True, tag=True):
    """A price per amount: 40.000đ/kg is `Rate(40000, Amount(1000, "g"))`."""

    vnd: int
    per: Amount


class Moment(Value, frozen=True, tag=True):
    """Seconds since 1970 UTC; shown in Asia/Ho_Chi_Minh with weekday and date."""

    at: int


class Months(Value, frozen=True, tag=True):
    """Months 1–12 in harvest order (may wrap the year); `lunar` for the Vietnamese lunar
    calendar.
    """

    months: tuple[int, ...]
    lunar: bool = False


class Code(Value, frozen=True, tag=True):
    """An order code, shown in groups that can be read aloud: ZJ 4K2 P9Q J."""

    code: str


class Word(Value, frozen=True, tag=True):
    """A word of our own (a state, a unit, a reason), by its message id."""

    id: str


class Many(Value, frozen=True, tag=True):
    """Several fields in a row, joined the way the language joins a list."""

    items: tuple[Field, ...]


Field = str | int | Money | Amount | Rate | Moment | Months | Code | Word | Many

NO_FIELDS: Mapping[str, Field] = {}


class Choice(msgspec.Struct, frozen=True):
    """Something the person can press, type the number of, or type the words of.

    id: what comes back, ASCII, at most 40 bytes (Telegram counts bytes, and a Vietnamese letter is
        2 or 3).
    say: the message id of the title; fields fill its placeholders.
    url: a link opened outside the talk instead of coming back (a seller's clip).
    """

    id: str
    say: str
    fields: Mapping[str, Field] = NO_FIELDS
    url: str = ""


class Say(msgspec.Struct, frozen=True):
    """One message: a sentence by id, further sentences under it, a picture, a clip, choices.

    lines: each its own sentence on its own line (the lines of a cart); their choices are ignored.
    picture, clip: references the media store understands (`product/<id>` or `media/<sha256>`).
    """

    id: str
    fields: Mapping[str, Field] = NO_FIELDS
    lines: tuple[Say, ...] = ()
    choices: tuple[Choice, ...] = ()
    picture: str = ""
    clip: str = ""


LetterKind = Literal["order", "reminder", "restock", "broadcast"]
SpokenKind = Literal["reply", "order", "reminder", "restock", "broadcast"]


class Letter(msgspec.Struct, frozen=True):
    """Something the shop says first, written in the same transaction as the fact it reports.

    to: a person id, or `seller:<id>` for whoever is bound to that seller when it is delivered.
    after, until: seconds UTC; not before, and not later than (0 = no end).
    once_key: two letters with the same key are one.
    """

    to: str
    say: Say
    kind: LetterKind
    after: int
    until: int
    once_key: str
