"""Answers about buying a product: what it costs, how much is left, when it is in season."""

from __future__ import annotations

from typing import Literal

from bot.shop.hours import today
from bot.shop.problems import Problem
from bot.shop.product import (
    CLOSES_WITH_SEASON,
    Pick,
    Product,
    is_priced,
    least_amount,
    picks_for,
    price_of,
)
from bot.shop.says import Choice, Field, Money, Months, Say
from bot.shop.season import closed_by_season
from bot.talk.buyer.asked import Asked, ask_person
from bot.talk.buyer.browse import pick, similar, step_lines, ways_to_take
from bot.talk.turn import BACK, Turn

State = Literal["open", "closed", "sold-out", "unpriced"]
"""`closed`: its months keep it off the shelf."""

MOST_CHOICES = 6
"""Beside "back": the most one reads before choosing."""


def state_of(turn: Turn, product: Product) -> State:
    """Why a product can or cannot be bought now."""
    if closed_by_season(product, today(turn.now)):
        return "closed"
    if turn.level(product.id).free < least_amount(product):
        return "sold-out"
    return "open" if is_priced(product, turn.prices(product.id)) else "unpriced"


def name_of(turn: Turn, product: Product) -> dict[str, Field]:
    return {"name": product.named(turn.session.lang)}


def months_of(product: Product) -> dict[str, Field]:
    season = product.season
    return {"months": Months(season.months, season.lunar)} if season else {}


def next_steps(turn: Turn, product: Product, amount: int = 0) -> tuple[Choice, ...]:
    """Likeliest first: take it, or what is next best where it cannot be had; then a person."""
    state = state_of(turn, product)
    person = (ask_person(turn, product), BACK)
    if state in ("closed", "sold-out"):
        like = tuple(pick(turn, p) for p in similar(turn, product))
        return (Choice(f"ask:{product.id}", "choice-remind"), *like, *person)
    if state == "unpriced":
        return person
    packs = ways_to_take(turn, product, turn.level(product.id).free)
    said = _take_said(turn, product, amount)
    if said:
        packs = (said, *(p for p in packs if p.fields.get("pack") != said.fields["pack"]))
    return (*packs[: MOST_CHOICES - 1], *person)


def _take_said(turn: Turn, product: Product, amount: int) -> Choice | None:
    """The amount that was said as a choice, if that much can be had."""
    if not 0 < amount <= turn.level(product.id).free:
        return None
    try:
        fields: dict[str, Field] = {
            "pack": product.amount(amount),
            "money": Money(cost(turn, product, amount)),
        }
    except Problem:
        return None
    return Choice(f"q:{product.id}:{amount}:{turn.nonce()}", "choice-take", fields)


def cost(turn: Turn, product: Product, amount: int) -> int:
    """Đồng for the cheapest way to make an amount. Raises as `picks_for`."""
    prices = turn.prices(product.id)
    return sum(price_of(product, prices, p) for p in picks_for(product, prices, amount))


async def price(turn: Turn, asked: Asked, product: Product) -> list[Say]:
    """Per unit, in the amount that was said, and per pack; said also while it cannot be had."""
    steps = next_steps(turn, product, asked.amount)
    prices, fields = turn.prices(product.id), name_of(turn, product)
    if not is_priced(product, prices):
        return [Say("answer-price-unknown", fields, choices=steps)]
    fields["rate"] = prices.rate(product)
    lines = (*_amount_line(turn, product, asked.amount), *_pack_lines(turn, product))
    state = state_of(turn, product)
    if state == "closed":
        about = fields | months_of(product)
        return [Say("answer-price-out-of-season", about, lines, steps)]
    if state == "sold-out":
        return [Say("answer-price-sold-out", fields, lines, steps)]
    fields["left"] = product.amount(turn.level(product.id).free)
    return [Say("answer-price", fields, lines, steps)]


def _amount_line(turn: Turn, product: Product, amount: int) -> tuple[Say, ...]:
    """What the said amount costs, or why it is not sold so."""
    rate = turn.prices(product.id).rate(product)
    if not amount or amount == rate.per.n:
        return ()
    try:
        line = _price_line(product, amount, cost(turn, product, amount))
    except Problem as problem:
        return (Say(problem.id, problem.fields),)
    left = turn.level(product.id).free
    if state_of(turn, product) == "open" and amount > left:
        few = name_of(turn, product) | {"left": product.amount(left)}
        return (line, Say("problem-sold-out", few))
    return (line,)


def _pack_lines(turn: Turn, product: Product) -> tuple[Say, ...]:
    """Packs beside the price said first, and what whoever takes more pays."""
    prices = turn.prices(product.id)
    said = prices.rate(product)
    packs = [(o.amount, price_of(product, prices, Pick(o.id, 1))) for o in product.offers]
    lines = (
        _price_line(product, n, vnd) for n, vnd in packs if (n, vnd) != (said.per.n, said.vnd)
    )
    return (*lines, *step_lines(product, prices))


def _price_line(product: Product, amount: int, vnd: int) -> Say:
    return Say("answer-pack", {"amount": product.amount(amount), "money": Money(vnd)})


async def stock(turn: Turn, asked: Asked, product: Product) -> list[Say]:
    """How much is left now, enough for what was said or not; else when it comes."""
    steps, fields = next_steps(turn, product, asked.amount), name_of(turn, product)
    state = state_of(turn, product)
    if state == "closed":
        return [Say("card-out-of-season", fields | months_of(product), choices=steps)]
    if state == "sold-out":
        return [Say("card-sold-out", fields, _when_again(turn, product), steps)]
    left = turn.level(product.id).free
    fields["left"] = product.amount(left)
    if not asked.amount:
        return [Say("answer-stock", fields, choices=steps)]
    fields["amount"] = product.amount(asked.amount)
    if asked.amount <= left:
        return [Say("answer-stock-enough", fields, choices=steps)]
    rest = Choice(f"rest:{product.id}:{turn.nonce()}", "choice-take-rest")
    return [Say("answer-stock-less", fields, choices=(rest, *steps))]


def _when_again(turn: Turn, product: Product) -> tuple[Say, ...]:
    """Months if the catalogue has some; else nobody knows, and that is said."""
    if product.season:
        return (Say("card-season", months_of(product)),)
    return (Say("answer-again-unknown"),)


async def season(turn: Turn, asked: Asked, product: Product) -> list[Say]:
    """Months and whether it can be had now; for what keeps, stock decides and months mean new."""
    steps = next_steps(turn, product, asked.amount)
    fields = name_of(turn, product) | months_of(product)
    if state_of(turn, product) == "closed":
        return [Say("card-out-of-season", fields, choices=steps)]
    left = (_left_line(turn, product),)
    if product.season is None:
        return [Say("answer-season-none", fields, left, steps)]
    if product.shipping_class in CLOSES_WITH_SEASON:
        return [Say("answer-season-open", fields, left, steps)]
    return [Say("answer-season-new", fields, left, steps)]


def _left_line(turn: Turn, product: Product) -> Say:
    left = turn.level(product.id).free
    if left < least_amount(product):
        return Say("answer-none-left")
    return Say("answer-left", {"left": product.amount(left)})
