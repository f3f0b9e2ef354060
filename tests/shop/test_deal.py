"""Prices for one customer: what is usual, what is odd, until when, and the table of moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import product as pairs
from typing import get_args

import pytest

from bot.shop.cart import CartLine, Terms, added, amount_in, priced
from bot.shop.deal import (
    DEAL_MOVES,
    WISH_SECONDS,
    Deal,
    DealState,
    DealVerb,
    deadline,
    deadlines,
    deal_of_offer,
    is_odd,
    lapses,
    moved,
    rate_of,
    steps,
    total_vnd,
    usual_vnd,
)
from bot.shop.hours import VIETNAM
from bot.shop.problems import DealLate, DealOver, DealSpent, Problem
from bot.shop.product import Loose, Offer, Pick, Prices, Product
from bot.shop.says import Amount, Rate

DEAL = Deal("d1", "p", "s", "root", 20_000, "", "bớt đi", 0, "th", 700_000, 1_000)


def _product(offers: tuple[Offer, ...], loose: Loose | None, base: str = "g") -> Product:
    return Product(
        id="root", name={"vi": "củ"}, seller="s", household="", origin="", category="c",
        base=base, unit="kg", offers=offers, loose=loose, opening_stock=0,  # type: ignore[arg-type]
        season=None, shelf_life_days=9, shipping_class="dry", packed_milligrams=1000,
    )  # fmt: skip


def _prices(product: Product) -> Prices:
    loose = {"": product.loose.price_vnd} if product.loose else {}
    return Prices({o.id: o.price_vnd for o in product.offers} | loose)


PACKS = (Offer("3kg", "", 3_000, 120_000), Offer("10kg", "", 10_000, 370_000))
ROOT = _product(PACKS, Loose(500, 1_000, 1_000, 40_000))
ONLY_PACKS = _product((Offer("500g", "", 500, 175_000),), None)
EGGS = _product((Offer("10", "", 10, 50_000), Offer("30", "", 30, 135_000)), None, "piece")


def test_steps_are_said_only_where_more_costs_less() -> None:
    assert steps(ROOT, _prices(ROOT)) == (Pick("3kg", 1), Pick("10kg", 1))
    assert steps(EGGS, _prices(EGGS)) == (Pick("10", 1), Pick("30", 1))
    assert steps(ONLY_PACKS, _prices(ONLY_PACKS)) == ()
    flat = replace(ROOT, offers=(replace(PACKS[1], price_vnd=400_000),))
    assert steps(flat, _prices(flat)) == ()


@pytest.mark.parametrize(
    ("product", "amount", "vnd"),
    [
        (ROOT, 3_000, 120_000),
        (ROOT, 10_000, 370_000),
        (ROOT, 13_000, 490_000),
        (ROOT, 200_000, 7_400_000),
        (ROOT, 10_250, 379_250),  # no packs make it: at the best rate it reaches
        (ROOT, 500, 20_000),
        (ROOT, 20_000_000, 740_000_000),
        (ONLY_PACKS, 1_000, 350_000),
        (ONLY_PACKS, 200, 70_000),
        (EGGS, 40, 185_000),
        (EGGS, 35, 157_500),
    ],
)
def test_what_an_amount_usually_costs(product: Product, amount: int, vnd: int) -> None:
    assert usual_vnd(product, _prices(product), amount) == vnd


@pytest.mark.parametrize(
    ("vnd", "odd"),
    [(300, True), (301, False), (1_000, False), (2_999, False), (3_000, True), (1, True)],
)
def test_a_price_far_from_the_usual_is_odd(vnd: int, odd: bool) -> None:
    assert is_odd(vnd, 1_000) is odd


def test_money_per_unit() -> None:
    assert total_vnd(55_000, 1_000, 20_000) == 1_100_000
    assert total_vnd(1_001, 3, 2) == 667
    assert rate_of(ROOT, 20_000, 700_000) == Rate(35_000, Amount(1_000, "g"))
    assert rate_of(ONLY_PACKS, 500, 150_000) == Rate(30_000, Amount(100, "g"))
    assert rate_of(EGGS, 30, 120_000) == Rate(4_000, Amount(1, "piece", "kg"))


@pytest.mark.parametrize(("state", "verb"), list(pairs(get_args(DealState), get_args(DealVerb))))
def test_every_move_is_allowed_or_refused(state: DealState, verb: DealVerb) -> None:
    deal = replace(DEAL, state=state)
    if (state, verb) in DEAL_MOVES:
        assert moved(deal, verb, 999).state == DEAL_MOVES[state, verb]
    else:
        with pytest.raises(Problem):
            moved(deal, verb, 999)


def test_why_a_deal_cannot_be_used() -> None:
    taken = replace(DEAL, state="taken")
    assert moved(taken, "use", 1_000).state == "used"
    for deal, problem in (
        (replace(DEAL, state="used"), DealSpent),
        (replace(DEAL, state="lapsed"), DealLate),
        (replace(DEAL, state="lapsed", until=0), DealOver),
        (replace(DEAL, state="declined"), DealOver),
        (DEAL, DealOver),
    ):
        with pytest.raises(problem):
            moved(deal, "use", 999)
    with pytest.raises(DealLate):
        moved(taken, "use", 1_001)


def test_what_lapses() -> None:
    wished = replace(DEAL, state="wished", at=0, until=0)
    assert not lapses(wished, WISH_SECONDS - 1)
    assert lapses(wished, WISH_SECONDS)
    assert not lapses(replace(DEAL, state="taken"), 1_000)
    assert lapses(replace(DEAL, state="offered"), 1_001)
    assert not lapses(replace(DEAL, state="used"), 10**9)


def _at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=VIETNAM).timestamp())


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-11-22T09:00", (0, 1, 3)),
        ("2026-11-22T21:00", (0, 1, 3)),
        ("2026-11-22T21:01", (1, 3)),
        ("2026-11-22T23:30", (1, 3)),
    ],
)
def test_deadlines_that_are_worth_offering(now: str, days: tuple[int, ...]) -> None:
    assert deadlines(_at(now)) == days
    assert deadline(_at(now), 3) == _at("2026-11-25T22:00")


def test_a_private_pack_in_the_cart() -> None:
    line = CartLine("root", DEAL.offer, 1, Terms(20_000, 700_000, 1_000))
    cart = added(added([CartLine("root", "3kg", 1)], [line]), [line])
    assert cart == [CartLine("root", "3kg", 1), line]
    assert amount_in(cart, ROOT) == 23_000
    as_ordered = priced(ROOT, _prices(ROOT), line)
    assert (as_ordered.offer, as_ordered.n, as_ordered.amount, as_ordered.vnd) == (
        "deal-d1", 1, 20_000, 700_000,
    )  # fmt: skip
    assert deal_of_offer(as_ordered.offer) == "d1"
    assert deal_of_offer("3kg") == ""
