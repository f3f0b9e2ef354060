"""Claims in the chat: by words, several at once, in part, in the queue."""

from __future__ import annotations

import pytest

from bot.usecases import lives
from tests.conversations.lives_customer import (
    MEAT,
    OTHER,
    ROOT,
    TEA,
    choice,
    claims,
    do,
    item,
    on_air,
    planned,
    titles,
)
from tests.conversations.stage import LAI_CHAU, Stage


async def states(stage: Stage) -> list[tuple[str, int, str]]:
    """(code, base units, state) by number."""
    return [(c.code, c.amount, c.state) for c in await claims(stage)]


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("A1", 1000),
        ("chốt A1 x2", 2000),
        ("lấy a1 2kg", 2000),
        ("Chị ơi a1 nửa cân nha", 500),
        ("chot a1 2kg 0912345678", 2000),
    ],
)
async def test_words_claim_and_say_number_price_and_until_when(
    stage: Stage, words: str, amount: int
) -> None:
    await on_air(stage)
    got = await stage.say("an", words)
    assert got["id"] == "claim-held", got
    assert got["text"].startswith("Số 001 · 09:00:00 · A1 Thịt lợn đen gác bếp")
    assert got["text"].endswith("Em giữ cho anh/chị đến 09:30.")
    assert [c["id"].partition(":")[0] for c in got["choices"]] == ["cy", "ce", "cc", "back"]
    assert await states(stage) == [("A1", amount, "held")]
    assert (await stage.stock(MEAT))["held"] == amount


@pytest.mark.parametrize("words", ["1", "đúng", "dung", "ok", "đúng rồi em", "Đúng"])
async def test_yes_in_any_words_is_yes(stage: Stage, words: str) -> None:
    await on_air(stage)
    await stage.say("an", "A1")
    assert (await stage.say("an", words))["id"] == "claim-confirmed"


