r"""Texts and what is wanted in them: `wishes.csv` states every rule.

A wish is written `<products or code> <measures> [why] [dropped]`, wishes apart by `; `. `a|b`: one
of these products; `-`: none was named. `2000g/3000g`: one of these amounts; `?`: none. `\n` is a
new line. Prices, packs and steps are those of the sample catalogue.
"""

from __future__ import annotations

import csv
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.commands.parse import sold_as
from bot.shop.product import MOST_BASE_UNITS
from bot.stores.catalogue import load_catalogue
from bot.understand.message import Reader
from bot.understand.pairing import Wish
from bot.understand.pieces import Measure
from bot.understand.wishes import wishes_of

ROOT = Path(__file__).parents[2]
CATALOGUE = load_catalogue(ROOT / "catalog")[0]
READER = Reader(CATALOGUE.products.values(), CATALOGUE.provinces)
FITS = partial(sold_as, CATALOGUE.products, "customer")

with (Path(__file__).with_name("wishes.csv")).open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def wishes(text: str) -> list[Wish]:
    return wishes_of(READER.read(text), READER.names, FITS)


def written(wish: Wish) -> str:
    goods = "|".join(wish.products) or wish.code or "-"
    amounts = "/".join(map(amount, wish.measures)) or "?"
    words = [goods, amounts, wish.why, "dropped" if wish.dropped else ""]
    return " ".join(filter(None, words))


def amount(measure: Measure) -> str:
    base = "" if measure.base == "piece" else measure.base
    return f"{measure.n}{base}" + (f":{measure.word}" if measure.word else "")


def told(text: str) -> str:
    return "; ".join(map(written, wishes(text)))


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['about']}: {r['text']}" for r in ROWS])
def test_wishes(row: dict[str, str]) -> None:
    assert told(row["text"].replace(r"\n", "\n")) == row["wishes"]


def test_the_table_is_long_and_has_no_row_twice() -> None:
    texts = [row["text"] for row in ROWS]
    assert len(texts) >= 80
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "text",
    ["sâm đất 2kg hoặc măng khô 3kg", "2kg sâm đất hay măng khô", "A1 hoặc A2", "a1 hay b2"],
)
def test_one_or_the_other_is_asked(text: str) -> None:
    assert not any(w.clear for w in wishes(text))


def test_a_tab_and_other_blanks_are_like_a_space() -> None:
    assert told("sâm\u00a0đất\t2\u00a0kg") == "sam-dat 2000g"


LISTED = ("2kg sâm đất", "3 lạng mắc khén", "1kg măng khô", "2 con gà đen")
JOINTS = (", ", " và ", " với ", " + ", "\n", " ; ", " ")


@pytest.mark.parametrize("joint", JOINTS)
def test_no_order_of_items_and_no_joint_loses_or_changes_one(joint: str) -> None:
    clear = {told(item) for item in LISTED}
    for items in permutations(LISTED):
        assert set(told(joint.join(items)).split("; ")) == clear, joint.join(items)


@pytest.mark.parametrize("joint", JOINTS)
def test_goods_first_and_amounts_behind_are_read_the_same(joint: str) -> None:
    behind = ("sâm đất 2kg", "mắc khén 3 lạng", "măng khô 1kg", "gà đen 2 con")
    assert told(joint.join(behind)) == told(joint.join(LISTED))


PIECES = (
    "2kg 3 hai cân ký lạng nửa rưỡi 500g x2 gói con bó sâm đất mắc khén na thịt gác bếp trứng A1 "
    "b2+3 A1- và với , ; + không lấy bỏ thôi mỗi loại 0912345678 100k 65k/kg năm 2026 -2kg 1.500"
)
WORDS = st.sampled_from(PIECES.split())
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join))


@given(TEXTS)
@example("SAM:NAM CAN2001GOI")  # ten tonnes in packs: asked about, not cut
@settings(max_examples=200)
def test_whatever_is_typed_a_clear_wish_is_whole(text: str) -> None:
    for wish in wishes(text):
        assert bool(wish.code) + (len(wish.products) > 0) <= 1
        assert all(m.n > 0 for m in wish.measures)
        assert wish.why == "large" or all(m.n <= MOST_BASE_UNITS for m in wish.measures)
        assert set(wish.products) <= set(CATALOGUE.products)
        if wish.clear:
            assert len(wish.measures) == 1
            assert wish.code or len(wish.products) == 1
