"""Real faults of other shop bots. Each one has its test here."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.talk.heard import Heard
from tests.conversations.stage import LAI_CHAU, Stage, open_stage


async def _to_summary(stage: Stage, person: str = "an", amount: str = "2kg") -> str:
    await stage.tap(person, "q:sam-dat")
    await stage.say(person, amount, "đặt hàng")
    summary = await stage.fill_form(person)
    return next(c["id"] for c in summary["choices"] if c["id"].endswith(":yes"))


async def test_three_taps_are_one_order_and_show_success(stage: Stage) -> None:
    yes = await _to_summary(stage)
    desk, at = stage.parts.desk, stage.parts.now()
    taps = [
        desk.hear(Heard("rehearse", "rehearse:an", f"tap-{i}", "tap", yes, at=at))
        for i in range(3)
    ]
    answers = await asyncio.gather(*taps)
    assert [a.messages[-1].id for a in answers] == ["placed"] * 3
    assert len({a.messages[-1].text for a in answers}) == 1
    assert len(await stage.rows("orders")) == 1
    assert (await stage.stock("sam-dat"))["held"] == 2_000


async def test_a_redelivered_event_is_one_order_and_repeats_its_answer(stage: Stage) -> None:
    await _to_summary(stage)
    first = await stage.play(person="an", text="1", event="same")
    again = await stage.play(person="an", text="1", event="same")
    assert first[0]["id"] == "placed"
    assert again[0] == first[0] | {"repeat": True}
    assert len(await stage.rows("orders")) == 1


async def test_twenty_buyers_on_five_units(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "/kho gà đen 5")
    buttons = {}
    for i in range(20):
        await stage.tap(f"b{i}", "add:ga-den:1con:x")
        await stage.say(f"b{i}", "đặt hàng")
        summary = await stage.fill_form(f"b{i}", phone=f"09123456{i:02}")
        buttons[f"b{i}"] = next(c["id"] for c in summary["choices"] if c["id"].endswith(":yes"))
    desk, at = stage.parts.desk, stage.parts.now()
    answers = await asyncio.gather(
        *(
            desk.hear(Heard("rehearse", f"rehearse:{who}", "go", "tap", yes, at=at))
            for who, yes in buttons.items()
        )
    )
    said = [a.messages[-1].id for a in answers]
    assert said.count("placed") == 5
    assert said.count("problem-none-left") == 15
    assert await stage.stock("ga-den") == {"product": "ga-den", "free": 0, "held": 5, "sold": 0}


async def test_carts_in_opposite_order_both_go_through(stage: Stage) -> None:
    products = ["mac-khen", "hat-doi", "cham-cheo"]
    buttons = {}
    for i in range(12):
        for product in products if i % 2 else reversed(products):
            await stage.tap(f"b{i}", f"q:{product}")
            await stage.say(f"b{i}", "100g" if product != "cham-cheo" else "1")
        await stage.say(f"b{i}", "đặt hàng")
        summary = await stage.fill_form(f"b{i}", phone=f"09123456{i:02}")
        buttons[f"b{i}"] = next(c["id"] for c in summary["choices"] if c["id"].endswith(":yes"))
    desk, at = stage.parts.desk, stage.parts.now()
    answers = await asyncio.gather(
        *(
            desk.hear(Heard("rehearse", f"rehearse:{who}", "go", "tap", yes, at=at))
            for who, yes in buttons.items()
        )
    )
    assert [a.messages[-1].id for a in answers] == ["placed"] * 12


async def test_one_phone_cannot_hold_the_shelf(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var", open_orders_per_phone=2) as stage:
        for person in ("an", "bình"):
            await stage.buy(person, "sam-dat", "2kg")
        yes = await _to_summary(stage, "cúc")
        assert (await stage.tap("cúc", yes))["id"] == "problem-too-many-open-orders"
        assert len(await stage.rows("orders")) == 2
        code = (await stage.rows("orders"))[0]["code"]
        await stage.tap(LAI_CHAU, f"so:{code}:confirm")
        assert (await stage.tap("cúc", yes))["id"] == "placed"


async def test_one_person_with_many_phones_cannot_hold_the_shelf(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var", open_orders_per_phone=2) as stage:
        await stage.buy("an", "sam-dat", "2kg")
        for then in ("placed", "problem-too-many-open-orders"):
            yes = await _again_with_another_phone(stage)
            assert (await stage.tap("an", yes))["id"] == then


async def _again_with_another_phone(stage: Stage) -> str:
    await stage.tap("an", "q:sam-dat")
    await stage.say("an", "2kg", "đặt hàng", "1")
    await stage.tap("an", "re:phone")
    phone = f"09876543{len(await stage.rows('orders')):02}"
    summary = await stage.say("an", phone)
    return str(summary["choices"][0]["id"])


async def test_one_network_address_cannot_hold_the_shelf(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var", open_orders_per_address=2) as stage:
        said = []
        for i in range(3):
            who = f"b{i}"
            await stage.tap(who, "q:sam-dat")
            await stage.say(who, "2kg", "đặt hàng")
            summary = await stage.fill_form(who, phone=f"091234567{i}")
            yes = summary["choices"][0]["id"]
            tap = Heard(
                "rehearse", f"rehearse:{who}", "go", "tap", yes, origin="one-house",
                at=stage.parts.now(),
            )  # fmt: skip
            said.append((await stage.parts.desk.hear(tap)).messages[-1].id)
        assert said == ["placed", "placed", "problem-too-many-open-orders"]


async def test_a_large_first_order_holds_nothing_before_the_sellers_word(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var", large_first_order_vnd=1_000_000) as stage:
        code = await stage.buy("an", "thit-lon-den-gac-bep", "3kg")
        assert (await stage.stock("thit-lon-den-gac-bep"))["free"] == 32_000
        await stage.tap(LAI_CHAU, f"so:{code}:confirm")
        assert (await stage.stock("thit-lon-den-gac-bep"))["held"] == 3_000


async def test_a_parcel_no_method_carries_is_quoted_and_agreed(stage: Stage) -> None:
    """200 kg fits no parcel: the seller names a fee, the customer says yes, then she confirms."""
    code = await stage.buy("an", "sam-dat", "50kg")
    assert (await stage.tap(LAI_CHAU, f"so:{code}:confirm"))["id"] == "problem-fee-open"
    await stage.tap(LAI_CHAU, f"so:{code}:fee")
    asked = await stage.play(person=LAI_CHAU, text="300k")
    offer = next(m for m in asked if m["to"] == "an")
    assert offer["id"] == "order-fee-offered"
    assert "300.000đ" in offer["text"]
    assert (await stage.say("an", "1"))["id"] == "fee-agreed"
    assert (await stage.tap(LAI_CHAU, f"so:{code}:confirm"))["id"] == "seller-order-moved"
    assert (await stage.rows("orders"))[0]["fee_vnd"] == 300_000


async def test_an_unaccepted_order_lapses_and_gives_back_once(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    told = await stage.play(now="2026-11-23T09:30+07:00")
    assert {(m["to"], m["id"]) for m in told} == {
        ("an", "order-told-lapse"),
        (LAI_CHAU, "order-lapsed-seller"),
    }
    assert (await stage.stock("sam-dat"))["free"] == 600_000
    assert await stage.play(now="2026-11-23T10:30+07:00") == []
    assert (await stage.tap("an", f"cx:{code}:yes"))["id"] == "problem-wrong-move"
    assert (await stage.stock("sam-dat"))["free"] == 600_000


@pytest.mark.parametrize("payload", ["promo", "p-khong-co", "s-", "r-xyz", "p-sam-dat", "💥", ""])
async def test_any_start_is_answered(stage: Stage, payload: str) -> None:
    got = await stage.say("an", f"/start {payload}")
    assert got["choices"]


async def test_a_letters_menu_lies_on_top_and_the_question_comes_back(stage: Stage) -> None:
    """A new order comes while the seller chooses a reason: her digit answers what she sees
    last, and the interrupted question is shown again after."""
    first = await stage.buy("an", "sam-dat", "2kg")
    assert (await stage.tap(LAI_CHAU, f"so:{first}:refuse"))["id"] == "refuse-why"
    second = await stage.buy("bình", "sam-dat", "2kg", phone="0987654321")
    got = await stage.play(person=LAI_CHAU, text="1")
    hers = [m["id"] for m in got if m["to"] == LAI_CHAU]
    assert hers == ["seller-order-moved", "refuse-why"]
    states = {o["code"]: o["state"] for o in await stage.rows("orders")}
    assert states == {first: "placed", second: "confirmed"}


async def test_a_letter_never_steals_the_number_from_a_number_question(stage: Stage) -> None:
    """In a number question every digit is the number; the letter's buttons still work."""
    assert (await stage.tap(LAI_CHAU, "kp:ga-den"))["id"] == "stock-ask-number"
    code = await stage.buy("an", "sam-dat", "2kg")
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "stock-set"
    assert (await stage.stock("ga-den"))["free"] == 1
    assert (await stage.rows("orders"))[0]["state"] == "placed"
    await stage.tap(LAI_CHAU, "kp:ga-den")
    got = await stage.play(person=LAI_CHAU, tap=f"so:{code}:confirm")
    assert (await stage.rows("orders"))[0]["state"] == "confirmed"
    assert [m["id"] for m in got if m["to"] == LAI_CHAU] == ["seller-order-moved"]


