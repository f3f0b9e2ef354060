"""What a thing on the shelf is: its packs, its loose step, its season, and which packs make an
amount.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.shop.problems import AmountNotSold, AmountTooLarge, AmountTooSmall
from bot.shop.says import Amount, Base, Rate

ShippingClass = Literal[
    "dry", "sturdy_fresh", "soft_fresh", "fragile", "chilled", "frozen", "live"
]

CLOSES_WITH_SEASON: frozenset[ShippingClass] = frozenset(
    {"sturdy_fresh", "soft_fresh", "fragile", "live"}
)
"""Months close only fresh, fragile and live goods; for dry, chilled and frozen goods stock
decides.
"""

MOST_BASE_UNITS = 10_000_000
"""Ten tonnes, in grams: more than any one line of an order may ask for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A pack: `amount` base units for `price_vnd` đồng."""

    id: str
    title: str
    amount: int
    price_vnd: int


@dataclass(frozen=True, slots=True)
class Loose:
    """Sold by weight: any multiple of `step` from `least` up, `price_vnd` đồng per `per` base
    units.
    """

    step: int
    least: int
    per: int
    price_vnd: int


@dataclass(frozen=True, slots=True)
class Season:
    """Harvest months 1–12 in order, may wrap the year; `lunar` for the lunar calendar."""

    months: tuple[int, ...]
    lunar: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """A product as the catalogue describes it. Prices and stock here only open the ledger once.

    name: display name by language; `vi` is always there.
    aliases: what people type, with and without diacritics.
    unit: the word for one piece or the usual weight (`kg`, `con`, `hộp`).
    packed_milligrams: weight of one base unit with its packing (1100 = a gram of goods weighs 1,1
        g
        packed; a piece of 1,2 kg may be 1_400_000).
    shelf_life_days: the lower end of how long it keeps on the way.
    story: short text by language; keeping, cooking: how to keep it, how to eat or cook it.
    clip: link to the seller's own video. papers: food papers by name.
    photo, video, voice: media references of a product born in the chat; empty for one of the
        catalogue's files, whose picture goes by its id. photo_small: the photo for slow lines.
    keeps_told: whether somebody said how long it keeps; else the days only choose how it is sent.
    """

    id: str
    name: Mapping[str, str]
    seller: str
    household: str
    origin: str
    category: str
    base: Base
    unit: str
    offers: tuple[Offer, ...]
    loose: Loose | None
    opening_stock: int
    season: Season | None
    shelf_life_days: int
    shipping_class: ShippingClass
    packed_milligrams: int
    aliases: tuple[str, ...] = ()
    story: Mapping[str, str] = field(default_factory=dict)
    clip_url: str = ""
    papers: tuple[str, ...] = ()
    keeping: Mapping[str, str] = field(default_factory=dict)
    cooking: Mapping[str, str] = field(default_factory=dict)
    sample: bool = True
    photo: str = ""
    video: str = ""
    voice: str = ""
    photo_small: str = ""
    keeps_told: bool = True

    def amount(self, n: int) -> Amount:
        return Amount(n, self.base, self.unit if self.base == "piece" else "")

    def named(self, lang: str) -> str:
        return self.name.get(lang) or self.name["vi"]


def gone_product(product: str) -> Product:
    """Stands for goods the catalogue no longer has, so that orders of them can still end."""
    return Product(
        id=product, name={"vi": product}, seller="", household="", origin="", category="",
        base="piece", unit="", offers=(), loose=None, opening_stock=0, season=None,
        shelf_life_days=0, shipping_class="dry", packed_milligrams=0,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prices:
    """What a product costs now by the ledger: đồng per offer id, per `loose.per` under "".

    Price steps stand under `from:<base units>`: đồng per `step_per(product)` for whoever takes at
    least that much in one line.
    """

    vnd: Mapping[str, int]

    def rate(self, product: Product) -> Rate:
        """The price to show first: loose if it is sold so, else the first pack."""
        if product.loose:
            return Rate(self.vnd[""], product.amount(product.loose.per))
        first = product.offers[0]
        return Rate(self.vnd[first.id], product.amount(first.amount))


def opening_prices(product: Product) -> Prices:
    """The catalogue's own prices: what the ledger opens with."""
    vnd = {o.id: o.price_vnd for o in product.offers}
    return Prices(vnd | ({"": product.loose.price_vnd} if product.loose else {}))


