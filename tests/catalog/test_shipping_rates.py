"""The sample rates: what goes how, where to, and that no fee is ever odd."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.shipping import ParcelLine, Quote, quotes
from bot.stores.catalogue import load_catalogue
from tests.catalog.folder import CATALOG

CATALOGUE, _ = load_catalogue(CATALOG)
SELLERS = sorted(CATALOGUE.sellers)
HANOI, HCM = 1, 79


def ask(seller: str, province: int, *parcel: ParcelLine) -> dict[str, Quote]:
    table = CATALOGUE.shipping_from(seller)
    return {quote.method: quote for quote in quotes(table, province, parcel, 200_000)}


@pytest.mark.parametrize("seller", SELLERS)
def test_zones_hold_each_of_the_34_provinces_once(seller: str) -> None:
    zones = CATALOGUE.shipping_from(seller).zones
    assert Counter(code for zone in zones for code in zone.provinces) == Counter(
        list(CATALOGUE.provinces)
    )


@pytest.mark.parametrize("product", CATALOGUE.products.values(), ids=lambda p: p.id)
def test_everything_reaches_hanoi_in_time(product) -> None:
    line = ParcelLine(1_200, product.shipping_class, product.shelf_life_days)
    found = ask(product.seller, HANOI, line)
    assert found
    assert all(quote.days[1] <= product.shelf_life_days for quote in found.values())


@pytest.mark.parametrize("seller", SELLERS)
@pytest.mark.parametrize("province", sorted(CATALOGUE.provinces))
def test_frozen_never_goes_by_post_and_eggs_only_by_coach(seller: str, province: int) -> None:
    assert "post" not in ask(seller, province, ParcelLine(1000, "frozen", 90))
    assert set(ask(seller, province, ParcelLine(700, "fragile", 21))) <= {"coach"}


@given(
    st.sampled_from(SELLERS),
    st.sampled_from(sorted(CATALOGUE.provinces)),
    st.lists(st.integers(1, 30_000), min_size=2, max_size=2).map(sorted),
)
def test_no_fee_falls_as_weight_grows(seller: str, province: int, grams: list[int]) -> None:
    little, much = (ask(seller, province, ParcelLine(g, "dry", 365)) for g in grams)
    assert all(little[method].fee_vnd <= quote.fee_vnd for method, quote in much.items())


def test_just_under_and_just_over_five_kilos_are_two_steps() -> None:
    under, over = (
        ask(SELLERS[0], HANOI, ParcelLine(g, "dry", 365))["post"].fee_vnd for g in (4_999, 5_001)
    )
    assert over - under == 3_000


def test_the_far_south_gets_dry_goods_and_no_greens() -> None:
    assert set(ask(SELLERS[0], HCM, ParcelLine(1000, "dry", 365))) == {"post"}
    assert ask(SELLERS[0], HCM, ParcelLine(600, "soft_fresh", 2)) == {}


def test_an_unknown_province_has_no_price() -> None:
    assert ask(SELLERS[0], 2, ParcelLine(1000, "dry", 365)) == {}
