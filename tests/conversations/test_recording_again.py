"""What is recorded is found to be old, is somebody's own, ends, or is done by two at once."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.shop.roles import Grant, Right
from bot.shop.sound import HOUSEHOLD
from bot.talk.heard import Heard
from bot.usecases import erasing, people, rights
from bot.words.book import BOOK
from bot.words.spoken import Spoken
from tests.conversations.recorder import Recorder, ear, listens, pressed, tones_of, wanted_of
from tests.conversations.stage import LAI_CHAU, SON_LA, Stage, open_stage
from tests.conversations.test_by_ear import patient
from tests.pictures.tones import tone
from tests.source import ROOT

MONG, CHV = "hmn@rpa", "hmn@chv"
SELLER = "nguoi-ban-lai-chau"


async def speaks(stage: Stage, person: str, lang: str) -> None:
    who, now = f"rehearse:{person}", stage.parts.now()
    await stage.parts.ledger.put(lambda b: people.set_manner(b, who, now, lang=lang))
    await stage.parts.sessions.forget(who)


async def tap(stage: Stage, person: str, choice: str, event: str) -> Spoken:
    """What a tap is answered, with its sound."""
    heard = Heard("rehearse", f"rehearse:{person}", event, "tap", choice, at=stage.parts.now())
    return (await stage.parts.desk.hear(heard)).messages[-1]


CARD = [
    "name-product-sam-dat", "spoken-40", "spoken-nghin", "spoken-dong", "spoken-1", "spoken-can",
    "card.3", "spoken-600", "spoken-can",
]  # fmt: skip
"""Sâm đất: 40.000đ/kg, tseem muaj 600 kg."""


async def test_a_sentence_with_holes_is_heard_as_one(
    stage: Stage, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its parts, and the name, the numbers and the units between them, all said in the chat."""
    patient(monkeypatch)
    await listens(stage, "mai", MONG)
    assert (await tap(stage, "mai", "p:sam-dat", "m-1")).sound == ()
    await wanted_of(recorder, 20)
    await recorder.lend()
    await stage.tap("day", "rs:hmn")
    while await recorder.wanted():
        await recorder.record()
    assert len(recorder.pitches) >= 20
    await listens(stage, "ly", MONG)
    card = await tap(stage, "ly", "p:sam-dat", "l-1")
    assert card.text.startswith("Sâm đất: 40.000đ/kg, tseem muaj 600 kg.")
    heard = await tones_of(stage, card, sorted(recorder.pitches.values()))
    keys = {hertz: id.removeprefix("hmn/") for id, hertz in recorder.pitches.items()}
    assert [keys[hertz] for hertz in heard][: len(CARD)] == CARD


async def test_a_reworded_sentence_falls_silent_and_is_asked_for_first(tmp_path: Path) -> None:
    """The shop starts again with other words under the same id."""
    locales = Path(shutil.copytree(ROOT / "locales", tmp_path / "locales"))
    async with open_stage(tmp_path / "var", locales_dir=locales) as stage:
        recorder = Recorder(stage, tmp_path)
        await recorder.seat()
        await recorder.lend("Mỷ", "vi")
        await stage.tap("day", "rs:vi")
        await stage.say("day", "thu âm cart-empty")
        await recorder.record()
        await listens(stage, "mai", "vi")
        [old] = await recorder.clips()
        assert old["said"].startswith("Giỏ đang trống")
        await stage.say("day", "thu âm welcome")
        waiting = await recorder.send(tone(300))
        assert waiting["id"] == "rec-heard"
    book = locales / "vi" / BOOK
    words = book.read_text("utf-8").replace("Giỏ đang trống", "Giỏ chưa có gì")
    book.write_text(words.replace("chào anh/chị!", "xin chào anh/chị!"), "utf-8")
    async with open_stage(tmp_path / "var", locales_dir=locales) as stage:
        again = Recorder(stage, tmp_path, pitches=recorder.pitches)
        kept = await stage.tap("day", pressed(waiting, "rk:"))
        assert kept["id"] == "rec-piece"  # what she said are not the words of today
        assert [c["id"] for c in await again.clips()] == ["vi/cart-empty"]
        assert (await ear(stage, "mai", "giỏ", "m-1")).sound == ()
        assert "vi/cart-empty" in await wanted_of(again, 3)
        asked = await stage.tap("day", pressed(kept, "rx:"))
        assert "Giỏ chưa có gì" in asked["text"]
        assert "Trước đây: “Giỏ đang trống" in asked["text"]
        assert asked["clip"] == old["ref"]
        last = await stage.tap("day", pressed(asked, "rl:"))
        assert (last["id"], last["clip"]) == ("rec-last-old", old["ref"])
        await again.send(tone(500))
        await stage.say("day", "1")
        [row] = await again.clips()
        assert row["said"].startswith("Giỏ chưa có gì")
        assert "vi/cart-empty" not in await again.wanted()


