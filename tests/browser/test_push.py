"""Being called with the page closed, in a real browser.

Without the internet Chromium cannot ask its push service for an address, so something stands in
for that one call; all around it (permission, worker, what is handed over and shown) is real.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, CDPSession, Page

from tests.browser.real_shop import Chat, RealShop, run_shop
from tests.channels.web import push_service

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
PHONE = {"width": 360, "height": 640}
SUBSCRIBED = """
PushManager.prototype.subscribe = async function (options) {
  window.subscribedWith = options;
  if (window.denied) throw new DOMException("no service", "AbortError");
  return { toJSON: () => (%s) };
};
"""
LINES = """
window.lines = [];
window.EventSource = class extends EventSource {
  constructor(url) { super(url); lines.push(this); }
};
Object.defineProperty(document, "hidden", { get: () => Boolean(window.isHidden) });
window.hide = (now) => {
  window.isHidden = now;
  document.dispatchEvent(new Event("visibilitychange"));
};
"""
SHOWN = (
    "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"
    ".then((all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, data })))"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("push")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(folder: Path) -> AsyncIterator[RealShop]:
    async with run_shop(folder) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport=PHONE, has_touch=True, locale="vi-VN")
    subscription = push_service.Browser("https://fcm.googleapis.com/fcm/send/an").subscription()
    await context.add_init_script(SUBSCRIBED % json.dumps(subscription))
    yield context
    await context.close()


async def _asks_for_reminders(context: BrowserContext, shop: RealShop) -> Chat:
    """Up to the button that has the browser called."""
    page = await context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    await page.goto(shop.url)
    chat = Chat(page)
    await chat.sees("welcome")
    await chat.type("live")
    await chat.sees("lives-none")
    await chat.press("fo:")
    await chat.sees("follow-noted")
    return chat


async def test_one_tap_asks_the_browser_and_hands_its_address_over(
    context: BrowserContext, shop: RealShop
) -> None:
    await context.grant_permissions(["notifications"], origin=shop.url)
    chat = await _asks_for_reminders(context, shop)
    assert await chat.page.evaluate("navigator.serviceWorker.getRegistration()") is None
    async with chat.page.expect_response(_is_handed_over) as kept:
        await chat.press("push")
    given = await chat.page.evaluate("window.subscribedWith")
    assert given["userVisibleOnly"] is True
    assert len(given["applicationServerKey"]) == 87
    assert (await kept.value).status == 204
    await chat.sees("push-on")
    await _rings(chat.page)


def _is_handed_over(response) -> bool:  # type: ignore[no-untyped-def]
    return response.request.method == "POST" and "/chat/push" in response.url


async def _rings(page: Page) -> None:
    """What the push service brings is shown, and a second one of the same letter takes its
    place.
    """
    line = await page.context.new_cdp_session(page)
    worker = await _worker(line)
    for body in ("Còn 15 phút", "Còn 14 phút"):
        shown = {"title": "Chợ Phiên", "body": body, "tag": "t", "data": "/"}
        brought = {"origin": _origin(page), "registrationId": worker, "data": json.dumps(shown)}
        for _ in range(10):  # a busy browser may drop one that comes while its worker wakes up
            await line.send("ServiceWorker.deliverPushMessage", brought)
            await page.wait_for_timeout(300)
            if await page.evaluate(SHOWN) == [shown]:
                break
    assert await page.evaluate(SHOWN) == [shown]


async def _until(page: Page, true: str) -> None:
    """`wait_for_function` would use eval, which the page forbids."""
    async with asyncio.timeout(20):
        while not await page.evaluate(true):
            await page.wait_for_timeout(50)


async def _worker(line: CDPSession) -> str:
    """The browser's name for the page's worker."""
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def told(event: dict[str, Any]) -> None:
        for registration in event["registrations"]:
            if not found.done():
                found.set_result(registration["registrationId"])

    line.on("ServiceWorker.workerRegistrationUpdated", told)
    await line.send("ServiceWorker.enable")
    return await asyncio.wait_for(found, 10)


def _origin(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


async def test_a_hidden_page_hangs_up_only_where_it_is_called(
    context: BrowserContext, shop: RealShop
) -> None:
    """So that a phone in the pocket rings, and a tab in the background still shows what comes."""
    await context.grant_permissions(["notifications"], origin=shop.url)
    await context.add_init_script(LINES)
    chat = await _asks_for_reminders(context, shop)
    page, is_open = chat.page, "lines.at(-1).readyState === EventSource.OPEN"
    await _until(page, is_open)
    await page.evaluate("hide(true)")
    assert await page.evaluate(is_open)
    await page.evaluate("hide(false)")
    await chat.press("push")
    await chat.sees("push-on")
    await page.evaluate("hide(true)")
    assert await page.evaluate("lines.every((one) => one.readyState === EventSource.CLOSED)")
    await page.evaluate("hide(false)")
    await _until(page, is_open)


async def test_a_browser_that_may_not_gets_the_calendar_hint(
    context: BrowserContext, shop: RealShop
) -> None:
    chat = await _asks_for_reminders(context, shop)
    await chat.press("push")
    await chat.sees("push-off-later")


async def test_without_a_push_service_the_shop_hears_it_too(
    context: BrowserContext, shop: RealShop
) -> None:
    await context.grant_permissions(["notifications"], origin=shop.url)
    await context.add_init_script("window.denied = true")
    chat = await _asks_for_reminders(context, shop)
    await chat.press("push")
    await chat.sees("push-off-later")


async def test_a_browser_without_all_this_still_talks(
    context: BrowserContext, shop: RealShop
) -> None:
    """As inside other apps: no worker, no notifications."""
    await context.add_init_script("delete window.PushManager; delete window.Notification;")
    chat = await _asks_for_reminders(context, shop)
    await chat.press("push")
    await chat.sees("push-off-later")
