"""The page read aloud: one picture, four choices with digits, sound that plays by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.real_shop import Chat, RealShop, run_shop
from tests.conversations.stage import open_stage
from tests.conversations.test_by_ear import record_everything

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
SMALL = {"width": 320, "height": 568}


@pytest_asyncio.fixture(loop_scope="module")
async def shop(tmp_path: Path) -> AsyncIterator[RealShop]:
    """With every piece recorded."""
    async with open_stage(tmp_path / "var") as stage:
        await record_everything(stage)
    async with run_shop(tmp_path / "var") as running:
        yield running


async def looked_at(page: Page) -> None:
    """What stands on the screen now is small enough and large enough."""
    now = page.locator("article.shop").last
    assert await now.locator("img").count() <= 1
    choices = now.locator(".choice:not(a)")
    assert await choices.count() <= 5
    for n in range(await choices.count()):
        box = await choices.nth(n).bounding_box()
        assert box is not None
        assert box["height"] >= 48
        assert await choices.nth(n).locator(".key").count() == 1
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= SMALL["width"]


async def aloud(chat: Chat, digit: str, then: str, before: str) -> None:
    """The screen with its sound: joined too late on a busy machine it is text, and comes again."""
    for _ in range(5):
        await chat.type(digit)
        await chat.sees(then)
        if await chat.newest.locator(".aloud").count():
            return
        await chat.type("0")
        await chat.sees(before)
    pytest.fail(f"never heard: {then}")


async def test_buys_by_ear(browser: Browser, shop: RealShop) -> None:
    context = await browser.new_context(viewport=SMALL, has_touch=True, locale="vi-VN")
    page = await context.new_page()
    heard: list[str] = []
    page.on("request", lambda r: heard.append(r.url) if r.resource_type == "media" else None)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    await page.goto(shop.url)
    chat = Chat(page)
    await chat.sees("welcome")
    await chat.press("lang")
    await chat.sees("language-ask")
    await chat.press("lang:vi:voice")
    await chat.sees("home")
    await looked_at(page)
    for digit, then, before in (
        ("1", "market-today", "home"),
        ("2", "category", "market-today"),
        ("1", "card", "category"),
    ):  # fmt: skip
        await aloud(chat, digit, then, before)
        await expect(chat.newest.locator(".aloud")).to_have_class("clip aloud playing")
        await looked_at(page)
    assert heard
    await chat.newest.locator(".aloud").click()
    await expect(page.locator(".aloud.playing")).to_have_count(0)
    await chat.press("add:")
    await chat.sees("cart-added")
    await chat.press("co")
    await chat.sees("consent")
    for digit, then in (
        ("1", "ask-phone"), ("0912345678", "ask-name"), ("1", "ask-address"),
        ("1", "ask-province"), ("1", "ask-note"), ("1", "summary"), ("1", "placed"),
    ):  # fmt: skip
        await chat.type(digit)
        await chat.sees(then)
        await looked_at(page)
    await context.close()


async def test_a_phone_that_plays_no_ogg_asks_for_aac(browser: Browser, shop: RealShop) -> None:
    context = await browser.new_context(viewport=SMALL, has_touch=True, locale="vi-VN")
    page = await context.new_page()
    await page.add_init_script("HTMLMediaElement.prototype.canPlayType = () => ''")
    await page.goto(shop.url)
    chat = Chat(page)
    await chat.sees("welcome")
    await chat.press("lang")
    await chat.sees("language-ask")
    async with page.expect_request(lambda r: r.url.endswith(".aac")) as asked:
        await chat.press("lang:vi:voice")
    response = await (await asked.value).response()
    assert response is not None
    assert response.status in (200, 206)
    assert response.headers["content-type"] == "audio/aac"
    await context.close()
