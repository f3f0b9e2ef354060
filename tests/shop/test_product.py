"""Which packs make an amount, and what that costs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.problems import AmountNotSold, AmountTooLarge, AmountTooSmall
from bot.shop.product import Loose, Offer, Pick, Prices, amount_of, picks_for, price_of
from tests.usecases.market import PRODUCTS

YACON = replace(
    PRODUCTS["a"],
    offers=(
        Offer("3kg", "3 kg", 3000, 120_000),
        Offer("5kg", "5 kg", 5000, 195_000),
        Offer("10kg", "10 kg", 10_000, 370_000),
    ),
    loose=Loose(500, 1000, 1000, 40_000),
)
PRICES = Prices({"3kg": 120_000, "5kg": 195_000, "10kg": 370_000, "": 40_000})
JELLY = replace(
    PRODUCTS["a"], base="piece", unit="hộp", loose=None,
    offers=(Offer("1", "1 hộp", 1, 15_000), Offer("6", "6 hộp", 6, 85_000)),
)  # fmt: skip
JELLY_PRICES = Prices({"1": 15_000, "6": 85_000})
HONEY = replace(JELLY, base="ml", offers=(Offer("500ml", "500 ml", 500, 200_000),))


@pytest.mark.parametrize(
    ("amount", "vnd"),
    [
        (2_000, 80_000), (1_500, 60_000), (3_000, 120_000), (5_000, 195_000),
        (8_000, 315_000), (20_000, 740_000), (15_500, 590_000),
    ],
)  # fmt: skip
def test_the_cheapest_way(amount: int, vnd: int) -> None:
    picks = picks_for(YACON, PRICES, amount)
    assert sum(amount_of(YACON, p) for p in picks) == amount
    assert sum(price_of(YACON, PRICES, p) for p in picks) == vnd


@pytest.mark.parametrize(
    ("amount", "vnd"), [(1, 15_000), (6, 85_000), (7, 100_000), (13, 185_000)]
)
def test_packs_only(amount: int, vnd: int) -> None:
    picks = picks_for(JELLY, JELLY_PRICES, amount)
    assert sum(price_of(JELLY, JELLY_PRICES, p) for p in picks) == vnd


def test_what_no_pack_makes_says_the_nearest() -> None:
    with pytest.raises(AmountNotSold) as refused:
        picks_for(HONEY, Prices({"500ml": 200_000}), 1_200)
    assert refused.value.fields["near"] == HONEY.amount(1_000)


def test_too_little_and_too_much() -> None:
    with pytest.raises(AmountTooSmall):
        picks_for(YACON, PRICES, 500)
    with pytest.raises(AmountTooLarge):
        picks_for(YACON, PRICES, 10_000_001)


@given(st.integers(2, 2_000).map(lambda n: n * 500))
def test_never_dearer_than_loose_and_always_exact(amount: int) -> None:
    picks = picks_for(YACON, PRICES, amount)
    assert sum(amount_of(YACON, p) for p in picks) == amount
    loose = price_of(YACON, PRICES, Pick("", amount))
    assert sum(price_of(YACON, PRICES, p) for p in picks) <= loose


def test_loose_prices_round_half_up() -> None:
    odd = replace(YACON, loose=Loose(1, 1, 3, 1))
    assert price_of(odd, Prices({"": 1}), Pick("", 1)) == 0
    assert price_of(odd, Prices({"": 1}), Pick("", 2)) == 1
