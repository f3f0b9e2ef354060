"""What sellers say of their lives and to their customers, sentence by sentence."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.hours import VIETNAM
from bot.understand.sellers.broadcasts import BroadcastSaid, broadcast_of, broadcast_said
from bot.understand.sellers.live_moves import move_said
from bot.understand.sellers.live_plans import LONGEST_HOLD, PlanSaid, hold_said, plan_said
from bot.understand.sellers.lives import ItemSaid, calls_off, ends_said, item_said, starts_said
from tests.understand.sellers.notation import measure, rows
from tests.understand.sellers.test_more import NOW, told
from tests.understand.sellers.test_sellers import OWN, SHOP, read

SATURDAY = int(datetime(2026, 11, 14, 20, 0, tzinfo=VIETNAM).timestamp())
"""The live that is moved: two days from NOW, at eight in the evening."""
LAI_CHAU = frozenset(p.id for p in SHOP.products.values() if p.seller == "nguoi-ban-lai-chau")


def plan(said: PlanSaid) -> str:
    """`product[=cap] … where link 40đơn giữ20 ?odd`."""
    caps = dict(said.caps)
    goods = (f"{p}={measure(caps[p])}" if p in caps else p for p in said.products)
    parts = (
        *goods,
        said.where,
        said.link,
        f"{said.parcels}đơn" if said.parcels else "",
        f"giữ{said.hold_minutes}" if said.hold_minutes else "",
        *(f"?{odd}" for odd in said.odd),
    )
    return " ".join(part for part in parts if part)


def item(said: ItemSaid | None) -> str:
    """`kind code product amount`."""
    if said is None:
        return ""
    amount = measure(said.measure) if said.measure else ""
    return " ".join(part for part in (said.kind, said.code, *said.products, amount) if part)


def letter(said: BroadcastSaid | None) -> str:
    """`"words" lang @place +product ?whom`."""
    if said is None:
        return ""
    places = (f"@{code}" for code in said.places)
    goods = f"+{said.product}" if said.product else ""
    whom = f"?{said.whom}" if said.whom else ""
    return " ".join(x for x in (f'"{said.words}"', said.lang, *places, goods, whom) if x)


@pytest.mark.parametrize("row", rows("live_plans.csv"), ids=lambda row: row["text"])
def test_plans(row: dict[str, str]) -> None:
    said = plan_said(read(row["text"]), OWN, NOW)
    assert (told(said.moments), plan(said)) == (row["moments"], row["said"])


def test_of_one_seller_the_smoked_meat_is_clear() -> None:
    said = plan_said(read("tối nay 20h live bán thịt gác bếp 5kg"), LAI_CHAU, NOW)
    assert plan(said) == "thit-lon-den-gac-bep=5000g"


def test_goods_of_another_seller_are_said_back() -> None:
    said = plan_said(read("tối nay 20h live bán na và thịt gác bếp"), LAI_CHAU, NOW)
    assert (said.products, said.odd) == (("thit-lon-den-gac-bep",), ("na",))


@pytest.mark.parametrize("row", rows("live_moves.csv"), ids=lambda row: row["text"])
def test_moves(row: dict[str, str]) -> None:
    assert told(move_said(read(row["text"]), NOW, SATURDAY)) == row["moments"]


@pytest.mark.parametrize(
    ("text", "moments"),
    [("dời live sang 21h", "12/11/2026 21:00"), ("lùi live 30 phút", ""), ("dời sang mai", "")],
)
def test_a_move_of_a_live_nobody_knows_needs_its_moment(text: str, moments: str) -> None:
    assert told(move_said(read(text), NOW)) == moments


def test_a_live_is_never_moved_into_the_past() -> None:
    assert move_said(read("live sớm hơn 3 ngày"), NOW, SATURDAY) == ()


@pytest.mark.parametrize("row", rows("live_words.csv"), ids=lambda row: row["text"])
def test_start_end_and_off(row: dict[str, str]) -> None:
    text = row["text"]
    said = {"start": starts_said(text), "end": ends_said(text), "off": calls_off(text)}
    assert " ".join(word for word, is_so in said.items() if is_so) == row["says"]


@pytest.mark.parametrize("row", rows("live_items.csv"), ids=lambda row: row["text"])
def test_items(row: dict[str, str]) -> None:
    assert item(item_said(read(row["text"]), OWN)) == row["said"]


@pytest.mark.parametrize(
    ("text", "said"), [("A1 30kg", "cap A1 30000g"), ("A1 còn 30kg", "cap A1 30000g"), ("A1", "")]
)
def test_an_amount_of_a_code_of_a_planned_live_is_its_cap(text: str, said: str) -> None:
    assert item(item_said(read(text), OWN, planned=True)) == said


@pytest.mark.parametrize("row", rows("broadcasts.csv"), ids=lambda row: row["text"])
def test_broadcasts(row: dict[str, str]) -> None:
    assert letter(broadcast_said(row["text"], SHOP.provinces)) == row["said"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mai có thịt mới", '"mai có thịt mới"'),
        ("khách Hà Nội: mai có thịt mới", '"mai có thịt mới" @1'),
        ("nhắn khách: mai có thịt mới", '"mai có thịt mới"'),
        ("  ", '""'),
        ("Giá: na 60k\nlạp sườn 250k", '"Giá: na 60k\nlạp sườn 250k"'),
    ],
)
def test_the_answer_to_what_shall_we_tell_them(text: str, said: str) -> None:
    assert letter(broadcast_of(text, SHOP.provinces)) == said


def test_her_words_are_kept_as_she_wrote_them() -> None:
    said = broadcast_said("NHẮN KHÁCH:  Mai có  Thịt mới 🐖!\nGiá 550k", SHOP.provinces)
    assert said == BroadcastSaid("Mai có  Thịt mới 🐖!\nGiá 550k")


WORDS = [
    *("live", "tối", "nay", "20h", "8", "rưỡi", "na", "50kg", "A1", "b2", "mỗi", "người", "hết"),
    *("dời", "sang", "lùi", "30", "phút", "hôm", "sau", "thứ", "7", "nhắn", "khách", ":", "ở"),
    *("Hà", "Nội", "đã", "mua", "giữ", "hàng", "đơn", "không", "bán", "tối", "đa", "https://a.vn"),
    *("\u200b", "½", "İ", "ﬁ", "ß", "\n", ",", "...", "99999999999", "0h", "25h", "31/2", "hai"),
]
SENTENCES = st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@given(SENTENCES)
def test_whatever_is_typed_is_read_without_fail(text: str) -> None:
    message = read(text)
    said = plan_said(message, OWN, NOW)
    assert all(at > NOW for at in (*said.moments, *move_said(message, NOW, SATURDAY)))
    assert {p for p, _ in said.caps} <= set(said.products) <= OWN
    assert 0 <= hold_said(text) <= LONGEST_HOLD
    assert not (starts_said(text) and ends_said(text))
    of_code = item_said(message, OWN)
    assert of_code is None or of_code.code or of_code.products
    told_them = broadcast_said(text, SHOP.provinces)
    assert told_them is None or told_them.words in text or told_them.words.strip()
    assert calls_off(text) in (True, False)
