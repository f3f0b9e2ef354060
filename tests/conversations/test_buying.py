"""A customer browses, orders, follows the order: by words, by digits, by buttons."""

from __future__ import annotations

import pytest

from bot.stores.sql.tables import metadata
from tests.conversations.stage import LAI_CHAU, SON_LA, Stage


async def test_first_words_say_that_the_shop_is_automatic(stage: Stage) -> None:
    got = await stage.say("an", "alo")
    assert got["id"] == "welcome"
    assert "tự động" in got["text"]
    assert (await stage.say("an", "alo"))["id"] == "home"


@pytest.mark.parametrize("name", ["sâm đất", "sam dat", "SÂM ĐẤT", "khoai sâm", "yacon"])
async def test_a_typed_name_opens_the_card(stage: Stage, name: str) -> None:
    got = await stage.say("an", name)
    assert got["id"] == "card"
    assert "40.000đ/kg" in got["text"]
    assert "600 kg" in got["text"]
    assert got["picture"] == "product/sam-dat"


async def test_a_name_that_fits_several_is_asked(stage: Stage) -> None:
    got = await stage.say("an", "thịt lợn đen")
    assert got["id"] == "search-found"
    assert {c["id"] for c in got["choices"]} >= {"p:thit-lon-den-gac-bep", "p:thit-lon-den-tuoi"}


async def test_a_whole_purchase_by_digits_alone(stage: Stage) -> None:
    """Only digits: market, category, product, pack, order, consent, phone, seller calls,
    province.
    """
    got = await stage.say("an", "1", "1")
    assert got["id"] == "market-today"
    for digit in ("1", "1", "1", "1"):
        got = await stage.say("an", digit)
    assert got["id"] == "consent"
    got = await stage.say("an", "1", "0912345678", "1", "1")
    assert got["id"] == "ask-province"
    got = await stage.say("an", "1", "1")
    assert got["id"] == "summary"
    got = await stage.say("an", "1")
    assert got["id"] == "placed"
    order = (await stage.rows("orders"))[0]
    assert order["state"] == "placed"
    assert order["needs_call"] is True


async def test_one_order_and_one_fee_per_seller(stage: Stage) -> None:
    await stage.tap("an", "q:sam-dat")
    await stage.say("an", "2kg")
    await stage.tap("an", "q:mac-khen")
    await stage.say("an", "500g", "đặt hàng")
    summary = await stage.fill_form("an")
    assert summary["id"] == "summary"
    assert summary["text"].count("Phí tạm tính") == 2
    done = await stage.play(person="an", text="1")
    assert done[0]["to"] == "an"
    assert sorted(m["to"] for m in done[1:]) == [LAI_CHAU, SON_LA]
    orders = await stage.rows("orders")
    assert {o["seller"] for o in orders} == {LAI_CHAU[7:], SON_LA[7:]}
    assert sorted(o["lines"][0]["vnd"] for o in orders) == [80_000, 200_000]
    for order in orders:
        assert order["total_vnd"] == order["fee_vnd"] + order["lines"][0]["vnd"]
        assert order["fee_vnd"] > 0


