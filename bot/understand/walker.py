"""A place in the lexemes of one message, and what can be asked about it."""

from __future__ import annotations

from bot.understand.amounts import amount_at
from bot.understand.lexemes import Lexed, Lexeme
from bot.understand.measures import measures
from bot.understand.pieces import Measure


class Walker:
    """What every reader of a message can do; positions are indices of lexemes."""

    def __init__(self, text: Lexed) -> None:
        self._text = text
        self._found = text.found

    def _mark(self, at: int) -> Lexeme:
        """The lexeme at `at`, `end` outside the text."""
        return self._found[at] if 0 <= at < len(self._found) else "end"

    def _start(self, at: int) -> int:
        return self._text.spans[at][0]

    def _end(self, after: int) -> int:
        return self._text.spans[after - 1][1]

    def _span(self, at: int, after: int) -> tuple[int, int]:
        return self._start(at), self._end(max(after, at + 1))

    def _plain_amount(self, at: int) -> tuple[tuple[Measure, ...], int]:
        """One clear amount with its unit at `at`, or nothing."""
        if at >= len(self._found):
            return (), at
        found, after = amount_at(self._found, at)
        if found is None or found.unit is None:
            return (), at
        readings, why = measures([found])
        return (readings, after) if not why and len(readings) == 1 else ((), at)
