"""Numbers in words, against readings made in another way: by reading the words back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.says import Amount
from bot.words.book import load_books
from bot.words.numerals import (
    MOST,
    TooLarge,
    spoken_amount,
    spoken_date,
    spoken_digits,
    spoken_money,
    spoken_number,
    spoken_time,
)

LOCALES = Path(__file__).parents[2] / "locales"
BOOKS = load_books(LOCALES)
WRITTEN = {"vi": "vi", "hmn": "hmn@rpa"}

ONES = {
    "vi": ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"],
    "hmn": ["không", "ib", "ob", "peb", "plaub", "tsib", "rau", "xya", "yim", "cuaj"],
}
SCALES = {"nghìn": 1000, "txhiab": 1000, "triệu": 10**6, "tỷ": 10**9}
UNLIKE = {"mốt": 1, "tư": 4, "lăm": 5}


def text(ids: tuple[str, ...], sound: str) -> str:
    return " ".join(BOOKS.own[WRITTEN[sound]][id].text for id in ids)


def said(n: int, sound: str = "vi") -> str:
    return text(spoken_number(n, sound), sound)


def read_vietnamese(words: list[str]) -> int:
    """What somebody understands who hears this, word by word."""
    whole, group, ones = 0, 0, 0
    for word in words:
        if word in SCALES:
            whole, group, ones = whole + (group + ones) * SCALES[word], 0, 0
        elif word == "trăm":
            group, ones = ones * 100, 0
        elif word == "mươi":
            group, ones = group + ones * 10, 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            ones = UNLIKE.get(word, ONES["vi"].index(word) if word in ONES["vi"] else 0)
    return whole + group + ones


def read_mong(words: list[str]) -> int:
    whole, group, ones = 0, 0, 0
    for word in words:
        if word in SCALES:
            whole, group, ones = whole + (group + ones) * SCALES[word], 0, 0
        elif word in ("puas", "pua"):
            group, ones = ones * 100, 0
        elif word in ("kaum", "nkaum", "caug", "caum"):
            tens = {"kaum": 1, "nkaum": 2}.get(word, ones)
            group, ones = group + tens * 10, 0
        elif word != "nees":
            ones = ONES["hmn"].index(word)
    return whole + group + ones


@given(st.integers(0, MOST - 1) | st.integers(0, 2000) | st.integers(0, 10**7))
def test_whoever_hears_it_understands_the_number(n: int) -> None:
    assert read_vietnamese(said(n).split()) == n
    assert read_mong(said(n, "hmn").split()) == n


@given(st.integers(0, MOST - 1))
def test_vietnamese_says_it_as_people_do(n: int) -> None:
    words = f" {said(n)} "
    for wrong in (" mươi một ", " mươi bốn ", " mươi năm ", " mười năm ", " mười mốt "):
        assert wrong not in words
    for wrong in (" mười tư ", " linh mươi ", " linh mười ", " linh lăm ", " mươi không "):
        assert wrong not in words
    assert " mươi mươi " not in words
    assert words.count(" linh ") <= words.count(" trăm ")


@pytest.mark.parametrize(
    ("n", "vi", "hmn"),
    [
        (0, "không", "không"),
        (10, "mười", "kaum"),
        (11, "mười một", "kaum ib"),
        (14, "mười bốn", "kaum plaub"),
        (15, "mười lăm", "kaum tsib"),
        (20, "hai mươi", "nees nkaum"),
        (21, "hai mươi mốt", "nees nkaum ib"),
        (24, "hai mươi tư", "nees nkaum plaub"),
        (25, "hai mươi lăm", "nees nkaum tsib"),
        (30, "ba mươi", "peb caug"),
        (66, "sáu mươi sáu", "rau caum rau"),
        (100, "một trăm", "ib puas"),
        (105, "một trăm linh năm", "ib puas tsib"),
        (110, "một trăm mười", "ib puas kaum"),
        (85_000, "tám mươi lăm nghìn", "yim caum tsib txhiab"),
        (1_005, "một nghìn không trăm linh năm", "ib txhiab tsib"),
        (1_015_000, "một triệu không trăm mười lăm nghìn", "ib triệu kaum tsib txhiab"),
        (2_000_000, "hai triệu", "ob triệu"),
        (2_000_300, "hai triệu ba trăm", "ob triệu peb puas"),
    ],
)
def test_a_few_by_hand(n: int, vi: str, hmn: str) -> None:
    assert (said(n), said(n, "hmn")) == (vi, hmn)


def test_what_is_not_said() -> None:
    for n in (-1, MOST):
        with pytest.raises(TooLarge):
            spoken_number(n, "vi")
    with pytest.raises(KeyError):
        spoken_digits("Đ1")


@pytest.mark.parametrize(
    ("n", "base", "vi"),
    [
        (5_000, "g", "năm cân"),
        (1_500, "g", "một cân rưỡi"),
        (500, "g", "năm lạng"),
        (300, "g", "ba lạng"),
        (250, "g", "hai lạng rưỡi"),
        (1_200, "g", "một cân hai lạng"),
        (1_250, "g", "một cân hai lạng rưỡi"),
        (50, "g", "năm mươi gam"),
        (1_075, "g", "một cân bảy mươi lăm gam"),
        (0, "g", "không gam"),
        (1_000, "ml", "một lít"),
        (1_500, "ml", "một lít rưỡi"),
        (250, "ml", "hai trăm năm mươi mi-li-lít"),
        (3, "piece", "ba con"),
    ],
)
def test_amounts_as_they_are_said_at_the_market(n: int, base: str, vi: str) -> None:
    unit = ("unit-con",) if base == "piece" else ()
    assert text(spoken_amount(Amount(n, base), unit, "vi"), "vi") == vi  # type: ignore[arg-type]


GRAMS = {"cân": 1000, "lạng": 100, "gam": 1}


@given(st.integers(0, 10_000_000))
def test_no_gram_is_lost(n: int) -> None:
    total, number = 0, list[str]()
    last = 0
    for word in text(spoken_amount(Amount(n, "g"), (), "vi"), "vi").split():
        if word in GRAMS:
            last = GRAMS[word]
            total, number = total + read_vietnamese(number) * last, []
        elif word == "rưỡi":
            total += last // 2
        else:
            number.append(word)
    assert (total, number) == (n, [])


def test_money_hours_days_and_codes() -> None:
    assert text(spoken_money(40_000, "vi"), "vi") == "bốn mươi nghìn đồng"
    assert text(spoken_money(40_000, "hmn"), "hmn") == "plaub caug txhiab daim"
    assert text(spoken_time(20, 0, "vi"), "vi") == "hai mươi giờ"
    assert text(spoken_time(6, 5, "vi"), "vi") == "sáu giờ năm phút"
    assert text(spoken_date(14, 4, "vi"), "vi") == "ngày mười bốn tháng tư"
    assert text(spoken_digits("091 2"), "vi") == "không chín một hai"
    assert text(spoken_digits("zJ4"), "vi") == "dét gi bốn"
