"""What the chat page posts: words, taps, pictures and voice notes."""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable
from typing import Literal, cast

from aiohttp import web

from bot.channels.web.parse import BadPost, check_ids, parse, parse_media
from bot.channels.web.render import answer_json
from bot.talk.heard import Heard
from bot.talk.ports import Busy, Desk, Sessions, StoreDown
from bot.usecases.ports import Clock, Media
from bot.web.cookies import Cookies, Profile, new_person, profile_of
from bot.web.guard import TooLarge, body_of, from_our_page, refuse, saves_data, try_later
from bot.web.meters import Meters
from bot.web.sniff import sniff

MOST_JSON = 16 * 1024
MOST_MEDIA = 8 * 1024 * 1024
MOST_VIDEO = 20_000_000
UPLOADS_PER_HOUR = 60
"""Pictures and voice notes one network address may send in an hour."""
WORTH_SQUEEZING = 800
"""Bytes below which gzip saves no packet."""

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]
MediaPart = Literal["photo", "voice", "video"]


class Chat:
    """The POST routes. One instance serves every person; it keeps nothing between requests."""

    def __init__(
        self,
        desk: Desk,
        sessions: Sessions,
        media: Media,
        clock: Clock,
        cookies: Cookies,
        meters: Meters,
        *,
        public_host: str,
    ) -> None:
        self._desk = desk
        self._sessions = sessions
        self._media = media
        self._clock = clock
        self._cookies = cookies
        self._meters = meters
        self._public_host = public_host

    async def say(self, request: web.Request) -> web.Response:
        """POST /chat/say?as=khach|ban: JSON of one message in, `{"messages": […]}` out."""
        return await self._guarded(request, self._say)

    async def send_media(self, request: web.Request) -> web.Response:
        """POST /chat/media?as=…&id=…&page=…&kind=photo|voice|video: the file as the body."""
        return await self._guarded(request, self._send_media)

    async def _guarded(
        self,
        request: web.Request,
        handle: Callable[[web.Request, Profile, str], Awaitable[web.Response]],
    ) -> web.Response:
        """Refuse other sites; turn refusals and a closed store into statuses the page
        understands.
        """
        if not from_our_page(request, self._public_host):
            return refuse(403, "other-site")
        profile = profile_of(request.query.get("as", ""))
        try:
            return await handle(request, profile, self._cookies.person(request, profile))
        except BadPost as error:
            return refuse(400, str(error))
        except TooLarge:
            return refuse(413, "too-large")
        except (Busy, StoreDown):
            self._meters.refused.inc()
            return try_later()

    async def _say(self, request: web.Request, profile: Profile, person: str) -> web.Response:
        body = await body_of(request, MOST_JSON)
        heard = parse(
            body,
            person=person or new_person(),
            origin=self._cookies.origin(request),
            at=self._clock.now(),
            light=saves_data(request),
        )
        return await self._answer(request, profile, person, heard)

    async def _send_media(
        self, request: web.Request, profile: Profile, person: str
    ) -> web.Response:
        event_id, page = request.query.get("id", ""), request.query.get("page", "")
        kind = request.query.get("kind", "")
        check_ids(event_id, page)
        if kind not in ("photo", "voice", "video"):
            raise BadPost("photo-voice-or-video")
        origin = self._cookies.origin(request)
        if await self._sessions.count(f"upload:{origin}", 3600) > UPLOADS_PER_HOUR:
            return refuse(429, "too-often", Retry_After="600")
        part = cast(MediaPart, kind)
        data = await body_of(request, MOST_VIDEO if part == "video" else MOST_MEDIA)
        mime = sniff(data, part)
        if not mime:
            return refuse(415, "not-a-" + kind)
        who = person or new_person()
        kept = await self._media.keep(data, mime, owner=who, kind=kind)
        at = self._clock.now()
        heard = parse_media(
            event_id, page, part, kept.ref,
            person=who, origin=origin, at=at, light=saves_data(request),
        )  # fmt: skip
        return await self._answer(request, profile, person, heard)

    async def _answer(
        self, request: web.Request, profile: Profile, person: str, heard: Heard
    ) -> web.Response:
        """`person` is the cookie's, empty without one; a return link may make it another."""
        with self._meters.turn(heard.kind):
            answer = await self._desk.hear(heard)
        moved = answer.person != heard.person
        response = json_response(request, answer_json(answer, moved=moved))
        if answer.person != person:
            self._cookies.give(response, profile, answer.person)
        return response


def json_response(request: web.Request, body: bytes) -> web.Response:
    """JSON, squeezed when that saves a packet on a poor line."""
    headers = {"Cache-Control": "no-store"}
    if len(body) > WORTH_SQUEEZING and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = zlib.compress(body, 6, wbits=31)
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=body, content_type="application/json", headers=headers)
