"""Pictures and clips by Telegram's own file id, so that nothing is uploaded twice."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Protocol

import structlog

from bot.channels.telegram.calls import MAX_UPLOAD_PHOTO, Call, Upload
from bot.channels.telegram.render import Attached, render
from bot.words.spoken import Spoken

log = structlog.get_logger(__name__)

CHANNEL = "tg"
MISSING_SECONDS = 60.0
"""How long a picture that is not there is not looked for again."""

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
}


class Pictures(Protocol):
    """The media store as a channel sees it."""

    async def bytes_of(self, ref: str) -> tuple[bytes, str]:
        """Bytes and MIME type. Raises LookupError or OSError if there is no such file."""

    async def platform_id(self, channel: str, bot: str, ref: str) -> str:
        """What the app knows this file by, for this bot; empty if it was never uploaded."""

    async def remember(self, channel: str, bot: str, ref: str, platform_id: str) -> None:
        """Keep the app's id of a file in place of an older one."""


class Album:
    """Turns references into something Telegram can show. One for each bot token and process."""

    def __init__(self, pictures: Pictures, bot_id: str) -> None:
        self._pictures = pictures
        self._bot = bot_id
        self._known: dict[str, str] = {}
        self._stale: set[str] = set()
        self._uploading: dict[str, asyncio.Lock] = {}
        self._missing: dict[str, float] = {}

    @contextlib.asynccontextmanager
    async def calls(self, chat: int, spoken: Spoken) -> AsyncIterator[list[Call]]:
        """The calls for a message. While the block runs nobody else uploads the same new files."""
        async with contextlib.AsyncExitStack() as stack:
            photo = await self._attach(stack, spoken.picture)
            voice = await self._attach(stack, spoken.clip)
            sound = [await self._attach(stack, ref) for ref in spoken.sound]
            yield render(chat, spoken, photo, voice, [read for read in sound if read])

    async def sent(self, ref: str, file_id: str) -> None:
        """Telegram took the upload and calls it `file_id`.

        Forgetting that costs one more upload; it must not cost the person the rest of the answer.
        """
        self._known[ref] = file_id
        self._stale.discard(ref)
        try:
            await self._pictures.remember(CHANNEL, self._bot, ref, file_id)
        except Exception:
            log.exception("telegram-file-id-not-kept", ref=ref)

    def refused(self, ref: str) -> None:
        """Telegram does not know the id (any more); the next time the bytes are sent."""
        self._known.pop(ref, None)
        self._stale.add(ref)

    async def _attach(self, stack: contextlib.AsyncExitStack, ref: str) -> Attached | None:
        """None if there is no such file or the store fails: then the words go out alone."""
        if not ref:
            return None
        try:
            return await self._find(stack, ref)
        except Exception:
            log.exception("telegram-file-not-shown", ref=ref)
            return None

    async def _find(self, stack: contextlib.AsyncExitStack, ref: str) -> Attached | None:
        if file_id := await self._file_id(ref):
            return Attached(ref, file_id)
        if self._missing.get(ref, 0.0) > time.monotonic():
            return None
        async with contextlib.AsyncExitStack() as mine:
            await mine.enter_async_context(self._alone(ref))
            if file_id := await self._file_id(ref):
                return Attached(ref, file_id)
            upload = await self._read(ref)
            if upload is not None:
                stack.push_async_exit(mine.pop_all())  # held until Telegram has it
                return Attached(ref, upload=upload)
        self._missing[ref] = time.monotonic() + MISSING_SECONDS
        return None

    async def _file_id(self, ref: str) -> str:
        if (known := self._known.get(ref)) or ref in self._stale:
            return known or ""
        file_id = await self._pictures.platform_id(CHANNEL, self._bot, ref)
        if file_id:
            self._known[ref] = file_id
        return file_id

    @contextlib.asynccontextmanager
    async def _alone(self, ref: str) -> AsyncIterator[None]:
        lock = self._uploading.setdefault(ref, asyncio.Lock())
        async with lock:
            yield
        if self._uploading.get(ref) is lock and ref in self._known:
            del self._uploading[ref]

    async def _read(self, ref: str) -> Upload | None:
        """None if the file is gone or too large: then the words go out without it."""
        try:
            data, mime = await self._pictures.bytes_of(ref)
        except (LookupError, OSError) as error:
            log.warning("telegram-file-missing", ref=ref, error=str(error))
            return None
        if len(data) > MAX_UPLOAD_PHOTO:
            log.warning("telegram-file-too-large", ref=ref, size=len(data))
            return None
        ending = _ENDINGS.get(mime, "bin")
        return Upload(f"{ref.rpartition('/')[2]}.{ending}", data, mime)
