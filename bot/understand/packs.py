"""Amounts with what stands right behind them: `2kg - 3kg`, `3 túi 500g`, `500g x2`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bot.shop.says import Base
from bot.understand.amounts import Found, amount_at
from bot.understand.cues import PACKS
from bot.understand.measures import measures
from bot.understand.numbers import Num
from bot.understand.pieces import Measure, Quantity
from bot.understand.unit_words import Unit, UnitKind
from bot.understand.walker import Walker


class PackReader(Walker):
    """Two amounts that are one: ranges, and packs of a size."""

    def together(
        self, at: int, after: int, readings: tuple[Measure, ...], why: str
    ) -> tuple[Quantity, int]:
        """With what stands right behind it, if it is clear itself."""
        alone = Quantity(self._start(at), self._end(after), readings, why), after
        if why:
            return alone
        one = readings[0]
        return self._range(at, after, one) or self._sizes(at, after, one) or alone

    def sized(self, at: int, after: int, found: Found) -> tuple[Quantity, int] | None:
        """`2 x 500g`: a bare number of packs."""
        count = found.readings[0]
        if self._mark(after) != "times" or count.denominator != 1 or count <= 0:
            return None
        size, end = self._plain_amount(after + 1)
        if not size or size[0].base == "piece":
            return None
        return self._packs(at, end, Measure(int(count), "piece"), size[0]), end

    def _range(self, at: int, after: int, low: Measure) -> tuple[Quantity, int] | None:
        if self._mark(after) not in ("minus", "range"):
            return None
        high, end = self._plain_amount(after + 1)
        if not high or high[0].base != low.base or high[0].n <= low.n:
            return None
        return Quantity(*self._span(at, end), (low, high[0]), "range"), end

    def _sizes(self, at: int, after: int, one: Measure) -> tuple[Quantity, int] | None:
        """`3 túi 500g`, `3 túi x 500g`, `1 vỉ 10 quả`, `500g x2`, `500g x 2 túi`."""
        times = self._mark(after) == "times"
        if not times and not isinstance(self._mark(after), Num) and self._mark(after) != "half":
            return None
        if one.base != "piece":
            return self._repeated(at, after + 1, one) if times else None
        size, end = self._plain_amount(after + times)
        if one.word not in PACKS or not size or size[0].word in PACKS:
            return None
        if size[0].base == "piece" and not size[0].word:
            return None
        return self._packs(at, end, one, size[0]), end

    def _repeated(self, at: int, count_at: int, size: Measure) -> tuple[Quantity, int] | None:
        if count_at >= len(self._found):
            return None
        packs, end = self._plain_amount(count_at)
        if packs and packs[0].base == "piece":
            return self._packs(at, end, packs[0], size), end
        count, end = amount_at(self._found, count_at)
        if count is None or count.unit is not None or count.readings[0].denominator != 1:
            return None
        return self._packs(at, end, Measure(int(count.readings[0]), "piece"), size), end

    def _packs(self, at: int, after: int, packs: Measure, size: Measure) -> Quantity:
        """So many packs of such a size: the whole weight, or the count if packs are counted."""
        total, _ = measures([Found((Fraction(packs.n * size.n),), _unit(size))])
        count, _ = measures([Found((Fraction(packs.n),), None)])
        kept = (*total, *(replace(one, word=packs.word) for one in count))
        return Quantity(*self._span(at, after), kept, "pack")


def _unit(size: Measure) -> Unit:
    kinds: dict[Base, UnitKind] = {"g": "mass", "ml": "volume"}
    return Unit(kinds.get(size.base, "piece"), 1, size.word)
