"""Her stock by pictures and digits: one product at a time, with +, − and "hết" under it.

Nothing has to be read: the picture says which goods, 1 is more, 2 is less, 3 is much more, 4 is
none; 7 is the next one.
"""

from __future__ import annotations

from functools import partial
from hashlib import blake2b

from bot.shop.product import Product, is_priced
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Money, Say
from bot.talk.buyer.cart import bare_unit
from bot.talk.seller.counting import DONE, LAST, MORE
from bot.talk.seller.stock import PICS, hers, listed
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.usecases import stock

TIMES = {"p": 1, "m": -1, "t": 10}
"""How many steps each button adds: plus, minus, ten."""
NONE = "z"


def step_of(product: Product) -> int:
    """Base units one tap counts: a piece, a kilo, a litre, or the pack of small goods."""
    unit = bare_unit(product)
    if product.base == "piece" or unit > 1:
        return unit
    return product.loose.per if product.loose else product.offers[0].amount


async def shelf(turn: Turn, page: str = "") -> list[Say]:
    """Her stock: the list, or the first picture if she looks at it by pictures."""
    first = next(iter(hers(turn)), None)
    if page or first is None or not turn.session.form.get(PICS):
        return await listed(turn, page or "0")
    return await card(turn, first.id)


async def by_picture(turn: Turn) -> list[Say]:
    """From now on her stock opens with pictures."""
    turn.session.form[PICS] = "1"
    turn.session.trail.append("k")
    return await shelf(turn)


async def by_list(turn: Turn) -> list[Say]:
    turn.session.form.pop(PICS, None)
    turn.session.trail.append("k")
    return await shelf(turn)


async def card(turn: Turn, product_id: str = "", op: str = "", mark: str = "") -> list[Say]:
    """One product's card; with an operation it is done at once and the card comes again. The same
    button twice is one change.
    """
    if not product_id:
        return await by_picture(turn)
    product = next((p for p in hers(turn) if p.id == product_id), None)
    if product is None:
        return [Say("problem-not-seller", choices=MORE)]
    if not op:
        return [card_of(turn, product)]
    base = _change_id(turn, product, op, mark)
    before, left = turn.level(product.id).free, 0
    times = TIMES[op] if op != NONE else 0
    left = max(0, before + times * step_of(product)) if times else 0
    if left == before and not await _done(turn, base):
        return [card_of(turn, product)]
    await _shift(turn, product, times, base)
    turn.session.form.pop(DONE, None)
    turn.session.form[LAST] = base
    return [card_of(turn, product, base)]


def _change_id(turn: Turn, product: Product, op: str, mark: str) -> str:
    """Names the change by the button that was pressed."""
    pressed = f"{turn.person} {product.id} {op} {mark}"
    return blake2b(pressed.encode(), digest_size=8).hexdigest()


async def _done(turn: Turn, base: str) -> bool:
    return await turn.shop.records.read(lambda books: books.change(base)) is not None


async def _shift(turn: Turn, product: Product, times: int, id_: str) -> None:
    who, now = await turn.who(), turn.now
    if times:
        by = times * step_of(product)
        do = partial(stock.shift_stock, by_much=by)
    else:
        do = partial(stock.set_stock, left=0)
    await turn.shop.ledger.put(lambda books: do(books, product.id, by=who, now=now, id_=id_))


def card_of(turn: Turn, product: Product, done: str = "") -> Say:
    """Picture, name, what is left, what it costs; `done`: the change just made, to be undone."""
    level, prices = turn.level(product.id), turn.prices(product.id)
    fields: dict[str, Field] = {
        "name": product.name["vi"],
        "left": product.amount(level.free),
        "rate": prices.rate(product) if is_priced(product, prices) else Money(0),
    }
    id_ = "stock-card" if level.free else "stock-card-none"
    buttons = _buttons(turn, product, done)
    return Say(id_, fields, choices=buttons, picture=f"product/{product.id}")


def _buttons(turn: Turn, product: Product, done: str) -> tuple[Choice, ...]:
    """The same digits on every card; taking back what was just done comes last."""
    mark, step = turn.change_id()[:8], step_of(product)
    one: dict[str, Field] = {"amount": product.amount(step)}
    ten: dict[str, Field] = {"amount": product.amount(10 * step)}
    undo = (Choice(f"undo:{done}", "choice-undo"),) if done else ()
    return (
        Choice(f"kc:{product.id}:p:{mark}", "choice-more-stock", one),
        Choice(f"kc:{product.id}:m:{mark}", "choice-less-stock", one),
        Choice(f"kc:{product.id}:t:{mark}", "choice-more-stock", ten),
        Choice(f"kc:{product.id}:z:{mark}", "choice-none-left"),
        Choice(f"kp:{product.id}", "choice-stock-number"),
        Choice(f"gp:{product.id}", "choice-stock-price"),
        Choice(f"kc:{_next(turn, product)}", "choice-next-card"),
        *(undo or (Choice("kt", "choice-by-list"),)),
        BACK,
    )


def _next(turn: Turn, product: Product) -> str:
    """The product after this one; after the last the first."""
    ids = [p.id for p in hers(turn)]
    return ids[(ids.index(product.id) + 1) % len(ids)]


ROUTES: Routes = {
    "k": for_seller(screen(shelf, views=1), Right.STOCK),
    "kc": for_seller(screen(card, views=1), Right.STOCK),
    "kt": for_seller(act(by_list), Right.STOCK),
}
