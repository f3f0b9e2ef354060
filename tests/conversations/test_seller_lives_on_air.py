"""A live runs: on air, codes by words, pasted comments, an order for a guest, over."""

from __future__ import annotations

import pytest

from bot.shop.claim import Claim
from bot.shop.live import Live, LiveItem
from tests.conversations.stage import LAI_CHAU, Stage
from tests.conversations.test_seller_lives import all_lives, ids, plan


async def on_air(stage: Stage) -> Live:
    live = await plan(stage)
    await stage.play(now="2026-11-22T20:00")
    assert (await stage.say(LAI_CHAU, "bắt đầu live"))["id"] == "live-on-air"
    return live


async def claims(stage: Stage, live: Live) -> tuple[Claim, ...]:
    return await stage.parts.records.read(lambda b: b.claims_in(live.id))


async def items(stage: Stage, live: Live) -> dict[str, LiveItem]:
    found = await stage.parts.records.read(lambda b: b.items_of(live.id))
    return {x.code: x for x in found}


async def test_on_air_by_words_once_and_over_once(stage: Stage) -> None:
    live = await on_air(stage)
    await stage.say(LAI_CHAU, "em lên sóng rồi")
    (running,) = await all_lives(stage)
    assert running.state == "on_air"
    await stage.play(now="2026-11-22T21:00")
    got = await stage.play(person=LAI_CHAU, text="xong live")
    assert [m["id"] for m in got if m["to"] == LAI_CHAU][:2] == ["live-ended", "live-summary-none"]
    (over,) = await all_lives(stage)
    assert over.state == "over"
    again = await stage.play(person=LAI_CHAU, tap=f"lsend:{live.id}")
    assert again[-1]["id"] == "live-after-clear"
    assert (await all_lives(stage))[0] == over


async def test_a_live_nobody_planned_begins_at_once(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "bắt đầu live")
    assert got["id"] == "live-start-none"
    got = await stage.say(LAI_CHAU, "1")
    assert got["id"] == "live-plan-now"
    await stage.say(LAI_CHAU, "sâm đất")
    await stage.say(LAI_CHAU, "đúng")
    (live,) = await all_lives(stage)
    assert live.state == "on_air"
    assert set(await items(stage, live)) == {"A1"}


async def test_one_for_tomorrow_does_not_begin_by_a_slip(stage: Stage) -> None:
    await plan(stage, "mai 20h live bán sâm đất")
    assert (await stage.say(LAI_CHAU, "bắt đầu live"))["id"] == "live-start-which"
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "live-start-early"
    assert (await all_lives(stage))[0].state == "planned"
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "live-on-air"


async def test_codes_by_words_each_with_its_undo(stage: Stage) -> None:
    live = await on_air(stage)
    assert (await stage.say(LAI_CHAU, "A1 tối đa 30kg"))["id"] == "live-cap-set"
    assert (await items(stage, live))["A1"].cap == 30_000
    await stage.say(LAI_CHAU, "hoàn tác")
    assert (await items(stage, live))["A1"].cap == 0
    assert (await stage.say(LAI_CHAU, "A2 hết"))["id"] == "live-code-is-off"
    assert (await items(stage, live))["A2"].off
    await stage.say(LAI_CHAU, "1")
    assert not (await items(stage, live))["A2"].off
    assert (await stage.say(LAI_CHAU, "mỗi người 5kg A1"))["id"] == "live-limit-set"
    assert (await items(stage, live))["A1"].per_buyer == 5_000
    assert (await stage.say(LAI_CHAU, "thêm mã rau cải mèo"))["id"] == "live-code-added"
    assert set(await items(stage, live)) == {"A1", "A2", "A3"}


async def test_a_cap_by_buttons_and_a_number(stage: Stage) -> None:
    live = await on_air(stage)
    got = await stage.tap(LAI_CHAU, f"lic:{live.id}:A1")
    assert got["id"] == "live-cap-number"
    assert (await stage.say(LAI_CHAU, "5"))["id"] == "live-cap-set"
    assert (await items(stage, live))["A1"].cap == 5_000
    await stage.tap(LAI_CHAU, f"lic:{live.id}:A1")
    got = await stage.say(LAI_CHAU, "9000")
    assert got["id"] == "problem-cap-too-high"
    assert (await items(stage, live))["A1"].cap == 5_000


