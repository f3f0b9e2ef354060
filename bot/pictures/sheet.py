"""The packing sheet: what to pack by product, with a box to tick for each order, then the labels.

Pages are A4 at 150 dots to an inch in grey. For the PDF each is drawn twice as fine in black and
white alone: sharp on the cheapest printer, and a tenth of the bytes on a slow line.
"""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from bot.pictures.label import laid_out, put_on
from bot.pictures.letters import Line, Type, height, widest, wrapped, write
from bot.pictures.paper import png
from bot.shop.pictures import MOST_LABELS, Pages, Sheet, ToPack

DOTS_PER_INCH, FINER = 150, 2
PAGE = (1240, 1754)
MARGIN, FOOT = 60, 60
INSIDE = PAGE[0] - 2 * MARGIN
BLACK, WHITE, GREY = 0, 255, 110
TITLE, NAME, ORDER, NUMBER = Type(44, True), Type(32, True), Type(27), Type(24)
TICK, INDENT = 24, 50
COLUMNS, ROWS = 2, 4
EDGE, GUTTER = 34, 16
CELL = (
    (PAGE[0] - 2 * EDGE - (COLUMNS - 1) * GUTTER) // COLUMNS,
    (PAGE[1] - 2 * EDGE - (ROWS - 1) * GUTTER) // ROWS,
)
"""Width and height of a label: about 98 × 70 mm."""


def printed(sheet: Sheet) -> Pages:
    """Raises ValueError beyond MOST_LABELS."""
    if len(sheet.labels) > MOST_LABELS:
        raise ValueError("too many labels")
    pages = [*List(sheet.title).of(sheet.goods), *_labels(sheet)]
    return Pages(_pdf(pages), tuple(png(page) for page in pages))


def _pdf(pages: list[Image.Image]) -> bytes:
    """One page after another, so that only one lies in memory twice as fine."""
    file, size = io.BytesIO(), (PAGE[0] * FINER, PAGE[1] * FINER)
    for number, page in enumerate(pages):
        fine = page.resize(size, Image.Resampling.BICUBIC)
        fine = fine.convert("1", dither=Image.Dither.NONE)
        fine.save(file, "PDF", resolution=DOTS_PER_INCH * FINER, append=number > 0)
    return file.getvalue()


class List:
    """The list by product, on as many pages as it takes."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._pages: list[Image.Image] = []
        self._new_page()

    def of(self, goods: tuple[ToPack, ...]) -> list[Image.Image]:
        for thing in goods:
            self._product(thing)
        return self._pages

    def _new_page(self) -> None:
        page = Image.new("L", PAGE, WHITE)
        self._pages.append(page)
        self._pen = ImageDraw.Draw(page)
        number = Line(str(len(self._pages)), NUMBER)
        write(self._pen, (PAGE[0] - MARGIN, MARGIN), [number], BLACK, "r")
        title = wrapped(self._title, TITLE, INSIDE - 90)[:3]
        self._y = write(self._pen, (MARGIN, MARGIN - 10), title, BLACK) + 8
        self._rule(4)
        self._y += 16

    def _rule(self, width: int, grey: int = BLACK) -> None:
        self._pen.line((MARGIN, self._y, PAGE[0] - MARGIN, self._y), fill=grey, width=width)

    def _room(self, wanted: int) -> None:
        if self._y + wanted > PAGE[1] - FOOT:
            self._new_page()

    def _product(self, thing: ToPack) -> None:
        """Its name and total stay with the first order."""
        total = wrapped(thing.total, NAME, INSIDE // 2)
        name = wrapped(thing.name, NAME, INSIDE - widest(total) - 30)
        self._room(min(max(height(name), height(total)) + 2 * ORDER.line, PAGE[1] // 2))
        top, page = self._y, self._pen
        self._lines(name, MARGIN)
        if self._pen is page:
            below = write(page, (PAGE[0] - MARGIN, top), total, BLACK, "r")
            self._y = max(self._y, below)
        else:
            self._lines(total, MARGIN)
        for order in thing.orders:
            self._order(order)
        self._y += 10
        self._rule(2, GREY)
        self._y += 12

    def _order(self, text: str) -> None:
        lines = wrapped(text, ORDER, INSIDE - INDENT)
        self._room(min(height(lines), PAGE[1] // 2))
        top = self._y + 6
        self._pen.rectangle((MARGIN, top, MARGIN + TICK, top + TICK), outline=BLACK, width=2)
        self._lines(lines, MARGIN + INDENT)

    def _lines(self, lines: list[Line], x: int) -> None:
        for line in lines:
            self._room(line.type.line)
            self._y = write(self._pen, (x, self._y), [line], BLACK)


def _labels(sheet: Sheet) -> list[Image.Image]:
    """Eight to a page, left to right, then down."""
    parts = [part for label in sheet.labels for part in laid_out(label, CELL)]
    pages: list[Image.Image] = []
    for count, part in enumerate(parts):
        place = count % (COLUMNS * ROWS)
        if not place:
            pages.append(Image.new("L", PAGE, WHITE))
        row, column = divmod(place, COLUMNS)
        left, top = (
            EDGE + n * (size + GUTTER) for n, size in zip((column, row), CELL, strict=True)
        )
        put_on(pages[-1], (left, top), CELL, part)
    return pages
