"""A live in one picture: columns as high as their claims, bars in patterns, words in the frame."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pictures import live_chart, paper
from bot.pictures.letters import Type
from bot.pictures.live_chart import COLUMNS_TALL, LOWEST, PATTERNS, drawn
from bot.pictures.workshop import Workshop
from bot.shop.media_problems import NotDrawn
from bot.shop.pictures import MOST_COLUMNS, MOST_ROWS, PARTS, LiveChart, Stack
from tests.pictures.test_drawings import LONG, WORD, clear_at_the_sides, opened

NAMES = ("Khách đã chắc", "Đang giữ, chờ khách", "Hết hàng, còn chờ hoặc đã lỡ", "Hết giờ giữ")


def chart(columns: tuple[int, ...], *rows: Stack, title: str = "Live 20:00") -> LiveChart:
    return LiveChart(title, columns, "Lượt chốt", "20:00", "22:00", NAMES if rows else (), rows)


def columns_of(image: Image.Image) -> list[int]:
    """How many pixels of each x are of a column, in the room for columns."""
    top = paper.head_height("Live 20:00")
    room = image.crop((0, top, image.width, top + 18 + 60 + COLUMNS_TALL))
    return [
        sum(room.getpixel((x, y)) == paper.INDIGO for y in range(room.height))
        for x in range(image.width)
    ]


def test_letters_are_large_enough_for_a_phone() -> None:
    sizes = [x.size for x in vars(live_chart).values() if isinstance(x, Type)]
    assert len(sizes) >= 3
    assert min(sizes) >= 24


async def test_one_live(workshop: Workshop) -> None:
    rows = (Stack("A1 Na", "9 kg · 585.000đ", (9, 3, 2, 1), "chắc 9 kg · giữ 3 kg"),)
    made = await workshop.live_chart(chart((1, 8, 40, 12) * 15, *rows))
    image = opened(made)
    assert image.width == 720
    assert len(made) < 80_000
    assert clear_at_the_sides(image, paper.head_height("Live 20:00"))


def test_columns_are_as_high_as_their_claims() -> None:
    image = opened(drawn(chart((10, 5, 0, 20))))
    quarter = paper.INSIDE // 4
    middles = [columns_of(image)[paper.MARGIN + quarter * n + quarter // 2] for n in range(4)]
    most = middles[3]
    assert [round(x / most, 1) for x in middles] == [0.5, 0.2, 0.0, 1.0]


def test_one_claim_does_not_look_like_a_storm() -> None:
    most = max(columns_of(opened(drawn(chart((1, 0, 0))))))
    assert 0 < most < COLUMNS_TALL // (LOWEST - 1)


def test_no_claims_at_all() -> None:
    image = opened(drawn(chart((0,) * 30)))
    assert max(columns_of(image)) == 0
    assert opened(drawn(chart(()))).width == 720


def test_parts_differ_without_colour() -> None:
    """In grey, no two patterns are alike."""
    samples = []
    for place in range(PARTS):
        parts = tuple(int(n == place) for n in range(PARTS))
        image = opened(drawn(chart((1,), Stack("A1", "1", parts))))
        bottom = image.height - 10
        strip = image.convert("L").crop((paper.MARGIN + 40, bottom - 54, 500, bottom - 26))
        samples.append(strip.point(lambda tone: 0 if tone < 200 else 255))
    inks = [sample.histogram()[0] / (sample.width * sample.height) for sample in samples]
    assert len({sample.tobytes() for sample in samples}) == PARTS
    assert inks[0] > 0.95
    assert all(0 < ink < 0.9 for ink in inks[1:]), inks


async def test_more_than_a_picture_holds_is_refused(workshop: Workshop) -> None:
    row = Stack("A1", "1", (1,) * PARTS)
    for much in (
        chart((1,) * (MOST_COLUMNS + 1)),
        chart((1,), *(row,) * (MOST_ROWS + 1)),
        chart((1,), Stack("A1", "1", (1,) * (PARTS + 1))),
    ):
        with pytest.raises(NotDrawn):
            await workshop.live_chart(much)


def test_as_many_patterns_as_parts() -> None:
    assert len(PATTERNS) == PARTS


ROWS = st.lists(
    st.builds(
        Stack,
        st.sampled_from(["", "A1 Na", LONG, WORD]),
        st.sampled_from(["", "9 kg", LONG]),
        st.lists(st.integers(-5, 10**9), max_size=PARTS).map(tuple),
        st.sampled_from(["", "chắc 9 kg · giữ 3 kg", LONG]),
    ),
    max_size=MOST_ROWS,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 10_000), max_size=MOST_COLUMNS), ROWS)
def test_whatever_happened_it_is_drawn_within_the_margins(
    columns: list[int], rows: list[Stack]
) -> None:
    made = LiveChart("Live 20:00", tuple(columns), LONG, WORD, "22:00", NAMES, tuple(rows))
    image = opened(drawn(made))
    assert clear_at_the_sides(image, paper.head_height("Live 20:00"))
