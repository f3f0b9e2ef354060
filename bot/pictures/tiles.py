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
BADGE = 34
DIGIT = Type(26, bold=True)
QUALITY = 60
"""Of JPEG: with sharp signs and small photos, four tiles are about 10 kB."""


def drawn(asked: ToDraw) -> bytes:
    """A JPEG 320 px wide."""
    tiles = asked.tiles
    rows = -(-len(tiles) // COLUMNS)
    side = (WIDTH - (COLUMNS + 1) * GAP) // COLUMNS
    image = Image.new("RGB", (WIDTH, rows * (TALL + GAP) + GAP), HEMP_DARK)
    for n, (tile, photo) in enumerate(zip(tiles, asked.photos, strict=True)):
        alone = len(tiles) % COLUMNS and n == len(tiles) - 1
        wide = WIDTH - 2 * GAP if alone else side
        at = GAP + (n % COLUMNS) * (side + GAP), GAP + n // COLUMNS * (TALL + GAP)
        image.paste(_tile(tile, photo, wide), at)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _tile(tile: Tile, photo: bytes, width: int) -> Image.Image:
    image = Image.new("RGB", (width, TALL), HEMP)
    pen = ImageDraw.Draw(image)
    if photo:
        _photos(image, photo, tile.count)
    else:
        side = TALL - 22
        draw_icon(pen, tile.icon, ((width - side) // 2 + 14, 11, side), INDIGO)
    _badge(pen, tile.digit)
    return image


def _photos(image: Image.Image, photo: bytes, count: int) -> None:
    """The goods as often as they are taken, side by side."""
    with Image.open(io.BytesIO(photo)) as source:
        goods = source.convert("RGB")
    columns = 1 if count == 1 else 2 if count == 2 else 3
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


def _badge(pen: ImageDraw.ImageDraw, digit: str) -> None:
    if not digit:
        return
    pen.ellipse((4, 4, 4 + BADGE, 4 + BADGE), fill=INDIGO, outline=HEMP_LIGHT, width=2)
    middle = 4 + BADGE / 2
    pen.text((middle, middle), digit, fill=HEMP_LIGHT, font=font(DIGIT), anchor="mm")
