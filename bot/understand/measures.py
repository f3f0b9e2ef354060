"""Amounts found by the grammar → whole grams, millilitres or pieces."""

from __future__ import annotations

from collections.abc import Sequence

from bot.shop.product import MOST_BASE_UNITS
from bot.shop.says import Base
from bot.understand.amounts import Found
from bot.understand.pieces import Measure


def measures(
    either: Sequence[Found], *, base: Base | None = None
) -> tuple[tuple[Measure, ...], str]:
    """The readings of one amount, likeliest first, and why it must be asked (empty if clear).

    No readings and no reason: nothing, less than nothing, or more than ten tonnes.
    """
    found = [(one, size) for one in either for size in one.readings]
    kept = [(one, size) for one, size in found if 0 < size <= MOST_BASE_UNITS]
    pieces = [(one, size) for one, size in kept if not _cut(one) or size.denominator == 1]
    if either[0].why == "separator" and pieces:
        kept = pieces
    if any(size.denominator != 1 for _, size in kept):
        around = [
            _measure(one, n, base)
            for one, size in kept
            for n in (int(size), -(-size.numerator // size.denominator))
            if n > 0
        ]
        return tuple(dict.fromkeys(around)), "not-whole"
    readings = tuple(dict.fromkeys(_measure(one, int(size), base) for one, size in kept))
    if len(found) > 1 and readings and len({size for _, size in found}) > 1:
        return readings, _why(either)
    return readings, ""


def _cut(found: Found) -> bool:
    return found.unit is None or found.unit.base == "piece"


def _measure(found: Found, n: int, base: Base | None) -> Measure:
    if found.unit is None:
        return Measure(n, base or "piece")
    return Measure(n, found.unit.base, found.unit.word)


def _why(either: Sequence[Found]) -> str:
    """Several amounts of unlike units are ta (tạ or tá), of one unit a tail or none."""
    if len(either) == 1:
        return either[0].why
    bases = {one.unit.base for one in either if one.unit is not None}
    return "ta" if len(bases) > 1 else "tail"
