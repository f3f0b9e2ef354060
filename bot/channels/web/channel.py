"""The web chat as a channel. Its messages travel in the person's stream, which the desk fills."""

from __future__ import annotations

from bot.channels.base import Abilities
from bot.shop.says import SpokenKind
from bot.words.spoken import Spoken


class WebChannel:
    """Keeps `bot.channels.base.Channel`.

    A letter is delivered when `desk.deliver` appends it to the stream: open pages get it at once,
    others when they come back within the stream's 30 days. So `send` has nothing left to do and
    cannot fail.
    """

    name = "web"
    abilities = Abilities(
        max_text=20_000, max_caption=20_000, voice="ogg", sends_per_second=1000.0
    )

    def may_send(self, person: str, kind: SpokenKind, now: int) -> str:
        """Always empty: the person sees it only when looking at the page."""
        return ""

    async def send(self, person: str, spoken: Spoken) -> None:
        """Nothing: the message is in the stream already."""
