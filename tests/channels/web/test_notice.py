"""What a locked phone shows of a letter."""

from __future__ import annotations

import json

import pytest

from bot.channels.web.notice import LONGEST, MOST_BODY, first_words, notice, topic_of
from bot.shop.says import Letter, LetterKind, Say
from bot.words.spoken import Spoken

NOW = 1_795_312_800


def letter(kind: LetterKind = "reminder", until: int = NOW + 900) -> Letter:
    return Letter("web:an", Say("x"), kind, NOW, until, "live:l1:soon:0:web:an")


def test_the_few_words_and_where_a_tap_leads() -> None:
    spoken = Spoken("live-reminder-soon", "[QC] 🔔 Còn 15 phút\nThôi nhận: bấm 0", lang="hmn@rpa")
    made = notice("Chợ Phiên", spoken, letter(), "ban", NOW)
    assert json.loads(made.body) == {
        "title": "Chợ Phiên",
        "body": "[QC] 🔔 Còn 15 phút\nThôi nhận: bấm 0",
        "tag": made.topic,
        "data": "/ban",
        "lang": "hmn",
    }
    assert (made.ttl, made.urgency) == (900, "high")


def test_a_topic_names_the_letter_and_nobody() -> None:
    topic = topic_of("live:l1:soon:0:web:an")
    assert len(topic) == 32
    assert topic == topic_of("live:l1:soon:0:web:an") != topic_of("live:l1:soon:1:web:an")


@pytest.mark.parametrize(
    ("until", "ttl"), [(NOW - 5, 0), (0, 24 * 3600), (NOW + 60 * 24 * 3600, LONGEST)]
)
def test_how_long_it_is_kept(until: int, ttl: int) -> None:
    assert notice("t", Spoken("x", "x"), letter(until=until), "khach", NOW).ttl == ttl


def test_broadcasts_are_not_urgent() -> None:
    assert notice("t", Spoken("x", "x"), letter("broadcast"), "khach", NOW).urgency == "normal"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Gọi 0912 345 678 nhé", "Gọi … nhé"),
        ("Gọi +84912345678.", "Gọi …."),
        ("số 0912.345.678, gấp", "số …, gấp"),
        ("tài khoản 19031234567", "tài khoản …"),
        ("mở https://cho.example.vn/s/AbC_1 nhé", "mở … nhé"),
        ("9 kg = 1.084.000đ, 20:00 thứ Bảy 14/11", "9 kg = 1.084.000đ, 20:00 thứ Bảy 14/11"),
        ("84.000.000đ", "84.000.000đ"),
        ("Đơn ZJ 4K2 P9Q J đã nhận", "Đơn ZJ 4K2 P9Q J đã nhận"),
    ],
)
def test_secrets_are_left_out(said: str, shown: str) -> None:
    assert first_words(said, whole=True) == shown


def test_of_an_order_the_first_line_only() -> None:
    said = "Đơn mới ZJ 4K2\nSùng Thị Mỷ, 12 Láng Hạ"
    assert first_words(said, whole=False) == "Đơn mới ZJ 4K2"


def test_a_long_text_is_cut() -> None:
    cut = first_words("ă" * 1000, whole=True)
    assert len(cut) == MOST_BODY
    assert cut.endswith("…")