async def test_a_customers_number_question_keeps_its_digit(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "/kho gà đen 0")
    await stage.tap("an", "ask:ga-den")
    assert (await stage.tap("an", "q:sam-dat"))["id"] == "how-much-number"
    back = await stage.play(person=LAI_CHAU, text="/kho gà đen 5")
    assert "restock" in [m["id"] for m in back if m["to"] == "an"]
    assert "Sâm đất 2 kg" in (await stage.say("an", "2"))["text"]


async def test_a_letter_without_choices_leaves_the_digit_to_the_question(stage: Stage) -> None:
    code = await stage.buy("an", "sam-dat", "2kg")
    card = await stage.say("an", "mắc khén")
    await stage.tap(LAI_CHAU, f"so:{code}:confirm")
    assert card["choices"][0]["id"].startswith("add:mac-khen")
    assert (await stage.say("an", "1"))["id"] == "cart-added"


async def test_the_cart_survives_a_restart_and_a_week(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "var") as stage:
        await stage.tap("an", "q:sam-dat")
        await stage.say("an", "2kg")
    async with open_stage(tmp_path / "var", now="2026-11-29T09:00+07:00") as stage:
        got = await stage.say("an", "giỏ")
        assert "Sâm đất 2 kg = 80.000đ" in got["text"]
        assert (await stage.say("an", "1"))["id"] == "consent"


async def test_no_raw_placeholder_and_no_long_id_anywhere(stage: Stage) -> None:
    """Every screen of a walk: words filled, choice ids short enough for any app."""
    seen = [
        await stage.say("an", "alo", "giúp"),
        *[await stage.tap("an", f"cat:{c}:0") for c in stage.parts.catalogue.current.categories],
        *[await stage.tap("an", f"p:{p}") for p in stage.parts.catalogue.current.products],
    ]
    for message in seen:
        assert "{" not in message["text"]
        for choice in message["choices"]:
            assert len(choice["id"].encode()) <= 40
            assert choice["id"].isascii()
            assert "{" not in choice["title"]
