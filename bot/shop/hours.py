"""Vietnam's clock: UTC+7 all year, and the hours in which advertising may be sent.

07:00–22:00 and three a day are Decree 91/2020's numbers, taken as a house rule for chat.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
OPENS, CLOSES = 7, 22


def local(at: int) -> datetime:
    """Vietnam time of a moment in seconds UTC."""
    return datetime.fromtimestamp(at, VIETNAM)


def today(at: int) -> date:
    return local(at).date()


def in_hours(at: int) -> bool:
    return OPENS <= local(at).hour < CLOSES


def next_in_hours(at: int) -> int:
    """`at` itself in hours, else the next 07:00."""
    if in_hours(at):
        return at
    here = local(at)
    opening = here.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    if here.hour >= CLOSES:
        opening += timedelta(days=1)
    return int(opening.timestamp())


def day_start(at: int) -> int:
    """Seconds UTC of the last midnight in Vietnam."""
    return int(local(at).replace(hour=0, minute=0, second=0, microsecond=0).timestamp())


def sending_hours(at: int) -> int:
    """Seconds from `at` until 22:00 of its day; 0 outside the hours."""
    return day_start(at) + CLOSES * 3600 - at if in_hours(at) else 0
