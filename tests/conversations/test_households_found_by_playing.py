"""Households, lots and money: what went wrong when they were played, so that it does not again."""

from __future__ import annotations

import pytest

from bot.shop.household import Account, owed_for
from bot.shop.stock import Lot
from bot.usecases import households, orders
from tests.conversations.stage import LAI_CHAU, Message, Stage
from tests.conversations.typed import ids

SELLER = LAI_CHAU.removeprefix("seller:")


async def homes(stage: Stage) -> dict[str, str]:
    """Ids of the households by name."""
    found = await stage.parts.records.read(lambda b: b.households_of(SELLER))
    return {h.name: h.id for h in found}


async def account(stage: Stage, name: str) -> Account:
    household = (await homes(stage))[name]
    return await stage.parts.records.read(lambda b: households.account(b, household))


async def lots(stage: Stage, name: str) -> list[Lot]:
    household = (await homes(stage))[name]
    return list(await stage.parts.records.read(lambda b: b.lots_of(household)))


async def free(stage: Stage, product: str = "sam-dat") -> int:
    level: int = (await stage.stock(product))["free"]
    return level


async def known(stage: Stage, *names: str, price: str = "8k") -> None:
    """Households in the book, each with 20 kilos."""
    for name in names:
        await stage.say(LAI_CHAU, f"nhập 20kg sâm đất nhà {name} giá {price}")
        await stage.tap(LAI_CHAU, "hih:new")


async def sell(stage: Stage, name: str, kilos: str) -> str:
    """So much of what a household brought is packed."""
    code = await stage.buy("an", "sam-dat", kilos)
    household = (await homes(stage))[name]
    await stage.tap(LAI_CHAU, f"so:{code}:confirm")
    by = await stage.parts.records.person(f"rehearse:{LAI_CHAU}")
    await stage.parts.ledger.put(
        lambda b: orders.move_by_seller(b, code, "pack", by, stage.parts.now(), how=household)
    )
    return code


async def all_said(stage: Stage, text: str) -> list[Message]:
    return [m for m in await stage.play(person=LAI_CHAU, text=text) if m["to"] == LAI_CHAU]


async def test_goods_before_a_household_that_brings_its_own_are_not_given_to_it(
    stage: Stage,
) -> None:
    await known(stage, "bà Mỷ")
    asked = await all_said(
        stage, "c my mang 3 yen sam dat vs 2kg che shan, ba my mang 1 yen sam dat"
    )
    assert asked[-1]["id"] == "household-in-whose"
    assert (await account(stage, "bà Mỷ")).goods["sam-dat"].brought == 20_000


@pytest.mark.parametrize(
    "text",
    [
        "chị Mỷ bảo mai mang 20 cân sâm đất",
        "nhà chị Mỷ tuần sau mang 20kg sâm đất",
        "chi My se mang 20kg sam dat",
    ],
)
async def test_what_comes_later_is_not_booked_now(stage: Stage, text: str) -> None:
    await known(stage, "chị Mỷ")
    await stage.say(LAI_CHAU, text)
    assert await free(stage) == 620_000


async def test_a_household_called_mai_brings_today(stage: Stage) -> None:
    await known(stage, "chị Mai")
    assert (await stage.say(LAI_CHAU, "chị Mai mang 20 cân sâm đất giá 8k"))["id"] == (
        "household-brought"
    )
    assert await free(stage) == 640_000


