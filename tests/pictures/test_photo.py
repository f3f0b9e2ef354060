"""Photos: upright, small, without a word of where and by whom; what is none is refused."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.pictures.workshop import Workshop
from bot.shop.media_problems import NotAPhoto, PhotoTooLarge
from tests.pictures.makers import RED, TOLD, bomb, photo, picture, saved, screenshot


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def reddish(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 40 for a, b in zip(pixel[:3], RED, strict=True))


async def test_both_sizes(workshop: Workshop) -> None:
    made = await workshop.clean_photo(photo())
    large, small = opened(made.large), opened(made.small)
    assert large.format == small.format == "JPEG"
    assert large.size == (made.width, made.height) == (1280, 960)
    assert small.size == (320, 240)
    assert len(made.small) <= 20_000


async def test_nothing_of_it_tells_where_and_by_whom(workshop: Workshop) -> None:
    data = photo()
    assert all(word in data for word in (b"SecretPhone", b"nha ba Lan", b"Exif"))
    made = await workshop.clean_photo(data)
    for clean in (made.large, made.small):
        assert [word for word in TOLD if word in clean] == []
        image = opened(clean)
        assert dict(image.getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(image.info)


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_turned_as_the_camera_was_held(workshop: Workshop, orientation: int) -> None:
    made = await workshop.clean_photo(photo((400, 300), orientation))
    image = opened(made.large)
    assert image.size == (400, 300)
    assert reddish(image.getpixel((20, 20)))
    assert not any(reddish(image.getpixel(at)) for at in ((380, 20), (20, 280), (380, 280)))


async def test_a_png_with_nothing_behind_it_stands_on_white(workshop: Workshop) -> None:
    made = await workshop.clean_photo(screenshot())
    image = opened(made.large)
    assert image.getpixel((5, 5)) == (255, 255, 255)
    assert reddish(image.getpixel((150, 150)))
    assert b"nha ba Lan" not in made.large


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
async def test_every_kind_of_pixel(workshop: Workshop, mode: str) -> None:
    """A grey of the middle stays one, whatever it was written with."""
    grey = Image.new("L", (64, 48), 128)
    image = grey.convert("I").point(lambda n: n * 256) if mode == "I;16" else grey.convert(mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = await workshop.clean_photo(saved(image.convert(mode), kind))
    pixels = opened(made.large).convert("L").resize((1, 1)).getpixel((0, 0))
    assert isinstance(pixels, int | float)
    assert abs(pixels - 128) < 12


async def test_webp(workshop: Workshop) -> None:
    made = await workshop.clean_photo(saved(picture((200, 400)), "WEBP"))
    assert (made.width, made.height) == (200, 400)
    assert opened(made.small).size == (200, 400)


async def test_the_small_one_stays_light_whatever_is_on_it(workshop: Workshop) -> None:
    noise = Image.effect_noise((900, 700), 90).convert("RGB")
    made = await workshop.clean_photo(saved(noise, "JPEG", quality=95))
    assert len(made.small) <= 20_000


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (6000, 2)])
async def test_odd_shapes(workshop: Workshop, size: tuple[int, int]) -> None:
    made = await workshop.clean_photo(saved(picture(size), "PNG"))
    assert max(made.width, made.height) <= 1280
    assert min(made.width, made.height) >= 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        "Chào chị, đây là ảnh.jpg".encode(),
        b"\xff\xd8\xff\xe0 no photo at all",
        photo()[:20_000],
        saved(picture((80, 80)), "PNG")[:-30],
        saved(picture((80, 80)), "BMP"),
        b"GIF89a" + bytes(100),
    ],
    ids=["empty", "text", "first bytes", "cut jpeg", "cut png", "bmp", "gif"],
)
async def test_what_is_no_photo(workshop: Workshop, data: bytes) -> None:
    with pytest.raises(NotAPhoto):
        await workshop.clean_photo(data)
    with pytest.raises(NotAPhoto):
        await workshop.stamp(data, ("ZJ 4K2 P9Q J",))


@pytest.mark.parametrize("size", [(50_000, 50_000), (2**31 - 1, 2**31 - 1), (8000, 5001)])
async def test_a_picture_that_would_burst_the_memory(
    workshop: Workshop, size: tuple[int, int]
) -> None:
    with pytest.raises(PhotoTooLarge) as refused:
        await workshop.clean_photo(bomb(*size))
    assert refused.value.fields == {"most": 15, "pixels": 40}


async def test_too_many_bytes(workshop: Workshop) -> None:
    with pytest.raises(PhotoTooLarge):
        await workshop.clean_photo(photo() + bytes(15_000_000))


async def test_the_largest_that_is_taken(workshop: Workshop) -> None:
    made = await workshop.clean_photo(saved(picture((7300, 5400)), "PNG"))
    assert (made.width, made.height) == (1280, 947)
