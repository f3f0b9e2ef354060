"""A customer who only types, on the stage: see `bot.commands.bench_talks`."""

from __future__ import annotations

from pathlib import Path

from bot.commands.bench_talks import Bought, Talk, buy, load_talks, ordered
from bot.commands.rehearse import CHANNEL
from tests.conversations.stage import Stage

TALKS = load_talks(Path(__file__).parents[1] / "understand" / "dev" / "talks.yml")


async def buy_by_typing(stage: Stage, talk: Talk) -> Bought:
    """Play one talk to its end."""

    async def say(person: str, text: str) -> str:
        return str((await stage.say(person, text))["id"])

    bought = await buy(say, talk)
    bought.lines = await ordered(stage.parts.records, f"{CHANNEL}:{talk.id}")
    return bought
