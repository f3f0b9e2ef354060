"""A seller tells those who follow her, played through the whole shop."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from bot.commands.rehearse import CHANNEL
from bot.usecases import following
from bot.usecases.ports import Books
from tests.conversations.stage import LAI_CHAU, Message, Stage
from tests.pictures import makers

SELLER = "nguoi-ban-lai-chau"


async def followed(stage: Stage, *people: str, lang: str = "vi") -> None:
    """They pressed "remind me"; each has talked with the shop before."""
    for person in people:
        await stage.say(person, "chào")
        who, now = f"{CHANNEL}:{person}", stage.parts.now()
        await stage.parts.ledger.put(partial(follow, who=who, lang=lang, now=now))


def follow(books: Books, who: str, lang: str, now: int) -> None:
    following.follow(books, who, SELLER, lang, now)


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


def choice(message: Message, begins: str) -> str:
    return next(i for i in ids(message) if i.startswith(begins))


async def test_words_a_look_yes_and_what_came_of_it(stage: Stage) -> None:
    await followed(stage, "mai", "mỷ")
    said = await stage.play(person=LAI_CHAU, text="nhắn khách: mai có thịt mới, 180k/kg ạ")
    _, shown, preview = said
    assert [m["id"] for m in said] == ["broadcast-looks", "broadcast", "broadcast-preview"]
    assert "mai có thịt mới, 180k/kg ạ" in shown["text"]
    assert shown["text"].startswith("[QC]")
    assert "2 người" in preview["text"]
    got = await stage.play(person=LAI_CHAU, tap=choice(preview, "nks:"))
    letters = [m for m in got if m["id"] == "broadcast"]
    assert sorted(m["to"] for m in letters) == ["mai", "mỷ"]
    assert "stop" in ids(letters[0])
    again = await stage.play(person=LAI_CHAU, tap=choice(preview, "nks:"))
    assert not [m for m in again if m["id"] == "broadcast"]
    await stage.tap("mai", choice(letters[0], "bo:"))
    over = await stage.play(now="2026-11-22T09:01+07:00")
    assert [m["to"] for m in over if m["id"] == "broadcast-over"] == [LAI_CHAU]
    report = await stage.tap(LAI_CHAU, f"nkr:{choice(preview, 'nks:')[4:]}")
    assert "1 người đã bấm xem" in report["text"]
    assert "đã tới 2 người" in report["text"]


async def test_a_customer_who_says_stop_gets_no_more(stage: Stage) -> None:
    await followed(stage, "mai", "mỷ")
    await stage.say("mai", "từ chối")
    preview = (await stage.play(person=LAI_CHAU, text="nhắn khách: có na mới"))[-1]
    assert "1 người" in preview["text"]
    got = await stage.play(person=LAI_CHAU, tap=choice(preview, "nks:"))
    assert [m["to"] for m in got if m["id"] == "broadcast"] == ["mỷ"]


async def test_the_command_asks_what_to_say(stage: Stage) -> None:
    await followed(stage, "mai")
    assert (await stage.say(LAI_CHAU, "/nhankhach"))["id"] == "broadcast-ask"
    assert (await stage.say(LAI_CHAU, "tối mai em live nhé"))["id"] == "broadcast-preview"
    assert (await stage.say(LAI_CHAU, "/nhankhach"))["id"] == "broadcast-ask"
    assert (await stage.say(LAI_CHAU, "x" * 700))["id"] == "broadcast-too-long"
    assert (await stage.say(LAI_CHAU, "ngắn thôi"))["id"] == "broadcast-preview"


async def test_a_picture_with_words_goes_as_one(stage: Stage, tmp_path: Path) -> None:
    photo = tmp_path / "thit.jpg"
    photo.write_bytes(makers.photo((1200, 900)))
    await followed(stage, "mai")
    await stage.say(LAI_CHAU, "/nhankhach")
    said = await stage.play(person=LAI_CHAU, photo=str(photo), text="thịt mới treo gác bếp")
    shown, preview = said[-2:]
    assert shown["picture"]
    assert "thịt mới treo gác bếp" in shown["text"]
    got = await stage.play(person=LAI_CHAU, tap=choice(preview, "nks:"))
    (letter,) = [m for m in got if m["id"] == "broadcast"]
    assert letter["picture"] == shown["picture"]


async def test_only_those_of_one_language(stage: Stage) -> None:
    await followed(stage, "mai")
    await followed(stage, "pà", lang="hmn@rpa")
    preview = (await stage.play(person=LAI_CHAU, text="nhắn khách người mông: có ngô nếp"))[-1]
    assert "tiếng Mông: 1 người" in preview["text"]
    whom = await stage.tap(LAI_CHAU, choice(preview, "nkw:"))
    langs = await stage.tap(LAI_CHAU, choice(whom, "nkw:"))
    assert len([i for i in ids(langs) if i.startswith("nka:")]) == 2
    everybody = await stage.tap(LAI_CHAU, f"nka:{choice(preview, 'nks:')[4:]}:all")
    assert "2 người" in everybody["text"]


async def test_nobody_follows_yet(stage: Stage) -> None:
    got = await stage.say(LAI_CHAU, "nhắn khách: mai có thịt mới")
    assert got["id"] == "broadcast-no-followers"
    drop = await stage.tap(LAI_CHAU, choice(got, "nkx:"))
    assert drop["id"] == "broadcast-dropped-draft"


@pytest.mark.parametrize("route", ["nkr", "nkv", "nks", "nkp", "nkx", "nkc"])
async def test_one_that_is_not_hers_or_not_there(stage: Stage, route: str) -> None:
    assert (await stage.tap(LAI_CHAU, f"{route}:bnone"))["id"] == "problem-no-such-broadcast"
    assert (await stage.tap("mai", f"{route}:bnone"))["id"] != "broadcast-progress"


async def test_whom_she_means_is_asked_where_it_is_not_clear(stage: Stage) -> None:
    await followed(stage, "mai")
    got = await stage.say(LAI_CHAU, "nhắn khách đã mua sầu riêng: có hàng mới")
    assert got["id"] == "broadcast-whom"
