"""The workshop: what comes in is cleaned, what is asked for is drawn, always in a child process.

Sizes are bytes and pixels, lengths seconds. Nothing here blocks, and nothing but a `Problem` is
raised: whatever happens to the child, the shop goes on.
"""

from __future__ import annotations

import asyncio
from typing import TypeVar

import msgspec
import structlog

from bot.pictures import hired
from bot.shop import pictures
from bot.shop.media_problems import (
    NotAPhoto,
    NotAVideo,
    NotAVoice,
    NotDrawn,
    PhotoTooLarge,
    VideoTooLarge,
    VoiceTooLong,
)
from bot.shop.pictures import (
    Chart,
    LiveChart,
    Pages,
    Photo,
    Poster,
    Printed,
    Recording,
    Sheet,
    Statement,
    ToDraw,
    ToJoin,
    Video,
    Voice,
)
from bot.shop.problems import Problem

T = TypeVar("T")
log = structlog.get_logger()


class Workshop:
    """At most `children` work at once, each for `seconds` at most; the others wait their turn."""

    def __init__(self, children: int = 2, seconds: float = 30) -> None:
        self._places = asyncio.Semaphore(children)
        self._seconds = seconds

    async def clean_photo(self, data: bytes) -> Photo:
        """Upright JPEGs, long side ≤ 1280 px and ≤ 320 px wide, sRGB, all metadata gone.

        Raises NotAPhoto, PhotoTooLarge (over 15 MB or 40 megapixels).
        """
        if len(data) > pictures.PHOTO_BYTES:
            raise too_large()
        return await self._made("photo", data, Photo, NotAPhoto)

    async def clean_video(self, data: bytes) -> Video:
        """The same pictures and sound in an MP4 that plays while it loads, all metadata gone.

        Raises NotAVideo, VideoTooLarge (over 20 MB), VideoTooLong (over 60 seconds).
        """
        if len(data) > pictures.VIDEO_BYTES:
            raise VideoTooLarge(most=pictures.VIDEO_BYTES // 1_000_000)
        return await self._made("video", data, Video, NotAVideo)

    async def clean_voice(self, data: bytes) -> Voice:
        """Mono Opus in Ogg: browsers play it, and Telegram takes it as a voice note.

        Raises NotAVoice, VoiceTooLong (over 120 seconds or 5 MB).
        """
        if len(data) > pictures.VOICE_BYTES:
            raise VoiceTooLong(most=pictures.VOICE_SECONDS)
        return await self._made("voice", data, Voice, NotAVoice)

    async def clean_clip(self, data: bytes) -> Recording:
        """A trainer's recording, ready to be joined: silence gone at both ends, level set.

        Raises NotAVoice, SilentVoice, VoiceTooShort (under 0,2 seconds), VoiceTooLong (over 20
        seconds or 5 MB).
        """
        if len(data) > pictures.VOICE_BYTES:
            raise VoiceTooLong(most=pictures.CLIP_SECONDS)
        return await self._made("clip", data, Recording, NotAVoice)

    async def joined(self, pieces: tuple[ToJoin, ...]) -> Recording:
        """Clips in one voice note, in order. Raises NotAVoice if one of them is none."""
        return await self._made("join", pieces, Recording, NotAVoice)

    async def as_aac(self, ogg: bytes) -> bytes:
        """The same as AAC (ADTS, mono) for phones that do not play Ogg. Raises NotAVoice."""
        return await self._made("aac", ogg, bytes, NotAVoice)

    async def stamp(self, photo: bytes, lines: tuple[str, ...]) -> bytes:
        """The photo as JPEG with a band of text beneath it; nothing of it is covered.

        Raises NotAPhoto, PhotoTooLarge.
        """
        if len(photo) > pictures.PHOTO_BYTES:
            raise too_large()
        return await self._made("stamp", (photo, lines), bytes, NotAPhoto)

    async def with_caption(self, png: bytes, lines: tuple[str, ...]) -> bytes:
        """The picture (a QR code), every pixel as it was, as PNG with text under it.

        Raises NotAPhoto, PhotoTooLarge.
        """
        return await self._made("caption", (png, lines), bytes, NotAPhoto)

    async def chart(self, chart: Chart) -> bytes:
        """A PNG 720 px wide. Raises NotDrawn."""
        return await self._made("chart", chart, bytes, NotDrawn)

    async def table(self, statement: Statement) -> bytes:
        """A PNG 720 px wide. Raises NotDrawn."""
        return await self._made("table", statement, bytes, NotDrawn)

    async def sheet(self, sheet: Sheet) -> Pages:
        """A4 pages to print, and to look at on the phone. Raises NotDrawn."""
        return await self._made("sheet", sheet, Pages, NotDrawn)

    async def poster(self, poster: Poster) -> Printed:
        """A square for the camera and a page for a box. Raises NotDrawn."""
        return await self._made("poster", poster, Printed, NotDrawn)

    async def live_chart(self, chart: LiveChart) -> bytes:
        """A PNG 720 px wide. Raises NotDrawn."""
        return await self._made("live-chart", chart, bytes, NotDrawn)

    async def tiles(self, tiles: ToDraw) -> bytes:
        """A JPEG 320 px wide. Raises NotDrawn."""
        return await self._made("tiles", tiles, bytes, NotDrawn)

    async def _made(self, verb: str, asked: object, kind: type[T], failing: type[Problem]) -> T:
        """What the child made; a child that failed in whatever way is the refusal `failing`."""
        try:
            job = asked if isinstance(asked, bytes) else msgspec.msgpack.encode(asked)
            async with self._places:
                made = await hired.ask(verb, job, self._seconds)
        except (hired.ChildFailed, OverflowError, OSError) as error:
            log.warning("picture-child", verb=verb, why=str(error))
            raise failing from None
        return msgspec.msgpack.decode(made, type=kind)


def too_large() -> PhotoTooLarge:
    most = pictures.PHOTO_BYTES // 1_000_000
    return PhotoTooLarge(most=most, pixels=pictures.PHOTO_MEGAPIXELS)
