"""Which amount belongs to which goods, in one part of a message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from bot.understand.gazetteer import Hit
from bot.understand.message import Code
from bot.understand.pieces import Measure, Quantity

WhyWish = Literal[
    "", "which-product", "no-product", "no-amount", "amount", "owner", "several", "unit", "pack",
    "not-sold", "large",
]  # fmt: skip

Fits = Callable[[str, Measure], WhyWish]
"""Whether this much of a product can be had as said: empty if so, else why to ask."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Goods or a code with an amount.

    products: what the words may mean; one if clear, none for a code or for an amount alone.
    measures: one if clear; several or none if asked. dropped: it is to be taken back (`không lấy
        na nữa`, `A1-`). wider: see `Hit`. part: the part of the tidied text it stands in.
    said: where the goods are named there, else the whole part.
    """

    products: tuple[str, ...] = ()
    code: str = ""
    measures: tuple[Measure, ...] = ()
    why: WhyWish = ""
    dropped: bool = False
    wider: tuple[str, ...] = ()
    part: tuple[int, int] = (0, 0)
    said: tuple[int, int] = (0, 0)

    @property
    def clear(self) -> bool:
        return not self.why and not self.dropped


Goods = Hit | Code
Item = Goods | Quantity
Pairs = list[tuple[Goods | None, Quantity | None]]
"""Goods with their amount; None for an amount nobody owns, or goods without one."""


@dataclass(frozen=True, slots=True)
class Part:
    start: int
    end: int
    items: tuple[Item, ...]
    dropped: bool = False

    @property
    def goods(self) -> list[Goods]:
        return [i for i in self.items if not isinstance(i, Quantity)]

    @property
    def amounts(self) -> list[Quantity]:
        return [i for i in self.items if isinstance(i, Quantity)]


def paired(part: Part) -> list[Wish]:
    goods, amounts = part.goods, part.amounts
    span = (part.start, part.end)
    if not goods:
        lonely = [_wish(None, q, "no-product") for q in amounts]
        return [replace(w, part=span, said=span) for w in lonely]
    if len(amounts) == 1 and len(goods) == 1:
        pairs: Pairs = [(g, amounts[0]) for g in goods]
    elif len(goods) == 1 and amounts:
        pairs = _only_owner(goods[0], amounts)
    else:
        pairs = _by_turns(part.items)
    why: WhyWish = "owner" if any(g is None for g, _ in pairs) else ""
    made = [(g, _wish(g, q, why)) for g, q in pairs if g is not None]
    return [
        replace(w, dropped=w.dropped or part.dropped, part=span, said=(g.start, g.end))
        for g, w in made
    ]


def _only_owner(goods: Goods, amounts: Sequence[Quantity]) -> Pairs:
    """Two amounts of one thing: the same twice is one, else both are asked about."""
    readings = tuple(dict.fromkeys(r for q in amounts for r in q.readings))
    first = amounts[0]
    packs = _packs_of(readings)
    if packs and not any(q.why for q in amounts):
        return [(goods, replace(first, readings=(packs,)))]
    why = first.why if len(readings) == 1 else "several"
    return [(goods, replace(first, readings=readings, why=why))]


def _packs_of(readings: Sequence[Measure]) -> Measure | None:
    """`2 gói thịt lợn loại 500g`: so many packs of such a size, if there are such packs."""
    if len(readings) != 2 or {m.base == "piece" for m in readings} != {True, False}:
        return None
    count, size = sorted(readings, key=lambda m: m.base != "piece")
    if count.word not in ("gói", "túi", "hộp", "hũ", "chai", "bịch"):
        return None
    return replace(size, n=count.n * size.n, word=f"{count.n}×{size.n}")


def _by_turns(items: Sequence[Item]) -> Pairs:
    """Goods and amounts one after the other, all amounts before or all behind their goods."""
    kinds = [isinstance(i, Quantity) for i in items]
    runs = [(is_amount, len(list(run))) for is_amount, run in groupby(kinds)]
    amounts = [i for i in items if isinstance(i, Quantity)]
    goods = [i for i in items if not isinstance(i, Quantity)]
    if not amounts:
        return [(g, None) for g in goods]
    if len(amounts) == len(goods) and all(n == 1 for _, n in runs):
        return list(zip(goods, amounts, strict=True))
    before = kinds[0]
    pairs: Pairs = []
    unowned = list(amounts)
    for at, item in enumerate(items):
        if isinstance(item, Quantity):
            continue
        beside = at - 1 if before else at + 1
        near = items[beside] if 0 <= beside < len(items) else None
        mine = near if isinstance(near, Quantity) else None
        if mine in unowned:
            unowned.remove(mine)
        pairs.append((item, mine))
    lonely = any(q is None and isinstance(g, Hit) for g, q in pairs)
    return [*pairs, *((None, q) for q in unowned), *([(None, None)] if lonely else [])]


def _wish(goods: Goods | None, amount: Quantity | None, why: WhyWish) -> Wish:
    readings = amount.readings if amount else ()
    if amount and (amount.why or len(readings) != 1):
        why = why or ("several" if amount.why == "several" else "amount")
    if isinstance(goods, Code):
        return Wish((), goods.code, readings or (Measure(1, "piece"),), why, goods.dropped)
    if goods is None:
        return Wish((), "", readings, why)
    if amount is None:
        why = why or "no-amount"
    return Wish(goods.ids, "", readings, why, wider=goods.wider)
