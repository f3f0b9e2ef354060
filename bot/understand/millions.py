"""Sums of money and their largest part: millions with their tails (`3tr45`, `ba triệu tư`)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.understand.lexemes import Lexed
from bot.understand.numbers import Num

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Sum:
    """Đồng, several if it is open. why: empty if it is clear.

    said: a word or sign of money was there (`k`, `triệu`, `đ`), or grouped thousands. k: that
    word was k alone, which may also be kilos.
    """

    values: tuple[Fraction, ...]
    why: str = ""
    said: bool = True
    k: bool = False


def is_ten(text: Lexed, at: int) -> bool:
    unit = text.found[at] if at < len(text.found) else None
    return isinstance(unit, tuple) and unit[0].kind == "group" and unit[0].size == 10


def is_mark(text: Lexed, at: int, mark: str) -> bool:
    return at < len(text.found) and text.found[at] == mark


def glued(text: Lexed, at: int) -> bool:
    return text.spans[at][0] == text.spans[at - 1][1]


def counts_glued(text: Lexed, at: int) -> bool:
    """`65k1kg`: the digit belongs to the unit glued to it, not to the sum."""
    unit = text.found[at + 1] if at + 1 < len(text.found) else None
    return isinstance(unit, tuple) and glued(text, at + 1)


def finished(
    low: Fraction, high: Fraction | None, why: str, text: Lexed, at: int, *, k: bool = False
) -> tuple[Sum, int]:
    """A finished sum; a currency word behind it belongs to it."""
    currency = is_mark(text, at, "money")
    values = (low,) if high is None else (low, high)
    return Sum(values, why if high is not None else "", k=k and not currency), at + currency


def lone_million(text: Lexed, at: int) -> tuple[Sum | None, int]:
    """`triệu rưỡi`, `triệu hai`."""
    beside = text.found[at + 1] if at + 1 < len(text.found) else None
    if beside == "and-half" or (isinstance(beside, Num) and beside.width == 1):
        return millions(text, at + 1, Fraction(1), None, "", MILLION)
    return None, at


def millions(
    text: Lexed, at: int, low: Fraction, high: Fraction | None, why: str, each: int
) -> tuple[Sum, int]:
    if high is not None:
        return finished(low * each, high * each, why, text, at)
    if is_mark(text, at, "and-half"):
        return finished((low + Fraction(1, 2)) * each, None, "", text, at + 1)
    tail = text.found[at] if at < len(text.found) else None
    if not isinstance(tail, Num) or tail.fraction:
        return finished(low * each, None, "", text, at)
    return _million_tail(text, at, low * each, tail, each)


def _million_tail(text: Lexed, at: int, whole: Fraction, tail: Num, each: int) -> tuple[Sum, int]:
    beside = text.found[at + 1] if at + 1 < len(text.found) else None
    tight = glued(text, at) and not counts_glued(text, at)
    if beside == "thousand" or tail.thousands:
        value = tail.value if tail.thousands else tail.value * 1000
        after = at + 1 if tail.thousands else at + 2
        if value < 10_000:
            return finished(whole + value * 100, whole + value, "tail", text, after)
        return finished(whole + value, tail.other, "tail", text, after)
    if not tight and (isinstance(beside, tuple) or beside in ("per", "times", "million", "half")):
        return finished(whole, None, "", text, at)
    return _positional(text, at, whole, tail, each)


def _positional(text: Lexed, at: int, whole: Fraction, tail: Num, each: int) -> tuple[Sum, int]:
    """`3tr4`, `3tr45`, `3tr045`, `ba triệu hai lăm`; a ten said in full may be either."""
    digits = text.texts[at] if tail.digits and tail.width != 3 else ""
    if tail.other is not None or (digits and not digits.isdecimal()):
        whole_only = not tail.digits
        return (
            finished(whole, None, "", text, at) if whole_only else _separate(text, whole, tail, at)
        )
    width = len(digits) if digits else tail.width
    if digits and width == 2 and tail.value % 10 == 0 and not glued(text, at):
        either = whole + tail.value * each / 100
        return finished(either, whole + tail.value * 1000, "tail", text, at + 1)
    if 1 <= width <= 3:
        return finished(whole + tail.value * each / 10**width, None, "", text, at + 1)
    if not digits and 10 <= tail.value < 100:
        either = whole + tail.value * each / 100
        return finished(either, whole + tail.value * 1000, "tail", text, at + 1)
    if tail.value >= 1000 and tail.value < each:
        return finished(whole + tail.value, None, "", text, at + 1)
    return finished(whole, None, "", text, at)


def _separate(text: Lexed, whole: Fraction, tail: Num, at: int) -> tuple[Sum, int]:
    """`1 triệu 250.000`: grouped thousands behind a million add up."""
    grouped = tail.other if tail.why == "separator" else None
    if grouped is not None and grouped < MILLION:
        return finished(whole + grouped, None, "", text, at + 1)
    return finished(whole, None, "", text, at)
