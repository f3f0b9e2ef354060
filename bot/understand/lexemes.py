"""Typed text → lexemes: numbers (digits and words), units, and words that change their meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bot.understand.unit_words import Lexicon, NumberWord, Role, Unit

Mark = Literal[
    "half", "and-half", "range", "minus", "times", "thousand", "vague", "not", "money",
    "percent", "other", "filler", "comma", "question", "bad", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Num:
    """A number. `other` is a second reading, `why` says between what it is open.

    digits: as typed, empty for number words. fraction: written as a/b.
    """

    value: Fraction
    other: Fraction | None = None
    why: str = ""
    digits: str = ""
    fraction: bool = False


Lexeme = Num | tuple[Unit, ...] | Mark
"""A number, a unit (several if the word is ambiguous), or a mark."""

_SPELLED = (
    (re.compile(r"\bk[iíy]\s?l[oôố](?:\s?gam|\s?gram)?\b"), "kg"),
    (re.compile(r"\bmi\s?li\s?l[ií]t\b"), "ml"),
)
_TOKEN = re.compile(r"\d+e\d+|\d+\s*[/⁄]\s*\d+(?![\d.,]*\d)|\d+(?:[.,]+\d+)*|[^\W\d_]+|[^\w\s]|_")
_SYMBOLS: dict[str, Mark] = {
    "-": "minus", "–": "minus", "—": "minus", "−": "minus", "~": "range", "x": "times",
    "×": "times", "*": "times", "%": "percent", ",": "comma", "+": "comma", ";": "comma",
    "?": "question", "/": "bad", "!": "filler", ".": "filler", "k": "thousand", "&": "comma",
    "âm": "minus", "am": "minus",
}  # fmt: skip


def lexemes(plain: str, words: Lexicon) -> list[Lexeme]:
    """The lexemes of tidied text, in order."""
    for pattern, unit in _SPELLED:
        plain = pattern.sub(unit, plain)
    tokens = _TOKEN.findall(plain)
    found: list[Lexeme] = []
    at = 0
    while at < len(tokens):
        number, after = _number(tokens, at, words, behind_unit=_is_unit(found))
        if number is not None:
            found.append(number)
            at = after
        else:
            found.append(_mark_or_unit(tokens, at, words, after_number=_numeric(found)))
            at += 1
    return found


def _numeric(found: list[Lexeme]) -> bool:
    return bool(found) and isinstance(found[-1], Num)


def _is_unit(found: list[Lexeme]) -> bool:
    return bool(found) and isinstance(found[-1], tuple)


def _mark_or_unit(tokens: list[str], at: int, words: Lexicon, *, after_number: bool) -> Lexeme:
    token = tokens[at]
    if token == "k" and not after_number:
        return "not"
    if token in _SYMBOLS:
        return _SYMBOLS[token]
    if token in words.half and _before_unit(tokens, at, words):
        return "half"
    if token in words.units:
        return words.units[token]
    return _mark(token, words)


def _before_unit(tokens: list[str], at: int, words: Lexicon) -> bool:
    """Folded "nua" is half only before a unit, or alone; elsewhere it is "nữa" (more)."""
    return at + 1 == len(tokens) == 1 or (at + 1 < len(tokens) and tokens[at + 1] in words.units)


def _mark(token: str, words: Lexicon) -> Mark:
    table: tuple[tuple[frozenset[str], Mark], ...] = (
        (words.and_half, "and-half"),
        (words.range, "range"),
        (words.nots, "not"),
        (words.vague, "vague"),
        (words.money, "money"),
        (words.fillers, "filler"),
        (words.others, "other"),
    )
    return next((mark for known, mark in table if token in known), "unknown")


def _number(
    tokens: list[str], at: int, words: Lexicon, *, behind_unit: bool
) -> tuple[Lexeme | None, int]:
    if not tokens[at][0].isdigit():
        tail = _one(tokens[at], words, "last")
        if behind_unit and tail is not None:
            return Num(Fraction(tail.value)), at + 1
        return _spoken(tokens, at, words)
    number = _written(tokens[at])
    after = at + 1
    while isinstance(number, Num) and after < len(tokens):
        scale = _one(tokens[after], words, "hundred", "thousand", "tens")
        if scale is None or not number.digits.isdigit():
            break
        number = Num(number.value * (scale.value or 1), digits=f"{number.digits}0")
        after += 1
    return number, after


def _written(token: str) -> Num | Mark:
    """Digits: `2`, `1,5`, `1.5`, `1/2`, `12.500`; anything else with digits in it is bad."""
    if "/" in token or "⁄" in token:
        over, under = (int(part) for part in re.split("[/⁄]", token))
        good = 0 < over < under <= 10
        return Num(Fraction(over, under), fraction=True, digits=token) if good else "bad"
    if "e" in token:
        base, _, power = token.partition("e")
        big = len(power) > 2 or int(power) > 6
        return Num(Fraction(10**9), digits=token) if int(base) and big else "bad"
    parts = re.split(r"[.,]", token)
    if len(parts) == 1:
        if token.startswith("0") and len(token) >= 9:
            return "bad"
        return Num(Fraction(int(token)), digits=token)
    return _separated(token, parts)


def _separated(token: str, parts: list[str]) -> Num | Mark:
    whole, *rest = parts
    decimal = Fraction(int("".join(parts)), 10 ** len(parts[-1]))
    if len(rest) == 1 and len(rest[0]) <= 2:
        return Num(decimal, digits=token)
    grouped = 1 <= len(whole) <= 3 and all(len(part) == 3 for part in rest)
    if not grouped or len(set(token) & set(".,")) > 1:
        return "bad"
    if int(whole) == 0:
        return Num(decimal, digits=token) if len(rest) == 1 else "bad"
    thousands = Fraction(int("".join(parts)))
    if len(rest) > 1:
        return Num(thousands, digits=token)
    return Num(decimal, thousands, "separator", digits=token)


def _one(token: str, words: Lexicon, *roles: Role) -> NumberWord | None:
    return next((n for n in words.numbers.get(token, ()) if n.role in roles), None)


def _spoken(tokens: list[str], at: int, words: Lexicon) -> tuple[Num | None, int]:
    """A number in words from `at`: `hai`, `mười lăm`, `hai trăm rưỡi`, `bốn lăm`."""
    small, after = _below_hundred(tokens, at, words)
    if small is None or small.why:
        return small, after
    value = small.value
    if _is(tokens, after, words, "hundred"):
        rest, after = _after_hundred(tokens, after + 1, words)
        value = value * 100 + rest
    if _is(tokens, after, words, "thousand"):
        value, after = value * 1000, after + 1
    return Num(value), after


def _is(tokens: list[str], at: int, words: Lexicon, role: Role) -> bool:
    return at < len(tokens) and _one(tokens[at], words, role) is not None


def _after_hundred(tokens: list[str], at: int, words: Lexicon) -> tuple[Fraction, int]:
    if at < len(tokens) and tokens[at] in words.and_half:
        return Fraction(50), at + 1
    start = at + 1 if _is(tokens, at, words, "link") else at
    rest, after = _below_hundred(tokens, start, words)
    if rest is None or rest.why:
        return Fraction(0), at
    return rest.value, after


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
        return Num(Fraction(digit * 10 + compact.value)), at + 1
    after = _one(tokens[at], words, "digit", "ten") if at < len(tokens) else None
    if after is None or after.value <= digit:
        return Num(Fraction(digit)), at
    if after.value == digit + 1:
        return Num(Fraction(digit), Fraction(digit + 1), "range"), at + 1
    return Num(Fraction(digit), Fraction(digit * 10 + after.value), "range"), at + 1


def _last(tokens: list[str], at: int, words: Lexicon) -> int:
    """The last digit of a ten, 0 for none."""
    found = _one(tokens[at], words, "digit", "last") if at < len(tokens) else None
    return found.value if found else 0
