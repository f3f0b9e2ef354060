"""GET /live/<id>.ics of a real shop: the same address has the live as it is now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession
from prometheus_client import CollectorRegistry

from bot.commands.plug_web import web_pages
from bot.shop.live import Live
from bot.shop.people import Person
from bot.shop.roles import SELLER, Grant
from bot.usecases import lives
from bot.web.app import make_web
from tests.conversations.stage import Stage, open_stage
from tests.shop.ics import Component, parse

SELLER_ID = "nguoi-ban-lai-chau"
HOST = Person(
    "web:my",
    seller=SELLER_ID,
    grants=(Grant("web:my", SELLER_ID, "seller", int(SELLER), "shop", 1),),
)
LIVE = "k7m2p9q4xz"


@asynccontextmanager
async def open_shop(folder: Path) -> AsyncIterator[tuple[Stage, ClientSession]]:
    from aiohttp import web

    async with open_stage(folder, public_url="https://cho.example.vn") as stage:
        parts = stage.parts
        app = make_web(
            parts.desk, parts.sessions, parts.media, parts.settings, parts.secret,
            clock=parts, registry=CollectorRegistry(), attach=web_pages(parts),
        )  # fmt: skip
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            async with ClientSession(f"http://127.0.0.1:{runner.addresses[0][1]}") as client:
                yield stage, client
        finally:
            await runner.cleanup()


async def planned(stage: Stage, hours: int = 24) -> Live:
    plan = lives.Plan(LIVE, SELLER_ID, stage.parts.now() + hours * 3600)
    return await stage.parts.ledger.put(lambda b: lives.plan(b, plan, HOST, stage.parts.now()))


async def event(client: ClientSession, **cookies: str) -> Component:
    async with client.get(f"/live/{LIVE}.ics", cookies=cookies) as response:
        assert response.status == 200
        assert response.content_type == "text/calendar"
        assert response.headers["Cache-Control"] == "public, max-age=60"
        return parse(await response.read()).one("VEVENT")


async def test_a_live_for_the_calendar(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as (stage, client):
        live = await planned(stage)
        first = await event(client)
        seller = stage.parts.catalogue.current.sellers[SELLER_ID].name
        assert seller in first.text("SUMMARY")
        assert first.properties["URL"] == f"https://cho.example.vn/p/l-{LIVE}"
        assert first.properties["URL"] in first.text("DESCRIPTION")
        assert "sells live" in (await event(client, tieng="en")).text("SUMMARY")

        put, now = stage.parts.ledger.put, stage.parts.now()
        await put(lambda b: lives.move(b, LIVE, live.starts_at + 3600, HOST, now))
        moved = await event(client)
        assert moved.properties["UID"] == first.properties["UID"]
        assert moved.properties["SEQUENCE"] == "1"
        assert moved.properties["DTSTART"] != first.properties["DTSTART"]

        await put(lambda b: lives.cancel(b, LIVE, HOST, now))
        off = await event(client)
        assert (off.properties["STATUS"], off.properties["SEQUENCE"]) == ("CANCELLED", "2")


async def test_no_live_no_file(tmp_path: Path) -> None:
    async with open_shop(tmp_path) as (_, client):
        for name in ("nothing.ics", "..%2f..%2fetc.ics", "a" * 21 + ".ics", ".ics"):
            async with client.get(f"/live/{name}") as response:
                assert response.status == 404, name
