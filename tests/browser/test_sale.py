"""Someone buys something on a small phone: with a thumb, with a keyboard, on a poor line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.real_shop import Chat, RealShop, run_shop

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
PHONE = {"width": 360, "height": 640}


@pytest_asyncio.fixture(loop_scope="module")
async def shop(tmp_path: Path) -> AsyncIterator[RealShop]:
    async with run_shop(tmp_path / "var") as running:
        yield running


async def _open(browser: Browser, url: str) -> Chat:
    context = await browser.new_context(viewport=PHONE, has_touch=True, locale="vi-VN")
    page = await context.new_page()
    await page.goto(url)
    return Chat(page)


async def _buys(chat: Chat) -> None:
    await chat.sees("welcome")
    await chat.shot("welcome")
    await chat.press("m")
    await chat.sees("market-today")
    await chat.shot("market")
    await chat.press("cat:")
    await chat.sees("category")
    await chat.shot("category")
    await chat.press("p:")
    await chat.sees("card")
    await chat.shot("card")
    await chat.press("add:")
    await chat.sees("cart-added")
    await chat.shot("cart")
    await chat.press("co")
    await chat.sees("consent")
    await chat.shot("consent")
    await chat.press("agree:order")
    await chat.sees("ask-phone")
    for words, then in (
        ("0912345678", "ask-name"),
        ("Giàng A Páo", "ask-address"),
        ("12 Láng Hạ, Hà Nội", "ask-note"),
        ("1", "summary"),
    ):
        await chat.type(words)
        await chat.sees(then)
        await chat.shot(then)
    await chat.press("co:")
    await chat.sees("placed")
    await chat.shot("placed")


async def test_buys_with_a_thumb_and_the_seller_sends_it(browser: Browser, shop: RealShop) -> None:
    seller = await _open(browser, shop.url + shop.seller_links[2])
    await seller.sees("bind-ask-seller")
    await seller.press("bind:")
    await seller.sees("seller-home")
    buyer = await _open(browser, shop.url)
    await _buys(buyer)
    await seller.sees("order-new")
    await seller.shot("seller")
    for verb in ("confirm", "pack", "ship", "deliver"):
        if verb in ("pack", "ship"):
            await seller.press({"pack": "gx:", "ship": "gd:"}[verb])
            await seller.sees({"pack": "pack-photo", "ship": "ship-how"}[verb])
        await seller.press("so:", f":{verb}")
        await seller.sees("seller-order-moved")
        await buyer.got(f"order-told-{verb}")
    await buyer.shot("told")


async def test_the_seller_link_is_spent_by_the_button_only(
    browser: Browser, shop: RealShop
) -> None:
    first = await _open(browser, shop.url + shop.seller_links[0])
    second = await _open(browser, shop.url + shop.seller_links[0])
    await first.sees("bind-ask-seller")
    await second.sees("bind-ask-seller")
    await first.press("bind:")
    await first.sees("seller-home")
    await second.press("bind:")
    await second.sees("problem-link-spent")


async def test_buys_by_keyboard_alone(browser: Browser, shop: RealShop) -> None:
    """Tab to the text field once, then digits, words and Enter."""
    chat = await _open(browser, shop.url)
    await chat.sees("welcome")
    keys = chat.page.keyboard
    for _ in range(30):
        if await chat.page.evaluate("document.activeElement.id") == "text":
            break
        await keys.press("Tab")
    for words, then in (
        ("1", "market-today"), ("1", "category"), ("1", "card"), ("1", "cart-added"),
        ("1", "consent"), ("1", "ask-phone"), ("0912345678", "ask-name"),
        ("Giàng A Páo", "ask-address"), ("12 Láng Hạ, Hà Nội", "ask-note"),
        ("1", "summary"), ("1", "placed"),
    ):  # fmt: skip
        await keys.type(words)
        await keys.press("Enter")
        await chat.sees(then)


async def test_the_first_menu_on_a_poor_line(browser: Browser, shop: RealShop) -> None:
    """50 kbit/s and 400 ms, emulated: the first menu stands within eight seconds."""
    context = await browser.new_context(viewport=PHONE, locale="vi-VN")
    page = await context.new_page()
    line = await context.new_cdp_session(page)
    await line.send("Network.enable")
    await line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 400,
            "downloadThroughput": 50_000 / 8,
            "uploadThroughput": 50_000 / 8,
        },
    )
    await page.goto(shop.url)
    chat = Chat(page)
    await chat.sees("welcome", seconds=8)
    took = await page.evaluate("performance.now()")
    assert took <= 8_000
    await _buys(chat)


async def test_the_return_link_opens_the_same_orders_elsewhere(
    browser: Browser, shop: RealShop
) -> None:
    here = await _open(browser, shop.url)
    await _buys(here)
    await here.press("link")
    await here.sees("return-link")
    url = (await here.text()).split("http")[1].split()[0]
    there = await _open(browser, shop.url + "/r/" + url.rsplit("/", 1)[1])
    await there.sees("return-ask")
    await there.press("ret:")
    await there.got("placed")
    await there.type("đơn")
    await there.sees("orders")
    await there.press("o:")
    await there.sees("order")
    await there.press("cx:")
    await there.sees("cancel-sure")
    await there.press("cx:", ":yes")
    await there.sees("cancelled")
