"""A household's statement as a picture: large type, the total largest, nothing by colour alone."""

from __future__ import annotations

from PIL import Image, ImageDraw

from bot.pictures.letters import Type, height, wrapped, write
from bot.pictures.paper import (
    HEMP_DARK,
    HEMP_LIGHT,
    INK,
    INSIDE,
    LEAF,
    LEAF_DARK,
    MARGIN,
    QUIET,
    WIDTH,
    Pair,
    head,
    head_height,
    pair,
    png,
)
from bot.shop.pictures import MOST_ROWS, Statement

LABEL, VALUE = Type(32), Type(34, bold=True)
TOTAL_LABEL, TOTAL = Type(36, bold=True), Type(46, bold=True)
FOOTER = Type(27)
AIR, TOTAL_AIR = 13, 20
"""Above and below the words of a row, and of the total."""


def drawn(statement: Statement) -> bytes:
    """A PNG. Raises ValueError beyond MOST_ROWS."""
    if len(statement.rows) > MOST_ROWS:
        raise ValueError("too many rows")
    rows = [pair(label, value, LABEL, VALUE) for label, value in statement.rows]
    total = pair(*statement.total, TOTAL_LABEL, TOTAL)
    footer = wrapped(statement.footer, FOOTER, INSIDE)
    inside = sum(row.height + 2 * AIR for row in rows) + total.height + 2 * TOTAL_AIR
    tall = head_height(statement.title) + 10 + inside + (height(footer) + 30 if footer else 0) + 24
    image = Image.new("RGB", (WIDTH, tall), HEMP_LIGHT)
    pen = ImageDraw.Draw(image)
    y = _rows(pen, rows, head(pen, statement.title) + 10)
    y = _total(pen, total, y)
    write(pen, (MARGIN, y + 18), footer, QUIET)
    return png(image)


def _rows(pen: ImageDraw.ImageDraw, rows: list[Pair], y: int) -> int:
    for row in rows:
        row.write(pen, y + AIR, INK)
        y += row.height + 2 * AIR
        pen.line((MARGIN, y, WIDTH - MARGIN, y), fill=HEMP_DARK, width=2)
    return y


def _total(pen: ImageDraw.ImageDraw, total: Pair, y: int) -> int:
    """On a leaf-green ground between two strong lines."""
    bottom = y + total.height + 2 * TOTAL_AIR
    pen.rectangle((0, y, WIDTH, bottom), fill=LEAF)
    for edge in (y, bottom):
        pen.line((0, edge, WIDTH, edge), fill=LEAF_DARK, width=4)
    total.write(pen, y + TOTAL_AIR, INK)
    return bottom + 4
