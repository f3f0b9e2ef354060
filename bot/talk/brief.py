"""The last state in few words: what a poor line carries at once."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.words.spoken import Spoken, Title

MOST = 300
"""Letters of text, digits and titles together."""
MOST_TITLES = 150
LAST = frozenset({"back", "stop"})
CUT = "…"


def brief(said: Sequence[Spoken]) -> Spoken:
    """The last message that asks something, else the last, without picture and sound. Its choices
    as far as they fit, the way back always; of its lines the first and the newest.
    """
    found = next((s for s in reversed(said) if s.choices), said[-1])
    choices = _fitting(found.choices)
    room = MOST - sum(map(_length, choices))
    text = _shortened(found.text, room)
    return msgspec.structs.replace(
        found, text=text, choices=choices, picture="", clip="", sound=()
    )


def _length(title: Title) -> int:
    return len(title.key) + 1 + len(title.title) + 1


def _fitting(choices: tuple[Title, ...]) -> tuple[Title, ...]:
    last = tuple(c for c in choices if c.id in LAST)
    room = MOST_TITLES - sum(map(_length, last))
    kept: list[Title] = []
    for choice in (c for c in choices if c.id not in LAST and not c.url):
        room -= _length(choice)
        if room < 0:
            break
        kept.append(choice)
    return (*kept, *last)


def _shortened(text: str, room: int) -> str:
    """Whole lines: the first, which says what it is about, then from the end, where the sum and
    the question stand.
    """
    if len(text) <= room:
        return text
    first, *rest = text.split("\n")
    if len(first) > room - 2:
        return first[: room - 1].rstrip() + CUT
    kept: list[str] = []
    room -= len(first) + 2
    for line in reversed(rest):
        room -= len(line) + 1
        if room < 0:
            break
        kept.insert(0, line)
    return "\n".join((first, CUT, *kept))
