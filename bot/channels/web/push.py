"""One notification to one browser: Web Push (RFC 8030), encrypted for it (RFC 8291) and signed by
the shop (RFC 8292).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol
from urllib.parse import urlsplit

import aiohttp

from bot.channels.web.notice import Notice
from bot.shop.follow import PushAddress
from bot.shop.push import Services, origin_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

TOKEN_SECONDS = 12 * 3600
"""A token may be good for 24 hours at most (RFC 8292, section 2)."""
AWAY_SECONDS, BUSY_SECONDS, LONGEST_WAIT = 30, 60, 3600
PATIENCE = aiohttp.ClientTimeout(total=10, connect=5)
GONE = frozenset({404, 410})
BUSY = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Outcome:
    """`gone`: this browser will never be reached again. `later`: try after `seconds`. `unsure`:
    the line broke, it may have arrived. `refused`: not this one, for the reason `why`.
    """

    what: Literal["sent", "gone", "later", "unsure", "refused"]
    seconds: int = 0
    why: str = ""


SENT, LOST = Outcome("sent"), Outcome("gone")


class Keys(Protocol):
    """See `bot.stores.push_keys`."""

    @property
    def private(self) -> EllipticCurvePrivateKey: ...


class Push:
    """Posts to push services and to nobody else. Close it.

    subject: whom a push service may ask about the shop, an https address (RFC 8292, section 2.1).
    """

    def __init__(
        self, keys: Keys, services: Services, subject: str, now: Callable[[], int]
    ) -> None:
        self._keys = keys
        self._services = services
        self._subject = subject
        self._now = now
        self._tokens: dict[str, tuple[int, str]] = {}
        self._session: aiohttp.ClientSession | None = None

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def send(self, address: PushAddress, notice: Notice) -> Outcome:
        """Never raises for what a browser or a push service did."""
        if not self._services.serve(address.endpoint):
            return Outcome("refused", why="push-service-unknown")
        try:
            body, headers = await asyncio.to_thread(self._sealed, address, notice)
        except ValueError:  # keys that are no keys: nobody can read what is sent there
            return LOST
        return await self._post(address.endpoint, body, headers)

    async def _post(self, endpoint: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Redirects are not followed: they would lead to hosts that are not on the list."""
        session = self._session = self._session or aiohttp.ClientSession(timeout=PATIENCE)
        request = session.post(endpoint, data=body, headers=headers, allow_redirects=False)
        try:
            async with request as reply:
                return outcome_of(reply.status, reply.headers.get("Retry-After", ""))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Outcome("later", AWAY_SECONDS)
        except (aiohttp.ClientError, TimeoutError):
            return Outcome("unsure", AWAY_SECONDS)

    def _sealed(self, address: PushAddress, notice: Notice) -> tuple[bytes, dict[str, str]]:
        """The encrypted body and its headers; a millisecond of arithmetic, and the first time the
        loading of the library. Raises ValueError for keys that are no keys.
        """
        from pywebpush import WebPusher

        keys = {"p256dh": address.p256dh, "auth": address.auth}
        pusher = WebPusher({"endpoint": address.endpoint, "keys": keys})
        body: bytes = pusher.encode(notice.body, "aes128gcm")["body"]
        headers = {
            "Authorization": self._token(origin_of(address.endpoint)),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(notice.ttl),
            "Topic": notice.topic,
            "Urgency": notice.urgency,
        }
        return body, headers

    def _token(self, origin: str) -> str:
        """Signed once in a while for each push service, not for each message."""
        from py_vapid import Vapid02

        now = self._now()
        until, token = self._tokens.get(origin, (0, ""))
        if until - now < TOKEN_SECONDS // 2 or until - now > TOKEN_SECONDS:
            until = now + TOKEN_SECONDS
            claims = {"sub": self._subject, "aud": origin, "exp": until}
            token = Vapid02(self._keys.private).sign(claims)["Authorization"]
            self._tokens[origin] = (until, token)
        return token


def outcome_of(status: int, retry_after: str) -> Outcome:
    """What a push service's answer means (RFC 8030, sections 5 and 8.4)."""
    if 200 <= status < 300:
        return SENT
    if status in GONE:
        return LOST
    if status in BUSY or status >= 500:
        wait = int(retry_after) if retry_after.isdecimal() else BUSY_SECONDS
        return Outcome("later", min(max(wait, 1), LONGEST_WAIT))
    return Outcome("refused", why=f"push-{status}")


def subject_of(public_url: str) -> str:
    """The shop's own host; the local one while nobody set its address."""
    url = urlsplit(public_url)
    known = url.scheme == "https" and url.hostname and "." in url.hostname
    return f"https://{url.hostname}" if known else "https://localhost"
