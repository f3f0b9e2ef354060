"""Codes that survive being read aloud: every wrong character and every swap is noticed."""

from __future__ import annotations

import random

import pytest

from bot.shop.order_code import ALPHABET, PREFIX, is_code, new_code, read_code, with_check

DICE = random.Random(3)


def _draw(alphabet: str, count: int) -> str:
    return "".join(DICE.choices(alphabet, k=count))


CODES = [new_code(_draw) for _ in range(300)]


def test_no_confusable_letters() -> None:
    assert not set("01OILU") & set(ALPHABET)
    assert len(ALPHABET) == 30
    assert with_check("4K2P9Q") == "ZJ4K2P9QJ"


@pytest.mark.parametrize("code", CODES[:40])
def test_one_wrong_character_is_noticed(code: str) -> None:
    for i in range(len(PREFIX), len(code)):
        for letter in set(ALPHABET) - {code[i]}:
            assert not is_code(code[:i] + letter + code[i + 1 :])


def test_swapped_neighbours_are_noticed() -> None:
    for code in CODES:
        for i in range(len(PREFIX), len(code) - 1):
            swapped = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
            assert swapped == code or not is_code(swapped)


@pytest.mark.parametrize(
    "typed", ["ZJ4K2P9QJ", "zj4k2p9qj", "zj 4k2 p9q j", "đơn ZJ-4K2-P9Q-J ạ", "ZJ.4K2.P9Q.J 5678"]
)
def test_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "ZJ4K2P9QJ"


@pytest.mark.parametrize("typed", ["", "ZJ", "ZJ4K2P9QK", "alo", "4K2P9QJ", "ZJ4K2P9Q0"])
def test_what_is_no_code(typed: str) -> None:
    assert read_code(typed) == ""
