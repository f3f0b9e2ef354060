"""What goes wrong around a live: people who are not heard, leave or stop; hours that are odd."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.shop.live import Live, due_rung
from bot.shop.says import Letter, Say
from bot.usecases import erasing, following, lives, reminders, rights
from tests.usecases.live import HOST, LIVE, Evening
from tests.usecases.market import NOW, Market
from tests.usecases.test_reminders import EIGHT, EVENING, HOUR, NIGHT, SOON, Shop, named

AN, BE, CHI = "web:an", "web:be", "web:chi"


@pytest.fixture
async def evening(market: Market) -> Evening:
    evening = Evening(market)
    await evening.open()
    return evening


@pytest.fixture
def shop(market: Market) -> Shop:
    return Shop(market)


async def test_who_is_not_heard_any_more_is_passed_over(evening: Evening) -> None:
    first = (await evening.claim(AN, "A1", 5)).claim
    blocked = (await evening.claim(BE, "A1", 2)).claim
    after = (await evening.claim(CHI, "A1", 2)).claim
    await evening.put(lambda b: rights.block(b, BE, "x", HOST, evening.now))
    await evening.cancel(first)
    assert (await evening.one(blocked)).state == "queued"
    assert (await evening.one(after)).state == "offered"
    assert await evening.letters(BE) == []


async def test_who_is_forgotten_holds_nothing_and_waits_for_nothing(evening: Evening) -> None:
    held = (await evening.claim(AN, "A1", 4)).claim
    await evening.confirm(held)
    other = (await evening.claim(AN, "A2", 1)).claim
    waits = (await evening.claim(BE, "A1", 1)).claim
    later = (await evening.claim(BE, "A1", 4, sure=True)).claim
    await evening.put(lambda b: erasing.erase(b, AN, "r1", evening.now))
    assert {(await evening.one(c)).state for c in (held, other)} == {"cancelled"}
    assert (await evening.one(held)).person != AN
    assert (await evening.one(later)).state == "offered"
    assert (await evening.one(waits)).state in ("held", "offered")
    await evening.put(lambda b: erasing.erase(b, BE, "r2", evening.now))
    assert (await evening.market.lot_sums())["a"][2] == 0


async def test_more_parcels_serve_the_queue(market: Market) -> None:
    evening = Evening(market)
    await evening.open(parcels=1)
    await evening.claim(AN, "A1", 1)
    waits = (await evening.claim(BE, "A1", 1)).claim
    await evening.put(lambda b: lives.change(b, LIVE, HOST, evening.now, parcels=2))
    assert (await evening.one(waits)).state == "offered"


async def test_a_higher_cap_on_putting_it_on_air_again_serves_the_queue(evening: Evening) -> None:
    await evening.put(lambda b: lives.change_item(b, LIVE, "A1", HOST, evening.now, cap=1000))
    await evening.claim(AN, "A1", 1)
    waits = (await evening.claim(BE, "A1", 1)).claim
    await evening.put(lambda b: lives.put_on_air(b, LIVE, "a", HOST, evening.now, cap=3000))
    assert (await evening.one(waits)).state == "offered"


async def test_who_can_have_it_does_not_wait_behind_one_who_cannot(market: Market) -> None:
    """Two parcels at most: a third buyer waits, one of the two takes more of the same."""
    evening = Evening(market)
    await evening.open(parcels=2)
    await evening.claim(AN, "A1", 1)
    await evening.claim(BE, "A1", 1)
    assert (await evening.claim(CHI, "A1", 1)).claim.state == "queued"
    assert (await evening.claim(AN, "A1", 1, sure=True)).claim.state == "held"


async def test_on_air_is_not_told_after_the_end(shop: Shop) -> None:
    await shop.plan()
    await shop.follow("t:1")
    await shop.put(lambda b: lives.start(b, "l1", HOST, EIGHT))
    await shop.put(lambda b: reminders.tell_due(b, named, 3, EIGHT))
    await shop.put(lambda b: lives.end(b, "l1", HOST, EIGHT + 600))
    assert await shop.at(EIGHT + 660) == []


async def test_a_live_begun_the_evening_before_is_only_on_air(shop: Shop) -> None:
    await shop.plan()
    await shop.follow("t:1")
    await shop.put(lambda b: lives.start(b, "l1", HOST, EVENING + HOUR))
    assert await shop.at(EVENING + HOUR + 5) == [("t:1", "reminder-air")]
    assert await shop.at(EVENING + HOUR + 60) == []


async def test_a_live_begun_days_early_ends_like_any_other(shop: Shop) -> None:
    await shop.plan(EIGHT + 72 * HOUR)
    await shop.put(lambda b: lives.start(b, "l1", HOST, NOW))
    assert await shop.put(lambda b: lives.end_forgotten(b, NOW + 6 * HOUR)) == ("l1",)


async def test_who_stops_one_seller_is_not_told_in_the_morning(shop: Shop) -> None:
    """The live was called off at night; the word waits for seven o'clock."""
    await shop.plan()
    await shop.follow("t:1")
    await shop.at(EVENING)
    shop.now = NIGHT
    await shop.cancel()
    await shop.put(lambda b: following.unfollow(b, "t:1", "x"))
    assert await shop.at(NOW + 22 * HOUR) == []


async def test_who_may_have_heard_of_it_hears_that_it_is_off(shop: Shop) -> None:
    """The app did not say whether the reminder arrived."""
    await shop.plan()
    await shop.follow("t:1")
    await shop.put(lambda b: reminders.tell_due(b, named, 3, SOON))
    outbox = shop.market.outbox
    (due,) = await outbox.lease(SOON, 10, ["reminder"])
    held = await outbox.intend(due, SOON)
    assert held is not None
    await outbox.finish(held, "uncertain", SOON)
    shop.now = SOON + 60
    await shop.cancel()
    assert await shop.at(SOON + 60) == [("t:1", "cancelled")]


async def test_letters_that_wait_behind_do_not_keep_on_air_from_being_told(shop: Shop) -> None:
    """Three paused letters of broadcasts are nothing she got."""
    await shop.plan(EIGHT)
    await shop.follow("t:1")
    await shop.put(
        lambda b: b.post_all(
            Letter("t:1", Say("broadcast"), "broadcast", EIGHT, 0, f"bc:b{n}:t:1")
            for n in range(3)
        )
    )
    await shop.put(lambda b: [b.turn_letters(f"bc:b{n}", "todo", "paused") for n in range(3)])
    await shop.put(lambda b: lives.start(b, "l1", HOST, EIGHT))
    assert await shop.at(EIGHT + 5) == [("t:1", "reminder-air")]


def test_a_live_on_air_has_no_evening_before(market: Market) -> None:
    live = Live("l", "x", EIGHT, "on_air", "t:x", NOW, started_at=EVENING)
    found = due_rung(live, EVENING)
    assert found is not None
    assert found[0] == "air"
    assert due_rung(replace(live, told="air:0"), EVENING) is None
