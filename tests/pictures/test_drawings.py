"""Charts, statements, stamps and captions: nothing leaves the picture, nothing is covered."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
import segno
import zxingcpp
from PIL import Image, ImageChops

from bot.pictures import band, chart, paper, statement
from bot.pictures.letters import Type
from bot.pictures.workshop import Workshop
from bot.shop.media_problems import NotAPhoto, NotDrawn
from bot.shop.pictures import Chart, Row, Statement
from tests.pictures.makers import TOLD, photo

LONG = "Thạch đen khô loại đặc biệt của nhà chị Mỷ ở bản Lũng Phìn " * 3
WORD = "Ẫ" * 200

ROWS = (
    Row("Na Chi Lăng", "2.450.000đ", 2_450_000, 1_900_000),
    Row(LONG, "650.000đ", 650_000, 0),
    Row(WORD, LONG, 1, 4_000_000),
    Row("Hạt dổi", "0đ", 0),
    Row("", "", -5, -5),
)


def opened(data: bytes, kind: str = "PNG") -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert image.format == kind
    return image.convert("RGB")


def clear_at_the_sides(image: Image.Image, top: int) -> bool:
    """Below the head the margins hold one colour in each line: no word runs over them."""
    margin = paper.MARGIN - 2
    for left in (0, image.width - margin):
        strip = image.crop((left, top, left + margin, image.height))
        column = strip.resize((1, strip.height), Image.Resampling.NEAREST).resize(strip.size)
        if ImageChops.difference(strip, column).getbbox():
            return False
    return True


def test_letters_are_large_enough_for_a_phone() -> None:
    types = [x for part in (chart, statement, band, paper) for x in vars(part).values()]
    sizes = [x.size for x in types if isinstance(x, Type)]
    assert len(sizes) >= 9
    assert min(sizes) >= 24


async def test_a_chart(workshop: Workshop) -> None:
    made = await workshop.chart(Chart("Tuần này", ROWS, "Tuần này", "Tuần trước"))
    image = opened(made)
    assert image.width == 720
    assert len(made) < 80_000
    assert clear_at_the_sides(image, paper.head_height("Tuần này"))


async def test_bars_are_as_long_as_their_numbers(workshop: Workshop) -> None:
    rows = (Row("a", "4", 4, 2), Row("b", "1", 1))
    image = opened(await workshop.chart(Chart("x", rows)))
    runs = [
        sum(image.getpixel((x, y)) == paper.INDIGO for x in range(720))
        for y in range(paper.head_height("x"), image.height)
    ]
    lengths = {n for n in runs if n > 100}
    assert {round(n / paper.INSIDE, 2) for n in lengths} == {1.0, 0.25}


async def test_now_and_before_differ_without_colour(workshop: Workshop) -> None:
    """In grey, the bar of now is of one tone; the bar before is striped."""
    image = opened(await workshop.chart(Chart("x", (Row("a", "4", 4, 4),)))).convert("L")
    x = range(paper.MARGIN + 10, paper.MARGIN + paper.INSIDE - 10)
    tones = [
        [image.getpixel((n, y)) for n in x]
        for y in range(paper.head_height("x") + 60, image.height)
    ]
    assert any(len(set(row)) == 1 and row[0] < 60 for row in tones)
    assert any(sum(a != b for a, b in pairwise(row)) > 100 for row in tones)


async def test_a_statement(workshop: Workshop) -> None:
    rows = (("Mang đến", "200kg"), (LONG, LONG), (WORD, "1đ"), ("", ""))
    made = await workshop.table(Statement(LONG, rows, ("Còn nợ", "336.000đ"), LONG))
    image = opened(made)
    assert image.width == 720
    assert len(made) < 120_000
    assert clear_at_the_sides(image, paper.head_height(LONG))


async def test_too_much_for_one_picture_is_refused(workshop: Workshop) -> None:
    with pytest.raises(NotDrawn):
        await workshop.chart(Chart("x", (Row("a", "1", 1),) * 61))
    with pytest.raises(NotDrawn):
        await workshop.table(Statement("x", (("a", "1"),) * 61, ("", "")))


@pytest.mark.parametrize("size", [(1280, 960), (960, 1280), (200, 1500), (50, 50)])
async def test_a_stamp_covers_nothing(workshop: Workshop, size: tuple[int, int]) -> None:
    clean = (await workshop.clean_photo(photo(size))).large
    made = opened(await workshop.stamp(clean, ("Đơn ZJ 4K2 P9Q J", LONG, "14:32")), "JPEG")
    before = Image.open(io.BytesIO(clean))
    assert made.height > before.height + 80
    left = (made.width - before.width) // 2
    same = made.crop((left, 0, left + before.width, before.height - 4))
    difference = ImageChops.difference(same, before.crop((0, 0, *same.size)))
    assert max(high for _, high in difference.getextrema()) < 90
    ground = made.getpixel((4, made.height - 4))
    assert isinstance(ground, tuple)
    assert all(abs(a - b) < 12 for a, b in zip(ground, paper.INDIGO, strict=True))


async def test_a_stamped_photo_tells_nothing_more(workshop: Workshop) -> None:
    made = await workshop.stamp(photo(), ("ZJ 4K2 P9Q J",))
    assert [word for word in TOLD if word in made] == []


@pytest.mark.parametrize("scale", [3, 8])
async def test_a_qr_with_words_is_still_read(workshop: Workshop, scale: int) -> None:
    payload = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
    file = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(file, kind="png", scale=scale, border=4)
    lines = ("Ngân hàng Sacombank", "0011 0123 4567 8", "GIÀNG THỊ MỶ", "180.000đ")
    image = opened(await workshop.with_caption(file.getvalue(), lines))
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [payload]
    code = Image.open(file)
    assert image.width >= 480
    assert image.height >= code.height + 4 * 40
    left = (image.width - code.width) // 2
    same = image.crop((left, 0, left + code.width, code.height)).convert("L")
    assert not ImageChops.difference(same, code.convert("L")).point(lambda n: n > 40).getbbox()


async def test_a_caption_needs_a_picture(workshop: Workshop) -> None:
    with pytest.raises(NotAPhoto):
        await workshop.with_caption(b"no picture", ("180.000đ",))
