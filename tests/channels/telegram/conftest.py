"""The stand-in Bot API, a listener on it, and a webhook to post updates to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.channels.pace import LocalPace
from bot.channels.telegram.listen import TelegramListener
from bot.channels.telegram.webhook import SECRET_HEADER
from tests.channels.telegram.bot_api import TOKEN, BotApi
from tests.channels.telegram.shop import Drawer, Shelf, TinyDesk

SECRET = "quiet-secret"
NOW = 1795000123


@dataclass
class House:
    """A shop with a webhook, as far as Telegram is concerned."""

    api: BotApi
    listener: TelegramListener
    desk: TinyDesk
    shelf: Shelf
    drawer: Drawer
    left: list[tuple[str, bool]]
    pace: LocalPace
    url: str = ""
    client: aiohttp.ClientSession = field(default_factory=aiohttp.ClientSession)

    async def post(self, update: Any, secret: str = SECRET) -> aiohttp.ClientResponse:
        async with self.client.post(
            self.url, json=update, headers={SECRET_HEADER: secret}
        ) as response:
            await response.read()
            return response

    async def status(self, update: Any) -> int:
        return (await self.post(update)).status


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    api = BotApi()
    await api.start()
    yield api
    await api.stop()


@pytest.fixture
async def house(api: BotApi) -> AsyncIterator[House]:
    desk, shelf, drawer, pace = TinyDesk(), Shelf(), Drawer(), LocalPace(float("inf"))
    left: list[tuple[str, bool]] = []

    async def blocked(person: str, gone: bool) -> None:
        left.append((person, gone))

    listener = TelegramListener(
        TOKEN,
        desk,
        pace=pace,
        pictures=shelf,
        media=drawer,
        blocked=blocked,
        now=lambda: NOW,
        secret=SECRET,
        api=api.url,
    )
    house = House(api, listener, desk, shelf, drawer, left, pace)
    app = web.Application()
    listener.attach(app, "/hook")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    house.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield house
    await house.client.close()
    await runner.cleanup()
    await listener.close()
    await asyncio.sleep(0)
