"""The packing sheet: A4, every code readable, every word there, nothing over the edge."""

from __future__ import annotations

import io

import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PdfParser

from bot.pictures.label import PADDING, Part, laid_out, put_on
from bot.pictures.letters import height, readable
from bot.pictures.sheet import CELL, EDGE, PAGE
from bot.pictures.workshop import Workshop
from bot.shop.order_code import with_check
from bot.shop.pictures import Label, Pages, Sheet, ToPack

LONG = "Thịt lợn đen gác bếp hun khói của nhà chị Mỷ ở bản Lũng Phìn, xã Lũng Phìn " * 3
BODIES = ["4K2P9Q", "2222AB", "ZZZZZZ", "QWERTY", "345678", "HJKMNP", "ABCDEF", "998877", "XYZ234"]


def label(body: str, **more: tuple[str, ...]) -> Label:
    code = with_check(body)
    shown = f"{code[:2]} {code[2:5]} {code[5:8]} {code[8:]}"
    told = ("5kg", "Nhà chị Mỷ, bản Lũng Phìn", "Hái 05/11", "Để nơi thoáng mát")
    return Label("Chợ Phiên", more.get("lines", ("Na Chi Lăng",)), code, shown, *told, *more["to"])


def to(*lines: str) -> tuple[tuple[str, ...]]:
    return (lines,)


async def sheet(workshop: Workshop, labels: tuple[Label, ...], orders: int = 3) -> Pages:
    goods = (
        ToPack("Na Chi Lăng", "35kg", tuple(f"ZJ 4K2 P9Q {n} – {n}kg" for n in range(orders))),
        ToPack(LONG, LONG, (LONG,) * 4),
        ToPack("Hạt dổi", "", ()),
    )
    return await workshop.sheet(Sheet("Cần gói hôm nay", goods, labels))


def opened(page: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(page))
    assert image.size == PAGE
    return image.convert("L")


async def test_every_code_on_it_is_read(workshop: Workshop) -> None:
    labels = tuple(label(body, to=to("Lan", "12 ngõ 78 Láng Hạ")) for body in BODIES)
    made = await sheet(workshop, labels)
    found = [x.text for page in made.pages for x in zxingcpp.read_barcodes(opened(page))]
    assert sorted(found) == sorted(one.code for one in labels)
    assert len(made.pages) == 1 + 2, "eight to a page"


async def test_a_worn_print_is_read_too(workshop: Workshop) -> None:
    """At half the size, as a phone sees the sheet from further away."""
    made = await sheet(workshop, (label("4K2P9Q", to=to("Lan")),))
    half = opened(made.pages[-1]).reduce(2)
    assert [x.text for x in zxingcpp.read_barcodes(half)] == [with_check("4K2P9Q")]


async def test_the_pdf_has_the_same_pages_on_a4(workshop: Workshop) -> None:
    made = await sheet(workshop, (label("4K2P9Q", to=to("Lan")),), orders=120)
    assert len(made.pages) >= 4
    with PdfParser.PdfParser(buf=made.pdf) as pdf:
        assert len(pdf.pages) == len(made.pages)
        for page in pdf.pages:
            left, top, wide, tall = pdf.read_indirect(page)[b"MediaBox"]
            assert (left, top) == (0, 0)
            assert abs(wide / 72 * 25.4 - 210) < 0.5
            assert abs(tall / 72 * 25.4 - 297) < 0.5
    assert len(made.pdf) < 120_000 * len(made.pages)


async def test_the_edges_of_every_page_stay_white(workshop: Workshop) -> None:
    labels = tuple(label(b, lines=(LONG,) * 9, to=to("Ẫ" * 300)) for b in BODIES[:3])
    made = await sheet(workshop, labels, orders=50)
    for page in made.pages:
        image = opened(page)
        image.paste(255, (EDGE - 2, EDGE - 2, PAGE[0] - EDGE + 2, PAGE[1] - EDGE + 2))
        assert image.getextrema() == (255, 255)


async def test_nothing_to_pack_is_an_empty_list(workshop: Workshop) -> None:
    made = await workshop.sheet(Sheet("Cần gói hôm nay", (), ()))
    assert len(made.pages) == 1


TEXT = st.text(alphabet="aắộ ĐgẪ₫W.\n🍑1", max_size=90)


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(TEXT, max_size=14), receiver=st.lists(TEXT, max_size=6), seller=TEXT, keep=TEXT
)
def test_a_label_holds_every_word_within_its_frame(
    lines: list[str], receiver: list[str], seller: str, keep: str
) -> None:
    code = with_check("4K2P9Q")
    one = Label(seller, tuple(lines), code, code, keep=keep, receiver=tuple(receiver))
    parts = laid_out(one, CELL)
    assert parts
    for part in parts:
        assert within_the_frame(part)
    written = "".join(x.text for part in parts for group in part.groups for x in group)
    told = "".join(
        readable(x) for text in (seller, *lines, keep, *receiver) for x in text.split("\n")
    )
    assert written.replace(" ", "") == told.replace(" ", "")


def within_the_frame(part: Part) -> bool:
    """Drawn twice, with and without its words: outside the frame, and over the code, no ink."""
    if sum(map(height, part.groups)) > CELL[1] - 2 * PADDING:
        return False
    inside, at = Image.new("L", (CELL[0] + 80, CELL[1] + 80), 255), (40, 40)
    put_on(inside, at, CELL, part)
    found = [x.text for x in zxingcpp.read_barcodes(inside)]
    inside.paste(255, (*at, at[0] + CELL[0], at[1] + CELL[1]))
    return inside.getextrema() == (255, 255) and found == [part.code]
