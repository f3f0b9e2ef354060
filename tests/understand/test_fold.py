import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.fold import fold, has_marks, tidy

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằếộửỹ ÀĐƠ12.,", max_size=30)


@pytest.mark.parametrize(
    ("typed", "tidied", "folded"),
    [
        ("  Sâm   Đất\n", "sâm đất", "sam dat"),
        (unicodedata.normalize("NFD", "Sâm Đất"), "sâm đất", "sam dat"),
        ("xóa", "xoá", "xoa"),
        ("xoá", "xoá", "xoa"),
        ("HỦY", "huỷ", "huy"),
        ("hoàng", "hoàng", "hoang"),
        ("của quý", "của quý", "cua quy"),
        ("loè", "loè", "loe"),
        ("１２３", "123", "123"),
        ("2️⃣", "2", "2"),
        ("1½", "1 1⁄2", "1 1⁄2"),
        ("㎏", "kg", "kg"),
        ("na\u200bdai\ufeff", "nadai", "nadai"),
        ("a\u00a0b", "a b", "a b"),
        ("", "", ""),
        ("🐖", "🐖", "🐖"),
    ],
)
def test_both_views(typed: str, tidied: str, folded: str) -> None:
    assert tidy(typed) == tidied
    assert fold(typed) == folded


def test_marks() -> None:
    assert has_marks("sâm dat")
    assert has_marks("do đo")
    assert not has_marks("sam dat ½ 2️⃣ 🐖")


@given(VIETNAMESE)
def test_vietnamese_folds_to_ascii(text: str) -> None:
    assert fold(text).isascii()


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(max_size=30))
def test_fold_does_not_care_how_letters_are_composed(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_a_very_long_text_is_folded_too() -> None:
    assert fold("Đất " * 5000) == ("dat " * 5000).strip()
