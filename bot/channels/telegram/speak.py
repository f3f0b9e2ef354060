"""Speaks first on Telegram, with python-telegram-bot. The only file that imports it.

The outbox worker sends order news, reminders and broadcasts through here. The library imports at a
fifth of aiogram's memory, so the worker that is always there stays small.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import re
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
from telegram import InlineKeyboardMarkup, InputFile, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.base import Abilities, TryLater, Undeliverable, Unsure
from bot.channels.pace import Pace
from bot.channels.telegram.calls import MAX_CAPTION, MAX_TEXT, Call, chat_of
from bot.channels.telegram.pictures import CHANNEL, Album, Pictures
from bot.channels.telegram.render import wordless
from bot.channels.telegram.trouble import Gone, about_file, refusal
from bot.shop.says import Letter, SpokenKind
from bot.words.spoken import Spoken

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else reading RetryAfter.retry_after warns

PATIENCE = 1.0
"""Seconds of ordered silence sat out here; longer ones go back to the outbox, where a stop still
reaches the letter."""

INSIST = 20.0
"""Seconds waited at most before the rest of a message whose beginning is already there."""

Answer = bool | dict[str, Any] | list[dict[str, Any]]


class PaceLimiter(BaseRateLimiter[None]):
    """Our pace in the library's place for a rate limiter (its own let 49 through at 25/s)."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing to start."""

    async def shutdown(self) -> None:
        """Nothing to stop."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Answer:
        """Wait for a slot; a 429 silences the token for everybody; nothing is tried again here."""
        if "chat_id" in data:
            await self._pace.wait(urgent=False, chat=data["chat_id"], patience=PATIENCE)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as flood:
            self._pace.pause(_seconds(flood))
            raise


class TelegramSpeaker:
    """Keeps `bot.channels.base.Channel`. Use as `async with TelegramSpeaker(…) as speaker`."""

    name = CHANNEL

    def __init__(
        self,
        token: str,
        *,
        pace: Pace,
        pictures: Pictures,
        per_second: float = 25.0,
        api: str = "https://api.telegram.org",
    ) -> None:
        self.abilities = Abilities(
            max_text=MAX_TEXT, max_caption=MAX_CAPTION, voice="ogg", sends_per_second=per_second
        )
        self._pace = pace
        self._album = Album(pictures, token.partition(":")[0])
        request = HTTPXRequest(connection_pool_size=16, read_timeout=15, pool_timeout=15)
        self._bot: ExtBot[None] = ExtBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=request,
            get_updates_request=request,
            rate_limiter=PaceLimiter(pace),
        )
        self._request = request

    async def __aenter__(self) -> TelegramSpeaker:
        await self._request.initialize()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._request.shutdown()

    def may_send(self, person: str, kind: SpokenKind, now: int) -> str:
        """Telegram lets a bot write whenever it is not blocked; nights are our own rule."""
        return ""

    async def send(self, person: str, spoken: Spoken) -> None:
        """Deliver one message. Raises Undeliverable, TryLater; Unsure if it may have arrived."""
        if (silence := self._pace.paused()) > PATIENCE:
            raise TryLater(silence, whole=True)
        async with self._album.calls(chat_of(person), spoken) as calls:
            await self._say(calls[0], spare=len(calls) > 1)
            for n, call in enumerate(calls[1:], 2):
                await self._insist(call, spare=n < len(calls))

    async def ring(self, person: str, spoken: Spoken, letter: Letter) -> None:
        """Nothing: Telegram does."""

    async def _insist(self, call: Call, *, spare: bool) -> None:
        """The rest of a message must not make its beginning come twice."""
        try:
            await self._say(call, spare=spare)
        except TryLater as later:
            await asyncio.sleep(min(later.seconds, INSIST))
            try:
                await self._say(call, spare=spare)
            except TryLater as again:
                raise Unsure(again.seconds) from again

    async def _say(self, call: Call, *, spare: bool = False) -> None:
        """One call; a picture or clip Telegram refuses is replaced by its words. A spare one has
        none and is left out: the words come after it.
        """
        try:
            message = await self._make(call)
        except BadRequest as error:
            words = wordless(call) if call.media else None
            trouble = refusal(error.message)
            if isinstance(trouble, Gone) or not (words or (spare and call.media)):
                raise Undeliverable(error.message) from error
            if call.ref and not call.files and about_file(error.message):
                self._album.refused(call.ref)
            if words:
                await self._say(words)
            return
        except TelegramError as error:
            raise _later_or_never(error) from error
        if call.files and (file_id := _file_id(message)):
            await self._album.sent(call.ref, file_id)

    async def _make(self, call: Call) -> Message:
        """The library's typed method, found by name: sendMessage → send_message."""
        values = dict(call.params)
        if "reply_markup" in values:
            values["reply_markup"] = InlineKeyboardMarkup.de_json(values["reply_markup"])
        for name, upload in call.files.items():
            values[name] = InputFile(upload.data, filename=upload.name)
        method = getattr(self._bot, re.sub("[A-Z]", lambda m: f"_{m[0].lower()}", call.method))
        message: Message = await method(**values)
        return message


def _later_or_never(error: TelegramError) -> Undeliverable | TryLater:
    """What an error means to the outbox. BadRequest is a network error there, not here."""
    if isinstance(error, RetryAfter):
        return TryLater(_seconds(error), whole=True)
    if isinstance(error, Forbidden | ChatMigrated | BadRequest):
        return Undeliverable(error.message)
    if isinstance(error, InvalidToken):
        return TryLater(
            300, whole=True
        )  # the token is wrong: nobody can be reached until it is right
    if isinstance(error, NetworkError) and _may_have_arrived(error):
        return Unsure(10)
    return TryLater(10, whole=True)


def _may_have_arrived(error: NetworkError) -> bool:
    """The request was on its way when the line broke; again could mean twice."""
    cause = error.__cause__
    if not isinstance(cause, httpx.HTTPError):
        return False  # Telegram itself said no (5xx)
    return not isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)


def _seconds(flood: RetryAfter) -> float:
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)


def _file_id(message: Message) -> str:
    if message.photo:
        return str(message.photo[-1].file_id)
    return str(message.voice.file_id) if message.voice else ""
