from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.says import Amount, Code, Field, Many, Moment, Money, Months, Rate, Word
from bot.words.formats import MissingWords, formatted, money, thousandths
from tests.words.books import VI


def text(id: str, holes: dict[str, str]) -> str:
    if id not in VI:
        raise MissingWords(id)
    return VI[id].format(**holes)


def hanoi(*when: int) -> int:
    return int(datetime(*when, tzinfo=timezone(timedelta(hours=7))).timestamp())


VALUES: list[tuple[Field, str]] = [
    ("sâm đất {x} 100%", "sâm đất {x} 100%"),
    (12, "12"),
    (Money(0), "0đ"),
    (Money(120_000), "120.000đ"),
    (Money(1_234_567), "1.234.567đ"),
    (Amount(300, "g"), "300 g"),
    (Amount(999, "g"), "999 g"),
    (Amount(1000, "g"), "1 kg"),
    (Amount(1500, "g"), "1,5 kg"),
    (Amount(2250, "g"), "2,25 kg"),
    (Amount(1234, "g"), "1,234 kg"),
    (Amount(1_200_000, "g"), "1.200 kg"),
    (Amount(0, "g"), "0 g"),
    (Amount(500, "ml"), "500 ml"),
    (Amount(1000, "ml"), "1 lít"),
    (Amount(1500, "ml"), "1,5 lít"),
    (Amount(3, "piece", "con"), "3 con"),
    (Amount(3, "piece", "hộp"), "3 hộp"),
    (Amount(3, "piece"), "3"),
    (Rate(40_000, Amount(1000, "g")), "40.000đ/kg"),
    (Rate(30_000, Amount(100, "g")), "30.000đ/100 g"),
    (Rate(120_000, Amount(3000, "g")), "120.000đ/3 kg"),
    (Rate(200_000, Amount(1000, "ml")), "200.000đ/lít"),
    (Rate(390_000, Amount(1, "piece", "con")), "390.000đ/con"),
    (Rate(85_000, Amount(6, "piece", "hộp")), "85.000đ/6 hộp"),
    (Rate(85_000, Amount(1, "piece")), "85.000đ"),
    (Moment(hanoi(2026, 11, 14, 20)), "20:00 thứ Bảy 14/11"),
    (Moment(hanoi(2026, 11, 15, 0, 5)), "00:05 Chủ nhật 15/11"),
    (Moment(hanoi(2026, 2, 2, 9, 30)), "09:30 thứ Hai 2/2"),
    (Months((8, 9, 10, 11)), "tháng 8–11"),
    (Months((7, 8, 9), lunar=True), "tháng 7–9 âm lịch"),
    (Months((10, 11, 12, 1, 2)), "tháng 10–2"),
    (Months((1, 2, 10, 11, 12)), "tháng 10–2"),
    (Months((4, 6)), "tháng 4, 6"),
    (Months((5, 6)), "tháng 5, 6"),
    (Months((3, 4, 5, 9)), "tháng 3–5, 9"),
    (Months((8,)), "tháng 8"),
    (Months(tuple(range(1, 13))), "quanh năm"),
    (Code("ZJ4K2P9QJ"), "ZJ 4K2 P9Q J"),
    (Code("ZJ4"), "ZJ 4"),
    (Word("unit-con"), "con"),
    (Many(("na", Money(5000), Amount(2, "piece", "con"))), "na, 5.000đ, 2 con"),
    (Many(()), ""),
]


@pytest.mark.parametrize(("value", "shown"), VALUES, ids=[shown for _, shown in VALUES])
def test_value(value: Field, shown: str) -> None:
    assert formatted(value, text) == shown


def test_no_value_is_written_with_a_no_break_space() -> None:
    assert not any("\u00a0" in formatted(value, text) for value, _ in VALUES)


def test_an_unknown_word_is_missing() -> None:
    with pytest.raises(MissingWords, match="state-lost"):
        formatted(Word("state-lost"), text)


@given(st.integers(min_value=0, max_value=10**12))
def test_money_keeps_every_digit(vnd: int) -> None:
    assert int(money(vnd).rstrip("đ").replace(".", "")) == vnd


@given(st.integers(min_value=0, max_value=10**9))
def test_thousandths_keep_every_gram(n: int) -> None:
    whole, _, rest = thousandths(n).partition(",")
    assert int(whole.replace(".", "")) * 1000 + int(rest.ljust(3, "0") or 0) == n
