"""A parcel is handed to a carrier or a coach, and one that came back is taken in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conversations.stage import LAI_CHAU, Message, Stage
from tests.conversations.typed import ids


async def packed(stage: Stage) -> str:
    code = await stage.buy("an", "sam-dat", "2kg")
    for verb in ("confirm", "pack"):
        await stage.tap(LAI_CHAU, f"so:{code}:{verb}")
    return code


def letters(messages: list[Message]) -> list[Message]:
    return [m for m in messages if m["to"] == "an"]


async def shipment(stage: Stage) -> dict[str, Any]:
    [row] = await stage.parts.records.rows("shipments")
    return row


async def test_by_coach_one_thing_after_another(stage: Stage) -> None:
    code = await packed(stage)
    await stage.tap(LAI_CHAU, f"gd:{code}")
    said = ["2", "25b 123.45", "0912 345 678"]
    asked = [(await stage.say(LAI_CHAU, text))["id"] for text in said]
    assert asked == ["ship-plate", "ship-driver", "ship-time"]
    [letter] = letters(await stage.play(person=LAI_CHAU, text="18h"))
    assert letter["text"].splitlines()[1:] == [
        "Xe biển số 25B-123.45",
        "Số lái xe: 0912345678",
        "Xe chạy lúc 18:00 Chủ nhật 22/11",
    ]
    shown = (await stage.tap("an", f"o:{code}"))["text"]
    assert "25B-123.45" in shown
    assert "0912345678" in shown


async def test_by_digits_alone_what_is_not_known_is_passed_over(stage: Stage) -> None:
    code = await packed(stage)
    await stage.say(LAI_CHAU, "/donmoi", "2", "1", "2", "1", "0912345678")
    [letter] = letters(await stage.play(person=LAI_CHAU, text="2"))
    assert letter["text"].splitlines()[1:] == [
        "Số lái xe: 0912345678",
        "Xe chạy lúc 18:00 Chủ nhật 22/11",
    ]
    assert (await shipment(stage))["code"] == code


@pytest.mark.parametrize(
    ("said", "line"),
    [("viettel post VTP123456789", "Mã vận đơn: VTP123456789"), ("123456789", "123456789")],
)
async def test_by_post_with_a_number(stage: Stage, said: str, line: str) -> None:
    code = await packed(stage)
    await stage.tap(LAI_CHAU, f"gd:{code}")
    await stage.say(LAI_CHAU, "1")
    [letter] = letters(await stage.play(person=LAI_CHAU, text=said))
    assert letter["id"] == "order-told-ship"
    assert line in letter["text"]


async def test_by_post_without_a_number(stage: Stage) -> None:
    code = await packed(stage)
    await stage.tap(LAI_CHAU, f"gd:{code}")
    await stage.say(LAI_CHAU, "1")
    [letter] = letters(await stage.play(person=LAI_CHAU, text="1"))
    assert len(letter["text"].splitlines()) == 1


async def test_one_sentence_is_said_back_and_done_by_her_yes_once(stage: Stage) -> None:
    code = await packed(stage)
    said = f"đã gửi xe 25B-12345 lái xe 0912345678 18h đơn {code}"
    offer = await stage.say(LAI_CHAU, said)
    assert offer["id"] == "seller-order-move"
    assert "25B-123.45" in offer["text"]
    assert await stage.parts.records.rows("shipments") == []
    [letter] = letters(await stage.play(person=LAI_CHAU, text="ừ"))
    assert "Số lái xe: 0912345678" in letter["text"]
    assert letters(await stage.play(person=LAI_CHAU, tap=f"mv:ship:{code}:yes")) == []
    assert (await shipment(stage))["plate"] == "25B-123.45"


async def test_what_is_written_down_later_is_told_once(stage: Stage) -> None:
    code = await packed(stage)
    await stage.tap(LAI_CHAU, f"so:{code}:ship")
    for wanted in (["order-shipment"], []):
        await stage.tap(LAI_CHAU, f"gd:{code}")
        told = await stage.play(person=LAI_CHAU, text="xe 25B-12345 lái xe 0912345678 18h")
        assert [m["id"] for m in letters(told)] == wanted


async def test_words_that_are_no_plate_are_asked_again(stage: Stage) -> None:
    code = await packed(stage)
    await stage.tap(LAI_CHAU, f"gd:{code}:driver")
    again = [m["id"] for m in await stage.play(person=LAI_CHAU, text="số 12")]
    assert again == ["ship-unclear", "ship-driver"]
    assert (await stage.rows("orders"))[-1]["state"] == "packed"


async def test_an_hour_that_may_be_two_is_asked(stage: Stage) -> None:
    code = await packed(stage)
    await stage.tap(LAI_CHAU, f"gd:{code}:time")
    which = await stage.say(LAI_CHAU, "7h")
    assert which["id"] == "ship-which-time"
    first = next(i for i in ids(which) if i.startswith("gdt:"))
    await stage.tap(LAI_CHAU, first)
    assert (await shipment(stage))["departs_at"] == int(first.rpartition(":")[2])


@pytest.mark.parametrize(("how", "free", "spoiled"), [("1", 600_000, 0), ("2", 598_000, 2000)])
async def test_what_came_back_goes_on_the_shelf_or_is_spoiled(
    stage: Stage, how: str, free: int, spoiled: int
) -> None:
    code = await packed(stage)
    await stage.tap(LAI_CHAU, f"so:{code}:ship")
    await stage.tap(LAI_CHAU, f"rt:{code}")
    told = await stage.play(person=LAI_CHAU, text=how)
    assert [m["id"] for m in letters(told)] == ["order-told-return"]
    for other in ("shelf", "spoiled"):
        await stage.tap(LAI_CHAU, f"rt:{code}:{other}")
    lots = [x for x in await stage.parts.records.rows("lots") if x["product"] == "sam-dat"]
    assert (await stage.stock("sam-dat"))["free"] == free
    assert sum(x["spoiled"] for x in lots) == spoiled
