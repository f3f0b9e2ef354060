"""From a claim to an order: the cart, another amount, the link of a comment's claim."""

from __future__ import annotations

import pytest

from bot.shop.claim import Guest
from bot.shop.links import claim_code, mark_of
from bot.shop.product import Pick
from bot.usecases import claims as core
from bot.usecases.claims import Wish
from tests.conversations.lives_customer import (
    MEAT,
    ROOT,
    choice,
    claims,
    item,
    me,
    on_air,
    put,
    titles,
)
from tests.conversations.stage import LAI_CHAU, Stage


async def test_a_confirmed_claim_is_a_line_of_the_cart_and_becomes_an_order(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1 2kg", "1")
    cart = await stage.say("an", "giỏ")
    assert "Số 001 · A1 Thịt lợn đen gác bếp 2 kg = 1.100.000đ (chốt live, giữ đến" in cart["text"]
    await stage.say("an", "đặt hàng")
    summary = await stage.fill_form("an")
    assert "1.100.000đ (chốt live)" in summary["text"]
    assert (await stage.say("an", "1"))["id"] == "placed"
    [claim] = await claims(stage)
    [order] = await stage.rows("orders")
    assert claim.state == "ordered"
    assert claim.order == order["code"]
    assert (await stage.stock(MEAT))["held"] == 2000
    assert (await stage.say("an", "giỏ"))["id"] == "cart-empty"
    late = await stage.tap("an", f"cc:{claim.id}")
    assert late["id"] == "claim-ordered"
    assert f"o:{order['code']}" in titles(late)


async def test_a_forgotten_session_finds_its_claims_again(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1 2kg", "1")
    await stage.parts.desk._sessions.forget(me("an"))
    assert (await stage.say("an", "đặt hàng"))["id"] == "consent"
    assert "1.100.000đ" in (await stage.say("an", "giỏ"))["text"]


async def test_taking_the_claim_back_takes_it_out_of_the_cart(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1", "1")
    await stage.say("an", "thôi")
    assert (await stage.say("an", "giỏ"))["id"] == "cart-empty"
    assert (await stage.stock(MEAT))["held"] == 0


async def test_what_the_seller_or_the_clock_ended_leaves_the_cart_aloud(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1", "1")
    [_claim] = await claims(stage)
    soon = await stage.play(now="2026-11-23T08:51+07:00")
    assert [m["id"] for m in soon] == ["claim-ends-soon-confirmed"]
    await stage.play(now="2026-11-23T09:01+07:00")
    got = await stage.play(person="an", text="giỏ")
    assert [m["id"] for m in got] == ["claim-left-cart", "cart-empty"]
    assert (await stage.tap("an", "co"))["id"] == "problem-empty-cart"


async def test_the_button_of_the_warning_leads_to_the_order(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1", "1")
    await stage.play(now="2026-11-23T08:51+07:00")
    assert (await stage.say("an", "1"))["id"] == "consent"


async def test_claims_nobody_said_yes_to_are_shown_instead_of_an_empty_cart(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1", "A2")
    got = await stage.say("an", "đặt hàng")
    assert got["id"] == "claims-mine"
    assert "cl" in titles(await stage.say("an", "giỏ"))


async def test_an_order_without_a_held_claim_says_so_once(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1", "1", "A2")
    got = await stage.play(person="an", text="đặt hàng")
    assert [m["id"] for m in got] == ["claims-wait-answer", "consent"]
    assert "A2 Sâm đất" in got[0]["text"]
    assert [m["id"] for m in await stage.play(person="an", tap="agree:order")] == ["ask-phone"]


async def test_beside_a_claim_the_same_goods_are_bought_and_changed_as_ever(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A2 500kg", "x")  # not certain: nobody claims half a ton by a word
    await item(stage, "A2", cap=600_000)
    await stage.say("an", "A2 3kg", "1")
    await stage.tap("an", f"q:{ROOT}")
    await stage.say("an", "2 kg")
    cart = await stage.say("an", "giỏ")
    assert "Sâm đất 3 kg = 120.000đ (chốt live" in cart["text"]
    assert "200.000đ" in cart["text"]
    edit = await stage.tap("an", "ed")
    assert choice(edit, "ce:")
    assert f"l:{ROOT}" in titles(edit)
    await stage.tap("an", f"rm:{ROOT}")
    kept = await stage.say("an", "giỏ")
    assert "chốt live" in kept["text"]
    assert "Tiền hàng: 120.000đ" in kept["text"]


async def test_emptying_the_cart_keeps_claims_and_says_so(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1", "1")
    got = await stage.play(person="an", tap="empty")
    assert [m["id"] for m in got] == ["cart-claims-stay", "cart"]


# another amount


@pytest.mark.parametrize(
    ("words", "amount"), [("3", 3000), ("2kg", 2000), ("A1 5kg", 5000), ("nửa cân", 500)]
)
async def test_another_amount_by_digits_or_words_is_confirmed_anew(
    stage: Stage, words: str, amount: int
) -> None:
    await on_air(stage)
    await stage.say("an", "A1 4kg", "1")
    [claim] = await claims(stage)
    asked = await stage.tap("an", f"ce:{claim.id}")
    assert asked["id"] == "claim-change-number"
    assert "1 là 1 kg, 2 là 2 kg" in asked["text"]
    got = await stage.say("an", words)
    assert got["id"] == "claim-held"
    [after] = await claims(stage)
    assert (after.amount, after.state) == (amount, "held")
    assert (await stage.stock(MEAT))["held"] == amount
    assert (await stage.say("an", "1"))["id"] == "claim-confirmed"


async def test_a_zero_is_none_and_nonsense_is_asked_again(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1")
    assert (await stage.say("an", "2"))["id"] == "claim-change-number"
    assert (await stage.say("an", "tuỳ em"))["id"] == "claim-change-again-number"
    assert (await stage.say("an", "0"))["id"] == "claim-cancelled"


async def test_too_much_for_one_keeps_the_question_and_the_claim(stage: Stage) -> None:
    await on_air(stage)
    await item(stage, "A1", per_buyer=2000)
    await stage.say("an", "A1", "2")
    refused = await stage.say("an", "9")
    assert refused["id"] == "problem-too-much-for-one"
    assert "2 kg" in refused["text"]
    assert (await stage.say("an", "2kg"))["id"] == "claim-held"


async def test_a_second_tap_on_an_amount_does_not_undo_her_yes(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1")
    asked = await stage.say("an", "2")
    two = choice(asked, "ce:")
    await stage.tap("an", two)
    await stage.say("an", "đúng")
    assert (await stage.tap("an", two))["id"] == "claim-confirmed"
    assert [c.state for c in await claims(stage)] == ["confirmed"]


async def test_nobody_answers_for_somebody_elses_claim(stage: Stage) -> None:
    await on_air(stage)
    await stage.say("an", "A1")
    [claim] = await claims(stage)
    for route in ("cy", "cc", "cp", "ce", "cu", "cv"):
        for name in ("be", LAI_CHAU):
            got = await stage.tap(name, f"{route}:{claim.id}")
            assert got["id"] == "problem-no-such-claim", route
    assert (await stage.tap("be", f"cpt:{claim.id}:both"))["id"] == "problem-no-such-claim"
    assert (await stage.tap("be", f"cm:{claim.id}:0123456789:a0:1000"))["id"].startswith("problem")
    assert [c.state for c in await claims(stage)] == ["held"]


# a comment's claim


async def comment(stage: Stage, id_: str = "c-00000000aa") -> str:
    """A guest's claim from a comment; returns the start code of its link."""
    now, guest = stage.parts.shop.now(), "guest:facebook:00000000000000aa"
    await put(stage, lambda b: b.save_guest(Guest(guest, "facebook", "Mai", now)))
    wish = Wish(id_, "live000001", "A1", Pick("", 2000), guest, name="Mai")
    await put(stage, lambda b: core.claim(b, wish, now))
    return claim_code(id_, stage.parts.shop.hashed)


async def test_the_link_shows_the_claim_and_only_the_button_joins(stage: Stage) -> None:
    await on_air(stage)
    code = await comment(stage)
    asked = await stage.say("an", f"/start {code}")
    assert asked["id"] == "claim-join-ask"
    [claim] = await claims(stage)
    assert claim.is_guests
    got = await stage.play(person="an", text="1")
    assert [m["id"] for m in got] == ["claim-joined", "claims-mine"]
    [claim] = await claims(stage)
    assert claim.person == me("an")
    assert (await stage.say("an", "đúng"))["id"] == "claim-confirmed"
    again = await stage.say("an", f"/start {code}")
    assert again["id"] == "claim-confirmed"


async def test_a_wrong_mark_and_somebody_elses_link_open_nothing(stage: Stage) -> None:
    await on_air(stage)
    code = await comment(stage)
    mark = mark_of("c-00000000aa", stage.parts.shop.hashed)
    wrong = ("0" if mark[0] != "0" else "1") + mark[1:]
    for tail in ("", ":yes"):
        got = await stage.tap("an", f"cj:c-00000000aa:{wrong}{tail}")
        assert got["id"] == "problem-no-such-claim"
    await stage.say("be", f"/start {code}", "1")
    assert (await stage.say("an", f"/start {code}"))["id"] == "problem-no-such-claim"
