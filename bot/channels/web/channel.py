"""The web chat as a channel. Its messages travel in the person's stream, which the desk fills."""

from __future__ import annotations

from bot.channels.base import Abilities
from bot.channels.web.bell import Bell
from bot.shop.says import Letter, SpokenKind
from bot.words.spoken import Spoken


class WebChannel:
    """Keeps `bot.channels.base.Channel`.

    A letter is delivered when `desk.deliver` appends it to the stream: open pages get it at once,
    others when they come back within the stream's 30 days. So `send` has nothing left to do and
    cannot fail; whoever has the page closed is called by `ring`, if there is a bell.
    """

    name = "web"
    abilities = Abilities(
        max_text=20_000, max_caption=20_000, voice="ogg", sends_per_second=1000.0
    )

    def __init__(self, bell: Bell | None = None) -> None:
        self._bell = bell

    def may_send(self, person: str, kind: SpokenKind, now: int) -> str:
        """Always empty: what is said stands in the talk, whoever hears the bell."""
        return ""

    async def send(self, person: str, spoken: Spoken) -> None:
        """Nothing: the message is in the stream already."""

    async def ring(self, person: str, spoken: Spoken, letter: Letter) -> None:
        """See `Bell.ring`. The message stands in the talk whatever comes of it."""
        if self._bell is not None:
            await self._bell.ring(person, spoken, letter)
