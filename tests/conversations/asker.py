"""A customer whose typed questions go straight to the answers, whatever reads her words."""

from __future__ import annotations

from bot.shop.says import Choice, Say
from bot.talk.heard import Heard
from bot.talk.routes import ROUTES
from bot.talk.session import Session
from bot.talk.turn import Turn
from tests.conversations.stage import Stage


class Asker:
    """One person with her session on a real shop."""

    def __init__(self, stage: Stage, person: str = "rehearse:lan", lang: str = "vi") -> None:
        self.stage = stage
        self.session = Session(person, lang=lang)

    def turn(self, kind: str, text: str) -> Turn:
        shop = self.stage.parts.shop
        self.session.taps += 1
        event = f"{self.session.person}-{self.session.taps}"
        heard = Heard("rehearse", self.session.person, event, kind, text, at=shop.now())
        return Turn(heard, self.session, heard.at, shop)

    async def asks(self, text: str, route: str) -> Say:
        """Types a question that was understood as this route."""
        name, *args = route.split(":")
        [say] = await ROUTES[name].run(self.turn("text", text), *args)
        return say

    async def taps(self, choice: str) -> Say:
        """Presses a button; the last message it brings."""
        assert len(choice.encode()) <= 40
        name, *args = choice.split(":")
        return (await ROUTES[name].run(self.turn("tap", choice), *args))[-1]

    def text(self, say: Say) -> str:
        return self.stage.parts.words.speak(say, self.session.lang).text


def ids(say: Say) -> list[str]:
    return [c.id for c in say.choices]


def starting(say: Say, start: str) -> Choice:
    return next(c for c in say.choices if c.id.startswith(start))
