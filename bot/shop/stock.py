"""Stock is the sum of lots. Every kilo is free, held, sold, spoiled or given back, and none is
lost.

For every lot: brought + counted = free + held + sold + spoiled + returned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.shop.problems import NotThatMuch, SoldOut, StockBelowHeld
from bot.shop.product import MOST_BASE_UNITS, Product


@dataclass(frozen=True, slots=True)
class Lot:
    """What one household brought of one product, in base units; `at` says which came first.

    cost_vnd: đồng the household gets per `cost_per` base units that are sold; cost_per 0: never
    said.
    """

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
    cost_vnd: int = 0
    cost_per: int = 0

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
    product: Product, lots: tuple[Lot, ...], amount: int, first: str = ""
) -> tuple[tuple[Lot, ...], tuple[Take, ...]]:
    """Set `amount` aside, oldest lot first; lots of the household `first` before all others.

    Raises SoldOut (with what is left) if that much is not free.
    """
    left = level(lots).free
    if amount > left:
        raise SoldOut(product=product.id, name=product.name["vi"], left=product.amount(left))
    takes: list[Take] = []
    after: list[Lot] = []
    for lot in sorted(lots, key=lambda x: (x.household != first, x.at, x.id)):
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
    product: Product, lots: tuple[Lot, ...], takes: tuple[Take, ...], first: str = ""
) -> tuple[tuple[Lot, ...], tuple[Take, ...]]:
    """Turn a hold into a sale; the lots are fixed now: those of the household `first`, then the
    oldest.
    """
    amount = sum(t.amount for t in takes)
    lots, fixed = hold(product, free(lots, takes), amount, first)
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
    """Make exactly `left` free: more is counted in the newest lot of the same household as
    `new_lot`, or in `new_lot` if there is none; less comes off the newest lots first.

    Raises StockBelowHeld for a number no shelf can have.
    """
    if not 0 <= left <= MOST_BASE_UNITS:
        raise StockBelowHeld()
    more = left - level(lots).free
    if more >= 0:
        return _counted_up(lots, more, new_lot)
    return _each_newest(lots, -more, lambda lot, n: replace(lot, counted=lot.counted - n))


def _counted_up(lots: tuple[Lot, ...], more: int, new_lot: Lot) -> tuple[Lot, ...]:
    same = [x for x in lots if x.household == new_lot.household]
    if not more:
        return lots
    if not same:
        return (*lots, replace(new_lot, counted=more))
    newest = max(same, key=lambda x: (x.at, x.id))
    grown = replace(newest, counted=newest.counted + more)
    return tuple(grown if x is newest else x for x in lots)


def spoil(lots: tuple[Lot, ...], amount: int, household: str = "") -> tuple[Lot, ...]:
    """Write off free goods, oldest lot first (the oldest spoils); of one household if named.

    Raises NotThatMuch if less is free.
    """
    return _gone(lots, amount, household, "spoiled")


def give_back(lots: tuple[Lot, ...], amount: int, household: str) -> tuple[Lot, ...]:
    """Free goods go back to the household that brought them. Raises NotThatMuch."""
    return _gone(lots, amount, household, "returned")


def _gone(lots: tuple[Lot, ...], amount: int, household: str, figure: str) -> tuple[Lot, ...]:
    mine = tuple(x for x in lots if not household or x.household == household)
    if not 0 < amount <= level(mine).free:
        raise NotThatMuch()
    after = {x.id: x for x in lots}
    for lot in sorted(mine, key=lambda x: (x.at, x.id)):
        part = min(amount, lot.free)
        amount -= part
        after[lot.id] = replace(lot, **{figure: getattr(lot, figure) + part})
    return tuple(after[x.id] for x in lots)


def _each_newest(
    lots: tuple[Lot, ...], less: int, take: Callable[[Lot, int], Lot]
) -> tuple[Lot, ...]:
    """Take `less` off what is free, newest lots first."""
    after = {x.id: x for x in lots}
    for lot in sorted(lots, key=lambda x: (x.at, x.id), reverse=True):
        part = min(less, lot.free)
        less -= part
        after[lot.id] = take(lot, part) if part else lot
    return tuple(after[x.id] for x in lots)


def _by_lot(takes: Iterable[Take]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for take in takes:
        sums[take.lot] = sums.get(take.lot, 0) + take.amount
    return sums
