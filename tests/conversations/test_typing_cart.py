"""The cart in one's own words: several goods at once, changes, and questions one by one."""

from __future__ import annotations

import pytest

from tests.conversations.stage import LAI_CHAU, Stage
from tests.conversations.typed import asked, cart, to_summary


async def test_of_several_items_the_clear_are_taken_and_none_is_lost(stage: Stage) -> None:
    wish = "2kg sâm đất, thịt gác bếp 1kg, mận hậu 3kg, 2 con gà đen"
    assert await asked(stage, "an", wish) == ["order-out-of-season", "cart-added", "order-which"]
    assert (await stage.say("an", "thịt trâu"))["id"] == "cart-added"
    assert await cart(stage) == {
        "Sâm đất": "2 kg", "Gà đen": "1 con × 2", "Thịt trâu gác bếp": "1 kg"
    }  # fmt: skip


async def test_what_is_sold_out_is_said_and_the_rest_is_taken(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "/kho gà đen 0")
    said = await asked(stage, "an", "2 con gà đen, 2kg sâm đất")
    assert said == ["problem-none-left", "cart-added"]
    assert await cart(stage) == {"Sâm đất": "2 kg"}


async def test_what_is_sold_out_never_becomes_other_goods_of_a_like_name(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "/kho gà đen 0")
    await stage.say("an", "một chục gà đen")
    assert await cart(stage) == {}


@pytest.mark.parametrize("wish", ["2kg sâm đất với 3kg xyz", "2kg sâm đất và 3kg"])
async def test_an_amount_of_nothing_known_is_asked_not_added_to_other_goods(
    stage: Stage, wish: str
) -> None:
    assert (await asked(stage, "an", wish))[-1] in ("order-unknown", "order-goods")
    assert await cart(stage) == {"Sâm đất": "2 kg"}


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("thêm 2kg sâm đất", {"Sâm đất": "4 kg", "Măng khô": "1 kg"}),
        ("them 1 can sam dat nua", {"Sâm đất": "3 kg", "Măng khô": "1 kg"}),
        ("bớt 1kg sâm đất", {"Sâm đất": "1 kg", "Măng khô": "1 kg"}),
        ("bot sam dat di 1kg", {"Sâm đất": "1 kg", "Măng khô": "1 kg"}),
        ("đổi sâm đất thành 4kg", {"Sâm đất": "4 kg", "Măng khô": "1 kg"}),
        ("sua mang kho lai con 500g", {"Sâm đất": "2 kg", "Măng khô": "500 g"}),
        ("bỏ măng khô", {"Sâm đất": "2 kg"}),
        ("thôi không lấy sâm đất nữa", {"Măng khô": "1 kg"}),
        ("bo mang kho di", {"Sâm đất": "2 kg"}),
        ("lấy thêm 2 hũ chẩm chéo", {"Sâm đất": "2 kg", "Măng khô": "1 kg", "Chẩm chéo": "1 hũ"}),
    ],
)
async def test_the_cart_is_changed_by_words(stage: Stage, said: str, left: dict[str, str]) -> None:
    await stage.say("an", "2kg sâm đất, 1kg măng khô", said)
    got = await cart(stage)
    assert set(got) == set(left)
    assert all(got[name].startswith(amount) for name, amount in left.items())


@pytest.mark.parametrize("more", ["trâu", "thịt trâu", "thit trau", "lấy thịt trâu nhé", "2"])
async def test_which_goods_is_answered_by_more_of_the_name(stage: Stage, more: str) -> None:
    assert (await stage.say("an", "1kg thịt gác bếp"))["id"] == "order-which"
    assert (await stage.say("an", more))["id"] == "cart-added"
    assert await cart(stage) == {"Thịt trâu gác bếp": "1 kg"}


async def test_which_goods_is_asked_again_while_the_name_fits_several(stage: Stage) -> None:
    await stage.say("an", "1kg thịt gác bếp")
    assert (await stage.say("an", "gác bếp"))["id"] == "order-which"
    assert (await stage.say("an", "thịt lợn"))["id"] == "cart-added"
    assert await cart(stage) == {"Thịt lợn đen gác bếp": "1 kg"}


@pytest.mark.parametrize("pick", ["thịt trâu", "2"])
async def test_several_questions_come_one_after_another(stage: Stage, pick: str) -> None:
    wish = "thịt gác bếp 1kg, lạp sườn, hai ba cân sâm đất, 50g hạt dổi"
    assert await asked(stage, "an", wish) == ["cart-added", "order-which"]
    assert await asked(stage, "an", pick) == ["cart-added", "how-much-number"]
    assert await asked(stage, "an", "500g") == ["cart-added", "amount-unsure"]
    assert await asked(stage, "an", "2kg") == ["cart-added"]
    assert await cart(stage) == {
        "Hạt dổi": "50 g", "Thịt trâu gác bếp": "1 kg", "Lạp sườn hun khói": "500 g",
        "Sâm đất": "2 kg",
    }  # fmt: skip


async def test_a_question_beside_what_is_asked_is_answered_and_it_is_asked_again(
    stage: Stage,
) -> None:
    await stage.say("an", "thịt gác bếp 1kg, lạp sườn")
    said = await asked(stage, "an", "sâm đất bao nhiêu một cân?")
    assert said == ["answer-price", "order-which"]
    assert (await stage.say("an", "thịt trâu"))["id"] == "how-much-number"


@pytest.mark.parametrize("said", ["mắc khén 3kg", "cho em 3kg mac khen"])
async def test_other_goods_are_no_answer_to_how_much(stage: Stage, said: str) -> None:
    assert (await stage.tap("an", "q:sam-dat"))["id"] == "how-much-number"
    await stage.say("an", said)
    assert await cart(stage) == {"Mắc khén": "3 kg"}


@pytest.mark.parametrize(
    ("said", "amount"), [("thịt trâu 2kg", "2 kg"), ("thịt trâu nửa cân thôi nhé", "500 g")]
)
async def test_an_amount_said_with_the_choice_is_the_one_that_counts(
    stage: Stage, said: str, amount: str
) -> None:
    assert (await stage.say("an", "1kg thịt gác bếp"))["id"] == "order-which"
    await stage.say("an", said)
    assert await cart(stage) == {"Thịt trâu gác bếp": amount}


@pytest.mark.parametrize("leave", ["quay lại", "giỏ", "thôi", "thôi không lấy thịt nữa"])
async def test_a_pending_question_can_be_left(stage: Stage, leave: str) -> None:
    await stage.say("an", "2kg sâm đất, thịt gác bếp 1kg, lạp sườn")
    got = await asked(stage, "an", leave)
    assert not {"order-which", "how-much-number"} & set(got)
    assert await cart(stage) == {"Sâm đất": "2 kg"}
    assert (await to_summary(stage))["id"] == "summary"


async def test_like_last_time_puts_the_last_order_into_the_cart(stage: Stage) -> None:
    assert (await asked(stage, "an", "như lần trước"))[0] == "again-none"
    await stage.say("an", "2kg sâm đất, 2 con gà đen")
    await to_summary(stage)
    assert (await stage.say("an", "đặt luôn"))["id"] == "placed"
    for said in ("lấy như lần trước nhé", "cho em đặt lại như lần trước", "nhu cu nhe"):
        assert (await stage.say("an", said))["id"] == "cart"
        assert await cart(stage) == {"Sâm đất": "2 kg", "Gà đen": "1 con × 2"}
        await stage.tap("an", "empty")
