"""A live that stands: moved, called off, its card and its rules, and who may touch it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.shop.roles import Right
from tests.conversations.stage import LAI_CHAU, Stage
from tests.conversations.test_roles import helper
from tests.conversations.test_seller_lives import SAID, SELLER, all_lives, ids, pick, plan

# moved, called off


async def test_moved_by_words_and_the_list_moves_with_it(stage: Stage) -> None:
    await plan(stage)
    got = await stage.say(LAI_CHAU, "dời live sang 21h")
    assert got["id"] == "live-move-done"
    assert "21:00" in got["text"]
    (live,) = await all_lives(stage)
    assert live.moved == 1
    to_her = [m["id"] for m in await stage.play(now="2026-11-22T18:30") if m["to"] == LAI_CHAU]
    assert to_her == []
    to_her = [m["id"] for m in await stage.play(now="2026-11-22T19:00") if m["to"] == LAI_CHAU]
    assert to_her == ["live-list"]


async def test_who_follows_it_is_told_once_and_a_yes_comes_first(stage: Stage) -> None:
    live = await plan(stage)
    await stage.tap("an", f"fo:{SELLER}:{live.id}")
    got = await stage.say(LAI_CHAU, "dời live sang 21h")
    assert got["id"] == "live-move-sure"
    assert (await all_lives(stage))[0].moved == 0
    yes = pick(got, "lvm:")
    told: list[str] = []
    for _ in range(2):
        told += [m["id"] for m in await stage.play(person=LAI_CHAU, tap=yes) if m["to"] == "an"]
    assert told == ["live-moved"]
    assert (await all_lives(stage))[0].moved == 1


@pytest.mark.parametrize("said", ["tối nay không live nữa", "nghỉ live hôm nay", "huy live"])
async def test_called_off_after_a_yes(stage: Stage, said: str) -> None:
    await plan(stage)
    got = await stage.say(LAI_CHAU, said)
    assert got["id"] == "live-cancel-sure"
    assert (await all_lives(stage))[0].state == "planned"
    yes = pick(got, "lvx:")
    assert (await stage.tap(LAI_CHAU, yes))["id"] == "live-off"
    assert (await stage.tap(LAI_CHAU, yes))["id"] == "live-off"
    assert (await all_lives(stage))[0].state == "cancelled"
    assert await _to_her(stage, "2026-11-22T18:30") == [], "and its list does not come"


async def test_bo_nhac_stops_the_list_and_keeps_the_live(stage: Stage) -> None:
    await plan(stage)
    assert (await stage.say(LAI_CHAU, "bỏ nhắc"))["id"] == "live-no-list"
    assert (await all_lives(stage))[0].state == "planned"
    assert await _to_her(stage, "2026-11-22T18:30") == []


async def _to_her(stage: Stage, now: str) -> list[str]:
    return [m["id"] for m in await stage.play(now=now) if m.get("to") == LAI_CHAU]


async def test_two_lives_are_asked_which(stage: Stage) -> None:
    await plan(stage)
    await plan(stage, "mai 20h live bán gà đen")
    got = await stage.say(LAI_CHAU, "huỷ live")
    assert got["id"] == "live-cancel-which"
    got = await stage.say(LAI_CHAU, "2")
    assert got["id"] == "live-cancel-sure"
    await stage.say(LAI_CHAU, "1")
    assert [x.state for x in await all_lives(stage)] == ["planned", "cancelled"]


# the list and the card


async def test_the_card_shows_codes_and_what_can_be_done(stage: Stage) -> None:
    live = await plan(stage)
    got = await stage.say(LAI_CHAU, "lịch live")
    assert got["id"] == "seller-lives"
    got = await stage.say(LAI_CHAU, "1")
    assert got["id"] == "live-card-planned"
    assert "A1 Sâm đất: còn 600 kg" in got["text"]
    of = live.id
    assert {f"lson:{of}", f"li:{of}", f"lvm:{of}", f"lvx:{of}", f"lw:{of}"} <= set(ids(got))


async def test_rules_of_a_live(stage: Stage) -> None:
    live = await plan(stage)
    await stage.tap(LAI_CHAU, f"ls:{live.id}:hold")
    await stage.tap(LAI_CHAU, f"ls:{live.id}:hold:15")
    await stage.tap(LAI_CHAU, f"ls:{live.id}:parcels")
    await stage.say(LAI_CHAU, "25 đơn")
    await stage.tap(LAI_CHAU, f"ls:{live.id}:link")
    got = await stage.say(LAI_CHAU, "chưa có")
    assert got["id"] == "live-link-ask", "no link: asked once more"
    got = await stage.play(person=LAI_CHAU, text="https://www.facebook.com/chi/live")
    after = (await all_lives(stage))[0]
    assert (after.hold_seconds, after.parcels) == (900, 25)
    assert (after.link, after.buys) == ("https://www.facebook.com/chi/live", "chat")
    await stage.tap(LAI_CHAU, f"ls:{live.id}:link")
    got = await stage.play(person=LAI_CHAU, text="https://vt.tiktok.com/abc")
    assert [m["id"] for m in got] == ["live-link-switches", "live-rules-set"]
    assert (await all_lives(stage))[0].buys == "platform"
    got = await stage.play(person=LAI_CHAU, tap=f"ls:{live.id}:buys:chat")
    assert [m["id"] for m in got] == ["live-platform-forbids", "live-rules-set"]


@pytest.mark.parametrize("tap", ["hold:7", "buys:elsewhere", "colour:red", "hold:x"])
async def test_foreign_buttons_change_nothing(stage: Stage, tap: str) -> None:
    live = await plan(stage)
    got = await stage.play(person=LAI_CHAU, tap=f"ls:{live.id}:{tap}")
    assert got[0]["id"] == "old-menu"
    assert (await all_lives(stage))[0] == live


async def test_who_is_told_when(stage: Stage) -> None:
    live = await plan(stage, "mai 20h live bán sâm đất")
    assert (await stage.tap(LAI_CHAU, f"lw:{live.id}"))["id"] == "live-told-nobody"
    await stage.tap("an", f"fo:{SELLER}")
    got = await stage.tap(LAI_CHAU, f"lw:{live.id}")
    assert got["id"] == "live-told"
    assert "19:45" in got["text"]


OTHERS: tuple[dict[str, Any], ...] = (
    {"tap": "lson"}, {"tap": "lv"}, {"tap": "lvok:abc:yes"}, {"tap": "lvx"}, {"tap": "lvm"},
)  # fmt: skip


@pytest.mark.parametrize("line", OTHERS)
async def test_customers_have_no_such_buttons(stage: Stage, line: dict[str, Any]) -> None:
    got = await stage.play(person="an", **line)
    assert got[-1]["id"] == "problem-not-seller"


async def test_nobody_moves_the_live_of_another_seller(stage: Stage) -> None:
    live = await plan(stage)
    other = "seller:nguoi-ban-son-la"
    of = live.id
    for tap in (f"lson:{of}", f"lvx:{of}:yes", f"li:{of}", f"ls:{of}", f"lsend:{of}", f"dan:{of}"):
        got = await stage.tap(other, tap)
        assert got["id"] in ("problem-no-such-live", "problem-not-your-order"), tap
    assert (await all_lives(stage))[0] == live


async def test_a_helper_answers_claims_and_plans_nothing(stage: Stage) -> None:
    live = await plan(stage)
    await stage.say("an", "A1 2kg")
    (claim,) = await stage.parts.records.read(lambda b: b.claims_in(live.id))
    await helper(stage, "sua", Right.STOCK | Right.ORDERS)
    for tap in ("lv", f"lson:{live.id}", f"lvx:{live.id}:yes", f"ls:{live.id}"):
        assert (await stage.tap("sua", tap))["id"] == "problem-not-allowed", tap
    assert (await stage.tap("sua", f"lc:{claim.id}:yes"))["id"] == "live-claim-confirmed-bare"
    assert (await all_lives(stage))[0].state == "planned"


async def test_a_customer_who_says_the_same_plans_nothing(stage: Stage) -> None:
    assert (await stage.say("binh", SAID))["id"] != "live-plan"
    assert await all_lives(stage) == ()
