""" "Hoàn tác": the last message is taken back, whole or not at all, and only once."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from bot.commands.rehearse import CHANNEL
from bot.shop.people import Person
from bot.usecases import journal
from bot.usecases.rights import sit
from bot.usecases.stock import set_stock, shift_stock
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.conversations.typed import ids

AT = 1_800_000_000


async def free(stage: Stage, product: str) -> int:
    level: int = (await stage.stock(product))["free"]
    return level


def undo_of(message: Message) -> str:
    return next(i for i in ids(message) if i.startswith("undo:"))


@pytest.mark.parametrize("said", ["hoàn tác", "hoan tac", "/hoantac"])
async def test_the_last_change_is_taken_back_then_the_one_before(stage: Stage, said: str) -> None:
    await stage.say(LAI_CHAU, "sâm đất còn 100kg", "trứng hết")
    back = await stage.say(LAI_CHAU, said)
    assert back["text"] == "↩ Trứng gà đen: 0 quả → 200 quả"
    assert (await free(stage, "sam-dat"), await free(stage, "trung-ga-den")) == (100_000, 200)
    assert (await stage.say(LAI_CHAU, said))["text"] == "↩ Sâm đất: 100 kg → 600 kg"
    assert (await stage.say(LAI_CHAU, said))["id"] == "problem-nothing-to-undo"
    assert await free(stage, "sam-dat") == 600_000


async def test_a_redelivered_word_takes_back_no_more(stage: Stage) -> None:
    """The ledger knows the command by the event, even if the answer was lost."""
    await stage.say(LAI_CHAU, "sâm đất còn 100kg", "trứng hết")
    who = await stage.parts.records.person(f"{CHANNEL}:{LAI_CHAU}")
    now = max(c["at"] for c in await stage.parts.records.rows("changes"))
    for _ in range(2):
        back = await stage.parts.ledger.put(lambda b: journal.undo_last(b, who, now, "event-1"))
        assert len(back) == 1
    undone = [c for c in await stage.parts.records.rows("changes") if c["undone_at"]]
    assert len(undone) == 1


async def test_what_was_sold_meanwhile_cannot_be_taken_back(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "sâm đất còn 2kg")
    done = await stage.say(LAI_CHAU, "thêm 3kg sâm đất")
    await stage.buy("an", "sam-dat", "4kg")
    for said in (undo_of(done), "undo"):
        assert (await stage.tap(LAI_CHAU, said))["id"] == "problem-undo-too-late"
    assert await free(stage, "sam-dat") == 1000


async def test_of_one_message_all_is_taken_back_or_nothing(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "sâm đất còn 2kg")
    done = await stage.say(LAI_CHAU, "thêm 3kg sâm đất, trứng còn 100 quả")
    await stage.buy("an", "sam-dat", "4kg")
    assert (await stage.tap(LAI_CHAU, undo_of(done)))["id"] == "problem-undo-too-late"
    assert (await free(stage, "sam-dat"), await free(stage, "trung-ga-den")) == (1000, 100)


async def test_another_seller_takes_nothing_back(stage: Stage) -> None:
    done = await stage.say(LAI_CHAU, "trứng hết")
    assert (await stage.tap(SON_LA, undo_of(done)))["id"] == "problem-not-seller"
    assert (await stage.say(SON_LA, "hoàn tác"))["id"] == "problem-nothing-to-undo"
    assert await free(stage, "trung-ga-den") == 0


async def test_a_day_later_it_is_corrected_by_a_new_number(stage: Stage) -> None:
    done = await stage.say(LAI_CHAU, "trứng hết")
    await stage.play(now="2026-11-23T10:00+07:00")
    assert (await stage.tap(LAI_CHAU, undo_of(done)))["id"] == "problem-undo-too-late"
    assert await free(stage, "trung-ga-den") == 0


async def test_words_that_only_seem_to_mean_it_are_asked_back(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "trứng hết", "k")
    asked = await stage.say(LAI_CHAU, "lỡ tay, bỏ thay đổi vừa rồi")
    assert asked["id"] == "undo-which"
    assert await free(stage, "trung-ga-den") == 0
    await stage.say(LAI_CHAU, "1")
    assert await free(stage, "trung-ga-den") == 200


async def test_the_word_drops_what_waits_for_a_yes(stage: Stage) -> None:
    await stage.say(LAI_CHAU, "sâm đất còn 100kg", "trứng còn 2100 quả")
    assert (await stage.say(LAI_CHAU, "hoàn tác"))["id"] == "stock-told-left"
    await stage.say(LAI_CHAU, "có")
    assert (await free(stage, "sam-dat"), await free(stage, "trung-ga-den")) == (100_000, 200)


@pytest.mark.parametrize("choice", ["undo:", "undo:x", "undo:abc.1", "undo:0000000000000000"])
async def test_an_unknown_change_is_refused(stage: Stage, choice: str) -> None:
    await stage.say(LAI_CHAU, "trứng hết")
    got = await stage.tap(LAI_CHAU, choice)
    assert got["id"] in ("problem-nothing-to-undo", "stock-undone")
    if choice != "undo:":
        assert await free(stage, "trung-ga-den") == 0


async def test_two_helpers_at_once_lose_nothing(stage: Stage) -> None:
    """Forty commands in one moment, adding five and counting twenty: each follows from the one
    before, and all of them stand in the journal.
    """
    ledger, records = stage.parts.ledger, stage.parts.records
    her, helper = await two_accounts(stage)
    commands = [
        partial(shift_stock, product_id="ga-den", by_much=5, by=her, now=AT, id_=f"add-{n}")
        if n % 2
        else partial(set_stock, product_id="ga-den", left=20, by=helper, now=AT, id_=f"set-{n}")
        for n in range(40)
    ]
    done = await asyncio.gather(*(ledger.put(command) for command in commands))
    before = 24
    for change in done:
        assert change.effect.before == before
        assert change.effect.after == (before + 5 if change.id.startswith("add") else 20)
        before = change.effect.after
    assert await free(stage, "ga-den") == before
    rows = [c for c in await records.rows("changes") if c["kind"] == "stock"]
    journal_lines = {c["id"]: c["who"] for c in rows}
    assert journal_lines == {c.id: c.who for c in done}
    assert set(journal_lines.values()) == {her.id, helper.id}
    moves = [m for m in await records.rows("stock_moves") if m["product"] == "ga-den"]
    assert sum(m["amount"] for m in moves) == before


async def test_two_accounts_say_it_at_once(stage: Stage) -> None:
    """Whoever comes first: 24 + 5, then 20; or 20, then 20 + 5."""
    await two_accounts(stage)
    await asyncio.gather(
        stage.play(person=LAI_CHAU, text="thêm 5 con gà đen"),
        stage.play(person="helper", text="gà đen còn 20 con"),
    )
    changes = [c for c in await stage.parts.records.rows("changes") if c["kind"] == "stock"]
    assert {c["who"] for c in changes} == {f"{CHANNEL}:{LAI_CHAU}", f"{CHANNEL}:helper"}
    assert await free(stage, "ga-den") in (20, 25)


async def two_accounts(stage: Stage) -> tuple[Person, Person]:
    """Two accounts that act for the same seller."""
    helper = f"{CHANNEL}:helper"
    seller = LAI_CHAU.removeprefix("seller:")
    await stage.parts.ledger.put(lambda books: sit(books, helper, seller, AT))
    read = stage.parts.records.person
    return await read(f"{CHANNEL}:{LAI_CHAU}"), await read(helper)