async def test_a_phone_beside_the_claim_is_not_asked_for_again(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1 2kg 0912 345 678", "1", "1")
    asked = await stage.tap("an", "agree:order")
    assert asked["id"] == "ask-name"


async def test_without_a_live_a_code_says_so(stage: Stage) -> None:
    assert (await stage.say("an", "A1"))["id"] == "code-no-live"


async def test_several_codes_are_each_claimed_and_all_right_at_once(stage: Stage) -> None:
    await on_air(stage, MEAT, ROOT, TEA)
    got = await stage.say("an", "A1 x2, A2 5kg, a3")
    assert got["id"] == "claims-noted"
    assert await states(stage) == [
        ("A1", 2000, "held"), ("A2", 5000, "held"), ("A3", 1000, "held"),
    ]  # fmt: skip
    done = await stage.say("an", "đúng")
    assert done["id"] == "claims-mine"
    assert {s for *_, s in await states(stage)} == {"confirmed"}
    cart = await stage.say("an", "giỏ")
    assert cart["text"].count("chốt live") == 3


async def test_what_one_code_refuses_leaves_the_others(stage: Stage) -> None:
    await on_air(stage)
    await item(stage, "A1", per_buyer=1000)
    got = await stage.play(person="an", text="A1 x3, A2 2kg")
    assert [m["id"] for m in got] == ["problem-too-much-for-one", "claims-noted"]
    assert await states(stage) == [("A2", 2000, "held")]


async def test_an_unknown_code_brings_those_on_air(stage: Stage) -> None:
    await on_air(stage)
    got = await stage.say("an", "chốt B7")
    assert got["id"] == "problem-no-such-code"
    assert "A1, A2" in got["text"]


async def test_doubt_is_asked_and_never_booked(stage: Stage) -> None:
    await on_air(stage)
    got = await stage.say("an", "chốt A2 nhiều nhiều")
    assert got["id"] == "claim-unsure"
    assert await claims(stage) == []
    held = await stage.say("an", "2")
    assert held["id"] == "claim-held"
    assert await states(stage) == [("A2", 2000, "held")]


async def test_a_question_about_a_code_shows_what_is_left(stage: Stage) -> None:
    await on_air(stage)
    got = await stage.say("an", "A2 còn không em")
    assert got["id"] == "show-air"
    assert await claims(stage) == []


async def test_an_amount_that_is_not_sold_is_asked(stage: Stage) -> None:
    await on_air(stage)
    got = await stage.say("an", "A1 10g")
    assert got["id"] in ("claim-amount", "claim-unsure")
    assert await claims(stage) == []
    assert (await stage.say("an", "1"))["id"] == "claim-held"


async def test_the_last_live_seen_comes_first_and_two_on_air_are_asked(stage: Stage) -> None:
    await on_air(stage, MEAT)
    await on_air(stage, "mac-khen", id_="live000002", seller=OTHER)
    got = await stage.say("an", "A1 2kg")
    assert got["id"] == "claim-which-live"
    assert await claims(stage) == []
    held = await stage.say("an", "2")
    assert held["id"] == "claim-held"
    assert "Mắc khén 2 kg" in held["text"]
    again = await stage.tap("an", choice(got, "cw:live000002"))  # a double tap
    assert again["id"] == "claim-held"
    assert len(await claims(stage, "live000002")) == 1
    await stage.tap("be", "live:live000001")
    assert "Thịt lợn" in (await stage.say("be", "A1"))["text"]


async def test_a_live_to_come_takes_claims_from_who_looked_or_on_its_day(stage: Stage) -> None:
    await planned(stage, in_=30 * 3600)
    assert (await stage.say("an", "A1"))["id"] == "code-no-live"
    await stage.tap("an", "live:live000001")
    assert (await stage.say("an", "A1"))["id"] == "claim-held"


async def test_a_seller_who_types_a_code_claims_nothing(stage: Stage) -> None:
    await on_air(stage)
    await stage.say(LAI_CHAU, "A1")
    assert await claims(stage) == []


async def test_an_address_with_a_code_in_it_stays_an_address(stage: Stage) -> None:
    await on_air(stage)
    await stage.tap(
        "an", f"add:{TEA}:" + choice(await stage.tap("an", f"p:{TEA}"), "add:").split(":")[2]
    )
    await stage.say("an", "đặt hàng")
    await stage.tap("an", "agree:order")
    await stage.say("an", "0912345678", "Sùng Thị Mỷ")
    assert (await stage.say("an", "A1, ngõ 12 Láng Hạ, Hà Nội"))["id"] == "ask-note"
    assert await claims(stage) == []


async def test_a_part_is_asked_alone_or_with_a_place_for_the_rest(stage: Stage) -> None:
    await on_air(stage)
    await item(stage, "A1", cap=3000)
    await stage.say("be", "A1 x2")
    asked = await stage.say("an", "A1 x3")
    assert asked["id"] == "claim-asked"
    assert "chỉ còn 1 kg" in asked["text"]
    both = await stage.say("an", "2")
    assert both["id"] == "claim-confirmed"
    assert "đứng thứ 1 trong hàng chờ" in both["text"]
    await stage.tap("an", choice(asked, "cpt:"))  # another answer comes too late
    assert sorted(await states(stage)) == [
        ("A1", 1000, "confirmed"), ("A1", 2000, "held"), ("A1", 2000, "queued"),
    ]  # fmt: skip


async def test_the_queue_says_the_place_and_her_turn_is_taken_by_one_digit(stage: Stage) -> None:
    await on_air(stage)
    await item(stage, "A1", cap=1000)
    await stage.say("be", "A1")
    waits = await stage.say("an", "A1")
    assert waits["id"] == "claim-queued"
    assert "đứng thứ 1" in waits["text"]
    assert "đứng thứ 2" in (await stage.say("chi", "A1"))["text"]
    told = await stage.play(person="be", text="thôi")
    assert [(m["to"], m["id"]) for m in told] == [
        ("be", "claim-cancelled"), ("an", "claim-your-turn"),
    ]  # fmt: skip
    assert (await stage.say("an", "1"))["id"] == "claim-confirmed"
    over = await stage.say("chi", "mã đã chốt")
    assert "đứng thứ 1" in over["text"]


async def test_who_passes_leaves_her_turn_to_the_next(stage: Stage) -> None:
    await on_air(stage)
    await item(stage, "A1", cap=1000)
    for name in ("be", "an", "chi"):
        await stage.say(name, "A1")
    await stage.say("be", "thôi")
    told = await stage.play(person="an", text="2")
    assert [(m["to"], m["id"]) for m in told] == [
        ("an", "claim-passed"), ("chi", "claim-your-turn"),
    ]  # fmt: skip


async def test_a_late_yes_is_refused_kindly_and_can_be_claimed_again(stage: Stage) -> None:
    await on_air(stage)
    held = await stage.say("an", "A1")
    soon = await stage.play(now="2026-11-22T09:21+07:00")
    assert [m["id"] for m in soon] == ["claim-ends-soon"]
    over = await stage.play(now="2026-11-22T09:31+07:00")
    assert [m["id"] for m in over] == ["claim-expired"]
    late = await stage.tap("an", choice(held, "cy:"))
    assert late["id"] == "problem-claim-over"
    assert "cl" in titles(late)
    assert (await stage.say("an", "A1"))["id"] == "claim-held"


async def test_after_the_end_a_late_word_is_taken_for_two_hours(stage: Stage) -> None:
    live = await on_air(stage)
    await stage.tap("an", "live:live000001")
    await do(stage, lives.end, live)
    assert (await stage.say("an", "A1"))["id"] == "claim-held"
    await stage.play(now="2026-11-22T12:00+07:00")
    assert (await stage.say("an", "A2"))["id"] == "problem-live-over"
