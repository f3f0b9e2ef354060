"""Whether an amount that was said can be had of a product, or what must be asked first."""

from __future__ import annotations

from bot.shop.problems import AmountTooLarge, Problem
from bot.shop.product import MOST_BASE_UNITS, Offer, Prices, Product, picks_for
from bot.understand.fold import fold
from bot.understand.pairing import WhyWish
from bot.understand.pieces import Measure, Price

USUAL_TIMES = 20
"""More than so many of the largest pack is asked about before it counts."""

PACK_WORDS = frozenset(("gói", "túi", "hộp", "hũ", "lọ", "chai", "bịch", "bao", "khay", "vỉ"))
SLANG = frozenset(("chai",))
"""Also a word for a million: asked about unless the product is sold in it."""
SAME_UNIT = {"trái": "quả", "cái": "", "chiếc": ""}
"""Southern words for a unit, and words that count anything."""


def base_amount(product: Product, measure: Measure) -> int | WhyWish:
    """Base units of the product in a measure, or why that must be asked.

    A count is of the product's own pieces, or of its packs where it has just one kind.
    """
    if measure.base == product.base == "piece":
        return _pieces(product, measure)
    if measure.base == product.base:
        return measure.n
    if measure.base != "piece" or product.base == "piece":
        return "unit"
    if measure.word not in PACK_WORDS:
        return "unit"
    if len(product.offers) != 1:
        return "pack"
    return product.offers[0].amount * measure.n


def _pieces(product: Product, measure: Measure) -> int | WhyWish:
    said = SAME_UNIT.get(measure.word, measure.word)
    if not said or said == SAME_UNIT.get(product.unit, product.unit):
        return measure.n
    packs = [o for o in product.offers if said in _title(o)]
    return packs[0].amount * measure.n if len(packs) == 1 else "unit"


def is_odd(product: Product, prices: Prices, price: Price) -> bool:
    """True if a price is below 0.3 or above 3 times what the product costs now."""
    per = base_amount(product, price.per) if price.per else 0
    rate = prices.rate(product)
    if not isinstance(per, int) or not per:
        return False
    usual = rate.vnd * per / rate.per.n
    return not 0.3 * usual < price.vnd < 3 * usual


def unit_of(product: Product, said: str | None) -> str:
    """The product's own word for its pieces where `said` means the same ("trái" is "quả")."""
    own = SAME_UNIT.get(product.unit, product.unit)
    return product.unit if not said or SAME_UNIT.get(said, said) in ("", own) else said


def _title(offer: Offer) -> list[str]:
    return [*offer.title.split(), *fold(offer.title).split()]


def _sold_in(product: Product, word: str) -> bool:
    return word == product.unit or any(word in _title(o) for o in product.offers)


def fit(product: Product, prices: Prices, measure: Measure, *, strict: bool = False) -> WhyWish:
    """Empty if exactly this much can be bought, else what to ask.

    strict: a word that is also slang for money is asked about, unless the product is sold in it.
    """
    if strict and measure.word in SLANG and not _sold_in(product, measure.word):
        return "unit"
    amount = base_amount(product, measure)
    if isinstance(amount, str):
        return amount
    _, _, size = measure.word.partition("×")
    if size and int(size) not in {o.amount for o in product.offers}:
        return "several"
    most = max((o.amount for o in product.offers), default=0)
    if product.loose:
        most = max(most, product.loose.per)
    if amount > most * USUAL_TIMES:
        return "large"
    try:
        picks_for(product, prices, amount)
    except AmountTooLarge:
        return "large"
    except Problem:
        return "not-sold"
    return ""


def stock_amount(product: Product, measure: Measure) -> int | WhyWish:
    """As `base_amount`, for a seller: a bare number counts kilos and litres, or pieces."""
    if measure.base == "piece" and not measure.word and product.base != "piece":
        return measure.n * 1000
    return base_amount(product, measure)


def fit_stock(product: Product, measure: Measure) -> WhyWish:
    """Empty if a seller's stock can be counted so; packs and steps do not matter there."""
    amount = stock_amount(product, measure)
    if isinstance(amount, str):
        return amount
    return "large" if amount > MOST_BASE_UNITS else ""
