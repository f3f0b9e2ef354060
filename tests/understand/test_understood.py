"""The whole hearing with a learned model: bad input, frames, commands, yes and no, and noise."""

from __future__ import annotations

import asyncio
import csv
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.bench_frames import Shopkeeper, read_frames
from bot.commands.parse import answer, sold_as, understanding_of
from bot.settings import Settings
from bot.shop.product import MOST_BASE_UNITS
from bot.stores.catalogue import load_catalogue
from bot.understand.fold import fold
from bot.understand.inventory import INTENTS, Role
from bot.understand.live import model_path
from bot.understand.understanding import Understanding
from bot.understand.understood import Understood

ROOT = Path(__file__).parents[2]
DEV = Path(__file__).parent / "dev"
CATALOGUE = load_catalogue(ROOT / "catalog")[0]
ROLES: tuple[Role, ...] = ("customer", "seller")
ENOUGH_EXACT = 0.95


class Ear:
    """Reads with the model that the examples of this checkout give."""

    def __init__(self, mind: Understanding) -> None:
        self._mind = mind

    def hear(self, text: str, role: Role = "customer") -> Understood:
        return self._mind.read(text, role, "vi", partial(sold_as, CATALOGUE.products, role))

    def told(self, text: str, role: Role = "customer") -> dict[str, Any]:
        """As `python -m bot parse` says it, without the text."""
        said = answer(text, self.hear(text, role), CATALOGUE.products)
        return {name: value for name, value in said.items() if name != "text"}


@pytest.fixture(scope="module")
def chosen(models_dir: Path) -> Settings:
    return replace(Settings(), models_dir=str(models_dir))


@pytest.fixture(scope="module")
def ear(chosen: Settings) -> Ear:
    mind = asyncio.run(understanding_of(chosen, CATALOGUE))
    ear = Ear(mind)
    assert ear.hear("sâm đất bao nhiêu tiền").band == "act"
    return ear


BAD = {
    "empty": ["", " ", "\t\n", "...", "?", "!!!", "-", "\u200b\ufeff", "\x00"],
    "emoji": ["😀", "😀😀😀🐔🥔", "👍🏽", "❤️❤️", "1️⃣", "🇻🇳"],
    "long": [
        "a" * 5000,
        "😀" * 5000,
        "9" * 5000,
        "2kg," * 1250,
        "sâm đất " * 625,
        "2kg sâm đất " + "x" * 5000,
        "a1 " * 1700,
    ],
    "mixed": [
        "请给我2公斤",
        "дай два килограмма",
        "give me two kilos of something",
        "kuv xav yuav",
        "สองกิโล",
        "مرحبا 2",
        "hello em oi bonjour",
    ],
    "phone": ["0912345678", "sđt 0987 654 321", "+84 912 345 678", "gọi số 0356.112.233 nhé"],
    "account": ["stk 19001234567890", "1903 4567 8901 23 vcb", "cccd 001085012345"],
    "year": ["2026", "năm nay", "năm 2026", "sinh năm 1990", "từ năm 2020 đến giờ", "năm sau"],
    "money": ["500k", "chuyển khoản 500000", "1tr2", "65k/kg"],
    "place": ["số 12 ngõ 84 Trần Duy Hưng", "toà nhà A1 tầng 5", "em ở căn A2 chung cư", "nhà B3"],
    "negative": ["-5", "-5kg", "-2kg sâm đất", "âm 5 cân sâm đất", "0 kg sâm đất", "0"],
    "absurd": [
        "999999999kg sâm đất",
        "1e9 kg sâm đất",
        "sâm đất 99999 tấn",
        "sâm đất 5 tỷ cân",
        "sâm đất NaN kg",
        "9" * 400 + "kg sâm đất",
    ],
    "sql": [
        "'; DROP TABLE orders; --",
        "SELECT * FROM stock WHERE kg = 2",
        "1 OR 1=1",
        "DELETE FROM orders WHERE 'a'='a'",
        "'; DROP TABLE orders; -- 2kg sâm đất",
    ],
    "html": [
        "<script>alert(2)</script>",
        "<img src=x onerror=alert(1)>",
        "&lt;2kg&gt;",
        '<a href="http://x.vn/2kg">sâm đất</a>',
        "<b>2kg sâm đất</b>",
    ],
}
CASES = [(kind, text) for kind, texts in BAD.items() for text in texts]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("kind", "text"), CASES, ids=[f"{k}: {t[:30]!r}" for k, t in CASES])
def test_bad_input_is_never_a_line(ear: Ear, kind: str, text: str, role: Role) -> None:
    got = ear.hear(text, role)
    assert got.lines == []
    assert 0 <= got.score <= 1
    assert got.intent == "" or got.intent in INTENTS


