"""What every picture shares: the cloth it lies on and the mark that says it is drawn."""

from __future__ import annotations

from PIL import ImageFont

from bot.commands.drawing.pen import (
    CREAM,
    HEMP_DARK,
    INDIGO,
    SCALE,
    SIZE,
    TURMERIC,
    Pen,
    light,
)

MARK = "anh minh hoa"
"""Pillow's own font has no ả and no ạ: the hook and the dot are drawn onto the bare letters."""

BAND = 30.0
"""Height of the indigo band at the foot."""


def cloth(pen: Pen) -> None:
    """Hemp ground, the round of a basket tray, an indigo band with turmeric diamonds."""
    pen.oval((160, 236), (138, 44), HEMP_DARK)
    pen.oval((160, 231), (138, 42), light(HEMP_DARK, 0.35))


def band(pen: Pen) -> None:
    """The indigo band at the foot, its diamonds, and the mark in letters large enough to read."""
    top = SIZE - BAND
    pen.box((0, top), (SIZE, BAND), INDIGO)
    for x in (*range(14, 76, 20), *range(246, 320, 20)):
        _diamond(pen, x, top + BAND / 2, 8)
    _mark(pen, 160, top + BAND / 2)


def _diamond(pen: Pen, x: float, y: float, r: float) -> None:
    pen.poly([(x - r, y), (x, y - r), (x + r, y), (x, y + r)], TURMERIC)
    half = r / 2.4
    pen.poly([(x - half, y), (x, y - half), (x + half, y), (x, y + half)], INDIGO)


def _mark(pen: Pen, x: float, y: float) -> None:
    font = ImageFont.load_default(18 * SCALE)
    middle = (x * SCALE, (y + 1) * SCALE)
    pen.draw.text(middle, MARK, fill=CREAM, font=font, anchor="mm")
    left, _, right, _ = (v / SCALE for v in pen.draw.textbbox(middle, MARK, font, anchor="mm"))
    foot = y + 7.6
    first = left + font.getlength("a") / SCALE / 2
    last = right - font.getlength("a") / SCALE / 2
    hook = [(first - 2.4, foot - 15), (first + 0.6, foot - 16.6), (first + 2, foot - 14.6)]
    pen.line([*hook, (first, foot - 12.8)], CREAM, 1.5)
    pen.ball((last, foot + 2.6), 1.4, CREAM)
