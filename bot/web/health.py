"""/healthz for whoever restarts us, /metrics for whoever watches us."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.web.guard import refuse
from bot.web.meters import Meters

Probe = Callable[[], Awaitable[object]]
"""Looks whether a part answers; raises whatever it raises if not."""

PATIENCE = 2.0
"""Seconds a part has to answer."""


class Health:
    """`token` opens /metrics from elsewhere (`Authorization: Bearer …`); empty: this machine
    only.
    """

    def __init__(self, probes: Mapping[str, Probe], meters: Meters, *, token: str = "") -> None:
        self._probes = probes
        self._meters = meters
        self._token = token

    async def healthz(self, _: web.Request) -> web.Response:
        """200 if every part answers, else 503; the body names each part's state."""
        states = await asyncio.gather(*(_alive(probe) for probe in self._probes.values()))
        parts = {
            name: "ok" if alive else "down"
            for name, alive in zip(self._probes, states, strict=True)
        }
        return web.json_response(parts, status=200 if all(states) else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        if not (self._has_token(request) or _from_here(request)):
            return refuse(403, "this-machine-only")
        text = generate_latest(self._meters.registry)
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _has_token(self, request: web.Request) -> bool:
        given = request.headers.get("Authorization", "").encode()
        return bool(self._token) and hmac.compare_digest(given, f"Bearer {self._token}".encode())


async def _alive(probe: Probe) -> bool:
    try:
        await asyncio.wait_for(_run(probe), PATIENCE)
    except Exception:  # whatever a driver raises, the answer is the same: it is down
        return False
    return True


async def _run(probe: Probe) -> None:
    await probe()


def _from_here(request: web.Request) -> bool:
    """A proxy on this machine is also loopback, but says for whom it asks."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    return ip_address(request.remote or "0.0.0.0").is_loopback
