"""A question about several goods at once: each answered, the sum of what was said, all by one tap.

Nothing is in the cart before that tap.
"""

from __future__ import annotations

from bot.shop.problems import Problem
from bot.shop.product import Product
from bot.shop.says import Choice, Field, Money, Say
from bot.talk.buyer import cart
from bot.talk.buyer.answers_goods import cost, name_of, state_of
from bot.talk.buyer.asked import ask_person
from bot.talk.buyer.asking import take
from bot.talk.buyer.browse import gone, pick, price_line
from bot.talk.refusals import refused
from bot.talk.turn import BACK, Routes, Turn, act

SEVERAL = "several"
"""Where the session's form keeps what "take all" takes: its mark, products and base units."""
MOST_GOODS = 6

Goods = list[tuple[Product, int]]
"""Products with the base units that were said, 0 for none."""


async def several(turn: Turn, goods: Goods) -> list[Say]:
    """Price and what is left of each; with amounts what each comes to, and all of it."""
    goods = goods[:MOST_GOODS]
    lines = [line for product, amount in goods for line in _lines(turn, product, amount)]
    total = _total(turn, goods)
    seller = ask_person(turn, goods[0][0])
    picks = tuple(pick(turn, p) for p, _ in goods)
    if not total:
        return [Say("answer-several", lines=tuple(lines), choices=(*picks, seller, BACK))]
    lines.append(Say("cart-goods", {"money": Money(total)}))
    said = ",".join(f"{p.id}:{n}" for p, n in goods)
    turn.session.form[SEVERAL] = f"{turn.nonce()},{said}"
    every = Choice(f"all:{turn.nonce()}", "choice-take-all", {"money": Money(total)})
    return [Say("answer-several", lines=tuple(lines), choices=(every, *picks, seller, BACK))]


def _lines(turn: Turn, product: Product, amount: int) -> list[Say]:
    """What the amount costs, or price and what is left; also why it cannot be had."""
    if not amount or state_of(turn, product) != "open":
        return [price_line(turn, product)]
    fields: dict[str, Field] = name_of(turn, product) | {"amount": product.amount(amount)}
    try:
        line = Say("answer-several-line", fields | {"money": Money(cost(turn, product, amount))})
    except Problem as problem:
        return [price_line(turn, product), Say(problem.id, problem.fields)]
    left = turn.level(product.id).free
    few = name_of(turn, product) | {"left": product.amount(left)}
    return [line] if amount <= left else [line, Say("problem-sold-out", few)]


def _total(turn: Turn, goods: Goods) -> int:
    """Đồng for all that was said; 0 if an amount is missing or cannot be had."""
    total = 0
    for product, amount in goods:
        if state_of(turn, product) != "open" or not 0 < amount <= turn.level(product.id).free:
            return 0
        try:
            total += cost(turn, product, amount)
        except Problem:
            return 0
    return total


async def take_all(turn: Turn, mark: str) -> list[Say]:
    """Everything that was asked about, in the amounts that were said; once."""
    shown, *goods = turn.session.form.pop(SEVERAL, "").split(",")
    if shown != mark:
        return await gone(turn)
    refusals: list[Say] = []
    for product_id, amount in (x.split(":") for x in goods):
        try:
            product = cart.in_season_now(turn, cart.wanted(turn, product_id))
            take(turn, product, int(amount))
        except Problem as problem:
            refusals += refused(turn, problem)
    names = {x.split(":")[0] for x in goods}
    says = tuple(cart.line_of(turn, x) for x in turn.session.cart if x.product in names)
    total = Say("cart-goods", {"money": Money(cart.goods_vnd(turn))})
    return [*refusals, Say("cart-added", lines=(*says, total), choices=cart.AFTER_ADDING)]


ROUTES: Routes = {"all": act(take_all)}
