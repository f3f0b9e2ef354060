"""Being called with the page closed: offered where it helps, switched on once, and it rings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from bot.commands.addresses import seller_link
from bot.commands.plug_web import web_channel
from bot.shop.live import Live
from bot.shop.people import Person
from bot.shop.push import push_address, services_of
from bot.shop.roles import SELLER, Grant
from bot.talk.heard import Heard
from bot.usecases import lives, pushing
from bot.words.spoken import Spoken
from tests.channels.web.push_service import Browser, PushService, claims_of, open_service
from tests.conversations.stage import Stage, open_stage

AN = "web:an"
SHOP = "nguoi-ban-lai-chau"
MY = Person("web:my", seller=SHOP, grants=(Grant("web:my", SHOP, "seller", int(SELLER), "s", 1),))
LOCAL = services_of("127.0.0.1")
NUMBERS = count(1)


@dataclass
class Web:
    """People with the chat page, and the push service of their browsers."""

    stage: Stage
    service: PushService

    async def hear(self, text: str = "", tap: str = "", person: str = AN) -> list[Spoken]:
        parts, kind = self.stage.parts, "tap" if tap else "text"
        event = f"e{next(NUMBERS)}"
        heard = Heard("web", person, event, kind, tap or text, at=parts.now())  # type: ignore[arg-type]
        return list((await parts.desk.hear(heard)).messages)

    async def plan(self, hours: int) -> Live:
        now = self.stage.parts.now()
        plan = lives.Plan("k7m2p9q4xz", SHOP, now + hours * 3600)
        return await self.stage.parts.ledger.put(lambda b: lives.plan(b, plan, MY, now))

    async def subscribe(self, person: str = AN) -> Browser:
        """What the page does between the tap and its `push:on`."""
        browser, parts = self.service.browser(), self.stage.parts
        keys = browser.subscription()["keys"]
        found = push_address(
            person, "khach", browser.url, keys["p256dh"], keys["auth"], LOCAL, parts.now()
        )
        assert found is not None
        await parts.ledger.put(lambda b: pushing.remember(b, found))
        return browser

    async def speak(self, minutes: int) -> None:
        """So much later: what is due is written and spoken, through the web channel alone."""
        parts = self.stage.parts
        self.stage.rehearsal._clock.move(parts.now() + minutes * 60)
        await parts.live_clock.step()
        async with AsyncExitStack() as stack:
            await parts.make_worker({"web": web_channel(parts, stack)}).step()

    async def ends(self) -> list[tuple[str, str]]:
        rows = await self.stage.parts.records.rows("letters")
        return [(r["state"], r["why"]) for r in rows if r["to"] == AN]


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[Web]:
    settings = {"push_services": "127.0.0.1", "public_url": "https://cho.example.vn"}
    async with open_service() as service, open_stage(tmp_path, **settings) as stage:
        yield Web(stage, service)


def ids(spoken: Spoken) -> list[str]:
    return [c.id for c in spoken.choices]


async def test_who_asks_for_a_reminder_on_the_page_is_offered_to_be_called(web: Web) -> None:
    await web.plan(24)
    [noted] = await web.hear(tap="fo::k7m2p9q4xz")
    assert "push" in ids(noted)
    await web.subscribe()
    [on] = await web.hear(tap="push:on")
    assert on.id == "push-on"
    [again] = await web.hear(tap=f"fo:{SHOP}")
    assert "push" not in ids(again), "a browser of hers is called already"


async def test_where_the_app_calls_by_itself_nothing_is_offered(web: Web) -> None:
    await web.plan(24)
    told = await web.stage.tap("an", "fo::k7m2p9q4xz")
    assert "push" not in [c["id"] for c in told["choices"]]


async def test_a_typed_digit_is_asked_for_the_tap_a_browser_wants(web: Web) -> None:
    [asked] = await web.hear(tap="push")
    assert (asked.id, ids(asked)) == ("push-ask", ["push", "back"])


@pytest.mark.parametrize("outcome", ["no", "none", "odd"])
async def test_a_browser_that_cannot_gets_the_calendar(web: Web, outcome: str) -> None:
    await web.plan(24)
    [later] = await web.hear(tap=f"push:{outcome}")
    assert later.id == "push-off-later", "she follows nobody yet"
    await web.hear(tap=f"fo:{SHOP}")
    [off] = await web.hear(tap=f"push:{outcome}")
    assert off.id == "push-off"
    assert off.choices[0].url == "https://cho.example.vn/live/k7m2p9q4xz.ics"


async def test_a_seller_is_offered_it_when_she_signs_in(web: Web) -> None:
    token = (await seller_link(web.stage.parts, SHOP)).rpartition("/")[2]
    [asked] = await web.hear(text=f"/start s-{token}", person="web:my")
    home = (await web.hear(tap=asked.choices[0].id, person="web:my"))[-1]
    assert home.id == "seller-home"
    assert "push" in ids(home)
    await web.subscribe("web:my")
    [door] = await web.hear(tap="home", person="web:my")
    assert door.id == "seller-home"
    assert "push" not in ids(door)


async def test_a_reminder_rings_a_closed_page(web: Web) -> None:
    await web.plan(1)
    await web.hear(tap="fo::k7m2p9q4xz")
    browser = await web.subscribe()
    await web.speak(minutes=46)
    [got] = web.service.got
    shown = browser.reads(got)
    assert shown["title"] == "Chợ Phiên"
    assert shown["body"].startswith("[QC] 🔔")
    assert shown["data"] == "/"
    assert claims_of(got)[0]["sub"] == "https://cho.example.vn"
    assert 0 < int(got.headers["TTL"]) <= 15 * 60
    assert await web.ends() == [("sent", "")]


async def test_a_page_closed_for_good_is_named_to_the_seller(web: Web) -> None:
    await web.plan(1)
    await web.hear(tap="fo::k7m2p9q4xz")
    await web.subscribe()
    web.service.answers = [(410, {})]
    await web.speak(minutes=46)
    assert await web.ends() == [("blocked", "page-closed")]
    read = web.stage.parts.records.read
    assert await read(lambda b: b.push_addresses_of(AN)) == ()
    live = await read(lambda b: b.not_reached("live:k7m2p9q4xz"))
    assert live == ((AN, "page-closed"),)
