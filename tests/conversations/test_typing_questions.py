"""Questions in one's own words: short names, several goods, goods the shop has not, a person."""

from __future__ import annotations

import pytest

from tests.conversations.stage import Stage
from tests.conversations.typed import asked, cart, ids, to_summary


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ("trứng bao nhiêu một chục", "Trứng gà đen giá 6.000đ/quả"),
        ("chè giá sao", "Chè shan tuyết giá"),
        ("mùa đào tháng mấy", "Đào Mộc Châu hết mùa"),
    ],
)
async def test_a_short_name_is_enough_in_a_question(stage: Stage, said: str, about: str) -> None:
    assert (await stage.say("an", said))["text"].startswith(about)


async def test_a_short_name_of_several_goods_asks_which_of_those(stage: Stage) -> None:
    got = await stage.say("an", "bao giờ có mận")
    assert got["id"] == "answer-which"
    assert ids(got)[:2] == ["ans:season:man-com", "ans:season:man-hau"]


@pytest.mark.parametrize("yes", ["lấy cả", "ok lấy", "1"])
async def test_a_price_question_about_two_goods_puts_nothing_into_the_cart(
    stage: Stage, yes: str
) -> None:
    got = await stage.say("an", "nửa cân thịt lợn gác bếp với 2 chục trứng hết bao nhiêu")
    assert got["id"] == "answer-several"
    assert "395.000đ" in got["text"]
    assert await cart(stage) == {}
    await stage.say("an", "nửa cân thịt lợn gác bếp với 2 chục trứng hết bao nhiêu", yes)
    assert await cart(stage) == {"Thịt lợn đen gác bếp": "500 g", "Trứng gà đen": "20 quả"}


async def test_what_was_offered_together_is_taken_only_once(stage: Stage) -> None:
    got = await stage.say("an", "2kg sâm đất với 3kg măng khô hết bao nhiêu")
    await stage.tap("an", ids(got)[0])
    await stage.tap("an", ids(got)[0])
    assert await cart(stage) == {"Sâm đất": "2 kg", "Măng khô": "3 kg"}


@pytest.mark.parametrize("said", ["giá sâm đất và măng khô", "còn sâm đất và măng khô không"])
async def test_every_one_of_several_goods_is_answered(stage: Stage, said: str) -> None:
    got = await stage.say("an", said)
    assert "Sâm đất: 40.000đ/kg" in got["text"]
    assert "Măng khô: 280.000đ/kg" in got["text"]


@pytest.mark.parametrize("yes", ["ok lấy", "ok em lấy", "lấy đi", "lấy nhé"])
@pytest.mark.parametrize("question", ["2kg sâm đất bao nhiêu tiền", "còn 2kg sâm đất không"])
async def test_the_amount_a_price_was_asked_for_is_taken(
    stage: Stage, question: str, yes: str
) -> None:
    await stage.say("an", question, yes)
    assert await cart(stage) == {"Sâm đất": "2 kg"}


async def test_without_an_amount_how_much_is_asked(stage: Stage) -> None:
    assert (await stage.say("an", "sâm đất bao nhiêu", "lấy nhé"))["id"] == "how-much-number"


@pytest.mark.parametrize("no", ["thôi không lấy", "đừng lấy", "chưa lấy", "lấy không?"])
async def test_a_refusal_takes_nothing(stage: Stage, no: str) -> None:
    await stage.say("an", "2kg sâm đất bao nhiêu tiền", no)
    assert await cart(stage) == {}


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("khác nhau thế nào", ["answer-about", "answer-about", "order-which"]),
        ("giá mỗi loại sao", ["answer-several", "order-which"]),
        ("loại rẻ hơn", ["answer-several", "order-which"]),
    ],
)
async def test_a_question_beside_which_is_about_what_is_offered(
    stage: Stage, said: str, answer: list[str]
) -> None:
    await stage.say("an", "lấy 1kg thịt gác bếp")
    assert await asked(stage, "an", said) == answer


@pytest.mark.parametrize("place", ["Đà Nẵng", "Nghệ An"])
async def test_shipping_is_answered_for_the_province_that_was_said(
    stage: Stage, place: str
) -> None:
    got = await stage.say("an", f"ship {place} bao nhiêu")
    assert got["id"] == "answer-ship-general"
    assert place in got["text"]
    [product] = [i for i in ids(got) if i.endswith(":mac-khen")]
    assert place in (await stage.tap("an", product))["text"]


async def test_shipping_without_a_province_leads_to_one(stage: Stage) -> None:
    got = await stage.say("an", "ship về bản được không")
    assert got["id"] == "answer-ship-general-where"
    chosen = await stage.say("an", "1", "1")
    assert chosen["id"] == "answer-ship-general"


