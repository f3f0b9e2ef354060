"""A trainer records in the chat, and the next customer hears her."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.shop.sound import LONGEST_MS
from bot.usecases import clips, people
from tests.conversations.recorder import Recorder, ear, ids, listens, pressed, tones_of, wanted_of
from tests.conversations.stage import LAI_CHAU, Stage
from tests.pictures.makers import long_speech, photo
from tests.pictures.tones import samples_of, tone

MONG = "hmn@rpa"
SCREENS = ("giỏ", "đơn", "tra đơn", "ai chốt")


async def test_a_trainer_records_ten_clips_and_the_next_customer_hears_them(
    stage: Stage, recorder: Recorder
) -> None:
    await listens(stage, "mai", MONG)
    silent = [await ear(stage, "mai", text, f"m-{text}") for text in SCREENS]
    assert {s.sound for s in silent} == {()}
    missed = await wanted_of(recorder, 10)
    await recorder.lend()
    asked = await stage.tap("day", "rs:hmn")
    while await recorder.wanted():
        assert asked["id"] == "rec-piece", asked
        asked = await recorder.record()
    assert set(recorder.pitches) == missed  # the most wanted came first, and nothing else
    assert len(recorder.pitches) >= 10
    await listens(stage, "ly", MONG)
    for text, before in zip(SCREENS, silent, strict=True):
        spoken = await ear(stage, "ly", text, f"l-{text}")
        assert (spoken.id, spoken.choices) == (before.id, before.choices)
        said = [recorder.pitches[f"hmn/{key}"] for key in _keys(stage, spoken)]
        assert await tones_of(stage, spoken, sorted(recorder.pitches.values())) == said


def _keys(stage: Stage, spoken: object) -> list[str]:
    """The sentence, then before each choice its digit; found by the words on the screen."""
    own = stage.parts.words.books.own[MONG]
    named = {entry.text: id for id, entry in own.items() if id.startswith("choice-")}
    choices = [
        key
        for title in getattr(spoken, "choices", ())
        for key in (f"spoken-press-{title.key}", named[title.title])
    ]
    return [str(getattr(spoken, "id", "")), *choices]


async def test_her_voice_is_asked_for_once_with_name_and_variety(
    stage: Stage, recorder: Recorder
) -> None:
    door = await recorder.lend("  chị   Mỷ ", "flower")
    assert ids(door) == ["rs:hmn", "rs:vi", "rut", "back"]
    [voice] = await stage.parts.records.rows("voices")
    assert (voice["name"], voice["dialect"]) == ("chị Mỷ", "flower")
    assert voice["version"] == clips.CONSENT_VERSION
    agreed = [r for r in await stage.parts.records.rows("consents") if r["kind"] == clips.CONSENT]
    assert [(r["person"], r["version"]) for r in agreed] == [
        ("rehearse:day", clips.CONSENT_VERSION)
    ]
    assert (await stage.say("day", "thu âm"))["id"] == "rec-home"


async def test_nothing_is_recorded_without_her_consent(stage: Stage, recorder: Recorder) -> None:
    for choice in ("rs:vi", "rc", "rec", "rk:x", "rcv"):
        got = await stage.tap("day", choice)
        assert got["id"] in ("voice-consent", "old-menu", "home", "welcome"), (choice, got)
    await recorder.send(tone(400))
    assert await recorder.clips() == []


async def test_she_hears_it_repeats_it_and_keeps_it(stage: Stage, recorder: Recorder) -> None:
    await recorder.lend()
    asked = await stage.tap("day", "rs:vi")
    first = await recorder.send(tone(400, ms=900))
    assert first["id"] == "rec-heard"
    data, mime = await stage.parts.media.read(first["clip"])
    assert mime == "audio/ogg"
    assert len(samples_of(data)) / 48 < 1_150  # milliseconds: the silence around it is gone
    again = await stage.say("day", "2")
    assert (again["id"], again["text"]) == ("rec-piece", asked["text"])
    second = await recorder.send(tone(500, ms=700))
    kept = await stage.tap("day", keep := pressed(second, "rk:"))
    assert kept["id"] == "rec-piece"
    [row] = await recorder.clips()
    assert (row["id"], row["ref"], row["speaker"]) == (
        "vi/welcome",
        second["clip"],
        "rehearse:day",
    )
    twice = await stage.tap("day", keep)
    assert twice["text"] == kept["text"]
    assert await recorder.clips() == [row]


async def test_a_voice_note_that_comes_twice_is_one(stage: Stage, recorder: Recorder) -> None:
    await recorder.lend()
    await stage.tap("day", "rs:vi")
    first = await recorder.send(tone(400), event="note-1")
    assert first["id"] == "rec-heard"
    again = await recorder.send(tone(400), event="note-1")
    assert (again["id"], again["clip"], again["repeat"]) == ("rec-heard", first["clip"], True)
    await stage.say("day", "1")
    assert len(await recorder.clips()) == 1


BAD = {
    "empty": b"",
    "text": b"this is no sound " * 99,
    "picture": photo((64, 64)),
    "silence": tone(400, loud=0),
    "hours": long_speech(3600),
    "longer than a screen": tone(400, ms=LONGEST_MS + 1500),
}


async def test_a_bad_recording_is_refused_and_asked_for_again(
    stage: Stage, recorder: Recorder
) -> None:
    await recorder.lend()
    asked = await stage.tap("day", "rs:vi")
    for name, sound in BAD.items():
        path = recorder.folder / "bad.ogg"
        path.write_bytes(sound)
        got = [m for m in await stage.play(person="day", voice=str(path)) if m["to"] == "day"]
        assert got[0]["id"].startswith("problem-"), (name, got[0])
        assert got[-1]["text"] == asked["text"], name
    assert await recorder.clips() == []
    assert (await recorder.send(tone(400)))["id"] == "rec-heard"


async def test_a_photo_is_no_recording(stage: Stage, recorder: Recorder) -> None:
    await recorder.lend()
    await stage.tap("day", "rs:vi")
    picture = recorder.folder / "a.jpg"
    picture.write_bytes(photo((64, 64)))
    got = [m["id"] for m in await stage.play(person="day", photo=str(picture))]
    assert got == ["rec-voice-please", "rec-piece"]


async def test_interrupted_she_goes_on_where_she_was(stage: Stage, recorder: Recorder) -> None:
    await recorder.lend()
    await stage.tap("day", "rs:vi")
    asked = await stage.say("day", "1")  # passes over the first
    await stage.say("day", "giỏ", "quay lại")
    again = await stage.say("day", "thu âm")
    assert again["text"] == asked["text"]
    waiting = await recorder.send(tone(400))
    await stage.say("day", "giỏ")
    back = await stage.say("day", "thu âm")
    assert (back["id"], back["clip"]) == ("rec-heard", waiting["clip"])
    stopped = await stage.say("day", "0")
    assert stopped["id"] == "rec-home"


async def test_what_was_passed_over_comes_last_and_progress_is_told(
    stage: Stage, recorder: Recorder
) -> None:
    await recorder.lend()
    first = await stage.tap("day", "rs:vi")
    second = await stage.tap("day", skip := pressed(first, "rx:"))
    assert second["text"] != first["text"]
    assert (await stage.tap("day", skip))["text"] == second["text"]
    third = await recorder.record()
    assert first["text"].splitlines()[1] not in third["text"]
    assert ": 1/" in third["text"]
    assert ": 0/" in first["text"]


async def test_one_sentence_is_found_by_id_or_words(stage: Stage, recorder: Recorder) -> None:
    await recorder.lend()
    await stage.tap("day", "rs:vi")
    parts = await stage.say("day", "thu âm: order-told-ship")
    assert parts["id"] == "rec-which"
    by_id = await stage.say("day", "2")
    assert "Phần 2/" in by_id["text"]
    assert "lên xe" in by_id["text"]
    by_words = await stage.say("day", "thu âm giỏ đang trống ạ")
    assert "Giỏ đang trống" in by_words["text"]
    several = await stage.say("day", "thu âm sâm")
    assert several["id"] == "rec-which"
    one = await stage.tap("day", ids(several)[0])
    assert "Sâm đất" in one["text"]
    none = [m["id"] for m in await stage.play(person="day", text="/thuam xyzzy")]
    assert none == ["rec-not-found", "rec-piece"]


async def test_her_last_recording_is_there_to_hear_and_the_new_one_takes_its_place(
    stage: Stage, recorder: Recorder
) -> None:
    await recorder.lend()
    await stage.tap("day", "rs:vi")
    await recorder.record()
    [old] = await recorder.clips()
    again = await stage.say("day", "thu âm welcome")
    assert again["clip"] == old["ref"]
    heard = await stage.tap("day", pressed(again, "rl:"))
    assert (heard["id"], heard["clip"]) == ("rec-last", old["ref"])
    await recorder.send(tone(700))
    await stage.say("day", "1")
    [new] = await recorder.clips()
    assert new["ref"] != old["ref"]
    await stage.parts.media.sweep(stage.parts.now())
    with pytest.raises(KeyError):
        await stage.parts.media.read(old["ref"])
    assert (await stage.parts.media.read(new["ref"]))[1] == "audio/ogg"


async def test_she_hears_herself_on_a_light_line_too(stage: Stage, recorder: Recorder) -> None:
    now = stage.parts.now()
    await recorder.lend()
    await stage.parts.ledger.put(lambda b: people.set_manner(b, "rehearse:day", now, light=True))
    await stage.parts.sessions.forget("rehearse:day")
    await stage.say("day", "thu âm")
    asked = await stage.tap("day", "rs:vi")
    assert asked["id"] == "rec-piece"
    assert (await recorder.send(tone(400)))["clip"].startswith("media/")


@pytest.mark.parametrize("way", ["rút giọng", "xoá dữ liệu"])
async def test_she_takes_her_voice_back_rows_and_files(
    stage: Stage, recorder: Recorder, way: str
) -> None:
    await listens(stage, "mai", MONG)
    await ear(stage, "mai", "giỏ", "m-1")
    await wanted_of(recorder, 3)
    await recorder.lend()
    await stage.tap("day", "rs:hmn")
    while await recorder.wanted():
        await recorder.record()
    spoken = await ear(stage, "mai", "giỏ", "m-2")
    assert spoken.sound
    refs = [*spoken.sound, *(row["ref"] for row in await recorder.clips())]
    asked = await stage.say("day", way)
    await stage.tap("day", pressed(asked, "rut:yes" if way == "rút giọng" else "erase:yes"))
    assert await recorder.clips() == await stage.parts.records.rows("voices") == []
    await stage.parts.media.sweep(stage.parts.now())
    for ref in refs:
        with pytest.raises(KeyError):
            await stage.parts.media.read(ref)
    assert (await ear(stage, "mai", "giỏ", "m-3")).sound == ()


async def test_a_seller_records_the_names_of_her_own_goods(stage: Stage, tmp_path: Path) -> None:
    seller = Recorder(stage, tmp_path, LAI_CHAU)
    asked = await stage.say(LAI_CHAU, "thu tên hàng")
    assert asked["id"] == "voice-consent"
    await stage.tap(LAI_CHAU, "vc:yes")
    await stage.tap(LAI_CHAU, "vcn:none")
    door = await stage.tap(LAI_CHAU, "vcd:vi")
    assert ids(door) == ["rs:hmn:n", "rs:vi:n", "rut", "back"]
    await stage.tap(LAI_CHAU, "rs:vi:n")
    await stage.tap(LAI_CHAU, "rn:sam-dat")
    await seller.record()
    assert set(seller.pitches) == {"vi/name-product-sam-dat"}
    heard = await stage.say(LAI_CHAU, "thịt gác bếp còn 20kg")
    assert heard["id"] == "stock-set"  # her work goes on beside it
    foreign = [m["id"] for m in await stage.play(person=LAI_CHAU, tap="rn:mac-khen")]
    assert foreign[0] == "old-menu"
    nothing = await stage.say(LAI_CHAU, "thu âm", "welcome")
    assert nothing["id"] == "rec-piece"
    assert "Chợ Phiên chào" not in nothing["text"]  # sentences are the trainers'


async def test_mong_is_recorded_in_a_variety_of_mong(stage: Stage, recorder: Recorder) -> None:
    await recorder.lend("Lan", "vi")
    asked = await stage.tap("day", "rs:hmn")
    assert asked["id"] == "voice-dialect"
    door = await stage.tap("day", "vcd:black")
    assert door["id"] == "rec-home"
    [voice] = await stage.parts.records.rows("voices")
    assert (voice["name"], voice["dialect"]) == ("Lan", "black")
    assert (await stage.tap("day", "rs:hmn"))["id"] == "rec-piece"


async def test_a_customer_records_nothing(stage: Stage) -> None:
    for choice in ("rec", "rc", "rcv", "rg", "vc", "rk:a", "ra:a", "rx:a", "rl:a", "rf:a"):
        assert (await stage.tap("an", choice))["id"] == "problem-not-trainer"
    assert (await stage.tap("an", "rn"))["id"] == "problem-not-seller"
    assert (await stage.say("an", "thu âm"))["id"] == "problem-not-trainer"
    assert (await stage.say("an", "rút giọng"))["id"] == "voice-back-none"
