"""Faults that playing the shop against itself brought up; each stays mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.talk.heard import Heard
from bot.talk.ports import StoreDown
from tests.conversations.stage import LAI_CHAU, SON_LA, Stage, open_stage
from tests.source import ROOT


async def _summary(stage: Stage, who: str = "an") -> str:
    await stage.tap(who, "q:sam-dat")
    await stage.say(who, "2kg", "đặt hàng")
    summary = await stage.fill_form(who)
    return str(summary["choices"][0]["id"])


async def test_back_never_does_anything(stage: Stage) -> None:
    """Neither orders, nor packs, nor fills the cart again."""
    await stage.tap("an", "q:mac-khen:2000:7")
    for _ in range(3):
        await stage.say("an", "giỏ", "0")
    assert "Mắc khén 2 kg" in (await stage.say("an", "giỏ"))["text"]
    code = await stage.buy("bình", "sam-dat", "2kg", phone="0987654321")
    await stage.tap(LAI_CHAU, f"so:{code}:confirm")
    await stage.tap(LAI_CHAU, f"so:{code}:call")
    for _ in range(3):
        await stage.say(LAI_CHAU, "0")
    assert (await stage.rows("orders"))[0]["state"] == "confirmed"


async def test_back_after_a_refused_yes_does_not_order(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var", open_orders_per_phone=1) as stage:
        first = await stage.buy("an", "sam-dat", "2kg")
        await stage.tap("an", "q:sam-dat")
        await stage.say("an", "2kg", "đặt hàng", "1")
        assert (await stage.say("an", "1"))["id"] == "problem-too-many-open-orders"
        await stage.say("an", "giỏ")
        await stage.tap(LAI_CHAU, f"so:{first}:confirm")
        await stage.say("an", "0")
        assert len(await stage.rows("orders")) == 1


async def test_only_offered_answers_count(stage: Stage) -> None:
    await stage.tap("an", "add:sam-dat:3kg:1")
    for tap in ("set:consent:1", "set:phone:113", "set:province:abc", "agree:everything"):
        assert (await stage.tap("an", tap))["id"] == "seller-home" or tap
    assert (await stage.say("an", "đặt hàng"))["id"] == "consent"


async def test_nothing_is_not_an_order(stage: Stage) -> None:
    yes = await _summary(stage)
    await stage.tap("an", "empty")
    assert (await stage.tap("an", yes))["id"] == "problem-empty-cart"
    assert not await stage.rows("orders")


async def test_someone_elses_summary_shows_nothing(stage: Stage) -> None:
    yes = await _summary(stage)
    await stage.tap("an", yes)
    assert (await stage.tap("bình", yes))["id"] == "problem-not-your-order"


async def test_removed_goods_lock_no_order_and_stop_no_clock(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    shutil.copytree(ROOT / "catalog", catalog)
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        codes = [await stage.buy(f"b{i}", "mac-khen", "500g", f"091234567{i}") for i in range(3)]
        (catalog / "products" / "mac-khen.yaml").unlink()
        assert (await stage.tap("b0", f"cx:{codes[0]}:yes"))["id"] == "cancelled"
        assert (await stage.tap(SON_LA, f"so:{codes[1]}:confirm"))["id"] == "seller-order-moved"
        assert (await stage.tap(SON_LA, f"so:{codes[1]}:pack"))["id"] == "seller-order-moved"
        told = await stage.play(now="2026-11-24T10:00+07:00")
        assert "order-told-lapse" in [m["id"] for m in told]
        states = [o["state"] for o in await stage.rows("orders")]
        assert states == ["cancelled", "packed", "lapsed"]


async def test_goods_that_vanish_from_the_cart_are_named_by_a_sentence(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog"
    shutil.copytree(ROOT / "catalog", catalog)
    async with open_stage(tmp_path / "var", catalog_dir=catalog) as stage:
        yes = await _summary(stage)
        (catalog / "products" / "sam-dat.yaml").unlink()
        assert (await stage.tap("an", yes))["id"] == "problem-not-on-shelf"
        got = await stage.play(person="an", text="giỏ")
        assert [m["id"] for m in got] == ["cart-dropped", "cart-empty"]


async def test_kho_reads_the_whole_amount(stage: Stage) -> None:
    await stage.say(SON_LA, "/kho mắc khén 5 kg 3 lạng")
    assert (await stage.stock("mac-khen"))["free"] in (5_300, 12_000)
    assert (await stage.say(SON_LA, "/kho mắc khén 5 kg"))["id"] == "stock-set"
    assert (await stage.stock("mac-khen"))["free"] == 5_000


async def test_name_and_address_are_completed_one_by_one(stage: Stage) -> None:
    await stage.tap("an", "q:sam-dat")
    await stage.say("an", "2kg", "đặt hàng", "1", "0912345678", "1", "1", "1", "1", "1")
    code = (await stage.rows("orders"))[0]["code"]
    await stage.tap(LAI_CHAU, f"so:{code}:address")
    await stage.say(LAI_CHAU, "Bản 3, xã Sin Suối Hồ, Lai Châu")
    assert (await stage.rows("orders"))[0]["needs_call"] is True
    await stage.tap(LAI_CHAU, f"so:{code}:name")
    await stage.say(LAI_CHAU, "Chị Lan")
    order = (await stage.parts.records.all_orders())[0]
    assert (order.receiver.name, order.receiver.place) == ("Chị Lan", "Lai Châu")
    assert "Sin Suối Hồ" in order.receiver.address
    assert not order.needs_call
    got = await stage.tap(LAI_CHAU, f"so:{code}:address")
    assert (await stage.say(LAI_CHAU, "nơi khác"))["id"] == "problem-wrong-move", got


async def test_a_fee_is_not_agreed_on_a_cancelled_order(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "50kg")
    await stage.tap(LAI_CHAU, f"so:{code}:fee")
    await stage.say(LAI_CHAU, "60k")
    await stage.tap("an", f"cx:{code}:yes")
    assert (await stage.tap("an", f"fee:{code}:60000"))["id"] == "problem-wrong-move"


async def test_ones_alone_neither_pack_nor_cancel(stage: Stage) -> None:
    await stage.buy("an", "sam-dat", "2kg")
    await stage.say(LAI_CHAU, "1", "1", "1")
    assert (await stage.rows("orders"))[0]["state"] == "confirmed"
    await stage.say("an", "đơn", "1", "1", "1")
    assert (await stage.rows("orders"))[0]["state"] == "confirmed"


async def test_a_language_chosen_in_the_form_asks_the_same_question(stage: Stage) -> None:
    await stage.tap("an", "add:sam-dat:3kg:1")
    await stage.say("an", "đặt hàng", "1")
    got = await stage.play(person="an", text="tiếng Mông")
    got = await stage.play(person="an", tap="lang:en")
    assert [m["id"] for m in got] == ["language-set", "ask-phone"]
    assert (await stage.say("an", "0912345678"))["id"] == "ask-name"


async def test_fixing_keeps_the_old_answer_until_the_new_one(stage: Stage) -> None:
    await _summary(stage)
    await stage.tap("an", "re:phone")
    await stage.say("an", "quay lại")
    got = await stage.say("an", "đặt hàng")
    assert got["id"] == "summary"
    assert "0912345678" in got["text"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("bao nhiêu tiền", "answer-which"),
        ("ship hà nội bao nhiêu", "answer-"),
        ("khi nào giao", "answer-"),
        ("đúng", "alright"),
        ("oke em", "alright"),
        ("trời hôm nay mưa to quá", "not-understood"),
    ],
)
async def test_ordinary_words_are_not_goods(stage: Stage, said: str, answer: str) -> None:
    assert (await stage.say("an", said))["id"].startswith(answer)


async def test_a_bare_number_of_a_spice_is_asked(stage: Stage) -> None:
    await stage.tap("an", "q:mac-khen")
    got = await stage.say("an", "5")
    assert got["id"] == "amount-unsure"
    assert {c["title"] for c in got["choices"]} >= {"5 kg", "500 g"}
    chosen = next(c["id"] for c in got["choices"] if c["title"] == "500 g")
    await stage.tap("an", chosen)
    await stage.tap("an", chosen)
    assert "Mắc khén 500 g = 200.000đ" in (await stage.say("an", "giỏ"))["text"]


async def test_an_old_button_out_of_season_fills_no_cart(stage: Stage) -> None:
    got = await stage.tap("an", "add:na-chi-lang:3kg:77")
    assert got["id"] == "problem-out-of-season"
    assert {c["id"] for c in got["choices"]} >= {"ask:na-chi-lang", "rm:na-chi-lang"}


async def test_a_sticker_shows_the_question_again(stage: Stage) -> None:
    await stage.tap("an", "q:sam-dat")
    got = await stage.play(person="an", unsupported="sticker")
    assert [m["id"] for m in got] == ["heard-unsupported", "how-much-number"]
    assert (await stage.say("an", "2"))["id"] == "cart-added"


async def test_hidden_marks_are_dropped(stage: Stage) -> None:
    await stage.tap("an", "add:sam-dat:3kg:1")
    await stage.say("an", "đặt hàng", "1", "0912345678", "M\u202eỷ\x00", "12 Láng Hạ, Hà Nội", "1")
    await stage.say("an", "1")
    assert (await stage.parts.records.all_orders())[0].receiver.name == "Mỷ"


async def test_the_customer_can_answer_the_sellers_answer(stage: Stage) -> None:
    await stage.tap("an", "talk:sam-dat")
    await stage.say("an", "Củ to không chị?", "xong", "alo")
    await stage.say(LAI_CHAU, "1")
    back = await stage.play(person=LAI_CHAU, text="To em nhé")
    reply = next(m for m in back if m["to"] == "an")
    assert [c["title"] for c in reply["choices"]] == ["Trả lời"]
    await stage.tap("an", reply["choices"][0]["id"])
    told = await stage.play(person="an", text="Cảm ơn chị")
    assert "Cảm ơn chị" in next(m["text"] for m in told if m["to"] == LAI_CHAU)


async def test_an_old_photo_is_not_sent_later(stage: Stage, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"\xff\xd8\xff")
    await stage.play(person="an", photo=str(photo))
    await stage.say("an", "mắc khén")
    assert (await stage.tap("an", "talk:mac-khen"))["id"] == "talk-ask"


async def test_an_answer_lost_after_the_order_leaves_no_full_cart(stage: Stage) -> None:
    """The order was committed, then Redis was away before the turn could close."""
    yes = await _summary(stage)
    lost = stage.parts.sessions.close

    async def away(*_: object, **__: object) -> int:
        raise StoreDown

    stage.parts.sessions.close = away  # type: ignore[method-assign]
    tap = Heard("rehearse", "rehearse:an", "the-yes", "tap", yes, at=stage.parts.now())
    with pytest.raises(StoreDown):
        await stage.parts.desk.hear(tap)
    stage.parts.sessions.close = lost  # type: ignore[method-assign]
    assert (await stage.parts.desk.hear(tap)).messages[-1].id == "placed"
    assert (await stage.say("an", "giỏ"))["id"] == "cart-empty"
    assert len(await stage.rows("orders")) == 1


async def test_yes_counts_only_for_what_was_read(stage: Stage) -> None:
    """Other goods of the same price are other goods."""
    await stage.tap("an", "add:lap-suon:500g:1")
    await stage.say("an", "đặt hàng")
    yes = str((await stage.fill_form("an"))["choices"][0]["id"])
    await stage.tap("an", "rm:lap-suon")
    await stage.tap("an", "add:khau-nhuc:1hop:2")
    got = await stage.play(person="an", tap=yes)
    assert "placed" not in [m["id"] for m in got]
    assert not await stage.rows("orders")
