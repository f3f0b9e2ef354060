import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.product import MOST_BASE_UNITS
from bot.shop.says import Base
from bot.understand.quantities import Ask, Read, Refuse, read_amount

TABLE = Path(__file__).with_name("amounts.csv")
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def expected(row: dict[str, str]) -> Read | Ask | Refuse:
    if row["result"] == "read":
        return Read(int(row["base_units"]))
    if row["result"] == "ask":
        return Ask(tuple(map(int, row["base_units"].split())), row["why"])
    return Refuse(row["why"])


@pytest.mark.parametrize("row", ROWS, ids=[f"{r['text']}/{r['base']}/{r['bare']}" for r in ROWS])
def test_amount(row: dict[str, str]) -> None:
    assert read_amount(row["text"], row["base"], bare=int(row["bare"])) == expected(row)


def test_the_table_is_long_and_has_no_row_twice() -> None:
    keys = [(row["text"], row["base"], row["bare"]) for row in ROWS]
    assert len(keys) >= 120
    assert len(set(keys)) == len(keys)


BASES = st.sampled_from(["g", "ml", "piece"])


@given(st.text("0123456789.,-/½ kgcânrưỡihalmyếtnửa %x~đ", max_size=25), BASES)
def test_whatever_is_typed_the_answer_is_whole_and_in_bounds(text: str, base: Base) -> None:
    found = read_amount(text, base, bare=1000)
    amounts = {Read: lambda f: [f.amount], Ask: lambda f: f.candidates, Refuse: lambda f: []}
    for amount in amounts[type(found)](found):
        assert type(amount) is int
        assert 0 < amount <= MOST_BASE_UNITS


@given(st.text(max_size=300), BASES)
def test_any_text_has_an_answer(text: str, base: Base) -> None:
    assert isinstance(read_amount(text, base, bare=1), Read | Ask | Refuse)


@given(st.integers(1, 9999))
def test_grams_and_kilos_agree(grams: int) -> None:
    kilos = f"{grams // 1000},{grams % 1000:03d}".rstrip("0").rstrip(",")
    found = read_amount(f"{kilos} kg", "g", bare=1000)
    assert read_amount(f"{grams}g", "g", bare=1000) == Read(grams)
    assert found == Read(grams) or (isinstance(found, Ask) and grams in found.candidates)


def test_a_long_text_is_no_amount() -> None:
    assert read_amount("2 kg " * 1000, "g", bare=1000) == Refuse("no-number")
