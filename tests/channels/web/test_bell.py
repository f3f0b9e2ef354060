"""Who is called, who is not, and what the outbox hears of it: a real ledger, a real service."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.base import TryLater, Undeliverable, Unsure
from bot.channels.web.bell import Bell
from bot.channels.web.channel import WebChannel
from bot.channels.web.push import Push
from bot.shop.follow import PushAddress
from bot.shop.push import Page, push_address, services_of
from bot.shop.says import Letter, LetterKind, Say
from bot.stores.push_keys import PushKeys
from bot.usecases import pushing
from bot.words.spoken import Spoken
from tests.channels.web.push_service import BREAK, Browser, PushService
from tests.usecases.market import NOW, Market, open_market

AN = "web:an"
LOCAL = services_of("127.0.0.1")
SPOKEN = Spoken("live-reminder-soon", "[QC] Còn 15 phút", lang="vi")


@dataclass
class Shop:
    market: Market
    service: PushService
    open_pages: set[str] = field(default_factory=set)

    async def has(self, name: str, page: Page = "khach", person: str = AN) -> Browser:
        browser = self.service.browser(name)
        keys = browser.subscription()["keys"]
        found = push_address(person, page, browser.url, keys["p256dh"], keys["auth"], LOCAL, NOW)
        assert found is not None
        await self.market.ledger.put(lambda b: pushing.remember(b, found))
        return browser

    async def addresses(self, person: str) -> Sequence[PushAddress]:
        return await self.market.records.read(lambda b: b.push_addresses_of(person))

    async def forget(self, person: str, ids: Collection[str]) -> None:
        await self.market.ledger.put(lambda b: pushing.forget(b, person, ids))

    async def is_open(self, person: str) -> bool:
        return person in self.open_pages

    async def ring(self, kind: LetterKind = "reminder") -> None:
        letter = Letter(AN, Say("live-reminder-soon"), kind, NOW, NOW + 900, "live:l1:soon")
        push = Push(PushKeys("s"), LOCAL, "https://localhost", lambda: NOW)
        bell = Bell(push, self.is_open, self.addresses, self.forget, str, lambda: NOW)
        try:
            await WebChannel(bell).ring(AN, SPOKEN, letter)
        finally:
            await push.aclose()


@pytest.fixture
async def shop(tmp_path: Path, service: PushService) -> AsyncIterator[Shop]:
    async with open_market(tmp_path / "shop.db") as market:
        yield Shop(market, service)


async def test_every_browser_of_the_person_rings(shop: Shop) -> None:
    phone, office = await shop.has("phone"), await shop.has("office", "ban")
    await shop.has("stranger", person="web:binh")
    await shop.ring()
    got = {g.path: g for g in shop.service.got}
    assert set(got) == {"/push/phone", "/push/office"}
    assert phone.reads(got["/push/phone"])["data"] == "/"
    assert office.reads(got["/push/office"])["data"] == "/ban"
    assert phone.reads(got["/push/phone"])["body"] == "[QC] Còn 15 phút"


async def test_an_open_page_is_not_called(shop: Shop) -> None:
    await shop.has("phone")
    shop.open_pages.add(AN)
    await shop.ring()
    assert shop.service.got == []


@pytest.mark.parametrize("kind", ["reminder", "broadcast"])
async def test_without_a_browser_an_ad_is_not_delivered(shop: Shop, kind: LetterKind) -> None:
    with pytest.raises(Undeliverable) as refused:
        await shop.ring(kind)
    assert refused.value.reason == "page-closed"


@pytest.mark.parametrize("kind", ["order", "restock"])
async def test_without_a_browser_news_wait_in_the_talk(shop: Shop, kind: LetterKind) -> None:
    await shop.ring(kind)


async def test_a_browser_that_left_is_forgotten(shop: Shop) -> None:
    await shop.has("phone")
    await shop.has("office")
    shop.service.answers = [(410, {}), (201, {})]
    await shop.ring()
    left = await shop.addresses(AN)
    assert len(left) == 1
    shop.service.answers = [(404, {})]
    with pytest.raises(Undeliverable, match="page-closed"):
        await shop.ring()
    assert await shop.addresses(AN) == ()


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_busy_service_is_tried_later(shop: Shop, status: int) -> None:
    await shop.has("phone")
    shop.service.answers = [(status, {"Retry-After": "9"})]
    with pytest.raises(TryLater) as wait:
        await shop.ring()
    assert (wait.value.seconds, wait.value.whole) == (9, False)
    assert len(await shop.addresses(AN)) == 1


async def test_one_browser_that_heard_it_is_enough(shop: Shop) -> None:
    await shop.has("phone")
    await shop.has("office")
    shop.service.answers = [(503, {}), (201, {})]
    await shop.ring()


async def test_a_line_that_broke_is_a_doubt(shop: Shop) -> None:
    await shop.has("phone")
    shop.service.answers = [(BREAK, {})]
    with pytest.raises(Unsure):
        await shop.ring()


async def test_what_the_service_refuses_is_said_by_its_number(shop: Shop) -> None:
    await shop.has("phone")
    shop.service.answers = [(403, {})]
    with pytest.raises(Undeliverable, match="push-403"):
        await shop.ring()
    assert len(await shop.addresses(AN)) == 1
