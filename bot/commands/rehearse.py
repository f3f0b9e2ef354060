"""`python -m bot rehearse`: the whole shop on standard input and output.

With --json one JSON object a line, kept stable for black-box tests; `docs/rehearse.md` describes
it. Without it one person types and reads. Everything is real but the app: embedded Redis, SQLite,
ledger, outbox. Letters that are due are delivered before the next line is read.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import Parts, open_shop, prepare_data_dir
from bot.channels.terminal.channel import TerminalChannel, as_text
from bot.channels.terminal.parse import BadLine, Input, heard_of, read_line
from bot.channels.terminal.show import SHOWS
from bot.settings import Settings
from bot.shop.order import Order
from bot.shop.product import Product
from bot.shop.roles import EVERY
from bot.usecases.rights import sit
from bot.words.spoken import Spoken, Title

CHANNEL = "rehearse"
MOST_ROUNDS = 50

Write = Callable[[dict[str, Any]], None]


class RehearsalClock:
    """The shop's clock: the computer's, or one that only moves when it is told to."""

    def __init__(self, start: int | None) -> None:
        self._at = start

    def now(self) -> int:
        return int(time.time()) if self._at is None else self._at

    def move(self, at: int) -> None:
        self._at = at


@dataclass(frozen=True, slots=True)
class Truth:
    """The running shop as `show` sees it."""

    parts: Parts

    @property
    def products(self) -> dict[str, Product]:
        return dict(self.parts.catalogue.current.products)

    async def all_orders(self) -> list[Order]:
        return await self.parts.records.all_orders()

    async def rows(self, table: str) -> list[dict[str, Any]]:
        return await self.parts.records.rows(table)

    def name_of(self, person: str) -> str:
        return person.removeprefix(f"{CHANNEL}:")


class Rehearsal:
    """Plays lines against a running shop and writes what everyone gets."""

    def __init__(self, parts: Parts, clock: RehearsalClock, write: Write) -> None:
        self._parts = parts
        self._clock = clock
        self._write = write
        self._menus: dict[str, tuple[str, ...]] = {}
        self._lines = 0
        self._outputs = 0
        self._run = parts.shop.ids.short()
        self._worker = parts.make_worker({CHANNEL: TerminalChannel(CHANNEL, self._letter)})

    async def seat_sellers(self) -> None:
        """`seller:<id>` is that seller's own account, `owner` the owner's, from the start."""
        for seller in self._parts.catalogue.current.sellers:
            await self._seat(f"{CHANNEL}:seller:{seller}", seller)
        await self._seat(f"{CHANNEL}:owner", EVERY)

    async def _seat(self, person: str, seller: str) -> None:
        now = self._clock.now()
        await self._parts.ledger.put(lambda b: sit(b, person, seller, now))

    async def play(self, line: Input) -> int:
        """Do what a line says; returns how many outputs it caused."""
        self._outputs = 0
        await self._look_at_files()
        if line.now:
            self._clock.move(_seconds(line.now))
            await self._parts.jobs.step()
            await self._parts.live_clock.step()
        elif line.show in SHOWS:
            rows = await SHOWS[line.show](Truth(self._parts))
            self._put({"show": line.show, "rows": rows})
        elif line.person:
            await self._person(line)
        else:
            raise BadLine("a line needs a person, now, or show: " + ", ".join(SHOWS))
        await self._settle()
        return self._outputs

    async def _look_at_files(self) -> None:
        """What was edited since the last line counts from this one on."""
        if await asyncio.to_thread(self._parts.catalogue.refresh):
            await self._parts.jobs.open_shelf()

    async def _person(self, line: Input) -> None:
        self._lines += 1
        heard = await heard_of(
            line,
            CHANNEL,
            f"{CHANNEL}:{line.person}",
            line.event or f"{self._run}-{self._lines}",
            self._clock.now(),
            self._menus,
            self._parts.media,
        )
        answer = await self._parts.desk.hear(heard)
        for spoken in answer.messages:
            self._message(line.person, spoken, repeat=answer.repeat)
        await self._parts.desk.sent(answer, len(answer.messages))

    async def _letter(self, person: str, spoken: Spoken) -> None:
        self._message(person.removeprefix(f"{CHANNEL}:"), spoken)

    def _message(self, name: str, spoken: Spoken, *, repeat: bool = False) -> None:
        if spoken.choices:
            self._menus[name] = tuple(c.id for c in spoken.choices)
        shown = {
            "to": name,
            "id": spoken.id,
            "text": spoken.text,
            "choices": [_choice(c) for c in spoken.choices],
            "picture": spoken.picture,
            "clip": spoken.clip,
            "sound": list(spoken.sound),
            "kind": spoken.kind,
        }
        self._put(shown | ({"repeat": True} if repeat else {}))

    def _put(self, line: dict[str, Any]) -> None:
        self._outputs += 1
        self._write(line)

    async def _settle(self) -> None:
        for _ in range(MOST_ROUNDS):
            if not await self._worker.step():
                return


def _choice(choice: Title) -> dict[str, str]:
    shown = {"id": choice.id, "title": choice.title}
    return shown | ({"url": choice.url} if choice.url else {})


def _seconds(iso: str) -> int:
    """An ISO moment; one without a zone is Vietnam's."""
    try:
        at = datetime.fromisoformat(iso)
    except ValueError as error:
        raise BadLine(f"now: {error}") from None
    if at.tzinfo is None:
        at = datetime.fromisoformat(iso + "+07:00")
    return int(at.timestamp())


def rehearse(settings: Settings, *, as_json: bool, now: str, data: Path | None) -> None:
    """Run until standard input ends."""
    with ExitStack() as stack:
        if data is None:
            data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cho-phien-")))
        settings = replace(settings, data_dir=data)
        try:
            clock = RehearsalClock(_seconds(now) if now else None)
        except BadLine as error:
            raise SystemExit(str(error)) from None
        asyncio.run(_rehearse(settings, clock, as_json))


async def _rehearse(settings: Settings, clock: RehearsalClock, as_json: bool) -> None:
    prepare_data_dir(settings)
    async with open_shop(settings, clock.now, streams=frozenset()) as parts:
        rehearsal = Rehearsal(parts, clock, _print_json if as_json else _print_text)
        await rehearsal.seat_sellers()
        while line := await asyncio.to_thread(sys.stdin.readline):
            if line.strip():
                await _play(rehearsal, line.strip(), as_json)


async def _play(rehearsal: Rehearsal, line: str, as_json: bool) -> None:
    try:
        done = await rehearsal.play(read_line(line) if as_json else Input(person="an", text=line))
    except BadLine as error:
        _print_json({"error": str(error)})
        done = 0
    if as_json:
        _print_json({"done": done})


def _print_json(line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _print_text(line: dict[str, Any]) -> None:
    titles = tuple(
        Title(c["id"], c["title"], "0" if c["id"] == "back" else str(i))
        for i, c in enumerate(line["choices"], 1)
    )
    print(f"→ {line['to']}")
    said = Spoken(line["id"], line["text"], titles, sound=tuple(line["sound"]))
    print(as_text(said), flush=True)
