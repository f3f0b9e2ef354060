"""A cart is a wish: it holds nothing back.

Here it becomes parcels, one per seller, with a fee each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from bot.shop.claim import claim_of_offer
from bot.shop.order import OrderLine
from bot.shop.product import Pick, Prices, Product, amount_of, price_of
from bot.shop.shipping import ParcelLine, Quote, ShippingTable, quotes


class Terms(msgspec.Struct, frozen=True):
    """What was agreed in a deal: `vnd` đồng for `amount` base units until `until`, seconds UTC.

    A copy for showing; the ledger compares it with the deal when the order is placed.
    """

    amount: int
    vnd: int
    until: int


class CartLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """`n` packs of `offer`, or `n` base units when `offer` is empty; with `terms`, a deal's one
    private pack.
    """

    product: str
    offer: str
    n: int
    terms: Terms | None = None

    @property
    def pick(self) -> Pick:
        return Pick(self.offer, self.n)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one seller sends.

    `quote` is None when no method fits and the seller must name a fee.
    """

    seller: str
    lines: tuple[OrderLine, ...]
    quote: Quote | None

    @property
    def goods_vnd(self) -> int:
        return sum(line.vnd for line in self.lines)

    @property
    def total_vnd(self) -> int:
        return self.goods_vnd + (self.quote.fee_vnd if self.quote else 0)


def added(cart: Sequence[CartLine], new: Sequence[CartLine]) -> list[CartLine]:
    """The cart with new lines; the same pack again counts up."""
    lines = {(x.product, x.offer): x for x in cart}
    for x in new:
        known = lines.get((x.product, x.offer))
        more = known.n if known and not x.terms else 0  # a deal is one pack, never two
        lines[x.product, x.offer] = CartLine(x.product, x.offer, x.n + more, x.terms)
    return list(lines.values())


def without(cart: Sequence[CartLine], product: str) -> list[CartLine]:
    """The cart without a product; what was claimed in a live stays, it is held by its claim."""
    return [x for x in cart if x.product != product or claim_of_offer(x.offer)]


def amount_in(cart: Sequence[CartLine], product: Product) -> int:
    """Base units of a product over all its lines but those that were claimed in a live."""
    mine = (x for x in cart if x.product == product.id and not claim_of_offer(x.offer))
    return sum(_amount(product, x) for x in mine)


def _amount(product: Product, line: CartLine) -> int:
    return line.terms.amount if line.terms else amount_of(product, line.pick)


def priced(product: Product, prices: Prices, line: CartLine) -> OrderLine:
    return OrderLine(
        product=product.id,
        offer=line.offer,
        n=line.n,
        amount=_amount(product, line),
        vnd=line.terms.vnd if line.terms else price_of(product, prices, line.pick),
    )


def parcels(
    cart: Sequence[CartLine],
    products: Mapping[str, Product],
    prices: Callable[[str], Prices],
    shipping: Callable[[str], ShippingTable],
    province: int,
) -> tuple[Parcel, ...]:
    """One parcel per seller in cart order; `province` 0 leaves every quote open."""
    by_seller: dict[str, list[OrderLine]] = {}
    for line in cart:
        product = products[line.product]
        order_line = priced(product, prices(product.id), line)
        by_seller.setdefault(product.seller, []).append(order_line)
    return tuple(
        Parcel(seller, tuple(lines), _cheapest(lines, products, shipping(seller), province))
        for seller, lines in by_seller.items()
    )


def _cheapest(
    lines: Sequence[OrderLine],
    products: Mapping[str, Product],
    table: ShippingTable,
    province: int,
) -> Quote | None:
    content = tuple(_parcel_line(products[x.product], x.amount) for x in lines)
    found = quotes(table, province, content, sum(x.vnd for x in lines))
    return found[0] if found else None


def _parcel_line(product: Product, amount: int) -> ParcelLine:
    grams = -(-amount * product.packed_milligrams // 1000)
    return ParcelLine(grams, product.shipping_class, product.shelf_life_days)
