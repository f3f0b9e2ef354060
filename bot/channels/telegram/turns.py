"""One update in, one turn at the desk, the answer out. Webhook and polling both come here."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

import structlog

from bot.channels.pace import Pace
from bot.channels.telegram.calls import Call, acknowledge, person_of
from bot.channels.telegram.parse import Keep, News, parse
from bot.channels.telegram.pictures import Album
from bot.channels.telegram.render import render, wordless
from bot.channels.telegram.trouble import (
    Away,
    Flood,
    Gone,
    Refused,
    Resend,
    Trouble,
    about_file,
    harmless,
)
from bot.talk.heard import Heard
from bot.talk.ports import Answer, Busy, Desk, StoreDown
from bot.words.spoken import Spoken

log = structlog.get_logger(__name__)

PATIENCE = 5.0
"""Seconds of ordered silence we sit out ourselves; longer ones are left to a redelivery."""

BREATH = 0.2
"""Seconds before the one quick retry when Telegram stumbles."""

Blocked = Callable[[str, bool], Awaitable[None]]
"""(person, True) when they blocked the bot, (person, False) when they came back."""


class Post(Protocol):
    """Makes calls with one token. Both raise a Trouble."""

    async def say(self, call: Call) -> None:
        """A call without files."""

    async def upload(self, call: Call) -> str:
        """A call with a file; returns the file id Telegram gave it."""


class Turns:
    """Takes updates. `now` gives seconds UTC; `keep` downloads what was sent."""

    def __init__(
        self,
        desk: Desk,
        post: Post,
        pace: Pace,
        album: Album,
        *,
        keep: Keep,
        blocked: Blocked,
        now: Callable[[], int],
    ) -> None:
        self._desk = desk
        self._post = post
        self._pace = pace
        self._album = album
        self._keep = keep
        self._blocked = blocked
        self._now = now
        self._lanes: dict[int, tuple[asyncio.Lock, int]] = {}

    async def take(self, news: News) -> None:
        """Do everything an update asks for. Raises Resend if it must be brought again.

        The pressed button is acknowledged whatever happens, beside the turn and not after it.
        """
        note = asyncio.ensure_future(self._acknowledge(news.query)) if news.query else None
        try:
            await self._take(news)
        except Resend:
            raise
        except Exception:
            # A resend would fail the same way for a day and hold up everybody behind it.
            log.exception("telegram-update-failed", update=news.update_id)
        finally:
            if note is not None:
                await note

    async def _take(self, news: News) -> None:
        if news.left is not None:
            await self._blocked(person_of(news.chat), news.left)
        elif news.chat:
            async with self._lane(news.chat):
                for heard in await self._heard(news):
                    await self._answer(news.chat, await self._hear(heard))

    async def _heard(self, news: News) -> list[Heard]:
        if news.update is None:
            return [news.heard] if news.heard else []
        return await parse(news.update, self._keep, self._now())

    async def _hear(self, heard: Heard) -> Answer:
        try:
            return await self._desk.hear(heard)
        except Busy:
            raise Resend(1) from None
        except StoreDown:
            raise Resend(2) from None

    @contextlib.asynccontextmanager
    async def _lane(self, chat: int) -> AsyncIterator[None]:
        """One turn of a chat at a time in this process, so that answers leave in order."""
        lock, users = self._lanes.get(chat) or (asyncio.Lock(), 0)
        self._lanes[chat] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            users = self._lanes[chat][1] - 1
            if users:
                self._lanes[chat] = (lock, users)
            else:
                del self._lanes[chat]

    async def _acknowledge(self, query: str) -> None:
        """Never fails the turn: an old query cannot be answered, and the answer matters more."""
        try:
            await self._post.say(acknowledge(query))
        except Flood as flood:
            self._pace.pause(flood.seconds)
        except Trouble as trouble:
            log.info("telegram-press-not-acknowledged", error=str(trouble))

    async def _answer(self, chat: int, answer: Answer) -> None:
        """Send what is unsent, in order, and remember how far we came even if not to the end."""
        count = answer.sent
        try:
            for spoken in answer.messages[answer.sent :]:
                await self._show(chat, spoken)
                count += 1
        except Gone as gone:
            log.info("telegram-person-gone", chat=chat, error=str(gone))
            count = len(answer.messages)
            await self._blocked(person_of(chat), True)
        finally:
            if count > answer.sent:
                await self._remember(answer, count)

    async def _remember(self, answer: Answer, count: int) -> None:
        """Redis going away now must not bring back an update whose answer has been read."""
        try:
            await self._desk.sent(answer, count)
        except StoreDown:
            log.warning("telegram-answer-not-marked", event=answer.event_id)

    async def _show(self, chat: int, spoken: Spoken) -> None:
        if not (spoken.picture or spoken.clip or spoken.sound):
            for call in render(chat, spoken):
                await self._one(chat, call)
            return
        async with self._album.calls(chat, spoken) as calls:
            for call in calls:
                await self._one(chat, call)

    async def _one(self, chat: int, call: Call) -> None:
        """Send one call; a refused picture or clip is replaced by its words. Never for ever."""
        try:
            file_id = await self._send(chat, call)
        except Refused as refused:
            await self._replace(chat, call, str(refused))
            return
        if call.files and file_id:
            await self._album.sent(call.ref, file_id)

    async def _replace(self, chat: int, call: Call, reason: str) -> None:
        if harmless(reason):
            return
        log.error("telegram-call-refused", method=call.method, error=reason)
        if call.ref and not call.files and about_file(reason):
            self._album.refused(call.ref)
        words = wordless(call) if call.media else None
        if words is not None:
            with contextlib.suppress(Refused):
                await self._send(chat, words)

    async def _send(self, chat: int, call: Call) -> str:
        """One quick retry after a stumble or a short silence; then Resend."""
        again = Resend(1)
        for _ in range(2):
            if (silence := self._pace.paused()) > PATIENCE:
                raise Resend(silence)
            await self._pace.wait(urgent=True, chat=chat)
            try:
                return await self._make(call)
            except Flood as flood:
                self._pace.pause(flood.seconds)
                again = Resend(flood.seconds)
            except Away as away:
                log.warning("telegram-away", method=call.method, error=str(away))
                again = Resend(away.seconds)
                await asyncio.sleep(BREATH)
        raise again

    async def _make(self, call: Call) -> str:
        if call.files:
            return await self._post.upload(call)
        await self._post.say(call)
        return ""
