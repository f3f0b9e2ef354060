"""Seasons by sun and moon, windows that wrap the year, and which goods they close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.shop.product import Season, ShippingClass
from bot.shop.season import closed_by_season, in_season, lunar_month, months_between
from tests.usecases.market import PRODUCTS


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (8, 11, (8, 9, 10, 11)),
        (10, 2, (10, 11, 12, 1, 2)),
        (5, 5, (5,)),
        (1, 12, tuple(range(1, 13))),
    ],
)
def test_months_between(first: int, last: int, months: tuple[int, ...]) -> None:
    assert months_between(first, last) == months


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2026-09-30", False),
        ("2026-10-01", True),
        ("2026-12-31", True),
        ("2027-02-28", True),
        ("2027-03-01", False),
    ],
)
def test_a_window_that_wraps_the_year(day: str, open_: bool) -> None:
    assert in_season(Season(months_between(10, 2)), date.fromisoformat(day)) is open_


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2026-02-16", 12),  # the day before Tết
        ("2026-02-17", 1),  # Tết
        ("2007-02-17", 1),  # Tết in Việt Nam, a day before China's
        ("2030-02-02", 1),
        ("2025-07-25", 6),  # the first day of the leap sixth month
        ("2025-08-22", 6),
        ("2025-08-23", 7),
    ],
)
def test_the_vietnamese_lunar_month(day: str, month: int) -> None:
    assert lunar_month(date.fromisoformat(day)) == month


def test_a_lunar_window() -> None:
    persimmons = Season((7, 8, 9), lunar=True)
    assert in_season(persimmons, date(2026, 8, 13))
    assert not in_season(persimmons, date(2026, 8, 12))
    assert in_season(persimmons, date(2026, 11, 8))
    assert not in_season(persimmons, date(2026, 11, 9))


@pytest.mark.parametrize(
    ("kind", "closed"),
    [
        ("soft_fresh", True), ("sturdy_fresh", True), ("fragile", True), ("live", True),
        ("dry", False), ("chilled", False), ("frozen", False),
    ],
)  # fmt: skip
def test_months_close_only_what_does_not_keep(kind: ShippingClass, closed: bool) -> None:
    product = replace(PRODUCTS["a"], season=Season((5, 6)), shipping_class=kind)
    assert closed_by_season(product, date(2026, 11, 22)) is closed
    assert not closed_by_season(product, date(2026, 5, 1))
