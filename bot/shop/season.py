"""When a product is in season, by the solar or the Vietnamese lunar calendar."""

from __future__ import annotations

from datetime import date

from lunar_vn import solar_to_lunar

from bot.shop.product import CLOSES_WITH_SEASON, Product, Season


def in_season(season: Season | None, day: date) -> bool:
    """True in a harvest month; a product without months is always in season."""
    if season is None or not season.months:
        return True
    return (lunar_month(day) if season.lunar else day.month) in season.months


def lunar_month(day: date) -> int:
    return int(solar_to_lunar(day).month)


def closed_by_season(product: Product, day: date) -> bool:
    """Months shut the shelf only for goods that do not keep."""
    return product.shipping_class in CLOSES_WITH_SEASON and not in_season(product.season, day)


def months_between(first: int, last: int) -> tuple[int, ...]:
    """Months from first to last in order, wrapping the year: 10–2 is 10, 11, 12, 1, 2."""
    return tuple((first - 1 + i) % 12 + 1 for i in range((last - first) % 12 + 1))
