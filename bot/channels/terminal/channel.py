"""A terminal as a messaging app: plain text, numbered choices, one writer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.channels.base import Abilities
from bot.shop.says import Letter, SpokenKind
from bot.words.spoken import Spoken


class TerminalChannel:
    """Keeps the `Channel` protocol; `write` gets every message."""

    def __init__(self, name: str, write: Callable[[str, Spoken], Awaitable[None]]) -> None:
        self.name = name
        self.abilities = Abilities(buttons=False, links=False, pictures=False, voice="")
        self._write = write

    def may_send(self, person: str, kind: SpokenKind, now: int) -> str:
        return ""

    async def send(self, person: str, spoken: Spoken) -> None:
        await self._write(person, spoken)

    async def ring(self, person: str, spoken: Spoken, letter: Letter) -> None:
        """Nothing: whoever looks at the terminal sees it."""


def as_text(spoken: Spoken) -> str:
    """A message for a screen that only has letters: what is heard, the text, the choices."""
    lines = [f"{c.key or '·'} {c.title}{' ' + c.url if c.url else ''}" for c in spoken.choices]
    heard = [f"🔊 {' '.join(spoken.sound)}"] if spoken.sound else []
    return "\n".join([*heard, spoken.text, *lines])
