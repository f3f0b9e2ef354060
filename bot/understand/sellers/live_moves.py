"""A live as a seller moves it: to another moment, by so much, to another day at the same hour."""

from __future__ import annotations

import re

from bot.shop.hours import local
from bot.understand.fold import fold, has_marks
from bot.understand.message import Message
from bot.understand.sellers.live_plans import NUMBER, minutes_of, timed
from bot.understand.sellers.moment_words import DAY_PARTS
from bot.understand.sellers.moments import moment_said

DAY = 24 * 3600
MOST_HOURS = 5
"""Hours a live is put off by; "lùi 9h" is rather nine o'clock."""

_MOVER = re.compile(r"(?<!\w)(?:sang|qua|thành|tới|đến|lại|xuống|lên|còn|vào|mà là|là)(?!\w)")
_MOVER_BARE = re.compile(r"(?<!\w)(?:qua|thanh|den|lai|xuong|len|con|vao|ma la|la)(?!\w)")
_INSTEAD = re.compile(
    r"(?<!\w)(?:thay vi|chu khong phai|chu ko phai|khong phai|ko phai)"
    r"(?: (?!thi |ma )[\w:]+){1,4}(?: ma(?= )|(?= thi|,|\.|$))"
)
_SPAN = (
    rf"(?P<n>{NUMBER}|nua)\s?(?P<unit>phut|p|tieng|h(?!\d)|gio|ngay|hom|tuan)"
    r"(?P<half> ruoi)?(?!\w)"
)
_LATER = re.compile(
    r"(?<!\w)(?:lui|muon|tre|cham|delay|doi|hoan)(?P<words>(?: (?!som)[^\W\d]+){0,4}?) " + _SPAN
)
_SOONER = re.compile(
    r"(?<!\w)(?:som|keo len|day len|len som|truoc)(?P<words>(?: (?!muon|lui)[^\W\d]+){0,3}?) "
    + _SPAN
)
_TO_A_CLOCK = re.compile(r"(?<!\w)(?:sang|qua|thanh|toi|den|lai|xuong|len|vao|luc|de)(?!\w)")
_TO_A_DAY = re.compile(r"(?<!\w)(?:sang|qua|den|vao|thu|t)(?!\w)")
_NEXT_DAY = re.compile(r"(?<!\w)(?:ngay )?hom sau(?!\w)")
_DAY = re.compile(
    r"(?<!\w)(?:mai|mot|kia|nay|hnay|hom nay|(?:thu|t) ?(?:[2-7]|hai|ba|tu|nam|sau|bay)"
    r"|chu nhat|cn|ngay \d{1,2}|\d{1,2}/\d{1,2}|\d{1,2} thang \d{1,2})(?!\w)"
)
_PART = re.compile(rf"(?<!\w)(?:{'|'.join(DAY_PARTS)})(?!\w)")
_CLOCK = re.compile(rf"(?<!\w)(?:\d{{1,2}}\s?(?:h|g|:|gio)|{NUMBER} (?:gio|ruoi))")


def move_said(message: Message, now: int, starts_at: int = 0) -> tuple[int, ...]:
    """The new moment of a live that starts at `starts_at` (seconds UTC): said outright, or by how
    much it is later or earlier. Several if it must be asked; none if nothing to come was said.

    A day without an hour keeps the hour, an hour without a day keeps the day. Never raises.
    """
    text = timed(message)
    found = _NEXT_DAY.search(fold(text))
    if found and starts_at:
        return _next_day(fold(text), found, now, starts_at)
    shifted = _shifted(fold(text), starts_at)
    if shifted:
        return (shifted,) if shifted > now else ()
    aim = _aim(text)
    said = moment_said(aim, now)
    if not said and starts_at and not _CLOCK.search(fold(aim)):
        return _same_hour(aim, now, starts_at)
    if _DAY.search(fold(aim)) or not starts_at:
        return said
    return _same_day(aim, now, starts_at) or said


def _next_day(bare: str, found: re.Match[str], now: int, starts_at: int) -> tuple[int, ...]:
    """ "Hôm sau" is the day after the one on which the live was to be."""
    rest = f"{bare[: found.start()]} {bare[found.end() :]}"
    if not _CLOCK.search(rest):
        return (starts_at + DAY,)
    return _same_day(_aim(" ".join(rest.split())), now, starts_at + DAY)


def _shifted(bare: str, starts_at: int) -> int:
    for pattern, sign in ((_SOONER, -1), (_LATER, 1)):
        found = pattern.search(bare)
        if found and starts_at and _is_span(found):
            return starts_at + sign * minutes_of(found) * 60
    return 0


def _is_span(found: re.Match[str]) -> bool:
    """Minutes and "tiếng" are a span of time; "giờ" and "h" may be a clock, "2 tuần" a Monday."""
    minutes = minutes_of(found)
    if found["unit"] in ("ngay", "hom", "tuan"):
        return minutes > 0 and not _TO_A_DAY.search(found["words"])
    if found["unit"] in ("h", "gio"):
        return 0 < minutes <= MOST_HOURS * 60 and not _TO_A_CLOCK.search(found["words"])
    return minutes > 0


def _aim(text: str) -> str:
    """The part that says the new moment: behind "sang" or "thành" and before an hour or a day."""
    bare = fold(text)
    if len(bare) != len(text):
        return text
    for found in reversed(list(_INSTEAD.finditer(bare))):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    mover = _MOVER if has_marks(text) else _MOVER_BARE
    for found in reversed(list(mover.finditer(text))):
        rest = text[found.end() :]
        if _CLOCK.search(fold(rest)) or _DAY.search(fold(rest)):
            return rest
    return text


def _same_hour(aim: str, now: int, starts_at: int) -> tuple[int, ...]:
    """ "Dời sang mai": the hour stays, unless another part of the day was said."""
    bare = fold(aim)
    if not _DAY.search(bare):
        return ()
    at = local(starts_at)
    found = moment_said(f"{aim} , {at:%H}h{at:%M}", now)
    parts = {m[0] for m in _PART.finditer(bare)}
    same = tuple(one for one in found if local(one).hour == at.hour)
    return same if same or not parts else ()


def _same_day(aim: str, now: int, starts_at: int) -> tuple[int, ...]:
    """An hour alone is of the day on which the live was to be."""
    day = local(starts_at)
    said = moment_said(f"{aim} , {day:%d/%m/%Y}", now)
    return tuple(at for at in said if local(at).date() == day.date())
