"""What sending costs and how long it takes, to the province that was named or over the country.

For the cart, or for the smallest parcel of a product that is not in it. Where no method carries
the goods (fragile, alive, too far for chilled), the seller names a fee.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.shop.cart import CartLine, Parcel, parcels
from bot.shop.problems import Problem
from bot.shop.product import Pick, Product, is_priced, least_amount, picks_for
from bot.shop.says import Choice, Field, Money, Say
from bot.shop.shipping import ParcelLine, Quote, ShippingTable, quotes
from bot.talk.buyer.answers_goods import MOST_CHOICES, name_of, next_steps
from bot.talk.buyer.asked import NAMED, QUESTION, Asked, ask_person, asked, without_names
from bot.talk.buyer.browse import gone
from bot.talk.buyer.cart import wanted
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.understand.provinces import find_province
from bot.usecases.ports import Province

A_KILO = (ParcelLine(1000, "dry", 180),)
A_PAGE = 7
"""Provinces on a page, as in the checkout form."""


@dataclass(frozen=True, slots=True)
class Load:
    """What would be sent. product: None for the cart; amount: base units of the product."""

    lines: tuple[CartLine, ...]
    product: Product | None = None
    amount: int = 0

    @property
    def id(self) -> str:
        return self.product.id if self.product else ""


async def shipping(turn: Turn, question: Asked) -> list[Say]:
    """To the place in the words, else to the one of the checkout form, else over the country."""
    product = question.product
    load = _load(turn, product if question.named or not turn.session.cart else None, question)
    if load is None:
        fields = name_of(turn, product) if product else {}
        return [Say("answer-ship-unknown", fields, choices=(ask_person(turn, product), BACK))]
    found = _places(turn, question, load)
    if len(found) > 1:
        return [_which_place(found, load.id)]
    if found:
        return _to(turn, load, found[0])
    return _anywhere(turn, load)


def _load(turn: Turn, product: Product | None, question: Asked) -> Load | None:
    """The cart if the product is in it or none is asked about; None if there is no price yet."""
    cart = tuple(turn.session.cart)
    if product is None or any(x.product == product.id for x in cart):
        for line in cart:
            wanted(turn, line.product)
        return Load(cart)
    if not is_priced(product, turn.prices(product.id)):
        return None
    amount, picks = _parcel_of(turn, product, question.amount)
    lines = tuple(CartLine(product.id, p.offer, p.n) for p in picks)
    return Load(lines, product, amount)


def _parcel_of(turn: Turn, product: Product, amount: int) -> tuple[int, tuple[Pick, ...]]:
    """The amount that was said, if it is sold so, else the least there is."""
    prices, least = turn.prices(product.id), least_amount(product)
    if amount:
        with suppress(Problem):
            return amount, picks_for(product, prices, amount)
    return least, picks_for(product, prices, least)


def _places(turn: Turn, question: Asked, load: Load) -> list[Province]:
    products = [turn.product(x.product) for x in load.lines]
    provinces = turn.shop.catalogue().provinces
    codes = find_province(without_names(question.text, question.product, *products), provinces)
    if len(codes) > 1:  # "sâm đất Lai Châu ship Đà Nẵng": where goods are from is not where to
        home = {c for p in products if p for c in find_province(p.origin, provinces)}
        codes = [c for c in codes if c not in home] or codes
    known = int(turn.session.form.get("province") or 0)
    return [provinces[c] for c in codes or [known] if c in provinces]


def _which_place(found: Sequence[Province], product: str) -> Say:
    choices = tuple(_place_choice(p, product) for p in found[:MOST_CHOICES])
    return Say("answer-ship-which", choices=(*choices, BACK))


def _place_choice(place: Province, product: str) -> Choice:
    return Choice(f"shp:{place.code}:{product}", "choice-province", {"name": place.name})


def _to(turn: Turn, load: Load, place: Province) -> list[Say]:
    """Fee and days to one province, a line for each seller's parcel."""
    sent = _parcels(turn, load, place.code)
    lines = tuple(_fee_line(turn, parcel) for parcel in sent)
    where: dict[str, Field] = {"place": place.name}
    other = Choice(f"shs:0:{load.id}", "choice-other-province")
    open_fee = next((p.seller for p in sent if p.quote is None), "")
    choices = _after(turn, load, other, open_fee)
    if load.product is None:
        return [Say("answer-ship-cart", where, lines, choices)]
    return [Say("answer-ship", _what(turn, load) | where, lines, choices)]


