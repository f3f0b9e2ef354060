"""Faults found by playing a seller who types badly, one who only taps, and customers who transfer
money: each stands here with what she should hear.
"""

from __future__ import annotations

import pytest

from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import ids

LANG_SON = "seller:nguoi-ban-lang-son"
OWNER = "owner"


async def free(stage: Stage, product: str) -> int:
    level: int = (await stage.stock(product))["free"]
    return level


async def price(stage: Stage, product: str, key: str = "") -> int:
    rows = await stage.parts.records.rows("prices")
    return next(int(r["vnd"]) for r in rows if (r["product"], r["offer"]) == (product, key))


async def with_account(stage: Stage) -> None:
    await stage.say(OWNER, "/taikhoan", "Vietcombank 0123456789 SUNG THI MAU", "1")


async def by_transfer(stage: Stage, person: str = "an") -> str:
    """An order to be paid by transfer; its code."""
    await stage.say(person, "sâm đất 5kg")
    await stage.tap(person, "co")
    summary = await stage.fill_form(person)
    await stage.tap(person, next(i for i in ids(summary) if i.endswith(":bank")))
    return str((await stage.rows("orders"))[-1]["code"])


async def paid(stage: Stage, code: str, words: str) -> Message:
    await stage.tap(LAI_CHAU, f"pd:{code}")
    return await stage.say(LAI_CHAU, words, "1")


# stock: nothing is changed that was not said


async def test_one_hundred_without_diacritics_is_no_woodworm(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "trung")
    assert (await stage.say(LAI_CHAU, "mot tram qua"))["id"] == "stock-set"
    assert await free(stage, "trung-ga-den") == 100


async def test_jars_that_were_sold_are_not_spoiled(stage: Stage) -> None:
    done = await stage.say(SON_LA, "cham cheo ban 3 hu")
    assert done["id"] == "stock-set"
    assert await free(stage, "cham-cheo") == 87


@pytest.mark.parametrize(
    ("who", "said", "product", "left"),
    [
        (SON_LA, "hong 3 can man", "man-hau", 147_000),
        (LAI_CHAU, "toi qua dap 5 qua trung", "trung-ga-den", 195),
    ],
)
async def test_goods_nobody_of_hers_sells_do_not_hide_what_went_bad(
    stage: Stage, who: str, said: str, product: str, left: int
) -> None:
    assert (await stage.say(who, said))["id"] == "stock-set-spoiled"
    assert await free(stage, product) == left


async def test_a_verb_that_is_also_her_fruit_is_said_back(stage: Stage) -> None:
    assert (await stage.say(LANG_SON, "hong 3 can man"))["id"] == "stock-told"
    assert await free(stage, "man-com") == 40_000
    await stage.say(LANG_SON, "ok")
    assert await free(stage, "man-com") == 37_000


async def test_which_goods_keeps_the_amount_that_was_said(stage: Stage) -> None:
    asked = await stage.say(LANG_SON, "hong con 20kg")
    assert asked["id"] == "stock-which"
    assert ids(asked)[0] == "kp:hong-bao-lam:set:20000"


@pytest.mark.parametrize(
    ("said", "left"),
    [("+50 sam dat", 650_000), ("sam dat +50kg", 650_000), ("sâm đất = 40kg", 40_000)],
)
async def test_signs_are_read(stage: Stage, said: str, left: int) -> None:
    asked = await stage.say(LAI_CHAU, said)
    if asked["id"] == "stock-told":
        await stage.say(LAI_CHAU, "1")
    assert await free(stage, "sam-dat") == left


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("120 trung", "kp:trung-ga-den:set:120"),
        ("sam dat: 40kg", "kp:sam-dat:set:40000"),
    ],
)
async def test_an_amount_without_a_verb_is_asked_and_kept(
    stage: Stage, said: str, first: str
) -> None:
    asked = await stage.say(LAI_CHAU, said)
    assert asked["id"] == "stock-how-much"
    assert ids(asked)[0] == first


