"""Every quantity and every sum of money in a whole message.

The rules stand one by one in tests/understand/messages.csv. What can be read two ways keeps both
readings and the reason to ask; numbers that are neither are `Other`, so that no part of a phone
number or a date is ever ordered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understand.amounts import Found, amount_at
from bot.understand.cues import (
    ABOUT,
    ASKED_PRICE,
    BEHIND_ABOUT,
    COUNT,
    FEW,
    HOW_MUCH,
    SENDING,
    STOCK_LEVEL,
    ordered,
    text_at,
    vaguely,
)
from bot.understand.few import FewReader
from bot.understand.fold import has_marks
from bot.understand.lexemes import PRODUCT, Lexed, lex
from bot.understand.measures import measures
from bot.understand.money_pieces import MoneyReader
from bot.understand.numbers import Num
from bot.understand.other_numbers import other_numbers
from bot.understand.packs import PackReader
from bot.understand.pieces import Measure, Other, Piece, Quantity
from bot.understand.sieve import sieve
from bot.understand.small_words import is_small
from bot.understand.unit_words import FOLDED, MIXED
from bot.understand.walker import Walker

AND = frozenset(("và", "va", "vs", "cùng", "cung"))
Step = tuple[Piece | None, int]
"""What was read, and the lexeme behind it."""


A_TA = 100_000
"""Grams: nobody asks what a tạ costs but to take one."""


def scan(
    plain: str, taken: Sequence[tuple[int, int]] = (), *, money_slot: bool = False
) -> list[Piece]:
    """The pieces of `plain` (tidied text) in order, not overlapping.

    taken: [start, end) of product names and live codes, in which nothing is a number.
    money_slot: a price was just asked for, so that củ, lít, chai and bare numbers are money.
    """
    folded = not has_marks(plain)
    others, masked = other_numbers(_without(plain, taken))
    text = lex(masked, FOLDED if folded else MIXED, lone=True)
    sieve(text, folded=folded, slot=money_slot)
    pieces: list[Piece] = [*others, *_Reader(text, folded=folded, slot=money_slot).pieces()]
    return sorted(pieces, key=lambda piece: piece.start)


def _without(plain: str, taken: Sequence[tuple[int, int]]) -> str:
    for start, end in taken:
        start, end = max(0, start), min(len(plain), end)
        if start < end:
            plain = plain[:start] + PRODUCT * (end - start) + plain[end:]
    return plain


class _Reader(Walker):
    """Walks over the lexemes of one message."""

    def __init__(self, text: Lexed, *, folded: bool, slot: bool) -> None:
        super().__init__(text)
        self._money = MoneyReader(text, folded=folded, slot=slot)
        self._packs = PackReader(text)
        self._few = FewReader(text)

    def pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        at = 0
        while at < len(self._found):
            piece, after = self._step(at)
            if piece is not None:
                pieces.append(piece)
            at = max(after, at + 1)
        return pieces

    def _step(self, at: int) -> Step:
        lexeme = self._found[at]
        if isinstance(lexeme, Num | tuple) or lexeme in ("half", "million"):
            return self._number(at)
        if lexeme == "bad":
            return Other(*self._span(at, at + 1), "number"), at + 1
        if lexeme == "minus" and self._negative(at):
            _, after = self._number(at + 1)
            return Other(*self._span(at, after), "number"), after
        if lexeme == "vague" and self._text.texts[at] in FEW:
            return self._few.read(at)
        if lexeme == "and-half" and isinstance(self._mark(at + 1), tuple):
            return self._few.half_first(at)
        return None, at

    def _number(self, at: int) -> Step:
        if self._few.couple(at):
            return self._few.read(at)
        money, after = self._money.read(at)
        if money is not None:
            return money, after
        found, after = self._amount(at)
        if found is None:
            return None, at
        if found.unit is None:
            return self._bare(at, after, found)
        return self._quantity(at, after, found)

    def _negative(self, at: int) -> bool:
        """`-2 kg`, `âm 2 kg`; a dash between spaces behind a word only sets things apart."""
        if not isinstance(self._mark(at + 1), Num):
            return False
        glued = self._text.spans[at + 1][0] == self._text.spans[at][1]
        return glued or at == 0 or self._text.texts[at] in ("âm", "am")

    def _amount(self, at: int) -> tuple[Found | None, int]:
        tailed = self._found[at : at + 3] if self._glued_tail(at) else None
        if tailed is not None:
            return amount_at(tailed, 0)[0], at + 3
        found, after = amount_at(self._found, at)
        if found is None or isinstance(self._found[at], Num) or self._mark(at) == "half":
            return found, after
        return (found, after) if self._stands_alone(at, after, found) else (None, at)

    def _glued_tail(self, at: int) -> bool:
        """`1kg5 2 con`: a digit glued to the unit is its tail, though a number follows."""
        number, unit, tail = self._found[at], self._mark(at + 1), self._mark(at + 2)
        if not (isinstance(number, Num) and isinstance(unit, tuple) and isinstance(tail, Num)):
            return False
        if unit[0].base == "piece" or tail.width not in (1, 3) or number.other is not None:
            return False
        glued = self._end(at + 2) == self._start(at + 2)
        return glued and isinstance(self._mark(at + 3), Num) and not number.fraction

    def _stands_alone(self, at: int, after: int, found: Found) -> bool:
        """Without a number: `cân rưỡi`, `chục cân`, `lấy đôi <product>`."""
        unit = self._found[at]
        if not isinstance(unit, tuple) or len(unit) > 1:
            return False
        if unit[0].kind != "group" or self._mark(after - 1) == "and-half":
            return unit[0].kind != "piece"
        if after > at + 1:
            return unit[0].size == 10 or ordered(self._text, at)
        return self._mark(after) == "product" and ordered(self._text, at)

    def _quantity(self, at: int, after: int, found: Found) -> Step:
        readings, why = measures(self._either(at, after, found))
        if not readings and not why:
            return self._zero(at, after, found)
        if self._vague(at, after):
            why = "vague"
        elif not why and self._eighty_one(at):
            why = "unsure"
        if len(readings) == 1 and not why:
            priced = self._money.for_one(at, after, readings[0], found)
            if priced is not None:
                return priced
            if self._asked(at, after, readings[0], found):
                return None, after
        return self._packs.together(at, after, readings, why)

    def _either(self, at: int, after: int, found: Found) -> list[Found]:
        """`found`, and what else it may be: ta is tạ or tá, a tail may be another number."""
        either = [found]
        for i in range(at, after):
            units = self._found[i]
            if isinstance(units, tuple) and len(units) > 1:
                self._found[i] = units[1:]
                other, _ = amount_at(self._found, at)
                self._found[i] = units
                either += [other] if other else []
        if self._open_tail(at, after):
            shorter, _ = amount_at(self._found[: after - 1], at)
            either += [shorter] if shorter else []
        return either

    def _open_tail(self, at: int, after: int) -> bool:
        """A tail behind a space, before a word nobody knows: `2 kg 3 người`."""
        last = self._found[after - 1]
        if after - at < 3 or not isinstance(last, Num) or self._mark(after) != "unknown":
            return False
        if is_small(text_at(self._text, after)) or text_at(self._text, after) in AND:
            return False
        return self._text.spans[after - 1][0] > self._text.spans[after - 2][1]

    def _zero(self, at: int, after: int, found: Found) -> Step:
        """Nothing, or too much; nothing left is a stock level."""
        start, end = self._span(at, after)
        unit = found.unit
        if unit and found.readings[0] == 0 and text_at(self._text, at - 1) in STOCK_LEVEL:
            return Quantity(start, end, (Measure(0, unit.base, unit.word),)), after
        return Other(start, end, "number"), after

    def _vague(self, at: int, after: int) -> bool:
        number = self._mark(at - 1)
        folded_about = text_at(self._text, at - 1) == "tam" and number == "unknown"
        return (
            vaguely(self._text, at) or folded_about or text_at(self._text, after) in BEHIND_ABOUT
        )

    def _eighty_one(self, at: int) -> bool:
        """`tám mươi một cân`: 81 would be mốt, so it may be eighty thousand for one."""
        words = self._text.texts[at].split()
        return len(words) > 2 and words[-2] in ("mươi", "muoi") and words[-1] in ("một", "mot")

    def _asked(self, at: int, after: int, measure: Measure, found: Found) -> bool:
        """`bao nhiêu một cân`, `1 cân giá sao`: the unit of a question is no order."""
        unit = found.unit
        if unit is None or unit.size == A_TA or measure.n not in (unit.size, unit.size // 2):
            return False
        before = text_at(self._text, at - 1)
        if before in ("tiền", "tien", "sao"):
            before = text_at(self._text, at - 2)
        if before in HOW_MUCH | ASKED_PRICE:
            return True
        return not ordered(self._text, at) and self._asked_behind(after)

    def _asked_behind(self, after: int) -> bool:
        for i in range(after, min(after + 4, len(self._found))):
            if self._found[i] == "comma" or self._text.texts[i] in SENDING:
                return False
            if self._text.texts[i] in HOW_MUCH | ASKED_PRICE:
                return True
        return False

    def _bare(self, at: int, after: int, found: Found) -> Step:
        """A number without a unit: it belongs to a product that touches it, or to nobody."""
        start, end = self._span(at, after)
        times = self._mark(at - 1) == "times"
        if times and isinstance(self._mark(at - 2), Num):
            return Other(start, end, "number"), after
        size = self._packs.sized(at, after, found)
        if size is not None:
            return size
        if self._mark(after) == "times" and self._mark(after + 1) == "product":
            return self._counted(start, self._end(after + 1), found, at), after + 1
        if times or self._owned(at, after):
            start = self._text.spans[at - 1][0] if times else start
            return self._cut_short(self._counted(start, end, found, at), after), after
        if found.why == "fraction" and not found.spelled:
            return Quantity(start, end, (), "fraction", bare=True), after
        return (None if found.spelled else Other(start, end, "number")), after

    def _cut_short(self, piece: Piece, after: int) -> Piece:
        """`2c`: a letter glued to a number may be a unit cut short."""
        letter = text_at(self._text, after)
        if not letter.isalpha() or len(letter) > 2 or self._text.spans[after][0] != piece.end:
            return piece
        if isinstance(piece, Quantity) and not piece.why:
            return replace(piece, why="unit")
        return piece

    def _owned(self, at: int, after: int) -> bool:
        if self._mark(after) == "product" or self._mark(at - 1) == "product":
            return True
        between = (":", "=", "-", *ABOUT)
        named = text_at(self._text, at - 1) in between and self._mark(at - 2) == "product"
        return named or text_at(self._text, at - 1 - (text_at(self._text, at - 1) == ":")) in COUNT

    def _counted(self, start: int, end: int, found: Found, at: int) -> Piece:
        if found.why == "fraction" or any(one.denominator != 1 for one in found.readings):
            return Quantity(start, end, (), "fraction", bare=True)
        readings, why = measures([found])
        if not readings:
            return Other(start, end, "number")
        vague = "vague" if vaguely(self._text, at) else why
        return Quantity(start, end, readings, vague, bare=True)