@pytest.mark.parametrize("said", ["A9 hết", "A9 tối đa 3kg"])
async def test_a_code_that_is_not_on_air(stage: Stage, said: str) -> None:
    await on_air(stage)
    got = await stage.say(LAI_CHAU, said)
    assert got["id"] == "problem-no-such-code"
    assert "A1" in got["text"]


async def test_stock_is_still_heard_in_a_live(stage: Stage) -> None:
    await on_air(stage)
    assert (await stage.say(LAI_CHAU, "sâm đất còn 30kg"))["id"] == "stock-set"
    assert (await stage.stock("sam-dat"))["free"] == 30_000


async def test_done_before_its_hour_asks_whether_it_is_over_or_off(stage: Stage) -> None:
    live = await plan(stage)
    await stage.say("an", "A1 2kg")
    got = await stage.say(LAI_CHAU, "xong live")
    assert got["id"] == "live-end-early"
    await stage.say(LAI_CHAU, "1")
    assert (await all_lives(stage))[0].state == "over"
    assert (await claims(stage, live))[0].holds, "what was claimed is kept"


# claims


async def test_who_claimed_and_a_yes_for_her(stage: Stage) -> None:
    live = await on_air(stage)
    await stage.say("an", "A1 2kg")
    got = await stage.say(LAI_CHAU, "ai đã chốt")
    assert got["id"] == "live-claims"
    assert "001 · A1 Sâm đất 2 kg, 80.000đ: giữ đến 20:30" in got["text"]
    (claim,) = await claims(stage, live)
    for _ in range(2):
        got = await stage.tap(LAI_CHAU, f"lc:{claim.id}:yes")
        assert got["id"] == "live-claim-confirmed-bare"
    assert (await claims(stage, live))[0].state == "confirmed"


async def test_taken_back_after_a_yes_and_the_claimant_is_told_once(stage: Stage) -> None:
    live = await on_air(stage)
    await stage.say("an", "A1 2kg")
    (claim,) = await claims(stage, live)
    assert (await stage.tap(LAI_CHAU, f"lc:{claim.id}:no"))["id"] == "live-claim-no-sure"
    assert (await claims(stage, live))[0].holds
    told: list[str] = []
    for _ in range(2):
        got = await stage.play(person=LAI_CHAU, tap=f"lc:{claim.id}:no:yes")
        told += [m["id"] for m in got if m["to"] == "an"]
    assert told == ["claim-called-off"]
    assert (await claims(stage, live))[0].state == "cancelled"


async def test_a_claim_of_another_seller_is_none(stage: Stage) -> None:
    live = await on_air(stage)
    await stage.say("an", "A1 2kg")
    (claim,) = await claims(stage, live)
    for tap in (f"lc:{claim.id}", f"lc:{claim.id}:yes", f"lo:{claim.id}", f"dan:{live.id}"):
        got = await stage.tap("seller:nguoi-ban-son-la", tap)
        assert got["id"] in ("problem-no-such-claim", "problem-no-such-live"), tap
    assert (await claims(stage, live))[0] == claim


async def test_parcels_are_full_and_the_next_buyer_queues(stage: Stage) -> None:
    live = await on_air(stage)
    await stage.tap(LAI_CHAU, f"ls:{live.id}:parcels")
    await stage.say(LAI_CHAU, "1")
    await stage.say("an", "A1 2kg")
    await stage.say("binh", "A1 2kg")
    assert [c.state for c in await claims(stage, live)] == ["held", "queued"]


async def test_a_claim_typed_with_a_phone_is_a_guests_and_no_cap(stage: Stage) -> None:
    live = await on_air(stage)
    assert (await stage.say(LAI_CHAU, "A1 2kg 0912345678"))["id"] == "live-pasted"
    (claim,) = await claims(stage, live)
    assert (claim.is_guests, claim.amount) == (True, 2_000)
    assert (await items(stage, live))["A1"].cap == 0


async def test_a_code_with_an_amount_alone_changes_nothing(stage: Stage) -> None:
    live = await on_air(stage)
    got = await stage.say(LAI_CHAU, "A1 30kg")
    assert got["id"] == "live-code"
    assert f"lic:{live.id}:A1" in ids(got)
    assert (await items(stage, live))["A1"].cap == 0
