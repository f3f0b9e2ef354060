"""Where a closed page may be reached: addresses of known push services only, and well-formed keys.

A browser hands over an address that the shop later posts to. Whoever could name any host would
make the shop call machines in its own network, so only hosts of a list are called.
"""

from __future__ import annotations

import binascii
from base64 import b64encode, urlsafe_b64decode
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from urllib.parse import urlsplit

from bot.shop.follow import PushAddress

Page = Literal["khach", "ban"]

MOST_ENDPOINT = 1000
"""Letters of an address; Mozilla's and Google's have about 200, Microsoft's up to 600."""
POINT_BYTES, SECRET_BYTES = 65, 16
"""Of `p256dh` (an uncompressed point of P-256) and `auth`: RFC 8291, section 3.1 and 3.2."""
LOCAL = "127.0.0.1"
"""The one host that may be listed for tests and is called without https."""


@dataclass(frozen=True, slots=True)
class Services:
    """The hosts that are called: a name, or `*.name` for every host below it."""

    hosts: tuple[str, ...]

    def serve(self, endpoint: str) -> bool:
        """Whether the shop posts to this address."""
        try:
            url = urlsplit(endpoint)
            port = url.port
        except ValueError:
            return False
        host = url.hostname or ""
        if not self._knows(host) or "@" in url.netloc or not endpoint.isascii():
            return False
        if host == LOCAL:
            return url.scheme in ("http", "https")
        return url.scheme == "https" and port in (None, 443)

    def _knows(self, host: str) -> bool:
        below = (h[1:] for h in self.hosts if h.startswith("*."))
        return bool(host) and (host in self.hosts or host.endswith(tuple(below)))


def services_of(setting: str) -> Services:
    """Hosts as a setting lists them, between spaces or commas."""
    return Services(tuple(setting.lower().replace(",", " ").split()))


def origin_of(endpoint: str) -> str:
    """The push service of an address, as the token for it names it (RFC 8292, section 2)."""
    url = urlsplit(endpoint)
    return f"{url.scheme}://{url.netloc}"


def push_address(
    person: str, page: Page, endpoint: str, p256dh: str, auth: str, services: Services, now: int
) -> PushAddress | None:
    """What a browser handed over, None if it is not the address of a browser."""
    fits = len(endpoint) <= MOST_ENDPOINT and services.serve(endpoint)
    point, secret = _bytes(p256dh), _bytes(auth)
    if not fits or len(point) != POINT_BYTES or point[0] != 4 or len(secret) != SECRET_BYTES:
        return None
    id_ = sha256(f"{page} {endpoint}".encode()).hexdigest()[:40]
    return PushAddress(id_, person, endpoint, p256dh.rstrip("="), auth.rstrip("="), now, page)


def _bytes(text: str) -> bytes:
    """URL-safe base64 with or without its padding; empty for anything else."""
    plain = text.rstrip("=")
    if len(plain) > 200 or not plain.isascii():
        return b""
    try:
        data = urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""
    back = b64encode(data, b"-_").decode().rstrip("=")
    return data if back == plain else b""
