"""A push service on this machine, and a browser that subscribed there: what it is sent is
decrypted with the browser's own key (RFC 8291) and the token's signature is checked (RFC 8292).
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AUTH = b"sixteen secret b"
BREAK = 0
"""In place of a status: the line breaks after everything was read."""


def letters(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def data(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Got:
    """One message as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Browser:
    """What `PushManager.subscribe` makes: a key pair, a secret, an address."""

    url: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def p256dh(self) -> str:
        shape = PublicFormat.UncompressedPoint
        return letters(self.key.public_key().public_bytes(Encoding.X962, shape))

    def subscription(self) -> dict[str, Any]:
        keys = {"p256dh": self.p256dh, "auth": letters(AUTH)}
        return {"endpoint": self.url, "expirationTime": None, "keys": keys}

    def reads(self, got: Got) -> dict[str, Any]:
        """What its service worker gets. Raises if it was not encrypted for this browser."""
        plain = http_ece.decrypt(got.body, private_key=self.key, auth_secret=AUTH)
        found: dict[str, Any] = json.loads(plain)
        return found


@dataclass
class PushService:
    """`answers` are the statuses (with headers) of the next messages, then 201."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def browser(self, name: str = "one") -> Browser:
        return Browser(f"{self.url}/push/{name}")

    async def take(self, request: web.Request) -> web.Response:
        self.got.append(Got(request.path, dict(request.headers), await request.read()))
        status, headers = self.answers.pop(0) if self.answers else (201, {})
        if status == BREAK:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(status=status or 201, headers=headers)


def claims_of(got: Got) -> tuple[dict[str, Any], str]:
    """The claims of the token and the key that signed them. Raises InvalidSignature."""
    scheme, _, rest = got.headers["Authorization"].partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    signed, _, signature = parts["t"].rpartition(".")
    head, claims = (json.loads(data(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    raw = data(signature)
    r, s = (int.from_bytes(raw[i : i + 32], "big") for i in (0, 32))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data(parts["k"]))
    key.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(hashes.SHA256()))
    return claims, parts["k"]


@asynccontextmanager
async def open_service() -> AsyncIterator[PushService]:
    service = PushService()
    app = web.Application()
    app.router.add_post("/push/{name}", service.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    service.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield service
    finally:
        await runner.cleanup()
