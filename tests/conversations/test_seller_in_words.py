"""What a seller hears in her own words: questions of hers that letters do not cover, amounts in
doubt, moves of an order she speaks of, and what cannot be done yet.
"""

from __future__ import annotations

import pytest

from tests.conversations.stage import LAI_CHAU, Message, Stage
from tests.conversations.typed import ids


async def free(stage: Stage, product: str) -> int:
    level: int = (await stage.stock(product))["free"]
    return level


def titles(message: Message) -> list[str]:
    return [c["title"] for c in message["choices"]]


@pytest.mark.parametrize("answer", ["1", "ok", "ừ đúng rồi", "đồng ý"])
async def test_a_letter_does_not_steal_the_yes_of_what_was_said_back(
    stage: Stage, answer: str
) -> None:
    await stage.say(LAI_CHAU, "trứng còn 2100 quả")
    code = await stage.buy("an", "sam-dat", "2kg")
    assert (await stage.say(LAI_CHAU, answer))["id"] == "stock-set"
    assert await free(stage, "trung-ga-den") == 2100
    order = next(o for o in await stage.rows("orders") if o["code"] == code)
    assert order["state"] == "placed"


async def test_a_letter_answers_again_when_nothing_else_was_asked(stage: Stage) -> None:
    await stage.buy("an", "sam-dat", "2kg")
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "seller-order-moved"


async def test_what_the_classifier_takes_for_a_yes_only_asks_again(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "thêm 5600kg sâm đất")
    assert (await stage.say(LAI_CHAU, "đúng như thế đấy em"))["id"] == "stock-told"
    assert await free(stage, "sam-dat") == 600_000


@pytest.mark.parametrize(
    ("said", "offered", "left"),
    [
        ("trứng còn hai ba chục", ["Còn 20 quả", "Còn 30 quả"], 30),
        ("3kg sâm đất", ["Còn 3 kg", "Thêm 3 kg", "Bớt 3 kg"], 603_000),
        ("chè còn 1.500 kg", ["Còn 1,5 kg", "Còn 1.500 kg"], 1_500_000),
    ],
)
async def test_an_amount_in_doubt_is_asked_with_its_readings(
    stage: Stage, said: str, offered: list[str], left: int
) -> None:
    asked = await stage.say(LAI_CHAU, said)
    assert asked["id"] == "stock-how-much"
    assert titles(asked)[: len(offered)] == offered
    product = ids(asked)[0].split(":")[1]
    before = await free(stage, product)
    assert (await stage.say(LAI_CHAU, "2"))["id"] == "stock-told"
    assert await free(stage, product) == before
    await stage.say(LAI_CHAU, "ok")
    assert await free(stage, product) == left


async def test_a_part_without_a_verb_does_not_borrow_one_from_behind_other_goods(
    stage: Stage,
) -> None:
    got = await stage.play(person=LAI_CHAU, text="thịt gác bếp thêm 5kg nữa, trứng 3 chục")
    assert [m["id"] for m in got] == ["stock-set", "stock-how-much"]
    assert "32 kg → 37 kg" in got[0]["text"]


@pytest.mark.parametrize(
    ("said", "product", "left"),
    [
        ("gà đen còn 10 con, sâm đất bán hết rồi", "sam-dat", 0),
        ("sâm đất bán hết 5kg", "sam-dat", 595_000),
        ("sâm đất còn 5kg thôi", "sam-dat", 5_000),
        ("ghi cho chị thêm 20kg sâm đất", "sam-dat", 620_000),
        ("cho bà con 2 con gà đen", "ga-den", 22),
        ("thêm 50 ký sâm đất, gà đen còn 5 con", "ga-den", 5),
        ("mật ong rừng còn 5 lít", "mat-ong-rung", 5_000),
    ],
)
async def test_verbs_count_for_their_own_goods_only(
    stage: Stage, said: str, product: str, left: int
) -> None:
    await stage.say(LAI_CHAU, said, "có")
    assert await free(stage, product) == left


@pytest.mark.parametrize(
    ("first", "right", "left"),
    [
        ("trứng còn 2100 quả", "sai rồi, còn 20 quả", 20),
        ("thêm 2100 quả trứng", "không phải, 30 quả thôi", 230),
        ("trứng còn 2100 quả", "hết sạch", 0),
    ],
)
async def test_a_number_is_set_right_before_her_yes(
    stage: Stage, first: str, right: str, left: int
) -> None:
    await stage.say(LAI_CHAU, first)
    assert (await stage.say(LAI_CHAU, right))["id"] == "stock-told"
    assert await free(stage, "trung-ga-den") == 200
    await stage.say(LAI_CHAU, "đúng rồi")
    assert await free(stage, "trung-ga-den") == left


@pytest.mark.parametrize(
    ("first", "right", "left"),
    [
        ("trứng còn 50 quả", "sai rồi, còn 20 quả", 20),
        ("thêm 50 quả trứng", "không phải, 30 quả thôi", 230),
        ("thêm 50 quả trứng", "nhầm, 5 quả", 205),
        ("hỏng 50 quả trứng", "nhầm, 5 quả", 195),
    ],
)
async def test_what_was_booked_is_set_right_in_place_of_it(
    stage: Stage, first: str, right: str, left: int
) -> None:
    await stage.say(LAI_CHAU, first)
    assert (await stage.say(LAI_CHAU, right))["id"].startswith("stock-set")
    assert await free(stage, "trung-ga-den") == left
    await stage.say(LAI_CHAU, "hoàn tác")
    assert await free(stage, "trung-ga-den") == 200


