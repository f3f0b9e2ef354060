"""A kind word while nobody has ordered yet: on its days, once, in polite hours, to real sellers;
and the list before a live.
"""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.shop.hours import VIETNAM, local
from bot.shop.people import Person
from bot.shop.problems import LivePast, NotAllowed, NotSeller
from bot.shop.roles import HELPER, SELLER, Grant, Right, Role
from bot.shop.says import Say
from bot.usecases import coaching, erasing, rights
from tests.conversations.stage import open_stage
from tests.source import ROOT
from tests.usecases.market import NOW, Market, seller_account

JOINED = datetime(2026, 11, 1, 15, 0, tzinfo=VIETNAM)
MAI = "t:mai"


def moment(day: int, hour: int = 8, minute: int = 0) -> int:
    """A time on the day since she joined; that day is the first."""
    here = (JOINED + timedelta(days=day - 1)).replace(hour=hour, minute=minute)
    return int(here.timestamp())


async def join(
    market: Market, person: str = MAI, seller: str = "x", role: Role = "seller"
) -> None:
    given = {"seller": SELLER, "helper": HELPER, "owner": SELLER}[role]
    at = int(JOINED.timestamp())
    grant = Grant(person, seller, role, int(given), "shop", at)
    await market.ledger.put(lambda b: rights.seat(b, grant, at))


async def job(market: Market, now: int, *sellers: str) -> None:
    await market.ledger.put(lambda b: coaching.encourage(b, sellers or ("x",), now))


async def letters(market: Market, begins: str = "coach:") -> list[dict[str, Any]]:
    rows = await market.records.rows("letters")
    return [r for r in rows if r["once_key"].startswith(begins)]


async def told(market: Market) -> list[str]:
    return [msgspec.json.decode(r["say"], type=Say).id for r in await letters(market)]


async def test_in_thirty_days_eight_letters_each_another(market: Market) -> None:
    await join(market)
    for day in range(1, 40):
        for hour in (0, 6, 8, 9, 15, 21, 23):
            await job(market, moment(day, hour))
    assert await told(market) == [f"coach-day-{d}" for d in (2, 5, 8, 12, 16, 20, 25, 30)]


async def test_the_day_is_named_and_eight_in_the_morning_is_the_hour(market: Market) -> None:
    await join(market)
    await job(market, moment(12, 7, 59))
    assert await letters(market) == []
    await job(market, moment(12))
    [row] = await letters(market)
    say = msgspec.json.decode(row["say"], type=Say)
    assert (say.id, say.fields["day"], row["kind"]) == ("coach-day-12", 12, "reminder")
    assert say.choices[-1].id == "stop"
    assert local(row["until"]).hour == 22
    assert row["to"] == MAI


async def test_a_morning_that_was_missed_is_made_up_for_that_day_only(market: Market) -> None:
    await join(market)
    await job(market, moment(5, 21, 59))
    await job(market, moment(8, 22))
    await job(market, moment(9))
    assert await told(market) == ["coach-day-5"]


async def test_the_first_order_ends_it_whatever_becomes_of_it(market: Market) -> None:
    await join(market)
    await job(market, moment(2))
    [order] = await market.place(market.checkout("an", {"a": 1}), NOW)
    await market.move(order.code, "refuse")
    for day in (5, 8, 30):
        await job(market, moment(day))
    assert await told(market) == ["coach-day-2"]


async def test_anothers_order_does_not_end_hers(market: Market) -> None:
    await join(market)
    await market.place(market.checkout("an", {"c": 1}), NOW)
    await job(market, moment(2), "x", "y")
    assert await told(market) == ["coach-day-2"]


async def test_she_stops_it_for_good(market: Market) -> None:
    await join(market)
    await job(market, moment(2))
    for _ in range(2):
        await market.ledger.put(lambda b: coaching.stop(b, MAI, moment(2, 9)))
    await job(market, moment(5))
    assert await told(market) == ["coach-day-2"]
    person = await market.records.person(MAI)
    assert [c.kind for c in person.consents] == [coaching.STOPPED]


async def test_two_accounts_are_told_each_and_one_of_two_sellers_once(market: Market) -> None:
    await join(market)
    await join(market, "t:lan")
    await join(market, MAI, "y")
    await join(market, "t:phu", role="helper")
    await job(market, moment(2), "x", "y")
    assert sorted(r["to"] for r in await letters(market)) == ["t:lan", MAI]


