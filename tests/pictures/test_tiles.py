"""Choices as one picture: small, told apart by shape, with the digit on each."""

from __future__ import annotations

import io
import re

from PIL import Image, ImageDraw

from bot.pictures.icons import ICONS, draw_icon
from bot.pictures.paper import HEMP, INDIGO
from bot.pictures.tiles import WIDTH, drawn
from bot.shop.pictures import Tile, ToDraw
from bot.talk.aloud.screens import LAST
from bot.talk.aloud.signs import (
    BY_END,
    BY_MARK,
    BY_ROUTE,
    BY_TITLE,
    NAMES_GOODS,
    OF_GOODS,
    sign_of,
)
from bot.talk.routes import ROUTES
from tests.source import ROOT

PHOTO = (ROOT / "catalog" / "photos" / "sam-dat.jpg").read_bytes()
MOST_BYTES = 16_000
CHOICE = re.compile(r'Choice\(\s*f?"([^"]+)",\s*f?"([^"]+)"')


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
    named = (sign for table in (BY_TITLE, BY_ROUTE, BY_END, BY_MARK) for sign in table.values())
    assert set(named) <= set(ICONS)


def test_alike_signs_have_a_digit_as_large_as_the_sign() -> None:
    alike, known = (opened(Tile("2", icon="bank", large=large))[0] for large in (True, False))
    assert alike.tobytes() != known.tobytes()
    digits = [opened(Tile(n))[0].tobytes() for n in "1234"]
    assert len(set(digits)) == 4


def test_signs_and_digits_stand_out() -> None:
    bright, dark = light(HEMP), light(INDIGO)
    assert (bright + 0.05) / (dark + 0.05) >= 7


def test_every_choice_in_the_code_has_a_sign_or_the_photo_of_its_goods() -> None:
    bare = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for id_, title in CHOICE.findall(path.read_text("utf-8")):
            parts = [re.sub(r"\{.*\}", "x", part) for part in id_.split(":")]
            known = parts[0] in OF_GOODS | LAST | {"cat"} or title in NAMES_GOODS
            if parts[0] in ROUTES and not known and not sign_of(title, parts):
                bare.add((id_, title))
    assert bare == set()
