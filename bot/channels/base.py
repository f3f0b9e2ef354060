"""What every messaging app is to the shop. A new app is one folder that keeps this promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.shop.says import Letter, SpokenKind
from bot.words.spoken import Spoken


class Undeliverable(Exception):
    """This person cannot be reached this way, and trying again will not help.

    `reason` is for the log.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(Exception):
    """The app is busy, away, or asked us to wait `seconds`.

    `whole` says the wait is for every person.
    """

    def __init__(self, seconds: float, *, whole: bool = False) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.whole = whole


class Unsure(TryLater):
    """The line broke after the message left: it may have arrived, so a second one may be a second.

    The outbox repeats order letters only and lists the others by name.
    """


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an app can show. Core code asks this record, never which channel it is."""

    max_text: int = 4096
    max_caption: int = 1024
    buttons: bool = True
    links: bool = True
    pictures: bool = True
    voice: str = "ogg"
    sends_per_second: float = 25.0


class Channel(Protocol):
    """An app the shop can speak through. `name` is the part of a person id before the colon."""

    name: str
    abilities: Abilities

    def may_send(self, person: str, kind: SpokenKind, now: int) -> str:
        """Empty if the app's rules let us send this now, else the reason."""

    async def send(self, person: str, spoken: Spoken) -> None:
        """Deliver one message. Raises Undeliverable or TryLater; anything else is our bug."""

    async def ring(self, person: str, spoken: Spoken, letter: Letter) -> None:
        """The letter has arrived: make a sound where the app does not by itself. Repeating it is
        harmless. Raises as `send` does.
        """
