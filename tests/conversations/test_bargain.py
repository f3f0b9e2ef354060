"""Bớt giá: price steps, else the seller names a price for one customer, and it is used once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.shop.deal import WISH_SECONDS
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage

HOUR = 3600


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


def told(messages: list[Message], person: str) -> list[str]:
    return [m["id"] for m in messages if m["to"] == person]


async def last_deal(stage: Stage) -> dict[str, Any]:
    return (await stage.parts.records.rows("deals"))[-1]


async def wished(stage: Stage, person: str = "an", what: str = "mac-khen:2000:0") -> str:
    """A wish that reached the seller; the deal's id."""
    got = await stage.tap(person, f"wish:{what}")
    assert got["id"] == "bargain-sent", got
    return str((await last_deal(stage))["id"])


async def offered(stage: Stage, person: str = "an", days: int = 1) -> str:
    """Two kilos of mắc khén for 700.000đ instead of 800.000đ."""
    deal = await wished(stage, person)
    got = await stage.tap(SON_LA, f"dp:{deal}")
    assert got["id"] == "seller-deal-price-number"
    assert (await stage.say(SON_LA, "350k/kg"))["id"] == "seller-deal-until"
    got = await stage.tap(SON_LA, f"du:{deal}:2000:700000:{days}")
    assert got["id"] == "seller-deal-sent"
    return deal


async def test_the_whole_road_to_an_order_and_back_once(stage: Stage) -> None:
    got = await stage.play(person="an", tap="wish:mac-khen:2000:650000")
    assert told(got, "an") == ["bargain-sent"]
    (letter,) = [m for m in got if m["to"] == SON_LA]
    for part in ("Mắc khén", "2 kg", "800.000đ (400.000đ/kg)", "650.000đ", "12 kg"):
        assert part in letter["text"]
    deal = str((await last_deal(stage))["id"])
    assert ids(letter)[:2] == [f"dp:{deal}", f"dn:{deal}"]

    assert (await stage.say(SON_LA, "1"))["id"] == "seller-deal-price-number"
    until = await stage.say(SON_LA, "bảy trăm nghìn")
    assert (until["id"], "350.000đ/kg" in until["text"]) == ("seller-deal-until", True)
    got = await stage.play(person=SON_LA, text="2")
    (offer,) = [m for m in got if m["to"] == "an"]
    for part in ("2 kg", "700.000đ (350.000đ/kg)", "22:00 thứ Hai 23/11"):
        assert part in offer["text"]

    got = await stage.play(person="an", text="ừ")
    assert told(got, SON_LA) == ["seller-deal-taken"]
    assert "giá riêng" in next(m["text"] for m in got if m["to"] == "an")
    await stage.say("an", "đặt hàng")
    summary = await stage.fill_form("an")
    assert "Mắc khén 2 kg = 700.000đ (giá riêng)" in summary["text"]
    got = await stage.play(person="an", text="1")
    assert told(got, "an") == ["placed"]
    assert "giá riêng" in next(m["text"] for m in got if m["to"] == SON_LA)
    (order,) = await stage.rows("orders")
    assert order["lines"][0]["vnd"] == 700_000
    assert (await stage.stock("mac-khen"))["held"] == 2_000

    assert (await stage.tap("an", f"dl:{deal}:yes"))["id"] == "problem-deal-spent"
    assert (await stage.tap("an", "cart"))["id"] == "cart-empty"
    assert len(await stage.rows("orders")) == 1


async def test_price_steps_are_said_and_the_seller_stays_near(stage: Stage) -> None:
    got = await stage.tap("an", "wish:sam-dat:0:0")
    assert got["id"] == "bargain-steps"
    assert "10 kg = 370.000đ (37.000đ/kg)" in got["text"]
    assert any(i.startswith("ws:sam-dat") for i in ids(got))
    taken = await stage.say("an", "3")
    assert (taken["id"], "370.000đ" in taken["text"]) == ("cart-added", True)
    await stage.tap("an", "wish:sam-dat:0:0")
    asked = await stage.tap("an", "ws:sam-dat")
    assert asked["id"] == "bargain-how-much-number"
    assert "wa:sam-dat:10000" in ids(asked)  # what lies in the cart
    sent = await stage.play(person="an", text="2 tạ")
    assert told(sent, LAI_CHAU) == ["seller-deal-wish"]
    assert "200 kg" in sent[-1]["text"]


