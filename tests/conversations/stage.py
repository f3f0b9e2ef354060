"""A shop on a stage: everything real (embedded Redis, SQLite, catalogue, words), the clock in our
hand.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from bot.app import Parts, open_shop, prepare_data_dir
from bot.channels.terminal.parse import Input
from bot.commands.rehearse import Rehearsal, RehearsalClock, _seconds
from bot.settings import Settings
from bot.stores.catalogue import load_catalogue
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import migrate

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


@cache
def _empty_shop() -> Path:
    """A data directory as a shop's first start leaves it: tables made, catalogue read once. Copied
    for each stage, since making it takes longer than most of what is played there.
    """
    folder = Path(tempfile.mkdtemp(prefix="empty-shop-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = replace(Settings(), data_dir=folder)
    engine = make_engine(settings.sql_url, writer=True)
    migrate(engine, folder / "backups")
    engine.dispose()
    load_catalogue(settings.catalog_dir, folder / "catalogue.snapshot")
    return folder


@asynccontextmanager
async def open_stage(folder: Path, now: str = NOVEMBER, **settings: Any) -> AsyncIterator[Stage]:
    models = os.environ["MODELS_DIR"]
    chosen = replace(Settings(), data_dir=folder, models_dir=models, **settings)
    if not folder.exists() and not chosen.database_url:
        shutil.copytree(_empty_shop(), folder)
    prepare_data_dir(chosen)
    clock = RehearsalClock(_seconds(now))
    async with open_shop(chosen, clock.now, streams=frozenset()) as parts:
        await parts.live.refresh()
        stage = Stage(parts, clock)
        await stage.rehearsal.seat_sellers()
        yield stage
