"""Buying by typing alone: whole talks, the form, the yes at the end, and misunderstandings."""

from __future__ import annotations

import asyncio
import csv
import random
from pathlib import Path

import pytest

from bot.commands.bench_talks import Bought, Talk
from bot.talk.heard import Heard
from tests.conversations.stage import LAI_CHAU, Stage, open_stage
from tests.conversations.typed import FORM, asked, cart, ids, to_summary
from tests.conversations.typist import TALKS, buy_by_typing

MID_NOVEMBER = "2026-11-15T09:00+07:00"
ODD = "xin cai hoa don do cua cong ty dum voi"
DEV = Path(__file__).parents[1] / "understand" / "dev"


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


def typed_messages() -> list[str]:
    """What people type, out of the development set, and short answers that may fit anywhere."""
    texts = []
    for name in ("frames", "intents", "out_of_scope"):
        with (DEV / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    short = "có|không|thôi|đặt luôn|giỏ|1|2|0|2kg|nửa cân|trâu|thịt gác bếp 1kg|quay lại|đồng ý"
    return [*texts, *(short.split("|") * 80)]


async def test_whatever_is_typed_in_any_order_is_answered_without_a_fault(stage: Stage) -> None:
    chance = random.Random(7)
    messages = typed_messages()
    people = ["an", "binh", LAI_CHAU]
    for _ in range(1000):
        person, text = chance.choice(people), chance.choice(messages)
        said = await asked(stage, person, text)
        assert said, text
        assert "sorry-try-again" not in said, text
