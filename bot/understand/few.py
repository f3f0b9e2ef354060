"""A few of something: `vài cân`, `mấy chục nghìn`, `dăm ba quả`, `rưỡi cân`."""

from __future__ import annotations

from fractions import Fraction

from bot.understand.amounts import Found
from bot.understand.cues import text_at
from bot.understand.measures import measures
from bot.understand.numbers import Num
from bot.understand.pieces import Money, Quantity
from bot.understand.walker import Walker

MANY = frozenset(("mấy", "may"))
_THOUSANDS = ("thousand", "million", "billion")


class FewReader(Walker):
    """Amounts that only the person can say."""

    def couple(self, at: int) -> bool:
        """`đôi ba cân`: a few."""
        few = self._text.texts[at] in ("đôi", "doi") and text_at(self._text, at + 1) == "ba"
        return few and isinstance(self._mark(at + 2), tuple)

    def read(self, at: int) -> tuple[Quantity | Money | None, int]:
        """`vài cân`, `mấy chục nghìn`, `dăm ba quả`; `mấy cân?` asks, and is nothing."""
        after, money = self._few_of(at)
        if after == at:
            return None, at
        each = self._each(after)
        if self._how_many(at, after) or (each > after and self._text.texts[at] in MANY):
            return None, each
        if money:
            return Money(*self._span(at, each), (), "vague"), each
        return Quantity(*self._span(at, after), (), "vague"), after

    def _few_of(self, at: int) -> tuple[int, bool]:
        """Where `vài trăm nghìn` ends (at `at` if nothing is counted), and whether it is money."""
        after = at + 1
        while isinstance(self._mark(after), Num) and after < at + 3:
            after += 1
        last = self._found[after - 1]
        if isinstance(last, Num) and last.thousands:
            return after, True
        if not isinstance(self._mark(after), tuple) and self._mark(after) not in _THOUSANDS:
            return at, False
        while isinstance(self._mark(after), tuple) and after < at + 5:
            after += 1
        money = self._mark(after) in _THOUSANDS
        return after + money, money

    def _each(self, after: int) -> int:
        """Behind `một cân`, if that follows: what the few thousand buy."""
        one = self._mark(after)
        single = isinstance(one, Num) and one.value == 1
        return after + 2 if single and isinstance(self._mark(after + 1), tuple) else after

    def half_first(self, at: int) -> tuple[Quantity | None, int]:
        """`rưỡi cân`: one and a half, or half a one."""
        unit = self._found[at + 1]
        if not isinstance(unit, tuple) or unit[0].kind == "piece":
            return None, at + 2
        sizes = tuple(Fraction(unit[0].size * n, 2) for n in (3, 1))
        readings, _ = measures([Found(sizes, unit[0], "fraction")])
        return Quantity(*self._span(at, at + 2), readings, "fraction"), at + 2

    def _how_many(self, at: int, after: int) -> bool:
        """mấy with a question mark, or behind còn, có, được, or before thế, vậy, nhỉ."""
        if self._text.texts[at] not in MANY:
            return False
        asking = ("còn", "con", "có", "co", "được", "dc", "đc", "bán", "hết", "nặng", "giá", "gia")
        behind = (
            "thế",
            "the",
            "vậy",
            "vay",
            "này",
            "nay",
            "đó",
            "kia",
            "nhỉ",
            "nhi",
            "hả",
            "ha",
            "tiền",
            "tien",
            "v",
        )
        if isinstance(self._mark(at - 1), tuple):
            return True
        later = "question" in self._found[after:]
        return (
            later or text_at(self._text, at - 1) in asking or text_at(self._text, after) in behind
        )
