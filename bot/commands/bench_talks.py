"""Whole purchases by typing alone, played through the real shop: how many end in the right order
without a person, and how much the shop must ask back on the way.
"""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from bot.app import open_shop, prepare_data_dir
from bot.channels.terminal.parse import Input
from bot.commands.rehearse import CHANNEL, Rehearsal, RehearsalClock
from bot.settings import Settings
from bot.usecases.ports import Records

MID_NOVEMBER = 1_794_708_000
"""2026-11-15 09:00 in Việt Nam; the talks want what is in season then."""

FORM = {
    "ask-phone": "phone", "phone-unclear": "phone", "ask-name": "name", "ask-address": "address",
    "ask-province": "address", "province-unclear": "address", "ask-note": "note",
}  # fmt: skip
"""Questions of the form, and which of her details answers them."""

AGREES = frozenset({"consent", "summary"})
ASKS_BACK = frozenset(
    {"order-which", "how-much-number", "amount-unsure", "answer-which", "guess", "guess-again",
     "amount-no-number-number", "not-understood", "not-understood-again", "search-nothing",
     "search-found", "order-unknown", "order-goods", "order-what"}
)  # fmt: skip
"""Questions beyond the form: which goods, how much, what was meant."""

MOST_STEPS = 24

SayIt = Callable[[str, str], Awaitable[str]]
"""Types a text as a person; the message id of the last answer."""


class Details(msgspec.Struct, frozen=True):
    phone: str
    name: str
    address: str
    note: str


class Talk(msgspec.Struct, frozen=True):
    """One purchase: what is typed at first, wanted in the end, and said for "go on" and "yes"."""

    id: str
    style: str
    start: tuple[str, ...]
    wants: tuple[dict[str, Any], ...]
    go: str
    yes: str
    details: Details

    @property
    def lines(self) -> dict[str, int]:
        """Base units by product."""
        units = ("grams", "ml", "count")
        return {w["product"]: next(w[u] for u in units if u in w) for w in self.wants}


@dataclass
class Bought:
    """How it went. lines: base units by product in the orders. questions: asked back."""

    talk: Talk
    placed: bool = False
    questions: int = 0
    last: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return self.placed and self.lines == self.talk.lines


def load_talks(path: Path) -> tuple[Talk, ...]:
    return msgspec.yaml.decode(path.read_bytes(), type=tuple[Talk, ...])


async def buy(say: SayIt, talk: Talk) -> Bought:
    """Type until the order is placed, or until she does not know what to say."""
    bought = Bought(talk)
    for text in talk.start:
        await _say(say, bought, text)
    gone = 0
    for _ in range(MOST_STEPS):
        gone += bought.last not in FORM and bought.last not in AGREES
        if bought.last == "placed" or gone > 2:
            break
        await _say(say, bought, _next(talk, bought.last))
    bought.placed = bought.last == "placed"
    return bought


async def _say(say: SayIt, bought: Bought, text: str) -> None:
    bought.last = await say(bought.talk.id, text)
    bought.questions += bought.last in ASKS_BACK


def _next(talk: Talk, asked: str) -> str:
    if asked in FORM:
        return str(getattr(talk.details, FORM[asked]))
    return talk.yes if asked in AGREES else talk.go


async def play_talks(settings: Settings, talks: Sequence[Talk]) -> list[Bought]:
    """All talks in one fresh shop, as different people."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = replace(
            settings,
            data_dir=Path(folder) / "var",
            models_dir=str(settings.understanding_dir),
            redis_url="",
            database_url="",
            telegram_token="",
        )
        prepare_data_dir(chosen)
        clock = RehearsalClock(MID_NOVEMBER)
        async with open_shop(chosen, clock.now, streams=frozenset()) as parts:
            await parts.live.refresh()
            heard: list[dict[str, Any]] = []
            rehearsal = Rehearsal(parts, clock, heard.append)
            await rehearsal.seat_sellers()

            async def say(person: str, text: str) -> str:
                heard.clear()
                await rehearsal.play(Input(person=person, text=text))
                return [str(m["id"]) for m in heard if m.get("to") == person][-1]

            bought = [await buy(say, talk) for talk in talks]
            for one in bought:
                one.lines = await ordered(parts.records, f"{CHANNEL}:{one.talk.id}")
            return bought


async def ordered(records: Records, person: str) -> dict[str, int]:
    """Base units by product over all orders of a person."""
    lines: dict[str, int] = {}
    for order in await records.orders_of(person):
        for line in order.lines:
            lines[line.product] = lines.get(line.product, 0) + line.amount
    return lines
