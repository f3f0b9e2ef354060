"""Every letter of Vietnamese and of Mông in RPA is in the font; lines are filled, never cut."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.letters import NOWHERE, Type, has_letter, readable, wrapped

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = {
    unicodedata.normalize("NFC", case(vowel) + tone)
    for vowel in VOWELS
    for tone in TONES
    for case in (str.lower, str.upper)
} | set("đĐ₫")
MONG = set(string.ascii_letters)
SIGNS = set(string.digits + string.punctuation + "–—…·•×½¼¾²°“”‘’«»\u00a0\u202f")


def test_every_letter_has_its_glyph() -> None:
    assert len(VIETNAMESE) == 12 * 6 * 2 + 3
    assert {x for x in VIETNAMESE | MONG | SIGNS if not has_letter(x)} == set()
    assert not has_letter(NOWHERE)
    assert not has_letter("苗")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Tie\u0302\u0300n ba\u0301n", "Tiền bán"),
        ("Na 🍑 Chi Lăng ✓", "Na Chi Lăng"),
        ("80kg → 75kg", "80kg › 75kg"),
        ("chị\tMỷ\r \u200b", "chị Mỷ"),
        ("1\u202f260\u202f000₫", "1\u202f260\u202f000₫"),
        ("苗 Mỷ", "苗 Mỷ"),
        ("", ""),
    ],
)
def test_what_the_font_lacks(text: str, seen: str) -> None:
    """Signs are left out, letters stay as a box that asks to be read up."""
    assert readable(text) == seen


WORDS = st.text(alphabet="aăắộ Đg🍑\n₫W.\u00a0", max_size=120)


@given(text=WORDS, width=st.integers(60, 400), bold=st.booleans())
def test_lines_are_narrow_enough_and_nothing_is_lost(text: str, width: int, bold: bool) -> None:
    type = Type(24, bold)
    lines = wrapped(text, type, width)
    assert all(type.width(line.text) <= width for line in lines)
    kept = "".join(readable(part) for part in text.split("\n")).replace(" ", "")
    assert "".join(line.text for line in lines).replace(" ", "") == kept
