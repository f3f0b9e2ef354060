"""The live board over HTTP: who may see it, what comes by itself, what a helper does."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.shop.board import Act, Board, BoardAsk, BoardClaim, BoardCode, Done, Pass, masked
from bot.usecases import stock
from bot.web import board_watch
from bot.web.board_page import SHOWN, read_board_pages
from bot.web.board_watch import Watches, changes
from tests.live_shop import HOST, KILOS, LIVE
from tests.web.live_web import LiveWeb, open_live_web
from tests.web.small_shop import LOCALES

KB = 1000
NOTHING = "0" * 32
LAI_CHAU = "seller:nguoi-ban-lai-chau"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[LiveWeb]:
    async with open_live_web(tmp_path / "var") as opened:
        yield opened


# the page


async def test_the_page_says_who_looks_and_is_kept_nowhere(site: LiveWeb) -> None:
    for token, role, status in (
        (site.air.view, "view", 200), (site.air.help, "help", 200), (NOTHING, "gone", 404),
    ):  # fmt: skip
        async with site.client.get(f"/b/{token}") as response:
            text = await response.text()
            assert response.status == status
            assert f'<body data-role="{role}">' in text
            assert token not in text
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert "Set-Cookie" not in response.headers


def test_only_its_own_script_and_style_may_run_and_it_is_small() -> None:
    for page in read_board_pages(LOCALES).values():
        text = page.plain.decode()
        script = re.search(r'<script type="module">(.*?)</script>', text, re.DOTALL)
        style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
        assert script
        assert style
        for part in (script[1], style[1]):
            assert b64encode(sha256(part.encode()).digest()).decode() in page.policy
        assert "unsafe" not in page.policy
        assert "{{" not in text
        assert not re.search(r"^\s*(import|export) ", script[1], re.MULTILINE)
        assert len(page.plain) <= 100 * KB
        assert len(page.squeezed) <= 15 * KB
    assert set(read_board_pages(LOCALES)) == set(SHOWN)


def test_every_word_of_the_page_is_written_and_none_is_left_over() -> None:
    words = (LOCALES / "vi" / "board.json").read_text("utf-8")
    written = set(re.findall(r'^  "([a-z_-]+)":', words, re.MULTILINE))
    folder = LOCALES.parent / "bot/web/page/board"
    source = "".join(p.read_text("utf-8") for p in folder.glob("*.*"))
    used = set(re.findall(r"\{\{w-([a-z-]+)\}\}", source))
    used |= set(re.findall(r'(?:word|reason)\("([a-z-]+)"', source))
    used |= {f"code-{x}" for x in ("on", "off")} | {f"no-{x}" for x in ("codes", "claims", "asks")}
    used |= {"sound-on", "sound-off", "role-view", "role-help", "question", "doubt"}
    made = {w for w in written if w.startswith(("why-", "state-", "live-", "wrote"))}
    assert used <= written
    assert written - used - made == set()


# what comes by itself


async def test_first_everything_comes_then_what_changes(site: LiveWeb) -> None:
    await site.comment("Mỷ", "A1 x2")
    async with site.watching(site.air.help) as page:
        first = await page.look()
        assert first["full"] is True
        assert page.left() == {"A1": (KILOS - 2) * 1000, "A2": KILOS * 1000, "A3": KILOS * 1000}
        await site.comment("Páo", "A2")
        told = await page.look()
        assert "full" not in told
        assert [(c["code"], c["left"]) for c in told["codes"]] == [("A2", (KILOS - 1) * 1000)]
        assert [(c["number"], c["name"], c["waits"]) for c in told["claims"]] == [(2, "Páo", True)]
        assert page.head["total"] == 2


async def test_a_count_of_the_shelf_is_seen_too(site: LiveWeb) -> None:
    parts = site.stage.parts
    async with site.watching(site.air.view) as page:
        await page.look()
        product, now = site.air.products["A1"], parts.now()
        await parts.ledger.put(lambda b: stock.set_stock(b, product, 7000, HOST, now, "counted"))
        await page.look()
        assert page.left()["A1"] == 7000


async def test_all_viewers_of_a_live_share_one_look(site: LiveWeb) -> None:
    """A thousand pages cost the database what one does."""
    async with site.watching(site.air.view) as one, site.watching(site.air.help) as two:
        await one.look()
        await two.look()
        async with site.watching(site.other.help) as other:
            await other.look()
            assert other.left() == {"A1": KILOS * 1000}
            await site.comment("Mỷ", "A1")
            await asyncio.gather(one.until(1), two.until(1))
            assert other.head["total"] == 0


async def test_who_only_looks_sees_no_numbers_of_phones(site: LiveWeb) -> None:
    await site.comment("Mỷ", "B7 gọi em 0912 345 678")
    async with site.watching(site.air.view) as viewer, site.watching(site.air.help) as helper:
        await viewer.look()
        await helper.look()
        seen = [next(iter(p.seen["asks"].values()))["text"] for p in (viewer, helper)]
    assert seen == ["B7 gọi em •••678", "B7 gọi em 0912 345 678"]
    assert masked("A1 2kg, 12/11, 500.000đ") == "A1 2kg, 12/11, 500.000đ"


async def test_a_customer_of_our_own_chat_is_named_to_the_helper_only(site: LiveWeb) -> None:
    stage = site.stage
    product = site.air.products["A3"]
    await stage.buy("my", product, "2 kg")
    await stage.say("my", "A2")
    assert [c.code for c in await site.claims()] == ["A2"]
    names = {}
    for token in (site.air.view, site.air.help):
        async with site.watching(token) as page:
            await page.look()
            claim = next(iter(page.seen["claims"].values()))
            names[token] = claim["name"]
            assert claim["chat"]
            assert not claim["waits"]
    assert names == {site.air.view: "", site.air.help: "Sùng Thị Mỷ"}


async def test_an_open_board_goes_dark_when_its_link_is_changed(site: LiveWeb) -> None:
    async with site.watching(site.air.view) as page:
        await page.look()
        shown = await site.stage.tap(LAI_CHAU, f"lb:{LIVE}")
        assert f"/b/{site.air.view}" in shown["text"]
        assert f"/b/{site.air.help}" in shown["text"]
        change = next(c["id"] for c in shown["choices"] if c["id"].startswith("lb:"))
        after = await site.stage.tap(LAI_CHAU, change)
        assert site.air.help not in after["text"]
        assert await page.goes_dark()
    async with site.watching(site.air.view) as page:
        assert await page.goes_dark()
    twice = await site.stage.tap(LAI_CHAU, change)
    links = re.findall(r"/b/\w+", after["text"])
    assert re.findall(r"/b/\w+", twice["text"]) == links


async def test_a_live_is_looked_at_as_long_as_somebody_looks(site: LiveWeb) -> None:
    def looking() -> int:
        return sum("Watch.run" in repr(task) for task in asyncio.all_tasks())

    async with site.watching(site.air.view) as page:
        await page.look()
        assert looking() == 1
    for _ in range(200):
        if not looking():
            return
        await asyncio.sleep(0.05)
    pytest.fail("a live nobody looks at is still looked at")


# the look itself


@dataclass
class Ill:
    """A desk whose database is away for the first few looks."""

    fails: int = 3
    looks: int = 0

    async def open(self, token: str) -> Pass | None:
        return Pass("live", "seller", "view")

    async def tick(self, live_id: str) -> tuple[object, ...]:
        self.looks += 1
        if self.looks <= self.fails:
            raise ConnectionError
        return (self.looks,)

    async def read(self, live_id: str) -> Board:
        return EMPTY

    async def do(self, opened: Pass, act: Act) -> Done:
        return Done()


EMPTY = Board("live", "on_air", "", 0, 0, 0, 0, (), (), ())


async def test_a_database_that_is_away_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board_watch, "TROUBLE_SECONDS", 0.01)
    watches = Watches(Ill(), gap=0.01)
    watch = watches.hold("live")
    with capture_logs() as logs:
        await asyncio.wait_for(watch.changed.wait(), 20)
    assert watch.board == EMPTY
    assert [one["event"] for one in logs] == ["board-not-read"] * 3
    watches.let_go("live")
    assert watches.lives == 0


def test_only_what_changed_is_told() -> None:
    code = BoardCode("A1", "Na", "65.000đ/kg", 5000, "5 kg", 0, False)
    claim = BoardClaim(
        "c-1", 1, "A1", "1 kg", "65.000đ", "Mỷ", False, "held", True, 1_795_312_800, 0
    )
    ask = BoardAsk("facebook:1", "question", "Páo", "còn không", "", 1_795_312_800)
    old = replace(EMPTY, codes=(code,), claims=(claim,), asks=(ask,), asking=1)
    assert changes(old, old) == {}
    assert changes(None, old).keys() == {"full", "head", "codes", "claims", "asks"}
    sold = replace(code, left=4000, shown="4 kg")
    new = replace(old, codes=(sold,), claims=(replace(claim, state="confirmed"),), asks=())
    told = changes(old, replace(new, asking=0))
    assert told["codes"] == [sold]
    assert [c.state for c in told["claims"]] == ["confirmed"]
    assert told["gone"] == ["facebook:1"]
    assert told["head"]["asking"] == 0
