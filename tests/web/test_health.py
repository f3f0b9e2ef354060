"""What the machine room asks."""

from __future__ import annotations

import re

from aiohttp import ClientSession

from tests.web.page import post
from tests.web.small_shop import SmallShop


async def test_health_names_the_part_that_is_down(shop: SmallShop, client: ClientSession) -> None:
    async with client.get("/healthz") as well:
        assert (well.status, await well.json()) == (200, {"redis": "ok", "sql": "ok"})
    shop.ill.add("redis")
    async with client.get("/healthz") as ill:
        assert (ill.status, await ill.json()) == (503, {"redis": "down", "sql": "ok"})


async def test_metrics_count_turns_for_this_machine_only(
    shop: SmallShop, client: ClientSession
) -> None:
    await post(client, {"text": "alo"})
    async with client.get("/metrics") as response:
        assert re.search(r'web_turn_seconds_count\{kind="text"\} 1\.0', await response.text())
    async with client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}) as proxied:
        assert proxied.status == 403


async def test_every_answer_carries_the_safe_headers(client: ClientSession) -> None:
    for path in ("/", "/healthz", "/nowhere", "/media/a", "/robots.txt"):
        async with client.get(path) as response:
            if path != "/nowhere":
                assert response.headers["X-Frame-Options"] == "DENY"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