async def test_of_several_amounts_without_a_verb_none_is_lost(stage: Stage) -> None:
    got = await stage.play(person=LAI_CHAU, text="sâm đất 500kg trứng 100 chè 10kg")
    assert [m["id"] for m in got] == ["stock-how-much"] * 3
    assert await free(stage, "sam-dat") == 600_000


async def test_money_is_no_number_of_eggs(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "trứng", "100k")
    assert await free(stage, "trung-ga-den") == 200


@pytest.mark.parametrize("said", ["99", "2"])
async def test_digits_that_answer_nothing_show_the_door(stage: Stage, said: str) -> None:
    assert (await stage.say(LAI_CHAU, said))["id"] == "seller-home"


async def test_how_much_is_left_of_one_thing_is_answered_with_it(stage: Stage) -> None:
    assert "600 kg" in (await stage.say(LAI_CHAU, "con bn sam dat"))["text"]


@pytest.mark.parametrize("said", ["nhận đơn ZJ4K2P9Q3", "trung con may qua"])
async def test_beside_a_number_question_other_things_are_heard(stage: Stage, said: str) -> None:
    await stage.say(LAI_CHAU, "sâm đất")
    got = await stage.say(LAI_CHAU, said)
    assert got["id"] != "stock-unclear-number"


# prices beside stock


@pytest.mark.parametrize(
    ("said", "product", "left", "key", "vnd"),
    [
        ("sam dat gia 45k 1kg con 300kg, trung het", "sam-dat", 300_000, "", 45_000),
        ("mien con 20 ky gia 90", "mien-dong", 20_000, "", 90_000),
        ("rau cai meo 25k 1 bo con 40 bo nhe", "rau-cai-meo", 40, "1bo", 25_000),
        ("mac ca con 10kg ban 240k 1 can nhe", "mac-ca", 10_000, "", 240_000),
        ("chè shan tuyết thêm 5kg giá 320k", "che-shan-tuyet", 23_000, "", 320_000),
    ],
)
async def test_price_and_stock_of_one_breath_are_both_booked(
    stage: Stage, said: str, product: str, left: int, key: str, vnd: int
) -> None:
    before = await free(stage, product), await price(stage, product, key)
    await stage.say(LAI_CHAU, said)
    assert (await free(stage, product), await price(stage, product, key)) == (left, vnd)
    await stage.say(LAI_CHAU, "hoàn tác")
    assert (await free(stage, product), await price(stage, product, key)) == before


@pytest.mark.parametrize("said", ["mac ca con 20kg ban nhe", "mac ca ban chay qua con moi 20kg"])
async def test_so_much_is_left_to_sell_is_no_sale(stage: Stage, said: str) -> None:
    if (await stage.say(LAI_CHAU, said))["id"] == "stock-told":
        await stage.say(LAI_CHAU, "ok")
    assert await free(stage, "mac-ca") == 20_000


async def test_percents_are_of_the_price(stage: Stage) -> None:
    done = await stage.say(LAI_CHAU, "giam mac ca 10%")
    assert done["id"] in ("price-set", "price-told")
    await stage.say(LAI_CHAU, "ok")
    assert await price(stage, "mac-ca") == 207_000


async def test_a_price_alone_offers_no_goods_at_random(stage: Stage) -> None:
    asked = await stage.say(LAI_CHAU, "100k")
    assert asked["id"] == "price-of-what"
    assert not [i for i in ids(asked) if i.startswith("gy:")]


async def test_prices_that_stay_are_not_listed(stage: Stage) -> None:
    done = await stage.say(LANG_SON, "na chi lang 60k mot can, tu 10 can 55k")
    assert "60.000đ/kg → 60.000đ/kg" not in done["text"]


# an order in the same breath


@pytest.mark.parametrize(
    "said",
    [
        "đơn gói xong, sâm đất còn 100kg",
        "sâm đất còn 100kg, đơn mới có gì",
        "sâm đất còn 100kg, xem đơn mới",
    ],
)
async def test_stock_beside_an_order_is_booked_and_the_order_is_not_forgotten(
    stage: Stage, said: str
) -> None:
    await stage.buy("an", "sam-dat", "5kg")
    done = await stage.say(LAI_CHAU, said)
    assert done["id"] in ("stock-set", "stock-told")
    assert "new" in ids(done)
    assert "Phần đơn" in done["text"]
    await stage.say(LAI_CHAU, "ok")
    assert await free(stage, "sam-dat") == 100_000
    assert (await stage.rows("orders"))[-1]["state"] == "placed"