async def test_a_trader_sees_what_so_much_costs_already(stage: Stage) -> None:
    got = await stage.tap("an", "wish:sam-dat:200000:0")
    assert "200 kg = 7.400.000đ (37.000đ/kg)" in got["text"]
    assert (await stage.tap("an", ids(got)[0]))["id"] == "cart-added"
    assert "7.400.000đ" in (await stage.tap("an", "cart"))["text"]


async def test_a_wish_above_the_price_is_met_at_once(stage: Stage) -> None:
    got = await stage.tap("an", "wish:mac-khen:2000:900000")
    assert got["id"] == "bargain-steps"
    assert "2 kg = 800.000đ" in got["text"]
    assert await stage.parts.records.rows("deals") == []


async def test_the_product_is_asked_then_the_amount_then_words_travel(stage: Stage) -> None:
    assert (await stage.tap("an", "wish"))["id"] == "bargain-which"
    assert (await stage.say("an", "cái gì đó"))["id"] == "bargain-which"
    assert (await stage.say("an", "mắc khén"))["id"] == "bargain-how-much-number"
    sent = await stage.play(person="an", text="cả xe")
    assert told(sent, "an") == ["bargain-sent"]
    assert "“cả xe”" in sent[-1]["text"]
    deal = str((await last_deal(stage))["id"])
    asked = await stage.tap(SON_LA, f"dp:{deal}")
    assert (asked["id"], "cả xe" in asked["text"]) == ("seller-deal-how-much-number", True)
    assert (await stage.say(SON_LA, "nhiều lắm"))["id"] == "seller-deal-how-much-number"
    assert (await stage.say(SON_LA, "10 kg"))["id"] == "seller-deal-price-number"
    assert (await stage.say(SON_LA, "3tr5"))["id"] == "seller-deal-until"
    got = await stage.play(person=SON_LA, text="1")
    assert "10 kg giá 3.500.000đ (350.000đ/kg)" in got[-1]["text"]


async def test_typed_words_reach_the_seller_word_for_word(stage: Stage) -> None:
    await stage.say("an", "mắc khén")
    assert (await stage.say("an", "bớt chút đi"))["id"] == "bargain-how-much-number"
    sent = await stage.play(person="an", text="2 cân")
    (letter,) = [m for m in sent if m["to"] == SON_LA]
    assert "“bớt chút đi”" in letter["text"]
    assert "2 kg, giá thường 800.000đ" in letter["text"]


async def test_the_last_product_is_meant_when_none_is_named(stage: Stage) -> None:
    await stage.say("an", "mắc khén")
    got = await stage.tap("an", "wish::0:0")
    assert (got["id"], "Mắc khén" in got["text"]) == ("bargain-how-much-number", True)
    assert (await stage.say("an", "0"))["id"] == "bargain-how-much-number"
    assert (await stage.say("an", "thôi"))["id"] == "card"
    assert await stage.parts.records.rows("deals") == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("100k", "seller-deal-odd"),
        ("90.000", "seller-deal-odd"),
        ("120k/kg", "seller-deal-odd"),
        ("2tr4", "seller-deal-odd"),
        ("100k/kg", "seller-deal-odd"),
        ("250k", "seller-deal-which"),  # for all of it, or a kilo?
        ("700", "seller-deal-which"),  # thousands?
        ("600-700k", "seller-deal-which"),
        ("700k", "seller-deal-until"),
        ("350k/kg", "seller-deal-until"),
        ("không biết", "seller-deal-unclear-number"),
        ("0", "seller-deal-unclear-number"),
        ("999 tỷ", "seller-deal-unclear-number"),
    ],
)
async def test_how_her_price_is_read(stage: Stage, words: str, said: str) -> None:
    deal = await wished(stage)
    await stage.tap(SON_LA, f"dp:{deal}")
    assert (await stage.say(SON_LA, words))["id"] == said
    assert (await last_deal(stage))["state"] == "wished"


