"""The questions about new goods, and the summary when all are answered."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from bot.shop.born import product_of
from bot.shop.says import Amount, Choice, Money, Say
from bot.talk.seller.new_product_draft import Draft, born_of, fields_of
from bot.talk.turn import BACK, Turn
from bot.understand.fold import fold
from bot.understand.sellers.spelled import UNITS

WEIGHTS = (200, 500, 1000, 1500, 3000)
"""Grams of one piece, to choose from."""


def question(turn: Turn, draft: Draft, step: str) -> Say:
    """Ask this step; the next words, picture or voice note answer it."""
    turn.ask(f"np:{step}")
    return QUESTIONS[step](turn, draft)


def _photo(turn: Turn, draft: Draft) -> Say:
    without = Choice("npv:photo:no", "choice-goods-no-photo")
    return Say("goods-photo", choices=(without, Choice("ngl", "choice-goods-list"), BACK))


def _name(turn: Turn, draft: Draft) -> Say:
    return Say("goods-name", choices=(Choice("npv:name:no", "choice-goods-no-name"), BACK))


def _price(turn: Turn, draft: Draft) -> Say:
    return Say("goods-price-number", {"name": draft.name}, choices=(BACK,))


def _unit(turn: Turn, draft: Draft) -> Say:
    fields = {"money": Money(draft.vnd)}
    units = (Choice(f"npv:unit:{fold(u)}", "choice-goods-unit", {"unit": u}) for u in UNITS)
    return Say("goods-unit", fields, choices=(*units, BACK))


def _weight(turn: Turn, draft: Draft) -> Say:
    fields = {"unit": draft.unit, "name": draft.name}
    sizes = (
        Choice(f"npv:weight:{g}", "choice-goods-weight", {"weight": Amount(g, "g")})
        for g in WEIGHTS
    )
    return Say("goods-weight", fields, choices=(*sizes, BACK))


def _amount(turn: Turn, draft: Draft) -> Say:
    fields = {"name": draft.name, "unit": draft.unit}
    return Say("goods-amount-number", fields, choices=(BACK,))


def _category(turn: Turn, draft: Draft) -> Say:
    names = turn.shop.catalogue().category_names
    kinds = (
        Choice(f"npv:category:{c}", "choice-category", {"name": names[c]["vi"]})
        for c in turn.shop.catalogue().categories
    )
    return Say("goods-category", {"name": draft.name}, choices=(*kinds, BACK))


QUESTIONS: dict[str, Callable[[Turn, Draft], Say]] = {
    "photo": _photo,
    "name": _name,
    "price": _price,
    "unit": _unit,
    "weight": _weight,
    "amount": _amount,
    "category": _category,
}


def summary(turn: Turn, draft: Draft) -> Say:
    """Everything at a glance, with the picture and her own voice; one tap, and it is sold."""
    born = born_of(draft, turn.session.seller, turn.person, turn.now)
    product = product_of(replace(born, id="new"))
    names = turn.shop.catalogue().category_names[draft.category]
    lines = [
        Say("goods-pack", {"pack": product.amount(o.amount), "money": Money(o.price_vnd)})
        for o in (product.offers if product.loose else product.offers[1:])
    ]
    lines += [Say("goods-kind", {"category": names["vi"]})]
    lines += [Say("goods-has-voice")] if draft.voice else []
    lines += [Say("goods-has-video")] if draft.video else []
    lines += [] if draft.photo else [Say("goods-no-picture")]
    choices = (
        Choice(f"npgo:{draft.id}", "choice-goods-up"),
        *(Choice(f"np:{s}", f"choice-goods-fix-{s}") for s in ("price", "amount", "name")),
        Choice("np:photo", "choice-goods-fix-photo"),
        Choice(f"npx:{draft.id}", "choice-goods-drop"),
        BACK,
    )
    fields = fields_of(draft, product)
    return Say(
        "goods-summary", fields, tuple(lines), choices, picture=draft.photo, clip=draft.voice
    )
