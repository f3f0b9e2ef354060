"""What people really send: one clear sentence each time, nothing lost, nothing doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.stage import Stage
from tests.pictures.tones import tone


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("0", "amount-zero-number"),
        ("-1", "amount-negative-number"),
        ("1e9", "amount-too-large-number"),
        ("abc", "amount-no-number-number"),
        ("999999999", "amount-too-large-number"),
        ("601 kg", "problem-sold-out"),
        ("0,3 kg", "problem-amount-too-small"),
    ],
)
async def test_bad_amounts(stage: Stage, said: str, id_: str) -> None:
    await stage.tap("an", "q:sam-dat")
    got = await stage.say("an", said)
    assert got["id"] == id_
    assert (await stage.say("an", "giỏ"))["id"] == "cart-empty"


async def test_beyond_stock_what_is_left_is_offered(stage: Stage) -> None:
    await stage.tap("an", "q:bach-tra")
    got = await stage.say("an", "4 kg")
    assert got["id"] == "problem-sold-out"
    assert "3 kg" in got["text"]
    assert (await stage.say("an", "1"))["id"] == "cart-added"
    assert "Bạch trà" in (await stage.say("an", "giỏ"))["text"]
    await stage.tap("an", "q:mat-ong-rung")
    assert (await stage.say("an", "50 lít"))["id"] == "problem-sold-out"
    assert (await stage.say("an", "2 lít"))["id"] == "cart-added"


async def test_a_card_nobody_asked_for_is_not_kept(stage: Stage) -> None:
    got = await stage.play(person="an", contact="0912345678")
    assert got[-1]["id"] == "heard-contact"


async def test_an_amount_question_goes_on_after_bad_input(stage: Stage) -> None:
    await stage.tap("an", "q:sam-dat")
    assert (await stage.say("an", "abc", "2"))["id"] == "cart-added"


@pytest.mark.parametrize(
    ("said", "id_"),
    [
        ("0213 3876 543", "phone-landline"),
        ("1900 1234", "phone-service-number"),
        ("0912", "phone-too-short"),
        ("xin chào", "phone-not-a-phone"),
    ],
)
async def test_bad_phones_say_why(stage: Stage, said: str, id_: str) -> None:
    await stage.tap("an", "add:sam-dat:3kg:1")
    await stage.say("an", "đặt hàng", "1")
    assert (await stage.say("an", said))["id"] == id_
    assert (await stage.say("an", "0912345678"))["id"] == "ask-name"


async def test_an_old_prefix_is_converted_and_shown(stage: Stage) -> None:
    await stage.tap("an", "add:sam-dat:3kg:1")
    await stage.say("an", "đặt hàng", "1")
    got = await stage.play(person="an", text="0168 123 4567")
    assert got[0]["id"] == "phone-converted"
    assert "0381234567" in got[0]["text"]


async def test_a_contact_answers_the_phone_question(stage: Stage) -> None:
    await stage.tap("an", "add:sam-dat:3kg:1")
    await stage.say("an", "đặt hàng", "1")
    got = await stage.play(person="an", contact="+84912345678")
    assert got[-1]["id"] == "ask-name"


async def test_an_address_without_a_province_is_asked(stage: Stage) -> None:
    await stage.tap("an", "add:sam-dat:3kg:1")
    await stage.say("an", "đặt hàng", "1", "0912345678", "Mỷ")
    assert (await stage.say("an", "số 5 ngõ 12 Láng Hạ"))["id"] == "ask-province"
    assert (await stage.say("an", "hà nội"))["id"] == "ask-note"


async def test_html_and_markdown_stay_words(stage: Stage) -> None:
    name, address = "<b>Mỷ</b> *&_`", "<script>alert(1)</script> [x](y) Hà Nội"
    await stage.tap("an", "add:sam-dat:3kg:1")
    got = await stage.say("an", "đặt hàng", "1", "0912345678", name, address, "1")
    assert got["id"] == "summary"
    assert name in got["text"]
    assert address in got["text"]


@pytest.mark.parametrize("braces", ["{name}", "{0}", "{", "}} {{"])
async def test_braces_in_a_field_are_words(stage: Stage, braces: str) -> None:
    await stage.tap("an", "add:sam-dat:3kg:1")
    got = await stage.say("an", "đặt hàng", "1", "0912345678", f"Mỷ {braces}")
    assert got["id"] == "ask-address"
    got = await stage.say("an", f"{braces} bản A, Lai Châu", "1")
    assert f"{braces} bản A, Lai Châu" in got["text"]


async def test_a_very_long_message(stage: Stage) -> None:
    assert (await stage.say("an", "dài " * 1250))["id"] == "too-long"


@pytest.mark.parametrize("said", ["🐖🐖🐖", "...", "?", "asdkjh qwe"])
async def test_what_means_nothing_is_not_guessed(stage: Stage, said: str) -> None:
    assert (await stage.say("an", said))["id"] == "not-understood"
    again = await stage.say("an", said)
    assert again["id"] == "not-understood-again"
    assert again["choices"][0]["id"] == "talk"


async def test_stickers_voice_and_places_are_answered(stage: Stage, tmp_path: Path) -> None:
    sound = tmp_path / "a.ogg"
    sound.write_bytes(tone(440))
    got = await stage.play(person="an", unsupported="sticker")
    assert got[-1]["id"] == "heard-unsupported"
    assert (await stage.play(person="an", place=(22.3, 103.4)))[-1]["id"] == "heard-place"
    said = await stage.play(person="an", voice=str(sound))
    got = {(m["to"], m["id"]) for m in said}
    assert got == {("an", "voice-passed-on"), ("owner", "talk-from-customer")}


async def test_a_sticker_in_the_form_loses_nothing(stage: Stage) -> None:
    await stage.tap("an", "add:sam-dat:3kg:1")
    await stage.say("an", "đặt hàng", "1")
    await stage.play(person="an", unsupported="sticker")
    assert (await stage.say("an", "0912345678"))["id"] == "ask-name"


async def test_an_address_by_voice_goes_to_the_seller(stage: Stage, tmp_path: Path) -> None:
    sound = tmp_path / "a.ogg"
    sound.write_bytes(tone(440))
    await stage.tap("an", "add:sam-dat:3kg:1")
    await stage.say("an", "đặt hàng", "1", "0912345678", "Mỷ")
    got = await stage.play(person="an", voice=str(sound))
    assert got[-1]["id"] == "ask-province"
    await stage.say("an", "Hà Nội", "1", "1")
    order = (await stage.parts.records.all_orders())[0]
    assert order.needs_call
    assert order.receiver.voice.startswith("media/")


FOREIGN = [
    "gibberish",
    "p:nothing",
    "add:sam-dat:99kg:1",
    "co",
    "q:x",
    "cat:x:y",
    "o:ZJ0",
    "so:x:confirm",
    ":::",
    "f:zzz",
    "cat:fruit:-3",
    "prov:999",
]


@pytest.mark.parametrize("tap", FOREIGN)
async def test_foreign_and_old_buttons_answer_politely(stage: Stage, tap: str) -> None:
    got = await stage.tap("an", tap)
    assert got["choices"]
    assert got["id"] != "sorry-try-again"
    assert not await stage.rows("orders")
