"""What a seller is asked about her stock: which goods, which amount, left, come or gone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.product import Product
from bot.shop.says import Choice, Field, Say
from bot.talk.seller.counting import MORE, Kind
from bot.talk.seller.price_asking import price_choice
from bot.talk.seller.stock import ask_number, listed_choices
from bot.talk.turn import Turn

MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Unclear:
    """Goods that could be several of hers, an amount with several readings (base units), or one
    that is left, came or is gone. near: the goods as buttons, with what was said of them; where
    none of hers was named those with the names most like it.
    """

    products: tuple[Product, ...]
    said: str
    amounts: tuple[int, ...] = ()
    kind: Kind = ""
    near: tuple[Choice, ...] = ()


def ask(turn: Turn, unclear: Unclear, *, alone: bool) -> Say:
    """Which of her goods; of one, which amount, and whether it is left, came or is gone.

    alone: nothing else is being asked, so the next words may answer this.
    """
    if len(unclear.products) != 1:
        choices = unclear.near or listed_choices(unclear.products[:MOST_LINES])
        id_ = "stock-which" if unclear.products else "stock-no-such"
        return Say(id_, {"text": unclear.said}, choices=(*choices, *MORE))
    product, kind = unclear.products[0], unclear.kind
    if not unclear.amounts:
        return _how_many(turn, product, kind, unclear.said, alone=alone)
    kinds: tuple[Kind, ...] = (kind,) if kind else ("set", "add", "less")
    offered = tuple(_amount_choice(product, k, n) for n in unclear.amounts for k in kinds)
    if alone and kind:
        turn.ask(f"kp:{product.id}:{kind}")
    fields: dict[str, Field] = {"name": product.name["vi"], "text": unclear.said}
    priced = price_choice(turn, turn.understood.message, product) if turn.understood else ()
    return Say("stock-how-much", fields, choices=(*priced, *offered[:MOST_LINES], *MORE))


def _how_many(turn: Turn, product: Product, kind: Kind, said: str, *, alone: bool) -> Say:
    if alone:
        number = any(c.isdigit() for c in said)
        id_ = "stock-unclear-number" if number else "stock-ask-number"
        return ask_number(turn, product, id_, kind)
    choices = (*listed_choices((product,)), *MORE)
    return Say("stock-which", {"text": product.name["vi"]}, choices=choices)


def _amount_choice(product: Product, kind: Kind, n: int) -> Choice:
    fields: dict[str, Field] = {"amount": product.amount(n)}
    return Choice(f"kp:{product.id}:{kind}:{n}", f"choice-stock-{kind}", fields)
