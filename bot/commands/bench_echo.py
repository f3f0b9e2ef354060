"""The baseline of `bench turns`: a bare aiogram + RedisStorage echo doing the same two calls.

An honest hello world: Dispatcher, RedisStorage (state and data read and written as any FSM bot
does), one callback handler that answers the press and sends a message with buttons, aiogram's own
webhook handler. Nothing in the shop uses it; beside listen.py nothing else imports aiogram.

`python -m bot.commands.bench_echo REDIS_URL API_URL PORT [TOKEN]` serves it and prints `ready`.
"""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

PATH = "/telegram"
SECRET = "bench"
TOKEN = "4242:stand-in"
TEXT = "Echo\n" + "A line of a menu, as long as the shop's.\n" * 5


class Talk(StatesGroup):
    """Somebody is in the middle of something."""

    shopping = State()


def _buttons() -> InlineKeyboardMarkup:
    rows = [
        [
            InlineKeyboardButton(text=f"{row}{side}", callback_data=f"{row}:{side}")
            for side in ("a", "b")
        ]
        for row in range(3)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def pressed(query: CallbackQuery, state: FSMContext) -> None:
    """Read and write state and data, acknowledge, answer with words and buttons."""
    data = await state.get_data()
    await state.update_data(last=query.data, taps=data.get("taps", 0) + 1)
    await state.set_state(Talk.shopping)
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.answer(TEXT, reply_markup=_buttons())


async def said(message: Message, state: FSMContext) -> None:
    """The same for typed words."""
    data = await state.get_data()
    await state.update_data(last=message.text, taps=data.get("taps", 0) + 1)
    await state.set_state(Talk.shopping)
    await message.answer(TEXT, reply_markup=_buttons())


def echo_app(redis_url: str, api: str, token: str = TOKEN) -> web.Application:
    """The echo behind a webhook at `PATH`, secret checked; closes what it opened."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    bot = Bot(token, session=session)
    storage = RedisStorage.from_url(redis_url)
    dispatcher = Dispatcher(storage=storage)
    dispatcher.callback_query.register(pressed)
    dispatcher.message.register(said)
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, bot, handle_in_background=False, secret_token=SECRET
    )
    handler.register(app, path=PATH)

    async def close(_: web.Application) -> None:
        await storage.close()

    app.on_cleanup.append(close)
    return app


async def serve(redis_url: str, api: str, port: int, token: str = TOKEN) -> None:
    """Serve on 127.0.0.1 until cancelled; port 0 takes any. Prints `ready <port>`."""
    runner = web.AppRunner(echo_app(redis_url, api, token), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print(f"ready {runner.addresses[0][1]}", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:5]))
