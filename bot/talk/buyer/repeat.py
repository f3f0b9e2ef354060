"""The same again as in an order before: what of it can be had today goes into the cart."""

from __future__ import annotations

import re

from bot.shop.cart import amount_in
from bot.shop.order import Order, OrderLine
from bot.shop.problems import Problem
from bot.shop.says import Choice, Say
from bot.talk.buyer import cart
from bot.talk.buyer.asking import take
from bot.talk.refusals import refused
from bot.talk.turn import BACK, Routes, Turn, act

AS_BEFORE = re.compile(
    r"(?<!\w)(?:dat lai (?:don|nhu)|lay lai (?:don|nhu)|nhu (?:cu|moi khi|moi lan|lan truoc)|"
    r"giong (?:lan|don) truoc)(?!\w)"
)
"""Folded words that ask for it and can mean nothing else."""


async def again(turn: Turn, code: str = "", mark: str = "") -> list[Say]:
    """An order that was chosen, else everything of the last checkout; then the cart."""
    before = await _before(turn, code)
    if not before:
        return [Say("again-none", choices=(Choice("m", "choice-market"), BACK))]
    fresh = turn.once(f"again:{code}:{mark or turn.nonce()}")
    says = bring(turn, before) if fresh else []
    return [*says, *await cart.cart(turn)]


async def _before(turn: Turn, code: str) -> list[Order]:
    known = await turn.shop.records.orders_of(turn.person)
    if code:
        return [o for o in known if o.code == code]
    return [o for o in known if o.checkout == known[0].checkout]


async def bring_last(turn: Turn) -> list[Say]:
    """Everything of the last checkout, without a screen; nothing if there was none."""
    return bring(turn, await _before(turn, ""))


def bring(turn: Turn, orders: list[Order]) -> list[Say]:
    """Into the cart, as far as it is not there yet; what cannot be had is said."""
    says: list[Say] = []
    for line in (x for o in orders for x in o.lines if not _has(turn, x)):
        try:
            product = cart.in_season_now(turn, cart.wanted(turn, line.product))
            take(turn, product, line.amount)
        except Problem as problem:
            refusal = refused(turn, problem)[0]
            says.append(Say(refusal.id, refusal.fields))
    return says


def _has(turn: Turn, line: OrderLine) -> bool:
    """Whether the cart holds as much already: the same wish said twice is one."""
    product = turn.product(line.product)
    return product is not None and amount_in(turn.session.cart, product) >= line.amount


ROUTES: Routes = {"again": act(again)}
