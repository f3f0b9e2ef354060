"""Reads a mobile number out of what was typed, and says why when there is none.

Facts: Vietnamese mobiles have ten digits from 03, 05, 07, 08 or 09; in 2018 the old eleven-digit
numbers lost a digit by a fixed table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.understand.fold import tidy

WhyNot = Literal["too-short", "landline", "service-number", "not-a-phone"]

OLD_PREFIXES = {
    **{f"016{n}": f"03{n}" for n in range(2, 10)},
    **{"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078"},
    **{"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082"},
    **{"0186": "056", "0188": "058", "0199": "059"},
}
"""The 21 eleven-digit prefixes and what became of them."""

_NUMBER = re.compile(r"(?<!\w)\+?\(?\d(?:[.()\-]? ?\(?\d)*")
_SHORTEST = 9
"""Digits of a mobile number written without its 0."""


@dataclass(frozen=True, slots=True)
class Phone:
    """Ten digits from 0. `converted_from`: the old eleven-digit number, if one was typed."""

    number: str
    converted_from: str = ""


@dataclass(frozen=True, slots=True)
class NoPhone:
    """Why there is no mobile number in the text."""

    why: WhyNot


def read_phone(text: str) -> Phone | NoPhone:
    """The first mobile number in `text`; with none, the reason of the likeliest candidate.

    Takes +84, 84, 0084, dots, spaces, dashes, and nine digits without the 0.
    """
    found = [_read(digits) for digits in _candidates(tidy(text))]
    phones = [one for one in found if isinstance(one, Phone)]
    if phones:
        return phones[0]
    reasons = [one for one in found if isinstance(one, NoPhone) and one.why != "not-a-phone"]
    return reasons[0] if reasons else NoPhone("not-a-phone")


def _candidates(text: str) -> list[str]:
    found = (re.sub(r"\D", "", match[0]) for match in _NUMBER.finditer(text))
    return [digits for digits in found if digits]


def _read(digits: str) -> Phone | NoPhone:
    if digits[:4] in ("1900", "1800"):
        return NoPhone("service-number")
    local = _local(digits)
    if local[:4] in OLD_PREFIXES and len(local) == 11:
        return Phone(OLD_PREFIXES[local[:4]] + local[4:], converted_from=local)
    if len(digits) < _SHORTEST:
        return NoPhone("too-short")
    return _judged(local)


def _local(digits: str) -> str:
    """Digits from the trunk 0 on, whatever country code or missing 0 they were typed with."""
    for country in ("0084", "84"):
        rest = digits.removeprefix(country)
        if rest != digits and len(rest) >= _SHORTEST:
            return rest if rest.startswith("0") else f"0{rest}"
    return digits if digits.startswith("0") else f"0{digits}"


def _judged(local: str) -> Phone | NoPhone:
    """By the numbering plan of phonenumbers; imported here because most turns need no phone."""
    import phonenumbers

    try:
        number = phonenumbers.parse(local, "VN")
    except phonenumbers.NumberParseException:
        return NoPhone("not-a-phone")
    kind = phonenumbers.number_type(number)
    if kind in (phonenumbers.PhoneNumberType.MOBILE,) and len(local) == 10:
        return Phone(local)
    if kind == phonenumbers.PhoneNumberType.FIXED_LINE:
        return NoPhone("landline")
    return NoPhone("too-short" if len(local) < 10 else "not-a-phone")
