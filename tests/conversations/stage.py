"""A shop on a stage: everything real (embedded Redis, SQLite, catalogue, words), the clock in our
hand.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.app import Parts, open_shop, prepare_data_dir
from bot.channels.terminal.parse import Input
from bot.commands.rehearse import Rehearsal, RehearsalClock, _seconds
from bot.settings import Settings
from tests import empty_shop

NOVEMBER = "2026-11-22T09:00+07:00"
LAI_CHAU = "seller:nguoi-ban-lai-chau"
SON_LA = "seller:nguoi-ban-son-la"
Message = dict[str, Any]


class Stage:
    """Says lines as people and hands back what each of them got."""

    def __init__(self, parts: Parts, clock: RehearsalClock) -> None:
        self.parts = parts
        self._out: list[Message] = []
        self.rehearsal = Rehearsal(parts, clock, self._out.append)

    async def play(self, **line: Any) -> list[Message]:
        """Everything this line caused, for everyone."""
        self._out.clear()
        await self.rehearsal.play(Input(**line))
        return list(self._out)

    async def say(self, person: str, *texts: str) -> Message:
        """Type texts one after another; the last message to the person with the last text."""
        got: list[Message] = []
        for text in texts:
            got = [m for m in await self.play(person=person, text=text) if m["to"] == person]
        return got[-1]

    async def tap(self, person: str, choice: str) -> Message:
        got = [m for m in await self.play(person=person, tap=choice) if m["to"] == person]
        return got[-1]

    async def rows(self, name: str) -> list[dict[str, Any]]:
        return next(m["rows"] for m in await self.play(show=name) if "rows" in m)

    async def stock(self, product: str) -> dict[str, Any]:
        return next(r for r in await self.rows("stock") if r["product"] == product)

    async def fill_form(self, person: str, phone: str = "0912345678") -> Message:
        """From consent to the summary."""
        await self.tap(person, "agree:order")
        return await self.say(person, phone, "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội", "1")

    async def buy(self, person: str, product: str, amount: str, phone: str = "0912345678") -> str:
        """A whole purchase; returns the order code."""
        await self.tap(person, f"q:{product}")
        await self.say(person, amount, "đặt hàng")
        await self.fill_form(person, phone)
        done = await self.say(person, "1")
        assert done["id"] == "placed", done
        return (await self.rows("orders"))[-1]["code"]


@asynccontextmanager
async def open_stage(folder: Path, now: str = NOVEMBER, **settings: Any) -> AsyncIterator[Stage]:
    models = os.environ["MODELS_DIR"]
    chosen = replace(Settings(), data_dir=folder, models_dir=models, **settings)
    if not chosen.database_url:
        empty_shop.fill(folder)
    prepare_data_dir(chosen)
    clock = RehearsalClock(_seconds(now))
    async with open_shop(chosen, clock.now, streams=frozenset()) as parts:
        await parts.live.refresh()
        stage = Stage(parts, clock)
        await stage.rehearsal.seat_sellers()
        yield stage