async def test_an_odd_price_goes_only_after_a_second_yes(stage: Stage) -> None:
    deal = await wished(stage)
    await stage.tap(SON_LA, f"dp:{deal}")
    assert (await stage.say(SON_LA, "100k"))["id"] == "seller-deal-odd"
    assert (await stage.say(SON_LA, "ừ"))["id"] == "seller-deal-until"
    await stage.say(SON_LA, "1")
    assert (await last_deal(stage))["vnd"] == 100_000


async def test_a_sum_that_may_be_per_kilo_is_chosen_and_still_weighed(stage: Stage) -> None:
    deal = await wished(stage)
    await stage.tap(SON_LA, f"dp:{deal}")
    got = await stage.say(SON_LA, "200k")
    assert ids(got)[:2] == [f"dv:{deal}:2000:400000", f"dv:{deal}:2000:200000"]
    assert (await stage.say(SON_LA, "2"))["id"] == "seller-deal-odd"
    assert (await stage.tap(SON_LA, ids(got)[0]))["id"] == "seller-deal-until"


async def test_late_is_refused_in_one_sentence_and_the_cart_stays(stage: Stage) -> None:
    deal = await offered(stage, days=0)
    await stage.tap("an", f"dl:{deal}:yes")
    await stage.say("an", "đặt hàng")
    assert (await stage.fill_form("an"))["id"] == "summary"
    await stage.play(now="2026-11-22T22:00:01+07:00")
    late = await stage.say("an", "1")
    assert (late["id"], late["text"].count(". ")) == ("problem-deal-late", 0)
    assert "giá riêng" in (await stage.tap("an", "cart"))["text"]
    assert (await stage.tap("an", "co"))["id"] == "problem-deal-late"
    assert await stage.rows("orders") == []
    normal = await stage.tap("an", "dc:mac-khen")
    assert (normal["id"], "800.000đ" in normal["text"]) == ("cart-added", True)
    await stage.say("an", "đặt hàng", "1", "1")
    assert (await stage.rows("orders"))[0]["lines"][0]["vnd"] == 800_000


async def test_a_late_yes_to_the_letter(stage: Stage) -> None:
    deal = await offered(stage, days=0)
    letters = await stage.play(now="2026-11-22T22:00:01+07:00")
    assert told(letters, SON_LA) == ["seller-deal-passed"]
    assert (await stage.tap("an", f"dl:{deal}:yes"))["id"] == "problem-deal-late"
    assert (await stage.tap("an", f"dl:{deal}:no"))["id"] == "problem-deal-late"


async def test_two_customers_have_two_prices(stage: Stage) -> None:
    deal = await offered(stage, "an")
    got = await stage.play(person="bình", tap=f"dl:{deal}:yes")
    assert told(got, "bình") == ["problem-not-your-deal"]
    other = await offered(stage, "bình")
    assert other != deal
    await stage.tap("bình", f"dl:{other}:no")
    assert (await stage.tap("an", f"dl:{deal}:yes"))["id"] == "cart-added"
    states = {d["id"]: d["state"] for d in await stage.parts.records.rows("deals")}
    assert states == {deal: "taken", other: "declined"}


async def test_taps_in_a_row_double_nothing(stage: Stage) -> None:
    deal = await wished(stage)
    assert await wished(stage) == deal
    for _ in range(2):
        got = await stage.play(person=SON_LA, tap=f"du:{deal}:2000:700000:1")
        assert told(got, SON_LA) == ["seller-deal-sent"]
    assert told(got, "an") == []
    for _ in range(2):
        got = await stage.play(person="an", tap=f"dl:{deal}:yes")
    assert (told(got, "an"), told(got, SON_LA)) == (["cart-added"], [])
    assert got[0]["text"].count("Mắc khén") == 1


async def test_a_yes_takes_the_place_of_the_same_goods_in_the_cart(stage: Stage) -> None:
    await stage.tap("an", "q:mac-khen")
    await stage.say("an", "2 kg")
    deal = await offered(stage)
    got = await stage.tap("an", f"dl:{deal}:yes")
    assert "Tiền hàng: 700.000đ" in got["text"]
    changed = await stage.play(person="an", tap="lq:mac-khen")
    changed = await stage.play(person="an", text="3 kg")
    assert told(changed, "an") == ["deal-left-out", "cart"]
    assert "1.200.000đ" in changed[-1]["text"]
    again = await stage.tap("an", f"dl:{deal}:yes")
    assert "Tiền hàng: 700.000đ" in again["text"]
    left = await stage.tap("an", f"dl:{deal}:no")
    assert left["id"] == "deal-declined"
    assert (await stage.tap("an", "cart"))["id"] == "cart-empty"


