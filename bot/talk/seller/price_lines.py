"""Prices of goods as lines: what was and what is."""

from __future__ import annotations

from collections.abc import Mapping

from bot.shop.product import STEP, Product, offer_of, step_per
from bot.shop.says import Field, Money, Rate, Say


def price_lines(
    product: Product,
    before: Mapping[str, int],
    after: Mapping[str, int],
    id_: str = "price-set",
) -> list[Say]:
    """One line per price that changed: per unit, per pack, or from an amount on; 0 is none. All
    of them if none did.
    """
    new = {key: vnd for key, vnd in after.items() if vnd != before.get(key, 0)} or after
    return [price_line(product, key, before.get(key, 0), vnd, id_) for key, vnd in new.items()]


def price_line(product: Product, key: str, before: int, after: int, id_: str) -> Say:
    fields = fields_of(product, key) | {
        "before": shown(product, key, before),
        "after": shown(product, key, after),
    }
    if not key.startswith(STEP):
        return Say(f"{id_}-pack" if key and not _is_one(product, key) else id_, fields)
    return Say(f"{id_}-step" if before and after else f"{id_}-step-{_way(after)}", fields)


def _way(after: int) -> str:
    return "new" if after else "gone"


def fields_of(product: Product, key: str) -> dict[str, Field]:
    """Name, and the pack or the least amount the price is of."""
    if key.startswith(STEP):
        amount = int(key.removeprefix(STEP))
    else:
        offer = offer_of(product, key)
        amount = offer.amount if offer else 0
    return {"name": product.name["vi"], "amount": product.amount(amount)}


def shown(product: Product, key: str, vnd: int) -> Field:
    """A pack's price is a sum, the others are per unit."""
    if key and not key.startswith(STEP) and not _is_one(product, key):
        return Money(vnd)
    return Rate(vnd, product.amount(_per(product)))


def _is_one(product: Product, key: str) -> bool:
    """Whether the pack is one piece, which nobody calls a pack."""
    offer = offer_of(product, key)
    return offer is not None and offer.amount == 1 and product.base == "piece"


def _per(product: Product) -> int:
    return step_per(product) if product.loose or product.offers else 1
