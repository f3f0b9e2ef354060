"""Changing the cart in one's own words: another amount, some more, some less, or not at all."""

from __future__ import annotations

import re

from bot.shop.cart import amount_in, without
from bot.shop.problems import Problem
from bot.shop.product import Product
from bot.shop.says import Say
from bot.talk.buyer import cart, cart_edit
from bot.talk.buyer.asking import take
from bot.talk.buyer.ordering import in_reach, order
from bot.talk.refusals import refused
from bot.talk.turn import Routes, Turn, act
from bot.understand.fitting import base_amount
from bot.understand.fold import fold
from bot.understand.pairing import Wish

_MORE = re.compile(r"(?<!\w)(?:them|cong|nua)(?!\w)")
_LESS = re.compile(r"(?<!\w)(?:bot|giam|tru|rut)(?!\w)")
_DOWN_TO = re.compile(r"(?<!\w)(?:giam|bot|ha|tang|len) .*(?<!\w)(?:con|xuong|len|thanh)(?!\w)")
_NOT = re.compile(
    r"(?<!\w)(?:bo|xoa|huy|thoi|khong (?:lay|mua|can)|ko (?:lay|mua|can)|k (?:lay|mua|can)|"
    r"khoi|dung lay)(?!\w)"
)
_SWAP = re.compile(r"(?<!\w)(?:doi|thay) .*(?<!\w)(?:thanh|sang|bang|lay)(?!\w)")
_ALL = re.compile(r"(?<!\w)(?:het|tat ca|sach|gio)(?!\w)")


async def change_cart(turn: Turn) -> list[Say]:
    """Each thing that was named, or the only thing in the cart; else which one is asked."""
    got = turn.understood
    if got is None or not turn.session.cart:
        return await (order(turn) if got and got.wishes else cart.cart(turn))
    plain = fold(got.message.plain)
    in_cart = list(dict.fromkeys(x.product for x in turn.session.cart))
    wishes = [_of_cart(turn, w, in_cart) for w in got.wishes]
    if _NOT.search(plain) and not wishes:
        return await (cart_edit.empty(turn) if _ALL.search(plain) else cart_edit.edit(turn))
    if len(wishes) == 2 and _SWAP.search(plain) and not any(w.measures for w in wishes):
        return await _swap(turn, wishes)
    if not wishes or any(len(w.products) != 1 for w in wishes):
        return await cart_edit.edit(turn)
    says = [s for w in wishes for s in await _change(turn, w, plain)]
    return [*says, *await cart.cart(turn)]


def _of_cart(turn: Turn, wish: Wish, in_cart: list[str]) -> Wish:
    """What is in the cart is meant before anything else on the shelf."""
    if wish.code:
        return wish
    names = wish.products or (tuple(in_cart) if len(in_cart) == 1 else ())
    mine = tuple(p for p in (*names, *wish.wider) if p in in_cart)
    found = in_reach(turn, wish) if not mine else wish
    return Wish(mine[:1] or found.products, "", wish.measures, wish.why, wish.dropped)


async def _swap(turn: Turn, wishes: list[Wish]) -> list[Say]:
    """ "Đổi măng khô thành miến dong": the one out, and how much of the other."""
    out, into = (w.products[0] if len(w.products) == 1 else "" for w in wishes)
    product = turn.product(into)
    if not out or product is None:
        return await cart_edit.edit(turn)
    turn.session.cart = without(turn.session.cart, out)
    turn.words = ""
    return await cart.how_much(turn, product.id)


async def _change(turn: Turn, wish: Wish, plain: str) -> list[Say]:
    """Raises nothing: what cannot be had is said, and the cart stays."""
    product = cart.wanted(turn, wish.products[0])
    before = amount_in(turn.session.cart, product)
    said = base_amount(product, wish.measures[0]) if len(wish.measures) == 1 else 0
    amount = said if isinstance(said, int) else 0
    if not amount:
        if wish.dropped or _NOT.search(plain):
            turn.session.cart = without(turn.session.cart, product.id)
            return []
        return await cart_edit.change(turn, product.id)
    if _DOWN_TO.search(plain):
        return _set(turn, product, amount)
    if _MORE.search(plain):
        amount += before
    elif _LESS.search(plain):
        amount = max(0, before - amount)
    return _set(turn, product, amount)


def _set(turn: Turn, product: Product, amount: int) -> list[Say]:
    kept = turn.session.cart
    turn.session.cart = without(kept, product.id)
    if not amount:
        return []
    try:
        take(turn, product, amount)
    except Problem as problem:
        turn.session.cart = kept
        return refused(turn, problem)
    return []


ROUTES: Routes = {"chg": act(change_cart)}
