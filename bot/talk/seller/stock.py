"""A seller's door, her list of what is left, and which goods of hers were meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say
from bot.talk.buyer.browse import price_line
from bot.talk.buyer.cart import bare_unit
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.understand.fold import fold
from bot.understand.names import nearest
from bot.understand.quantities import Ask, Read, read_amount

A_PAGE = 6
MOST_NEAR = 3
PICS = "pics"
"""Where the session's form keeps that she looks at her stock by pictures."""
_MONEY = re.compile(r"\d\s*(?:k|ka|nghìn|nghin|ngàn|ngan|đ|đồng|vnđ|vnd)\W*$")
"""What is counted by the piece is never counted in these."""


def hers(turn: Turn) -> list[Product]:
    products = turn.shop.catalogue().products.values()
    return [p for p in products if p.seller == turn.session.seller]


async def home(turn: Turn) -> list[Say]:
    """The seller's door."""
    by_ear = (Choice("goi", "choice-packing"),) if turn.session.voice else ()
    choices = (
        Choice("new", "choice-seller-orders"),
        Choice("k", "choice-stock"),
        *by_ear,  # else it is two steps away, behind the orders
        Choice("ct", "choice-households"),
        Choice("bc", "choice-report"),
        Choice("np", "choice-goods-new"),
        Choice("lives", "choice-lives"),
        Choice("m", "choice-market"),
        Choice("lang", "choice-language"),
    )
    owner = (Choice("chu", "choice-owner-home"),) if turn.session.owner else ()
    able = [c for c in choices if await _may(turn, c.id)]
    seller = turn.shop.catalogue().sellers.get(turn.session.seller)
    turn.session.greeted = True
    name = seller.name if seller else turn.session.seller
    return [Say("seller-home", {"name": name}, choices=(*able, *owner))]


async def _may(turn: Turn, place: str) -> bool:
    """Whether she has the right a place of her door needs; a helper is not shown the others."""
    from bot.talk.routes import ROUTES as PLACES  # which imports this module

    found = PLACES[place]
    return not found.seller or (await turn.who()).may(found.right)


async def listed(turn: Turn, page: str = "0") -> list[Say]:
    """Her products with what is left, a page at a time."""
    products, start = hers(turn), int(page) * A_PAGE
    shown = products[start : start + A_PAGE]
    choices = list(listed_choices(shown))
    if start + A_PAGE < len(products):
        choices.append(Choice(f"k:{int(page) + 1}", "choice-more"))
    choices.append(Choice("kc", "choice-by-picture"))
    if (await turn.who()).may(Right.GOODS):
        choices.append(Choice("rn", "choice-rec-names"))
    lines = tuple(price_line(turn, p) for p in shown)
    return [Say("stock-list", lines=lines, choices=(*choices, BACK))]


def listed_choices(products: Sequence[Product]) -> tuple[Choice, ...]:
    return tuple(Choice(f"kp:{p.id}", "choice-product", {"name": p.name["vi"]}) for p in products)


def ask_number(turn: Turn, product: Product, id_: str, kind: str = "") -> Say:
    """Ask how much is left; `kind` if a number was said to have come, gone or spoiled."""
    said = kind in ("add", "less", "spoil")
    turn.ask(f"kp:{product.id}:{kind}" if said else f"kp:{product.id}")
    return Say(id_, fields_of(turn, product), choices=(BACK,))


def fields_of(turn: Turn, product: Product) -> dict[str, Field]:
    level = turn.level(product.id)
    return {
        "name": product.name["vi"],
        "left": product.amount(level.free),
        "held": product.amount(level.held),
        "example": product.amount(bare_unit(product) * 20),
    }


def measured(words: str, product: Product) -> tuple[int, ...]:
    """Base units the words may mean, none if they are no amount."""
    if words in ("0", "hết", "het"):
        return (0,)
    if product.base == "piece" and _MONEY.search(words.lower()):
        return ()
    got = read_amount(words, product.base, bare=bare_unit(product))
    if isinstance(got, Read):
        return (got.amount,)
    return got.candidates if isinstance(got, Ask) else ()


def named_hers(turn: Turn, name: str) -> list[Product]:
    """Her own products by id or name."""
    own = {p.id: p for p in hers(turn)}
    return [own[name]] if name in own else [p for p in turn.named(name) if p.id in own]


def is_called(product: Product, name: str) -> bool:
    """Whether every word stands in a name of the product as it is, not only nearly."""
    known = {fold(n) for n in (product.id, *product.name.values(), *product.aliases)}
    return set(fold(name).split()) <= {word for n in known for word in n.split()}


def likest(turn: Turn, text: str) -> list[Product]:
    """The three of her goods whose names are most like the text, for choosing from."""
    own = {p.id: p for p in hers(turn)}
    return [own[p] for p in nearest(text, list(own.values()), MOST_NEAR)]


def which(turn: Turn, found: Sequence[Product], text: str) -> Say:
    """Which of these goods, or of those most like the text where there are none."""
    shown = found[:A_PAGE] or likest(turn, text)
    choices = (*listed_choices(shown), Choice("k", "choice-stock"), BACK)
    return Say("stock-which" if found else "stock-no-such", {"text": text[:60]}, choices=choices)


ROUTES: Routes = {
    "sell": for_seller(screen(home)),
}
