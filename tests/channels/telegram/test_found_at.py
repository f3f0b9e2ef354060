"""Links to the shop in Telegram: the bot's name is asked for until Telegram tells it."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import Parts, open_shop, prepare_data_dir
from bot.commands import plug_telegram
from bot.settings import Settings
from bot.shop.links import links_of
from tests.channels.telegram.bot_api import BOT, TOKEN, BotApi

WEB = "https://cho.example"


async def found(parts: Parts) -> None:
    while "tg" not in parts.found_at:
        await asyncio.sleep(0.01)


async def test_the_bots_name_makes_links(api: BotApi, tmp_path: Path) -> None:
    settings = replace(
        Settings(), data_dir=tmp_path / "var", telegram_token=TOKEN, telegram_api=api.url,
        telegram_mode="webhook", public_url=WEB, telegram_per_second=1000.0,
    )  # fmt: skip
    prepare_data_dir(settings)
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(open_shop(settings, lambda: 1_795_312_800))
        assert links_of("p-na", parts.shop.found_at()) == (("web", f"{WEB}/p/na"),)
        attach: list[Any] = []
        runs = await plug_telegram.plug(parts, stack, attach, listens=True, speaks=False)
        tasks = [asyncio.ensure_future(run()) for run in runs]
        await asyncio.wait_for(found(parts), 20)
        assert links_of("p-na", parts.shop.found_at()) == (
            ("web", f"{WEB}/p/na"),
            ("tg", f"https://t.me/{BOT['username']}?start=p-na"),
        )
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_the_name_is_asked_for_until_telegram_answers(
    monkeypatch: pytest.MonkeyPatch, api: BotApi, tmp_path: Path
) -> None:
    asked: list[int] = []

    async def name() -> str:
        asked.append(1)
        if len(asked) < 3:
            raise OSError("no line")
        return "cho_phien_bot"

    settings = replace(Settings(), data_dir=tmp_path / "var")
    prepare_data_dir(settings)
    monkeypatch.setattr(plug_telegram, "AGAIN_SECONDS", 0)
    async with open_shop(settings, lambda: 1_795_312_800) as parts:
        learning = asyncio.ensure_future(plug_telegram._learn_name(parts, name))
        await asyncio.wait_for(found(parts), 20)
        assert (len(asked), parts.found_at["tg"]) == (3, "cho_phien_bot")
        assert not learning.done(), "what runs beside the server does not end"
        learning.cancel()
