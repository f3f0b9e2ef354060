"""Lots always add up, whatever is done to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.problems import SoldOut, StockBelowHeld
from bot.shop.stock import Lot, Take, free, hold, level, recount, sell, take_back
from tests.usecases.market import PRODUCTS

A = PRODUCTS["a"]
amounts = st.lists(st.integers(0, 20), min_size=1, max_size=5)


def _lots(brought: list[int]) -> tuple[Lot, ...]:
    return tuple(Lot(f"a:{i}", "a", "ho", i, n) for i, n in enumerate(brought))


@given(amounts, st.integers(1, 60))
def test_a_hold_takes_exactly_that_or_nothing(brought: list[int], wish: int) -> None:
    lots = _lots(brought)
    if wish > sum(brought):
        with pytest.raises(SoldOut):
            hold(A, lots, wish)
        return
    after, takes = hold(A, lots, wish)
    assert sum(t.amount for t in takes) == wish
    assert level(after).held == wish
    assert level(after).free == sum(brought) - wish
    assert free(after, takes) == tuple(sorted(lots, key=lambda x: x.at))


@given(amounts, st.integers(1, 20))
def test_oldest_first(brought: list[int], wish: int) -> None:
    if wish > sum(brought):
        return
    _, takes = hold(A, _lots(brought), wish)
    for take in takes[:-1]:
        assert take.amount == brought[int(take.lot[2:])]


def test_packing_moves_a_hold_to_the_oldest_free_lot() -> None:
    lots, first = hold(A, _lots([5, 5]), 5)
    lots, second = hold(A, lots, 3)
    lots = free(lots, first)
    lots, sold = sell(A, lots, second)
    assert sold == (Take("a", "a:0", 3, sold=True),)
    assert [x.free for x in lots] == [2, 5]


def test_what_comes_back_goes_to_its_lot_or_is_spoiled() -> None:
    lots, takes = hold(A, _lots([5]), 4)
    lots, sold = sell(A, lots, takes)
    assert take_back(lots, sold, spoiled=False)[0].free == 5
    spoiled = take_back(lots, sold, spoiled=True)[0]
    assert (spoiled.free, spoiled.spoiled, spoiled.sold) == (1, 4, 0)


@given(amounts, st.integers(0, 100), st.integers(0, 30))
def test_counting_makes_exactly_that_much_free(brought: list[int], left: int, held: int) -> None:
    lots = _lots(brought)
    if held and held <= sum(brought):
        lots, _ = hold(A, lots, held)
    after = recount(lots, left, Lot("a:new", "a", "own", 99, 0))
    assert level(after).free == left
    assert level(after).held == level(lots).held
    assert all(x.free >= 0 for x in after)


@pytest.mark.parametrize("left", [-1, 10_000_001])
def test_no_shelf_has_this_much(left: int) -> None:
    with pytest.raises(StockBelowHeld):
        recount(_lots([5]), left, Lot("n", "a", "own", 9, 0))
