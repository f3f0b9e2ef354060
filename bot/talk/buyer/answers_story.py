"""Answers about a product itself: where it is from, how to keep and cook it, what it is."""

from __future__ import annotations

from collections.abc import Mapping

from bot.shop.product import Product
from bot.shop.says import Choice, Field, Say
from bot.talk.buyer.answers_goods import name_of, next_steps
from bot.talk.buyer.asked import Asked
from bot.talk.buyer.browse import about_lines
from bot.talk.turn import Turn

IN_THE_HEAD = ("card-story", "card-keeping", "card-keeps")
"""Lines of the card left out where the story is what was asked."""


async def origin(turn: Turn, asked: Asked, product: Product) -> list[Say]:
    """Place, household, village and papers; sprays and certificates only as far as papers go."""
    household = turn.shop.catalogue().households.get(product.household)
    fields = name_of(turn, product) | {"origin": product.origin}
    papers = tuple(Say("card-papers", {"papers": p}) for p in product.papers)
    steps = next_steps(turn, product)
    if "clean" in asked.after:
        papers = (*papers, Say("answer-clean-unknown"))
        steps = person_first(steps)
    if not product.origin:
        return [Say("answer-origin-unknown", name_of(turn, product), papers, person_first(steps))]
    if household is None:
        return [Say("answer-origin-only", fields, papers, steps)]
    fields |= {"household": household.name, "village": household.village}
    return [Say("answer-origin", fields, papers, steps)]


def person_first(steps: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """What the shop does not know is the seller's to say: she comes before buying."""
    *others, person, back = steps
    return (person, *others, back)


async def usage(turn: Turn, asked: Asked, product: Product) -> list[Say]:
    """Cooking where cooking was asked, keeping where keeping was, else both."""
    steps = next_steps(turn, product)
    if "health" in asked.after:
        return [_health(turn, product, steps)]
    after = asked.after & {"cooking", "keeping"}
    if after == {"keeping"}:
        return [_keeping(turn, product, steps)]
    told = bool(product.keeping) or product.keeps_told
    also = () if after == {"cooking"} or not told else (_keeping_line(turn, product),)
    if product.cooking:
        text = name_of(turn, product) | _text(turn, product.cooking)
        return [Say("answer-cooking", text, also, steps)]
    unknown = Say("answer-cooking-unknown", name_of(turn, product), also, person_first(steps))
    return [unknown]


def _health(turn: Turn, product: Product, steps: tuple[Choice, ...]) -> Say:
    """Whom it suits the shop never says; a warning in how it is used is said with that."""
    warns = (Say("answer-cooking", name_of(turn, product) | _text(turn, product.cooking)),)
    lines = warns if product.cooking else ()
    return Say("answer-health-unknown", name_of(turn, product), lines, person_first(steps))


def _text(turn: Turn, texts: Mapping[str, str]) -> dict[str, Field]:
    return {"text": texts.get(turn.session.lang) or texts["vi"]}


def _keeping(turn: Turn, product: Product, steps: tuple[Choice, ...]) -> Say:
    fields = name_of(turn, product)
    if product.keeping:
        return Say("answer-keeping", fields | _text(turn, product.keeping), choices=steps)
    if not product.keeps_told:
        return Say("answer-keeps-unknown", fields, choices=person_first(steps))
    return Say("answer-keeps", fields | {"days": product.shelf_life_days}, choices=steps)


def _keeping_line(turn: Turn, product: Product) -> Say:
    if product.keeping:
        return Say("card-keeping", _text(turn, product.keeping))
    return Say("card-keeps", {"days": product.shelf_life_days})


async def about(turn: Turn, asked: Asked, product: Product) -> list[Say]:
    """The story first, then where and when; a product without a story is the seller's to tell."""
    lines = tuple(x for x in about_lines(turn, product) if x.id not in IN_THE_HEAD)
    fields, steps = name_of(turn, product), next_steps(turn, product)
    shown, heard = f"product/{product.id}", product.voice
    if product.story:
        told = fields | _text(turn, product.story)
        return [Say("answer-about", told, lines, steps, picture=shown, clip=heard)]
    if heard:
        return [Say("answer-about-heard", fields, lines, steps, picture=shown, clip=heard)]
    return [Say("answer-about-unknown", fields, lines, person_first(steps), picture=shown)]
