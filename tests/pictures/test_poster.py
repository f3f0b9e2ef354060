"""Posters: the QR is the link, also from afar and worn; the words are whole or end in "…"."""

from __future__ import annotations

import io
import random
import struct

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter, PdfParser
from segno import DataOverflowError

from bot.pictures.poster import LINES, MARGIN, SQUARE, TITLE, printed
from bot.pictures.workshop import Workshop
from bot.shop.links import claim_code, links_of, live_code, product_code, readable
from bot.shop.pictures import Poster, Printed

FOUND_AT = {"web": "https://cho-phien.example.vn", "tg": "ChoPhienVungCaoBot"}
CODES = ["", product_code("thit-lon-den-gac-bep"), live_code("47587283b1"),
         claim_code("c-0a1b2c3d4e", lambda _: "0123456789abcdef")]  # fmt: skip
LINKS = [link for code in CODES for _, link in links_of(code, FOUND_AT)]
NAMES = [
    "Giàng A Páo",
    "Tsev Neeg Sùng Thị Mỷ – Hợp tác xã Hoa Lê Sìn Hồ",
    "Ẫ" * 200,
    "Tối nay bán na, thịt gác bếp, lê Tai Nung và nhiều thứ nữa " * 4,
]
A6 = (105 / 25.4 * 72, 148 / 25.4 * 72)
"""In points."""


def poster(link: str, name: str = "Thịt lợn đen gác bếp", *lines: str) -> Poster:
    return Poster("Giàng A Páo", name, link, readable(link), "Quét mã để đặt hàng", lines)


def square_of(made: Printed) -> Image.Image:
    image = Image.open(io.BytesIO(made.png))
    assert (image.format, image.size) == ("PNG", SQUARE)
    return image.convert("L")


def page_of(made: Printed) -> Image.Image:
    """What a printer puts on the page: its one picture, black on white."""
    with PdfParser.PdfParser(buf=made.pdf) as pdf:
        [page] = [pdf.read_indirect(x) for x in pdf.pages]
        assert [float(x) for x in page[b"MediaBox"]] == pytest.approx([0, 0, *A6], abs=1.5)
        [fax] = [pdf.read_indirect(x) for x in page[b"Resources"][b"XObject"].values()]
        return from_fax(fax.buf, fax.dictionary[b"Width"], fax.dictionary[b"Height"])


def from_fax(data: bytes, width: int, height: int) -> Image.Image:
    """A picture packed as a fax (CCITT group 4), as the PDF holds it, opened as a TIFF."""
    tags = [(256, width), (257, height), (258, 1), (259, 4), (262, 1), (273, 110), (278, height),
            (279, len(data))]  # fmt: skip
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    head = struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + entries + bytes(4)
    return Image.open(io.BytesIO(head.ljust(110, b"\0") + data)).convert("L")


def read(image: Image.Image) -> list[str]:
    return [x.text for x in zxingcpp.read_barcodes(image)]


def noisy(image: Image.Image, seed: int) -> Image.Image:
    """Out of focus, with one dot in ten of another tone."""
    grain = random.Random(seed)
    blurred = image.filter(ImageFilter.GaussianBlur(1.2))
    dots = blurred.load()
    assert dots
    for _ in range(image.width * image.height // 10):
        dots[grain.randrange(image.width), grain.randrange(image.height)] = grain.randrange(256)
    return blurred


@pytest.mark.parametrize("link", LINKS)
async def test_what_is_scanned_is_the_link(workshop: Workshop, link: str) -> None:
    made = await workshop.poster(poster(link))
    assert read(square_of(made)) == [link]
    assert read(page_of(made)) == [link]


@pytest.mark.parametrize("link", LINKS)
def test_from_afar_and_out_of_focus(link: str) -> None:
    """A live seen on a phone shows it a third as large; a print is creased and wet."""
    made = printed(poster(link, "Live 20:00 thứ Hai 23/11", *["A1 Na Chi Lăng 65.000đ/kg"] * 6))
    for seed, image in enumerate((square_of(made), page_of(made))):
        assert read(image.reduce(3)) == [link]
        assert read(noisy(image, seed)) == [link]
        assert read(noisy(image.reduce(2), seed)) == [link]


def test_with_a_corner_of_the_code_covered() -> None:
    """By a thumb: level M mends it."""
    link = LINKS[2]
    image = square_of(printed(poster(link)))
    [found] = zxingcpp.read_barcodes(image)
    where = found.position
    x = (where.top_left.x + where.bottom_right.x) // 2
    y = (where.top_left.y + where.bottom_right.y) // 2
    image.paste(128, (x, y, x + 60, y + 60))
    assert read(image) == [link]


@pytest.mark.parametrize("name", NAMES)
def test_every_name_stays_within_the_picture(name: str) -> None:
    image = square_of(printed(Poster(name, name, LINKS[0], readable(LINKS[0]), name, (name,) * 9)))
    assert read(image) == [LINKS[0]]
    for left in (0, image.width - MARGIN + 4):
        strip = image.crop((left, 0, left + MARGIN - 4, image.height))
        tones = [strip.crop((0, y, strip.width, y + 1)).getextrema() for y in range(strip.height)]
        ruled = sum(low != high for low, high in tones)
        assert ruled < 20, "only the woven band crosses the margins"


def test_names_of_ordinary_length_are_whole() -> None:
    for name in NAMES[:2]:
        assert TITLE.of((name,), SQUARE)[0].text[-1] != "…"
    codes = tuple(f"A{n} Thịt lợn đen gác bếp 550.000đ/kg" for n in range(1, 5))
    assert [x.text for x in LINES.of(codes, SQUARE)] == list(codes)


def test_the_printed_page_is_black_on_white_and_clear_at_the_edge() -> None:
    page = page_of(printed(poster(LINKS[0])))
    assert page.getpixel((0, 0)) == page.getpixel((page.width - 1, page.height - 1)) == 255
    ink = sum(page.histogram()[:128])
    assert 0.02 < ink / (page.width * page.height) < 0.35
    page.paste(255, (58, 58, page.width - 58, page.height - 58))
    assert page.getextrema() == (255, 255)


def test_a_link_no_code_holds_is_refused() -> None:
    with pytest.raises(DataOverflowError):
        printed(poster("https://cho.example.vn/" + "a" * 4000))


TEXT = st.text(alphabet="aắộ ĐgẪ₫W.\n🍑1", max_size=90)


@settings(max_examples=15, deadline=None)
@given(TEXT, TEXT, TEXT, st.lists(TEXT, max_size=8))
def test_whatever_the_words_the_code_is_read(
    seller: str, title: str, call: str, lines: list[str]
) -> None:
    link = LINKS[-1]
    made = printed(Poster(seller, title, link, readable(link), call, tuple(lines)))
    assert read(square_of(made)) == [link]
    assert read(page_of(made)) == [link]