async def test_no_less_says_the_normal_price_and_how_to_take_it(stage: Stage) -> None:
    deal = await wished(stage)
    got = await stage.play(person=SON_LA, tap=f"dn:{deal}")
    (letter,) = [m for m in got if m["to"] == "an"]
    assert (letter["id"], "800.000đ" in letter["text"]) == ("deal-refused", True)
    assert told(await stage.play(person=SON_LA, tap=f"dn:{deal}"), "an") == []
    assert (await stage.tap(SON_LA, f"dp:{deal}"))["id"] == "problem-deal-over"
    assert (await stage.say("an", "1"))["id"] == "cart-added"


async def test_her_words_go_to_the_customer(stage: Stage) -> None:
    got = await stage.play(person="an", tap="wish:mac-khen:2000:0")
    await stage.tap(SON_LA, ids(got[-1])[2])
    back = await stage.play(person=SON_LA, text="Mai chị có hàng mới, chờ chị nhé")
    assert "Mai chị có hàng mới" in next(m["text"] for m in back if m["to"] == "an")


async def test_another_seller_and_odd_buttons(stage: Stage) -> None:
    deal = await wished(stage)
    for route in (f"dp:{deal}", f"dn:{deal}", f"dv:{deal}:2000:1", f"du:{deal}:2000:700000:1"):
        assert (await stage.tap(LAI_CHAU, route))["id"] == "problem-not-your-deal"
        assert (await stage.tap("an", route))["id"] == "problem-not-seller"
    for route in (f"du:{deal}:2000:700000:9", f"dp:{deal}:x", f"dv:{deal}:2000:x"):
        assert (await stage.tap(SON_LA, route))["id"] in (
            "seller-home",
            "seller-deal-price-number",
        )
    for route in ("dl:none:yes", "dp:none"):
        got = await stage.tap("an" if route[1] == "l" else SON_LA, route)
        assert got["id"] == "problem-not-your-deal"
    assert (await stage.tap("an", "wish:sam-dat:x:0"))["id"] in ("home", "welcome")
    assert (await last_deal(stage))["state"] == "wished"


async def test_what_is_not_sold_today_is_not_bargained_about(stage: Stage) -> None:
    assert (await stage.tap("an", "wish:na-chi-lang:0:0"))["id"] == "problem-out-of-season"
    await stage.say(SON_LA, "/kho mắc khén 0")
    assert (await stage.tap("an", "wish:mac-khen:2000:0"))["id"] == "card-sold-out"


async def test_sold_out_between_the_price_and_the_yes(stage: Stage) -> None:
    deal = await offered(stage)
    await stage.say(SON_LA, "/kho mắc khén 1kg")
    got = await stage.tap("an", f"dl:{deal}:yes")
    assert (got["id"], "1 kg" in got["text"]) == ("problem-sold-out", True)
    assert (await last_deal(stage))["state"] == "offered"


async def test_two_days_of_silence_are_told_once(stage: Stage) -> None:
    deal = await wished(stage)
    assert await stage.play(now="2026-11-24T08:59:59+07:00") == []
    assert WISH_SECONDS == 48 * HOUR
    silent = await stage.play(now="2026-11-24T09:00+07:00")
    assert [(m["to"], m["id"]) for m in silent] == [("an", "deal-unanswered")]
    assert await stage.play(now="2026-11-25T09:00+07:00") == []
    assert (await stage.tap(SON_LA, f"dp:{deal}"))["id"] == "problem-deal-over"


async def test_an_erased_person_leaves_no_wish(stage: Stage) -> None:
    deal = await offered(stage)
    await stage.say("an", "xoá dữ liệu", "1")
    assert await stage.parts.records.rows("deals") == []
    assert "Mắc khén" not in str(await stage.parts.records.rows("letters"))
    assert (await stage.tap("an", f"dl:{deal}:yes"))["id"] == "problem-not-your-deal"
    assert (await stage.tap(SON_LA, f"dp:{deal}"))["id"] == "problem-not-your-deal"
