"""A live in one picture: claims by minute as columns, then what became of each product's claims.

Parts of a bar differ by pattern and are named in words beneath it; colour says nothing alone.
Letters are those of the other charts: read on a phone 360 px wide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PIL import Image, ImageDraw

from bot.pictures.letters import Line, Type, height, wrapped, write
from bot.pictures.paper import (
    HEMP,
    HEMP_DARK,
    HEMP_LIGHT,
    INDIGO,
    INK,
    INSIDE,
    LEAF_DARK,
    MARGIN,
    QUIET,
    TURMERIC,
    WIDTH,
    Pair,
    head,
    head_height,
    pair,
    png,
)
from bot.shop.pictures import MOST_COLUMNS, MOST_ROWS, PARTS, LiveChart, Stack

Box = tuple[int, int, int, int]
Pen = ImageDraw.ImageDraw

LABEL, VALUE, SMALL = Type(29), Type(30, bold=True), Type(25)
COLUMNS_TALL, BAR, AIR = 200, 34, 20
LOWEST = 4
"""Claims a full column stands for at least: one alone fills no picture."""
SAMPLE = 54
"""Width of the little bars in the legend."""


def drawn(chart: LiveChart) -> bytes:
    """A PNG. Raises ValueError beyond MOST_ROWS, MOST_COLUMNS or PARTS."""
    most_parts = max([len(chart.parts), *(len(row.parts) for row in chart.rows)])
    if len(chart.rows) > MOST_ROWS or len(chart.columns) > MOST_COLUMNS or most_parts > PARTS:
        raise ValueError("too much for one picture")
    pairs = [pair(row.label, row.value, LABEL, VALUE) for row in chart.rows]
    rows = sum(_row_height(p, row) for p, row in zip(pairs, chart.rows, strict=True))
    tall = head_height(chart.title) + _columns_height(chart) + _legend_height(chart) + rows + 10
    image = Image.new("RGB", (WIDTH, tall), HEMP)
    pen = ImageDraw.Draw(image)
    y = _legend(pen, chart, _columns(pen, chart, head(pen, chart.title)))
    longest = max((sum(row.parts) for row in chart.rows), default=0)
    for words, row in zip(pairs, chart.rows, strict=True):
        _stack(pen, words, row, y, longest)
        y += _row_height(words, row)
    return png(image)


def _small(text: str, room: int = INSIDE) -> list[Line]:
    return wrapped(text, SMALL, room)


# by minute


def _columns_height(chart: LiveChart) -> int:
    return 18 + height(_small(chart.per)) + 8 + COLUMNS_TALL + SMALL.line + AIR


def _columns(pen: Pen, chart: LiveChart, y: int) -> int:
    """Columns on a line, their most named above them; the y below."""
    top = write(pen, (MARGIN, y + 18), _small(chart.per), INK) + 8
    bottom = top + COLUMNS_TALL
    pen.rectangle((MARGIN, top, MARGIN + INSIDE, bottom), fill=HEMP_LIGHT, outline=HEMP_DARK)
    most, count = max(chart.columns, default=0), max(1, len(chart.columns))
    most = max(most, LOWEST)
    for n, claims in enumerate(chart.columns):
        left, right = MARGIN + INSIDE * n // count, MARGIN + INSIDE * (n + 1) // count
        if claims > 0:
            tall = max(4, (COLUMNS_TALL - 10) * claims // most)
            pen.rectangle((left + 1, bottom - tall, max(left + 1, right - 2), bottom), fill=INDIGO)
    pen.line((MARGIN, bottom, MARGIN + INSIDE, bottom), fill=INK, width=2)
    half = INSIDE // 2 - 10
    write(pen, (MARGIN, bottom + 2), _small(chart.since, half)[:1], QUIET)
    write(pen, (MARGIN + INSIDE, bottom + 2), _small(chart.until, half)[:1], QUIET, "r")
    return bottom + SMALL.line + AIR


# by product


def _legend_height(chart: LiveChart) -> int:
    room = INSIDE - SAMPLE - 14
    return sum(height(_small(part, room)) for part in chart.parts) + 14 if chart.parts else 0


def _legend(pen: Pen, chart: LiveChart, y: int) -> int:
    for place, part in enumerate(chart.parts):
        PATTERNS[place](pen, (MARGIN, y + 5, MARGIN + SAMPLE, y + 29))
        y = write(pen, (MARGIN + SAMPLE + 14, y), _small(part, INSIDE - SAMPLE - 14), INK)
    return y + (14 if chart.parts else 0)


def _row_height(words: Pair, row: Stack) -> int:
    return words.height + 4 + BAR + height(_small(row.detail)) + 4 + AIR


def _stack(pen: Pen, words: Pair, row: Stack, y: int, longest: int) -> None:
    """The name and what it brought, the bar in its parts, the parts in words."""
    words.write(pen, y, INK)
    y += words.height + 4
    pen.rectangle((MARGIN, y, MARGIN + INSIDE, y + BAR), fill=HEMP_LIGHT, outline=HEMP_DARK)
    for place, left, right in _spans(row.parts, longest):
        PATTERNS[place](pen, (MARGIN + left, y, MARGIN + right, y + BAR))
    write(pen, (MARGIN, y + BAR + 4), _small(row.detail), INK)


def _spans(parts: tuple[int, ...], longest: int) -> Iterator[tuple[int, int, int]]:
    """(which part, from, to) in pixels; the edges are rounded, never the sum."""
    gone = 0
    for place, n in enumerate(parts):
        if n > 0:
            yield place, INSIDE * gone // longest, INSIDE * (gone + n) // longest
            gone += n


def _solid(pen: Pen, box: Box) -> None:
    pen.rectangle(box, fill=INDIGO, outline=INK)


def _striped(pen: Pen, box: Box) -> None:
    """Strokes rising to the right, cut at the edges."""
    left, top, right, bottom = box
    tall = bottom - top
    pen.rectangle(box, fill=HEMP_LIGHT)
    for foot in range(left - tall, right, 10):
        start, end = max(foot, left), min(foot + tall, right)
        if start < end:
            points = [(start, bottom - (start - foot)), (end, bottom - (end - foot))]
            pen.line(points, fill=LEAF_DARK, width=4)
    pen.rectangle(box, outline=LEAF_DARK, width=2)


def _dotted(pen: Pen, box: Box) -> None:
    left, top, right, bottom = box
    pen.rectangle(box, fill=HEMP_LIGHT, outline=INK, width=2)
    for row, y in enumerate(range(top + 6, bottom - 5, 8)):
        for x in range(left + 6 + 6 * (row % 2), right - 5, 12):
            pen.ellipse((x - 2, y - 2, x + 2, y + 2), fill=INK)


def _lined(pen: Pen, box: Box) -> None:
    """Lines along the bar."""
    left, top, right, bottom = box
    pen.rectangle(box, fill=HEMP_LIGHT, outline=INK, width=2)
    for y in range(top + 8, bottom - 4, 9):
        pen.line((left + 2, y, right - 2, y), fill=TURMERIC, width=4)


PATTERNS: tuple[Callable[[Pen, Box], None], ...] = (_solid, _striped, _dotted, _lined)
