"""Paying by transfer: the owner names an account, the buyer scans a code, the seller books it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from bot.payments.vietqr import read
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import ids

OWNER = "owner"


def total(order: dict[str, Any]) -> int:
    return sum(line["vnd"] for line in order["lines"]) + int(order["fee_vnd"])


async def with_account(stage: Stage) -> None:
    asked = await stage.say(OWNER, "/taikhoan", "Vietcombank 0123 456 789 SUNG THI MAU")
    assert asked["id"] == "bank-sure"
    assert "Vietcombank" in asked["text"]
    assert (await stage.say(OWNER, "1"))["id"] == "bank-is-set"


async def order_of(stage: Stage, person: str, pay: str) -> list[Message]:
    await stage.say(person, "sâm đất 3kg")
    await stage.tap(person, "co")
    summary = await stage.fill_form(person)
    choice = next(i for i in ids(summary) if i.endswith(pay))
    return [m for m in await stage.play(person=person, tap=choice) if m["to"] == person]


async def picture_says(stage: Stage, message: Message) -> str:
    data, mime = await stage.parts.media.read(message["picture"])
    assert mime == "image/png"
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))
    return str(found[0].text)


async def test_without_an_account_only_cash_is_offered(stage: Stage) -> None:
    await stage.say("an", "sâm đất 3kg")
    await stage.tap("an", "co")
    summary = await stage.fill_form("an")
    assert next(i for i in ids(summary) if i.startswith("co:")).endswith(":yes")
    assert not [i for i in ids(summary) if i.endswith(":bank")]


async def test_a_code_to_scan_says_account_sum_and_order(stage: Stage) -> None:
    await with_account(stage)
    code, placed = await order_of(stage, "an", ":bank")
    assert (code["id"], placed["id"]) == ("transfer", "placed")
    [order] = await stage.rows("orders")
    transfer = read(await picture_says(stage, code))
    assert (transfer.bin, transfer.account) == ("970436", "0123456789")
    assert transfer.vnd == total(order)
    assert transfer.purpose == order["code"]


async def test_the_seller_books_all_and_the_buyer_is_told(stage: Stage) -> None:
    await with_account(stage)
    await order_of(stage, "an", ":bank")
    [order] = await stage.rows("orders")
    asked = await stage.tap(LAI_CHAU, f"pd:{order['code']}")
    all_ = next(i for i in ids(asked) if i.count(":") == 3)
    told = await stage.play(person=LAI_CHAU, tap=all_)
    assert [m["id"] for m in told if m["to"] == "an"] == ["payment-received-all"]
    again = await stage.play(person=LAI_CHAU, tap=all_)
    assert [m for m in again if m["to"] == "an"] == []
    assert [m["id"] for m in again if m["to"] == LAI_CHAU] == ["paid-booked-all"]
    [row] = await stage.parts.records.rows("payments")
    assert row["vnd"] == total(order)


async def test_a_part_is_said_back_and_a_new_code_asks_for_the_rest(stage: Stage) -> None:
    await with_account(stage)
    await order_of(stage, "an", ":bank")
    [order] = await stage.rows("orders")
    await stage.tap(LAI_CHAU, f"pd:{order['code']}")
    sure = await stage.say(LAI_CHAU, "100k")
    assert sure["id"] == "paid-sure"
    told = await stage.play(person=LAI_CHAU, text="1")
    assert [m["id"] for m in told if m["to"] == "an"] == ["payment-received-part"]
    code = await stage.say("an", "1")
    assert read(await picture_says(stage, code)).vnd == total(order) - 100_000


async def test_a_slip_is_put_right_with_a_reason(stage: Stage) -> None:
    await with_account(stage)
    await order_of(stage, "an", ":bank")
    [order] = await stage.rows("orders")
    await stage.tap(LAI_CHAU, f"pd:{order['code']}")
    await stage.say(LAI_CHAU, "2 triệu", "1")
    await stage.tap(LAI_CHAU, f"pf:{order['code']}:wrong-sum")
    fixed = await stage.say(LAI_CHAU, "100k")
    assert fixed["id"] == "paid-fixed"
    rows = await stage.parts.records.rows("payments")
    assert [r["vnd"] for r in rows] == [2_000_000, -1_900_000]
    assert rows[1]["note"] == "wrong-sum"


async def test_a_receipt_marks_nothing_as_paid(stage: Stage, tmp_path: Path) -> None:
    await with_account(stage)
    await order_of(stage, "an", ":bank")
    receipt = tmp_path / "receipt.jpg"
    Image.new("RGB", (64, 64), "white").save(receipt)
    await stage.play(person="an", photo=str(receipt))
    [order] = await stage.parts.records.all_orders()
    assert order.paid_vnd == 0


async def test_another_seller_and_a_customer_book_nothing(stage: Stage) -> None:
    await with_account(stage)
    await order_of(stage, "an", ":bank")
    [order] = await stage.rows("orders")
    for person in (SON_LA, "an"):
        refused = await stage.tap(person, f"pd:{order['code']}:1000:x")
        assert refused["id"] in ("problem-not-your-order", "problem-not-seller")
    assert await stage.parts.records.rows("payments") == []


async def test_a_changed_account_waits_a_day_and_can_be_stopped(stage: Stage) -> None:
    await with_account(stage)
    await stage.say(OWNER, "/taikhoan", "MB 999888777 NGUOI KHAC")
    told = await stage.play(person=OWNER, text="1")
    assert {m["to"] for m in told if m["id"] == "bank-changes"} >= {LAI_CHAU, SON_LA}
    code, _ = await order_of(stage, "an", ":bank")
    assert read(await picture_says(stage, code)).account == "0123456789"
    shown = await stage.say(OWNER, "/taikhoan")
    stop = next(i for i in ids(shown) if i.startswith("bks:"))
    assert (await stage.tap(OWNER, stop))["id"] == "bank-is-stopped"
    await stage.play(now="2026-11-24T09:00+07:00")
    code, _ = await order_of(stage, "binh", ":bank")
    assert read(await picture_says(stage, code)).account == "0123456789"


async def test_a_seller_cannot_set_the_account(stage: Stage) -> None:
    assert (await stage.say(LAI_CHAU, "/taikhoan"))["id"] == "problem-not-seller"


async def test_cash_becomes_a_transfer_and_the_seller_is_told(stage: Stage) -> None:
    await order_of(stage, "an", ":yes")
    await with_account(stage)
    [order] = await stage.rows("orders")
    told = await stage.play(person="an", tap=f"pb:{order['code']}")
    assert [m["id"] for m in told if m["to"] == "an"] == ["transfer"]
    assert [m["id"] for m in told if m["to"] == LAI_CHAU] == ["order-by-transfer"]
