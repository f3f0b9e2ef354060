"""One amount, as the answer to "how much?" about one product: read, asked back, or refused.

One wrong silent guess is worse than ten questions, so whatever can be read two ways is asked. All
arithmetic is on whole numbers and fractions; results are whole grams, millilitres or pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bot.shop.product import MOST_BASE_UNITS
from bot.shop.says import Base
from bot.understand.amounts import Found, WhyAsk, amounts_in
from bot.understand.fold import fold, has_marks, tidy
from bot.understand.lexemes import Lexeme, lexemes
from bot.understand.numbers import Num
from bot.understand.unit_words import ACCENTED, FOLDED

WhyRefuse = Literal["zero", "negative", "too-large", "no-number"]

LONGEST = 200
"""Characters; an answer to "how much?" that is longer is something else."""


@dataclass(frozen=True, slots=True)
class Read:
    """Base units: whole grams, millilitres or pieces."""

    amount: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Base units it may mean, likeliest first; empty if only the person can say."""

    candidates: tuple[int, ...]
    why: WhyAsk


@dataclass(frozen=True, slots=True)
class Refuse:
    """There is no amount here."""

    why: WhyRefuse


_NOTHING = Refuse("no-number")


def read_amount(text: str, base: Base, *, bare: int) -> Read | Ask | Refuse:
    """The amount in `text` for a product counted in `base`; a bare number counts `bare` units.

    Text with diacritics is read by its diacritics; if that finds nothing, what a reading without
    them finds is asked about.
    """
    plain = tidy(text)
    if len(plain) > LONGEST:
        return _NOTHING
    if not has_marks(plain):
        return _judge(lexemes(plain, FOLDED), base, bare)
    accented = lexemes(plain, ACCENTED)
    found = _judge(accented, base, bare)
    if found != _NOTHING or _void(accented):
        return found
    folded = lexemes(fold(plain), FOLDED)
    if not any(isinstance(one, tuple) for one in folded):
        return _NOTHING
    other = _judge(folded, base, bare)
    return Ask((other.amount,), "unsure") if isinstance(other, Read) else _NOTHING


def _judge(found: list[Lexeme], base: Base, bare: int) -> Read | Ask | Refuse:
    if _void(found):
        return _NOTHING
    if any(isinstance(one, tuple) and len(one) > 1 for one in found):
        result = _judge([_fitting(one, base) for one in found], base, bare)
        return Ask(_candidates([result]), "ta") if isinstance(result, Read) else result
    if _negative(found):
        return Refuse("negative")
    amounts, rest = amounts_in(found)
    if not amounts:
        return Ask((), "vague") if "vague" in rest else _NOTHING
    if len(amounts) > 1:
        either = [*_packs_of(amounts), *(one for one in amounts if one.unit)]
        return Ask(_candidates([_settle(one, base, bare) for one in either]), "several")
    return _in_company(_settle(amounts[0], base, bare), amounts[0], rest)


def _packs_of(amounts: list[Found]) -> list[Found]:
    """`3 túi 500g`, `2 x 500g`: so many packs of such a weight, if that is what was typed."""
    count, size = amounts[0], amounts[1]
    counts = count.unit is None or count.unit.kind == "piece"
    if len(amounts) != 2 or not counts or size.unit is None or size.unit.base == "piece":
        return []
    return [Found((count.readings[0] * size.readings[0],), size.unit)]


def _void(found: list[Lexeme]) -> bool:
    """True where no number is an amount: refusals, questions, malformed numbers, percentages."""
    asked = "question" in found and "vague" in found
    return asked or any(one in ("not", "bad", "percent", "per") for one in found)


def _fitting(one: Lexeme, base: Base) -> Lexeme:
    """Of a word's units the one the product is counted in (ta: tạ by weight, tá by the piece)."""
    if not isinstance(one, tuple):
        return one
    return next(((unit,) for unit in one if unit.base == base), one[:1])


def _negative(found: list[Lexeme]) -> bool:
    """A minus before the first number, with no number before it to make a range."""
    first = next((i for i, one in enumerate(found) if isinstance(one, Num)), 0)
    return first > 0 and found[first - 1] == "minus"


def _in_company(
    result: Read | Ask | Refuse, amount: Found, rest: list[Lexeme]
) -> Read | Ask | Refuse:
    """What the other words do to an amount: time and place words void it, strange ones open it."""
    if isinstance(result, Refuse):
        return result
    candidates = _candidates([result])
    money = any(one in ("money", "million", "billion") for one in rest)
    if amount.unit is None and ("other" in rest or money):
        return _NOTHING
    if amount.spelled and "unknown" in rest:
        return _NOTHING
    if "thousand" in rest or money or "other" in rest:
        return Ask(candidates, "thousand" if "thousand" in rest else "unsure")
    if "vague" in rest:
        return Ask(candidates, "vague")
    if amount.unit is None and "unknown" in rest:
        return Ask(candidates, "unsure")
    return result


def _candidates(results: Sequence[Read | Ask | Refuse]) -> tuple[int, ...]:
    found: list[int] = []
    for one in results:
        if isinstance(one, Read):
            found.append(one.amount)
        elif isinstance(one, Ask):
            found += one.candidates
    return tuple(dict.fromkeys(found))


def _settle(found: Found, base: Base, bare: int) -> Read | Ask | Refuse:
    """Into base units: checks that the unit fits, that it is whole, and how large it is."""
    scale = bare if found.unit is None else 1
    if found.unit is not None and found.unit.base != base:
        if found.unit.kind != "piece" or base == "piece":
            return Ask((), "unit")
        scale = bare
    sizes = [reading * scale for reading in found.readings]
    if any(size <= 0 for size in sizes):
        return Refuse("zero")
    kept = [size for size in sizes if size <= MOST_BASE_UNITS]
    if not kept:
        return Refuse("too-large")
    if found.why == "separator" and base == "piece":
        kept = [size for size in kept if size.denominator == 1] or kept
        sizes = kept
    if any(size.denominator != 1 for size in kept):
        return Ask(_nearest(kept), "not-whole")
    candidates = tuple(dict.fromkeys(int(size) for size in kept))
    if found.unit is not None and found.unit.base != base:
        return Ask(candidates, "pack")
    return Ask(candidates, found.why) if len(sizes) > 1 else Read(candidates[0])


def _nearest(sizes: list[Fraction]) -> tuple[int, ...]:
    """Whole amounts just below and above."""
    around = [n for size in sizes for n in (int(size), -(-size.numerator // size.denominator))]
    return tuple(dict.fromkeys(n for n in around if n > 0))
