"""One number from tokens: digits (`2`, `1,5`, `12.500`, `1/2`) and words (`hai mươi lăm`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.understand.unit_words import Lexicon, NumberWord, Role


@dataclass(frozen=True, slots=True)
class Num:
    """A number. `other` is a second reading, `why` says between what it is open.

    digits: as typed, empty for number words. fraction: written as a/b. thousands: nghìn was said.
    width: how many digits it is worth behind a larger unit (`4 cân 7` one, `3tr45` two), 0 if
    that is not plain. lone: a hundred nobody counted (`trăm rưỡi`).
    """

    value: Fraction
    other: Fraction | None = None
    why: str = ""
    digits: str = ""
    fraction: bool = False
    thousands: bool = False
    width: int = 0
    lone: bool = False


def number_at(
    tokens: list[str], at: int, words: Lexicon, *, behind_unit: bool, lone: bool
) -> tuple[Num | None, int]:
    """The number at `at` and where it ends; `digits` without a value if it is malformed.

    behind_unit: a last digit may stand alone (`ba ký tư`). lone: so may a hundred (`trăm rưỡi`).
    """
    if not tokens[at][0].isdecimal():
        tail = _one(tokens[at], words, "last")
        if behind_unit and tail is not None:
            return Num(Fraction(tail.value), width=1), at + 1
        return _spoken(tokens, at, words, lone=lone)
    number = written(tokens[at])
    after = at + 1
    while number is not None and after < len(tokens):
        scale = _one(tokens[after], words, "hundred", "thousand", "tens")
        if scale is None or not _scalable(number, scale):
            break
        number = _scaled(number, scale)
        after += 1
        halved = after < len(tokens) and words.marks.get(tokens[after]) == "and-half"
        if halved and scale.role == "hundred":
            number, after = replace(number, value=number.value + 50), after + 1
    return number, after


def _scalable(number: Num, scale: NumberWord) -> bool:
    return number.digits.isdigit() or (scale.role == "thousand" and number.other is None)


def _scaled(number: Num, scale: NumberWord) -> Num:
    value = number.value * (scale.value or 1)
    said = scale.role == "thousand"
    width = 3 if 100 <= value < 1000 else 0
    return replace(number, value=value, digits=f"{number.digits}0", thousands=said, width=width)


def written(token: str) -> Num | None:
    """A number in digits; None if it is malformed (`1.00.000`, `2..5`, `1e5`)."""
    if "/" in token or "⁄" in token:
        over, under = (int(part) for part in re.split("[/⁄]", token))
        good = 0 < over < under <= 10
        return Num(Fraction(over, under), fraction=True, digits=token) if good else None
    if "e" in token:
        base, _, power = token.partition("e")
        big = len(power) > 2 or int(power) > 6
        return Num(Fraction(10**9), digits=token) if int(base) and big else None
    parts = re.split(r"[.,]", token)
    if len(parts) == 1:
        if token.startswith("0") and len(token) >= 9:
            return None
        return Num(Fraction(int(token)), digits=token, width=len(token))
    return _separated(token, parts)


def _separated(token: str, parts: list[str]) -> Num | None:
    whole, *rest = parts
    if "" in rest:
        return None
    decimal = Fraction(int("".join(parts)), 10 ** len(parts[-1]))
    if len(rest) == 1 and len(rest[0]) <= 2:
        return Num(decimal, digits=token)
    grouped = 1 <= len(whole) <= 3 and all(len(part) == 3 for part in rest)
    if not grouped or len(set(token) & set(".,")) > 1:
        return None
    if int(whole) == 0:
        return Num(decimal, digits=token) if len(rest) == 1 else None
    thousands = Fraction(int("".join(parts)))
    if len(rest) > 1:
        return Num(thousands, digits=token)
    return Num(decimal, thousands, "separator", digits=token)


def _one(token: str, words: Lexicon, *roles: Role) -> NumberWord | None:
    for number in words.numbers.get(token, ()):
        if number.role in roles:
            return number
    return None


def _is(tokens: list[str], at: int, words: Lexicon, role: Role) -> bool:
    return at < len(tokens) and _one(tokens[at], words, role) is not None


def _spoken(tokens: list[str], at: int, words: Lexicon, *, lone: bool) -> tuple[Num | None, int]:
    """A number in words from `at`: `hai`, `mười lăm`, `hai trăm rưỡi`, `bốn lăm`."""
    if tokens[at] not in words.numbers:
        return None, at
    if lone and _is(tokens, at, words, "thousand"):
        half = at + 1 < len(tokens) and words.marks.get(tokens[at + 1]) == "and-half"
        return (Num(Fraction(1500), thousands=True), at + 2) if half else (None, at)
    if lone and _is(tokens, at, words, "hundred"):
        small, after = Num(Fraction(1), lone=True), at
    else:
        found, after = _below_hundred(tokens, at, words)
        if found is None:
            return None, at
        small = found
    if small.other is not None and _is(tokens, after, words, "hundred"):
        either = small.value * 100, small.other * 100
        small, after = replace(small, value=either[0], other=either[1]), after + 1
    elif _is(tokens, after, words, "hundred"):
        small, after = _after_hundred(small, tokens, after + 1, words)
    if _is(tokens, after, words, "thousand"):
        return _times(small, 1000), after + 1
    return small, after


def _times(number: Num, by: int) -> Num:
    other = None if number.other is None else number.other * by
    return replace(number, value=number.value * by, other=other, thousands=True, width=0)


def _after_hundred(hundreds: Num, tokens: list[str], at: int, words: Lexicon) -> tuple[Num, int]:
    """`hai trăm`, `hai trăm rưỡi`, `hai trăm linh năm`; `hai trăm năm` is 250 or 205."""
    value = hundreds.value * 100
    whole = Num(value, width=3, lone=hundreds.lone)
    if at >= len(tokens):
        return whole, at
    if words.marks.get(tokens[at]) == "and-half":
        return replace(whole, value=value + 50), at + 1
    last = _one(tokens[at], words, "last")
    if last is not None and _one(tokens[at], words, "digit") is None:
        return replace(whole, value=value + 10 * last.value), at + 1
    linked = _is(tokens, at, words, "link")
    rest, after = _below_hundred(tokens, at + linked, words)
    if rest is None or rest.why:
        return whole, at
    if rest.width == 1 and not linked:
        tens, ones = value + 10 * rest.value, value + rest.value
        return replace(whole, value=tens, other=ones, why="tail"), after
    return replace(whole, value=value + rest.value), after


def _below_hundred(tokens: list[str], at: int, words: Lexicon) -> tuple[Num | None, int]:
    if at >= len(tokens):
        return None, at
    ten = _one(tokens[at], words, "ten", "twenty")
    if ten is not None:
        last = _last(tokens, at + 1, words)
        return Num(Fraction(ten.value + last)), at + 1 + bool(last)
    digit = _one(tokens[at], words, "digit")
    return (None, at) if digit is None else _after_digit(digit.value, tokens, at + 1, words)


def _after_digit(digit: int, tokens: list[str], at: int, words: Lexicon) -> tuple[Num, int]:
    if _is(tokens, at, words, "tens"):
        last = _last(tokens, at + 1, words)
        return Num(Fraction(digit * 10 + last)), at + 1 + bool(last)
    compact = _one(tokens[at], words, "last") if at < len(tokens) else None
    if compact is not None and not _is(tokens, at, words, "digit"):
        return Num(Fraction(digit * 10 + compact.value), width=2), at + 1
    after = _one(tokens[at], words, "digit", "ten") if at < len(tokens) else None
    if after is None or after.value <= digit:
        return Num(Fraction(digit), width=1), at
    if after.value == digit + 1:
        return Num(Fraction(digit), Fraction(digit + 1), "range"), at + 1
    return Num(Fraction(digit), Fraction(digit * 10 + after.value), "range"), at + 1


def _last(tokens: list[str], at: int, words: Lexicon) -> int:
    """The last digit of a ten, 0 for none."""
    found = _one(tokens[at], words, "digit", "last") if at < len(tokens) else None
    return found.value if found else 0


def neighbours(first: Num, second: Num) -> bool:
    """`2 3 cân`, `mười hai mười ba cân`: numbers one apart, which mean about so many."""
    single = first.digits.isdecimal() and len(second.digits) == 1 and second.digits.isdecimal()
    spoken = not first.digits and not second.digits
    return (single or spoken) and second.value == first.value + 1
