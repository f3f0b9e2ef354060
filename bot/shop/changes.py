"""What was changed, by whom and when; and how the last change is taken back.

A change is never deleted. Taking it back is another change of the stock or price, booked with the
first one's id, and only possible while the goods are still there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import msgspec

from bot.shop.problems import UndoTooLate
from bot.shop.stock import Lot

ChangeKind = Literal[
    "stock", "price", "lot", "payment", "household", "grant", "revoke", "block", "unblock",
    "product", "approve", "order", "bank", "proof", "undo",
]  # fmt: skip

UNDO_SECONDS = 24 * 3600
"""A change older than this is corrected by a new one, not taken back."""

LotField = Literal["brought", "counted", "spoiled", "returned"]


class LotShift(msgspec.Struct, frozen=True):
    """So many base units more (or less) in one figure of a lot."""

    lot: str
    field: LotField
    by: int


class Effect(msgspec.Struct, frozen=True, omit_defaults=True):
    """What undoing needs: the lots that were shifted, prices before and after, free before.

    costs_before, costs_after: by lot, what its household gets: đồng, per so many base units.
    """

    shifts: tuple[LotShift, ...] = ()
    prices_before: Mapping[str, int] = {}
    prices_after: Mapping[str, int] = {}
    before: int = 0
    after: int = 0
    costs_before: Mapping[str, tuple[int, int]] = {}
    costs_after: Mapping[str, tuple[int, int]] = {}


NO_EFFECT = Effect()


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the shop's journal.

    subject: the product, order code, household or account it is about. words: a reason or note.
    before, after (in `effect`): base units free, for showing. undone_at: 0 while it stands.
    seq: the place among all changes, since many are of one second; the books give it.
    """

    id: str
    at: int
    who: str
    seller: str
    kind: ChangeKind
    subject: str
    words: str = ""
    effect: Effect = field(default=NO_EFFECT)
    undone_at: int = 0
    undone_by: str = ""
    seq: int = 0

    @property
    def can_be_undone(self) -> bool:
        return not self.undone_at and self.effect != NO_EFFECT


def shifts_between(before: tuple[Lot, ...], after: tuple[Lot, ...]) -> tuple[LotShift, ...]:
    """What turned the lots `before` into `after`, figure by figure; sales and holds aside."""
    old = {lot.id: lot for lot in before}
    found: list[LotShift] = []
    for lot in after:
        was = old.get(lot.id) or replace(lot, brought=0, counted=0, spoiled=0, returned=0)
        for name in ("brought", "counted", "spoiled", "returned"):
            by = getattr(lot, name) - getattr(was, name)
            if by:
                found.append(LotShift(lot.id, name, by))
    return tuple(found)


def priced_back(lots: tuple[Lot, ...], effect: Effect) -> tuple[Lot, ...]:
    """The lots at their costs before. Raises UndoTooLate if one was said anew meanwhile."""
    before, after = effect.costs_before, effect.costs_after
    known = {lot.id: lot for lot in lots}
    for name, cost in after.items():
        lot = known.get(name)
        if lot is None or (lot.cost_vnd, lot.cost_per) != tuple(cost):
            raise UndoTooLate()
        known[name] = replace(lot, cost_vnd=before[name][0], cost_per=before[name][1])
    return tuple(known[lot.id] for lot in lots)


def taken_back(lots: tuple[Lot, ...], shifts: tuple[LotShift, ...]) -> tuple[Lot, ...]:
    """The lots without these shifts. Raises UndoTooLate if that much is no longer free."""
    known = {lot.id: lot for lot in lots}
    for shift in shifts:
        lot = known.get(shift.lot)
        if lot is None:
            raise UndoTooLate()
        known[shift.lot] = replace(lot, **{shift.field: getattr(lot, shift.field) - shift.by})
    if any(lot.free < 0 or lot.brought < 0 for lot in known.values()):
        raise UndoTooLate()
    return tuple(known[lot.id] for lot in lots)