async def test_a_number_without_a_word_of_correction_is_said_back(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "trứng còn 50 quả")
    assert (await stage.say(LAI_CHAU, "hết sạch"))["id"] == "stock-told"
    assert await free(stage, "trung-ga-den") == 50


async def test_what_is_so_already_is_said_without_a_yes(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "trứng hết")
    same = await stage.say(LAI_CHAU, "hết trứng rồi")
    assert same["id"] == "stock-same"
    assert not any(i.startswith("tell:") for i in ids(same))


@pytest.mark.parametrize(
    "said",
    [
        "sâm đất còn -5kg",
        "còn nhiều sâm đất lắm",
        "khách hỏi 12 ký rưỡi sâm đất",
        "đừng thêm 5 cân sâm đất",
        "chưa thêm 5 cân sâm đất",
        "sâm đất còn 20 cân à",
        "nếu sâm đất còn 20 cân thì nhắn tôi",
        "tuần sau thêm 20 cân sâm đất",
        "sâm đất sắp hết",
    ],
)
async def test_words_that_change_nothing_now_ask_how_much_is_left(stage: Stage, said: str) -> None:
    asked = await stage.say(LAI_CHAU, said)
    assert asked["id"] in ("stock-ask-number", "stock-unclear-number")
    assert "600 kg" in asked["text"] or "Sâm đất" in asked["text"]
    await stage.say(LAI_CHAU, "ừ")
    assert await free(stage, "sam-dat") == 600_000


async def test_beside_the_question_how_much_is_left_other_sentences_are_heard(
    stage: Stage,
) -> None:
    await stage.say(LAI_CHAU, "sâm đất")
    assert (await stage.say(LAI_CHAU, "trứng còn 30 quả"))["id"] == "stock-set"
    await stage.say(LAI_CHAU, "sâm đất")
    assert (await stage.say(LAI_CHAU, "cảm ơn em"))["id"] == "seller-thanks"
    await stage.say(LAI_CHAU, "sâm đất")
    assert (await stage.say(LAI_CHAU, "thêm 20"))["id"] == "stock-set"
    assert await free(stage, "sam-dat") == 620_000
    assert await free(stage, "trung-ga-den") == 30


async def test_what_customers_are_to_be_told_changes_no_stock(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "nhắn khách còn 20kg sâm đất")
    assert got["id"] == "broadcast-no-followers"
    await stage.say(LAI_CHAU, "ok", "ừ")
    assert await free(stage, "sam-dat") == 600_000


@pytest.mark.parametrize(
    "said", ["gọi cho khách chưa được", "chị gửi ảnh em xem nhé", "cảm ơn em", "ừ"]
)
async def test_a_seller_is_answered_in_her_words_and_with_her_choices(
    stage: Stage, said: str
) -> None:
    got = await stage.say(LAI_CHAU, said)
    assert got["id"].startswith("seller-")
    assert "nh/chị" not in got["text"]
    assert not {"talk", "m", "teach:yes", "s"} & set(ids(got))


MOVES = [
    ("nhận", "confirmed"),
    ("đã gói đơn", "packed"),
    ("gửi rồi", "shipped"),
    ("đơn khách nhận rồi", "delivered"),
]


async def test_a_move_she_speaks_of_is_offered_with_the_one_order_that_can_make_it(
    stage: Stage,
) -> None:
    await stage.buy("an", "sam-dat", "2kg")
    for said, state in MOVES:
        before = (await stage.rows("orders"))[-1]["state"]
        offer = await stage.say(LAI_CHAU, said)
        pictured = state == "packed"
        assert offer["id"] == ("pack-photo" if pictured else "seller-order-move")
        assert (await stage.rows("orders"))[-1]["state"] == before
        yes = "không chụp" if pictured else "ừ"
        assert (await stage.say(LAI_CHAU, yes))["id"] == "seller-order-moved"
        assert (await stage.rows("orders"))[-1]["state"] == state


async def test_a_move_that_several_orders_can_make_asks_which(stage: Stage) -> None:
    first = await stage.buy("an", "sam-dat", "2kg")
    await stage.buy("binh", "sam-dat", "3kg", "0987654321")
    asked = await stage.say(LAI_CHAU, "nhận")
    assert asked["id"] == "seller-order-which"
    offer = await stage.tap(LAI_CHAU, f"mv:confirm:{first}")
    assert offer["id"] == "seller-order-move"
    assert {o["state"] for o in await stage.rows("orders")} == {"placed"}


@pytest.mark.parametrize("said", ["chưa gói xong đơn", "không nhận đơn này", "gửi rồi"])
async def test_words_that_refuse_or_do_not_fit_move_nothing(stage: Stage, said: str) -> None:
    await stage.buy("an", "sam-dat", "2kg")
    await stage.say(LAI_CHAU, said, "ừ", "ok")
    assert (await stage.rows("orders"))[-1]["state"] == "placed"