# yes, no and taking back


@pytest.mark.parametrize("said", ["sai", "sai rồi", "ko phải", "ủa ko đúng, 150"])
async def test_wrong_under_what_was_booked_is_no_goodbye(stage: Stage, said: str) -> None:
    await stage.say(LAI_CHAU, "trứng còn 50 quả")
    assert (await stage.say(LAI_CHAU, said))["id"] in ("undo-which", "stock-set")
    assert "undo:" in " ".join(ids(await stage.say(LAI_CHAU, "sai rồi")))


async def test_a_number_alone_under_what_was_booked_is_said_back(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "trứng còn 50 quả")
    assert (await stage.say(LAI_CHAU, "150"))["id"] == "stock-told"
    await stage.say(LAI_CHAU, "ok")
    assert await free(stage, "trung-ga-den") == 150


async def test_what_waits_for_a_yes_is_not_lost_by_other_news(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "trứng còn 2100 quả", "thịt gác bếp còn 10kg")
    again = await stage.say(LAI_CHAU, "đúng rồi")
    assert again["id"] == "stock-told"
    assert await free(stage, "trung-ga-den") == 200
    await stage.say(LAI_CHAU, "1")
    assert await free(stage, "trung-ga-den") == 2100


async def test_undo_after_booking_money_does_not_touch_older_stock(stage: Stage) -> None:
    await with_account(stage)
    code = await by_transfer(stage)
    await stage.say(LAI_CHAU, "trứng còn 50 quả")
    await stage.play(now="2026-11-22T09:05+07:00")
    await paid(stage, code, "100k")
    assert (await stage.say(LAI_CHAU, "hoàn tác"))["id"] == "undo-older"
    assert await free(stage, "trung-ga-den") == 50
    await stage.say(LAI_CHAU, "1")
    assert await free(stage, "trung-ga-den") == 200


# money that came


@pytest.mark.parametrize("said", ["khach ck roi", "da nhan tien", "tien ve roi"])
async def test_money_that_came_is_asked_about(stage: Stage, said: str) -> None:
    await with_account(stage)
    code = await by_transfer(stage)
    asked = await stage.say(LAI_CHAU, said)
    assert asked["id"] == "paid-how-much"
    assert any(i.startswith(f"pd:{code}:") for i in ids(asked))


@pytest.mark.parametrize("said", ["nhan duoc 100k cua don {}", "da nhan 100k"])
async def test_a_sum_that_came_is_said_back_and_ok_books_it(stage: Stage, said: str) -> None:
    await with_account(stage)
    code = await by_transfer(stage)
    assert (await stage.say(LAI_CHAU, said.format(code)))["id"] == "paid-sure"
    assert (await stage.say(LAI_CHAU, "ok"))["id"] == "paid-booked-part"
    [row] = await stage.parts.records.rows("payments")
    assert row["vnd"] == 100_000


@pytest.mark.parametrize("said", ["chua thay tien ve", "khach chua ck", "khach ck chua"])
async def test_money_that_did_not_come_is_not_booked(stage: Stage, said: str) -> None:
    await with_account(stage)
    await by_transfer(stage)
    assert not (await stage.say(LAI_CHAU, said))["id"].startswith("paid-")


async def test_another_sum_takes_the_place_of_the_one_said_back(stage: Stage) -> None:
    await with_account(stage)
    code = await by_transfer(stage)
    await stage.tap(LAI_CHAU, f"pd:{code}")
    again = await stage.say(LAI_CHAU, "100k", "150k")
    assert again["id"] == "paid-sure"
    assert "150.000đ" in again["text"]