@pytest.mark.parametrize(
    "text",
    [
        "sâm đất 2kg bao nhiêu tiền",
        "2kg sâm đất còn không",
        "sâm đất 2kg không",
        "2kg sâm đất 60k được không",
        "2kg sâm đất nấu được mấy bát",
        "nếu mua 2kg sâm đất thì có giảm không",
        "hôm qua mua 2kg sâm đất bị hỏng",
        "em nhận 2kg sâm đất rồi cảm ơn",
        "em đã đặt 2kg sâm đất hôm qua",
        "đơn 2kg sâm đất của em đâu rồi",
        "huỷ đơn 2kg sâm đất",
        "chưa lấy 2kg sâm đất vội",
        "đừng gửi 2kg sâm đất nữa",
        "nhắc em khi có 3kg na",
        "không lấy sâm đất nữa",
    ],
)
def test_goods_with_an_amount_are_not_always_an_order(ear: Ear, text: str) -> None:
    got = ear.hear(text)
    assert got.band != "act" or got.lines == [], got.intent


@pytest.mark.parametrize(
    "text", ["2kg sâm đất hoặc 3kg măng khô", "lấy thịt gác bếp", "3 cân na nhé"]
)
def test_a_question_back_is_told_with_its_reason(ear: Ear, text: str) -> None:
    told = ear.told(text)
    assert told["must_ask"] == bool(told["reason"])
    if told["must_ask"]:
        assert told["intent"] == "order"


def test_the_frames_of_the_development_set(chosen: Settings, ear: Ear) -> None:
    """ear: the model is there when the fixture is."""
    shop = Shopkeeper(chosen, model_path(chosen.intents_dir, chosen.understanding_dir))
    frames = read_frames(DEV, shop)
    assert frames.messages >= 300
    assert frames.exact >= ENOUGH_EXACT * frames.messages, frames.missed
    assert frames.wrong == 0


@pytest.mark.parametrize(
    ("text", "role", "intent"),
    [
        ("giỏ hàng", "customer", "show_cart"),
        ("gio hang", "customer", "show_cart"),
        ("đặt hàng", "customer", "checkout"),
        ("gặp người bán", "customer", "talk_to_seller"),
        ("dừng", "customer", "stop_reminders"),
        ("Xoá dữ liệu!", "customer", "delete_my_data"),
        ("đổi tiếng", "customer", "change_language"),
        ("có", "customer", "affirm"),
        ("Vâng.", "customer", "affirm"),
        ("ok", "seller", "affirm"),
        ("dung roi", "customer", "affirm"),
        ("không", "customer", "deny"),
        ("thôi", "seller", "deny"),
        ("ko", "customer", "deny"),
    ],
)
def test_commands_and_yes_and_no_are_read_by_words(
    ear: Ear, text: str, role: Role, intent: str
) -> None:
    got = ear.hear(text, role)
    assert (got.intent, got.band, got.score, got.sure) == (intent, "act", 1.0, True)
    assert got.lines == []


def unaccented() -> list[tuple[Role, str]]:
    """Messages of the development set typed without any diacritics."""
    found: list[tuple[Role, str]] = []
    for name in ("frames", "intents", "out_of_scope"):
        with (DEV / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                role: Role = "seller" if row.get("role") == "seller" else "customer"
                if row["text"].isascii() and "\n" not in row["text"]:
                    found.append((role, row["text"]))
    return found


def test_folding_an_unaccented_message_changes_nothing(ear: Ear) -> None:
    messages = unaccented()
    assert len(messages) >= 200
    changed = [t for role, t in messages if ear.told(t, role) != ear.told(fold(t), role)]
    assert changed == []


SYLLABLES = (
    "cho em chị lấy mua bán 2 hai ba nửa rưỡi 1/2 ½ 2kg 3 ký cân lạng yến tạ tấn lít con bó hũ "
    "gói x2 đôi tá chục sâm đất mắc khén thịt gác bếp na trái vụ gà đen trứng mật ong rừng A1 "
    "b2+3 A1- và với , ; + . ? không bỏ thôi hết còn thêm bớt hỏng mỗi loại 0912345678 100k 1tr2 "
    "65k/kg -2kg 1.500 năm nay 2026 bao nhiêu giá ship hà nội nhà chị mỷ ạ nhé 😀"
)
VIETNAMESE = st.lists(st.sampled_from(SYLLABLES.split()), max_size=14).map(" ".join)
LETTERS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ 0123456789,.-+xk½", max_size=50)
BARE = st.lists(
    st.sampled_from(fold(SYLLABLES).encode("ascii", "ignore").decode().split()), max_size=12
)


@given(st.one_of(VIETNAMESE, LETTERS, st.text(max_size=120)), st.sampled_from(ROLES))
@settings(max_examples=250)
def test_noise_never_raises_and_every_amount_is_bounded(ear: Ear, text: str, role: Role) -> None:
    least = 0 if role == "seller" else 1
    told = ear.told(text, role)
    for line in told["lines"]:
        assert ("product" in line) != ("code" in line)
        [size] = [line[key] for key in ("grams", "ml", "count") if key in line]
        assert least <= size <= MOST_BASE_UNITS
    assert told["band"] in ("act", "ask", "reject")
    assert told["must_ask"] == bool(told["reason"])


@given(BARE.map(" ".join), st.sampled_from(ROLES))
@settings(max_examples=120)
def test_folding_made_up_unaccented_messages_changes_nothing(
    ear: Ear, text: str, role: Role
) -> None:
    assert ear.told(text, role) == ear.told(fold(text), role)