def is_priced(product: Product, prices: Prices) -> bool:
    """True if every way to buy it has a price in the ledger."""
    packs = all(o.id in prices.vnd for o in product.offers)
    return packs and (product.loose is None or "" in prices.vnd)


@dataclass(frozen=True, slots=True)
class Pick:
    """`n` packs of an offer, or `n` base units when `offer` is empty."""

    offer: str
    n: int


def offer_of(product: Product, offer_id: str) -> Offer | None:
    return next((o for o in product.offers if o.id == offer_id), None)


def amount_of(product: Product, pick: Pick) -> int:
    """Base units in a pick. Raises AmountNotSold for a pack the product no longer has."""
    if not pick.offer:
        return pick.n
    offer = offer_of(product, pick.offer)
    if offer is None:
        raise AmountNotSold(name=product.name["vi"], near=product.amount(0))
    return offer.amount * pick.n


STEP = "from:"
"""Before the amount (base units) from which a price step holds."""


def step_per(product: Product) -> int:
    """Base units the price of a step is for: those of the loose price, else the first pack."""
    return product.loose.per if product.loose else product.offers[0].amount


def price_steps(prices: Prices) -> tuple[tuple[int, int], ...]:
    """(least base units, đồng per `step_per`), smallest amount first."""
    found = ((k, v) for k, v in prices.vnd.items() if k.startswith(STEP) and v)
    return tuple(sorted((int(k.removeprefix(STEP)), v) for k, v in found))


def price_of(product: Product, prices: Prices, pick: Pick) -> int:
    """Đồng for a pick, by the best price step it reaches; rounded half up to a whole đồng."""
    if pick.offer:
        usual, amount = prices.vnd[pick.offer] * pick.n, amount_of(product, pick)
    else:
        assert product.loose is not None
        usual, amount = _halves_up(prices.vnd[""] * pick.n, product.loose.per), pick.n
    per = step_per(product)
    reached = (_halves_up(v * amount, per) for n, v in price_steps(prices) if n <= amount)
    return min([usual, *reached])


def _halves_up(vnd: int, per: int) -> int:
    return (vnd * 2 + per) // (2 * per)


def picks_for(product: Product, prices: Prices, amount: int) -> tuple[Pick, ...]:
    """The cheapest way to make exactly `amount` base units from packs and loose goods.

    Raises AmountTooSmall below the least that is sold, AmountNotSold (with the nearest amount that
    is) when nothing makes it, AmountTooLarge beyond ten tonnes.
    """
    if amount > MOST_BASE_UNITS:
        raise AmountTooLarge()
    least = least_amount(product)
    if amount < least:
        raise AmountTooSmall(name=product.name["vi"], least=product.amount(least))
    packs = sorted(product.offers, key=lambda o: prices.vnd[o.id] / o.amount)
    found = min(
        (mix for mix in _mixes(product, packs, amount)),
        key=lambda mix: (sum(price_of(product, prices, p) for p in mix), len(mix)),
        default=None,
    )
    if found is None:
        raise AmountNotSold(
            name=product.name["vi"], near=product.amount(_nearest(product, amount))
        )
    return found


def least_amount(product: Product) -> int:
    sizes = [o.amount for o in product.offers]
    return min([*sizes, product.loose.least] if product.loose else sizes)


def sellable(product: Product, left: int) -> int:
    """The most of `left` that packs or the loose step can make."""
    if product.loose and left >= product.loose.least:
        return left // product.loose.step * product.loose.step
    return max(left // o.amount * o.amount for o in product.offers)


def _mixes(product: Product, packs: list[Offer], rest: int) -> list[tuple[Pick, ...]]:
    """Every mix that takes packs greedily in some order of packs, filling up with loose goods."""
    found: list[tuple[Pick, ...]] = []
    if rest == 0:
        return [()]
    if _loose_fits(product, rest):
        found.append((Pick("", rest),))
    for i, pack in enumerate(packs):
        most = rest // pack.amount
        for n in {most, most - 1} - {0, -1}:
            tails = _mixes(product, packs[i + 1 :], rest - n * pack.amount)
            found += [(Pick(pack.id, n), *tail) for tail in tails]
    return found


def _loose_fits(product: Product, amount: int) -> bool:
    loose = product.loose
    return loose is not None and amount >= loose.least and amount % loose.step == 0


def _nearest(product: Product, amount: int) -> int:
    """The largest single pack multiple or loose amount that is not above `amount`."""
    below = [amount // o.amount * o.amount for o in product.offers]
    if product.loose:
        below.append(amount // product.loose.step * product.loose.step)
    return max(below)
