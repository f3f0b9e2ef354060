"""What is known of a customer's wish for a lower price, said in one message or over several."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.shop.cart import amount_in
from bot.shop.deal import Deal, hoped_vnd, is_odd, usual_vnd
from bot.shop.product import Prices, Product, is_priced
from bot.talk.turn import Turn
from bot.understand.fitting import base_amount
from bot.understand.pieces import Measure
from bot.understand.price_answers import lots
from bot.understand.understood import Understood

MOST_WORDS = 200
MOST_SAID = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """Base units and đồng, 0 unknown; `vnd` buys `per` base units, or if that is 0 is a plain
    sum. said: the amount in words that are no number ("cả xe"). words: the customer's own.
    """

    product: str
    amount: int = 0
    vnd: int = 0
    per: int = 0
    said: str = ""
    words: str = ""

    def hoped(self, product: Product, prices: Prices) -> int:
        """Đồng hoped for all of the amount, 0 while it or the price is unknown."""
        if not self.amount or not self.vnd:
            return 0
        return hoped_vnd(product, prices, self.amount, self.vnd, self.per)


def read_wish(product: Product, prices: Prices, got: Understood, words: str) -> Wish:
    """The one amount and the one price in the words; what is unclear stays unknown."""
    clear = [q.readings[0] for q in got.message.quantities if len(q.readings) == 1]
    amount = _units(product, clear[0]) if len(clear) == 1 else 0
    price, said = got.price, lots(words)[:MOST_SAID]
    if price is None:
        return Wish(product.id, amount, said=said, words=words)
    per = _units(product, price.per) if price.per else 0
    if per and not amount and is_odd(price.vnd, usual_vnd(product, prices, per)):
        amount, per = per, 0  # "1 tạ 35k" is no price for a tạ
    return Wish(product.id, amount, price.vnd, per, said, words)


def _units(product: Product, measure: Measure) -> int:
    amount = base_amount(product, measure)
    return amount if isinstance(amount, int) else 0


def joined(before: Wish, now: Wish) -> Wish:
    """What is said now, and from before what is not said anew."""
    same = not now.vnd
    return replace(
        now,
        amount=now.amount or (0 if now.said else before.amount),
        said=now.said or ("" if now.amount else before.said),
        vnd=before.vnd if same else now.vnd,
        per=before.per if same else now.per,
        words=_one_after_another(before.words, now.words),
    )


def _one_after_another(*said: str) -> str:
    return " / ".join(dict.fromkeys(x for x in said if x))[:MOST_WORDS]


def of_deal(deal: Deal | None, product: str) -> Wish:
    """The amount of a deal that is still open; its price was not enough."""
    return Wish(product, deal.amount, said=deal.said) if deal else Wish(product)


def of_cart(turn: Turn, product: Product, wish: Wish) -> Wish:
    """A price said alone is for what lies in the cart."""
    if not wish.vnd or wish.amount or wish.said:
        return wish
    return replace(wish, amount=amount_in(turn.session.cart, product))


def keep(turn: Turn, wish: Wish) -> None:
    turn.session.form["wish"] = f"{wish.product}:{wish.amount}:{wish.vnd}:{wish.per}"
    turn.session.form["wish_said"] = wish.said
    turn.session.form["wish_words"] = wish.words


def kept(turn: Turn, product: Product) -> Wish:
    """What was said of a wish for this product; nothing if the wish was for another one."""
    form = turn.session.form
    name, *numbers = form.get("wish", "").split(":")
    if len(numbers) != 3 or name not in ("", product.id):
        return Wish(product.id)
    amount, vnd, per = map(int, numbers)
    return Wish(product.id, amount, vnd, per, form.get("wish_said", ""), words_of(turn))


def words_of(turn: Turn) -> str:
    """The words of the wish in hand."""
    return turn.session.form.get("wish_words", "")


def on_screen(turn: Turn, product: Product) -> Wish:
    """The wish in hand while its prices or its question are what the customer looks at; else the
    one amount whose price she sees.
    """
    ids = [i.id for i in turn.session.menus[-1].items] if turn.session.menus else []
    shown = any(i.split(":")[:2] == ["ws", product.id] for i in ids)
    asked = turn.session.asking == f"wa:{product.id}"
    if shown or asked:
        return kept(turn, product)
    taken = {i.split(":")[2] for i in ids if i.startswith(f"q:{product.id}:")}
    return Wish(product.id, int(taken.pop()) if len(taken) == 1 else 0)


async def open_deals(turn: Turn, product: str = "") -> list[Deal]:
    """What this customer asked a price for and has not settled, newest first."""
    found = await turn.shop.records.deals_of(turn.person)
    live = [d for d in found if d.state == "wished" or (d.state == "offered" and _fresh(turn, d))]
    return [d for d in reversed(live) if product in ("", d.product)]


def _fresh(turn: Turn, deal: Deal) -> bool:
    return turn.now <= deal.until


def is_below(turn: Turn, product_id: str, got: Understood) -> bool:
    """Whether an order names a price for one product that is lower than what it costs."""
    product = turn.product(product_id)
    if product is None or len(got.message.products) != 1:
        return False
    prices = turn.prices(product_id)
    if not is_priced(product, prices):
        return False
    wish = read_wish(product, prices, got, "")
    amount = wish.amount or wish.per
    if not amount or not wish.vnd:
        return False
    hoped = hoped_vnd(product, prices, amount, wish.vnd, wish.per)
    return hoped < usual_vnd(product, prices, amount)
