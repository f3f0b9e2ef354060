"""How the page hands over its push address, and the worker that shows what comes there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar, web
from prometheus_client import CollectorRegistry

from bot.settings import Settings
from bot.shop.follow import PushAddress
from bot.shop.push import services_of
from bot.stores.push_keys import PushKeys, public_key
from bot.talk.ports import StoreDown
from bot.web.app import make_web
from bot.web.cookies import Cookies
from bot.web.push import ADDRESSES_PER_HOUR, PushPages
from tests.web.page import post
from tests.web.small_desk import WallClock
from tests.web.small_shop import LOCALES, SmallShop, serve

SECRET = "a secret of tests"
GOOD: dict[str, Any] = {
    "endpoint": "https://fcm.googleapis.com/fcm/send/abc",
    "expirationTime": None,
    "keys": {"p256dh": "BA" + "A" * 85, "auth": "A" * 22},
}


@dataclass
class PushShop(SmallShop):
    """The small shop with the routes of Web Push; `kept` is what it would put in its books."""

    kept: list[PushAddress] = field(default_factory=list)
    down: bool = False

    async def remember(self, address: PushAddress) -> None:
        if self.down:
            raise StoreDown
        self.kept.append(address)

    def app(self, settings: Settings | None = None) -> web.Application:
        pages = PushPages(
            partial(public_key, SECRET),
            services_of(Settings().push_services),
            self.remember,
            self.sessions,
            Cookies(SECRET, secure=False),
            WallClock(),
            public_host="cho.example.vn",
        )
        chosen = settings or Settings(locales_dir=LOCALES)
        return make_web(
            self.desk, self.sessions, self.media, chosen, SECRET,
            clock=WallClock(), registry=CollectorRegistry(), attach=(pages.attach,),
        )  # fmt: skip


@asynccontextmanager
async def browser(shop: PushShop) -> AsyncIterator[ClientSession]:
    """Has the page open, so it has its cookie."""
    async with ClientSession(shop.url, cookie_jar=CookieJar(unsafe=True)) as session:
        await session.get("/")
        yield session


@pytest.fixture
async def push_shop() -> AsyncIterator[PushShop]:
    shop = PushShop()
    async with serve(shop):
        yield shop


@pytest.fixture
async def page(push_shop: PushShop) -> AsyncIterator[ClientSession]:
    async with browser(push_shop) as session:
        yield session


async def hand_over(page: ClientSession, body: Any = GOOD, profile: str = "khach") -> int:
    async with page.post(f"/chat/push?as={profile}", json=body) as response:
        return response.status


async def test_the_key_a_browser_subscribes_with(page: ClientSession) -> None:
    async with page.get("/chat/push") as response:
        assert await response.json() == {"key": PushKeys(SECRET).public}


async def test_an_address_is_kept_for_who_the_cookie_names(
    push_shop: PushShop, page: ClientSession
) -> None:
    assert await hand_over(page) == 204
    await post(page, {"text": "alo"})
    [kept] = push_shop.kept
    assert kept.person == push_shop.desk.heard[0].person
    assert (kept.endpoint, kept.page) == (GOOD["endpoint"], "khach")
    assert (kept.p256dh, kept.auth) == (GOOD["keys"]["p256dh"], GOOD["keys"]["auth"])


async def test_a_sellers_page_is_the_sellers(push_shop: PushShop, page: ClientSession) -> None:
    assert await hand_over(page, profile="ban") == 403, "she never opened /ban"
    await page.get("/ban")
    assert await hand_over(page, profile="ban") == 204
    assert push_shop.kept[0].page == "ban"


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {**GOOD, "keys": {}},
        {**GOOD, "endpoint": 7},
        {**GOOD, "endpoint": "http://127.0.0.1:6379/"},
        {**GOOD, "endpoint": "https://192.168.1.1/x"},
        {**GOOD, "endpoint": "https://fcm.googleapis.com/" + "a" * 1000},
        {**GOOD, "keys": {"p256dh": "x", "auth": "y"}},
    ],
)
async def test_what_is_no_address_is_refused(
    push_shop: PushShop, page: ClientSession, body: Any
) -> None:
    assert await hand_over(page, body) == 400
    assert push_shop.kept == []


async def test_a_forged_cookie_is_nobody(push_shop: PushShop) -> None:
    forged = {"khach": "web:somebody-else.AAAAAAAAAAAAAAAAAAAAAA"}
    async with ClientSession(push_shop.url, cookies=forged) as page:
        assert await hand_over(page) == 403
    assert push_shop.kept == []


async def test_another_site_cannot_hand_over_its_own(
    push_shop: PushShop, page: ClientSession
) -> None:
    other = {"Origin": "https://evil.example"}
    async with page.post("/chat/push", json=GOOD, headers=other) as response:
        assert response.status == 403
    async with page.post("/chat/push", data="{}") as response:
        assert response.status == 403, "a form of another site cannot send JSON"
    assert push_shop.kept == []


async def test_a_long_body_is_not_read(page: ClientSession) -> None:
    assert await hand_over(page, {**GOOD, "endpoint": "a" * 5000}) == 413


async def test_too_many_are_refused_and_a_closed_store_is_waited_for(
    push_shop: PushShop, page: ClientSession
) -> None:
    push_shop.down = True
    assert await hand_over(page) == 503
    push_shop.down = False
    statuses = [await hand_over(page) for _ in range(ADDRESSES_PER_HOUR)]
    assert statuses[0] == 204
    assert statuses[-1] == 429


async def test_the_worker_is_a_script_of_the_whole_site(page: ClientSession) -> None:
    async with page.get("/sw.js") as response:
        text, headers = await response.text(), response.headers
    assert response.content_type == "text/javascript"
    assert headers["Cache-Control"] == "no-cache"
    assert "showNotification" in text
    assert "fetch" not in text, "the page works without it"
    async with page.get("/sw.js", headers={"If-None-Match": headers["ETag"]}) as again:
        assert again.status == 304


async def test_the_page_may_have_that_worker_and_no_other(page: ClientSession) -> None:
    async with page.get("/") as response:
        policy = response.headers["Content-Security-Policy"].split("; ")
    assert "worker-src 'self'" in policy
    assert "default-src 'none'" in policy
