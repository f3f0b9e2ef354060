"""Bargaining in one's own words: what was said stays said, and yes and no are heard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import ids

LATE = "2026-11-22T22:00:01+07:00"


async def hears(stage: Stage, person: str, text: str, to: str) -> str:
    """What somebody else is told when this is said, empty if nothing."""
    got = await stage.play(person=person, text=text)
    return "\n".join(m["text"] for m in got if m["to"] == to)


async def last_deal(stage: Stage) -> dict[str, Any]:
    return (await stage.parts.records.rows("deals"))[-1]


async def offered(stage: Stage) -> Message:
    """Ten litres of honey for 3.800.000đ until tonight."""
    await stage.say("an", "mật ong 10 lít bớt không")
    await stage.say(LAI_CHAU, "1", "380k/lít")
    got = await stage.play(person=LAI_CHAU, text="1")
    return next(m for m in got if m["to"] == "an")


async def test_a_price_per_litre_stays_one_when_the_amount_comes_later(stage: Stage) -> None:
    assert (await stage.say("an", "mật ong 150k một lít được ko"))["id"] == (
        "bargain-how-much-number"
    )
    letter = await hears(stage, "an", "10 lít", LAI_CHAU)
    assert "1.500.000đ (150.000đ/lít)" in letter


async def test_the_amount_whose_price_she_sees_is_the_one_bargained_about(stage: Stage) -> None:
    await stage.say("an", "mật ong 10 lít giá sao")
    letter = await hears(stage, "an", "mắc quá, 160k nhé", LAI_CHAU)
    assert "10 lít" in letter
    assert "1.600.000đ (160.000đ/lít)" in letter


@pytest.mark.parametrize("words", ["ok", "để được bao lâu", "có ngon không"])
async def test_what_is_no_amount_is_not_sent_as_one(stage: Stage, words: str) -> None:
    await stage.say("an", "mật ong bớt được không")
    assert await hears(stage, "an", words, LAI_CHAU) == ""
    assert await stage.parts.records.rows("deals") == []


async def test_a_price_for_an_answer_is_kept_and_the_amount_asked_again(stage: Stage) -> None:
    await stage.say("an", "thịt trâu gác bếp bớt được không")
    assert (await stage.say("an", "800k một cân được không shop"))["id"] == (
        "bargain-how-much-number"
    )
    assert "4.000.000đ (800.000đ/kg)" in await hears(stage, "an", "5 cân", SON_LA)


async def test_the_newer_wish_takes_the_place_of_the_older(stage: Stage) -> None:
    await stage.say("an", "mật ong 10 lít bớt không")
    first = str((await last_deal(stage))["id"])
    letter = await hears(stage, "an", "mắc quá, 350k nhé", LAI_CHAU)
    assert "Thay cho lần hỏi trước" in letter
    assert "3.500.000đ (350.000đ/lít)" in letter
    assert (await stage.tap(LAI_CHAU, f"dp:{first}"))["id"] == "seller-deal-price-number"
    await stage.say(LAI_CHAU, "360k/lít", "1")
    states = [d["state"] for d in await stage.parts.records.rows("deals")]
    assert sorted(states) == ["lapsed", "offered"]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("sâm đất lấy 2 tạ 30k/kg nhé", "30.000đ/kg"),
        ("sâm đất lấy 1 tạ tính 32k/kg được không", "32.000đ/kg"),
        ("sâm đất 2kg 30k/kg được k", "30.000đ/kg"),
        ("sâm đất 1 tạ 35k được không", "35.000đ/kg"),
        ("1kg thịt lợn đen gác bếp 500k nhé", "500.000đ/kg"),
    ],
)
async def test_another_price_in_an_order_is_answered(stage: Stage, text: str, price: str) -> None:
    got = await stage.say("an", text)
    assert got["id"] == "bargain-steps"
    take, ask = got["choices"][:2]
    assert take["id"].startswith("q:")
    assert price in ask["title"]
    assert (await stage.say("an", "giỏ"))["id"] == "cart-empty"
    sent = await stage.play(person="an", tap=ask["id"])
    assert any(price in m["text"] for m in sent if m["to"].startswith("seller:"))


@pytest.mark.parametrize("text", ["cho 2 kg sâm đất 80k", "cho 10 kg sâm đất 40k/kg"])
async def test_the_usual_price_in_an_order_changes_nothing(stage: Stage, text: str) -> None:
    assert (await stage.say("an", text))["id"] == "cart-added"


async def test_more_than_there_is_goes_to_the_seller_first(stage: Stage) -> None:
    got = await stage.say("an", "gạo nếp nương lấy 2 tấn giá sao")
    assert (got["id"], "300 kg" in got["text"]) == ("bargain-steps", True)
    assert ids(got)[0] == "ws:gao-nep-nuong:2000000:0:0"
    await stage.say("an", "1")
    assert (await last_deal(stage))["amount"] == 2_000_000


async def test_a_whole_truck_goes_to_the_seller_first(stage: Stage) -> None:
    got = await stage.say("an", "lấy cả xe khoai sọ giá bao nhiêu")
    assert ids(got)[0].startswith("ws:khoai-so-nuong")
    await stage.say("an", "1")
    assert (await last_deal(stage))["said"] == "cả xe"


@pytest.mark.parametrize("text", ["2 tạ sâm đất giá sao", "sâm đất 1 tạ bán buôn giá nào"])
async def test_a_trader_is_told_the_price_of_so_much_and_may_ask(stage: Stage, text: str) -> None:
    got = await stage.say("an", text)
    assert got["id"] == "bargain-steps"
    amount = "200000" if "2 tạ" in text else "100000"
    assert [i.split(":")[:3] for i in ids(got)[:2]] == [
        ["q", "sam-dat", amount],
        ["ws", "sam-dat", amount],
    ]


@pytest.mark.parametrize("words", ["ok lấy giá đó", "ok lấy giá này", "ok"])
async def test_yes_after_an_aside_takes_the_price(stage: Stage, words: str) -> None:
    assert (await offered(stage))["id"] == "deal-offered"
    await stage.say("an", "để được bao lâu")
    got = await stage.say("an", words)
    assert (got["id"], "3.800.000đ" in got["text"]) == ("cart-added", True)


async def test_no_in_a_sentence_leaves_the_price(stage: Stage) -> None:
    await offered(stage)
    assert (await stage.say("an", "thôi đắt quá"))["id"] == "deal-declined"


@pytest.mark.parametrize(("words", "hoped"), [("đắt quá bớt nữa đi", 0), ("370k nhé", 3_700_000)])
async def test_a_counter_offer_goes_to_the_seller(stage: Stage, words: str, hoped: int) -> None:
    await offered(stage)
    assert (await stage.say("an", words))["id"] == "bargain-sent"
    deals = [d for d in await stage.parts.records.rows("deals") if d["state"] == "wished"]
    assert [(d["amount"], d["wished_vnd"]) for d in deals] == [(10_000, hoped)]


async def test_small_words_are_no_goods(stage: Stage) -> None:
    await stage.say("an", "mật ong 10 lít bớt không")
    await stage.say(LAI_CHAU, "2")
    got = await stage.play(person="an", text="ừ thế lấy 2 lít")
    assert [m["id"] for m in got] == ["cart-added"]
    assert "800.000đ" in got[0]["text"]


async def test_a_seller_types_another_price_under_two_readings(stage: Stage) -> None:
    await stage.tap("an", "wish:mac-khen:2000:0")
    assert (await stage.say(SON_LA, "1", "250k"))["id"] == "seller-deal-which"
    assert (await stage.say(SON_LA, "380k/kg"))["id"] == "seller-deal-until"


async def test_a_seller_who_answers_later_is_not_scolded(stage: Stage) -> None:
    await stage.tap("an", "wish:mac-khen:2000:0")
    assert (await stage.say(SON_LA, "1", "để chị hỏi đã"))["id"] == "seller-deal-wait"
    assert (await stage.say(SON_LA, "380k/kg"))["id"] == "seller-deal-until"


async def test_the_next_customer_who_waits_is_shown(stage: Stage) -> None:
    await stage.tap("an", "wish:mac-khen:2000:0")
    await stage.tap("bình", "wish:mac-khen:3000:0")
    first, second = [str(d["id"]) for d in await stage.parts.records.rows("deals")]
    got = await stage.tap(SON_LA, f"dn:{second}")
    assert ids(got)[0] == f"dp:{first}"
    got = await stage.tap(SON_LA, f"dn:{first}")
    assert not any(i.startswith("dp:") for i in ids(got))


async def test_a_price_that_ran_out_is_shown_as_such(stage: Stage) -> None:
    await offered(stage)
    await stage.say("an", "ok")
    assert "(giá riêng)" in (await stage.tap("an", "cart"))["text"]
    await stage.play(now=LATE)
    assert "giá riêng đã hết hạn" in (await stage.tap("an", "cart"))["text"]
