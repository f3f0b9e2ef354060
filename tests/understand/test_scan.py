"""Every rule of quantities and money is a row of messages.csv.

text: product names and live codes stand in [brackets]. slot: `price` if a price was just asked.
quantities, money: pieces in order with `; ` between, readings of one with ` | `. `2000g`, `500ml`,
`3 con`, `10` (pieces without a word), `*3` (a bare count of the product's own unit), `65000`,
`65000/1000g`; `?` behind what must be asked, alone if there is no reading. why: the reasons, in
the order of the text. others: kinds of the numbers that are neither.
"""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.product import MOST_BASE_UNITS
from bot.understand.fold import fold, tidy
from bot.understand.money_pieces import MOST_VND
from bot.understand.pieces import Measure, Money, Other, Piece, Price, Quantity
from bot.understand.scan import scan

TABLE = Path(__file__).with_name("messages.csv")
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def measure(one: Measure) -> str:
    return f"{one.n} {one.word}".strip() if one.base == "piece" else f"{one.n}{one.base}"


def price(one: Price) -> str:
    return f"{one.vnd}/{measure(one.per)}" if one.per else str(one.vnd)


def noted(piece: Quantity | Money) -> str:
    if isinstance(piece, Money):
        readings = [price(one) for one in piece.readings]
    else:
        readings = ["*" * piece.bare + measure(one) for one in piece.readings]
        readings = readings or ["*" * piece.bare]
    return " | ".join(readings) + "?" * bool(piece.why)


def spelled_out(pieces: list[Piece]) -> dict[str, str]:
    asked = [one.why for one in pieces if not isinstance(one, Other) and one.why]
    return {
        "quantities": "; ".join(noted(one) for one in pieces if isinstance(one, Quantity)),
        "money": "; ".join(noted(one) for one in pieces if isinstance(one, Money)),
        "others": " ".join(one.kind for one in pieces if isinstance(one, Other)),
        "why": " ".join(asked),
    }


def bracketed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Tidied text without brackets, and where they stood."""
    plain, taken = "", []
    for part in re.split(r"(\[[^\]]*\])", tidy(text)):
        name = part.startswith("[")
        start, plain = len(plain), plain + (part[1:-1] if name else part)
        if name:
            taken.append((start, len(plain)))
    return plain, taken


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['text']}/{row['slot']}" for row in ROWS])
def test_message(row: dict[str, str]) -> None:
    plain, taken = bracketed(row["text"])
    found = spelled_out(scan(plain, taken, money_slot=row["slot"] == "price"))
    assert found == {key: row[key] for key in found}


def test_the_table_is_long_and_has_no_row_twice() -> None:
    keys = [(row["text"], row["slot"]) for row in ROWS]
    assert len(keys) >= 400
    assert len(set(keys)) == len(keys)


_TYPED = (
    "2 3 10 80 2026 65k 1tr2 1 kg cân ký lạng nửa rưỡi một hai ba trăm nghìn triệu tr k đ / - x × "
    ", . ? + vài mấy khoảng chục tá đôi con hộp củ lít ta can giá na bao nhiêu 1/2 ½ 1.500 85.000 "
    "20h ngày tháng số 0912345678 999999999999 1e5 % hơn đến mỗi tỷ còn âm 0 mươi linh tư : ٣ ፩"
)
WORDS = _TYPED.split()
MESSAGES = st.one_of(
    st.text(max_size=200),
    st.text("0123456789.,-/½ kgcânrưỡihalmyếtnửa %x~đtk", max_size=30),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " "])), max_size=9).map(
        lambda parts: "".join(word + gap for word, gap in parts)
    ),
)


def in_bounds(piece: Piece) -> bool:
    if isinstance(piece, Quantity):
        sizes = [one.n for one in piece.readings]
        return all(type(n) is int and 0 <= n <= MOST_BASE_UNITS for n in sizes)
    if isinstance(piece, Money):
        sums = [one.vnd for one in piece.readings]
        return all(type(n) is int and 0 < n <= MOST_VND for n in sums)
    return True


@given(MESSAGES, st.integers(0, 40), st.integers(0, 9), st.booleans())
def test_whatever_is_typed_pieces_are_in_bounds_and_apart(
    text: str, start: int, size: int, slot: bool
) -> None:
    plain = tidy(text)
    last = 0
    for piece in scan(plain, [(start, start + size)], money_slot=slot):
        assert last <= piece.start < piece.end <= len(plain)
        last = piece.end
        assert in_bounds(piece)
        if not isinstance(piece, Other) and len(piece.readings) != 1:
            assert piece.why


@given(MESSAGES)
def test_no_piece_reaches_into_a_product_name(text: str) -> None:
    plain = f"{tidy(text)} sâm đất {tidy(text)}"
    at = plain.index("sâm đất")
    for piece in scan(plain, [(at, at + 7)]):
        assert piece.end <= at or piece.start >= at + 7


@given(MESSAGES)
def test_folding_an_unaccented_message_changes_nothing(text: str) -> None:
    plain = fold(text)
    assert scan(plain) == scan(fold(plain))
    assert scan(plain) == scan(tidy(plain))


def test_zero_is_read_only_as_a_stock_level() -> None:
    assert scan("còn 0 kg") == [Quantity(4, 8, (Measure(0, "g"),))]
    assert scan("lấy 0 kg") == [Other(4, 8, "number")]


def test_a_very_long_message_is_read_to_its_end() -> None:
    found = scan("2 kg " * 1000 + "và 65k một cân")
    assert len(found) == 1001
    assert found[-1] == Money(5003, 5014, (Price(65000, Measure(1000, "g")),))


def test_endless_digits_are_no_number() -> None:
    assert {piece.__class__ for piece in scan("9" * 5000 + " kg " + "1," + "5" * 5000)} == {Other}