async def test_a_sentence_beside_the_price_question_is_no_price(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    await stage.say(LAI_CHAU, "nhập 30 con gà đen nhà chị Mỷ")
    asked = await stage.say(LAI_CHAU, "nhập 3 chục trứng nhà chị Mỷ giá 30k/chục")
    assert asked["id"] == "household-in-which"
    assert [x.cost_per for x in await lots(stage, "chị Mỷ") if x.product == "ga-den"] == [0]
    assert ids(asked)[0] == "hip:trung-ga-den"
    done = await stage.say(LAI_CHAU, "1")
    assert "30 quả" in done["text"]
    assert "30.000đ/10 quả" in done["text"]


async def test_a_sentence_beside_the_question_for_goods_is_no_name(stage: Stage) -> None:
    await known(stage, "chị Mỷ", "anh Páo")
    await stage.say(LAI_CHAU, "anh Páo mang 2 yến")
    got = await all_said(
        stage, "nhập 7kg sâm đất nhà chị Mỷ giá 8k, 5kg chè shan nhà anh Páo giá 90k"
    )
    assert [m["id"] for m in got] == ["household-brought", "household-brought"]
    assert (await account(stage, "anh Páo")).goods["sam-dat"].brought == 20_000
    assert (await account(stage, "anh Páo")).goods["che-shan-tuyet"].brought == 5_000
    assert (await account(stage, "chị Mỷ")).goods["sam-dat"].brought == 27_000


async def test_money_beside_the_price_question_is_money(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    await stage.say(LAI_CHAU, "nhập 5kg sâm đất nhà chị Mỷ")
    more = await stage.say(LAI_CHAU, "trả nhà chị Mỷ 500k")
    assert more["id"] == "household-pay-sure-more"
    assert [x.cost_vnd for x in await lots(stage, "chị Mỷ")] == [8_000, 0]


async def test_a_reason_in_her_own_words_may_name_another_household(stage: Stage) -> None:
    await known(stage, "chị Mỷ", "bà Dợ")
    booked = await stage.say(LAI_CHAU, "ứng nhà chị Mỷ 200k", "1")
    await stage.tap(LAI_CHAU, ids(booked)[0])
    await stage.say(LAI_CHAU, "3")
    asked = await stage.say(LAI_CHAU, "đưa nhầm sang nhà bà Dợ một nửa")
    assert asked["id"] == "household-sum-right-number"
    await stage.say(LAI_CHAU, "100k")
    assert (await account(stage, "chị Mỷ")).advanced == 100_000


@pytest.mark.parametrize("text", ["hỏng 3kg sâm đất nhà chị Mỷ", "hong 3 can sam dat nha chi My"])
async def test_what_spoiled_is_taken_from_the_household_that_is_named(
    stage: Stage, text: str
) -> None:
    await known(stage, "chị Mỷ")
    await stage.tap(LAI_CHAU, f"hgb:{(await homes(stage))['chị Mỷ']}:sam-dat")
    done = await stage.say(LAI_CHAU, text)
    assert done["id"] == "household-spoiled"
    goods = (await account(stage, "chị Mỷ")).goods["sam-dat"]
    assert (goods.spoiled, goods.returned) == (3_000, 0)
    await stage.tap(LAI_CHAU, ids(done)[0])
    assert (await account(stage, "chị Mỷ")).goods["sam-dat"].spoiled == 0
    assert (await stage.say(LAI_CHAU, "hỏng 21kg sâm đất nhà chị Mỷ"))["id"] == (
        "problem-not-that-much"
    )


async def test_several_households_with_titles_alone_are_paid(stage: Stage) -> None:
    await known(stage, "chị Ba", "chị Sáu", "chị Mận")
    got = await all_said(stage, "trả chị Ba 50k, chị Sáu 60k, chị Mận 70k")
    assert [m["id"] for m in got] == ["household-pay-sure-more"] * 3
    for message in got:
        await stage.tap(LAI_CHAU, ids(message)[0])
    paid = [(await account(stage, n)).paid for n in ("chị Ba", "chị Sáu", "chị Mận")]
    assert paid == [50_000, 60_000, 70_000]


@pytest.mark.parametrize(
    ("text", "id_", "sum_"),
    [
        ("ck cho chị Mỷ 1tr2", "household-pay-sure-more", "1.200.000đ"),
        ("em oi tra cho c Mỷ 100", "household-pay-sure-more", "100.000đ"),
        ("chị Mỷ nhận 300 rồi", "household-pay-sure-more", "300.000đ"),
        ("nha chi My con bao nhieu", "household-even", ""),
        ("tra het cho nha chi My", "household-even", ""),
        ("mai trả nhà chị Mỷ 500k", "household-is", ""),
    ],
)
async def test_money_is_said_back_in_many_words(
    stage: Stage, text: str, id_: str, sum_: str
) -> None:
    await known(stage, "chị Mỷ")
    said = await stage.say(LAI_CHAU, text)
    assert said["id"] == id_
    assert sum_ in said["text"]
    assert (await account(stage, "chị Mỷ")).paid == 0


async def test_an_advance_to_a_household_that_is_not_in_the_book(stage: Stage) -> None:
    asked = await stage.say(LAI_CHAU, "ung truoc nha ba Do 1tr")
    assert ids(asked)[0] == "hpw:new"
    sure, _ = [await stage.tap(LAI_CHAU, "hpw:new") for _ in range(2)]
    assert sure["id"] == "household-advance-sure-more"
    for _ in range(2):
        await stage.tap(LAI_CHAU, ids(sure)[0])
    assert list(await homes(stage)).count("ba Do") == 1
    assert (await account(stage, "ba Do")).advanced == 1_000_000
    assert "1.000.000đ" in (await stage.say(LAI_CHAU, "nha ba Do con bao nhieu"))["text"]


async def test_two_hundred_kilos_are_not_two_dozen(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    done = await stage.say(LAI_CHAU, "nha chi My dua 2 ta sam dat 8k 1 kg")
    assert done["id"] == "household-brought"
    assert "thêm 200 kg" in done["text"]


async def test_who_pressed_wrongly_is_no_household(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    assert (await stage.say(LAI_CHAU, "chị bấm nhầm"))["id"] == "undo-which"


async def test_weighing_below_what_is_sold_says_how_much_is_gone(stage: Stage) -> None:
    await known(stage, "chị Mỷ", price="8333đ")
    await sell(stage, "chị Mỷ", "7kg")
    said = await stage.say(LAI_CHAU, "cân lại nhà chị Mỷ có 5kg sâm đất")
    assert said["id"] == "household-weigh-below"
    assert "7 kg" in said["text"]
    assert (await stage.say(LAI_CHAU, "cân lại nhà chị Mỷ có 7kg sâm đất"))["id"] == (
        "household-weighed"
    )
    assert (await account(stage, "chị Mỷ")).owed == 58_331


async def test_a_lot_that_was_taken_back_is_not_weighed_again(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    await stage.say(LAI_CHAU, "hoàn tác", "cân lại nhà chị Mỷ có 18kg sâm đất")
    assert await free(stage) == 600_000
    shown = await stage.tap(LAI_CHAU, f"hh:{(await homes(stage))['chị Mỷ']}")
    assert "Sâm đất" not in shown["text"]


async def test_the_last_of_many_lots_is_the_one_set_right(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    for _ in range(10):
        await stage.say(LAI_CHAU, "nhập 1kg sâm đất nhà chị Mỷ giá 8k")
    await stage.say(LAI_CHAU, "nhập 9kg sâm đất nhà chị Mỷ giá 8k")
    await stage.say(LAI_CHAU, "cân lại nhà chị Mỷ có 6kg sâm đất")
    assert sorted(x.brought for x in await lots(stage, "chị Mỷ"))[-2:] == [6_000, 20_000]


async def test_a_new_household_by_digits_alone_has_a_name(stage: Stage) -> None:
    await stage.tap(LAI_CHAU, "hn")
    await stage.tap(LAI_CHAU, "hih:new")
    await stage.say(LAI_CHAU, "5", "2", "20", "8")
    assert (await account(stage, "Nhà số 5")).goods["sam-dat"].brought == 20_000
    assert (await stage.say(LAI_CHAU, "trả nhà số 5 10k"))["id"] == "household-pay-sure-more"


@pytest.mark.parametrize("said", ["-5", "🙂", "..."])
async def test_no_name_makes_no_household(stage: Stage, said: str) -> None:
    before = await homes(stage)
    await stage.tap(LAI_CHAU, "hn")
    await stage.tap(LAI_CHAU, "hih:new")
    assert (await stage.say(LAI_CHAU, said))["id"] == "household-ask-name"
    assert await homes(stage) == before


async def test_a_household_called_like_a_number_is_shown(stage: Stage) -> None:
    await known(stage, "chị Ba", "anh Ba")
    assert (await stage.say(LAI_CHAU, "nhà Ba"))["id"] == "household-which-of"
    assert (await stage.say(LAI_CHAU, "nha chi Ba"))["id"] == "household-is"


async def statement(stage: Stage, name: str) -> Message:
    """What the household reads in its own chat."""
    household = (await homes(stage))[name]
    link = (await stage.tap(LAI_CHAU, f"hiv:{household}"))["text"].rpartition("/s/")[2]
    await stage.tap("my", f"bind:{link.split()[0]}")
    shown = await stage.tap(LAI_CHAU, f"hst:{household}")
    got = await stage.play(person=LAI_CHAU, tap=ids(shown)[0])
    return next(m for m in got if m["to"] == "my")


async def test_money_given_ahead_is_said_without_a_minus(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    await stage.say(LAI_CHAU, "ứng nhà chị Mỷ 35.500đ", "1")
    told = await statement(stage, "chị Mỷ")
    own = await stage.say("my", "nhà tôi bán được bao nhiêu")
    for text in (told["text"], own["text"]):
        assert "trước quá 35.500đ" in text
        assert "-" not in text


async def test_the_statement_tells_what_spoiled_and_went_back(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    await stage.say(LAI_CHAU, "hỏng 3kg sâm đất nhà chị Mỷ", "trả lại nhà chị Mỷ 2kg sâm đất")
    told = await statement(stage, "chị Mỷ")
    assert "hỏng 3 kg, trả lại 2 kg" in told["text"]
    assert "hỏng 3 kg, trả lại 2 kg" in (await stage.say("my", "nhà mình"))["text"]


async def test_the_statement_tells_that_a_price_is_missing(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    await stage.say(LAI_CHAU, "hoàn tác", "nhập 9kg sâm đất nhà chị Mỷ", "0")
    await sell(stage, "chị Mỷ", "7kg")
    assert "chưa ghi giá" in (await statement(stage, "chị Mỷ"))["text"]


async def test_a_parcel_that_came_back_is_owed_no_more(stage: Stage) -> None:
    await known(stage, "chị Mỷ", price="8333đ")
    code = await sell(stage, "chị Mỷ", "7kg")
    assert (await account(stage, "chị Mỷ")).owed == 58_331
    await stage.tap(LAI_CHAU, f"so:{code}:ship")
    await stage.tap(LAI_CHAU, f"rt:{code}:shelf")
    goods = (await account(stage, "chị Mỷ")).goods["sam-dat"]
    assert (goods.sold, goods.owed, goods.brought) == (0, 0, 20_000)


@pytest.mark.parametrize(
    ("sold", "vnd", "per", "owed"),
    [(7, 8_333, 1_000, 58), (6, 8_333, 1_000, 50), (3, 100_000, 7, 42_857), (1, 1, 2, 1)],
)
def test_money_for_a_lot_is_rounded_half_up(sold: int, vnd: int, per: int, owed: int) -> None:
    lot = Lot("x:1", "x", "h", 0, 1_000, sold=sold, cost_vnd=vnd, cost_per=per)
    assert owed_for(lot) == owed


async def test_what_households_get_is_no_price_for_customers(stage: Stage) -> None:
    await known(stage, "chị Mỷ", "chị Mận")
    asked = await stage.say(LAI_CHAU, "chị Mỷ 10kg sâm đất giá 80k")
    assert asked["id"] == "household-in-sure"
    await stage.say(LAI_CHAU, "giá sâm đất", "trả chị Mỷ chị Mận mỗi nhà 50k")
    shown = await stage.say("an", "sâm đất bao nhiêu tiền")
    assert "40.000đ/kg" in shown["text"]
    assert (await account(stage, "chị Mận")).paid == 0


async def test_goods_of_two_households_together_are_asked(stage: Stage) -> None:
    await known(stage, "chị Mỷ", "chị Mận")
    asked = await stage.say(LAI_CHAU, "nhập 20kg sâm đất của nhà chị Mỷ và nhà chị Mận giá 8k")
    assert asked["id"] == "household-in-whose"
    assert await free(stage) == 640_000


async def test_the_dong_of_a_sum_is_no_diacritic(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    assert "chị Mỷ" in (await stage.say(LAI_CHAU, "tra nha My 50.000đ"))["text"]


async def test_what_was_sold_meanwhile_is_not_taken_back(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "nhập 20kg sâm đất nhà chị Mỷ giá 8k")
    booked = await stage.tap(LAI_CHAU, "hih:new")
    await sell(stage, "chị Mỷ", "7kg")
    assert (await stage.tap(LAI_CHAU, ids(booked)[0]))["id"] == "problem-undo-too-late"
    assert await free(stage) == 613_000
    assert (await account(stage, "chị Mỷ")).owed == 56_000


async def test_a_price_set_right_is_taken_back_to_the_dong(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    await stage.say(LAI_CHAU, "nhập 15kg sâm đất nhà chị Mỷ giá 9k")
    await sell(stage, "chị Mỷ", "21kg")
    assert (await account(stage, "chị Mỷ")).owed == 20 * 8_000 + 9_000
    await stage.say(LAI_CHAU, "giá nhà chị Mỷ 7k", "1")
    assert (await account(stage, "chị Mỷ")).owed == 21 * 7_000


async def test_a_parcel_that_came_back_spoiled_is_told_to_the_household(stage: Stage) -> None:
    await known(stage, "chị Mỷ")
    code = await sell(stage, "chị Mỷ", "12kg")
    await stage.tap(LAI_CHAU, f"so:{code}:ship")
    await stage.tap(LAI_CHAU, f"rt:{code}:spoiled")
    goods = (await account(stage, "chị Mỷ")).goods["sam-dat"]
    assert (goods.sold, goods.spoiled, goods.owed) == (0, 12_000, 0)
    assert "hỏng 12 kg" in (await statement(stage, "chị Mỷ"))["text"]
