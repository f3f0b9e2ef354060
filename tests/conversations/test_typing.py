"""Buying by typing alone: whole talks, and what comes between the wish and the order."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.commands.bench_talks import Bought, Talk
from bot.talk.heard import Heard
from tests.conversations.stage import Message, Stage, open_stage
from tests.conversations.typist import TALKS, buy_by_typing

MID_NOVEMBER = "2026-11-15T09:00+07:00"
ODD = "xin cai hoa don do cua cong ty dum voi"
FORM = ("0912345678", "Sùng Thị Mỷ", "12 Láng Hạ, Hà Nội", "không")
LINE = re.compile(r"• (\D+) (\d\S* \S+(?: × \d+)?) =")


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


async def asked(stage: Stage, person: str, text: str) -> list[str]:
    """The ids of everything that answers her."""
    return [m["id"] for m in await stage.play(person=person, text=text) if m["to"] == person]


async def cart(stage: Stage, person: str = "an") -> dict[str, str]:
    """What stands in the cart, as it is shown."""
    return dict(LINE.findall((await stage.say(person, "giỏ"))["text"]))


async def to_summary(stage: Stage, person: str = "an") -> Message:
    return await stage.say(person, "đặt hàng", "đồng ý", *FORM)


@pytest.fixture(scope="module")
def purchases(models_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Bought]:
    """Every talk of the development set, played in one shop by different people."""

    async def play() -> dict[str, Bought]:
        async with open_stage(tmp_path_factory.mktemp("talks") / "var", MID_NOVEMBER) as stage:
            return {talk.id: await buy_by_typing(stage, talk) for talk in TALKS}

    return asyncio.run(play())


@pytest.mark.parametrize("talk", TALKS, ids=[talk.id for talk in TALKS])
def test_a_purchase_is_finished_by_typing_alone(purchases: dict[str, Bought], talk: Talk) -> None:
    bought = purchases[talk.id]
    assert bought.placed, bought.last
    assert bought.lines == talk.lines


def test_the_talks_are_accented_unaccented_and_teencode() -> None:
    assert len(TALKS) >= 30
    assert {talk.style for talk in TALKS} >= {"accented", "plain", "teencode"}


@pytest.mark.parametrize(
    ("before", "question", "answer", "again"),
    [
        ((), "ship bao nhiêu vậy?", "answer-ship", "ask-phone"),
        (FORM[:1], "sâm đất bao nhiêu tiền một cân", "answer-price", "ask-name"),
        (FORM[:2], "ship bao nhiêu vậy?", "answer-ship", "ask-address"),
        (FORM[:2], "mấy hôm thì tới?", "answer-ship", "ask-address"),
        (FORM[:2], "phi ship het bao nhieu", "answer-ship", "ask-address"),
    ],
)
async def test_a_question_in_the_middle_of_the_form_is_answered_then_the_form_goes_on(
    stage: Stage, before: tuple[str, ...], question: str, answer: str, again: str
) -> None:
    await stage.say("an", "2kg sâm đất", "đặt hàng", "đồng ý", *before)
    first, last = await asked(stage, "an", question)
    assert first.startswith(answer)
    assert last == again
    done = await stage.say("an", *FORM[len(before) :])
    assert done["id"] == "summary"
    assert all(word in done["text"] for word in ("Sùng Thị Mỷ", "Láng Hạ", "Sâm đất 2 kg"))
    assert question not in done["text"]


async def test_a_question_nobody_can_answer_is_not_taken_for_the_name(stage: Stage) -> None:
    await stage.say("an", "2kg sâm đất", "đặt hàng", "đồng ý", FORM[0])
    assert (await stage.say("an", "shop ở đâu vậy?"))["id"] == "ask-name"
    done = await stage.say("an", *FORM[1:])
    assert "Sùng Thị Mỷ" in done["text"]


@pytest.mark.parametrize(
    "address", ["to 3 phuong Doi Can, Tuyen Quang", "số 2 chợ Gà, Hà Nội", "xóm 5 Măng, Thanh Hoá"]
)
async def test_an_address_that_sounds_like_an_amount_is_an_address(
    stage: Stage, address: str
) -> None:
    await stage.say("an", "2kg sâm đất", "đặt hàng", "đồng ý", *FORM[:2])
    done = await stage.say("an", address, FORM[3])
    assert done["id"] == "summary"
    assert address in done["text"]


async def test_goods_in_the_middle_of_the_form_are_neither_name_nor_address(stage: Stage) -> None:
    await stage.say("an", "2kg sâm đất", "đặt hàng", "đồng ý", FORM[0], "thêm 1kg măng khô nữa")
    done = await stage.say("an", "đặt hàng", *FORM[1:])
    assert done["id"] == "summary"
    assert all(word in done["text"] for word in ("Sùng Thị Mỷ", "Láng Hạ", "Măng khô 1 kg"))


async def test_like_last_time_puts_the_last_order_into_the_cart(stage: Stage) -> None:
    assert (await asked(stage, "an", "như lần trước"))[0] == "again-none"
    await stage.say("an", "2kg sâm đất, 2 con gà đen")
    await to_summary(stage)
    assert (await stage.say("an", "đặt luôn"))["id"] == "placed"
    for said in ("lấy như lần trước nhé", "cho em đặt lại như lần trước", "nhu cu nhe"):
        assert (await stage.say("an", said))["id"] == "cart"
        assert await cart(stage) == {"Sâm đất": "2 kg", "Gà đen": "1 con × 2"}
        await stage.tap("an", "empty")


async def test_of_several_items_the_clear_are_taken_and_none_is_lost(stage: Stage) -> None:
    wish = "2kg sâm đất, thịt gác bếp 1kg, mận hậu 3kg, 2 con gà đen"
    assert await asked(stage, "an", wish) == ["order-out-of-season", "cart-added", "order-which"]
    assert (await stage.say("an", "thịt trâu"))["id"] == "cart-added"
    assert await cart(stage) == {
        "Sâm đất": "2 kg", "Gà đen": "1 con × 2", "Thịt trâu gác bếp": "1 kg"
    }  # fmt: skip


async def test_what_is_sold_out_is_said_and_the_rest_is_taken(stage: Stage) -> None:
    await stage.say("seller:nguoi-ban-lai-chau", "/kho gà đen 0")
    said = await asked(stage, "an", "2 con gà đen, 2kg sâm đất")
    assert said == ["problem-none-left", "cart-added"]
    assert await cart(stage) == {"Sâm đất": "2 kg"}


async def test_what_is_sold_out_never_becomes_other_goods_of_a_like_name(stage: Stage) -> None:
    await stage.say("seller:nguoi-ban-lai-chau", "/kho gà đen 0")
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


async def test_place_it_now_under_the_summary_places_one_order_however_quickly(
    stage: Stage,
) -> None:
    await stage.say("an", "2kg sâm đất")
    assert (await to_summary(stage))["id"] == "summary"
    desk, at = stage.parts.desk, stage.parts.now()
    quick = [Heard("rehearse", "rehearse:an", f"go-{n}", "text", "đặt luôn", at=at) for n in "12"]
    answers = await asyncio.gather(*map(desk.hear, quick))
    assert "placed" in {a.messages[-1].id for a in answers}
    await stage.say("an", "đặt luôn")
    assert len(await stage.rows("orders")) == 1
    assert (await stage.stock("sam-dat"))["held"] == 2000


@pytest.mark.parametrize(
    "said",
    ["đừng đặt", "đừng đặt hàng", "dừng", "mua thêm hàng", "trả hàng", "đơn hàng", "đặt thêm",
     "không", "từ từ đã", "chưa đặt", "thôi đừng đặt nữa", "2kg măng khô"],
)  # fmt: skip
async def test_what_is_no_yes_places_nothing(stage: Stage, said: str) -> None:
    await stage.say("an", "2kg sâm đất")
    assert (await to_summary(stage))["id"] == "summary"
    assert (await stage.say("an", said))["id"] != "placed"
    assert await stage.rows("orders") == []


@pytest.mark.parametrize(
    "yes",
    ["dung", "đúng rồi em", "ok chốt đơn giúp chị nhé", "dong y", "ừ", "đặt hàng luôn em ơi"],
)
async def test_yes_in_ones_own_words_places_the_order(stage: Stage, yes: str) -> None:
    await stage.say("an", "2kg sâm đất")
    await to_summary(stage)
    assert (await stage.say("an", yes))["id"] == "placed"


async def test_dung_is_yes_under_a_question_and_stop_elsewhere(stage: Stage) -> None:
    assert (await stage.say("an", "dung"))["id"] == "reminders-stopped"
    await stage.say("an", "2kg sâm đất")
    await to_summary(stage)
    assert (await stage.say("an", "dung"))["id"] == "placed"
    await stage.say("an", "chợ hôm nay có gì")
    assert (await stage.say("an", "dung"))["id"] == "reminders-stopped"


async def test_two_misunderstandings_in_a_row_offer_a_person_first(stage: Stage) -> None:
    first = await stage.say("an", ODD)
    assert "talk" in ids(first)
    assert ids(first)[0] != "talk"
    second = await stage.say("an", ODD)
    assert ids(second)[0] == "talk"
    await stage.say("an", "giỏ")
    assert ids(await stage.say("an", ODD))[0] != "talk"


async def test_consent_to_keep_words_is_not_given_by_other_words(stage: Stage) -> None:
    assert "teach:yes" in ids(await stage.say("an", ODD))
    assert (await stage.say("an", "đặt luôn"))["id"] != "teach-kept"
    assert await stage.parts.records.rows("unread_sentences") == []


async def test_a_guess_that_is_chosen_is_done_with_the_words_that_were_said(stage: Stage) -> None:
    await stage.say("an", "2kg sâm đất")
    guess = await stage.say("an", "em đã đặt 2kg măng khô hôm qua")
    assert guess["id"] == "guess"
    assert "gs:order" in ids(guess)
    assert (await stage.tap("an", "gs:order"))["id"] == "cart-added"
    assert await cart(stage) == {"Sâm đất": "2 kg", "Măng khô": "2 kg"}
    await stage.tap("an", "gs:order")
    assert await cart(stage) == {"Sâm đất": "2 kg", "Măng khô": "2 kg"}
