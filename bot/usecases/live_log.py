"""The log of a live as a table for a spreadsheet: what happened, when, to which claim.

Names nobody. Kept because the e-commerce law in force since 1 July 2026 asks for records of what
was offered and sold. Amounts are whole grams, millilitres or pieces, money đồng; each moment
stands in Vietnam's time and in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from bot.shop.hours import local
from bot.shop.live import Live, LiveNote
from bot.shop.product import Product
from bot.usecases.ports import Books

Cell = str | int
COLUMNS = ("at", "utc", "what", "number", "code", "goods", "amount", "unit", "money")
"""Each is headed by the message `live-log-…`; what happened is worded by `live-note-…`."""
MOMENTS = frozenset({"planned", "moved"})
"""Notes whose words are a moment, in seconds UTC."""
OFF = "off"
"""Words of an item that is not taken any more."""


def table(books: Books, live: Live, words: Callable[[str], str]) -> list[list[Cell]]:
    """Heads, then a row for each note, oldest first; `words` gives the words of a message."""
    notes = books.notes_of(live.id)
    goods = {n.product: books.goods(n.product) for n in notes if n.product}

    def rows() -> Iterator[list[Cell]]:
        yield [words(f"live-log-{column}") for column in COLUMNS]
        for note in notes:
            yield _row(note, goods.get(note.product), words)

    return list(rows())


def _row(note: LiveNote, product: Product | None, words: Callable[[str], str]) -> list[Cell]:
    unit = "" if product is None else (product.unit if product.base == "piece" else product.base)
    return [
        f"{local(note.at):%Y-%m-%d %H:%M:%S}",
        f"{datetime.fromtimestamp(note.at, UTC):%Y-%m-%dT%H:%M:%SZ}",
        _what(note, words),
        note.number or "",
        note.code,
        product.name["vi"] if product else "",
        note.amount or "",
        unit if note.amount else "",
        note.vnd if product else "",
    ]


def _what(note: LiveNote, words: Callable[[str], str]) -> str:
    if note.kind == "item" and note.words == OFF:
        return words("live-note-item-off")
    told = words(f"live-note-{note.kind}")
    if note.kind in MOMENTS and note.words.isdecimal():
        return f"{told} {local(int(note.words)):%Y-%m-%d %H:%M}"
    return told
