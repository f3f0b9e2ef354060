"""Values into words: money, amounts, moments, months and codes, always by Vietnamese habit.

Only the words come from the language (through message ids); numbers never go through
Babel under a Mông code, which it does not know.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.shop.says import (
    Amount,
    Base,
    Code,
    Field,
    Many,
    Moment,
    Money,
    Months,
    Rate,
    Word,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Text = Callable[[str, dict[str, str]], str]
"""The sentence with this id, its holes filled. Raises MissingWords for an id nobody wrote."""

NEEDED_IDS = (
    *(f"weekday-{day}" for day in range(7)),
    "moment",
    "months",
    "months-lunar",
    "months-all",
    "unit-lit",
)
"""Ids every Vietnamese book must have for values to be shown; weekdays count from Monday = 0."""


class MissingWords(Exception):
    """No language has this id, or a sentence lacks a field."""


def formatted(value: Field, text: Text) -> str:
    """`value` as people of the language read it."""
    match value:
        case str():
            return value
        case int():
            return str(value)
        case Word():
            return text(value.id, {})
        case Many():
            return ", ".join(formatted(item, text) for item in value.items)
        case _:
            return _plain_value(value, text)


def _plain_value(value: Money | Amount | Rate | Moment | Months | Code, text: Text) -> str:
    match value:
        case Money():
            return money(value.vnd)
        case Amount():
            return amount(value, text)
        case Rate():
            return rate(value, text)
        case Moment():
            return moment(value.at, text)
        case Months():
            return months(value, text)
        case Code():
            return code(value.code)
        case _:
            raise MissingWords(f"a value that can be shown, not {value!r}")


def grouped(n: int) -> str:
    """1234567 → `1.234.567`."""
    return f"{n:,}".replace(",", ".")


def money(vnd: int) -> str:
    """120000 → `120.000đ`; no space, so that it never breaks across lines."""
    return f"{grouped(vnd)}đ"


def thousandths(n: int) -> str:
    """1500 → `1,5`; 2000 → `2`; 1234567 → `1.234,567`. Integers only, nothing is rounded."""
    sign, (whole, rest) = "-" if n < 0 else "", divmod(abs(n), 1000)
    return f"{sign}{grouped(whole)},{rest:03d}".rstrip("0").rstrip(",")


def amount(value: Amount, text: Text) -> str:
    """`300 g`, `1,5 kg`, `250 ml`, `1 lít`, `3 con`."""
    number, unit = _number_and_unit(value.n, value.base, value.unit, text)
    return f"{number} {unit}".rstrip()


def rate(value: Rate, text: Text) -> str:
    """`40.000đ/kg`, `30.000đ/100 g`, `390.000đ/con`."""
    number, unit = _number_and_unit(value.per.n, value.per.base, value.per.unit, text)
    per = unit if number == "1" else f"{number} {unit}".rstrip()
    return f"{money(value.vnd)}/{per}" if per else money(value.vnd)


def _number_and_unit(n: int, base: Base, unit: str, text: Text) -> tuple[str, str]:
    if base == "piece":
        return grouped(n), piece(unit, text)
    if abs(n) < 1000:
        return str(n), base
    return thousandths(n), "kg" if base == "g" else text("unit-lit", {})


def piece(unit: str, text: Text) -> str:
    """The language's word for one piece (`unit-hop` for `hộp`), else the word of the catalogue."""
    if not unit:
        return ""
    try:
        return text(f"unit-{ascii_id(unit)}", {})
    except MissingWords:
        return unit


def ascii_id(word: str) -> str:
    """`hộp` → `hop`, `ki lô` → `ki-lo`: a word as part of a message id."""
    split = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    return "-".join(split.encode("ascii", "ignore").decode().split())


def moment(at: int, text: Text) -> str:
    """`20:00 thứ Bảy 14/11` in Vietnam's time."""
    local = datetime.fromtimestamp(at, ZONE)
    fields = {
        "time": f"{local:%H:%M}",
        "weekday": text(f"weekday-{local.weekday()}", {}),
        "date": f"{local.day}/{local.month}",
    }
    return text("moment", fields)


def months(value: Months, text: Text) -> str:
    """`tháng 8–11`, `tháng 4, 6`, `tháng 7–9 âm lịch`; all twelve have their own word."""
    if len(set(value.months)) == 12:
        return text("months-all", {})
    shown = ", ".join(_run(first, last) for first, last in runs(value.months))
    return text("months-lunar" if value.lunar else "months", {"months": shown})


def _run(first: int, last: int) -> str:
    if first == last:
        return str(first)
    joiner = ", " if last == first % 12 + 1 else "–"
    return f"{first}{joiner}{last}"


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Months in a row as (first, last), in the order given; a row may wrap: 10, 11, 12, 1, 2."""
    found: list[tuple[int, int]] = []
    for month in dict.fromkeys(numbers):
        if found and month == found[-1][1] % 12 + 1:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    if len(found) > 1 and found[0][0] == found[-1][1] % 12 + 1:
        found[0] = (found.pop()[0], found[0][1])
    return found


def code(value: str) -> str:
    """`ZJ4K2P9QJ` → `ZJ 4K2 P9Q J`: groups that can be read aloud."""
    groups = (value[:2], value[2:5], value[5:8], value[8:])
    return " ".join(group for group in groups if group)
