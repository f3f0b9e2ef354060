"""What is left: the list, and "/kho <sản phẩm> <số>"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.shop.product import Product
from bot.shop.says import Choice, Field, Say
from bot.talk.buyer.browse import price_line
from bot.talk.buyer.cart import bare_unit
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.understand.quantities import Ask, Read, read_amount
from bot.understand.stock_signs import stock_part_verb
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
    seller = turn.shop.catalogue().sellers.get(turn.session.seller)
    turn.session.greeted = True
    name = seller.name if seller else turn.session.seller
    return [Say("seller-home", {"name": name}, choices=choices)]


async def listed(turn: Turn, page: str = "0") -> list[Say]:
    """Her products with what is left, a page at a time."""
    products, start = hers(turn), int(page) * A_PAGE
    shown = products[start : start + A_PAGE]
    choices = list(listed_choices(shown))
    if start + A_PAGE < len(products):
        choices.append(Choice(f"k:{int(page) + 1}", "choice-more"))
    lines = tuple(price_line(turn, p) for p in shown)
    return [Say("stock-list", lines=lines, choices=(*choices, BACK))]


def listed_choices(products: Sequence[Product]) -> tuple[Choice, ...]:
    return tuple(Choice(f"kp:{p.id}", "choice-product", {"name": p.name["vi"]}) for p in products)


async def one(turn: Turn, product_id: str) -> list[Say]:
    """Ask how much is left of a product, or set it."""
    product = next((p for p in hers(turn) if p.id == product_id), None)
    if product is None:
        return [Say("problem-not-seller", choices=(Choice("k", "choice-stock"), BACK))]
    if turn.words:
        return await _set(turn, product)
    return [ask_number(turn, product, "stock-ask-number")]


def ask_number(turn: Turn, product: Product, id_: str, kind: str = "") -> Say:
    """Ask how much is left; `kind` if a number was said to have come or gone."""
    turn.ask(f"kp:{product.id}:{kind}" if kind in ("add", "less") else f"kp:{product.id}")
    return Say(id_, _fields(turn, product), choices=(BACK,))


def _fields(turn: Turn, product: Product) -> dict[str, Field]:
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
    got = read_amount(words, product.base, bare=bare_unit(product))
    if isinstance(got, Read):
        return (got.amount,)
    return got.candidates if isinstance(got, Ask) else ()


def _left(words: str, free: int, product: Product) -> int | None:
    """How much is left by her words, None if they are no clear amount. "Thêm 20" adds to what is
    free.
    """
    read = measured(words, product)
    if len(read) != 1:
        return None
    sign = {"add_stock": 1, "reduce_stock": -1}.get(stock_part_verb(words), 0)
    return max(0, free + sign * read[0]) if sign and read[0] else read[0]


async def _set(turn: Turn, product: Product) -> list[Say]:
    left = _left(turn.words.strip(), turn.level(product.id).free, product)
    if left is None:
        return [ask_number(turn, product, "stock-unclear-number")]
    who, now, id_ = await turn.who(), turn.now, turn.change_id()
    done = await turn.shop.ledger.put(
        lambda b: stock.set_stock(b, product.id, left, who, now, id_)
    )
    fields = _fields(turn, product) | {"before": product.amount(done.effect.before)}
    held = (Say("stock-held", fields),) if turn.level(product.id).held else ()
    turn.ask("")
    choices = (Choice("k", "choice-stock"), Choice("new", "choice-seller-orders"), BACK)
    return [Say("stock-set", fields, held, choices)]


async def command(turn: Turn) -> list[Say]:
    """`/kho sâm đất 20 kg`: the longest end that is an amount, before it the name or id."""
    words = turn.words.split()
    if not words:
        return await listed(turn)
    found, name, rest = _told(turn, words)
    turn.words = rest
    return await one(turn, found[0].id) if len(found) == 1 else [_which(found, name)]


def _told(turn: Turn, words: list[str]) -> tuple[list[Product], str, str]:
    """Products of hers that are named, the name, and what follows it ("20 kg", else any words)."""
    unclear: tuple[list[Product], str, str] | None = None
    for cut in range(1, len(words)):
        name, rest = " ".join(words[:cut]), " ".join(words[cut:])
        found = _named(turn, name)
        if len(found) == 1 and len(measured(rest, found[0])) == 1:
            return found, name, rest
        if found:
            unclear = found, name, rest
    text = " ".join(words)
    return unclear or (_named(turn, text), text, "")


def _which(found: list[Product], text: str) -> Say:
    choices = (*listed_choices(found[:A_PAGE]), Choice("k", "choice-stock"), BACK)
    return Say("stock-which" if found else "stock-no-such", {"text": text[:60]}, choices=choices)


def _named(turn: Turn, name: str) -> list[Product]:
    """Her own products by id or name."""
    own = {p.id: p for p in hers(turn)}
    return [own[name]] if name in own else [p for p in turn.named(name) if p.id in own]


ROUTES: Routes = {
    "sell": for_seller(screen(home)),
    "k": for_seller(screen(listed, views=1)),
    "kho": for_seller(screen(command)),
}
