"""What is asked about new goods later, one question a day: when they are ripe, where they are
from, how long they keep, how they must be sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.shop.born import Born
from bot.shop.product import MOST_BASE_UNITS
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Months, Say
from bot.shop.season import months_between
from bot.talk.seller.new_product_media import cleaned
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.usecases import goods
from bot.usecases.goods_letters import CLASSES, CODES, months, question_say

QUESTION_OF = {code: question for question, code in CODES.items()}
MOST_ORIGIN = 80
MOST_DAYS = 3650
PASSED = "-"
_NUMBER = re.compile(r"\d+")


async def question(
    turn: Turn, product: str, code: str, value: str = "", last: str = ""
) -> list[Say]:
    """The question, or the answer to it: a button's, typed words, or a voice note."""
    born = await turn.shop.records.read(lambda b: goods.find(b, product))
    which = QUESTION_OF[code]
    if value.startswith("p") and which == "season":
        return [_months(turn, born, int(value[1:]))]
    if which == "season" and value.isdigit() and not last:
        return [_last_month(born, int(value))]
    if turn.heard.kind == "voice" and not value:
        voice = await cleaned(turn, "voice", turn.heard.media)
        return await _book(turn, born, which, voice if not born.voice else {})
    if not value and not turn.words:
        turn.ask(f"nq:{product}:{code}")
        return [question_say(product, born.name, which)]
    told = {} if value == PASSED else READERS[which](turn, born, value or turn.words, last)
    if told is None:
        turn.ask(f"nq:{product}:{code}")
        return [Say("goods-unclear"), question_say(product, born.name, which)]
    return await _book(turn, born, which, told)


async def _book(turn: Turn, born: Born, which: str, told: Mapping[str, Any]) -> list[Say]:
    who = await turn.who()
    now = turn.now
    await turn.shop.ledger.put(lambda b: goods.answer_question(b, born.id, which, told, who, now))
    see = Choice(f"p:{born.id}", "choice-goods-see")
    said = "goods-answered" if told else "goods-passed"
    return [Say(said, {"name": born.name}, choices=(see, BACK))]


def _months(turn: Turn, born: Born, first: int) -> Say:
    start = f"nq:{born.id}:se"
    if first not in (1, 7):
        raise ValueError(first)
    turn.ask(start)
    return Say("goods-ask-first-month", {"name": born.name}, choices=(*months(start, first), BACK))


def _last_month(born: Born, first: int) -> Say:
    """The six months from the first on cover most harvests; longer ones are typed ("3-11")."""
    shown = ((first - 1 + n) % 12 + 1 for n in range(6))
    choices = (
        Choice(f"nq:{born.id}:se:{first}:{m}", "choice-goods-month", {"month": Months((m,))})
        for m in shown
    )
    fields: dict[str, Field] = {"name": born.name, "month": Months((first,))}
    return Say("goods-ask-last-month", fields, choices=(*choices, BACK))


Told = Mapping[str, Any] | None


def _season(turn: Turn, born: Born, value: str, last: str) -> Told:
    """Typed months, or those of two buttons; all year is no season."""
    if value == "all":
        return {"months": ()}
    ends = [int(n) for n in _NUMBER.findall(f"{value} {last}")]
    if not ends or len(ends) > 2 or not all(1 <= m <= 12 for m in ends):
        return None
    return {"months": months_between(ends[0], ends[-1])}


def _origin(turn: Turn, born: Born, value: str, last: str) -> Told:
    seller = turn.shop.catalogue().sellers.get(born.seller)
    place = seller.place if seller and value == "me" else value
    return {"origin": " ".join(place.split())[:MOST_ORIGIN]}


def _days(turn: Turn, born: Born, value: str, last: str) -> Told:
    found = _NUMBER.findall(value)
    days = int(found[0][:8]) if len(found) == 1 else 0
    return {"shelf_life_days": days} if 0 < days <= min(MOST_DAYS, MOST_BASE_UNITS) else None


def _class(turn: Turn, born: Born, value: str, last: str) -> Told:
    if not value.isdigit() or int(value) >= len(CLASSES):
        return None
    return {"shipping_class": CLASSES[int(value)]}


READERS: dict[str, Callable[[Turn, Born, str, str], Told]] = {
    "season": _season,
    "origin": _origin,
    "shelf_life": _days,
    "shipping_class": _class,
}

ROUTES: Routes = {"nq": for_seller(screen(question, views=2), Right.GOODS)}
