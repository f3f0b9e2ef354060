"""Who cannot be reached by a message, in words a seller understands, and whom she may call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.shop.says import Say, Word
from bot.usecases.broadcast_audience import ToCall
from bot.usecases.ports import Books

PAGE = "page-closed"
MOST_CALLED = 20


def closed_pages(books: Books) -> Callable[[str], str]:
    """Why somebody is not reached though no app refused: on the web, with no way to a closed
    page.
    """
    pushed = books.pushed_people()

    def why(person: str) -> str:
        return PAGE if person.startswith("web:") and person not in pushed else ""

    return why


def lost_lines(by_why: Mapping[str, int]) -> Iterator[Say]:
    """One line for each reason."""
    page = by_why.get(PAGE, 0)
    gone = sum(by_why.values()) - page
    for people, why in ((gone, "blocked"), (page, PAGE)):
        if people:
            yield Say("broadcast-lost", {"people": people, "why": Word(f"why-{why}")})


def call_lines(calls: Sequence[ToCall]) -> tuple[Say, ...]:
    """Whom to call; those without a phone are counted."""
    known = [c for c in calls if c.phone]
    lines = [
        Say("to-call-line", {"name": c.name, "phone": c.phone, "why": Word(word_of(c.why))})
        for c in known[:MOST_CALLED]
    ]
    left = len(calls) - len(lines)
    return (*lines, *((Say("to-call-unknown", {"people": left}),) if left else ()))


def word_of(why: str) -> str:
    return f"why-{PAGE}" if why == PAGE else "why-blocked"
