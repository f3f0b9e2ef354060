"""Orders in one's own words: what is clear goes into the cart, what is not is asked, one thing
after the other.
"""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from bot.shop.hours import today
from bot.shop.problems import OutOfSeason, Problem
from bot.shop.product import Product, is_priced
from bot.shop.says import Choice, Money, Say
from bot.shop.season import closed_by_season
from bot.talk.buyer import cart
from bot.talk.buyer.answers import answer
from bot.talk.buyer.asking import Open, keep, pending, still_open, take
from bot.talk.buyer.browse import gone, show_found
from bot.talk.buyer.repeat import AS_BEFORE, bring_last
from bot.talk.buyer.subjects import ANSWERS
from bot.talk.refusals import refused
from bot.talk.turn import BACK, Routes, Turn, act
from bot.understand.fitting import base_amount
from bot.understand.fold import fold
from bot.understand.pairing import WhyWish, Wish
from bot.understand.phones import Phone, read_phone
from bot.understand.pieces import Other
from bot.understand.small_words import is_small
from bot.understand.understood import Understood

MOST_WISHES = 12
MOST_SAID = 60
MOST_ON_A_SCREEN = 8
MOVED = frozenset({"ask", "rest"})
"""Choices of a refusal that are worth keeping: to be told, to take what is left."""


async def order(turn: Turn) -> list[Say]:
    """Everything that was wanted in one message."""
    got = turn.understood
    if got is None:
        return await gone(turn)
    last = "" if got.message.products else turn.session.last_product
    wanted = [w for w in got.wishes if not w.dropped][:MOST_WISHES]
    wishes = [in_reach(turn, w, "" if _said(got, w) else last) for w in wanted]
    if not wishes:
        return [Say("order-what", choices=(Choice("m", "choice-market"), BACK))]
    first = wishes[0]
    if len(wishes) == 1 and first.products and not first.measures:
        return await show_found(turn, list(first.products))
    _remember_phone(turn, got)
    before = await bring_last(turn) if AS_BEFORE.search(fold(got.message.plain)) else []
    taken: list[str] = []
    asked: list[Open] = []
    says = [*before, *(s for w in wishes for s in _take(turn, got, w, taken, asked))]
    keep(turn, [*asked, *still_open(turn)])
    turn.words = ""
    if taken:
        turn.session.last_product = taken[-1]
        says = [*says, *await _also(turn, got), noted(turn, taken, last=not asked)]
    return _one_menu([*says, *await pending(turn)])


def _one_menu(says: list[Say]) -> list[Say]:
    """Digits answer the last message, so the choices of those before it move there."""
    if len(says) < 2:
        return says
    early = [c for s in says[:-1] for c in s.choices if c.id.partition(":")[0] in MOVED]
    last = says[-1].choices
    room = MOST_ON_A_SCREEN - len(last)
    choices = (*last[:-1], *early[:room], *last[-1:]) if last else tuple(early[:room])
    plain = [msgspec.structs.replace(s, choices=()) for s in says[:-1]]
    return [*plain, msgspec.structs.replace(says[-1], choices=choices)]


async def _also(turn: Turn, got: Understood) -> list[Say]:
    """The answer to a question that stood beside the order, without choices of its own."""
    subject = ANSWERS.get(got.also)
    if not subject:
        return []
    asking = turn.session.asking
    about = (w.products[0] for w in got.wishes if len(w.products) == 1 and not w.measures)
    says = await answer(turn, subject, next(about, ""))
    turn.session.asking = asking
    return [msgspec.structs.replace(s, choices=()) for s in says]


def _remember_phone(turn: Turn, got: Understood) -> None:
    """A number written beside the order is not asked for again."""
    for piece in got.message.pieces:
        if isinstance(piece, Other) and piece.kind == "phone":
            phone = read_phone(got.message.plain[piece.start : piece.end])
            if isinstance(phone, Phone):
                turn.session.form.setdefault("phone", phone.number)


