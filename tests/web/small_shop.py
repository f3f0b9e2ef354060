"""The web application around a small desk, on a real port of this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from aiohttp import web
from PIL import Image, ImageDraw
from prometheus_client import CollectorRegistry

from bot.settings import Settings
from bot.stores.memory import MemorySessions
from bot.web.app import make_web
from tests.web.small_desk import SmallDesk, SmallMedia, WallClock

LOCALES = Path(__file__).parents[2] / "locales"


@dataclass
class SmallShop:
    """A shop that can be looked into.

    `url` has no slash at the end; `people` are set by visits.
    """

    sessions: MemorySessions = field(default_factory=MemorySessions)
    media: SmallMedia = field(default_factory=SmallMedia)
    url: str = ""
    ill: set[str] = field(default_factory=set)
    ping: float = 25.0

    def __post_init__(self) -> None:
        self.desk = SmallDesk(self.sessions)
        self.media.files["product/thit-lon-den-gac-bep"] = (drawn_picture(), "image/jpeg")
        self.media.files["media/" + "c" * 64] = (b"OggS" + bytes(96), "audio/ogg")
        self.media.files["media/" + "e" * 64] = (b"\xff\xf1" + bytes(98), "audio/aac")

    def app(self, settings: Settings | None = None) -> web.Application:
        return make_web(
            self.desk, self.sessions, self.media, settings or Settings(locales_dir=LOCALES),
            "a secret of tests", clock=WallClock(), registry=CollectorRegistry(), ping=self.ping,
            twin=self.twin,
            probes={"redis": lambda: self.probe("redis"), "sql": lambda: self.probe("sql")},
        )  # fmt: skip

    async def twin(self, ref: str) -> str:
        """An AAC of one file alone."""
        return {"media/" + "c" * 64: "media/" + "e" * 64}[ref]

    async def probe(self, name: str) -> None:
        if name in self.ill:
            raise ConnectionError(name)


@asynccontextmanager
async def serve(shop: SmallShop, settings: Settings | None = None) -> AsyncIterator[SmallShop]:
    """Open the shop on a free port of 127.0.0.1."""
    runner = web.AppRunner(shop.app(settings), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    shop.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield shop
    finally:
        await runner.cleanup()


def drawn_picture() -> bytes:
    """A small JPEG, 320 × 240."""
    picture = Image.new("RGB", (320, 240), "#d9ccae")
    draw = ImageDraw.Draw(picture)
    draw.polygon([(40, 200), (160, 50), (280, 200)], fill="#2f4a17")
    draw.ellipse([120, 110, 200, 190], fill="#e0a526")
    out = BytesIO()
    picture.save(out, "JPEG", quality=60)
    return out.getvalue()
