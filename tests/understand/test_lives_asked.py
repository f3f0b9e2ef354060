"""Customers' sentences about lives, by the table beside this file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.lives_asked import LiveAsked, live_asked

with Path(__file__).with_name("lives_asked.csv").open(encoding="utf-8", newline="") as file:
    ROWS = [(row["text"], row["asked"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("text", "asked"), ROWS)
def test_what_is_asked(text: str, asked: str) -> None:
    assert live_asked(text) == asked


@pytest.mark.parametrize("text", [t for t, asked in ROWS if asked])
def test_capitals_and_signs_change_nothing(text: str) -> None:
    assert live_asked(f"  {text.upper()} ạ 😊") == live_asked(text)


WORDS = ["live", "nhắc", "em", "khi", "thôi", "theo dõi", "chốt", "gì", "?", "A1", "\u200b", "nữa"]


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_anything_is_read(text: str) -> None:
    assert live_asked(text) in get_args(LiveAsked)
