"""A report as bars across a phone: what is now is filled, what was before is outlined and hatched.

No bar tells its meaning by colour alone, and each says its value in figures.
"""

from __future__ import annotations

from PIL import Image, ImageDraw

from bot.pictures.letters import Type, height, wrapped, write
from bot.pictures.paper import (
    HEMP,
    HEMP_DARK,
    HEMP_LIGHT,
    INDIGO,
    INK,
    INSIDE,
    LEAF_DARK,
    MARGIN,
    TURMERIC,
    WIDTH,
    Pair,
    head,
    head_height,
    pair,
    png,
)
from bot.shop.pictures import MOST_ROWS, Chart, Row

Box = tuple[int, int, int, int]

LABEL, VALUE, LEGEND = Type(29), Type(30, bold=True), Type(26)
NOW, BEFORE, GAP, AIR = 30, 20, 5, 22
"""Heights: the bar of now, the bar before, between the two, between rows."""

SAMPLE = 44
"""Width of the little bars in the legend."""


def drawn(chart: Chart) -> bytes:
    """A PNG. Raises ValueError beyond MOST_ROWS."""
    if len(chart.rows) > MOST_ROWS:
        raise ValueError("too many rows")
    pairs = [pair(row.label, row.value, LABEL, VALUE) for row in chart.rows]
    rows = sum(_row_height(p, row) for p, row in zip(pairs, chart.rows, strict=True))
    tall = head_height(chart.title) + 18 + _legend_height(chart) + rows + 10
    image = Image.new("RGB", (WIDTH, tall), HEMP)
    pen = ImageDraw.Draw(image)
    y = _legend(pen, chart, head(pen, chart.title) + 18)
    most = max((n for row in chart.rows for n in (row.n, row.before or 0)), default=0)
    for words, row in zip(pairs, chart.rows, strict=True):
        _bars(pen, words, row, y, most)
        y += _row_height(words, row)
    return png(image)


def _compared(chart: Chart) -> bool:
    return any(row.before is not None for row in chart.rows)


def _entries(chart: Chart) -> list[tuple[bool, str]]:
    """What the legend explains: (is now, words)."""
    found = [(True, chart.now), (False, chart.before if _compared(chart) else "")]
    return [(now, text) for now, text in found if text]


def _legend_height(chart: Chart) -> int:
    room = INSIDE - SAMPLE - 14
    texts = [height(wrapped(text, LEGEND, room)) for _, text in _entries(chart)]
    return sum(texts) + 16 if texts else 0


def _legend(pen: ImageDraw.ImageDraw, chart: Chart, y: int) -> int:
    for now, text in _entries(chart):
        box = (MARGIN, y + 6, MARGIN + SAMPLE, y + 28)
        _filled(pen, box) if now else _hatched(pen, box)
        lines = wrapped(text, LEGEND, INSIDE - SAMPLE - 14)
        y = write(pen, (MARGIN + SAMPLE + 14, y), lines, INK)
    return y + (16 if _entries(chart) else 0)


def _row_height(words: Pair, row: Row) -> int:
    return words.height + 4 + NOW + (0 if row.before is None else GAP + BEFORE) + AIR


def _bars(pen: ImageDraw.ImageDraw, words: Pair, row: Row, y: int, most: int) -> None:
    words.write(pen, y, INK)
    y += words.height + 4
    pen.rectangle((MARGIN, y, MARGIN + INSIDE, y + NOW), fill=HEMP_LIGHT, outline=HEMP_DARK)
    if row.n > 0:
        _filled(pen, (MARGIN, y, MARGIN + _long(row.n, most), y + NOW))
    y += NOW + GAP
    if row.before is not None:
        _hatched(pen, (MARGIN, y, MARGIN + _long(row.before, most), y + BEFORE))


def _long(n: int, most: int) -> int:
    """Pixels of a bar; the smallest is still to be seen, nothing is a stroke."""
    return max(6, INSIDE * n // most) if n > 0 else 1


def _filled(pen: ImageDraw.ImageDraw, box: Box) -> None:
    pen.rectangle(box, fill=INDIGO)


def _hatched(pen: ImageDraw.ImageDraw, box: Box) -> None:
    """Outlined, with strokes rising to the right, cut at the edges."""
    left, top, right, bottom = box
    tall = bottom - top
    pen.rectangle(box, fill=HEMP_LIGHT)
    for foot in range(left - tall, right, 10):
        start, end = max(foot, left), min(foot + tall, right)
        points = [(start, bottom - (start - foot)), (end, bottom - (end - foot))]
        pen.line(points, fill=TURMERIC, width=4)
    pen.rectangle(box, outline=LEAF_DARK, width=2)
