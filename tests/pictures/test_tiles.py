"""Choices as one picture: small, told apart by shape, with the digit on each."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from bot.pictures.icons import ICONS, draw_icon
from bot.pictures.paper import HEMP, INDIGO
from bot.pictures.tiles import WIDTH, drawn
from bot.shop.pictures import Tile, ToDraw
from bot.talk.aloud.tiles import ENDS, SIGNS
from bot.talk.aloud.tiles import ICONS as BY_ROUTE
from tests.source import ROOT

PHOTO = (ROOT / "catalog" / "photos" / "sam-dat.jpg").read_bytes()
MOST_BYTES = 16_000


def opened(*tiles: Tile) -> tuple[Image.Image, int]:
    photos = tuple(PHOTO if tile.photo else b"" for tile in tiles)
    made = drawn(ToDraw(tiles, photos))
    image = Image.open(io.BytesIO(made))
    assert image.format == "JPEG"
    return image, len(made)


def light(colour: tuple[int, int, int]) -> float:
    """Relative luminance, as WCAG counts it."""
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_one_to_four_tiles_fit_a_poor_line() -> None:
    for n in range(1, 5):
        image, size = opened(*(Tile(str(i), photo="product/sam-dat") for i in range(1, n + 1)))
        assert image.width == WIDTH
        assert size <= MOST_BYTES


def test_so_many_are_shown_as_are_taken() -> None:
    sizes = {
        n: opened(Tile("1", photo="product/sam-dat", count=n))[0].tobytes() for n in (1, 2, 5)
    }
    assert len(set(sizes.values())) == 3


def test_every_sign_is_drawn_and_differs_from_the_others() -> None:
    seen: dict[bytes, str] = {}
    for name in ICONS:
        image = Image.new("RGB", (96, 96), HEMP)
        draw_icon(ImageDraw.Draw(image), name, (0, 0, 96), INDIGO)
        colours = image.getcolors()
        assert colours is not None
        assert len(colours) > 1, name
        assert seen.setdefault(image.tobytes(), name) == name


def test_every_sign_that_is_named_exists() -> None:
    assert {*BY_ROUTE.values(), *ENDS.values(), *SIGNS.values()} <= set(ICONS)


def test_signs_and_digits_stand_out() -> None:
    bright, dark = light(HEMP), light(INDIGO)
    assert (bright + 0.05) / (dark + 0.05) >= 7
