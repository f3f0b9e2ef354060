"""The grammar of one sum of money: lexemes → đồng.

Rules: facts of the trade (k, nghìn, triệu and their tails) in tests/understand/messages.csv.
"""

from __future__ import annotations

from fractions import Fraction

from bot.understand.lexemes import Lexed
from bot.understand.millions import (
    MILLION,
    Sum,
    counts_glued,
    finished,
    glued,
    is_mark,
    is_ten,
    lone_million,
    millions,
)
from bot.understand.numbers import Num

BILLION = 1_000_000_000
SLANG = {"củ": MILLION, "cu": MILLION, "chai": MILLION, "lít": 100_000, "lit": 100_000}
"""Money only where a price was asked."""


def sum_at(text: Lexed, at: int, *, slot: bool) -> tuple[Sum | None, int]:
    """The sum that begins at `at`, and where it ends. slot: a price was asked for."""
    first = text.found[at]
    if first == "million":
        return lone_million(text, at)
    if isinstance(first, Num):
        return (None, at) if first.fraction else _counted(text, at, first, slot=slot)
    if first == "half":
        return _scaled(text, at + 1, Fraction(1, 2), None, "", slot=slot) or (None, at)
    if is_ten(text, at):
        return _scaled(text, at, Fraction(1), None, "", slot=slot) or (None, at)
    return None, at


def _counted(text: Lexed, at: int, number: Num, *, slot: bool) -> tuple[Sum | None, int]:
    high, why, after = _second(text, number, at + 1)
    scaled = _scaled(text, after, number.value, high, why, slot=slot)
    if scaled is not None:
        return scaled
    last = text.found[after - 1]
    if is_mark(text, after, "thousand"):
        return _thousands(text, after, number.value, high, why)
    if isinstance(last, Num) and last.thousands:
        return _spoken_thousands(text, after, number, high, why)
    return _plain(text, number, high, why, after)


def _scaled(
    text: Lexed, at: int, low: Fraction, high: Fraction | None, why: str, *, slot: bool
) -> tuple[Sum, int] | None:
    """With a large unit of money at `at`: chục nghìn, triệu, tỷ, or slang."""
    if is_ten(text, at):
        return _tens(text, at, low, high, why)
    if is_mark(text, at, "million"):
        return millions(text, at + 1, low, high, why, MILLION)
    if is_mark(text, at, "billion"):
        return finished(low * BILLION, high and high * BILLION, why, text, at + 1)
    if slot and _slang(text, at):
        return millions(text, at + 1, low, high, why, SLANG[text.texts[at]])
    return None


def _tens(
    text: Lexed, at: int, low: Fraction, high: Fraction | None, why: str
) -> tuple[Sum, int] | None:
    """`5 chục nghìn`; `sáu chục một cân` leaves the thousands out."""
    if is_mark(text, at + 1, "thousand"):
        return finished(low * 10_000, high and high * 10_000, why, text, at + 2)
    one = text.found[at + 1] if at + 1 < len(text.found) else None
    unit = text.found[at + 2] if at + 2 < len(text.found) else None
    if isinstance(one, Num) and one.value == 1 and isinstance(unit, tuple) and high is None:
        return Sum((low * 10,), said=False), at + 1
    return None


def _slang(text: Lexed, at: int) -> bool:
    """True for slang; `1 lít 200k` is the price of a litre and no slang."""
    if at >= len(text.found) or text.texts[at] not in SLANG:
        return False
    priced = any(is_mark(text, at + 2, mark) for mark in ("thousand", "money", "million"))
    return not priced or SLANG[text.texts[at]] == MILLION


def _second(text: Lexed, number: Num | None, at: int) -> tuple[Fraction | None, str, int]:
    """The other end of a range: `50-60k`, `50 đến 60k`, `năm sáu trăm nghìn`."""
    if number is None:
        return None, "", at
    after = at + 1 if at < len(text.found) and text.found[at] == "thousand" else at
    if after + 1 < len(text.found) and text.found[after] in ("minus", "range"):
        upper = text.found[after + 1]
        if isinstance(upper, Num) and upper.value > number.value and not upper.fraction:
            return upper.value, "range", after + 2
    beside = text.found[at] if at < len(text.found) else None
    if isinstance(beside, Num) and _next_to(text, number, at):
        return beside.value, "range", at + 1
    return number.other, number.why, at


def _next_to(text: Lexed, number: Num, at: int) -> bool:
    """`2 3 trăm nghìn`, `2 3 triệu`: neighbouring digits are a range."""
    first, second = number.digits, text.texts[at].split(" ")[0]
    return len(first) == len(second) == 1 and second.isdecimal() and int(second) == int(first) + 1


