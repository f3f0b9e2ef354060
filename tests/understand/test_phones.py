import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understand.phones import OLD_PREFIXES, NoPhone, Phone, read_phone


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "+84 912.345.678",
        "+84912345678",
        "84912345678",
        "0084 912 345 678",
        "+84 (0) 912 345 678",
        "912345678",
        "091-234-5678",
        "(091) 234 5678",
        "０９１２３４５６７８",
        "số của em 0912 345 678 nhé",
        "giá 120000, gọi 0912345678",
        "0912 345 678 - 0987 654 321",
        "ĐT:0912345678.",
    ],
)
def test_a_mobile_number_however_it_is_typed(typed: str) -> None:
    assert read_phone(typed) == Phone("0912345678")


@pytest.mark.parametrize(("old", "new"), OLD_PREFIXES.items())
def test_old_numbers_are_converted_and_reported(old: str, new: str) -> None:
    assert read_phone(f"{old}1234567") == Phone(f"{new}1234567", converted_from=f"{old}1234567")


def test_there_are_twenty_one_old_prefixes() -> None:
    assert len(OLD_PREFIXES) == 21
    assert read_phone("+84 162 123 4567") == Phone("0321234567", converted_from="01621234567")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("0912", "too-short"),
        ("091234567", "too-short"),
        ("12", "too-short"),
        ("0213 3876 543", "landline"),
        ("024 3825 4567", "landline"),
        ("19001234", "service-number"),
        ("1900 12 34", "service-number"),
        ("1800 1234", "service-number"),
        ("091234567890", "not-a-phone"),
        ("0111111111", "not-a-phone"),
        ("0412345678", "not-a-phone"),
        ("abc", "not-a-phone"),
        ("", "not-a-phone"),
        ("😀", "not-a-phone"),
    ],
)
def test_why_not(typed: str, why: str) -> None:
    assert read_phone(typed) == NoPhone(why)


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    found = read_phone(text)
    if isinstance(found, Phone):
        assert len(found.number) == 10
        assert found.number.startswith("0")


def test_a_very_long_text_has_an_answer() -> None:
    assert read_phone("1 " * 2500) == NoPhone("not-a-phone")
