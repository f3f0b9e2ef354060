"""Stores without a server, for fast tests. They pass the same contract suite as the real ones."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

from bot.stores.redis_scripts import (
    KEEP_ANSWER,
    KEEP_SESSION,
    KEEP_STREAM,
    LEASE,
    PATIENCE,
    STREAM_LINES,
)
from bot.talk.ports import Busy, Line, Opened


@dataclass(slots=True)
class StoredAnswer:
    body: bytes
    sent: int
    until: float


@dataclass(slots=True)
class Person:
    """All that is kept of one person; times are in seconds of the store's clock."""

    fence: int = 0
    locked_until: float = 0.0
    session: bytes | None = None
    session_until: float = 0.0
    answers: dict[str, StoredAnswer] = field(default_factory=dict)
    last_line: int = 0
    stream: list[Line] = field(default_factory=list)
    stream_until: float = 0.0


class Listener(AsyncIterator[tuple[Line, str]]):
    """The lines of one person for one page. Ends when closed."""

    def __init__(self, leave: Callable[[Listener], None]) -> None:
        self.lines: asyncio.Queue[tuple[Line, str] | None] = asyncio.Queue()
        self._leave = leave

    async def __anext__(self) -> tuple[Line, str]:
        line = await self.lines.get()
        if line is None:
            self.lines.put_nowait(None)
            raise StopAsyncIteration
        return line

    async def aclose(self) -> None:
        """Hear no more; whoever waits for the next line gets the end."""
        self.lines.put_nowait(None)
        self._leave(self)


class MemorySessions:
    """The `Sessions` of bot.talk.ports in a dictionary.

    `clock` tells seconds and never goes back; it judges leases and everything that is kept.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        lease: float = LEASE,
        patience: float = PATIENCE,
    ) -> None:
        self._clock = clock
        self._lease = lease
        self._patience = patience
        self._people: dict[str, Person] = {}
        self._listeners: dict[str, set[Listener]] = {}
        self._counters: dict[str, tuple[int, float]] = {}

    async def aclose(self) -> None:
        """End all listeners."""
        for listeners in list(self._listeners.values()):
            for listener in list(listeners):
                await listener.aclose()

    async def open(self, person: str, event_id: str) -> Opened:
        """See Sessions.open."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        while True:
            opened = self._try_open(person, event_id)
            if opened is not None:
                return opened
            if loop.time() >= until:
                raise Busy(person)
            await asyncio.sleep(0.005)

    def _try_open(self, name: str, event_id: str) -> Opened | None:
        person, now = self._person(name), self._clock()
        answer = person.answers.get(event_id)
        if answer is not None:
            return Opened(name, event_id, 0, answer=answer.body, sent=answer.sent)
        if person.locked_until > now:
            return None
        person.fence += 1
        person.locked_until = now + self._lease
        return Opened(name, event_id, person.fence, session=person.session)

    async def close(
        self,
        opened: Opened,
        session: bytes,
        answer: bytes,
        *,
        stream: Sequence[bytes] = (),
        page: str = "",
    ) -> int:
        """See Sessions.close. Lines of a stream count as sent: appending them delivers them."""
        person, now = self._person(opened.person), self._clock()
        if not self._holds(person, opened):
            raise Busy(opened.person)
        person.session, person.session_until = session, now + KEEP_SESSION
        kept = StoredAnswer(answer, len(stream), now + KEEP_ANSWER)
        person.answers[opened.event_id] = kept
        person.locked_until = 0.0
        first = person.last_line + 1 if stream else 0
        for body in stream:
            self._append(opened.person, person, body, page)
        return first

    def _append(self, name: str, person: Person, body: bytes, page: str) -> None:
        person.last_line += 1
        line = Line(person.last_line, body)
        person.stream = [*person.stream, line][-STREAM_LINES:]
        person.stream_until = self._clock() + KEEP_STREAM
        for listener in self._listeners.get(name, ()):
            listener.lines.put_nowait((line, page))

    async def release(self, opened: Opened) -> None:
        """See Sessions.release."""
        person = self._person(opened.person)
        if self._holds(person, opened):
            person.locked_until = 0.0

    def _holds(self, person: Person, opened: Opened) -> bool:
        return person.fence == opened.fence and person.locked_until > self._clock()

    async def sent(self, person: str, event_id: str, count: int) -> None:
        """See Sessions.sent."""
        answer = self._person(person).answers.get(event_id)
        if answer is not None:
            answer.sent = max(answer.sent, count)

    async def replay(self, person: str, after: int) -> tuple[Line, ...]:
        """See Sessions.replay."""
        kept = self._person(person).stream
        if kept and kept[-1].n < after:
            after = 0
        return tuple(line for line in kept if line.n > after)

    def listen(self, person: str) -> AsyncIterator[tuple[Line, str]]:
        """See Sessions.listen."""
        everyone = self._listeners.setdefault(person, set())
        listener = Listener(everyone.discard)
        everyone.add(listener)
        return listener

    async def forget(self, person: str) -> None:
        """See Sessions.forget. The lock stays with the turn that asked; numbers go on."""
        old = self._person(person)
        self._people[person] = Person(old.fence, old.locked_until, last_line=old.last_line)

    async def count(self, key: str, seconds: int) -> int:
        """See Sessions.count."""
        now = self._clock()
        n, until = self._counters.get(key, (0, 0.0))
        n, until = (n + 1, until) if until > now else (1, now + seconds)
        self._counters[key] = (n, until)
        return n

    def _person(self, name: str) -> Person:
        """What is kept of a person today: whatever has had its time is dropped first."""
        person, now = self._people.setdefault(name, Person()), self._clock()
        if person.session_until <= now:
            person.session = None
        if person.stream_until <= now:
            person.stream = []
        if any(answer.until <= now for answer in person.answers.values()):
            person.answers = {e: a for e, a in person.answers.items() if a.until > now}
        return person