@pytest.mark.parametrize("said", ["phí ship Lai Châu", "mùa đào tháng mấy", "shop ở đâu"])
async def test_a_question_behind_which_product_is_a_question(stage: Stage, said: str) -> None:
    assert (await stage.say("an", "giá thế nào ạ"))["id"] == "answer-which"
    got = await asked(stage, "an", said)
    assert set(got) & {"answer-ship-general", "card-out-of-season", "answer-market-where"}
    assert "search-nothing" not in got


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("hạt dẻ trùng khánh giá sao", "hạt dẻ trùng khánh"),
        ("có bán măng cụt không", "măng cụt"),
        ("có rượu ngô k", "rượu ngô"),
        ("thịt bò gác bếp bao tiền", "thịt bò gác bếp"),
        ("trứng vịt bao nhiêu", "trứng vịt"),
    ],
)
async def test_goods_the_shop_has_not_are_said_to_be_so(
    stage: Stage, said: str, named: str
) -> None:
    got = await stage.say("an", said)
    assert got["id"].startswith("answer-not-sold")
    assert f"“{named}”" in got["text"]
    assert any(i.startswith("hto:") for i in ids(got))


@pytest.mark.parametrize("said", ["loại to nhất giá sao", "giá bao nhiêu em", "còn nhiều không"])
async def test_words_of_a_question_are_no_goods(stage: Stage, said: str) -> None:
    await stage.say("an", "sâm đất bao nhiêu")
    got = await stage.say("an", said)
    assert got["text"].startswith("Sâm đất")


async def test_whom_it_suits_only_the_seller_and_a_doctor_say(stage: Stage) -> None:
    await stage.say("an", "mật ong rừng")
    got = await stage.say("an", "bà bầu ăn được không")
    assert got["id"] == "answer-health-unknown"
    assert ids(got)[0].startswith("hand:mat-ong-rung")


async def test_pure_is_asked_of_the_papers(stage: Stage) -> None:
    assert (await stage.say("an", "mật ong nguyên chất không"))["id"] == "answer-origin"


@pytest.mark.parametrize("said", ["khi nào có thì báo em nhé", "có nhắc tôi không"])
async def test_a_reminder_is_of_what_was_last_shown(stage: Stage, said: str) -> None:
    assert (await stage.say("an", "na chi lăng", said))["id"] == "remind-noted"


@pytest.mark.parametrize("said", ["cho xem thịt", "cho chị xem thịt"])
async def test_a_kind_of_goods_is_shown(stage: Stage, said: str) -> None:
    assert (await stage.say("an", said))["text"].startswith("Thịt, gà hôm nay")


async def letter(stage: Stage, *said: str) -> str:
    for text in said[:-1]:
        await stage.play(person="an", text=text)
    got = await stage.play(person="an", text=said[-1])
    return next((m["text"] for m in got if m["to"] != "an" and "id" in m), "")


@pytest.mark.parametrize("then", ["1", "gặp người bán"])
async def test_a_complaint_goes_to_the_seller_of_what_it_names(stage: Stage, then: str) -> None:
    said = "thịt lợn đen gác bếp tuần trước có mùi lạ, em ăn đau bụng"
    text = await letter(stage, said, then)
    assert said in text
    assert "Về: Thịt lợn đen gác bếp" in text


async def test_a_complaint_says_which_order_it_is_about(stage: Stage) -> None:
    await stage.say("an", "2kg sâm đất")
    await to_summary(stage)
    await stage.say("an", "1")
    text = await letter(stage, "sâm đất bị thối 3 củ", "1")
    assert "Về đơn ZJ" in text
    assert "sâm đất bị thối 3 củ" in text


async def test_a_misread_question_goes_along_to_the_seller(stage: Stage) -> None:
    got = await stage.say("an", "sâm đất có bị xơ không", "gặp người bán")
    assert got["id"] == "talk-with-question"
    assert "sâm đất có bị xơ không" in await letter(stage, "1")


async def test_calling_for_the_seller_is_not_yet_a_letter(stage: Stage) -> None:
    got = await stage.play(person="an", text="gặp người bán sâm đất")
    assert [m["id"] for m in got if "id" in m] == ["talk-ask"]


async def test_a_question_said_with_the_call_is_sent(stage: Stage) -> None:
    said = "gặp người bán hỏi giúp em thịt trâu còn loại ngon không"
    assert said in await letter(stage, said)


async def test_a_price_asked_beside_an_order_is_of_the_goods_asked_about(stage: Stage) -> None:
    got = await stage.play(person="an", text="cho em 2kg sâm đất, măng khô bao nhiêu một cân")
    prices = [m["text"] for m in got if m.get("id") == "answer-price"]
    assert len(prices) == 1
    assert prices[0].startswith("Măng khô")