def _thousands(
    text: Lexed, at: int, low: Fraction, high: Fraction | None, why: str
) -> tuple[Sum, int]:
    """`65k`, `18k5`, `18k500`, `50-60k`; k directly before digits glued to it has a tail."""
    k = text.texts[at] == "k"
    if why == "separator" and high is not None:
        return finished(
            high if high >= 10_000 else low * 1000, high * 1000, "separator", text, at + 1
        )
    if high is not None:
        scale = 1 if low >= 1000 else 1000
        return finished(low * scale, high * scale, why, text, at + 1, k=k)
    tail = text.found[at + 1] if at + 1 < len(text.found) else None
    tight = tail is not None and glued(text, at + 1) and not counts_glued(text, at + 1)
    if isinstance(tail, Num) and tight and text.texts[at + 1].isdecimal():
        width = len(text.texts[at + 1])
        value = low * 1000 + tail.value * 1000 / 10**width
        other = low * 1000 + tail.value if width == 2 else None
        return finished(value, other, "tail", text, at + 2)
    if is_mark(text, at + 1, "and-half"):
        return finished(low * 1000 + 500, None, "", text, at + 2)
    return finished(low * 1000, None, "", text, at + 1, k=k)


def _spoken_thousands(
    text: Lexed, at: int, number: Num, high: Fraction | None, why: str
) -> tuple[Sum, int]:
    """`500 nghìn`, `hai trăm nghìn`, `8 nghìn rưỡi`, `65 nghìn 500`, `sáu lăm nghìn năm trăm`."""
    low = number.value
    if why == "range" and not number.thousands and high is not None:
        low = low * (100_000 if low < 10 and high >= 100_000 else 1000)
    if high is not None:
        return finished(low, high, why, text, at)
    if is_mark(text, at, "and-half"):
        return finished(low + 500, None, "", text, at + 1)
    tail = text.found[at] if at < len(text.found) else None
    beside = text.found[at + 1] if at + 1 < len(text.found) else None
    if not isinstance(tail, Num) or tail.other is not None or isinstance(beside, tuple):
        return finished(low, None, "", text, at)
    if tail.width == 3 and tail.value % 50 == 0 and beside not in ("thousand", "per"):
        return finished(low + tail.value, None, "", text, at + 1)
    last = beside in (None, "filler", "comma", "per", "question")
    if tail.width == 1 and (last or not tail.digits or glued(text, at)):
        return finished(low + tail.value * 100, None, "", text, at + 1)
    return finished(low, None, "", text, at)


def _plain(
    text: Lexed, number: Num, high: Fraction | None, why: str, at: int
) -> tuple[Sum | None, int]:
    """Digits without a word for thousands: `85.000`, `85 000`, `65000đ`, and bare numbers."""
    low, grouped = number.value, number.digits.count(".") + number.digits.count(",")
    if why == "separator" and high is not None:
        return _grouped(text, high, at)
    if grouped > 1:
        return finished(low, None, "", text, at)
    spaced, after = _spaced(text, at - 1)
    if spaced is not None and high is None:
        return finished(spaced, None, "", text, after)
    if is_mark(text, at, "money"):
        if low < 1000 and high is None:
            return Sum((low * 1000, low), "bare-price"), at + 1
        scale = 1000 if low < 1000 else 1
        return finished(low * scale, high and high * scale, why, text, at)
    return Sum((low,) if high is None else (low, high), why, said=False), at


def _grouped(text: Lexed, value: Fraction, at: int) -> tuple[Sum, int]:
    """`85.000` is plain money; a few thousand might have been meant as a fraction."""
    if value >= 10_000 or is_mark(text, at, "money"):
        return finished(value, None, "", text, at)
    return Sum((value,), "separator"), at


def _spaced(text: Lexed, at: int) -> tuple[Fraction | None, int]:
    """`85 000`, `1 250 000`: groups of three digits behind single spaces, the last one round."""
    digits, after = text.texts[at], at + 1
    if not digits.isdecimal() or len(digits) > 3 or digits.startswith("0"):
        return None, at
    while after < len(text.found) and _group(text, after):
        digits += text.texts[after]
        after += 1
    if after == at + 1 or digits[-2:] != "00" or _unit_next(text, after):
        return None, at
    return Fraction(int(digits)), after


def _group(text: Lexed, at: int) -> bool:
    part = text.texts[at]
    beside = text.spans[at][0] == text.spans[at - 1][1] + 1
    return beside and len(part) == 3 and part.isdecimal()


def _unit_next(text: Lexed, at: int) -> bool:
    unit = text.found[at] if at < len(text.found) else None
    return isinstance(unit, tuple) and unit[0].kind in ("mass", "volume")
