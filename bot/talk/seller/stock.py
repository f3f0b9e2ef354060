"""What is left: the list, and "/kho <sản phẩm> <số>"."""

from __future__ import annotations

from bot.shop.product import Product
from bot.shop.says import Choice, Field, Say
from bot.talk.buyer.browse import price_line
from bot.talk.buyer.cart import bare_unit
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.understand.quantities import Read, read_amount
from bot.usecases import stock

A_PAGE = 6


def hers(turn: Turn) -> list[Product]:
    products = turn.shop.catalogue().products.values()
    return [p for p in products if p.seller == turn.session.seller]


async def home(turn: Turn) -> list[Say]:
    """The seller's door."""
    choices = (
        Choice("new", "choice-seller-orders"),
        Choice("k", "choice-stock"),
        Choice("m", "choice-market"),
        Choice("lang", "choice-language"),
    )
    seller = turn.shop.catalogue().sellers[turn.session.seller]
    turn.session.greeted = True
    return [Say("seller-home", {"name": seller.name}, choices=choices)]


async def listed(turn: Turn, page: str = "0") -> list[Say]:
    """Her products with what is left, a page at a time."""
    products, start = hers(turn), int(page) * A_PAGE
    shown = products[start : start + A_PAGE]
    choices = [Choice(f"kp:{p.id}", "choice-product", {"name": p.name["vi"]}) for p in shown]
    if start + A_PAGE < len(products):
        choices.append(Choice(f"k:{int(page) + 1}", "choice-more"))
    lines = tuple(price_line(turn, p) for p in shown)
    return [Say("stock-list", lines=lines, choices=(*choices, BACK))]


async def one(turn: Turn, product_id: str) -> list[Say]:
    """Ask how much is left of a product, or set it."""
    product = next((p for p in hers(turn) if p.id == product_id), None)
    if product is None:
        return [Say("problem-not-seller", choices=(Choice("k", "choice-stock"), BACK))]
    if turn.words:
        return await _set(turn, product)
    turn.ask(f"kp:{product_id}")
    return [Say("stock-ask-number", _fields(turn, product), choices=(BACK,))]


def _fields(turn: Turn, product: Product) -> dict[str, Field]:
    level = turn.level(product.id)
    return {
        "name": product.name["vi"],
        "left": product.amount(level.free),
        "held": product.amount(level.held),
        "example": product.amount(bare_unit(product) * 20),
    }


async def _set(turn: Turn, product: Product) -> list[Say]:
    words = turn.words.strip()
    got = read_amount(words, product.base, bare=bare_unit(product))
    if words in ("0", "hết", "het"):
        left = 0
    elif isinstance(got, Read):
        left = got.amount
    else:
        turn.ask(f"kp:{product.id}")
        return [Say("stock-unclear-number", _fields(turn, product), choices=(BACK,))]
    who, now = await turn.who(), turn.now
    before = await turn.shop.ledger.put(lambda b: stock.set_stock(b, product.id, left, who, now))
    fields = _fields(turn, product) | {"before": product.amount(before.free)}
    held = (Say("stock-held", fields),) if before.held else ()
    turn.ask("")
    choices = (Choice("k", "choice-stock"), Choice("new", "choice-seller-orders"), BACK)
    return [Say("stock-set", fields, held, choices)]


async def command(turn: Turn) -> list[Say]:
    """`/kho sâm đất 20`: the shortest end that is an amount, the rest the product's name or id."""
    words = turn.words.split()
    if not words:
        return await listed(turn)
    for cut in range(len(words) - 1, 0, -1):
        found = _named(turn, " ".join(words[:cut]))
        if len(found) == 1:
            turn.words = " ".join(words[cut:])
            return await one(turn, found[0].id)
        if found:
            return [_which(found, " ".join(words[:cut]))]
    text, turn.words = turn.words, ""
    found = _named(turn, text)
    return await one(turn, found[0].id) if len(found) == 1 else [_which(found, text)]


def _which(found: list[Product], text: str) -> Say:
    products = tuple(Choice(f"kp:{p.id}", "choice-product", {"name": p.name["vi"]}) for p in found)
    choices = (*products[:A_PAGE], Choice("k", "choice-stock"), BACK)
    return Say("stock-which" if found else "stock-no-such", {"text": text[:60]}, choices=choices)


def _named(turn: Turn, name: str) -> list[Product]:
    """Her own products by id or name."""
    own = {p.id: p for p in hers(turn)}
    return [own[name]] if name in own else [p for p in turn.named(name) if p.id in own]


ROUTES: Routes = {
    "sell": for_seller(screen(home)),
    "k": for_seller(screen(listed)),
    "kp": for_seller(screen(one)),
    "kho": for_seller(screen(command)),
}
