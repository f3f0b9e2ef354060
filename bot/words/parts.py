"""The fixed parts of a sentence between its holes: what is recorded of it, and under which key.

A sentence without holes is one clip, under its own id. Of `Còn {left}, giá {rate}.` the parts
`Còn`, `, giá` and `.` stand; the first two have letters and are recorded as `<id>.1` and `<id>.2`.
What fills the holes is recorded by itself (`numerals`, names of the catalogue).
"""

from __future__ import annotations

from functools import lru_cache

from bot.words.book import PLACEHOLDER


def parts_of(entry_text: str) -> tuple[str, ...]:
    """One more than there are holes, in order; some are empty or signs alone."""
    pieces = PLACEHOLDER.split(entry_text)
    return tuple(pieces[::2])


def is_spoken(part: str) -> bool:
    """Signs, emoji and line breaks are not read out."""
    return any(c.isalpha() for c in part)


@lru_cache(maxsize=4096)
def keys_at(id: str, entry_text: str) -> tuple[str, ...]:
    """The clip key of every part, by position; empty where nothing of it is spoken."""
    parts = parts_of(entry_text)
    if len(parts) == 1:
        return (id if is_spoken(parts[0]) else "",)
    return tuple(f"{id}.{n}" if is_spoken(p) else "" for n, p in enumerate(parts, 1))


def keys_of(id: str, text: str) -> tuple[str, ...]:
    """The clips a message needs; none for signs and holes alone."""
    return tuple(key for key in keys_at(id, text) if key)
