"""What a seller is asked about a price: which goods, which pack, whether a slip was meant."""

from __future__ import annotations

from collections.abc import Sequence

from bot.shop.product import Product, is_priced
from bot.shop.says import Choice, Field, Many, Money, Say
from bot.talk.seller.price_lines import fields_of, price_lines, shown
from bot.talk.seller.price_pending import keep
from bot.talk.seller.pricing import Open, Priced, settled
from bot.talk.seller.stock import hers, likest
from bot.talk.turn import BACK, Turn
from bot.understand.message import Message
from bot.understand.sellers.prices import price_changes
from bot.understand.sellers.said import PriceSaid
from bot.understand.sellers.spelled import only_sum


def question(turn: Turn, product: Product, id_: str) -> Say:
    """Ask for the price of one thing; the next words answer."""
    turn.ask(f"gp:{product.id}")
    return Say(id_, _now(turn, product), choices=(BACK,))


def _now(turn: Turn, product: Product) -> dict[str, Field]:
    fields: dict[str, Field] = {"name": product.name["vi"]}
    prices = turn.prices(product.id)
    if is_priced(product, prices):
        return fields | {"rate": prices.rate(product)}
    return fields | {"rate": Money(0)}


def ask_open(turn: Turn, product: Product, said: PriceSaid, open_: Open) -> Say:
    if open_.why == "step":
        fields = fields_of(product, f"from:{open_.least}")
        fields["rate"] = shown(product, "from:", open_.usual)
        again = Choice(f"gp:{product.id}", "choice-price-again")
        return Say("price-step-not-lower", fields, choices=(again, BACK))
    if open_.why in ("price", "unit", "no-pack") or not open_.options:
        id_ = "price-unclear-number" if open_.why == "price" else "price-no-pack-number"
        turn.ask(f"gp:{product.id}")
        return Say(id_, _now(turn, product) | {"packs": _packs(product)}, choices=(BACK,))
    turn.ask(f"gp:{product.id}")
    mark, first = keep(turn, [[option] for option in open_.options])
    choices = tuple(
        _option(product, f"gy:{mark}:{first + n}", option)
        for n, option in enumerate(open_.options)
    )
    id_ = "price-odd" if open_.why == "odd" else "price-which-pack"
    about = _now(turn, product) | {"text": said.said[:60]}
    return Say(id_, about, choices=(*choices, BACK))


def _packs(product: Product) -> Field:
    """The ways it is sold, for showing."""
    ways = [product.amount(o.amount) for o in product.offers]
    return Many((*ways, *((product.amount(product.loose.per),) if product.loose else ())))


def _option(product: Product, id_: str, option: Priced) -> Choice:
    """A price as a button: of what, and how much."""
    if len(option.vnd) > 1:
        return Choice(id_, "choice-price-packs")
    [(key, vnd)] = option.vnd.items()
    fields = fields_of(product, key) | {"price": shown(product, key, vnd)}
    return Choice(id_, "choice-price-pack" if key else "choice-price", fields)


def ask_which(turn: Turn, found: Sequence[Product], said: PriceSaid) -> Say:
    """Which of several goods, or of those with the likest names where none of hers was named; none
    is offered for a price alone ("100k").
    """
    others = (Choice("gl:0", "choice-prices"), BACK)
    if not found and only_sum(said.said):
        return Say("price-of-what", {"text": said.said[:60]}, choices=others)
    offered = [p for p in found or likest(turn, _name_part(said.said)) if _can(turn, p)]
    ready = {p.id: settled(p, turn.prices(p.id), said) for p in offered}
    priced = {i: got for i, got in ready.items() if isinstance(got, Priced)}
    mark, first = keep(turn, [[one] for one in priced.values()])
    numbers = {i: n for n, i in enumerate(priced, first)}
    choices = tuple(
        _priced_choice(p, f"gy:{mark}:{numbers[p.id]}", priced[p.id])
        if p.id in numbers
        else Choice(f"gp:{p.id}", "choice-product", {"name": p.name["vi"]})
        for p in offered
    )
    id_ = "price-which" if found else "price-no-such"
    return Say(id_, {"text": said.said[:60]}, choices=(*choices, *others))


def _priced_choice(product: Product, id_: str, priced: Priced) -> Choice:
    """The goods with the price they get by this button."""
    name: dict[str, Field] = {"name": product.name["vi"]}
    if len(priced.vnd) != 1:
        return Choice(id_, "choice-product", name)
    [(key, vnd)] = priced.vnd.items()
    return Choice(id_, "choice-product-price", name | {"price": shown(product, key, vnd)})


def _name_part(said: str) -> str:
    """The words before the first number, where the goods mostly stand."""
    words = said.split()
    upto = next((n for n, w in enumerate(words) if any(c.isdigit() for c in w)), len(words))
    return " ".join(words[:upto] or words)


def _can(turn: Turn, product: Product) -> bool:
    return is_priced(product, turn.prices(product.id))


def ask_sure(turn: Turn, priced: Sequence[Priced]) -> Say:
    """Said back, before → after, with a yes."""
    own = {p.id: p for p in hers(turn)}
    lines: list[Say] = []
    for one in priced:
        before = {key: turn.prices(one.product).vnd.get(key, 0) for key in one.vnd}
        lines += price_lines(own[one.product], before, one.vnd, "price-change")
    mark, n = keep(turn, [priced])
    yes, no = Choice(f"gy:{mark}:{n}:yes", "choice-yes"), Choice(f"gy:{mark}:no", "choice-no")
    return Say("price-told", lines=tuple(lines), choices=(yes, no, BACK))


def price_choice(turn: Turn, message: Message, product: Product) -> tuple[Choice, ...]:
    """The price the words may also mean ("na 65", "giảm 5k"), as a button; none if it would be a
    strange one.
    """
    said = price_changes(message, {product.id})
    if len(said) != 1 or said[0].products != (product.id,) or not _can(turn, product):
        return ()
    got = settled(product, turn.prices(product.id), said[0])
    if not isinstance(got, Priced) or len(got.vnd) != 1:
        return ()
    mark, n = keep(turn, [[got]])
    [(key, vnd)] = got.vnd.items()
    fields = fields_of(product, key) | {"price": shown(product, key, vnd)}
    return (Choice(f"gy:{mark}:{n}", "choice-price-as", fields),)
