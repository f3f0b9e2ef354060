"""Writing on pictures: one font for every letter of Vietnamese and of Mông in RPA, words wrapped.

The font is Roboto, which comes with the shop: a machine in the cloud often has none at all.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageDraw, ImageFont

Colour = tuple[int, int, int]
Point = tuple[int, int]
Side = Literal["l", "r", "m"]
"""Which edge of a line `at` names: left, right, or its middle."""

NOWHERE = "\U0010ffff"
"""A letter no font has: what is drawn for it is drawn for every letter that is missing."""

WRITTEN = str.maketrans({"→": "›", "⇒": "›", "−": "–", "✕": "×"})
"""Signs of our sentences that the font lacks, and the nearest it has."""


@dataclass(frozen=True, slots=True)
class Type:
    """Size of the letters in pixels, and their weight."""

    size: int
    bold: bool = False

    @property
    def line(self) -> int:
        """Height of a line; two marks above a capital (Ẫ) stay clear of the line before."""
        return round(self.size * 1.34)

    def width(self, text: str) -> int:
        return round(font(self).getlength(text)) + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it will stand, already narrow enough."""

    text: str
    type: Type


@cache
def font(type: Type) -> ImageFont.FreeTypeFont:
    name = "Roboto-Bold.ttf" if type.bold else "Roboto-Regular.ttf"
    return ImageFont.truetype(str(_folder() / name), type.size, layout_engine=_BASIC)


_BASIC = ImageFont.Layout.BASIC
"""Every letter we write is one glyph, so all machines draw the same without a shaping library."""


@cache
def _folder() -> Path:
    found = importlib.util.find_spec("font_roboto")
    if found is None or found.origin is None:
        raise FileNotFoundError("font-roboto is not installed")
    return Path(found.origin).parent / "files"


@cache
def has_letter(letter: str) -> bool:
    """Whether the font draws it, and not the box that stands for what is missing."""
    face = font(Type(32))
    drawn, missing = face.getmask(letter), face.getmask(NOWHERE)
    return (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))


def readable(text: str) -> str:
    """One paragraph as the font can write it: signs it lacks (emoji) are left out.

    A letter or digit it lacks stays, as a box: something is there that a person must read up.
    """
    plain = unicodedata.normalize("NFC", text).translate(WRITTEN)
    kept = (_written(letter) for letter in plain)
    return " ".join(filter(None, "".join(kept).split(" ")))


def _written(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter in "\t\r" or kind.startswith("Z"):
        return letter if kind == "Zs" and has_letter(letter) else " "
    if kind.startswith("C"):
        return ""
    return letter if kind[0] in "LN" or has_letter(letter) else ""


def wrapped(text: str, type: Type, width: int) -> list[Line]:
    """The text in lines of at most `width` pixels; a word longer than that is broken."""
    lines = (line for part in text.split("\n") for line in _filled(readable(part), type, width))
    return [Line(line, type) for line in lines]


def _filled(text: str, type: Type, width: int) -> Iterator[str]:
    line = ""
    for word in _narrow(text, type, width):
        longer = f"{line} {word}" if line else word
        if line and type.width(longer) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _narrow(text: str, type: Type, width: int) -> Iterator[str]:
    """The words, those too wide for a line in pieces."""
    for word in filter(None, text.split(" ")):
        piece = ""
        for letter in word:
            if piece and type.width(piece + letter) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece


def height(lines: Iterable[Line]) -> int:
    return sum(line.type.line for line in lines)


def widest(lines: Iterable[Line]) -> int:
    return max((line.type.width(line.text) for line in lines), default=0)


def base(line: Line) -> int:
    """Where the letters stand below the top of their line: marks above, tails and dots below."""
    return round(line.type.size * 1.04)


def write(
    pen: ImageDraw.ImageDraw,
    at: Point,
    lines: Iterable[Line],
    fill: Colour | int,
    side: Side = "l",
) -> int:
    """Write from the top at `at`: its x is the left edge, the right edge or the middle.

    The y below the last line is returned.
    """
    x, y = at
    for line in lines:
        face = font(line.type)
        pen.text((x, y + base(line)), line.text, fill=fill, font=face, anchor=f"{side}s")
        y += line.type.line
    return y
