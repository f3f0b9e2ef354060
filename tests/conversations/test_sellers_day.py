"""Before a live: when it is, the list two hours before, one step after the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.shop.hours import VIETNAM, local
from bot.usecases import coaching
from tests.conversations.stage import LAI_CHAU, Message, Stage

STEPS = ("tripod", "battery", "light", "goods", "film", "price", "pack")


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


def to(got: list[dict[str, Any]], person: str = LAI_CHAU) -> list[str]:
    return [m["id"] for m in got if m.get("to") == person]


@pytest.mark.parametrize(
    "said", ["tối nay 8h live", "20h tối nay tôi live", "/henlive 20h tối nay", "toi nay 8h live"]
)
async def test_the_list_comes_two_hours_before(stage: Stage, said: str) -> None:
    got = await stage.say(LAI_CHAU, said)
    assert got["id"] == "live-plan"
    assert "20:00" in got["text"]
    got = await stage.say(LAI_CHAU, "1")
    assert got["id"] == "live-planned"
    assert "18:00" in got["text"]
    assert to(await stage.play(now="2026-11-22T17:59")) == []
    assert to(await stage.play(now="2026-11-22T18:00")) == ["live-list"]
    assert to(await stage.play(now="2026-11-22T18:30")) == [], "once"


async def test_one_step_after_the_other_by_digits(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "tối nay 8h live", "1")
    await stage.play(now="2026-11-22T18:00")
    seen = [(await stage.say(LAI_CHAU, "1"))["id"] for _ in range(len(STEPS) + 1)]
    assert seen == [*(f"live-step-{s}" for s in STEPS), "live-ready"]


async def test_her_goods_stand_in_the_list_what_sold_best_first(stage: Stage) -> None:
    for person, product, amount in (("an", "sam-dat", "3kg"), ("binh", "ga-den", "1")):
        code = await stage.buy(person, product, amount, f"091234567{len(product)}")
        for verb in ("confirm", "pack"):
            await stage.tap(LAI_CHAU, f"so:{code}:{verb}")
    await stage.say(LAI_CHAU, "rau cải mèo hết")
    lines = (await stage.tap(LAI_CHAU, "ll:3"))["text"].split("\n")
    assert len(lines) == 5
    assert lines[1].startswith("Gà đen: 390.000đ/con")
    assert lines[2].startswith("Sâm đất: 40.000đ/kg")
    assert not any("Rau cải mèo" in line for line in lines), "only what is on the shelf"


async def test_if_less_than_two_hours_are_left_it_is_one_tap_away(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "10 rưỡi sáng nay chị live")
    got = await stage.say(LAI_CHAU, "1")
    assert got["id"] == "live-planned"
    assert "ll:0" in ids(got)
    assert (await stage.tap(LAI_CHAU, "ll:0"))["id"] == "live-step-tripod"
    assert to(await stage.play(now="2026-11-22T10:29")) == []


async def test_a_list_of_an_older_version_still_comes_and_can_be_stopped(stage: Stage) -> None:
    """It is a letter and no live: nobody but she was ever told of it."""
    at = int(datetime(2026, 11, 22, 20, tzinfo=VIETNAM).timestamp())
    ledger, records = stage.parts.ledger, stage.parts.records
    (account,) = await records.read(lambda b: b.accounts_of("nguoi-ban-lai-chau"))
    me = await records.person(account)
    await ledger.put(lambda b: coaching.list_before_live(b, me.acts_for, at, me, at - 40_000))
    assert (await stage.say(LAI_CHAU, "dời live sang 9h tối"))["id"] == "live-plan"
    await stage.say(LAI_CHAU, "1")
    assert to(await stage.play(now="2026-11-22T18:30")) == [], "another hour took its place"
    assert to(await stage.play(now="2026-11-22T19:00")) == ["live-list"]


async def test_only_hours_to_come_are_offered_and_the_best_are_marked(stage: Stage) -> None:
    await stage.play(now="2026-11-22T12:30")
    got = await stage.say(LAI_CHAU, "hẹn live")
    hours = [
        (local(int(c["id"][3:])).strftime("%d %H"), "🌟" in c["title"])
        for c in got["choices"]
        if c["id"].startswith("lv:")
    ]
    assert hours == [("22 20", True), ("22 21", True), ("23 10", True), ("23 20", True)]
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "live-plan"


async def test_an_hour_that_may_be_two_is_asked_back(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "hẹn live")
    got = await stage.say(LAI_CHAU, "10h")
    assert got["id"] == "live-when-which"
    assert len([c for c in ids(got) if c.startswith("lv:")]) == 2
    assert (await stage.say(LAI_CHAU, "2"))["id"] == "live-plan"


async def test_words_that_are_no_time_are_asked_again_and_stock_is_still_heard(
    stage: Stage,
) -> None:
    await stage.say(LAI_CHAU, "hẹn live")
    assert (await stage.say(LAI_CHAU, "lúc nào rảnh"))["id"] == "live-when-again"
    assert (await stage.say(LAI_CHAU, "sâm đất còn 30kg"))["id"] == "stock-set"
    assert (await stage.stock("sam-dat"))["free"] == 30_000


async def test_a_live_sentence_never_touches_stock(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "mai live ban 30 can sam dat")
    assert got["id"].startswith("live-")
    assert (await stage.stock("sam-dat"))["free"] == 600_000


async def test_bo_nhac_cancels_and_the_hour_may_be_set_anew(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "tối nay 8h live", "1")
    assert (await stage.say(LAI_CHAU, "bỏ nhắc"))["id"] == "live-no-list"
    assert to(await stage.play(now="2026-11-22T17:00")) == []
    await stage.say(LAI_CHAU, "dời live sang 9h tối")
    assert to(await stage.play(now="2026-11-22T19:00")) == ["live-list"]


async def test_words_of_refusal_without_a_live_stop_the_lists(stage: Stage) -> None:
    assert (await stage.say(LAI_CHAU, "huỷ live"))["id"] == "live-no-list"


async def test_an_hour_that_is_over_is_asked_anew(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "hẹn live")
    old = next(c for c in ids(got) if c.startswith("lv:"))
    await stage.play(now="2026-11-22T15:00")
    said = to(await stage.play(person=LAI_CHAU, tap=old))
    assert said == ["problem-live-past", "live-when"]


async def test_customers_have_no_list(stage: Stage) -> None:
    for tap in ("lv", "lv:1795352400", "lvx", "ll:0"):
        assert (await stage.tap("an", tap))["id"] == "problem-not-seller"
    assert (await stage.say("an", "bỏ nhắc"))["id"] == "reminders-stopped"
