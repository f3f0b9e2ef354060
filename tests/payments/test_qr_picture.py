"""The picture of a payload is read back by an independent reader, also after a poor line."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from bot.payments.qr_picture import BORDER, SCALE, png_of
from bot.payments.vietqr import MOST_VND, Transfer, build, read

TRANSFERS = (
    Transfer("970416", "257678859"),
    Transfer("970436", "0123456789", vnd=339_000, purpose="ZJ4K2P9QJ CHO PHIEN"),
    Transfer("970405", "a" * 19, "QRIBFTTC", MOST_VND, "ZJ4K2P9QJ THIT LON DEN GA"),
)
"""Without and with an amount, and the longest there is."""


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def seen(picture: Image.Image) -> Transfer:
    [code] = zxingcpp.read_barcodes(picture)
    return read(code.text)


def as_jpeg(picture: Image.Image, quality: int) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("L")


def half(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BILINEAR)


@pytest.mark.parametrize("transfer", TRANSFERS, ids=lambda t: t.bin)
def test_a_picture_is_read_back(transfer: Transfer) -> None:
    picture = opened(png_of(build(transfer)))
    for damaged in (
        picture,
        as_jpeg(picture, 10),
        half(picture),
        half(as_jpeg(picture, 10)),
        as_jpeg(half(picture), 10),
    ):
        assert seen(damaged) == transfer


def test_a_picture_is_of_level_m_with_a_quiet_border() -> None:
    png = png_of(build(TRANSFERS[1]))
    picture = opened(png)
    [code] = zxingcpp.read_barcodes(picture)
    assert code.ec_level == "M"
    assert (SCALE >= 8, BORDER) == (True, 4)
    assert picture.width == picture.height
    assert picture.width % SCALE == 0
    quiet = BORDER * SCALE
    assert picture.crop((0, 0, picture.width, quiet)).getextrema() == (255, 255)
    assert picture.crop((0, 0, quiet, picture.height)).getextrema() == (255, 255)
    assert picture.getpixel((quiet, quiet)) == 0
    assert len(png) < 4000