def _parcels(turn: Turn, load: Load, province: int) -> tuple[Parcel, ...]:
    catalogue = turn.shop.catalogue()
    products, rates = catalogue.products, catalogue.shipping_from
    return parcels(load.lines, products, turn.prices, rates, province)


def _what(turn: Turn, load: Load) -> dict[str, Field]:
    if load.product is None:
        return {}
    return name_of(turn, load.product) | {"amount": load.product.amount(load.amount)}


def _fee_line(turn: Turn, parcel: Parcel) -> Say:
    fields = _seller_of(turn, parcel)
    if parcel.quote is None:
        return Say("answer-fee-open", fields)
    return Say(f"answer-fee-{parcel.quote.method}", fields | _fee(parcel.quote))


def _seller_of(turn: Turn, parcel: Parcel) -> dict[str, Field]:
    return {"seller": turn.shop.catalogue().sellers[parcel.seller].name}


def _fee(quote: Quote) -> dict[str, Field]:
    least, most = quote.days
    return {"fee": Money(quote.fee_vnd), "least": least, "most": most}


def _after(turn: Turn, load: Load, place: Choice, open_fee: str = "") -> tuple[Choice, ...]:
    """Likeliest first: order or take it; the seller first where she must name the fee.

    place: the way to name a province. open_fee: the seller whose parcel has no fee.
    """
    if load.product is None:
        seller = open_fee or turn.shop.catalogue().products[load.lines[0].product].seller
        person = ask_person(turn, None, seller)
        ways: tuple[Choice, ...] = (Choice("co", "choice-checkout"),)
    else:
        *takes, person, _ = next_steps(turn, load.product, load.amount)
        ways = tuple(takes[:2])
    first = (person, place, *ways) if open_fee else (*ways, place, person)
    return (*first, BACK)


def _anywhere(turn: Turn, load: Load) -> list[Say]:
    """No province known: the fee at home and its range over the country, from the tables."""
    lines = tuple(
        x for parcel in _parcels(turn, load, 0) for x in _range_lines(turn, load, parcel)
    )
    choices = _after(turn, load, Choice(f"shs:0:{load.id}", "choice-pick-province"))
    if load.product is None:
        return [Say("answer-ship-where-cart", lines=lines, choices=choices)]
    return [Say("answer-ship-where", _what(turn, load), lines, choices)]


def _range_lines(turn: Turn, load: Load, parcel: Parcel) -> list[Say]:
    catalogue = turn.shop.catalogue()
    seller = catalogue.sellers[parcel.seller]
    mine = {x.product for x in parcel.lines}
    alone = Load(tuple(x for x in load.lines if x.product in mine))
    quotes = _by_zone(turn, alone, catalogue.shipping_from(parcel.seller))
    fees = [q for q in quotes.values() if q]
    if not fees:
        return [Say("answer-fee-open", _seller_of(turn, parcel))]
    rest = [] if len(fees) == len(quotes) else [Say("answer-fee-some-open")]
    if len({(q.fee_vnd, q.days) for q in fees}) == 1:
        return [Say("answer-fee-same", _seller_of(turn, parcel) | _fee(fees[0])), *rest]
    over = "answer-fee-some" if rest else "answer-fee-range"
    says = [Say(over, _seller_of(turn, parcel) | _range(fees)), *rest]
    [home] = _parcels(turn, alone, seller.province)
    if home.quote is None:
        return says
    at_home: dict[str, Field] = {"place": catalogue.provinces[seller.province].name}
    return [Say("answer-fee-home", at_home | _fee(home.quote)), *says]


