"""What stands on the market today: the products that may be sold, by category, what is fresh
first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.shop.product import Product
from bot.shop.season import closed_by_season, in_season


@dataclass(frozen=True, slots=True)
class Market:
    """Product ids of one day by category: in harvest and in stock first, sold out last."""

    by_category: Mapping[str, tuple[str, ...]]
    fresh: tuple[str, ...]
    """In stock and in their harvest months now, every category, most seasonal first."""


def market_of(
    products: Mapping[str, Product],
    categories: Sequence[str],
    day: date,
    free: Callable[[str], int],
) -> Market:
    """The market of a day; `free` says how much of a product can be sold."""
    open_today = [p for p in products.values() if not closed_by_season(p, day)]
    ranked = sorted(open_today, key=lambda p: (free(p.id) <= 0, *_freshness(p, day)))
    by_category = {
        c: tuple(p.id for p in ranked if p.category == c)
        for c in categories
        if any(p.category == c for p in ranked)
    }
    fresh = tuple(p.id for p in ranked if free(p.id) > 0 and _freshness(p, day)[0] == 0)
    return Market(by_category, fresh)


def _freshness(product: Product, day: date) -> tuple[int, int]:
    """Goods in their months before goods without, out of months last; short seasons first."""
    months = product.season.months if product.season else ()
    if not months:
        return (1, 0)
    return (0, len(months)) if in_season(product.season, day) else (2, 0)
