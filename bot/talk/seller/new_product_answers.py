"""What an answer to one question about new goods says: name, price, unit, weight, how much."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from bot.talk.seller.new_product_draft import Draft, measured, told
from bot.talk.turn import Turn
from bot.understand.fold import fold
from bot.understand.pieces import Measure
from bot.understand.price_answers import read_price
from bot.understand.quantities import Read, read_amount
from bot.understand.sellers.new_goods import new_goods
from bot.understand.sellers.spelled import KILOS, LITRE, LITRES, unit_said

MOST_NAME = 60
MOST_UNIT = 12
LEAST_VND, MOST_VND = 1_000, 100_000_000
"""What the catalogue's files take for a price."""


Reader = Callable[[Turn, Draft, str], Awaitable[Draft | None]]


async def answered(turn: Turn, draft: Draft, step: str, words: str) -> Draft | None:
    """The draft with the answer in it; None if the words do not answer."""
    return await READERS[step](turn, draft, words.strip())


async def _name(turn: Turn, draft: Draft, words: str) -> Draft | None:
    """A name alone, or a whole sentence that begins with one."""
    got = await turn.understand(words)
    said = new_goods(words, got.message)
    if said.vnd or said.packs or said.amount:
        return told(replace(draft, name="", near=False), said) if said.name else None
    name = " ".join(words.split())[:MOST_NAME]
    if not any(c.isalpha() for c in name):
        return None
    named = name[:1].upper() + name[1:]
    return replace(draft, name=named, unnamed=False, near=False)


async def _price(turn: Turn, draft: Draft, words: str) -> Draft | None:
    """ "30", "30k", "30k một cân": a bare number is thousands, and shown before it counts."""
    found = read_price(words)
    if found is None:
        got = await turn.understand(words)
        said = new_goods(words, got.message)
        return told(draft, said) if said.vnd and _can_be(said.vnd) else None
    price = found.readings[0]
    if not _can_be(price.vnd):
        return None
    after = replace(draft, vnd=price.vnd)
    return measured(after, price.per) if price.per else after


def _can_be(vnd: int) -> bool:
    return LEAST_VND <= vnd <= MOST_VND


async def _unit(turn: Turn, draft: Draft, words: str) -> Draft | None:
    """A unit's word, or a weight that the price buys ("500g")."""
    said = unit_said(words)
    if said in KILOS:
        return measured(draft, Measure(1000, "g"), "kg")
    if said in LITRES:
        return measured(draft, Measure(1000, "ml"), LITRE)
    weight = read_amount(words, "g", bare=0) if any(c.isdigit() for c in words) else None
    if isinstance(weight, Read) and weight.amount:
        return measured(draft, Measure(weight.amount, "g"), "kg")
    if not said.replace(" ", "").isalpha() or len(said) > MOST_UNIT:
        return None
    return measured(draft, Measure(1, "piece", said), said)


async def _weight(turn: Turn, draft: Draft, words: str) -> Draft | None:
    """Grams of one piece; a bare number of two digits or less is kilos."""
    bare = 1000 if len(fold(words)) < 3 else 1
    got = read_amount(words, "g", bare=bare)
    return replace(draft, grams=got.amount) if isinstance(got, Read) and got.amount else None


async def _amount(turn: Turn, draft: Draft, words: str) -> Draft | None:
    """How much there is: a bare number counts the unit; none is an answer too."""
    if fold(words) in ("0", "het", "chua co"):
        return replace(draft, amount=0)
    bare = 1 if draft.base == "piece" else 1000
    got = read_amount(words, draft.base, bare=bare)
    return replace(draft, amount=got.amount) if isinstance(got, Read) else None


async def _category(turn: Turn, draft: Draft, words: str) -> Draft | None:
    """The words of a button that was not tapped."""
    names = turn.shop.catalogue().category_names
    found = [c for c, name in names.items() if fold(words) in fold(name["vi"])]
    return replace(draft, category=found[0]) if len(found) == 1 and len(words) > 1 else None


READERS: dict[str, Reader] = {
    "name": _name,
    "price": _price,
    "unit": _unit,
    "weight": _weight,
    "amount": _amount,
    "category": _category,
}
