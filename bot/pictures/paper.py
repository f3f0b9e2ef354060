"""What all pictures for a phone share: the colours of the web page, the head, the file at last."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.pictures.letters import Colour, Line, Type, base, height, widest, wrapped, write

HEMP: Colour = (243, 236, 220)
HEMP_LIGHT: Colour = (255, 250, 240)
HEMP_DARK: Colour = (217, 204, 174)
INDIGO: Colour = (31, 42, 92)
LEAF: Colour = (223, 233, 200)
LEAF_DARK: Colour = (47, 74, 23)
LEAF_BRIGHT: Colour = (143, 176, 75)
TURMERIC: Colour = (224, 165, 38)
INK: Colour = (28, 26, 20)
QUIET: Colour = (74, 68, 51)

WIDTH, MARGIN = 720, 28
INSIDE = WIDTH - 2 * MARGIN
WOVEN = 12
TITLE = Type(38, bold=True)
COLOURS, GREYS = 64, 16
"""Enough for flat colours and soft letters, and a third of the bytes."""


def head_height(title: str, width: int = WIDTH) -> int:
    lines = wrapped(title, TITLE, width - 2 * MARGIN)
    return height(lines) + 32 + WOVEN


def head(pen: ImageDraw.ImageDraw, title: str, width: int = WIDTH) -> int:
    """The title over a woven band; the y below it."""
    lines = wrapped(title, TITLE, width - 2 * MARGIN)
    bottom = height(lines) + 32
    pen.rectangle((0, 0, width, bottom), fill=INDIGO)
    write(pen, (MARGIN, 14), lines, HEMP_LIGHT)
    woven(pen, bottom, width)
    return bottom + WOVEN


def woven(pen: ImageDraw.ImageDraw, y: int, width: int) -> None:
    """A band of small triangles, as on the web page: turmeric upwards, leaf green downwards."""
    pen.rectangle((0, y, width, y + WOVEN - 1), fill=HEMP)
    for x in range(0, width, 2 * WOVEN):
        bottom, top, middle = y + WOVEN - 1, y, x + WOVEN
        pen.polygon([(x, bottom), (middle, bottom), (x + WOVEN // 2, top + 2)], fill=TURMERIC)
        corner = (middle, top), (middle + WOVEN, top), (middle + WOVEN // 2, bottom - 2)
        pen.polygon(corner, fill=LEAF_BRIGHT)


def png(image: Image.Image) -> bytes:
    """A drawing (RGB or grey) in few colours."""
    file = io.BytesIO()
    most = COLOURS if image.mode == "RGB" else GREYS
    few = image.quantize(most, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class Pair:
    """A label on the left, its value on the right; a wide value stands on lines of its own."""

    label: list[Line]
    value: list[Line]
    beside: bool

    @property
    def height(self) -> int:
        sizes = height(self.label) + self._lower, height(self.value)
        return max(sizes) if self.beside else sum(sizes)

    @property
    def _lower(self) -> int:
        """How far a smaller label must go down to stand on one line with a larger value."""
        if not self.beside or not self.label or not self.value:
            return 0
        return max(0, base(self.value[0]) - base(self.label[0]))

    def write(self, pen: ImageDraw.ImageDraw, y: int, fill: Colour) -> None:
        below = write(pen, (MARGIN, y + self._lower), self.label, fill)
        at = WIDTH - MARGIN, y if self.beside else below
        write(pen, at, self.value, fill, "r")


def pair(label: str, value: str, plain: Type, bold: Type) -> Pair:
    right = wrapped(value, bold, INSIDE)
    beside = len(right) < 2 and widest(right) <= INSIDE * 0.55
    room = INSIDE - widest(right) - 20 if beside else INSIDE
    return Pair(wrapped(label, plain, room), right, beside)