def in_general(turn: Turn, question: Asked, goods: tuple[Choice, ...]) -> list[Say]:
    """For a kilo of dry goods from each seller, while nobody knows of what. goods: which?"""
    found = _places(turn, question, Load(()))
    if len(found) > 1:
        return [_which_place(found, "")]
    sellers = turn.shop.catalogue().sellers
    if found:
        lines = tuple(_fee_line(turn, _sample(turn, s, found[0].code)) for s in sellers)
        return [Say("answer-ship-general", {"place": found[0].name}, lines, goods)]
    ranges = (_sample_range(turn, seller) for seller in sellers)
    lines = tuple(line for line in ranges if line)
    place = Choice("shs:0:", "choice-pick-province")
    return [Say("answer-ship-general-where", lines=lines, choices=(place, *goods))]


def _sample(turn: Turn, seller: str, province: int) -> Parcel:
    found = quotes(turn.shop.catalogue().shipping_from(seller), province, A_KILO, 0)
    return Parcel(seller, (), found[0] if found else None)


def _sample_range(turn: Turn, seller: str) -> Say | None:
    zones = turn.shop.catalogue().shipping_from(seller).zones
    fees = [q for z in zones if (q := _sample(turn, seller, min(z.provinces)).quote)]
    name = _seller_of(turn, Parcel(seller, (), None))
    return Say("answer-fee-range", name | _range(fees)) if fees else None


def _by_zone(turn: Turn, load: Load, table: ShippingTable) -> Mapping[str, Quote | None]:
    """The quote into each zone; a zone costs the same wherever in it one lives."""
    return {z.id: _parcels(turn, load, min(z.provinces))[0].quote for z in table.zones}


def _range(fees: Sequence[Quote]) -> dict[str, Field]:
    return {
        "cheapest": Money(min(q.fee_vnd for q in fees)),
        "dearest": Money(max(q.fee_vnd for q in fees)),
        "least": min(q.days[0] for q in fees),
        "most": max(q.days[1] for q in fees),
    }


async def to_place(turn: Turn, code: str, product: str = "") -> list[Say]:
    """The fee to a province that was chosen or typed; the amount is still in the question."""
    provinces, known = turn.shop.catalogue().provinces, turn.product(product)
    if code == NAMED:
        found = find_province(turn.words, provinces) if turn.words else []
        if len(found) != 1:
            return _unclear_place(turn, [provinces[c] for c in found], product)
        code = str(found[0])
    load = _load(turn, known, asked(turn, known, named=True)) if known or not product else None
    if load is not None and not load.lines:
        place = provinces[int(code)]
        turn.session.form[QUESTION] = place.name
        return in_general(
            turn, asked(turn, None, named=False), (Choice("s", "choice-search"), BACK)
        )
    if load is None:
        return await gone(turn)
    return _to(turn, load, provinces[int(code)])


def _unclear_place(turn: Turn, found: Sequence[Province], product: str) -> list[Say]:
    if found:
        return [_which_place(found, product)]
    return _page(turn, 0, product, "province-unclear" if turn.words else "ask-province")


async def places(turn: Turn, page: str = "0", product: str = "") -> list[Say]:
    """Provinces by pages, so that digits are enough; a typed name is understood too."""
    return _page(turn, int(page), product, "ask-province")


def _page(turn: Turn, page: int, product: str, asks: str) -> list[Say]:
    if not turn.session.asking:
        turn.ask(f"shp:{NAMED}:{product}")
    everyone = sorted(turn.shop.catalogue().provinces.values(), key=lambda p: p.code)
    shown = everyone[page * A_PAGE :][:A_PAGE]
    choices = [_place_choice(p, product) for p in shown]
    if (page + 1) * A_PAGE < len(everyone):
        choices.append(Choice(f"shs:{page + 1}:{product}", "choice-more"))
    return [Say(asks, choices=(*choices, BACK))]


ROUTES: Routes = {
    "shp": act(to_place),
    "shs": screen(places, views=2),
}