async def test_both_scripts_record_the_same_words(stage: Stage, recorder: Recorder) -> None:
    """She reads her own script; what is kept are the words of the master."""
    await recorder.lend()
    await speaks(stage, "day", CHV)
    await stage.say("day", "thu âm")
    await stage.tap("day", "rs:hmn")
    asked = await stage.say("day", "thu âm cart-empty")
    books = stage.parts.words.books.own
    other, master = books[CHV]["cart-empty"].text, books[MONG]["cart-empty"].text
    assert other.rstrip(".") in asked["text"]
    assert master.rstrip(".") not in asked["text"]
    heard = await recorder.send(tone(400))
    assert other.rstrip(".") in heard["text"]
    await stage.say("day", "1")
    [row] = await recorder.clips()
    assert (row["id"], row["said"]) == ("hmn/cart-empty", master.rstrip("."))


STOPS = (
    ("vi", "dừng"),
    ("vi", "thôi dừng thu nhé"),
    (MONG, "nres"),
    (CHV, "đrêk"),
    ("vi", "stop"),
)


async def test_stop_ends_the_recording_and_not_the_reminders(
    stage: Stage, recorder: Recorder
) -> None:
    follows = f"fo:{SELLER}"
    await stage.tap("day", follows)
    followed = await stage.parts.records.rows("follows")
    assert [row["person"] for row in followed] == ["rehearse:day"]
    await recorder.lend()
    for lang, word in STOPS:
        await speaks(stage, "day", lang)
        await stage.say("day", "thu âm")
        asked = await stage.tap("day", "rs:hmn")
        assert asked["id"] == "rec-piece"
        got = await stage.say("day", word)
        assert got["id"] == "rec-ended", (lang, word, got)
        assert await stage.parts.records.rows("follows") == followed
        on = await stage.tap("day", "rg")
        assert on["text"] == asked["text"]
        await stage.say("day", word)
    away = await recorder.send(tone(400))
    assert not away["id"].startswith("rec-")  # a voice note is no recording any more
    await speaks(stage, "day", "vi")
    await stage.say("day", "thu âm")
    assert (await stage.say("day", "dừng nhắc"))["id"] == "reminders-stopped"
    assert await stage.parts.records.rows("follows") == []
    await stage.tap("day", follows)
    assert (await stage.say("day", "dừng"))["id"] == "reminders-stopped"


async def test_she_ends_with_what_she_did_not_keep_and_finds_it_again(
    stage: Stage, recorder: Recorder
) -> None:
    await recorder.lend()
    await stage.tap("day", "rs:vi")
    heard = await recorder.send(tone(400))
    await stage.say("day", "dừng")
    back = await stage.say("day", "thu âm")
    assert (back["id"], back["clip"]) == ("rec-heard", heard["clip"])


async def test_two_record_the_same_piece_at_once(
    stage: Stage, recorder: Recorder, tmp_path: Path
) -> None:
    """The last one kept is heard; the other's file goes, and both go on."""
    other = Recorder(stage, tmp_path, "hai")
    await other.seat()
    takes = []
    for who, hertz in ((recorder, 400), (other, 700)):
        await who.lend(who.person)
        asked = await stage.tap(who.person, "rs:vi")
        takes.append((asked["text"].splitlines()[1], await who.send(tone(hertz))))
    assert takes[0][0] == takes[1][0]
    first = await stage.tap("day", pressed(takes[0][1], "rk:"))
    second = await stage.tap("hai", pressed(takes[1][1], "rk:"))
    [row] = await recorder.clips()
    assert (row["speaker"], row["ref"]) == ("rehearse:hai", takes[1][1]["clip"])
    assert first["id"] == second["id"] == "rec-piece"
    assert takes[0][0] not in first["text"] + second["text"]
    await stage.tap("day", pressed(takes[0][1], "rk:"))  # hers was taken; it is no second yes
    assert await recorder.clips() == [row]
    await stage.parts.media.sweep(stage.parts.now())
    with pytest.raises(KeyError):
        await stage.parts.media.read(takes[0][1]["clip"])
    assert (await stage.parts.media.read(row["ref"]))[1] == "audio/ogg"


