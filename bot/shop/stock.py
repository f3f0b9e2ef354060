"""Stock is the sum of lots. Every kilo is free, held, sold, spoiled or given back, and none is
lost.

For every lot: brought + counted = free + held + sold + spoiled + returned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.shop.problems import SoldOut, StockBelowHeld
from bot.shop.product import MOST_BASE_UNITS, Product


@dataclass(frozen=True, slots=True)
class Lot:
    """What one household brought of one product, in base units; `at` says which came first."""

    id: str
    product: str
    household: str
    at: int
    brought: int
    counted: int = 0
    held: int = 0
    sold: int = 0
    spoiled: int = 0
    returned: int = 0

    @property
    def free(self) -> int:
        return self.brought + self.counted - self.held - self.sold - self.spoiled - self.returned


@dataclass(frozen=True, slots=True)
class Level:
    """All lots of a product together, in base units."""

    free: int = 0
    held: int = 0
    sold: int = 0


@dataclass(frozen=True, slots=True)
class Take:
    """What an order holds or was sold from a lot."""

    product: str
    lot: str
    amount: int
    sold: bool = False


@dataclass(frozen=True, slots=True)
class StockMove:
    """One line of the append-only journal: what moved, why, by whom, when."""

    product: str
    lot: str
    why: str
    amount: int
    who: str
    at: int
    order: str = ""


def level(lots: Iterable[Lot]) -> Level:
    lots = tuple(lots)
    return Level(sum(x.free for x in lots), sum(x.held for x in lots), sum(x.sold for x in lots))


def hold(
    product: Product, lots: tuple[Lot, ...], amount: int
) -> tuple[tuple[Lot, ...], tuple[Take, ...]]:
    """Set `amount` aside, oldest lot first.

    Raises SoldOut (with what is left) if that much is not free.
    """
    left = level(lots).free
    if amount > left:
        raise SoldOut(product=product.id, name=product.name["vi"], left=product.amount(left))
    takes: list[Take] = []
    after: list[Lot] = []
    for lot in sorted(lots, key=lambda x: (x.at, x.id)):
        part = min(amount, lot.free)
        amount -= part
        after.append(replace(lot, held=lot.held + part) if part else lot)
        if part:
            takes.append(Take(product.id, lot.id, part))
    return tuple(after), tuple(takes)


def free(lots: tuple[Lot, ...], takes: tuple[Take, ...]) -> tuple[Lot, ...]:
    """Give held goods back to their lots."""
    back = _by_lot(takes)
    return tuple(replace(x, held=x.held - back[x.id]) if x.id in back else x for x in lots)


def sell(
    product: Product, lots: tuple[Lot, ...], takes: tuple[Take, ...]
) -> tuple[tuple[Lot, ...], tuple[Take, ...]]:
    """Turn a hold into a sale; the lots are fixed now, oldest first."""
    amount = sum(t.amount for t in takes)
    lots, fixed = hold(product, free(lots, takes), amount)
    gone = _by_lot(fixed)
    sold = tuple(
        replace(x, held=x.held - gone[x.id], sold=x.sold + gone[x.id]) if x.id in gone else x
        for x in lots
    )
    return sold, tuple(replace(t, sold=True) for t in fixed)


def take_back(lots: tuple[Lot, ...], takes: tuple[Take, ...], *, spoiled: bool) -> tuple[Lot, ...]:
    """A returned parcel goes back on the shelf of its lot, or is written off as spoiled."""
    back = _by_lot(takes)

    def one(lot: Lot) -> Lot:
        n = back.get(lot.id, 0)
        return replace(lot, sold=lot.sold - n, spoiled=lot.spoiled + (n if spoiled else 0))

    return tuple(one(x) for x in lots)


def recount(lots: tuple[Lot, ...], left: int, new_lot: Lot) -> tuple[Lot, ...]:
    """Make exactly `left` free: more goes to a new lot as counted, less comes off the newest lots
    first.

    Raises StockBelowHeld for a number no shelf can have.
    """
    if not 0 <= left <= MOST_BASE_UNITS:
        raise StockBelowHeld()
    more = left - level(lots).free
    if more >= 0:
        return (*lots, replace(new_lot, counted=more)) if more else lots
    after: list[Lot] = []
    for lot in sorted(lots, key=lambda x: (x.at, x.id), reverse=True):
        part = min(-more, lot.free)
        more += part
        after.append(replace(lot, counted=lot.counted - part) if part else lot)
    return tuple(reversed(after))


def _by_lot(takes: Iterable[Take]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for take in takes:
        sums[take.lot] = sums.get(take.lot, 0) + take.amount
    return sums
