"""Words about lives that work at any time: what stops, what only looks so, slash commands."""

from __future__ import annotations

from functools import partial

import pytest

from bot.commands.rehearse import CHANNEL
from bot.usecases import following
from bot.usecases.ports import Books
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage

SELLER = "nguoi-ban-lai-chau"


def follow(books: Books, who: str, now: int) -> None:
    following.follow(books, f"{CHANNEL}:{who}", SELLER, "vi", now)


async def followed(stage: Stage, who: str) -> None:
    await stage.say(who, "chào")
    await stage.parts.ledger.put(partial(follow, who=who, now=stage.parts.now()))


async def follows(stage: Stage, who: str) -> int:
    wishes = await stage.parts.records.read(lambda b: b.follows_of(f"{CHANNEL}:{who}"))
    return len(wishes)


async def asked_name(stage: Stage, who: str) -> Message:
    await stage.tap(who, "q:sam-dat")
    await stage.say(who, "2kg", "đặt hàng")
    await stage.tap(who, "agree:order")
    return await stage.say(who, "0912345678")


@pytest.mark.parametrize("text", ["dừng nhé em", "STOP QC", "hủy nhận ạ", "đừng nhắn nữa", "dung"])
async def test_it_stops_at_once_and_twice_is_once(stage: Stage, text: str) -> None:
    await followed(stage, "mỷ")
    assert await follows(stage, "mỷ") == 1
    assert (await stage.say("mỷ", text))["id"] == "reminders-stopped"
    assert await follows(stage, "mỷ") == 0
    assert (await stage.say("mỷ", text))["id"] == "reminders-stopped"


async def test_it_stops_in_the_middle_of_an_order_too(stage: Stage) -> None:
    await followed(stage, "mỷ")
    assert (await asked_name(stage, "mỷ"))["id"] == "ask-name"
    assert (await stage.say("mỷ", "Dừng nhé"))["id"] == "reminders-stopped"
    assert await follows(stage, "mỷ") == 0


async def test_dung_is_a_name_where_a_name_is_asked_for(stage: Stage) -> None:
    await followed(stage, "dung")
    assert (await asked_name(stage, "dung"))["id"] == "ask-name"
    assert (await stage.say("dung", "Dung"))["id"] == "ask-address"
    assert await follows(stage, "dung") == 1


async def test_what_a_seller_writes_to_a_customer_is_told(stage: Stage) -> None:
    await stage.say("mỷ", "mắc khén", "gặp người bán", "em trồng thêm được không chị?")
    await stage.say(SON_LA, "1")
    told = await stage.play(person=SON_LA, text="dừng lại nhé em")
    assert "dừng lại nhé em" in next(m["text"] for m in told if m["to"] == "mỷ")


@pytest.mark.parametrize("text", ["dừng live", "từ chối đơn này"])
async def test_other_words_with_it_stop_nothing(stage: Stage, text: str) -> None:
    await followed(stage, "mỷ")
    assert (await stage.say("mỷ", text))["id"] != "reminders-stopped"
    assert await follows(stage, "mỷ") == 1


async def test_a_seller_stops_hers_when_nothing_was_asked(stage: Stage) -> None:
    assert (await stage.say(LAI_CHAU, "dừng nhé em"))["id"] == "reminders-stopped"


@pytest.mark.parametrize(
    ("slash", "of_customer", "of_seller"),
    [
        ("/live", "lives-none", "seller-lives-none"),
        ("/chot", "claims-none", "live-none"),
        ("/theodoi", "follows-none", "follows-none"),
        ("/nhankhach", "follows-none", "broadcast-ask"),
        ("/nhac", "follows-none", "broadcast-ask"),
        ("/lensong", "lives-none", "live-start-none"),
        ("/xonglive", "lives-none", "live-none"),
        ("/dan", "lives-none", "live-none"),
    ],
)
async def test_slash_commands_of_lives(
    stage: Stage, slash: str, of_customer: str, of_seller: str
) -> None:
    said = [(await stage.say(who, slash))["id"] for who in ("mỷ", LAI_CHAU)]
    assert said == [of_customer, of_seller]