def _take(
    turn: Turn, got: Understood, wish: Wish, taken: list[str], asked: list[Open]
) -> list[Say]:
    """Into the cart if it is clear and there, else among what is asked; or why it cannot be."""
    if wish.code:
        return [Say("code-no-live", {"code": wish.code}, choices=(BACK,))]
    product = turn.product(wish.products[0]) if len(wish.products) == 1 else None
    if product is None or wish.why:
        closed = _closed(turn, product) if product else []
        if not closed:
            asked.append(Open(wish.products, _amounts(turn, wish), _said(got, wish)))
        return closed
    try:
        take(turn, cart.in_season_now(turn, product), _amounts(turn, wish)[0])
    except Problem as problem:
        return _not_taken(turn, problem)
    taken.append(product.id)
    return []


def _said(got: Understood, wish: Wish) -> str:
    """How the goods were named, without amounts and politeness; empty if they were not."""
    words = got.message.plain[slice(*wish.said)]
    if wish.products:
        return words[:MOST_SAID]
    for quantity in got.message.quantities:
        words = words.replace(got.message.plain[quantity.start : quantity.end], " ")
    return " ".join(w for w in re.findall(r"\w+", words) if not is_small(w))[:MOST_SAID]


def _closed(turn: Turn, product: Product) -> list[Say]:
    """Why a product cannot be had today, before anybody asks how much of it."""
    try:
        cart.in_season_now(turn, cart.wanted(turn, product.id))
    except Problem as problem:
        return _not_taken(turn, problem)
    return []


def _not_taken(turn: Turn, problem: Problem) -> list[Say]:
    """A refusal of what is not in the cart yet."""
    product = str(problem.fields.get("product", ""))
    if isinstance(problem, OutOfSeason):
        remind = Choice(f"ask:{product}", "choice-remind")
        return [Say("order-out-of-season", problem.fields, choices=(remind, BACK))]
    return refused(turn, problem)


def in_reach(turn: Turn, wish: Wish, last: str = "") -> Wish:
    """The wish for what is on the shelf today; an amount alone is of `last`, if that is known."""
    if wish.code:
        return wish
    products = wish.products or ((last,) if last else ())
    near = [p for p in products if on_shelf(turn, p)]
    found = tuple(near or [p for p in wish.wider if on_shelf(turn, p)] or products)
    if len(wish.measures) == 1 and len(found) > 1:
        found = tuple(p for p in found if turn.fits(p, wish.measures[0]) != "unit") or found
    return replace(wish, products=found, why=_why(turn, wish, found))


def _why(turn: Turn, wish: Wish, found: tuple[str, ...]) -> WhyWish:
    if len(found) != 1:
        return "which-product" if found else wish.why or "no-product"
    if wish.why in ("amount", "owner", "several", "no-amount") or len(wish.measures) != 1:
        return wish.why or "amount"
    return turn.fits(found[0], wish.measures[0])


def on_shelf(turn: Turn, product_id: str) -> bool:
    product = turn.product(product_id)
    if product is None or not is_priced(product, turn.prices(product_id)):
        return False
    return not closed_by_season(product, today(turn.now)) and turn.level(product_id).free > 0


def _amounts(turn: Turn, wish: Wish) -> tuple[int, ...]:
    """Base units the wish may mean, of the first product it may mean."""
    product = turn.product(wish.products[0]) if wish.products else None
    if product is None:
        return ()
    found = [base_amount(product, m) for m in wish.measures]
    if found == ["pack"]:
        found = [o.amount * wish.measures[0].n for o in product.offers]
    return tuple(dict.fromkeys(n for n in found if isinstance(n, int) and n > 0))


def noted(turn: Turn, products: list[str], *, last: bool) -> Say:
    """ "Em ghi": every line with its price, and what the cart comes to. last: nothing is asked
    after it.
    """
    lines = [x for x in turn.session.cart if x.product in products]
    says = tuple(cart.line_of(turn, x) for x in lines)
    total = Say("cart-goods", {"money": Money(cart.goods_vnd(turn))})
    return Say("cart-added", lines=(*says, total), choices=cart.AFTER_ADDING if last else ())


ROUTES: Routes = {"want": act(order)}
