"""What the desk needs (session store, words) and what the outside may ask of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

import msgspec

from bot.shop.says import Letter, Say, SpokenKind
from bot.talk.heard import Heard
from bot.words.spoken import Spoken


class Busy(Exception):
    """Another turn of this person is still running after the time we may wait; the app should
    resend.
    """


class StoreDown(Exception):
    """Redis cannot be reached; nothing was done, the app should resend."""


class Opened(msgspec.Struct, frozen=True):
    """A turn that was opened: the person's lock is held under `fence` until close or until its
    lease ends.

    answer: what this event was answered before (then no lock is held), and how many of it were
        sent.
    session: the stored session, None for a new or forgotten person.
    """

    person: str
    event_id: str
    fence: int
    session: bytes | None = None
    answer: bytes | None = None
    sent: int = 0


class Line(msgspec.Struct, frozen=True):
    """One message of a person's numbered stream."""

    n: int
    body: bytes


class Sessions(Protocol):
    """Sessions, event memory, locks and message streams. Every method may raise StoreDown."""

    async def open(self, person: str, event_id: str) -> Opened:
        """One round trip: seen this event? take the lock (lease 10 s), read the session.

        Raises Busy after 1 s.
        """

    async def close(
        self,
        opened: Opened,
        session: bytes,
        answer: bytes,
        *,
        stream: Sequence[bytes] = (),
        page: str = "",
    ) -> int:
        """One round trip: check the fence, store session and answer (as unsent), append to the
        stream, unlock.

        Returns the stream number of the first appended line (0 if none). Raises Busy if the lock
        was lost. `page` is told to listeners so that the page that asked can skip what it gets as
        the answer.
        """

    async def release(self, opened: Opened) -> None:
        """Give the lock back without storing anything."""

    async def sent(self, person: str, event_id: str, count: int) -> None:
        """Remember that the first `count` messages of the answer to this event were delivered."""

    async def replay(self, person: str, after: int) -> tuple[Line, ...]:
        """Stream lines numbered above `after`; all that is kept if `after` is beyond the end."""

    def listen(self, person: str) -> AsyncIterator[tuple[Line, str]]:
        """New stream lines as they come, with the page that caused them. Ends when closed."""

    async def forget(self, person: str) -> None:
        """Erase session, answers and stream of a person."""

    async def count(self, key: str, seconds: int) -> int:
        """Add one to a counter that starts again after `seconds`; returns the new value."""


class Answer(msgspec.Struct, frozen=True):
    """The answer to one event.

    `sent` of the messages were delivered before; `first` numbers the stream.
    """

    person: str
    event_id: str
    messages: tuple[Spoken, ...]
    sent: int = 0
    first: int = 0
    repeat: bool = False


class Words(Protocol):
    """Say → Spoken in a language, choices numbered."""

    def speak(self, say: Say, lang: str, kind: SpokenKind = "reply") -> Spoken: ...


class Aloud(Protocol):
    """The shop's recorded voice."""

    async def read_out(self, say: Say, spoken: Spoken) -> Spoken:
        """The same message with its `sound`; without, if a piece of it was never recorded in its
        language. Never raises: a message without sound is still a message.
        """


class Desk(Protocol):
    """The one door. Channels bring what they heard; workers bring letters."""

    async def hear(self, heard: Heard) -> Answer:
        """Run one turn.

        Raises Busy or StoreDown when the app should resend; nothing was done then.
        """

    async def deliver(self, person: str, letter: Letter, event_id: str) -> Answer:
        """Speak a letter in the receiver's language, put its menu on top, keep the interrupted
        question.
        """

    async def sent(self, answer: Answer, count: int) -> None:
        """Remember how many messages of an answer have been delivered."""
