"""The second opinion inside the whole: asked only in doubt, and it only spares a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.understand.commands import load_commands
from bot.understand.inventory import Role
from bot.understand.understander import Band, Parsed, Understander
from bot.understand.understanding import Understanding

COMMANDS = load_commands(Path(__file__).parents[2] / "intents" / "commands.yml")


@dataclass
class Engine:
    """Says what it is told to say."""

    intent: str
    band: Band

    @property
    def current(self) -> Understander:
        return self

    def parse(self, masked: str, role: Role, lang: str) -> Parsed:
        return Parsed(self.intent, 0.5, self.band, ((self.intent, 0.6), ("greet", 0.2)))


@dataclass
class Second:
    """Remembers what it was asked."""

    said: Parsed | None
    asked: list[str] = field(default_factory=list)

    async def second(self, masked: str, role: Role, lang: str) -> Parsed | None:
        self.asked.append(masked)
        return self.said


async def heard(engine: Engine, second: Second) -> Band:
    mind = Understanding(engine, COMMANDS, second)
    got = await mind.understand("ở đây thế nào nhỉ", "customer", "vi", lambda product, amount: "")
    return got.band


SURE = Parsed("ask_origin", 0.97, "act", (("ask_origin", 0.97),))


async def test_two_that_agree_spare_a_question() -> None:
    second = Second(SURE)
    assert await heard(Engine("ask_origin", "ask"), second) == "act"
    assert len(second.asked) == 1


@pytest.mark.parametrize("said", [None, Parsed("greet", 0.97, "act"), Parsed("ask_origin", 0.5)])
async def test_anything_less_leaves_the_question(said: Parsed | None) -> None:
    assert await heard(Engine("ask_origin", "ask"), Second(said)) == "ask"


@pytest.mark.parametrize("band", ["act", "reject"])
async def test_it_is_asked_only_in_doubt(band: Band) -> None:
    second = Second(SURE)
    assert await heard(Engine("ask_origin", band), second) == band
    assert second.asked == []


async def test_it_never_moves_an_order() -> None:
    same = Parsed("cancel_order", 0.99, "act", (("cancel_order", 0.99),))
    assert await heard(Engine("cancel_order", "ask"), Second(same)) == "ask"
