"""A live as a calendar file (RFC 5545), so that the phone rings by itself before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.shop.live import SOON_SECONDS, Live

USUAL_SECONDS = 2 * 3600
"""How long a live takes in the calendar; nobody knows before."""
MOST_OCTETS = 75
"""Of one line, without its end (RFC 5545, section 3.1)."""
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A live and its words. link: where the shop shows it, an address without spaces."""

    live: Live
    title: str
    about: str
    link: str


def calendar(entry: Entry, now: int) -> bytes:
    """One event with an alarm a quarter of an hour before.

    Importing a later file changes the entry that is there: the id stays, the number of the version
    counts every move and the calling off (sections 3.8.4.7 and 3.8.7.4).
    """
    text = "\r\n".join(line for raw in _lines(entry, now) for line in folded(raw))
    return (text + "\r\n").encode()


def _lines(entry: Entry, now: int) -> Iterator[str]:
    live = entry.live
    off = live.state == "cancelled"
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Cho Phien//Live//VI"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield "BEGIN:VEVENT"
    yield f"UID:live-{live.id}@cho-phien"
    yield f"SEQUENCE:{live.moved + off}"
    yield f"DTSTAMP:{utc(now)}"
    yield f"DTSTART:{utc(live.starts_at)}"
    yield f"DTEND:{utc(_ends(live))}"
    yield f"SUMMARY:{escaped(entry.title)}"
    yield f"DESCRIPTION:{escaped(entry.about)}"
    if entry.link:
        yield f"URL:{entry.link}"
    yield "STATUS:CANCELLED" if off else "STATUS:CONFIRMED"
    if not off:
        yield from _alarm(entry.title)
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def _ends(live: Live) -> int:
    """Never before it began, also when she was early."""
    return max(live.ended_at, live.starts_at + USUAL_SECONDS)


def _alarm(title: str) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:-PT{SOON_SECONDS // 60}M"
    yield f"DESCRIPTION:{escaped(title)}"
    yield "END:VALARM"


def utc(at: int) -> str:
    """`20261122T130000Z`"""
    return f"{datetime.fromtimestamp(at, UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text value (section 3.3.11); signs that steer a machine are left out."""
    plain = (c for c in text.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    return "".join(ESCAPED.get(c, c) for c in plain)


def folded(line: str) -> Iterator[str]:
    """Lines of at most MOST_OCTETS, never cut inside a letter; each further one begins with a
    space.
    """
    part, room = "", MOST_OCTETS
    for letter in line:
        octets = len(letter.encode())
        if octets > room:
            yield part
            part, room = " ", MOST_OCTETS - 1
        part += letter
        room -= octets
    yield part