async def test_lists_say_what_is_paid_and_cash_is_as_ever(stage: Stage) -> None:
    await with_account(stage)
    code = await by_transfer(stage)
    await stage.buy("binh", "sam-dat", "3kg", "0987654321")
    waits = await stage.say(LAI_CHAU, "/donmoi")
    assert waits["text"].count("còn chờ") == 1
    assert "còn phải chuyển" in (await stage.say("an", "đơn của tôi"))["text"]
    await paid(stage, code, "245k")
    assert "đã trả đủ" in (await stage.say(LAI_CHAU, "/donmoi"))["text"]
    assert "đã trả đủ" in (await stage.say("an", "đơn của tôi"))["text"]


@pytest.mark.parametrize("over", ["cancel", "refuse"])
async def test_money_of_an_order_that_came_to_nothing_goes_back(stage: Stage, over: str) -> None:
    await with_account(stage)
    code = await by_transfer(stage)
    await paid(stage, code, "150k")
    if over == "cancel":
        got = await stage.play(person="an", tap=f"cx:{code}:yes")
    else:
        got = await stage.play(person=LAI_CHAU, tap=f"so:{code}:refuse:out-of-goods")
    assert {m["to"] for m in got if "150.000đ" in m["text"]} == {"an", LAI_CHAU}
    shown = await stage.tap(LAI_CHAU, f"so:{code}")
    assert "phải gửi lại khách 150.000đ" in shown["text"]
    assert "sẽ gửi lại anh/chị 150.000đ" in (await stage.tap("an", f"o:{code}"))["text"]
    assert f"pf:{code}:sent-back" in ids(await stage.say(LAI_CHAU, "đã nhận tiền"))


async def test_what_was_sent_back_is_booked_once_and_the_customer_told(stage: Stage) -> None:
    await with_account(stage)
    code = await by_transfer(stage)
    await paid(stage, code, "500k")
    assert "gửi lại khách 255.000đ" in (await stage.tap(LAI_CHAU, f"so:{code}"))["text"]
    asked = await stage.tap(LAI_CHAU, f"pf:{code}:sent-back")
    yes = next(i for i in ids(asked) if i.endswith(":yes"))
    told = [m["id"] for m in await stage.play(person=LAI_CHAU, tap=yes) if m["to"] == "an"]
    assert told == ["payment-sent-back"]
    again = await stage.play(person=LAI_CHAU, tap=yes)
    assert [m for m in again if m["to"] == "an"] == []
    rows = await stage.parts.records.rows("payments")
    assert [r["vnd"] for r in rows] == [500_000, -255_000]


async def test_an_order_that_was_paid_for_does_not_lapse(stage: Stage) -> None:
    await with_account(stage)
    code = await by_transfer(stage)
    await paid(stage, code, "245k")
    await by_transfer(stage, "binh")
    await stage.play(now="2026-11-24T09:00+07:00")
    assert [o["state"] for o in await stage.rows("orders")] == ["placed", "lapsed"]
    assert code == (await stage.rows("orders"))[0]["code"]


async def test_who_transferred_unbooked_for_a_lapsed_order_hears_what_to_do(stage: Stage) -> None:
    await with_account(stage)
    await by_transfer(stage)
    got = await stage.play(now="2026-11-24T09:00+07:00")
    [told] = [m for m in got if m.get("id") == "order-told-lapse"]
    assert "chuyển khoản" in told["text"]


async def test_a_part_of_a_cash_order_paid_ahead_offers_no_code_to_scan(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "5kg")
    await stage.tap(LAI_CHAU, f"pd:{code}")
    await stage.say(LAI_CHAU, "100k")
    got = await stage.play(person=LAI_CHAU, text="1")
    [told] = [m for m in got if m["to"] == "an"]
    assert f"qr:{code}" not in ids(told)


async def test_a_typed_yes_sets_the_account(stage: Stage) -> None:
    await stage.say(OWNER, "/taikhoan", "Vietcombank 0123456789 SUNG THI MAU")
    assert (await stage.say(OWNER, "đúng rồi"))["id"] == "bank-is-set"


async def test_a_customer_finds_her_order_by_its_code_in_a_sentence(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "5kg")
    assert (await stage.say("an", "/tradon", f"đơn {code}"))["id"] == "order"
