"""The baseline does what it is compared by: state in Redis, press answered, message sent."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import redis.asyncio as redis
from aiohttp import web

from bot.channels.telegram.webhook import SECRET_HEADER
from bot.commands.bench_echo import PATH, SECRET, echo_app
from bot.stores.redis_server import ensure_server
from tests.channels.telegram.bot_api import BotApi
from tests.channels.telegram.shop import message, tap


async def test_a_press_is_stored_acknowledged_and_answered(tmp_path: Path, api: BotApi) -> None:
    server = await ensure_server(tmp_path)
    runner = web.AppRunner(echo_app(server.url, api.url), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    try:
        async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as client:
            for update in (tap(1, "a:1"), message(2, text="hello"), tap(3, "b:2")):
                async with client.post(url, json=update) as response:
                    assert response.status == 200
        kept = redis.Redis.from_url(server.url)
        data = [await kept.get(key) async for key in kept.scan_iter("*:data")]
        await kept.aclose()
    finally:
        await runner.cleanup()
        await server.stop()
    assert data == [b'{"last": "b:2", "taps": 3}']
    assert [seen.method for seen in api.taken()] == [
        "answerCallbackQuery",
        "sendMessage",
        "sendMessage",
        "answerCallbackQuery",
        "sendMessage",
    ]
    assert "reply_markup" in api.taken("sendMessage")[0].params