async def test_the_seller_moves_the_order_and_the_customer_is_told(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    for verb in ("confirm", "pack", "ship", "deliver"):
        told = await stage.play(person=LAI_CHAU, tap=f"so:{code}:{verb}")
        assert [m["id"] for m in told if m["to"] == "an"] == [f"order-told-{verb}"]
    assert (await stage.rows("orders"))[0]["state"] == "delivered"
    assert await stage.stock("sam-dat") == {
        "product": "sam-dat", "free": 598_000, "held": 0, "sold": 2_000,
    }  # fmt: skip


async def test_cancel_until_packed(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    assert (await stage.tap("an", f"cx:{code}"))["id"] == "cancel-sure"
    assert (await stage.say("an", "ừ"))["id"] == "cancelled"
    assert (await stage.stock("sam-dat"))["free"] == 600_000
    assert (await stage.tap("an", f"cx:{code}:yes"))["id"] == "cancelled"
    assert (await stage.stock("sam-dat"))["free"] == 600_000


async def test_a_packed_order_is_not_cancelled(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    await stage.tap(LAI_CHAU, f"so:{code}:confirm")
    await stage.tap(LAI_CHAU, f"so:{code}:pack")
    got = await stage.tap("an", f"cx:{code}:yes")
    assert got["id"] == "problem-wrong-move"
    assert (await stage.rows("orders"))[0]["state"] == "packed"


async def test_refusing_with_a_reason_gives_the_goods_back(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    assert (await stage.tap(LAI_CHAU, f"so:{code}:refuse"))["id"] == "refuse-why"
    told = await stage.play(person=LAI_CHAU, text="1")
    assert "Hết hàng" in next(m["text"] for m in told if m["to"] == "an")
    assert (await stage.stock("sam-dat"))["free"] == 600_000


async def test_one_sellers_refusal_leaves_the_other_order(stage: Stage) -> None:
    await stage.tap("an", "q:sam-dat")
    await stage.say("an", "2kg")
    await stage.tap("an", "q:mac-khen")
    await stage.say("an", "500g", "đặt hàng")
    await stage.fill_form("an")
    await stage.say("an", "1")
    codes = {o["seller"]: o["code"] for o in await stage.rows("orders")}
    await stage.tap(SON_LA, f"so:{codes[SON_LA[7:]]}:refuse:out-of-goods")
    await stage.tap(LAI_CHAU, f"so:{codes[LAI_CHAU[7:]]}:confirm")
    assert sorted(o["state"] for o in await stage.rows("orders")) == ["confirmed", "refused"]


async def test_found_again_by_code_and_four_digits_to_look_only(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    got = await stage.say("bình", f"{code} 5678")
    assert got["id"] == "order"
    assert not any(c["id"].startswith("cx:") for c in got["choices"])
    assert (await stage.tap("bình", f"cx:{code}:yes"))["id"] == "problem-not-your-order"
    for _ in range(4):
        assert (await stage.say("bình", f"{code} 0000"))["id"] == "problem-no-such-order"
    assert (await stage.say("bình", f"{code} 5678"))["id"] == "problem-too-often"


async def test_sold_out_then_told_once_when_it_is_back(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "/kho sâm đất 0")
    got = await stage.say("an", "sâm đất")
    assert got["id"] == "card-sold-out"
    assert (await stage.say("an", "1"))["id"] == "remind-noted"
    await stage.tap("an", "ask:sam-dat")
    back = await stage.play(person=LAI_CHAU, text="/kho sam dat 20kg")
    assert [(m["id"], m["kind"]) for m in back if m["to"] == "an"] == [("restock", "restock")]
    again = await stage.play(person=LAI_CHAU, text="/kho sam dat 30kg")
    assert [m for m in again if m["to"] == "an"] == []


async def test_a_restock_letter_waits_for_seven_in_the_morning(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "/kho sâm đất 0")
    await stage.tap("an", "ask:sam-dat")
    await stage.play(now="2026-11-22T23:30+07:00")
    night = await stage.play(person=LAI_CHAU, text="/kho sâm đất 20")
    assert [m for m in night if m["to"] == "an"] == []
    assert await stage.play(now="2026-11-23T06:59+07:00") == []
    morning = await stage.play(now="2026-11-23T07:00+07:00")
    assert [m["id"] for m in morning] == ["restock"]


@pytest.mark.parametrize("word", ["dừng", "dung", "từ chối", "tu choi", "stop", "huỷ nhận"])
async def test_a_stop_word_stops_at_once(stage: Stage, word: str) -> None:
    await stage.say(LAI_CHAU, "/kho sâm đất 0")
    await stage.tap("an", "ask:sam-dat")
    await stage.tap("an", "agree:remind")
    assert (await stage.say("an", word))["id"] == "reminders-stopped"
    back = await stage.play(person=LAI_CHAU, text="/kho sâm đất 20")
    assert [m for m in back if m["to"] == "an"] == []
    assert all(not r["consents"] for r in await stage.rows("people") if r["person"] == "an")


async def test_out_of_season_comes_back_with_its_season(stage: Stage) -> None:
    got = await stage.say("an", "na dai")
    assert got["id"] == "card-out-of-season"
    assert "tháng 7–9" in got["text"]
    assert (await stage.say("an", "1"))["id"] == "remind-noted"
    assert await stage.play(now="2027-06-30T09:00+07:00") == []
    assert [m["id"] for m in await stage.play(now="2027-07-01T09:00+07:00")] == ["restock"]


async def test_talking_with_the_right_seller_and_back(stage: Stage) -> None:
    await stage.say("an", "mắc khén", "gặp người bán")
    told = await stage.play(person="an", text="Có thơm <b>không</b> chị?")
    words = next(m for m in told if m["to"] == SON_LA)
    assert "Có thơm <b>không</b> chị?" in words["text"]
    assert "Mắc khén" in words["text"]
    await stage.say(SON_LA, "1")
    back = await stage.play(person=SON_LA, text="Thơm lắm em")
    assert "Thơm lắm em" in next(m["text"] for m in back if m["to"] == "an")
    assert (await stage.say(SON_LA, "xong"))["id"] == "reply-done"


async def test_erased_at_once_or_after_the_open_order(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    assert (await stage.say("an", "xoá dữ liệu", "1"))["id"] == "erase-later"
    for verb in ("confirm", "pack", "ship", "deliver"):
        await stage.tap(LAI_CHAU, f"so:{code}:{verb}")
    order = (await stage.parts.records.all_orders())[0]
    assert order.total_vnd > 80_000
    assert order.receiver.address == ""
    assert "Mỷ" not in order.receiver.name
    assert "0912345678" not in order.receiver.phone
    assert all(r["person"] != "an" for r in await stage.rows("people"))
    assert (await stage.say("bình", "xoá dữ liệu", "1"))["id"] == "erased"


async def test_erasing_leaves_no_word_of_the_person_in_any_table(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    await stage.tap("an", "link")
    await stage.tap("an", "talk:sam-dat")
    await stage.say("an", "lời của riêng tôi", "xong")
    for verb in ("confirm", "pack", "ship", "deliver"):
        await stage.tap(LAI_CHAU, f"so:{code}:{verb}")
    assert (await stage.say("an", "xoá dữ liệu", "1"))["id"] == "erased"
    for table in metadata.tables:
        kept = str(await stage.parts.records.rows(table))
        for word in ("rehearse:an", "Mỷ", "0912345678", "Láng Hạ", "lời của riêng tôi"):
            assert word not in kept, (table, word)


async def test_details_are_asked_once(stage: Stage) -> None:
    await stage.buy("an", "sam-dat", "2kg")
    await stage.tap("an", "q:sam-dat")
    got = await stage.say("an", "3kg", "đặt hàng")
    assert got["id"] == "ask-note"
    assert (await stage.say("an", "1"))["id"] == "summary"


async def test_back_walks_the_way_it_came(stage: Stage) -> None:
    await stage.say("an", "alo", "1", "1", "1")
    assert (await stage.say("an", "0"))["id"] == "category"
    assert (await stage.say("an", "quay lại"))["id"] == "market-today"
    assert (await stage.say("an", "0"))["id"] == "home"
    assert (await stage.say("an", "0"))["id"] == "home"


async def test_back_from_what_an_action_showed_is_the_screen_before(stage: Stage) -> None:
    await stage.say("an", "alo", "1", "1", "1")
    assert (await stage.say("an", "1"))["id"] == "cart-added"
    assert (await stage.say("an", "0"))["id"] == "card"
    assert (await stage.tap("an", "q:hong-bao-lam"))["id"] == "how-much-number"
    assert (await stage.say("an", "2"))["id"] == "cart-added"
    assert (await stage.say("an", "0"))["id"] == "card"
    assert (await stage.say("an", "0"))["id"] == "category"
