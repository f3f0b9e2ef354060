"""Numbers as recorded words: which clips a number, a sum, an amount or a time takes, in order.

Every result is message ids of words a trainer recorded (`spoken-20`: "hai mươi", "nees nkaum").
Tens and hundreds are whole words: the words within them change their tone from one to the other.
"""

from __future__ import annotations

from itertools import chain

from bot.shop.says import Amount

MOST = 10**12
"""From here up nothing is said; no sum of the shop comes near it."""

DIGITS = (
    "spoken-0", "spoken-1", "spoken-2", "spoken-3", "spoken-4",
    "spoken-5", "spoken-6", "spoken-7", "spoken-8", "spoken-9",
)  # fmt: skip
TENS = (
    "", "spoken-10", "spoken-20", "spoken-30", "spoken-40",
    "spoken-50", "spoken-60", "spoken-70", "spoken-80", "spoken-90",
)  # fmt: skip
HUNDREDS = (
    "spoken-khong-tram", "spoken-100", "spoken-200", "spoken-300", "spoken-400",
    "spoken-500", "spoken-600", "spoken-700", "spoken-800", "spoken-900",
)  # fmt: skip
PRESS = (
    "spoken-press-0", "spoken-press-1", "spoken-press-2", "spoken-press-3", "spoken-press-4",
    "spoken-press-5", "spoken-press-6", "spoken-press-7", "spoken-press-8", "spoken-press-9",
)  # fmt: skip
"""The digit said before the choice it picks."""

LETTERS = {c: f"spoken-letter-{c}" for c in "abcdefghijklmnopqrstuvwxyz"}
SCALES = ("", "spoken-nghin", "spoken-trieu", "spoken-ty")

AFTER_TENS = {1: "spoken-mot", 4: "spoken-tu", 5: "spoken-lam"}
"""Vietnamese: hai mươi mốt, hai mươi tư, hai mươi lăm."""


class TooLarge(ValueError):
    """Below zero, or too large to be said."""


def spoken_number(n: int, sound: str) -> tuple[str, ...]:
    """`n` ≥ 0 in words of the sound (`vi`, `hmn`). Raises TooLarge."""
    if not 0 <= n < MOST:
        raise TooLarge(n)
    if n == 0:
        return (DIGITS[0],)
    groups = [n // 1000**scale % 1000 for scale in range(len(SCALES))]
    said: list[str] = []
    for scale in reversed(range(len(SCALES))):
        if groups[scale]:
            said += _group(groups[scale], sound, after=bool(said))
            said += [SCALES[scale]] if scale else []
    return tuple(said)


def _group(n: int, sound: str, *, after: bool) -> list[str]:
    """1–999. after: something larger was said, so Vietnamese also names the missing hundreds."""
    hundreds, rest = divmod(n, 100)
    named = bool(hundreds) or (after and sound == "vi")
    said = [HUNDREDS[hundreds]] if named else []
    return said + (_below_hundred(rest, sound, after=named) if rest else [])


def _below_hundred(n: int, sound: str, *, after: bool) -> list[str]:
    tens, ones = divmod(n, 10)
    if not tens:
        return ["spoken-linh", DIGITS[ones]] if after and sound == "vi" else [DIGITS[ones]]
    if not ones:
        return [TENS[tens]]
    return [TENS[tens], _ones_after(tens, ones) if sound == "vi" else DIGITS[ones]]


def _ones_after(tens: int, ones: int) -> str:
    """Mười một, mười bốn, but mười lăm."""
    return AFTER_TENS.get(ones, DIGITS[ones]) if tens > 1 or ones == 5 else DIGITS[ones]


def spoken_digits(text: str) -> tuple[str, ...]:
    """A telephone number or a code, one sign after the other; spaces and dots are not said.

    Raises KeyError for a sign that has no word.
    """
    return tuple(_sign(c) for c in text if not c.isspace() and c not in ".-()")


def _sign(c: str) -> str:
    return DIGITS[int(c)] if c in "0123456789" else LETTERS[c.lower()]


def spoken_money(vnd: int, sound: str) -> tuple[str, ...]:
    """Whole đồng. Raises TooLarge."""
    return (*spoken_number(vnd, sound), "spoken-dong")


MEASURES = {"kg": "spoken-can", "g": "spoken-gam", "ml": "spoken-ml"}
"""Clips of what goods are weighed in, by the sign the catalogue writes."""


def spoken_amount(value: Amount, unit: tuple[str, ...], sound: str) -> tuple[str, ...]:
    """As it is said at the market: 1.500 g "một cân rưỡi", 300 g "ba lạng". unit: the clips of
    the word for one piece. Raises TooLarge.
    """
    if value.base == "piece":
        return (*spoken_number(value.n, sound), *unit)
    large, small = ("spoken-can", "spoken-gam") if value.base == "g" else ("unit-lit", "spoken-ml")
    whole, rest = divmod(value.n, 1000)
    said = (*spoken_number(whole, sound), large) if whole else ()
    if whole and rest == 500:
        return (*said, "spoken-ruoi")
    if whole and not rest:
        return said
    return (*said, *_rest(rest, value.base == "g", small, sound))


def _rest(n: int, weighed: bool, small: str, sound: str) -> tuple[str, ...]:
    """Below a kilo or a litre: in lạng (100 g) and half ones where that is exact."""
    if weighed and n >= 100 and n % 50 == 0:
        half = ("spoken-ruoi",) if n % 100 else ()
        return (*spoken_number(n // 100, sound), "spoken-lang", *half)
    return (*spoken_number(n, sound), small)


def spoken_time(hour: int, minute: int, sound: str) -> tuple[str, ...]:
    """ "hai mươi giờ", "sáu giờ ba mươi phút"."""
    late = (*spoken_number(minute, sound), "spoken-phut") if minute else ()
    return (*spoken_number(hour, sound), "spoken-gio", *late)


def spoken_date(day: int, month: int, sound: str) -> tuple[str, ...]:
    """ "ngày mười bốn tháng mười một"; Mông sentences have their own word before the day."""
    before = ("spoken-ngay",) if sound == "vi" else ()
    return (*before, *spoken_number(day, sound), "spoken-thang", *spoken_month(month, sound))


def spoken_month(month: int, sound: str) -> tuple[str, ...]:
    """Vietnamese says tháng tư, not tháng bốn."""
    return ("spoken-tu",) if sound == "vi" and month == 4 else spoken_number(month, sound)


def spoken_months(runs: list[tuple[int, int]], sound: str) -> tuple[str, ...]:
    """Months in a row as (first, last): "tám đến mười một"."""
    return tuple(chain.from_iterable(_run(first, last, sound) for first, last in runs))


def _run(first: int, last: int, sound: str) -> tuple[str, ...]:
    if first == last:
        return spoken_month(first, sound)
    return (*spoken_month(first, sound), "spoken-den", *spoken_month(last, sound))
