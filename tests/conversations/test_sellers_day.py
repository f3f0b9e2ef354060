"""Before a live: when it is, the list two hours before, one step after the other."""

from __future__ import annotations

from typing import Any

import pytest

from bot.shop.hours import local
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
    assert got["id"] == "live-set"
    assert "20:00" in got["text"]
    assert "18:00" in got["text"]
    assert to(await stage.play(now="2026-11-22T17:59")) == []
    assert to(await stage.play(now="2026-11-22T18:00")) == ["live-list"]
    assert to(await stage.play(now="2026-11-22T18:30")) == [], "once"


async def test_one_step_after_the_other_by_digits(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "tối nay 8h live")
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


async def test_if_less_than_two_hours_are_left_it_comes_at_once(stage: Stage) -> None:
    got = await stage.play(person=LAI_CHAU, text="10 rưỡi sáng nay chị live")
    assert to(got) == ["live-soon", "live-step-tripod"]
    assert to(await stage.play(now="2026-11-22T10:29")) == []


async def test_only_hours_to_come_are_offered_and_the_best_are_marked(stage: Stage) -> None:
    await stage.play(now="2026-11-22T12:30")
    got = await stage.say(LAI_CHAU, "hẹn live")
    hours = [
        (local(int(c["id"][3:])).strftime("%d %H"), "🌟" in c["title"])
        for c in got["choices"]
        if c["id"].startswith("lv:")
    ]
    assert hours == [("22 20", True), ("22 21", True), ("23 10", True), ("23 20", True)]
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "live-set"


async def test_noon_is_offered_unmarked(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "hẹn live")
    assert [("🌟" in c["title"]) for c in got["choices"][:3]] == [True, False, True]


async def test_an_hour_that_may_be_two_is_asked_back(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "hẹn live")
    got = await stage.say(LAI_CHAU, "10h")
    assert got["id"] == "live-when-which"
    assert len([c for c in ids(got) if c.startswith("lv:")]) == 2
    assert (await stage.say(LAI_CHAU, "2"))["id"] == "live-set"


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
    await stage.say(LAI_CHAU, "tối nay 8h live")
    assert (await stage.say(LAI_CHAU, "bỏ nhắc"))["id"] == "live-no-list"
    assert to(await stage.play(now="2026-11-22T17:00")) == []
    await stage.say(LAI_CHAU, "tối nay 8h live")
    assert to(await stage.play(now="2026-11-22T18:00")) == ["live-list"]


async def test_another_hour_takes_the_place_of_the_first(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "tối nay 8h live")
    assert (await stage.say(LAI_CHAU, "dời live sang 9h tối"))["id"] == "live-set"
    assert to(await stage.play(now="2026-11-22T18:30")) == []
    assert to(await stage.play(now="2026-11-22T19:00")) == ["live-list"]


@pytest.mark.parametrize("said", ["tối nay không live nữa", "nghỉ live hôm nay", "huy live"])
async def test_words_of_refusal_call_it_off(stage: Stage, said: str) -> None:
    await stage.say(LAI_CHAU, "tối nay 8h live")
    assert (await stage.say(LAI_CHAU, said))["id"] == "live-no-list"
    assert to(await stage.play(now="2026-11-22T18:00")) == []


async def test_cancelled_lists_do_not_come(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "tối nay 8h live")
    await stage.say(LAI_CHAU, "bỏ nhắc")
    assert to(await stage.play(now="2026-11-22T19:00")) == []


async def test_the_same_tap_twice_is_one_letter(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "hẹn live")
    evening = next(c for c in ids(got) if c.startswith("lv:") and local(int(c[3:])).hour == 20)
    for _ in range(2):
        assert (await stage.tap(LAI_CHAU, evening))["id"] == "live-set"
    assert to(await stage.play(now="2026-11-22T18:05")) == ["live-list"]


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
