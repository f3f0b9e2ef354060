"""The live board on a small phone while claims storm in."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, Page, expect

from bot.shop.claim import OPEN_CLAIMS, Claim
from bot.stores.sql.engine import make_engine
from bot.stores.sql.records import SqlRecords
from tests.browser.real_shop import RealShop, run_shop
from tests.live_shop import KILOS, LIVE, OnAir, begin_in

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
PHONE = {"width": 360, "height": 740}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
STORM, A_POST = 200, 20


@dataclass
class Stand:
    """A shop with a live on air, and what a browser complained about."""

    shop: RealShop
    air: OnAir
    folder: Path
    complaints: list[str] = field(default_factory=list)

    async def comments(self, *said: tuple[str, str]) -> list[dict[str, Any]]:
        """As a reader outside posts them."""
        url = f"{self.shop.url}/live/{LIVE}/comments"
        bearer = {"Authorization": f"Bearer {self.air.help}"}
        many = [
            {"platform": "facebook", "author": author, "text": text, "id": f"{author} {text}"}
            for author, text in said
        ]
        async with ClientSession(headers=bearer) as client, client.post(url, json=many) as answer:
            assert answer.status == 200, await answer.text()
            found: list[dict[str, Any]] = (await answer.json())["answers"]
            return found

    async def claims(self) -> tuple[Claim, ...]:
        """As the database has them."""
        engine = make_engine(f"sqlite:///{self.folder / 'shop.db'}", writer=False)
        try:
            return await SqlRecords(engine).read(lambda b: b.claims_in(LIVE))
        finally:
            engine.dispose()

    async def left(self) -> dict[str, int]:
        """Grams by code, as the database has them."""
        engine = make_engine(f"sqlite:///{self.folder / 'shop.db'}", writer=False)
        rows = await SqlRecords(engine).rows("lots")
        engine.dispose()
        gone = ("held", "sold", "spoiled", "returned")
        return {
            code: sum(
                r["brought"] + r["counted"] - sum(r[g] for g in gone)
                for r in rows
                if r["product"] == product
            )
            for code, product in self.air.products.items()
        }

    async def open(self, browser: Browser, token: str) -> Page:
        context = await browser.new_context(viewport=PHONE, has_touch=True, locale="vi-VN")
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None,
        )
        await page.goto(f"{self.shop.url}/b/{token}")
        await expect(page.locator("#board")).to_be_visible()
        return page


@pytest_asyncio.fixture(loop_scope="module")
async def stand(tmp_path: Path) -> AsyncIterator[Stand]:
    folder = tmp_path / "var"
    air = await begin_in(folder)
    async with run_shop(folder) as shop:
        yield Stand(shop, air, folder)


async def _axe(page: Page) -> None:
    await page.evaluate(AXE)
    found: dict[str, Any] = await page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    nodes = [
        (v["id"], n["html"], n["failureSummary"]) for v in found["violations"] for n in v["nodes"]
    ]
    assert nodes == []


async def _fits(page: Page) -> None:
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await page.evaluate(over) == 0
    small = """() => [...document.querySelectorAll('button, summary')]
        .filter(e => e.offsetParent).map(e => e.getBoundingClientRect())
        .filter(r => r.width < 48 || r.height < 48).length"""
    assert await page.evaluate(small) == 0


async def _shot(page: Page, name: str, *, whole: bool = False) -> None:
    if folder := os.environ.get("PICTURES"):
        await page.screenshot(path=Path(folder) / f"board-{name}.png", full_page=whole)


def _of_storm(n: int) -> tuple[str, str]:
    return f"Khách {n:03d}", ("A1", "chốt A2 x2", "lấy a3 1kg ạ")[n % 3]


async def test_the_digits_are_the_databases_after_a_storm(browser: Browser, stand: Stand) -> None:
    """Two pages, two hundred claims; more is wanted of A2 than there is."""
    helper, viewer = [await stand.open(browser, t) for t in (stand.air.help, stand.air.view)]
    await helper.locator("#sound").click()
    await expect(helper.locator("#sound")).to_have_attribute("aria-pressed", "true")
    storm = [_of_storm(n) for n in range(STORM)]
    posts = [storm[i : i + A_POST] for i in range(0, STORM, A_POST)]
    await asyncio.gather(*(stand.comments(*post) for post in posts))
    await stand.comments(("Mỷ", "A2 còn không shop?"), ("Páo", "A9 nhé"), ("Hoa", "đẹp quá"))
    claims, left = await stand.claims(), await stand.left()
    assert len({c.number for c in claims}) == STORM
    waits = [c for c in claims if c.state == "queued"]
    assert KILOS * 1000 - left["A2"] == sum(c.amount for c in claims if c.code == "A2" and c.holds)
    for page in (helper, viewer):
        await expect(page.locator("#total")).to_have_text(str(STORM), timeout=15_000)
        await expect(page.locator("#queue")).to_have_text(str(len(waits)))
        await expect(page.locator("#asks > li")).to_have_count(2)
        for code, grams in left.items():
            digits = page.locator(f'.digits[data-code="{code}"]')
            await expect(digits).to_have_attribute("data-left", str(grams))
            assert float((await digits.inner_text()).replace(",", ".")) == grams / 1000
        newest = page.locator("#claims > li").first
        await expect(newest).to_have_attribute("data-number", str(STORM))
        await _fits(page)
        await _axe(page)
    await _shot(helper, "helper")
    await _shot(helper, "helper-whole", whole=True)
    await _shot(viewer, "viewer")
    assert await viewer.locator("#board button").count() == 0
    assert stand.complaints == []


async def test_a_helper_says_yes_and_takes_back(browser: Browser, stand: Stand) -> None:
    page = await stand.open(browser, stand.air.help)
    await page.locator("#author").fill("Mỷ")
    await page.locator("#text").fill("A1 x2")
    await page.locator("#text").press("Enter")
    claim = page.locator('#claims > li[data-number="1"]')
    await expect(claim).to_be_visible()
    await claim.locator("button.yes").dblclick()
    await expect(claim).to_have_class("claim confirmed")
    await claim.locator("button.no").click()
    await expect(claim).to_have_class("claim confirmed")
    await claim.locator("button.no").click()
    await expect(claim).to_have_class("claim cancelled")
    assert [c.state for c in await stand.claims()] == ["cancelled"]
    assert await stand.left() == dict.fromkeys(("A1", "A2", "A3"), KILOS * 1000)
    assert stand.complaints == []


async def test_what_is_unclear_is_said_in_other_words(browser: Browser, stand: Stand) -> None:
    page = await stand.open(browser, stand.air.help)
    await stand.comments(("Páo", "A9 nhé"))
    ask = page.locator("#asks > li")
    await expect(ask).to_have_count(1)
    await ask.locator("input").fill("A2 x3")
    await ask.locator("button:not([type])").click()
    await expect(page.locator('#claims > li[data-number="1"] .amount')).to_have_text("3 kg")
    await expect(ask).to_have_count(0)
    assert [(c.name, c.code, c.amount) for c in await stand.claims()] == [("Páo", "A2", 3000)]


async def test_a_block_is_pasted_and_a_code_is_ended(browser: Browser, stand: Stand) -> None:
    page = await stand.open(browser, stand.air.help)
    await page.locator("summary").click()
    await page.locator("#block").fill("Mỷ: A1 x2\nPáo: chốt A2\nHoa: còn A3 không\nMai: hay quá")
    await page.locator("#paste button").click()
    await expect(page.locator("#said")).to_contain_text("2 chốt, 1 hỏi")
    await expect(page.locator("#claims > li")).to_have_count(2)
    await page.locator('#codes > li:has-text("A1") button').click()
    await expect(page.locator("#codes > li.off")).to_have_count(1)
    answers = await stand.comments(("Dở", "A1"))
    assert [(a["kind"], a["why"]) for a in answers] == [("doubt", "unknown-code")]
    assert sum(c.state in OPEN_CLAIMS for c in await stand.claims()) == 2


async def test_a_line_that_was_cut_is_said_and_caught_up(browser: Browser, stand: Stand) -> None:
    page = await stand.open(browser, stand.air.view)
    await expect(page.locator("#lost")).to_be_hidden()
    await page.context.set_offline(True)
    await expect(page.locator("#lost")).to_be_visible()
    await stand.comments(("Mỷ", "A1"))
    await page.context.set_offline(False)
    await expect(page.locator("#total")).to_have_text("1", timeout=20_000)
    await expect(page.locator("#lost")).to_be_hidden()


async def test_a_link_that_opens_nothing_says_so(browser: Browser, stand: Stand) -> None:
    context = await browser.new_context(viewport=PHONE)
    page = await context.new_page()
    response = await page.goto(f"{stand.shop.url}/b/{'0' * 32}")
    assert response is not None
    assert response.status == 404
    await expect(page.locator("#opening")).to_contain_text("link mới")
    await _axe(page)
