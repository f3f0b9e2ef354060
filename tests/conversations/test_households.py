"""Households and lots: what they bring, what they are owed and given, and their own statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.shop.household import Account
from bot.usecases import households, orders, packing
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import ids

MY = "chị Mỷ"


async def home(stage: Stage, name: str = MY) -> str:
    found = await stage.parts.records.read(lambda b: b.households_of("nguoi-ban-lai-chau"))
    return next(h.id for h in found if h.name == name)


async def account(stage: Stage, name: str = MY) -> Account:
    household = await home(stage, name)
    return await stage.parts.records.read(lambda b: households.account(b, household))


async def free(stage: Stage, product: str = "sam-dat") -> int:
    level: int = (await stage.stock(product))["free"]
    return level


async def bring(stage: Stage) -> Message:
    """200 kilos of a new household at 8.000 đồng."""
    await stage.say(LAI_CHAU, "nhập 200kg sâm đất nhà chị Mỷ giá 8k")
    return await stage.tap(LAI_CHAU, "hih:new")


async def sell(stage: Stage, kilos: str = "10kg") -> str:
    """So much of what the new household brought is packed."""
    code = await stage.buy("an", "sam-dat", kilos)
    household = await home(stage)
    await stage.tap(LAI_CHAU, f"so:{code}:confirm")
    await pack_from(stage, code, household)
    return code


async def pack_from(stage: Stage, code: str, household: str) -> None:
    by = await stage.parts.records.person(f"rehearse:{LAI_CHAU}")
    await stage.parts.ledger.put(
        lambda b: orders.move_by_seller(b, code, "pack", by, stage.parts.now(), how=household)
    )


async def test_a_new_household_brings_goods_and_a_lot_is_opened(stage: Stage) -> None:
    asked = await stage.say(LAI_CHAU, "nhập 200kg sâm đất nhà chị Mỷ giá 8k")
    assert ids(asked)[0] == "hih:new"
    assert await free(stage) == 600_000
    done = await stage.say(LAI_CHAU, "1")
    assert done["id"] == "household-brought"
    assert "600 kg → 800 kg" in done["text"]
    assert "8.000đ/kg" in done["text"]
    assert ids(done)[0].startswith("undo:")
    assert await free(stage) == 800_000


async def test_a_known_household_is_booked_at_once_and_taken_back(stage: Stage) -> None:
    await bring(stage)
    done = await stage.say(LAI_CHAU, "nhap 200kg sam dat nha chi my gia 8500")
    assert done["id"] == "household-brought"
    assert await free(stage) == 1_000_000
    await stage.tap(LAI_CHAU, ids(done)[0])
    assert await free(stage) == 800_000


async def test_two_households_in_one_sentence(stage: Stage) -> None:
    await bring(stage)
    got = await stage.play(
        person=LAI_CHAU, text="hộ mẫu 1 mang 2 yến sâm đất giá 9k, chị Mỷ mang 30kg sâm đất giá 8k"
    )
    assert [m["id"] for m in got] == ["household-brought", "household-brought"]
    assert await free(stage) == 850_000
    await stage.tap(LAI_CHAU, ids(got[-1])[0])
    assert await free(stage) == 800_000


async def test_a_missing_price_is_asked_and_may_be_left_for_sharing_out(stage: Stage) -> None:
    await bring(stage)
    asked = await stage.say(LAI_CHAU, "bà Dợ mang 30kg chè shan")
    got = await stage.play(person=LAI_CHAU, tap=ids(asked)[0])
    assert [m["id"] for m in got] == ["household-brought-unpriced", "household-price-number"]
    assert (await stage.say(LAI_CHAU, "0"))["id"] == "household-price-left"
    household = await home(stage, "bà Dợ")
    await stage.buy("an", "che-shan-tuyet", "1kg")
    code = (await stage.rows("orders"))[-1]["code"]
    await stage.tap(LAI_CHAU, f"so:{code}:confirm")
    await pack_from(stage, code, household)
    shown = await stage.tap(LAI_CHAU, f"hh:{household}")
    assert "chưa ghi giá" in shown["text"]
    assert ids(shown)[0] == f"hpr:{household}:che-shan-tuyet"
    await stage.say(LAI_CHAU, "1")
    assert (await stage.say(LAI_CHAU, "100k"))["id"] == "household-priced"
    assert (await account(stage, "bà Dợ")).owed == 100_000


async def test_a_bare_price_is_said_back(stage: Stage) -> None:
    await bring(stage)
    got = await stage.play(person=LAI_CHAU, text="nhập 10kg sâm đất nhà chị Mỷ giá 9")
    assert [m["id"] for m in got] == ["household-brought-unpriced", "household-price-sure"]
    assert (await stage.say(LAI_CHAU, "đúng"))["id"] == "household-priced"


async def test_a_price_above_what_the_goods_are_sold_for_is_said_back(stage: Stage) -> None:
    await bring(stage)
    got = await stage.play(person=LAI_CHAU, text="nhập 10kg sâm đất nhà chị Mỷ giá 80k")
    assert [m["id"] for m in got] == ["household-brought-unpriced", "household-price-above"]


async def test_words_without_bringing_are_said_back_first(stage: Stage) -> None:
    await bring(stage)
    asked = await stage.say(LAI_CHAU, "nhà chị Mỷ còn 20kg sâm đất")
    assert asked["id"] == "household-in-sure"
    assert await free(stage) == 800_000
    assert (await stage.say(LAI_CHAU, "không"))["id"] == "household-in-left"
    assert await free(stage) == 800_000


async def test_goods_of_which_only_a_part_is_named_are_asked(stage: Stage) -> None:
    await bring(stage)
    asked = await stage.say(LAI_CHAU, "nhập 20kg khoai tây nhà chị Mỷ giá 8k")
    assert asked["id"] == "household-in-which"
    assert await free(stage) == 800_000
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "household-brought"


async def test_what_was_booked_last_is_undone_by_word(stage: Stage) -> None:
    await bring(stage)
    await stage.say(LAI_CHAU, "nhập 7kg sâm đất nhà chị Mỷ giá 8k", "hoàn tác")
    assert await free(stage) == 800_000


async def test_two_of_one_name_are_asked_apart(stage: Stage) -> None:
    await bring(stage)
    await stage.say(LAI_CHAU, "nhập 5kg sâm đất nhà bà Mỷ giá 8k")
    await stage.tap(LAI_CHAU, "hih:new")
    asked = await stage.say(LAI_CHAU, "nhập 5kg sâm đất nhà Mỷ giá 8k")
    assert asked["id"] == "household-which-of"
    assert len([i for i in ids(asked) if re.match(r"hih:h", i)]) == 2


async def test_money_within_what_is_left_is_booked_once(stage: Stage) -> None:
    await bring(stage)
    await sell(stage)
    assert (await account(stage)).left == 80_000
    for _ in range(2):
        got = await stage.play(person=LAI_CHAU, text="trả nhà chị Mỷ 50k", event="same")
    assert got[-1]["id"] == "household-pay-booked"
    assert (await account(stage)).left == 30_000
    line = await stage.say(LAI_CHAU, "còn nợ nhà chị Mỷ bao nhiêu")
    assert "30.000đ" in line["text"]
    assert "\n" not in line["text"]


async def test_more_than_what_is_left_and_advances_are_said_back(stage: Stage) -> None:
    await bring(stage)
    more = await stage.say(LAI_CHAU, "trả nhà chị Mỷ 500k")
    assert more["id"] == "household-pay-sure-more"
    assert (await account(stage)).paid == 0
    for _ in range(2):
        await stage.tap(LAI_CHAU, ids(more)[0])
    assert (await account(stage)).paid == 500_000
    await stage.say(LAI_CHAU, "ứng nhà chị Mỷ 200k", "1")
    sums = await account(stage)
    assert (sums.advanced, sums.paid, sums.left) == (200_000, 500_000, -700_000)


async def test_several_households_are_paid_in_one_sentence(stage: Stage) -> None:
    await bring(stage)
    await stage.say(LAI_CHAU, "nhập 5kg sâm đất nhà bà Dợ giá 8k")
    await stage.tap(LAI_CHAU, "hih:new")
    await sell(stage)
    got = await stage.play(person=LAI_CHAU, text="trả nhà chị Mỷ 50k, nhà bà Dợ 30k")
    told = [m["id"] for m in got if m["to"] == LAI_CHAU]
    assert told == ["household-pay-booked", "household-pay-sure-more"]
    more = await stage.play(person=LAI_CHAU, text="trả nhà chị Mỷ 90k, nhà bà Dợ 30k")
    assert [m["id"] for m in more] == ["household-pay-sure-more"] * 2
    for message in more:
        await stage.tap(LAI_CHAU, ids(message)[0])
    assert (await account(stage)).paid == 140_000
    assert (await account(stage, "bà Dợ")).paid == 30_000


async def test_a_price_in_words_is_no_payment(stage: Stage) -> None:
    await bring(stage)
    await sell(stage)
    assert (await stage.say(LAI_CHAU, "giá nhà chị Mỷ 9k"))["id"] == "household-cost-why"
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "household-priced"
    sums = await account(stage)
    assert (sums.paid, sums.owed) == (0, 90_000)


async def test_all_that_is_left_is_paid_by_one_button(stage: Stage) -> None:
    await bring(stage)
    await sell(stage)
    household = await home(stage)
    asked = await stage.tap(LAI_CHAU, f"hpm:{household}:pay")
    await stage.tap(LAI_CHAU, ids(asked)[0])
    await stage.tap(LAI_CHAU, ids(asked)[0])
    sums = await account(stage)
    assert (sums.paid, sums.left) == (80_000, 0)


async def test_a_wrong_sum_is_set_right_with_a_reason(stage: Stage) -> None:
    await bring(stage)
    await sell(stage)
    booked = await stage.say(LAI_CHAU, "trả nhà chị Mỷ 50k")
    why = await stage.tap(LAI_CHAU, ids(booked)[0])
    assert [i.rpartition(":")[2] for i in ids(why)] == ["n", "h", "o", "back"]
    assert (await stage.say(LAI_CHAU, "3"))["id"] == "household-why-words"
    assert (await stage.say(LAI_CHAU, "đếm sót tờ 20"))["id"] == "household-sum-right-number"
    assert (await stage.say(LAI_CHAU, "70k"))["id"] == "household-sum-fixed"
    assert (await account(stage)).left == 10_000
    entries = await stage.tap(LAI_CHAU, f"hfx:{await home(stage)}")
    assert "đếm sót tờ 20" in entries["text"]
    assert "50.000đ" in entries["text"]


async def test_money_of_another_household_is_taken_off(stage: Stage) -> None:
    await bring(stage)
    booked = await stage.say(LAI_CHAU, "ứng nhà chị Mỷ 200k", "1")
    await stage.tap(LAI_CHAU, ids(booked)[0])
    assert (await stage.say(LAI_CHAU, "2"))["id"] == "household-sum-other"
    assert (await account(stage)).advanced == 0


async def test_a_correction_in_words(stage: Stage) -> None:
    await bring(stage)
    assert (await stage.say(LAI_CHAU, "cân lại 180kg"))["id"] == "household-weighed"
    assert await free(stage) == 780_000
    asked = await stage.say(LAI_CHAU, "sửa nhà chị Mỷ 190kg sâm đất")
    assert asked["id"] == "household-weigh-why"
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "household-weighed"
    assert await free(stage) == 790_000
    await sell(stage)
    await stage.say(LAI_CHAU, "sửa giá sâm đất nhà chị Mỷ 9k", "1")
    assert (await account(stage)).owed == 90_000


async def test_goods_go_back_to_their_household(stage: Stage) -> None:
    await bring(stage)
    done = await stage.say(LAI_CHAU, "trả lại nhà chị Mỷ 20kg sâm đất")
    assert done["id"] == "household-gave-back"
    assert await free(stage) == 780_000
    more = await stage.say(LAI_CHAU, "trả lại nhà chị Mỷ 900kg sâm đất")
    assert more["id"] == "problem-not-that-much"
    assert await free(stage) == 780_000


async def test_everything_by_buttons_and_digits(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "/tien")
    await stage.tap(LAI_CHAU, "hn")
    await stage.say(LAI_CHAU, "1")
    await stage.tap(LAI_CHAU, "hic:0")
    shown = await stage.tap(LAI_CHAU, "hic:1")
    assert shown["picture"].startswith("product/")
    await stage.say(LAI_CHAU, "1")
    product = ids(shown)[0].removeprefix("hip:")
    before = await free(stage, product)
    got = await stage.play(person=LAI_CHAU, text="20")
    assert [m["id"] for m in got] == ["household-brought-unpriced", "household-price-number"]
    assert (await stage.say(LAI_CHAU, "8"))["id"] == "household-priced"
    assert await free(stage, product) > before
    await stage.tap(LAI_CHAU, "hpm:ho-mau-1:advance")
    assert (await stage.say(LAI_CHAU, "200", "1"))["id"] == "household-advance-booked"
    assert (await account(stage, "Hộ mẫu 1")).advanced == 200_000


@pytest.mark.parametrize(
    "tap", ["hh:ho-mau-3", "hpm:ho-mau-3:pay", "hfx:ho-mau-3", "hst:ho-mau-3"]
)
async def test_another_sellers_household_is_refused(stage: Stage, tap: str) -> None:
    assert (await stage.tap(LAI_CHAU, tap))["id"] == "problem-not-seller"
    assert (await stage.tap("an", tap))["id"] == "problem-not-seller"
    assert (await stage.tap(SON_LA, tap))["id"] != "problem-not-seller"


async def test_an_old_button_books_nothing_again(stage: Stage) -> None:
    await bring(stage)
    assert (await stage.tap(LAI_CHAU, "hih:new"))["id"] != "household-brought"
    assert await free(stage) == 800_000


@pytest.mark.parametrize("said", ["", "abc", "-5", "0", "9999999999"])
async def test_a_bad_amount_opens_no_lot(stage: Stage, said: str) -> None:
    await bring(stage)
    await stage.tap(LAI_CHAU, f"hn:{await home(stage)}")
    await stage.say(LAI_CHAU, "sâm đất")
    await stage.say(LAI_CHAU, said or " ")
    assert await free(stage) == 800_000


def link_of(message: Message) -> str:
    found = re.search(r"/s/(\S+)", message["text"])
    assert found
    return found[1]


async def bound(stage: Stage) -> str:
    """The household comes into the chat by its link."""
    household = await home(stage)
    token = link_of(await stage.tap(LAI_CHAU, f"hiv:{household}"))
    asked = await stage.say("my", f"/start s-{token}")
    assert asked["id"] == "bind-ask-household"
    assert (await stage.tap("my", ids(asked)[0]))["id"] in ("welcome", "home")
    return household


async def send(stage: Stage, household: str) -> list[Message]:
    shown = await stage.tap(LAI_CHAU, f"hst:{household}")
    got: list[Message] = []
    for _ in range(2):
        got += [m for m in await stage.play(person=LAI_CHAU, tap=ids(shown)[0]) if m["to"] == "my"]
    return got


async def test_a_statement_is_sent_once_and_agreed_to(stage: Stage) -> None:
    await bring(stage)
    await sell(stage)
    household = await bound(stage)
    [statement] = await send(stage, household)
    assert "80.000đ" in statement["text"]
    assert statement["picture"].startswith("media/")
    answer = await stage.play(person="my", text="1")
    assert [m["id"] for m in answer if m["to"] == LAI_CHAU] == ["statement-was-agreed"]
    again = await stage.play(person="my", tap=ids(statement)[0])
    assert [m["id"] for m in again if m["to"] == LAI_CHAU] == []
    assert "nhà bảo đúng" in (await stage.tap(LAI_CHAU, f"hh:{household}"))["text"]


async def test_a_disputed_statement_reaches_the_seller_with_the_reason(stage: Stage) -> None:
    await bring(stage)
    household = await bound(stage)
    await send(stage, household)
    assert (await stage.say("my", "2"))["id"] == "statement-what-is-wrong"
    got = await stage.play(person="my", text="còn thiếu một bao 30 cân")
    [letter] = [m for m in got if m["to"] == LAI_CHAU]
    assert letter["id"] == "statement-was-disputed"
    assert "còn thiếu một bao 30 cân" in letter["text"]
    shown = await stage.tap(LAI_CHAU, f"hh:{household}")
    assert "còn thiếu một bao 30 cân" in shown["text"]


async def test_a_dispute_by_voice(stage: Stage, tmp_path: Path) -> None:
    await bring(stage)
    household = await bound(stage)
    await send(stage, household)
    await stage.say("my", "2")
    sound = tmp_path / "loi.ogg"
    sound.write_bytes(b"OggS, a voice")
    got = await stage.play(person="my", voice=str(sound))
    [letter] = [m for m in got if m["to"] == LAI_CHAU]
    assert letter["clip"].startswith("media/")


async def test_a_dispute_by_button(stage: Stage) -> None:
    await bring(stage)
    household = await bound(stage)
    await send(stage, household)
    await stage.say("my", "2")
    got = await stage.play(person="my", text="1")
    [letter] = [m for m in got if m["to"] == LAI_CHAU]
    assert "Sai số cân" in letter["text"]


async def test_the_household_sees_only_its_own_and_can_buy(stage: Stage) -> None:
    await bring(stage)
    await sell(stage)
    await bound(stage)
    own = await stage.say("my", "nhà mình")
    assert own["id"] == "own-house"
    assert "80.000đ" in own["text"]
    assert "nm" in ids(await stage.say("my", "chào"))
    assert (await stage.tap("my", "hh:ho-mau-1"))["id"] == "problem-not-seller"
    assert (await stage.say("an", "nhà mình"))["id"] == "problem-not-your-household"
    await stage.buy("my", "che-shan-tuyet", "1kg", phone="0987654321")


async def test_who_asks_to_be_forgotten_leaves_the_household_without_words_and_account(
    stage: Stage,
) -> None:
    await bring(stage)
    household = await bound(stage)
    await send(stage, household)
    await stage.say("my", "2", "thiếu một bao")
    await stage.tap("my", "erase:yes")
    found, stated = await stage.parts.records.read(
        lambda b: (b.household(household), b.statements_of(household))
    )
    assert found
    assert (found.account, stated[0].words, stated[0].answer) == ("", "", "disputed")
    assert (await stage.say("my", "nhà mình"))["id"] == "problem-not-your-household"


async def test_a_link_of_a_household_is_spent_once(stage: Stage) -> None:
    await bring(stage)
    token = link_of(await stage.tap(LAI_CHAU, f"hiv:{await home(stage)}"))
    await stage.tap("my", f"bind:{token}")
    await stage.tap("my", f"bind:{token}")
    assert (await stage.tap("kẻ lạ", f"bind:{token}"))["id"] == "problem-link-spent"


async def test_an_order_knows_whose_goods_are_in_it(stage: Stage) -> None:
    await bring(stage)
    code = await sell(stage)
    read: Callable[..., Any] = stage.parts.records.read
    parts = await read(lambda b: packing.parts(b, b.order(code)))
    assert [(p.product, p.home.name, p.amount) for p in parts] == [("sam-dat", MY, 10_000)]
