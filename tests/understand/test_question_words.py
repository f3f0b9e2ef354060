"""Which of the shop's facts a question is after."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.question_words import PHRASES, asks_for


@pytest.mark.parametrize(
    ("question", "after"),
    [
        ("bảo quản thế nào", {"keeping"}),
        ("bao quan the nao", {"keeping"}),
        ("để được bao lâu vậy shop", {"keeping"}),
        ("nấu món gì ngon", {"cooking"}),
        ("pha kiểu gì", {"cooking"}),
        ("ăn được mấy ngày", {"cooking", "keeping"}),
        ("có phun thuốc không", {"clean"}),
        ("co giay to ko", {"clean"}),
        ("vietgap không", {"clean"}),
        ("Tiền đã TỚI CHƯA?", {"arrived"}),
        ("e ck rồi nhé", {"arrived"}),
        ("chuyển khoản được không", set()),
        ("khô không em", set()),
        ("bao nhiêu một cân", set()),
        ("", set()),
    ],
)
def test_what_a_question_is_after(question: str, after: set[str]) -> None:
    assert asks_for(question) == after


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    assert asks_for(text) <= set(PHRASES)
