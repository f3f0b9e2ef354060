"""What goods cost by price steps: never more for having one, and fair along the amounts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.shop.product import (
    STEP,
    Loose,
    Offer,
    Pick,
    Prices,
    amount_of,
    gone_product,
    picks_for,
    price_of,
    price_steps,
)

NA = replace(
    gone_product("na"),
    base="g",
    unit="kg",
    offers=(Offer("3kg", "3 kg", 3000, 180_000), Offer("5kg", "5 kg", 5000, 290_000)),
    loose=Loose(500, 1000, 1000, 60_000),
)
USUAL = {"": 60_000, "3kg": 180_000, "5kg": 290_000}
STEPPED = Prices(USUAL | {f"{STEP}10000": 55_000})

steps = st.dictionaries(
    st.integers(1, 100).map(lambda kilos: f"{STEP}{kilos * 1000}"),
    st.integers(1000, 59_999),
    max_size=4,
)
amounts = st.integers(2, 400).map(lambda halves: halves * 500)


def total(prices: Prices, amount: int) -> int:
    return sum(price_of(NA, prices, pick) for pick in picks_for(NA, prices, amount))


def test_ten_kilos_cost_the_step_and_nine_and_a_half_the_usual_price() -> None:
    assert price_of(NA, STEPPED, Pick("", 10_000)) == 550_000
    assert price_of(NA, STEPPED, Pick("", 9_500)) == 570_000
    assert price_of(NA, STEPPED, Pick("5kg", 2)) == 550_000
    assert price_of(NA, STEPPED, Pick("5kg", 1)) == 290_000


def test_a_step_of_nothing_is_no_step() -> None:
    assert price_steps(Prices(USUAL | {f"{STEP}10000": 0})) == ()


def test_a_step_above_the_usual_price_is_never_taken() -> None:
    dear = Prices(USUAL | {f"{STEP}10000": 90_000})
    assert total(dear, 10_000) == total(Prices(USUAL), 10_000)


@given(steps, amounts)
def test_nothing_is_dearer_for_having_steps(found: dict[str, int], amount: int) -> None:
    assert total(Prices(USUAL | found), amount) <= total(Prices(USUAL), amount)


@given(steps, amounts)
def test_the_picks_make_the_amount_that_was_asked_for(found: dict[str, int], amount: int) -> None:
    picks = picks_for(NA, Prices(USUAL | found), amount)
    assert sum(amount_of(NA, pick) for pick in picks) == amount


@given(steps, amounts, amounts)
def test_more_by_weight_never_costs_more_per_kilo(
    found: dict[str, int], one: int, other: int
) -> None:
    less, more = sorted((one, other))
    prices = Prices(USUAL | found)
    each = [Fraction(price_of(NA, prices, Pick("", n)), n) for n in (less, more)]
    assert each[1] <= each[0] + Fraction(1, less)


@given(steps, amounts, amounts)
def test_within_one_step_more_never_costs_less(
    found: dict[str, int], one: int, other: int
) -> None:
    less, more = sorted((one, other))
    prices = Prices(USUAL | found)
    reached = {sum(n <= amount for n, _ in price_steps(prices)) for amount in (less, more)}
    if len(reached) == 1:
        assert price_of(NA, prices, Pick("", less)) <= price_of(NA, prices, Pick("", more))
