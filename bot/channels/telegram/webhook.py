"""Telegram's webhook: who is asking is settled first, 200 means done, 503 means bring it again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels.telegram.parse import News
from bot.channels.telegram.trouble import Resend

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def webhook_secret(key: str, token: str) -> str:
    """The header Telegram must send, made from the shop's secret: no setting of its own."""
    about = f"telegram-webhook:{token}".encode()
    return hmac.new(key.encode(), about, hashlib.sha256).hexdigest()


class Webhook:
    """An aiohttp handler. `read` makes News of a body or raises ValueError; `take` may Resend."""

    def __init__(
        self, secret: str, read: Callable[[bytes], News], take: Callable[[News], Awaitable[None]]
    ) -> None:
        self._secret = secret.encode()
        self._read = read
        self._take = take

    async def __call__(self, request: web.Request) -> web.Response:
        """200 when the turn is durably done and sent; 401 and 400 for who is not Telegram."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        try:
            news = self._read(await request.read())
        except ValueError:
            return web.Response(status=400)
        try:
            await self._take(news)
        except Resend as again:
            return web.Response(status=503, headers={"Retry-After": str(int(again.seconds) + 1)})
        return web.Response()
