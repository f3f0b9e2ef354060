"""A poster with a large QR: square to be held into the camera, and a page to be stuck on a box.

The words get what they need at a size that is read from afar, the QR all that is left. Words that
do not fit at the smallest size end in "…": prices stand in the shop, the link is never cut.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import segno
from PIL import Image, ImageDraw

from bot.pictures.letters import Colour, Line, Type, height, wrapped, write
from bot.pictures.paper import HEMP, HEMP_DARK, HEMP_LIGHT, INDIGO, INK, WOVEN, png, woven
from bot.shop.pictures import Poster, Printed

SQUARE = (1080, 1080)
PAGE = (1240, 1748)
"""A6 upright at 300 dots to an inch."""
DOTS_PER_INCH = 300
EDGE = 60
"""Of the page, which cheap printers leave empty: 5 mm."""

MARGIN = 54
GAP = 20
QUIET = 4
"""Empty squares around the code, as the QR standard asks."""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of one kind, and how much room they may take: a share of the picture's height."""

    sizes: tuple[int, ...]
    share: float
    bold: bool = False

    def of(self, texts: tuple[str, ...], size: tuple[int, int]) -> list[Line]:
        """In the largest letters that fit; cut at the smallest."""
        width, room = size[0] - 2 * MARGIN, round(size[1] * self.share)
        for letters in self.sizes:
            type = Type(letters, self.bold)
            lines = [x for text in texts for x in wrapped(text, type, width)]
            if height(lines) <= room:
                return lines
        return _cut(lines, room, width)


SELLER = Words((40, 36, 32), 0.05)
TITLE = Words((72, 64, 56, 48, 42, 38), 0.15, bold=True)
LINES = Words((52, 46, 42, 38, 34), 0.21)
CALL = Words((42, 38, 34), 0.05)
LINK_SIZES = (46, 42, 36, 32, 28, 24)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of the head, of its words, of the ground and of the foot."""

    head: Colour
    on_head: Colour
    ground: Colour
    foot: Colour


SHOWN = Look(INDIGO, HEMP_LIGHT, HEMP_LIGHT, HEMP)
_PAPER: Colour = (255, 255, 255)
ON_PAPER = Look(_PAPER, INK, _PAPER, _PAPER)
"""No inked ground: it costs ink, and wears off on a box."""


def printed(poster: Poster) -> Printed:
    """Raises ValueError for a link no QR can hold."""
    square = _drawn(poster, SQUARE, SHOWN)
    page = Image.new("1", PAGE, 1)
    inside = _drawn(poster, (PAGE[0] - 2 * EDGE, PAGE[1] - 2 * EDGE), ON_PAPER)
    page.paste(inside.convert("1", dither=Image.Dither.NONE), (EDGE, EDGE))
    file = io.BytesIO()
    page.save(file, "PDF", resolution=DOTS_PER_INCH)
    return Printed(png(square), file.getvalue())


def _cut(lines: list[Line], room: int, width: int) -> list[Line]:
    """As many lines as there is room for, the last one open."""
    if not lines:
        return []
    type = lines[0].type
    kept = lines[: max(1, room // type.line)]
    text = kept[-1].text
    while text and type.width(f"{text}…") > width:
        text = text[:-1]
    return [*kept[:-1], Line(f"{text.rstrip()}…", type)]


def _drawn(poster: Poster, size: tuple[int, int], look: Look) -> Image.Image:
    """Head, QR, lines, what to do and where: from the top, the QR in the room that is left."""
    image = Image.new("RGB", size, look.ground)
    pen = ImageDraw.Draw(image)
    top = _head(pen, poster, size, look)
    below = LINES.of(tuple(filter(None, poster.lines)), size)
    foot = [*CALL.of((poster.call,), size), *_link(poster.shown, size)]
    bottom = size[1] - GAP - height(foot)
    pen.rectangle((0, bottom - GAP, *size), fill=look.foot)
    middle = size[0] // 2
    write(pen, (middle, bottom), foot, INK, "m")
    room = bottom - 2 * GAP - top - (height(below) + GAP if below else 0)
    square = _qr(poster.link, min(room, size[0] - 2 * MARGIN))
    spare = (room - square.height) // 2
    left, y = middle - square.width // 2, top + max(0, spare)
    image.paste(square, (left, y))
    edge = (left - 2, y - 2, left + square.width + 1, y + square.height + 1)
    pen.rectangle(edge, outline=HEMP_DARK, width=2)
    write(pen, (middle, y + square.height + GAP), below, INK, "m")
    return image


def _head(pen: ImageDraw.ImageDraw, poster: Poster, size: tuple[int, int], look: Look) -> int:
    """Who sells what, over a woven band; the y below it."""
    lines = [*SELLER.of((poster.seller,), size), *TITLE.of((poster.title,), size)]
    bottom = height(lines) + GAP
    pen.rectangle((0, 0, size[0], bottom), fill=look.head)
    write(pen, (size[0] // 2, GAP // 2), lines, look.on_head, "m")
    if look is SHOWN:
        woven(pen, bottom, size[0])
    else:
        pen.rectangle((0, bottom, size[0], bottom + 3), fill=look.on_head)
    return bottom + WOVEN + GAP


def _link(shown: str, size: tuple[int, int]) -> list[Line]:
    """Whole, on one line if it can be: half a link leads nowhere, a broken one is typed wrong."""
    width = size[0] - 2 * MARGIN
    for letters in LINK_SIZES:
        lines = wrapped(shown, Type(letters, bold=True), width)
        if len(lines) <= 1:
            break
    return lines


def _qr(link: str, room: int) -> Image.Image:
    """As large as fits in whole pixels; level M survives a crease, a wet spot and poor focus."""
    code = segno.make(link, error="m", micro=False)
    modules = code.symbol_size(border=QUIET)[0]
    file = io.BytesIO()
    code.save(file, kind="png", scale=max(1, room // modules), border=QUIET)
    return Image.open(file).convert("RGB")
