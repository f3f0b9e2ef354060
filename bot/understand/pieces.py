"""What can be found in a message beside product names: amounts, money, and numbers that are
neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.shop.says import Base

OtherKind = Literal["phone", "order_code", "time", "date", "percent", "account", "place", "number"]
"""`number`: a bare number nobody owns. `place`: house, lane, road and district numbers."""


@dataclass(frozen=True, slots=True)
class Measure:
    """So much of something: whole grams, millilitres or counted things.

    word: for counts the unit as spelled with diacritics (`con`, `hộp`), empty if none was said
        (a bare number, `x2`, đôi, tá, chục). Empty for grams and millilitres.
    """

    n: int
    base: Base
    word: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """Whole đồng; `per` what it buys (65k/kg is per 1000 g), None for a plain sum."""

    vnd: int
    per: Measure | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount at [start, end) of the tidied text.

    readings: one if it is clear, several if it must be asked which, likeliest first; empty if only
        the person can say (`vài cân`). why: empty if clear, else the reason to ask.
    bare: a number without a unit (`x2`, `2 <product>`, `A1 3`): it counts the product's own unit.
    """

    start: int
    end: int
    readings: tuple[Measure, ...]
    why: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Money:
    """Money at [start, end) of the tidied text; readings and why as in `Quantity`."""

    start: int
    end: int
    readings: tuple[Price, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """A number at [start, end) that is no amount and no money, and must never become one."""

    start: int
    end: int
    kind: OtherKind


Piece = Quantity | Money | Other
