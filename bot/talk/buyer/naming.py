"""Which goods a sentence is about, and how much of each."""

from __future__ import annotations

from collections.abc import Mapping

from bot.talk.buyer.answers_goods import state_of
from bot.talk.buyer.browse import category_name
from bot.talk.buyer.subjects import ANSWERS
from bot.talk.turn import Turn
from bot.understand.fitting import base_amount
from bot.understand.gazetteer import Hit
from bot.understand.provinces import find_province
from bot.understand.question_signs import (
    asks_of_sale,
    asks_shipping,
    asks_where,
    calls_seller,
    named_in_question,
    says_any,
    unknown_goods,
)
from bot.understand.question_words import asks_for
from bot.understand.signs import asks, asks_price
from bot.understand.understood import Understood
from bot.usecases.ports import Province

ABOUT_GOODS = frozenset((*ANSWERS, "bargain", "remind_me", "complain", "order"))
"""Intents in which a part of a name may stand for the goods, as nothing is ordered by it."""

NAMED_FIRST = frozenset({"ask_price", "ask_stock"})
"""Questions that make no sense of goods the shop has not."""


def goods_of(turn: Turn, got: Understood, intent: str = "") -> list[list[str]]:
    """For each name in the sentence the products it may mean; those sold today, if there are."""
    asks = (intent or got.intent) in ABOUT_GOODS
    hits = named_in_question(got.message) if asks else got.message.products
    places = turn.shop.catalogue().provinces
    said = (h for h in hits if h.head or h.kind == "whole" or not _is_place(got, h, places))
    return [_reach(turn, hit) for hit in said]


def _is_place(got: Understood, hit: Hit, places: Mapping[int, Province]) -> bool:
    """ "Lai Châu" is where to, not a part of "gạo Lai Châu"."""
    return bool(find_province(got.message.plain[hit.start : hit.end], places))


def _reach(turn: Turn, hit: Hit) -> list[str]:
    ids = list(hit.wider if hit.weak else hit.ids)
    if hit.weak and turn.session.last_product in ids:
        return [turn.session.last_product]
    near = [p for p in ids if _sold(turn, p)]
    wider = near or [p for p in hit.wider if _sold(turn, p)]
    return wider or ids


def _sold(turn: Turn, product: str) -> bool:
    known = turn.product(product)
    return known is not None and state_of(turn, known) == "open"


def one_of(turn: Turn, got: Understood, intent: str = "") -> str:
    """The one product that is named; empty if none, several, or an unclear name is."""
    goods = goods_of(turn, got, intent)
    return goods[0][0] if len(goods) == 1 and len(goods[0]) == 1 else ""


def not_sold(turn: Turn, got: Understood, intent: str) -> str:
    """Goods the shop has not, in a question after price or stock; empty if none are named."""
    if intent not in NAMED_FIRST:
        return ""
    said = unknown_goods(got.message)
    alone = not named_in_question(got.message) and len(said.split()) < 2
    of_last = turn.session.last_product and alone
    return "" if of_last else said


def amount_of(turn: Turn, got: Understood, product: str) -> int:
    """Base units said of this product, as it is sold; 0 if none or unclear."""
    known = turn.product(product)
    wish = next((w for w in got.wishes if product in (*w.products, *w.wider)), None)
    if known is None or wish is None or len(wish.measures) != 1:
        return 0
    amount = base_amount(known, wish.measures[0])
    if amount == "pack" and len(known.offers) == 1:
        return known.offers[0].amount * wish.measures[0].n
    return amount if isinstance(amount, int) else 0


def reminder(turn: Turn, got: Understood) -> str:
    """The route that reminds of the goods named, else of those last shown that cannot be had now;
    empty if there are none.
    """
    if product := one_of(turn, got):
        return f"ask:{product}"
    last = turn.session.last_product
    return f"ask:{last}" if turn.product(last) and not _sold(turn, last) else ""


def category_of(turn: Turn, got: Understood) -> str:
    """The route to the kind of goods named, else to everything."""
    open_today = turn.shop.market(turn.now).by_category
    plain = got.message.plain
    found = (c for c in open_today if says_any(plain, category_name(turn, c)))
    return next((f"cat:{c}:0" for c in found), "m")


def plainly_asked(turn: Turn, got: Understood) -> str:
    """The route the words show where the classifier is unsure; empty if they show none."""
    plain = got.message.plain
    if calls_seller(plain):
        return "talk"
    if asks_where(plain):
        return "ans:where"
    sold = asks_of_sale(plain) or asks_price(plain)
    if sold and not got.wishes and not_sold(turn, got, "ask_stock"):
        return "ans:stock:?"
    if asks_shipping(plain) and got.message.places:
        return f"ans:shipping{about(turn, got, 'ask_shipping')}"
    product = one_of(turn, got, "ask_origin")
    clean = product and asks(plain) and "clean" in asks_for(plain)
    return f"ans:origin:{product}" if clean else ""


def about(turn: Turn, got: Understood, intent: str) -> str:
    """What stands behind the subject in the route of an answer: goods and amount."""
    if not_sold(turn, got, intent):
        return ":?"
    product = one_of(turn, got, intent)
    if turn.product(product) is None:
        return ":?" if goods_of(turn, got, intent) and not product else ""
    amount = said_of(turn, got, product)
    return f":{product}:{amount}" if amount else f":{product}"


def said_of(turn: Turn, got: Understood, product: str) -> int:
    """Base units of the product in the one amount that was said, 0 if there is none."""
    known = turn.product(product)
    readings = [q.readings[0] for q in got.message.quantities if len(q.readings) == 1]
    if known is None or len(readings) != 1:
        return 0
    amount = base_amount(known, readings[0])
    return amount if isinstance(amount, int) else 0
