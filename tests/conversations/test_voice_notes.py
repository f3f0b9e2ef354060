"""A customer's voice note: clean or refused with a reason, heard by the seller, kept with the
order.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.shop.roles import EVERY
from bot.stores.media import KEEP_SECONDS
from bot.usecases import order_voices
from tests.conversations.stage import LAI_CHAU, SON_LA, Message, Stage
from tests.pictures.tones import tone
from tests.source import ROOT

PHOTO = (ROOT / "catalog" / "photos" / "sam-dat.jpg").read_bytes()
Sent = list[Message]


class Speaker:
    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.folder, self.sent = stage, folder, 0

    async def say(self, sound: bytes, person: str = "an", event: str = "") -> Sent:
        self.sent += 1
        path = self.folder / f"note{self.sent}.ogg"
        path.write_bytes(sound)
        return await self.stage.play(person=person, voice=str(path), event=event)


@pytest.fixture
def speaker(stage: Stage, tmp_path: Path) -> Speaker:
    return Speaker(stage, tmp_path)


def to(messages: Sent, person: str) -> Sent:
    return [m for m in messages if m["to"] == person]


async def test_it_reaches_the_seller_of_the_goods_last_seen(
    stage: Stage, speaker: Speaker
) -> None:
    await stage.say("an", "sâm đất")
    got = await speaker.say(tone(440))
    assert [m["id"] for m in to(got, "an")] == ["voice-passed-on"]
    [letter] = to(got, LAI_CHAU)
    assert letter["id"] == "talk-from-customer"
    data, mime = await stage.parts.media.read(letter["clip"])
    assert (mime, data[:4]) == ("audio/ogg", b"OggS")


async def test_a_shop_without_an_owner_asks_whom(stage: Stage, speaker: Speaker) -> None:
    [owner] = await stage.parts.records.read(lambda b: b.owners())
    await stage.parts.ledger.put(lambda b: b.drop_grant(owner, EVERY))
    await stage.say("an", "chào shop")
    asked = to(await speaker.say(tone(440)), "an")[-1]
    assert asked["id"] == "heard-voice"
    which = await stage.tap("an", "talk")
    assert which["id"] == "talk-which"
    got = await stage.play(person="an", tap="tk:nguoi-ban-lai-chau")
    assert to(got, LAI_CHAU)[-1]["clip"]


async def test_it_is_kept_with_the_order_under_way(stage: Stage, speaker: Speaker) -> None:
    code = await stage.buy("an", "sam-dat", "2 kg")
    await stage.say("an", "chào shop")
    note = tone(523)
    got = await speaker.say(note, event="e1")
    assert len(to(got, LAI_CHAU)) == 1
    again = await speaker.say(note, event="e1")
    assert to(again, LAI_CHAU) == []
    shown = await stage.tap(LAI_CHAU, f"so:{code}")
    assert "Khách có 1 lời nhắn" in shown["text"]
    heard = await stage.play(person=LAI_CHAU, tap=f"ov:{code}")
    assert [m["id"] for m in heard] == ["order-voice", "seller-order"]
    assert heard[0]["clip"]


async def test_what_is_said_at_the_checkout_stays_with_the_order(
    stage: Stage, speaker: Speaker
) -> None:
    await stage.tap("an", "q:sam-dat")
    await stage.say("an", "2 kg", "đặt hàng")
    await stage.tap("an", "agree:order")
    got = to(await speaker.say(tone(440)), "an")
    assert [m["id"] for m in got][-1] == "voice-not-here"
    await stage.say("an", "0912345678", "Sùng Thị Mỷ")
    assert to(await speaker.say(tone(494)), "an")[-1]["id"] == "ask-province"
    await stage.say("an", "Hà Nội")
    assert to(await speaker.say(tone(523)), "an")[-1]["id"] == "summary"
    await stage.say("an", "1")
    code = (await stage.rows("orders"))[-1]["code"]
    voices = await stage.parts.records.read(lambda b: b.voices_of(code))
    assert len(voices) == 3
    heard = await stage.play(person=LAI_CHAU, tap=f"ov:{code}")
    assert len([m for m in heard if m["id"] == "order-voice"]) == 3


async def test_a_question_stays_and_the_note_goes_on(stage: Stage, speaker: Speaker) -> None:
    await stage.say("an", "sâm đất")
    await stage.tap("an", "q:sam-dat")
    got = await speaker.say(tone(440))
    ids = [m["id"] for m in to(got, "an")]
    assert "voice-passed-on" in ids
    assert ids[-1] == "how-much-number"
    assert len(to(got, LAI_CHAU)) == 1
    assert (await stage.say("an", "2 kg"))["id"] == "cart-added"


BAD = {
    "empty": b"",
    "words": b"hello, this is no sound at all" * 20,
    "picture": PHOTO,
    "torn": tone(440)[:300],
    "an hour": b"OggS" + b"\0" * 5_000_001,
}


@pytest.mark.parametrize("kind", sorted(BAD))
async def test_what_is_no_voice_note_is_refused_and_the_question_stays(
    stage: Stage, speaker: Speaker, kind: str
) -> None:
    await stage.say("an", "sâm đất")
    await stage.tap("an", "q:sam-dat")
    got = await speaker.say(BAD[kind])
    ids = [m["id"] for m in to(got, "an")]
    assert ids[0] in ("problem-not-a-voice", "problem-voice-too-long"), ids
    assert ids[-1] == "how-much-number"
    assert to(got, LAI_CHAU) == []
    assert (await stage.say("an", "2 kg"))["id"] == "cart-added"


async def test_her_voice_goes_when_she_does(stage: Stage, speaker: Speaker) -> None:
    code = await stage.buy("an", "sam-dat", "2 kg")
    await stage.say("an", "chào shop")
    await speaker.say(tone(440))
    await stage.tap(LAI_CHAU, f"so:{code}:refuse")
    await stage.say(LAI_CHAU, "1")
    await stage.tap("an", "erase:yes")
    assert await stage.parts.records.read(lambda b: b.voices_of(code)) == ()


async def test_with_nobody_in_mind_the_owner_hears_it_and_answers(
    stage: Stage, speaker: Speaker
) -> None:
    await stage.say("owner", "chào chợ")
    await stage.say("an", "chào shop")
    got = await speaker.say(tone(440))
    assert [m["id"] for m in to(got, "an")] == ["voice-passed-on"]
    assert "Chủ chợ" in to(got, "an")[0]["text"]
    [letter] = to(got, "owner")
    assert letter["clip"]
    assert to(got, LAI_CHAU) == to(got, SON_LA) == []
    thread = letter["choices"][0]["id"]
    assert (await stage.tap(LAI_CHAU, thread))["id"] == "problem-not-your-order"
    assert (await stage.tap("owner", thread))["id"] == "reply-to"
    answered = to(await stage.play(person="owner", text="Chị muốn mua gì ạ?"), "an")[-1]
    assert (answered["id"], "Chủ chợ" in answered["text"]) == ("talk-from-seller", True)
    assert (await stage.tap("owner", "xong"))["id"] == "reply-done"
    again = await stage.tap("an", answered["choices"][0]["id"])
    assert again["id"] == "talk-ask"
    assert to(await stage.play(person="an", text="2 kg sâm đất"), "owner")[-1]["clip"] == ""


async def test_an_owner_need_not_hear_someone(stage: Stage, speaker: Speaker) -> None:
    await stage.say("owner", "chào chợ")
    await stage.say("an", "chào shop")
    thread = to(await speaker.say(tone(440)), "owner")[0]["choices"][0]["id"].partition(":")[2]
    asked = await stage.tap("owner", f"bl:{thread}")
    assert [c["id"] for c in asked["choices"]] == [f"bl:{thread}:yes", "back"]
    assert (await stage.tap("owner", f"bl:{thread}:yes"))["id"] == "block-done"
    assert to(await speaker.say(tone(494)), "owner") == []


async def test_a_sound_that_was_kept_its_time_is_told_of(stage: Stage, speaker: Speaker) -> None:
    code = await stage.buy("an", "sam-dat", "2 kg")
    await stage.say("an", "chào shop")
    await speaker.say(tone(440))
    await stage.play(now="2027-03-01T09:00+07:00")
    later = await stage.play(person=LAI_CHAU, tap=f"ov:{code}")
    heard = [(m["id"], m["clip"]) for m in to(later, LAI_CHAU)]
    assert heard[-2:] == [("order-voice-gone", ""), ("seller-order", "")]
    assert order_voices.KEPT_SECONDS == KEEP_SECONDS
