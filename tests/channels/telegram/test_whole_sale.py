"""A whole sale on Telegram: aiogram answers, python-telegram-bot speaks, all else is real."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.app import Parts, open_shop, prepare_data_dir
from bot.channels.telegram.webhook import SECRET_HEADER, webhook_secret
from bot.commands import plug_telegram
from bot.commands.plug_telegram import PATH, plug
from bot.settings import Settings
from bot.usecases.people import make_seller_link
from tests.channels.telegram.bot_api import TOKEN, BotApi
from tests.channels.telegram.shop import message, tap

BUYER, SELLER = 501, 502
NOW = 1_795_312_800


@dataclass
class Telegram:
    """The shop behind a webhook, and the worker that speaks first."""

    api: BotApi
    parts: Parts
    url: str
    client: aiohttp.ClientSession
    updates: int = 0

    async def post(self, update: dict[str, Any]) -> int:
        headers = {SECRET_HEADER: webhook_secret(self.parts.secret, TOKEN)}
        async with self.client.post(self.url, json=update, headers=headers) as response:
            return response.status

    async def say(self, chat: int, text: str) -> str:
        """Type something; the last words that came back, letters to this chat included."""
        self.updates += 1
        assert await self.post(message(self.updates, chat=chat, text=text)) == 200
        await self.letters()
        return self.api.texts(chat)[-1]

    async def press(self, chat: int, data: str) -> str:
        self.updates += 1
        assert await self.post(tap(self.updates, data, chat)) == 200
        await self.letters()
        return self.api.texts(chat)[-1]

    async def letters(self) -> None:
        assert self.parts.worker is not None
        while await self.parts.worker.step():
            pass

    def button(self, chat: int, starts: str) -> str:
        """The newest button of a chat whose id starts so."""
        for seen in reversed(self.api.taken("sendMessage", "sendPhoto")):
            rows = seen.params.get("reply_markup", {}).get("inline_keyboard", [])
            ids = [b.get("callback_data", "") for row in rows for b in row]
            found = [i for i in ids if i.startswith(starts)]
            if seen.params["chat_id"] == chat and found:
                return str(found[0])
        raise AssertionError(f"no button {starts}")


@asynccontextmanager
async def _telegram(api: BotApi, folder: Path) -> AsyncIterator[Telegram]:
    settings = replace(
        Settings(), data_dir=folder, telegram_token=TOKEN, telegram_api=api.url,
        telegram_mode="webhook", public_url="https://cho.example", telegram_per_second=1000.0,
    )  # fmt: skip
    prepare_data_dir(settings)
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(open_shop(settings, lambda: NOW))
        attach: list[Any] = []
        await plug(parts, stack, attach, listens=True, speaks=True)
        parts.make_worker(parts.channels)
        app = web.Application()
        for add in attach:
            add(app)
        runner = web.AppRunner(app)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        client = await stack.enter_async_context(aiohttp.ClientSession())
        url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
        yield Telegram(api, parts, url, client)


@pytest.fixture
async def telegram(api: BotApi, tmp_path: Path) -> AsyncIterator[Telegram]:
    async with _telegram(api, tmp_path / "var") as opened:
        yield opened


async def _bind(telegram: Telegram) -> None:
    token = telegram.parts.shop.ids.token()
    hashed = telegram.parts.hashed(token)
    await telegram.parts.ledger.put(
        lambda b: make_seller_link(b, "nguoi-ban-lai-chau", hashed, NOW + 1000)
    )
    await telegram.say(SELLER, f"/start s-{token}")
    await telegram.press(SELLER, telegram.button(SELLER, "bind:"))


async def _buy(telegram: Telegram) -> None:
    for words in ("/start", "sâm đất"):
        await telegram.say(BUYER, words)
    await telegram.press(BUYER, telegram.button(BUYER, "add:sam-dat:3kg"))
    await telegram.press(BUYER, "co")
    await telegram.press(BUYER, "agree:order")
    for words in ("0912345678", "Giàng A Páo", "12 Láng Hạ, Hà Nội", "1"):
        await telegram.say(BUYER, words)
    await telegram.press(BUYER, telegram.button(BUYER, "co:"))


async def test_buy_confirm_pack_ship(telegram: Telegram) -> None:
    await _bind(telegram)
    await _buy(telegram)
    assert "Đã đặt hàng" in telegram.api.texts(BUYER)[-1]
    assert "Đơn mới" in telegram.api.texts(SELLER)[-1]
    order = (await telegram.parts.records.all_orders())[0]
    for verb in ("confirm", "pack", "ship"):
        await telegram.press(SELLER, f"so:{order.code}:{verb}")
    assert "đã lên xe" in telegram.api.texts(BUYER)[-1]
    assert (await telegram.parts.records.all_orders())[0].state == "shipped"
    taps = telegram.updates
    assert 0 < len(telegram.api.taken("answerCallbackQuery")) < taps


async def test_three_taps_at_once_are_one_order(telegram: Telegram) -> None:
    await _buy(telegram)
    yes = telegram.button(BUYER, "co:")
    taps = [tap(9000 + i, yes, BUYER) for i in range(3)]
    assert await asyncio.gather(*(telegram.post(t) for t in taps)) == [200] * 3
    assert len(await telegram.parts.records.all_orders()) == 1
    assert "Đã đặt hàng" in telegram.api.texts(BUYER)[-1]


async def test_what_telegram_refused_is_sent_when_the_event_comes_again(
    telegram: Telegram,
) -> None:
    await _bind(telegram)
    telegram.api.fail("sendMessage", 502, times=20)
    hello = message(7001, chat=BUYER, text="/start")
    assert await telegram.post(hello) == 503
    telegram.api.heal()
    assert await telegram.post(hello) == 200
    assert len(telegram.api.texts(BUYER)) == 1
    await _buy(telegram)
    assert len(await telegram.parts.records.all_orders()) == 1


async def test_a_letter_waits_while_telegram_is_down(telegram: Telegram) -> None:
    await _bind(telegram)
    await _buy(telegram)
    order = (await telegram.parts.records.all_orders())[0]
    telegram.api.fail("sendMessage", 500, times=1)
    told = len(telegram.api.texts(BUYER))
    await telegram.press(SELLER, f"so:{order.code}:confirm")
    letters = await telegram.parts.records.rows("letters")
    assert len(telegram.api.texts(BUYER)) == told + 1 or letters[-1]["state"] == "todo"
    assert (await telegram.parts.records.all_orders())[0].state == "confirmed"


async def test_each_role_gets_its_own_commands(telegram: Telegram) -> None:
    await _bind(telegram)
    await telegram.say(BUYER, "/start")
    await asyncio.sleep(0.1)
    menus = {
        seen.params["scope"]["chat_id"]: [c["command"] for c in seen.params["commands"]]
        for seen in telegram.api.taken("setMyCommands")
    }
    assert {"kho", "gia", "hoantac"} <= set(menus[SELLER])
    assert "gio" in menus[BUYER]
    assert "kho" not in menus[BUYER]


async def test_the_webhook_is_set_when_telegram_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    async def set_webhook(url: str) -> None:
        tried.append(url)
        if len(tried) < 3:
            raise OSError("no line")

    monkeypatch.setattr(plug_telegram, "AGAIN_SECONDS", 0)
    telling = asyncio.ensure_future(plug_telegram._tell_telegram(set_webhook, "https://x"))
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(tried) == 3
    assert not telling.done()
    telling.cancel()
