"""Text beneath a picture that is already there: a packing proof, a QR code. Nothing is covered."""

from __future__ import annotations

from PIL import Image, ImageDraw

from bot.pictures.letters import Line, Type, height, wrapped, write
from bot.pictures.paper import HEMP_LIGHT, INDIGO, INK, WOVEN, png, woven
from bot.pictures.photo import LARGE, bare, jpeg, opened, upright
from bot.shop.media_problems import NotAPhoto

NARROWEST = 480
"""Pixels; a narrower picture gets margins, so that the words keep their size."""

STAMP_QUALITY = 82
CAPTION = Type(36, bold=True)
CAPTION_MARGIN = 24


def stamped(photo: bytes, lines: tuple[str, ...]) -> bytes:
    """A JPEG: the photo, a woven line, then the lines on indigo; the first is the largest.

    Raises NotAPhoto, PhotoTooLarge.
    """
    image = upright(photo, LARGE)
    wide = max(image.width, NARROWEST)
    margin = wide // 28
    words = _stamp_lines(lines, wide - 2 * margin)
    tall = image.height + WOVEN + height(words) + 2 * margin
    paper = Image.new("RGB", (wide, tall), INDIGO)
    paper.paste(image, ((wide - image.width) // 2, 0))
    pen = ImageDraw.Draw(paper)
    woven(pen, image.height, wide)
    write(pen, (margin, image.height + WOVEN + margin), words, HEMP_LIGHT)
    return jpeg(paper, STAMP_QUALITY)


def _stamp_lines(lines: tuple[str, ...], width: int) -> list[Line]:
    first, other = Type(max(34, width // 18), bold=True), Type(max(26, width // 26))
    return [
        line
        for place, text in enumerate(lines)
        for line in wrapped(text, other if place else first, width)
    ]


def captioned(picture: bytes, lines: tuple[str, ...]) -> bytes:
    """A PNG on white: the picture, every pixel as it was, then the lines.

    Raises NotAPhoto, PhotoTooLarge.
    """
    image = _as_it_is(picture)
    wide = max(image.width, NARROWEST)
    inside = wide - 2 * CAPTION_MARGIN
    words = [line for text in lines for line in wrapped(text, CAPTION, inside)]
    tall = image.height + height(words) + CAPTION_MARGIN
    paper = Image.new("RGB", (wide, tall), "white")
    paper.paste(image, ((wide - image.width) // 2, 0))
    write(ImageDraw.Draw(paper), (wide // 2, image.height), words, INK, "m")
    return png(paper)


def _as_it_is(picture: bytes) -> Image.Image:
    """Not made smaller: the squares of a QR code stay whole pixels."""
    image = opened(picture)
    try:
        return bare(image.convert("RGB"))
    except (OSError, SyntaxError, ValueError) as error:
        raise NotAPhoto from error