async def test_one_keep_of_a_recording_that_comes_twice_at_once(
    stage: Stage, recorder: Recorder
) -> None:
    await recorder.lend()
    await stage.tap("day", "rs:vi")
    keep = pressed(await recorder.send(tone(400)), "rk:")
    got = await asyncio.gather(*(tap(stage, "day", keep, f"k-{n}") for n in range(4)))
    assert {spoken.id for spoken in got} == {"rec-piece"}
    assert [row["id"] for row in await recorder.clips()] == ["vi/welcome"]


async def test_who_is_a_trainer_no_more_records_no_more(stage: Stage, recorder: Recorder) -> None:
    await recorder.lend()
    await stage.tap("day", "rs:vi")
    heard = await recorder.send(tone(400))
    now = stage.parts.now()
    await stage.parts.ledger.put(lambda b: erasing.erase(b, "rehearse:day", "R1", now))
    await stage.parts.sessions.forget("rehearse:day")
    for choice in (pressed(heard, "rk:"), "rs:vi", "rc", "rg"):
        assert (await stage.tap("day", choice))["id"] == "problem-not-trainer", choice
    assert not (await recorder.send(tone(500)))["id"].startswith("rec-")
    assert await recorder.clips() == []


async def test_a_helper_whose_right_is_taken_records_no_more(stage: Stage, tmp_path: Path) -> None:
    helper = Recorder(stage, tmp_path, "giup")
    await stage.say(LAI_CHAU, "nhập 200kg sâm đất nhà chị Mỷ giá 8k")
    await stage.tap(LAI_CHAU, "hih:new")
    await holds(stage, "giup", Right.GOODS)
    await stage.say("giup", "thu tên hàng")
    await stage.tap("giup", "vc:yes")
    await stage.tap("giup", "vcn:none")
    await stage.tap("giup", "vcd:vi")
    await stage.tap("giup", "rs:vi:n")
    none = [m["id"] for m in await stage.play(person="giup", text="chị Mỷ")]
    assert none == ["rec-not-found", "rec-piece"]  # households are not hers to know
    heard = await helper.send(tone(400))
    await holds(stage, "giup", Right.ORDERS)
    for choice in (pressed(heard, "rk:"), "rc", "rs:vi:n"):
        assert (await stage.tap("giup", choice))["id"] == "problem-not-allowed", choice
    got = await stage.play(person="giup", tap="rut:yes")
    assert got[-1]["id"] == "voice-back-done"  # her voice is hers whatever she may do
    assert await helper.clips() == []


async def holds(stage: Stage, person: str, right: Right) -> None:
    now = stage.parts.now()
    given = Grant(f"rehearse:{person}", SELLER, "helper", int(right), "shop", now)
    await stage.parts.ledger.put(lambda b: rights.seat(b, given, now))


async def test_a_seller_says_her_own_name_and_her_households(stage: Stage, tmp_path: Path) -> None:
    """Which nobody else is asked for, and which stay in the shop."""
    await stage.say(LAI_CHAU, "nhập 200kg sâm đất nhà chị Mỷ giá 8k")
    await stage.tap(LAI_CHAU, "hih:new")
    seller, other = Recorder(stage, tmp_path, LAI_CHAU), Recorder(stage, tmp_path, SON_LA)
    for one in (seller, other):
        await stage.say(one.person, "thu tên hàng")
        await stage.tap(one.person, "vc:yes")
        await stage.tap(one.person, "vcn:none")
        await stage.tap(one.person, "vcd:vi")
        await stage.tap(one.person, "rs:vi:n")
    none = [m["id"] for m in await stage.play(person=SON_LA, text="chị Mỷ")]
    assert none == ["rec-not-found", "rec-piece"]
    asked = await stage.say(LAI_CHAU, "chị Mỷ")
    assert "tên hộ" in asked["text"]
    await seller.record()
    [row] = await seller.clips()
    assert row["id"].startswith(f"vi/{HOUSEHOLD}h")
    assert row["said"] == "chị Mỷ"
    herself = await stage.say(LAI_CHAU, stage.parts.catalogue.current.sellers[SELLER].name)
    assert "tên người bán" in herself["text"]
