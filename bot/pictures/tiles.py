"""The choices of a screen as one picture: photos and signs, each with the digit that picks it."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from bot.pictures.icons import draw_icon
from bot.pictures.letters import Type, font
from bot.pictures.paper import HEMP, HEMP_DARK, HEMP_LIGHT, INDIGO
from bot.shop.pictures import Tile, ToDraw

WIDTH = 320
GAP = 6
COLUMNS = 2
TALL = 112
BADGE, LARGE_BADGE = 34, 60
NUMBER = Type(80, bold=True)
LOW = 64
"""Side of a sign beside a large digit."""
QUALITY = 60
"""Of JPEG: with sharp signs and small photos, four tiles are about 10 kB."""


def drawn(asked: ToDraw) -> bytes:
    """A JPEG 320 px wide: rows of two; a first tile without a digit, or a last one that is left
    over, has a row of its own.
    """
    shown = list(zip(asked.tiles, asked.photos, strict=True))
    head = shown[:1] if len(shown) > 1 and not shown[0][0].digit else []
    rest = shown[len(head) :]
    rows = [head] if head else []
    rows += [rest[n : n + COLUMNS] for n in range(0, len(rest), COLUMNS)]
    image = Image.new("RGB", (WIDTH, len(rows) * (TALL + GAP) + GAP), HEMP_DARK)
    for n, row in enumerate(rows):
        wide = (WIDTH - GAP) // len(row) - GAP
        for column, (tile, photo) in enumerate(row):
            at = GAP + column * (wide + GAP), GAP + n * (TALL + GAP)
            image.paste(_tile(tile, photo, wide), at)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _tile(tile: Tile, photo: bytes, width: int) -> Image.Image:
    image = Image.new("RGB", (width, TALL), HEMP)
    pen = ImageDraw.Draw(image)
    if not photo and (tile.large or not tile.icon):
        return _numbered(image, pen, tile)
    if photo:
        _photos(image, photo, tile.count)
    else:
        side = TALL - 22
        draw_icon(pen, tile.icon, ((width - side) // 2 + 14, 11, side), INDIGO)
    _badge(pen, tile.digit, LARGE_BADGE if tile.large else BADGE)
    return image


def _numbered(image: Image.Image, pen: ImageDraw.ImageDraw, tile: Tile) -> Image.Image:
    """The digit as large as the sign beside it: nothing else tells this tile from the next."""
    half = image.width // 2 if tile.icon else 0
    draw_icon(pen, tile.icon, (half + 4, (TALL - LOW) // 2, LOW), INDIGO)
    middle = (half or image.width) // 2, TALL // 2
    pen.text(middle, tile.digit, fill=INDIGO, font=font(NUMBER), anchor="mm")
    return image


def _photos(image: Image.Image, photo: bytes, count: int) -> None:
    """The goods as often as they are taken, side by side."""
    with Image.open(io.BytesIO(photo)) as source:
        goods = source.convert("RGB")
    columns = min(count, 2 if count == 2 else 3 if count <= 6 else 4)
    rows = -(-count // columns)
    size = image.width // columns, image.height // rows
    for n in range(count):
        one = _filling(goods, size)
        image.paste(one, (n % columns * size[0], n // columns * size[1]))


def _filling(goods: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Scaled and cut so that it fills the place, its middle kept."""
    scale = max(size[0] / goods.width, size[1] / goods.height)
    large = goods.resize((max(size[0], round(goods.width * scale)),
                          max(size[1], round(goods.height * scale))))  # fmt: skip
    left, top = (large.width - size[0]) // 2, (large.height - size[1]) // 2
    return large.crop((left, top, left + size[0], top + size[1]))


def _badge(pen: ImageDraw.ImageDraw, digit: str, size: int) -> None:
    if not digit:
        return
    pen.ellipse((4, 4, 4 + size, 4 + size), fill=INDIGO, outline=HEMP_LIGHT, width=2)
    middle = 4 + size / 2
    letters = Type(round(size * 0.76), bold=True)
    pen.text((middle, middle), digit, fill=HEMP_LIGHT, font=font(letters), anchor="mm")
