"""Where the chat page hands over its push address, and the worker that shows what comes there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from hashlib import sha256
from importlib.resources import files

import msgspec
from aiohttp import web

from bot.shop.follow import PushAddress
from bot.shop.push import Services, push_address
from bot.talk.ports import Sessions, StoreDown
from bot.usecases.ports import Clock
from bot.web.cookies import Cookies, profile_of
from bot.web.guard import TooLarge, body_of, from_our_page, refuse, try_later

MOST_JSON = 4 * 1024
ADDRESSES_PER_HOUR = 60
"""From one network address; a browser hands its own over once a day."""


class _Keys(msgspec.Struct, frozen=True):
    p256dh: str
    auth: str


class _Subscription(msgspec.Struct, frozen=True):
    """A browser's PushSubscription as JSON (Push API, `toJSON`)."""

    endpoint: str
    keys: _Keys


_subscription = msgspec.json.Decoder(_Subscription)


class PushPages:
    """The routes; `attach` adds them. key: the shop's public key, asked for once. remember: keeps
    an address, in one ledger command.
    """

    def __init__(
        self,
        key: Callable[[], Awaitable[str]],
        services: Services,
        remember: Callable[[PushAddress], Awaitable[None]],
        sessions: Sessions,
        cookies: Cookies,
        clock: Clock,
        *,
        public_host: str,
    ) -> None:
        self._key = key
        self._public = ""
        self._services = services
        self._remember = remember
        self._sessions = sessions
        self._cookies = cookies
        self._clock = clock
        self._public_host = public_host
        script = files("bot.web").joinpath("page", "sw.js").read_bytes()
        self._worker, self._etag = script, sha256(script).hexdigest()[:24]

    def attach(self, app: web.Application) -> None:
        app.router.add_get("/chat/push", self.key)
        app.router.add_post("/chat/push", self.address)
        app.router.add_get("/sw.js", self.worker)

    async def key(self, _: web.Request) -> web.Response:
        """GET /chat/push: the key a browser subscribes with."""
        self._public = self._public or await self._key()
        return web.json_response({"key": self._public}, headers={"Cache-Control": "no-store"})

    async def address(self, request: web.Request) -> web.Response:
        """POST /chat/push?as=khach|ban: the browser's subscription; 204 when it is kept."""
        if not from_our_page(request, self._public_host):
            return refuse(403, "other-site")
        try:
            return await self._take(request)
        except TooLarge:
            return refuse(413, "too-large")
        except StoreDown:
            return try_later()

    async def _take(self, request: web.Request) -> web.Response:
        profile = profile_of(request.query.get("as", ""))
        person = self._cookies.person(request, profile)
        if not person:
            return refuse(403, "nobody")
        body = await body_of(request, MOST_JSON)
        origin = self._cookies.origin(request)
        if await self._sessions.count(f"push:{origin}", 3600) > ADDRESSES_PER_HOUR:
            return refuse(429, "too-often", Retry_After="600")
        try:
            told = _subscription.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return refuse(400, "bad-json")
        keys, now = told.keys, self._clock.now()
        found = push_address(
            person, profile, told.endpoint, keys.p256dh, keys.auth, self._services, now
        )
        if found is None:
            return refuse(400, "bad-address")
        await self._remember(found)
        return web.Response(status=204)

    async def worker(self, request: web.Request) -> web.Response:
        """GET /sw.js, at the top so that it serves every page. It fetches nothing."""
        headers = {"ETag": f'"{self._etag}"', "Cache-Control": "no-cache"}
        if any(tag.value == self._etag for tag in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        return web.Response(
            body=self._worker, content_type="text/javascript", charset="utf-8", headers=headers
        )
