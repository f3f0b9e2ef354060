"""A real shop with a live on air, its board and its door for comments on a real port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientSession, web
from prometheus_client import CollectorRegistry

from bot.commands.live_board import live_board
from bot.shop.claim import Claim
from bot.web.app import make_web
from tests.conversations.stage import Stage, open_stage
from tests.live_shop import LIVE, OTHER_LIVE, OnAir, begin, by_kilo

SECONDS = 20
PING = 0.5


@dataclass
class LiveWeb:
    """What a reader outside, a helper and a viewer meet. other: a second live of the seller."""

    stage: Stage
    air: OnAir
    other: OnAir
    client: ClientSession

    async def post(
        self, body: Any, *, token: str | None = None, live: str = LIVE
    ) -> tuple[int, dict[str, Any]]:
        """POST comments; with the helper's token unless the test gives another."""
        bearer = self.air.help if token is None else token
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        async with self.client.post(
            f"/live/{live}/comments", data=data, headers=headers
        ) as response:
            return response.status, await response.json()

    async def comment(self, author: str, text: str, id_: str = "") -> dict[str, Any]:
        one = {"platform": "facebook", "author": author, "text": text, "id": id_}
        status, answer = await self.post(one)
        assert status == 200, answer
        return answer

    async def do(self, token: str, **act: Any) -> tuple[int, dict[str, Any]]:
        """What a helper does on the board."""
        self.made = getattr(self, "made", 0) + 1
        body = {"key": f"k{self.made}", **act}
        async with self.client.post(f"/b/{token}/do", json=body) as response:
            return response.status, await response.json()

    async def claims(self, live: str = LIVE) -> tuple[Claim, ...]:
        return await self.stage.parts.records.read(lambda b: b.claims_in(live))

    @asynccontextmanager
    async def watching(self, token: str) -> AsyncIterator[Watching]:
        async with self.client.get(f"/b/{token}/stream") as response:
            yield Watching(response)


class Watching:
    """A page with the board open; `seen` is what it shows."""

    def __init__(self, response: ClientResponse) -> None:
        self.response = response
        self.head: dict[str, Any] = {}
        self.seen: dict[str, dict[str, dict[str, Any]]] = {"codes": {}, "claims": {}, "asks": {}}

    async def event(self) -> tuple[str, dict[str, Any]]:
        """The next one: its name and data."""
        name, data = "message", b""
        while True:
            line = await asyncio.wait_for(self.response.content.readline(), SECONDS)
            if not line:
                raise EOFError
            if line.startswith(b"event: "):
                name = line[7:].strip().decode()
            elif line.startswith(b"data: "):
                data = line[6:]
            elif not line.strip() and data:
                return name, json.loads(data)

    async def look(self) -> dict[str, Any]:
        """The next change, taken over as the page does."""
        name, told = await self.event()
        while name == "ping":
            name, told = await self.event()
        assert name == "message", name
        if told.get("full"):
            for things in self.seen.values():
                things.clear()
        self.head.update(told.get("head", {}))
        for things, key in (("codes", "code"), ("claims", "id"), ("asks", "id")):
            self.seen[things] |= {x[key]: x for x in told.get(things, [])}
        for gone in told.get("gone", []):
            self.seen["claims"].pop(gone, None)
            self.seen["asks"].pop(gone, None)
        return told

    async def goes_dark(self) -> bool:
        """The link opens nothing any more."""
        name, _ = await self.event()
        while name == "ping":
            name, _ = await self.event()
        return name == "gone"

    async def until(self, total: int) -> None:
        """So many claims were made."""
        while self.head.get("total") != total:
            await self.look()

    def left(self) -> dict[str, int]:
        return {code: x["left"] for code, x in self.seen["codes"].items()}


@asynccontextmanager
async def open_live_web(folder: Path) -> AsyncIterator[LiveWeb]:
    async with open_stage(folder) as stage:
        parts = stage.parts
        goods = by_kilo(parts)
        air = await begin(parts, goods[:3])
        other = await begin(parts, goods[:1], OTHER_LIVE)
        app = make_web(
            parts.desk, parts.sessions, parts.media, parts.settings, parts.secret,
            clock=parts, registry=CollectorRegistry(), attach=(live_board(parts, ping=PING),),
        )  # fmt: skip
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        parts.public_url = url
        try:
            async with ClientSession(url) as client:
                yield LiveWeb(stage, air, other, client)
        finally:
            await runner.cleanup()
