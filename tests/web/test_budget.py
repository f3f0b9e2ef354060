"""What a step costs on the line, counted in the bytes that are sent: bodies as a browser asks for
them, squeezed, pictures and sound as they are.
"""

from __future__ import annotations

import gzip
import json
import re
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar, web
from prometheus_client import CollectorRegistry

from bot.web.app import make_web
from tests.conversations.stage import open_stage
from tests.conversations.test_by_ear import patient, record_everything

LIGHT, FULL, PAGE, CLIP = 1_000, 35_000, 100_000, 20_000
"""Bytes: a step without media, with picture and clip, the first page load, one clip."""

ROAD = [
    "chào shop", "tap:m", "tap:cat:veg-egg:0", "tap:p:sam-dat", "tap:q:sam-dat", "2 kg", "giỏ",
    "đặt hàng", "tap:agree:order", "0912345678", "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội",
    "tap:set:note:-", "1", "đơn", "tiếng Mông", "live", "gửi lại", "asdf qwer", "tap:see",
]  # fmt: skip


class Line:
    """A browser that counts: what it asks for, squeezed, and every file it is pointed to."""

    def __init__(self, client: ClientSession) -> None:
        self._client = client
        self._page = str(uuid.uuid4())
        self._had: set[str] = set()
        self.later: list[int] = []
        """Sizes of the clips after a message's first."""

    async def say(self, words: str, *, light: bool) -> tuple[int, int]:
        """Bytes of the answer, and of the media it brings that this browser does not have yet."""
        kind, _, id = words.partition(":") if words.startswith("tap:") else ("text", "", words)
        body = {"id": str(uuid.uuid4()), "page": self._page, kind: id}
        headers = {"Accept-Encoding": "gzip", **({"Save-Data": "on"} if light else {})}
        async with self._client.post("/chat/say?as=khach", json=body, headers=headers) as got:
            assert got.status == 200
            raw = await got.read()
        squeezed = got.headers.get("Content-Encoding") == "gzip"
        answer = json.loads(gzip.decompress(raw) if squeezed else raw)
        first, more = files(answer)
        self.later += [await self._file(ref) for ref in more]
        return len(raw), sum([await self._file(ref) for ref in first])

    async def _file(self, address: str) -> int:
        if address in self._had or not address.startswith("/"):
            return 0
        self._had.add(address)
        return len(await self.get(address))

    async def get(self, address: str) -> bytes:
        async with self._client.get(address, headers={"Accept-Encoding": "gzip"}) as got:
            assert got.status == 200, address
            return await got.read()


def files(answer: dict[str, Any]) -> tuple[list[str], list[str]]:
    """What is asked for at once, and the clips that follow the first of each message."""
    at_once = [m.get(name, "") for m in answer["messages"] for name in ("picture", "clip")]
    sounds = [m.get("sound", []) for m in answer["messages"]]
    at_once += [sound[0] for sound in sounds if sound]
    return [ref for ref in at_once if ref], [ref for sound in sounds for ref in sound[1:]]


@asynccontextmanager
async def open_line(folder: Path, *, recorded: bool = False) -> AsyncIterator[Line]:
    async with open_stage(folder) as stage:
        if recorded:
            await record_everything(stage)
        parts = stage.parts
        app = make_web(
            parts.desk, parts.sessions, parts.media, parts.settings, parts.secret,
            clock=parts, registry=CollectorRegistry(),
        )  # fmt: skip
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            async with ClientSession(
                url, auto_decompress=False, cookie_jar=CookieJar(unsafe=True)
            ) as client:
                await client.get("/")
                yield Line(client)
        finally:
            await runner.cleanup()


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    async with open_line(tmp_path / "var") as opened:
        yield opened


async def test_the_page_itself(line: Line) -> None:
    page = await line.get("/")
    html = gzip.decompress(page).decode()
    others = re.findall(r'(?:src|href)="(/[^"]+)"', html)
    sizes = {address: len(await line.get(address)) for address in others}
    assert len(page) + sum(sizes.values()) <= PAGE


@pytest.mark.parametrize("lang", ["vi", "hmn@rpa", "hmn@chv"])
async def test_a_step_with_little_data(line: Line, lang: str) -> None:
    await line.say(f"tap:lang:{lang}", light=True)
    costs = {words: await line.say(words, light=True) for words in ROAD[:-1]}
    assert {words: cost for words, (_, cost) in costs.items() if cost} == {}
    assert {words: cost for words, (cost, _) in costs.items() if cost > LIGHT} == {}


async def test_a_step_with_picture_and_clip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every piece recorded, as a short tone. The page asks for the clips of a message one after
    the other: the next comes while the one before it is heard.
    """
    patient(monkeypatch)
    async with open_line(tmp_path / "var", recorded=True) as line:
        await line.say("tap:lang:vi:voice", light=False)
        costs = {words: sum(await line.say(words, light=False)) for words in ROAD}
        later = line.later
    assert {words: cost for words, cost in costs.items() if cost > FULL} == {}
    assert max(costs.values()) > LIGHT
    assert later
    assert max(later) <= CLIP
