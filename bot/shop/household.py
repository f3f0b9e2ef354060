"""Households: what they brought, what of it was sold, what they are owed and were given.

left = owed - paid - advanced, to the đồng. Nothing is deleted, only corrected with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from bot.shop.stock import Lot

OWN = "own"
"""The household of goods nobody else brought."""

PaidKind = Literal["pay", "advance", "correct"]
Answer = Literal["sent", "agreed", "disputed"]


@dataclass(frozen=True, slots=True)
class Household:
    """A household a seller sells for. `account`: its own chat, if it has one.

    public: its name may be shown to customers (recorded consent, or a sample).
    """

    id: str
    seller: str
    name: str
    village: str = ""
    account: str = ""
    public: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class Paid:
    """Money given to a household (đồng; negative only for a correction of an earlier entry).

    corrects: the entry this one corrects; reason says why.
    """

    id: str
    household: str
    seller: str
    kind: PaidKind
    vnd: int
    who: str
    at: int
    reason: str = ""
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a household was told at a moment, and what it answered; figures in đồng."""

    id: str
    household: str
    seller: str
    at: int
    owed: int
    advanced: int
    paid: int
    answer: Answer = "sent"
    words: str = ""
    answered_at: int = 0

    @property
    def left(self) -> int:
        return self.owed - self.advanced - self.paid


@dataclass(frozen=True, slots=True)
class Goods:
    """One product of a household in base units, and the đồng its sold part earned.

    counted: what a recount found more, or less. unpriced: sold base units of lots whose price was
        never said.
    """

    brought: int = 0
    counted: int = 0
    sold: int = 0
    spoiled: int = 0
    returned: int = 0
    owed: int = 0
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """A household's account: goods by product, and money."""

    goods: Mapping[str, Goods] = field(default_factory=dict)
    owed: int = 0
    advanced: int = 0
    paid: int = 0

    @property
    def left(self) -> int:
        """Still owed to the household; negative if more was advanced than sold."""
        return self.owed - self.advanced - self.paid


def owed_for(lot: Lot) -> int:
    """Đồng the household earned with what was sold of a lot, rounded half up."""
    if not lot.cost_per:
        return 0
    exact = Fraction(lot.sold * lot.cost_vnd, lot.cost_per)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def account_of(lots: Iterable[Lot], paid: Iterable[Paid]) -> Account:
    """The account of one household from its lots and what it was given."""
    goods: dict[str, Goods] = {}
    for lot in lots:
        goods[lot.product] = _with(goods.get(lot.product, Goods()), lot)
    entries = tuple(paid)
    first = {entry.id: entry for entry in entries}
    advanced = sum(e.vnd for e in entries if _root(e, first).kind == "advance")
    total = sum(e.vnd for e in entries)
    return Account(goods, sum(g.owed for g in goods.values()), advanced, total - advanced)


def _with(goods: Goods, lot: Lot) -> Goods:
    return Goods(
        goods.brought + lot.brought,
        goods.counted + lot.counted,
        goods.sold + lot.sold,
        goods.spoiled + lot.spoiled,
        goods.returned + lot.returned,
        goods.owed + owed_for(lot),
        goods.unpriced + (0 if lot.cost_per else lot.sold),
    )


def _root(entry: Paid, known: Mapping[str, Paid]) -> Paid:
    """The entry a correction, or a correction of a correction, goes back to."""
    seen = {entry.id}
    while entry.corrects in known and entry.corrects not in seen:
        entry = known[entry.corrects]
        seen.add(entry.id)
    return entry
