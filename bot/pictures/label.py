"""One label of the packing sheet: the words on the left, the order's QR and code on the right.

The words are as large as the room allows. What does not fit at the smallest size that can be read
goes on to a further label of the same order: a line of an address is never cut.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from PIL import Image, ImageDraw

from bot.pictures.letters import Line, Point, Type, height, wrapped, write
from bot.shop.pictures import Label

Size = tuple[int, int]

LARGEST, SMALLEST, STEP = 30, 20, 2
"""Pixels at 150 dots to an inch: 14 down to 10 points."""

PADDING, GAP = 14, 12
CODE_SIDE = 160
"""The square of the QR with its quiet zone: a code of nine characters has dots of 0.8 mm."""

CODE_TYPES = tuple(Type(size, bold=True) for size in (28, 24, 20, 16))
PART = Type(22)
BLACK, WHITE, GREY = 0, 255, 110


@dataclass(frozen=True, slots=True)
class Part:
    """One label as it is drawn. `groups`: blocks of lines, a thin rule between them."""

    code: str
    shown: str
    groups: tuple[tuple[Line, ...], ...]
    number: str = ""


def laid_out(label: Label, cell: Size) -> list[Part]:
    """The label, or the several that its words need."""
    width = cell[0] - 2 * PADDING - (CODE_SIDE + GAP if label.code or label.shown else 0)
    room = cell[1] - 2 * PADDING
    for size in range(LARGEST, SMALLEST, -STEP):
        groups = _groups(label, size, width)
        if _tall(groups) <= room:
            return [Part(label.code, label.shown, groups)]
    shares = _shared_out(_groups(label, SMALLEST, width), room)
    return [
        Part(label.code, label.shown, share, f"{n}/{len(shares)}" if len(shares) > 1 else "")
        for n, share in enumerate(shares, 1)
    ]


Groups = tuple[tuple[Line, ...], ...]


def _groups(label: Label, size: int, width: int) -> Groups:
    """Who sells; what it is; to whom."""
    plain, bold = Type(size), Type(size, bold=True)
    small = Type(size - 2)
    facts = (label.weight, label.household, label.made_on, label.keep)
    parts = (
        [(label.seller, bold)],
        [*((text, bold) for text in label.lines), *((text, small) for text in facts)],
        [(text, plain) for text in label.receiver],
    )
    found = (tuple(x for text, kind in part for x in wrapped(text, kind, width)) for part in parts)
    return tuple(group for group in found if group)


def _tall(groups: Groups) -> int:
    return sum(map(height, groups)) + GAP * max(0, len(groups) - 1)


def _shared_out(groups: Groups, room: int) -> list[Groups]:
    """As many lines on each label as there is room for, in order."""
    shares: list[list[list[Line]]] = [[]]
    used = 0
    for group in groups:
        fresh = True
        for line in group:
            wanted = line.type.line + (GAP if fresh and shares[-1] else 0)
            if used + wanted > room:
                shares.append([])
                fresh, used, wanted = True, 0, line.type.line
            if fresh:
                shares[-1].append([])
            shares[-1][-1].append(line)
            fresh, used = False, used + wanted
    return [tuple(map(tuple, share)) for share in shares]


def put_on(page: Image.Image, at: Point, cell: Size, part: Part) -> None:
    """Draw it with its top left corner at `at`, within `cell`."""
    pen = ImageDraw.Draw(page)
    left, top = at
    right, bottom = left + cell[0], top + cell[1]
    pen.rectangle((left, top, right - 1, bottom - 1), outline=GREY, width=2)
    middle = right - PADDING - CODE_SIDE // 2
    y = _code(page, (middle, top + PADDING), part)
    write(pen, (middle, y), [Line(part.number, PART)] if part.number else [], BLACK, "m")
    x, y = left + PADDING, top + PADDING
    edge = middle - CODE_SIDE // 2 - GAP if part.code or part.shown else right - PADDING
    for count, group in enumerate(part.groups):
        if count:
            pen.line((x, y + GAP // 2, edge, y + GAP // 2), fill=GREY, width=2)
            y += GAP
        y = write(pen, (x, y), group, BLACK)


def _code(page: Image.Image, at: Point, part: Part) -> int:
    """QR and code around the middle at `at`; the y below them."""
    middle, y = at
    if part.code:
        square = _qr(part.code)
        page.paste(square, (middle - square.width // 2, y))
        y += square.height
    return write(ImageDraw.Draw(page), (middle, y), _code_lines(part.shown), BLACK, "m")


def _code_lines(shown: str) -> list[Line]:
    """On one line if it fits at all: a code is read aloud as a whole."""
    for kind in CODE_TYPES:
        if kind.width(shown) <= CODE_SIDE:
            break
    return wrapped(shown, kind, CODE_SIDE)


def _qr(code: str) -> Image.Image:
    """As large as fits; level M survives a crease or a wet spot."""
    drawn, file = segno.make(code, error="m", micro=False), io.BytesIO()
    modules = drawn.symbol_size()[0]
    drawn.save(file, kind="png", scale=max(1, CODE_SIDE // modules), border=4)
    return Image.open(file).convert("L")