async def test_only_sellers_that_are_named_are_told(market: Market) -> None:
    await join(market)
    await job(market, moment(2), "y")
    assert await letters(market) == []


@pytest.mark.parametrize("sample", [True, False])
async def test_sample_sellers_get_none_and_stopping_is_a_digit(
    tmp_path: Path, sample: bool
) -> None:
    folder = tmp_path / "catalog"
    shutil.copytree(ROOT / "catalog", folder)
    sellers = folder / "sellers.yaml"
    text = sellers.read_text("utf-8")
    first = text.replace("sample: true", f"sample: {str(sample).lower()}", 1)
    sellers.write_text(first, "utf-8")
    name = "seller:nguoi-ban-lai-chau"
    async with open_stage(tmp_path / "var", catalog_dir=folder) as stage:
        got = [m for m in await stage.play(now="2026-11-23T08:00") if m.get("to") == name]
        assert [m["id"] for m in got] == ([] if sample else ["coach-day-2"])
        if sample:
            return
        assert await stage.play(now="2026-11-23T09:00") == []
        assert (await stage.say(name, "0"))["id"] == "reminders-stopped"
        assert await stage.play(now="2026-11-26T08:30") == []


# the list before a live


async def plan(market: Market, at: int, by: Person | None = None, now: int = NOW) -> bool:
    who = by or seller_account(MAI, "x")
    return await market.ledger.put(lambda b: coaching.list_before_live(b, "x", at, who, now))


async def test_one_list_for_a_seller_and_a_time(market: Market) -> None:
    evening = NOW + 11 * 3600
    for _ in range(2):
        assert await plan(market, evening)
    assert await plan(market, evening + 3600)
    rows = await letters(market, "live-list:x:")
    assert [r["after"] for r in rows] == [evening - 7200, evening - 3600]
    assert [r["until"] for r in rows] == [evening, evening + 3600]
    assert {r["kind"] for r in rows} == {"order"}


@pytest.mark.parametrize(("left", "later"), [(7199, False), (7200, False), (7201, True)])
async def test_within_two_hours_no_letter_is_written(
    market: Market, left: int, later: bool
) -> None:
    assert await plan(market, NOW + left) is later
    assert len(await letters(market, "live-list:")) == later


async def test_calling_off_leaves_what_was_sent_and_other_sellers(market: Market) -> None:
    await plan(market, NOW + 9 * 3600)
    by = seller_account("t:other", "y")
    await market.ledger.put(lambda b: coaching.list_before_live(b, "y", NOW + 9 * 3600, by, NOW))
    await market.ledger.put(lambda b: coaching.no_list(b, "x", seller_account(MAI, "x")))
    assert [r["to"] for r in await letters(market, "live-list:")] == ["t:other"]
    assert await plan(market, NOW + 9 * 3600)
    assert len(await letters(market, "live-list:")) == 2


async def test_only_who_may_and_only_in_time(market: Market) -> None:
    helper = seller_account("t:phu", "x", HELPER)
    with pytest.raises(NotAllowed):
        await plan(market, NOW + 9 * 3600, helper)
    with pytest.raises(NotSeller):
        await plan(market, NOW + 9 * 3600, seller_account("t:y", "y"))
    for at in (NOW, NOW - 1, NOW + 400 * 24 * 3600):
        with pytest.raises(LivePast):
            await plan(market, at)
    with pytest.raises(NotAllowed):
        await market.ledger.put(lambda b: coaching.no_list(b, "x", helper))
    assert Right.LIVE in SELLER


async def test_forgetting_her_forgets_her_letters_and_her_no(market: Market) -> None:
    await join(market)
    await job(market, moment(2))
    await market.ledger.put(lambda b: coaching.stop(b, MAI, moment(2)))
    await market.ledger.put(lambda b: erasing.erase(b, MAI, "R", moment(2)))
    assert await letters(market) == []
    assert (await market.records.person(MAI)).consents == ()


def test_the_best_hours_are_before_noon_and_in_the_evening() -> None:
    day = datetime(2026, 11, 22, tzinfo=VIETNAM)
    best = [h for h in range(24) if coaching.is_best(int(replace_hour(day, h).timestamp()))]
    assert best == [10, 11, 20, 21]


def replace_hour(day: datetime, hour: int) -> datetime:
    return day.replace(hour=hour)
