"""Pictures and clips: kept files never change, product pictures may."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from hashlib import sha256

from aiohttp import web

from bot.shop.media_problems import NotAVoice
from bot.usecases.ports import Media
from bot.web.guard import refuse

REF = re.compile(r"(?:[0-9a-f]{64}|[a-z]+/[A-Za-z0-9_-]{1,80})")
KEPT = re.compile(r"[0-9a-f]{64}")
SHOWN = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/svg+xml"}
    | {"audio/ogg", "audio/webm", "audio/mp4", "audio/mpeg", "audio/aac", "video/mp4"}
)
"""Types a browser may show; anything else is only ever downloaded."""

DOWNLOADS = {
    "text/csv": 'attachment; filename="cho-phien.csv"',
    "application/pdf": 'attachment; filename="cho-phien.pdf"',
}
"""A phone finds a program for a file by the end of its name."""

FOREVER = "private, max-age=31536000, immutable"
TEN_MINUTES = "public, max-age=600"


AAC = ".aac"
Twin = Callable[[str], Awaitable[str]]
"""The reference of the AAC of a kept Ogg file. Raises KeyError if there is none."""


async def no_twin(ref: str) -> str:
    """For a web side without a workshop."""
    raise KeyError(ref)


class Files:
    """GET /media/<sha256> and /media/product/<id>; older iPhones, which play no Ogg, ask for
    /media/<sha256>.aac.
    """

    def __init__(self, media: Media, twin: Twin = no_twin) -> None:
        self._media = media
        self._twin = twin

    async def get(self, request: web.Request) -> web.Response:
        """200, 206 for a part (iPhones play sound only so), 304 when the browser has it, 404."""
        asked = request.match_info["ref"]
        name = asked.removesuffix(AAC)
        kept = KEPT.fullmatch(name)
        if not REF.fullmatch(name) or (asked != name and not kept):
            return refuse(404, "no-such-file")
        ref = f"media/{name}" if kept else name
        try:
            ref = await self._twin(ref) if asked != name else ref
            data, mime = await self._media.read(ref)
        except (KeyError, FileNotFoundError, NotAVoice):
            return refuse(404, "no-such-file")
        etag = ref.removeprefix("media/") if kept else sha256(data).hexdigest()[:32]
        return _respond(request, data, mime, etag, FOREVER if kept else TEN_MINUTES)


def _respond(request: web.Request, data: bytes, mime: str, etag: str, cache: str) -> web.Response:
    headers = {"ETag": f'"{etag}"', "Cache-Control": cache, "Accept-Ranges": "bytes"}
    if any(tag.value == etag for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    if mime not in SHOWN:
        name = DOWNLOADS.get(mime, "attachment")
        mime, headers["Content-Disposition"] = "application/octet-stream", name
    try:
        part = request.http_range
    except ValueError:
        part = slice(None)
    if part.start is None and part.stop is None:
        return web.Response(body=data, content_type=mime, headers=headers)
    return _part(data, part, mime, headers)


def _part(data: bytes, part: slice, mime: str, headers: dict[str, str]) -> web.Response:
    start, stop, _ = part.indices(len(data))
    if start >= stop:
        size = {"Content-Range": f"bytes */{len(data)}"}
        return web.Response(status=416, headers={**headers, **size})
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(data)}"
    return web.Response(status=206, body=data[start:stop], content_type=mime, headers=headers)
