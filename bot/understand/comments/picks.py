"""From an amount that was said of a code to the packs or base units the ledger takes."""

from __future__ import annotations

from typing import Literal

from bot.shop.live import LiveItem
from bot.shop.product import MOST_BASE_UNITS, Offer, Pick, Product, offer_of
from bot.understand.comments.said import ClaimSaid
from bot.understand.fitting import PACK_WORDS, base_amount
from bot.understand.pieces import Measure

WhyNoPick = Literal["unit", "not-sold", "large"]
"""unit: it does not come in that unit. not-sold: no number of packs makes that much. large: more
than ten tonnes. Each must be asked about.
"""


def pick_of(product: Product, item: LiveItem, said: ClaimSaid) -> Pick | WhyNoPick:
    """What `said` takes of a live item, or why that must be asked. Never raises.

    A bare number, and none at all (one), counts packs of the item's offer, or its `unit` base
    units of loose goods. An amount with a unit is so many packs if it is a multiple of one, else
    loose goods where the product is sold so.
    """
    offer = offer_of(product, item.offer) if item.offer else None
    if item.offer and offer is None:
        return "not-sold"
    if said.measure is None:
        return _checked(product, _counted(item, offer, said.n or 1))
    return _checked(product, _measured(product, offer, said.measure))


def _counted(item: LiveItem, offer: Offer | None, n: int) -> Pick:
    return Pick(offer.id, n) if offer else Pick("", n * item.unit)


def _measured(product: Product, offer: Offer | None, measure: Measure) -> Pick | WhyNoPick:
    if offer and product.base != "piece" and measure.word in PACK_WORDS:
        return Pick(offer.id, measure.n)  # "2 gói": of those that are on air
    amount = base_amount(product, measure)
    if isinstance(amount, str):
        return "unit"
    if offer and amount > 0 and amount % offer.amount == 0:
        return Pick(offer.id, amount // offer.amount)
    loose = product.loose
    if loose and amount >= loose.least and amount % loose.step == 0:
        return Pick("", amount)
    return "not-sold"


def _checked(product: Product, pick: Pick | WhyNoPick) -> Pick | WhyNoPick:
    if isinstance(pick, str):
        return pick
    offer = offer_of(product, pick.offer) if pick.offer else None
    amount = pick.n * offer.amount if offer else pick.n
    if amount > MOST_BASE_UNITS:
        return "large"
    return pick if _sold_so(product, pick) else "not-sold"


def _sold_so(product: Product, pick: Pick) -> bool:
    """Loose goods only from the least on and in steps."""
    if pick.offer:
        return pick.n > 0
    loose = product.loose
    return loose is not None and pick.n >= loose.least and pick.n % loose.step == 0
