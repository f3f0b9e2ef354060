"""Calling people whose page is closed, after a letter was put into their talk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.channels.base import TryLater, Undeliverable, Unsure
from bot.channels.web.notice import Notice, notice
from bot.channels.web.push import Outcome
from bot.shop.follow import PushAddress
from bot.shop.says import Letter
from bot.words.spoken import Spoken

CLOSED = "page-closed"
CALLS_FOR = frozenset({"reminder", "broadcast"})
"""Worth nothing when seen days later: who could not be called is named to the seller. What is
about an order, and goods that are back, wait in the talk until the page is opened.
"""

log = structlog.get_logger()


class Pusher(Protocol):
    """See `bot.channels.web.push.Push`."""

    async def send(self, address: PushAddress, notice: Notice) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Bell:
    """is_open: whether a page of this person listens, in any process. addresses: their browsers.
    forget: they are not called any more. title: the shop's name in a language.
    """

    push: Pusher
    is_open: Callable[[str], Awaitable[bool]]
    addresses: Callable[[str], Awaitable[Sequence[PushAddress]]]
    forget: Callable[[str, Collection[str]], Awaitable[None]]
    title: Callable[[str], str]
    now: Callable[[], int]

    async def ring(self, person: str, spoken: Spoken, letter: Letter) -> None:
        """Call every browser of the person; one that hears it is enough.

        Raises TryLater or Unsure when none did but one may, Undeliverable(CLOSED) when there is
        none and the letter should be seen today.
        """
        if await self.is_open(person):
            return
        known = await self.addresses(person)
        title, now = self.title(spoken.lang), self.now()
        calls = (self.push.send(a, notice(title, spoken, letter, a.page, now)) for a in known)
        outcomes = await asyncio.gather(*calls)
        await self._forget_gone(person, known, outcomes)
        _judge(letter, outcomes)

    async def _forget_gone(
        self, person: str, known: Sequence[PushAddress], outcomes: Sequence[Outcome]
    ) -> None:
        gone = [a.id for a, o in zip(known, outcomes, strict=True) if o.what == "gone"]
        if gone:
            await self.forget(person, gone)
        for outcome in outcomes:
            if outcome.what == "refused":
                log.warning("push-refused", why=outcome.why)


def _judge(letter: Letter, outcomes: Sequence[Outcome]) -> None:
    found = {o.what: o for o in outcomes}
    if "sent" in found:
        return
    if "unsure" in found:
        raise Unsure(found["unsure"].seconds)
    if "later" in found:
        raise TryLater(found["later"].seconds)
    if letter.kind in CALLS_FOR:
        raise Undeliverable(found["refused"].why if "refused" in found else CLOSED)
