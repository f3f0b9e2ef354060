"""How speaking a letter ended, as values that the outbox is told."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.ports_outbox import Due, LetterState, Outbox


@dataclass(frozen=True, slots=True)
class Ended:
    """Over. gone: the account cannot be reached until it writes."""

    state: LetterState
    why: str = ""
    gone: bool = False

    async def record(self, letters: Outbox, due: Due, now: int) -> None:
        await letters.finish(due, self.state, now, self.why, gone=self.gone)


@dataclass(frozen=True, slots=True)
class Later:
    """Not sent; to be looked at again `at` that moment."""

    at: int
    why: str
    tried: bool = True

    async def record(self, letters: Outbox, due: Due, now: int) -> None:
        await letters.put_back(due, self.at, self.why, tried=self.tried)


End = Ended | Later
