"""What sending costs, how one pays, whether a live is planned: from the rates, and no more."""

from __future__ import annotations

import pytest

from tests.conversations.asker import Asker, ids, starting
from tests.conversations.stage import Stage


@pytest.fixture
def lan(stage: Stage) -> Asker:
    return Asker(stage)


@pytest.mark.parametrize(
    ("question", "place", "fee"),
    [
        ("ship HN bao nhiêu", "Hà Nội", "33.000đ"),
        ("gửi vào sg mấy ngày", "Hồ Chí Minh", "49.000đ"),
        ("ship đà nẵng", "Đà Nẵng", "45.000đ"),
        ("sâm đất lai châu ship danang ko", "Đà Nẵng", "45.000đ"),
    ],
)
async def test_shipping_the_smallest_parcel(
    lan: Asker, question: str, place: str, fee: str
) -> None:
    """1 kg weighs 1.080 g packed: the first half kilo, two more, and the fee for collecting."""
    text = lan.text(await lan.asks(question, "ans:shipping:sam-dat"))
    assert "1 kg" in text
    assert place in text
    assert fee in text


async def test_a_products_name_is_no_place_to_send_to(lan: Asker) -> None:
    say = await lan.asks("na lạng sơn ship ra hà nội bao nhiêu", "ans:shipping:na-chi-lang")
    assert "Hà Nội" in lan.text(say)
    say = await lan.asks("na lạng sơn ship bao nhiêu", "ans:shipping:na-chi-lang")
    assert say.id == "answer-ship-where"


async def test_shipping_the_amount_that_was_said(lan: Asker) -> None:
    say = await lan.asks("ship 3kg ra hn bao nhiêu", "ans:shipping:sam-dat")
    assert "3 kg" in lan.text(say)
    assert "45.000đ" in lan.text(say)  # 3.240 g: 22.000 + 6 × 3.000, and 5.000 for collecting
    say = await lan.asks("ship 5kg ra hn bao nhiêu", "ans:shipping:sam-dat")
    assert [x.id for x in say.lines] == ["answer-fee-coach"]


async def test_shipping_the_cart_has_a_line_for_each_seller(lan: Asker) -> None:
    await lan.taps("add:sam-dat:3kg:x")
    await lan.taps("add:mac-khen:100g:x")
    say = await lan.asks("ship hà nội bao nhiêu", "ans:shipping")
    assert [x.id for x in say.lines] == ["answer-fee-post", "answer-fee-post"]
    assert ids(say)[0] == "co"
    named = await lan.asks("bạch trà ship hà nội", "ans:shipping:bach-tra")
    assert named.id == "answer-ship"
    anywhere = await lan.asks("ship bao nhiêu", "ans:shipping")
    assert [x.id for x in anywhere.lines] == ["answer-fee-home", "answer-fee-range"] * 2


async def test_without_a_province_the_range_then_a_choice(stage: Stage) -> None:
    got = await stage.tap("an", "ans:shipping:sam-dat")
    assert "Trong tỉnh Lai Châu: 33.000đ" in got["text"]
    assert "33.000đ–49.000đ, 1–7 ngày" in got["text"]
    pages = await stage.tap("an", "shs:0:sam-dat")
    assert pages["id"] == "ask-province"
    assert "Hà Nội" in (await stage.say("an", "1"))["text"]
    await stage.tap("an", "shs:4:sam-dat")
    assert (await stage.say("an", "đâu đó"))["id"] == "province-unclear"
    assert "Cà Mau" in (await stage.say("an", "ca mau"))["text"]


async def test_an_ambiguous_place_is_asked(lan: Asker) -> None:
    say = await lan.asks("ship dn bao nhiêu", "ans:shipping:sam-dat")
    assert say.id == "answer-ship-which"
    assert ids(say)[:2] == ["shp:48:sam-dat", "shp:75:sam-dat"]
    assert "Đà Nẵng" in lan.text(await lan.taps("shp:48:sam-dat"))


async def test_goods_no_method_carries_wait_for_the_sellers_fee(lan: Asker) -> None:
    say = await lan.asks("trứng ship vào sài gòn bao nhiêu", "ans:shipping:trung-ga-den")
    assert [x.id for x in say.lines] == ["answer-fee-open"]
    assert ids(say)[0].startswith("hand:trung-ga-den:")
    anywhere = await lan.taps("ans:shipping:trung-ga-den")
    assert "Hồ Chí Minh" in lan.text(anywhere)  # the question still names the place
    del lan.session.form["question"]
    anywhere = await lan.taps("ans:shipping:trung-ga-den")
    assert [x.id for x in anywhere.lines] == ["answer-fee-same", "answer-fee-some-open"]


async def test_payment_says_only_what_is_possible_today(lan: Asker) -> None:
    say = await lan.asks("chuyển khoản được không", "ans:payment")
    assert say.id == "answer-payment"
    assert "COD" in lan.text(say)


async def test_whether_money_arrived_only_the_orders_seller_knows(stage: Stage) -> None:
    await stage.buy("an", "mac-khen", "100g")
    an = Asker(stage, "rehearse:an")
    say = await an.asks("tiền đã tới chưa em", "ans:payment:sam-dat")
    assert say.id == "answer-money-unknown"
    assert ids(say)[0].startswith("hto:nguoi-ban-son-la:")
    stranger = Asker(stage, "rehearse:xa")
    say = await stranger.asks("e ck rồi nhé", "ans:payment")
    assert (await stranger.taps(ids(say)[0])).id == "talk-which"


async def test_no_live_is_promised(lan: Asker) -> None:
    say = await lan.asks("mấy giờ live", "ans:live")
    assert say.id == "answer-live-none"
    assert not any(c.isdigit() for c in lan.text(say))
    chosen = await lan.taps(starting(say, "hto:").id)
    assert chosen.id == "talk-which"
    assert (await lan.taps(ids(chosen)[0])).id == "question-sent"
