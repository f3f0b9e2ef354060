"""The page itself: kept over a reload, patient with a bad line, and open to everyone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.real_shop import Chat, RealShop, run_shop

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
PHONE = {"width": 360, "height": 640}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RealShop]:
    async with run_shop(tmp_path_factory.mktemp("page")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=PHONE, has_touch=True, locale="vi-VN")
    page = await context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    yield page
    await context.close()


async def _opened(page: Page, shop: RealShop) -> Chat:
    await page.goto(shop.url)
    chat = Chat(page)
    await chat.sees("welcome")
    return chat


async def test_axe_finds_nothing(page: Page, shop: RealShop) -> None:
    """At the start, on a card, in a form and at the summary, by WCAG 2.2 AA."""
    chat = await _opened(page, shop)
    await _axe(page)
    await chat.type("sâm đất")
    await chat.sees("card")
    await _axe(page)
    await chat.press("add:")
    await chat.sees("cart-added")
    await chat.press("co")
    await chat.sees("consent")
    await _axe(page)


async def _axe(page: Page) -> None:
    await page.evaluate("Promise.all(document.getAnimations().map(a => a.finished)).then(() => 0)")
    await page.evaluate(AXE)
    found: dict[str, Any] = await page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    nodes = [
        (v["id"], n["html"], n["failureSummary"]) for v in found["violations"] for n in v["nodes"]
    ]
    assert nodes == []
    assert found["passes"]


async def test_the_talk_is_still_there_after_a_reload(page: Page, shop: RealShop) -> None:
    chat = await _opened(page, shop)
    await chat.type("sâm đất")
    await chat.sees("card")
    await page.reload()
    await chat.sees("card")
    assert await page.locator('#log article[data-id="welcome"]').count() == 1


async def test_what_is_typed_without_a_line_goes_out_later_once(
    page: Page, shop: RealShop
) -> None:
    chat = await _opened(page, shop)
    await page.context.set_offline(True)
    await chat.type("sâm đất")
    await expect(page.locator("#log article.mine .state")).to_be_visible()
    await page.context.set_offline(False)
    await chat.sees("card", seconds=30)
    await expect(page.locator("#log article.mine .state")).to_have_count(0)
    assert await page.locator('#log article[data-id="card"]').count() == 1


async def test_a_shop_that_restarts_is_found_again(page: Page, tmp_path: Path) -> None:
    """Stopped in mid talk and started again on the same data: the cart is still there."""
    folder = tmp_path / "var"
    async with run_shop(folder) as first:
        chat = await _opened(page, first)
        await chat.type("sâm đất")
        await chat.sees("card")
        await chat.press("add:")
        await chat.sees("cart-added")
        port = first.url.rsplit(":", 1)[1]
    async with run_shop(folder, port=port):
        await chat.type("giỏ")
        await chat.sees("cart", seconds=30)


async def test_a_double_tap_is_one_message(page: Page, shop: RealShop) -> None:
    chat = await _opened(page, shop)
    await chat.type("sâm đất")
    await chat.sees("card")
    await page.locator('.menu.now .choice[data-id^="add:"]').first.dblclick()
    await chat.sees("cart-added")
    assert await page.locator('#log article[data-id="cart-added"]').count() == 1
    await chat.type("giỏ")
    await chat.sees("cart")
    assert "3 kg = 120.000đ" in await chat.text()


@pytest.mark.parametrize("width", [320, 360, 768])
async def test_nothing_hangs_over_the_edge(page: Page, shop: RealShop, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 640})
    chat = await _opened(page, shop)
    await chat.type("thịt lợn đen gác bếp")
    await chat.sees("card")
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(over) == 0
    small = """() => [...document.querySelectorAll('.menu.now .choice, #send, .tool')]
        .filter(e => e.offsetParent).map(e => e.getBoundingClientRect())
        .filter(r => r.width < 48 || r.height < 48).length"""
    assert await page.evaluate(small) == 0


async def test_the_answer_to_a_tap_comes_into_view(page: Page, shop: RealShop) -> None:
    chat = await _opened(page, shop)
    for choice, then in (("m", "market-today"), ("cat:", "category"), ("p:", "card")):
        await chat.press(choice)
        await chat.sees(then)
    await chat.press("add:")
    await chat.sees("cart-added")
    await expect(page.locator('.menu.now .choice[data-id="back"]')).to_be_in_viewport()
