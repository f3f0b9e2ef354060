"""The grammar of one amount: lexemes → numbers with their units, tails and halves."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bot.understand.lexemes import Lexeme
from bot.understand.numbers import Num, neighbours
from bot.understand.unit_words import Unit

WhyAsk = Literal[
    "range", "vague", "separator", "thousand", "pack", "unit", "not-whole", "fraction", "tail",
    "several", "unsure", "ta",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """An amount in the text. Several readings are asked about.

    unit: None for a bare number. spelled: that number was written in words.
    """

    readings: tuple[Fraction, ...]
    unit: Unit | None
    why: WhyAsk = "unsure"
    spelled: bool = False


def amounts_in(found: list[Lexeme]) -> tuple[list[Found], list[Lexeme]]:
    """Every amount in the lexemes, and the lexemes that belong to none."""
    amounts: list[Found] = []
    rest: list[Lexeme] = []
    at = 0
    while at < len(found):
        amount, after = amount_at(found, at)
        if amount is None:
            rest.append(found[at])
        else:
            amounts.append(amount)
        at = max(after, at + 1)
    return amounts, rest


def amount_at(found: list[Lexeme], at: int) -> tuple[Found | None, int]:
    """The amount that begins at `at`, and where it ends."""
    number, at = _number(found, at)
    unit, after = _unit(found, at)
    if number is None:
        return _without_number(found, at, unit, after)
    if unit is None:
        return _bare(found, number, at)
    if number.other is not None:
        return _two_readings(number, unit), after
    return _with_tails(found, after, number.value * unit.size, unit)


def _number(found: list[Lexeme], at: int) -> tuple[Num | None, int]:
    """A number at `at`: `2`, `1 1/2`, `nửa`, `1 nửa`, `4-5`."""
    first = found[at]
    if first == "half":
        return Num(Fraction(1, 2), fraction=True), at + 1
    if not isinstance(first, Num):
        return None, at
    second = found[at + 1] if at + 1 < len(found) else None
    third = found[at + 2] if at + 2 < len(found) else None
    if second == "half" and first.value == 1:
        return Num(Fraction(1, 2), fraction=True), at + 2
    if isinstance(second, Num) and second.fraction and first.digits.isdigit():
        return Num(first.value + second.value), at + 2
    if isinstance(second, Num) and neighbours(first, second):
        return Num(first.value, second.value, "range"), at + 2
    if second in ("minus", "range") and isinstance(third, Num):
        return Num(first.value, third.value, "range"), at + 3
    return first, at + 1


def _unit(found: list[Lexeme], at: int) -> tuple[Unit | None, int]:
    """A unit at `at`; `chục cân` is one unit of ten."""
    units = found[at] if at < len(found) else None
    if not isinstance(units, tuple):
        return None, at
    unit = units[0]
    beside = found[at + 1] if at + 1 < len(found) else None
    if unit.kind == "group" and isinstance(beside, tuple):
        return Unit(beside[0].kind, unit.size * beside[0].size, beside[0].word), at + 2
    return unit, at + 1


def _without_number(
    found: list[Lexeme], at: int, unit: Unit | None, after: int
) -> tuple[Found | None, int]:
    """`cân rưỡi` is one and a half; `đôi` and `chục cân` are one; other lone units are nothing."""
    if unit is None:
        return None, at
    if after < len(found) and found[after] == "and-half":
        return Found((Fraction(3 * unit.size, 2),), unit), after + 1
    one = found[at]
    if isinstance(one, tuple) and one[0].kind == "group":
        return Found((Fraction(unit.size),), unit), after
    return None, at


def _bare(found: list[Lexeme], number: Num, at: int) -> tuple[Found, int]:
    if "/" in number.digits:
        return Found((number.value, number.value), None, "fraction"), at
    if at < len(found) and found[at] == "and-half":
        return Found((number.value + Fraction(1, 2),), None), at + 1
    if number.other is not None:
        return Found((number.value, number.other), None, _why(number)), at
    return Found((number.value,), None, spelled=not number.digits), at


def _two_readings(number: Num, unit: Unit) -> Found:
    """A range, or a separator before three digits, which a gram or a piece does not leave open."""
    readings = [number.value * unit.size]
    if number.other is not None:
        readings.append(number.other * unit.size)
    if number.why == "separator" and unit.size == 1:
        return Found((readings[1],), unit)
    return Found(tuple(readings), unit, _why(number))


def _why(number: Num) -> WhyAsk:
    whys: dict[str, WhyAsk] = {"range": "range", "tail": "tail"}
    return whys.get(number.why, "separator")


def _with_tails(found: list[Lexeme], at: int, value: Fraction, unit: Unit) -> tuple[Found, int]:
    """`1 ký rưỡi`, `1kg2`, `4 kg 650`, `1 yến 3 cân`, `1 kg 2 lạng`."""
    if at < len(found) and found[at] == "and-half":
        return Found((value + Fraction(unit.size, 2),), unit), at + 1
    number = found[at] if at < len(found) else None
    if not isinstance(number, Num) or number.other is not None or unit.base == "piece":
        return Found((value,), unit), at
    smaller, after = _unit(found, at + 1)
    if smaller is not None:
        if smaller.base != unit.base or smaller.size >= unit.size:
            return Found((value,), unit), at
        return _with_tails(found, after, value + number.value * smaller.size, smaller)
    return _tail(found, at, number, value, unit)


def _tail(
    found: list[Lexeme], at: int, number: Num, value: Fraction, unit: Unit
) -> tuple[Found, int]:
    """A number behind a unit: one digit is tenths of it, three digits behind kg are grams."""
    beside = found[at + 1] if at + 1 < len(found) else None
    spoken = not number.digits and number.value < 10
    width = number.width if spoken or number.digits else 0
    plain = number.value.denominator == 1 and (spoken or number.digits.isdigit())
    if (
        not plain
        or isinstance(beside, tuple | Num)
        or beside in ("thousand", "million", "billion", "money", "half")
    ):
        return Found((value,), unit), at
    if width == 1 and unit.size > 1:
        return Found((value + number.value * unit.size / 10,), unit), at + 1
    if width == 3 and unit.size == 1000:
        return Found((value + number.value,), unit), at + 1
    if width == 2 and unit.size == 1000:
        either = (value + number.value * 10, value + number.value)
        return Found(either, unit, "tail"), at + 1
    return Found((value,), unit), at
