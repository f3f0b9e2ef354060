"""Sums of money in a message, with what they buy: `65k/kg`, `1 cân 70k`, `80 một cân`."""

from __future__ import annotations

from fractions import Fraction

from bot.understand.amounts import Found, amount_at
from bot.understand.cues import (
    ASKED_PRICE,
    EACH,
    IS,
    NEEDS_MARKS,
    PRICE,
    SELLING,
    WORTH,
    clause_has,
    ordered,
    text_at,
    vaguely,
)
from bot.understand.lexemes import Lexed
from bot.understand.measures import measures
from bot.understand.millions import Sum
from bot.understand.numbers import Num
from bot.understand.pieces import Measure, Money, Other, Price, Quantity
from bot.understand.prices import SLANG, sum_at
from bot.understand.unit_words import Unit
from bot.understand.walker import Walker

MOST_VND = 1_000_000_000
"""More than this in one sum is no price."""
_FEW = 10
"""A bare number below this behind one unit is no price in thousands: `1 hộp 3`."""
_WORTH = 50_000
"""Above so many đồng, `200k na` is rather worth than weight."""
_FEW_K = 20_000
"""Up to so many đồng, a number with k beside a product may be that many kilos."""


class MoneyReader(Walker):
    """Reads sums from the lexemes of one message."""

    def __init__(self, text: Lexed, *, folded: bool, slot: bool) -> None:
        super().__init__(text)
        self._folded = folded
        self._slot = slot

    def read(self, at: int) -> tuple[Money | Quantity | Other | None, int]:
        """The money at `at`; a number with k that may be kilos is a quantity to ask about."""
        money, after = sum_at(self._text, at, slot=self._slot or self._after_price(at))
        if money is None:
            return self._unit_first(at)
        if isinstance(self._mark(at - 1), Num) and not money.said:
            return None, at
        beside = self._mark(at + 1)
        if not money.said and (beside == "half" or (isinstance(beside, Num) and beside.fraction)):
            return None, at
        upper, after = self._upper(money, after)
        per, behind = self._per(after)
        if self._is_amount(money, at, after):
            return None, at
        if not money.said and not self._is_price(money, at, after, per):
            return None, at
        if per is None and money.k and not upper and self._may_be_kilos(money, at, after):
            return self._kilos(at, after, money), after
        return self._money(at, behind, [*money.values, *upper], self._why(money, at, upper), per)

    def _kilos(self, at: int, after: int, money: Sum) -> Quantity | Money | Other:
        """Few may be kilos, many are rather so much worth of it; either is asked."""
        start, end = self._span(at, after)
        grams = money.values[0]
        if not 0 < grams <= _WORTH or grams.denominator != 1:
            return self._money(at, after, list(money.values), "thousand", None)[0]
        return Quantity(start, end, (Measure(int(grams), "g"),), "thousand")

    def for_one(
        self, at: int, after: int, measure: Measure, found: Found
    ) -> tuple[Money, int] | None:
        """`1 cân 70k`, `một chục giá 35`: the price of one unit or half a one that was named."""
        unit = found.unit
        if unit is None or measure.n * 2 not in (unit.size, unit.size * 2):
            return None
        if ordered(self._text, at) or text_at(self._text, after - 1) in SLANG:
            return None
        return self._price_behind(at, after, measure)

    def _after_price(self, at: int) -> bool:
        """`giá 1 củ 2`: a price is being said, if nothing but small words follow."""
        if text_at(self._text, at - 1) not in ASKED_PRICE:
            return False
        behind = self._mark(at + 2)
        return behind in ("end", "comma", "filler", "and-half", "per") or isinstance(behind, Num)

    def _price_behind(self, at: int, after: int, per: Measure) -> tuple[Money, int] | None:
        behind = after
        while behind < after + 2 and text_at(self._text, behind) in IS:
            behind += 1
        if behind >= len(self._found):
            return None
        money, end = sum_at(self._text, behind, slot=self._slot)
        if money is None or isinstance(self._mark(end), tuple) or self._per(end)[0]:
            return None
        priced = clause_has(self._text, end, ASKED_PRICE, 4 + end - at)
        bare = isinstance(self._mark(behind), Num) and self._mark(behind - 1) not in ("minus",)
        if not money.said and not (bare and (priced or behind == after)):
            return None
        if not money.said and (
            not _whole(money) or money.values[0] < _FEW or self._mark(end) in ("product", "times")
        ):
            return None
        why = self._why(money, behind, [])
        found, _ = self._money(at, end, list(money.values), why, per)
        return (found, end) if isinstance(found, Money) else None

    def _unit_first(self, at: int) -> tuple[Money | None, int]:
        """`mỗi cân 70k`, `kg 65k`: a unit nobody counted, with its price behind it."""
        units = self._found[at]
        if not isinstance(units, tuple) or isinstance(self._mark(at - 1), Num):
            return None, at
        named = text_at(self._text, at - 1) in EACH or self._clear(at)
        if not named or len(units) > 1:
            return None, at
        per = _one(units[0])
        priced = self._price_behind(at, at + 1, per)
        return priced if priced and not _bare_price(priced[0]) else (None, at)

    def _upper(self, money: Sum, after: int) -> tuple[list[Fraction], int]:
        """The other end of a range of two whole sums: `1tr-1tr2`, `65k đến 70k`."""
        if not money.said or self._mark(after) not in ("minus", "range"):
            return [], after
        if after + 1 >= len(self._found):
            return [], after
        upper, end = sum_at(self._text, after + 1, slot=self._slot)
        if upper is None or not upper.said or upper.values[0] <= money.values[0]:
            return [], after
        return [upper.values[0]], end

    def _per(self, after: int) -> tuple[Measure | None, int]:
        """What a sum buys, said behind it: `/kg`, `một cân`, `mỗi hộp`, `/500g`, `ký`."""
        mark = self._mark(after)
        each = mark == "per" or text_at(self._text, after) in EACH
        at = after + each
        unit = self._mark(at)
        if isinstance(unit, tuple):
            beside = self._mark(at + 1)
            if each or (self._clear(at) and not isinstance(beside, Num)):
                return _one(unit[0]), at + 1
            return None, after
        if not isinstance(unit, Num) and unit != "half":
            return None, after
        found, behind = amount_at(self._found, at)
        if found is None or found.unit is None or not (each or _single(found)):
            return None, after
        readings, why = measures([found])
        return (readings[0], behind) if len(readings) == 1 and not why else (None, after)

    def _clear(self, at: int) -> bool:
        """True if the unit at `at` cannot be another word: `kg`, or spelled with diacritics."""
        word = text_at(self._text, at)
        return not (self._folded and word in NEEDS_MARKS) and len(word) > 1

    def _is_amount(self, money: Sum, at: int, after: int) -> bool:
        """A number directly before a unit is an amount, unless money was said: `1.500 kg`."""
        unit = self._mark(at + 1)
        if isinstance(unit, tuple) and after == at + 1:
            number = self._found[at]
            spoken = isinstance(number, Num) and number.thousands
            return not spoken or (unit[0].size == 1 and unit[0].kind != "piece")
        return not money.said and isinstance(self._mark(after), tuple)

    def _is_price(self, money: Sum, at: int, after: int, per: Measure | None) -> bool:
        """True if a number without a word for money is a price all the same."""
        if self._mark(at - 1) == "times" or not _whole(money):
            return False
        if per is not None or self._slot:
            return self._mark(after) != "product" or per is not None
        low = money.values[0]
        number = self._found[at]
        if isinstance(number, Num) and not number.digits and number.width == 3:
            return self._mark(after) != "product"
        if clause_has(self._text, at, ASKED_PRICE, 4):
            return self._mark(after) not in ("product", "times")
        if low >= 10_000:
            return low % 500 == 0 and self._mark(after) != "product"
        return low >= 1000 and low % 500 == 0 and self._mark(at - 1) == "product"

    def _may_be_kilos(self, money: Sum, at: int, after: int) -> bool:
        """`5k na`, `lấy 5k`: kilos or thousand đồng, with no word that settles it."""
        if self._slot or len(money.values) > 1 or text_at(self._text, after) in WORTH:
            return False
        if isinstance(self._mark(at - 1), tuple) or isinstance(self._mark(after), Num):
            return False
        if self._mark(after) == "product":
            return True
        if clause_has(self._text, at, PRICE, 4) or SELLING & set(self._text.texts[:at]):
            return False
        return money.values[0] <= (_WORTH if ordered(self._text, at) else _FEW_K)

    def _why(self, money: Sum, at: int, upper: list[Fraction]) -> str:
        if upper:
            return "range"
        if vaguely(self._text, at):
            return "vague"
        if not money.said and money.values[0] < 1000:
            return "bare-price"
        return money.why

    def _money(
        self, at: int, after: int, values: list[Fraction], why: str, per: Measure | None
    ) -> tuple[Money | Other, int]:
        scale = 1000 if why == "bare-price" and values[0] < 1000 else 1
        start, end = self._span(at, after)
        kept = [value * scale for value in values]
        kept = [value for value in kept if 0 < value <= MOST_VND and value.denominator == 1]
        if not kept:
            return Other(start, end, "number"), after
        prices = tuple(dict.fromkeys(Price(int(value), per) for value in kept))
        return Money(start, end, prices, why), after


def _whole(money: Sum) -> bool:
    return all(value.denominator == 1 and value > 0 for value in money.values)


def _one(unit: Unit) -> Measure:
    return Measure(unit.size, unit.base, unit.word)


def _single(found: Found) -> bool:
    """One unit or half a one."""
    unit = found.unit
    return unit is not None and found.readings in ((unit.size,), (Fraction(unit.size, 2),))


def _bare_price(money: Money) -> bool:
    return money.why == "bare-price"
