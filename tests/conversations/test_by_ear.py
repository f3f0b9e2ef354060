"""Buying and selling without reading: digits, pictures and recorded sound alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.shop.sound import LONGEST_MS, SOUNDS, Clip
from bot.voices import names_of
from tests.conversations.stage import LAI_CHAU, Message, Stage, open_stage
from tests.pictures.tones import tone
from tests.source import ROOT

MOST_BYTES = 16_000
"""Of a picture of choices."""


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A shop of which every piece was recorded, each as the same short tone."""
    patient(monkeypatch)
    async with open_stage(tmp_path / "var") as opened:
        await record_everything(opened)
        yield opened


def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that is busy with other tests too, sound and pictures may take their time."""
    for name in ("bot.voices.PATIENCE_SECONDS", "bot.talk.aloud.screens.PATIENCE_SECONDS"):
        monkeypatch.setattr(name, 60.0)


async def record_everything(stage: Stage) -> None:
    parts = stage.parts
    kept = await parts.media.keep(tone(440), "audio/ogg", owner="", kind="given")
    note, ms = await parts.shop.studio.clip(kept.ref, "rehearse:day")
    names = set(names_of(parts.catalogue.current).values())
    said = {s: names | {p.key for p in parts.shop.to_say.pieces(s)} for s in SOUNDS}
    clips = [
        Clip(f"{s}/{key}", s, note, ms, "rehearse:day", 1)
        for s, keys in said.items()
        for key in keys
    ]
    await parts.ledger.put(lambda b: [b.save_clip(clip) for clip in clips])


class Hand:
    """Somebody with a phone who presses digits; every screen is looked at."""

    def __init__(self, stage: Stage, person: str) -> None:
        self.stage, self.person = stage, person
        self.last: Message = {}

    async def home(self) -> Message:
        return await self.press("menu")

    async def press(self, *digits: str) -> Message:
        for digit in digits:
            got = await self.stage.play(person=self.person, text=digit)
            mine = [m for m in got if m["to"] == self.person and "id" in m]
            for message in mine:
                await look(self.stage, message)
            self.last = mine[-1]
        return self.last

    async def choose(self, id: str) -> Message:
        """The digit of a choice, leafing on while it is not there."""
        for _ in range(8):
            ids = [c["id"] for c in self.last["choices"]]
            found = next((n for n, i in enumerate(ids, 1) if i.startswith(id)), 0)
            if found:
                return await self.press("0" if ids[found - 1] == "back" else str(found))
            more = next((n for n, i in enumerate(ids, 1) if i.startswith("vp:")), 0)
            assert more, (id, ids)
            await self.press(str(more))
        raise AssertionError(id)


async def look(stage: Stage, message: Message) -> None:
    """One picture at most, at most four choices beside the way back, each with a digit, and sound
    of at most eleven seconds a clip.
    """
    counted = [c for c in message.get("choices", ()) if c["id"] not in ("back", "stop")]
    assert len([c for c in counted if not c.get("url")]) <= 4, message["id"]
    if message["picture"].startswith("media/"):
        data, mime = await stage.parts.media.read(message["picture"])
        assert mime == "image/jpeg"
        assert len(data) <= MOST_BYTES, message["id"]
    assert len(message["sound"]) >= 1, message["id"]
    for ref in message["sound"]:
        data, mime = await stage.parts.media.read(ref)
        assert mime == "audio/ogg"
        assert len(data) <= LONGEST_MS * 2, message["id"]  # 12 kbit/s, and what Ogg adds


async def test_a_purchase_by_digits_and_clips(stage: Stage) -> None:
    await stage.say("an", "nghe")
    hand = Hand(stage, "an")
    await hand.press("0")
    await hand.choose("m")
    await hand.choose("cat:veg-egg")
    await hand.choose("p:sam-dat")
    assert hand.last["picture"].startswith("media/")  # how much each pack is
    asked = await hand.choose("q:sam-dat")
    assert asked["picture"].startswith("media/")  # one, two, five
    assert (await hand.press("2"))["id"] == "cart-added"
    assert (await hand.choose("cart"))["picture"].startswith("media/")
    await hand.choose("co")
    await hand.choose("agree:order")
    assert (await hand.press("0912345678"))["id"] == "ask-name"
    await hand.choose("set:name:call")
    await hand.choose("set:address:call")
    if hand.last["id"] == "ask-province":
        await hand.choose("prov:")
    await hand.choose("set:note")
    assert hand.last["id"] == "summary"
    assert "80.000đ" in hand.last["text"]
    assert (await hand.choose("co:"))["id"] == "placed"
    [order] = await stage.rows("orders")
    assert order["code"]


async def test_the_sellers_day_by_pictures_and_digits(stage: Stage, tmp_path: Path) -> None:
    await stage.say(LAI_CHAU, "nghe")
    hand = Hand(stage, LAI_CHAU)
    code = await stage.buy("an", "sam-dat", "2 kg")
    accepted = (await stage.play(person=LAI_CHAU, text="1"))[-1]  # the letter's first choice
    assert (await stage.rows("orders"))[0]["state"] == "confirmed", accepted
    await hand.home()
    ids = [c["id"] for c in hand.last["choices"]]
    assert (ids[:3], ids[3].partition(":")[0]) == (["new", "k", "goi"], "vp")
    assert hand.last["picture"].startswith("media/")
    await hand.choose("k")
    await hand.choose("kp:sam-dat")
    assert hand.last["picture"].startswith("media/")
    await hand.press("590")
    assert (await stage.stock("sam-dat"))["free"] == 590_000
    await hand.home()
    await hand.choose("new")
    await hand.choose(f"so:{code}")
    asked = await hand.choose(f"gx:{code}")
    assert asked["id"].startswith(("pack", "packing")), asked["id"]
    photo = tmp_path / "parcel.jpg"
    photo.write_bytes((ROOT / "catalog" / "photos" / "sam-dat.jpg").read_bytes())
    await stage.play(person=LAI_CHAU, photo=str(photo))
    assert (await stage.rows("orders"))[0]["state"] == "packed"
    await hand.home()
    await hand.choose("ct")
    await hand.choose("hh:")


async def test_every_page_of_choices_is_reached_and_back_leads_back(stage: Stage) -> None:
    await stage.say("an", "nghe")
    hand = Hand(stage, "an")
    await hand.press("0")
    await hand.choose("m")
    first = {c["id"] for c in hand.last["choices"]}
    await hand.press("4")
    second = {c["id"] for c in hand.last["choices"]}
    assert first & second == {"back"}
    assert {i for i in first | second if i.startswith("cat:")} == {
        f"cat:{c}:0" for c in ("fruit", "veg-egg", "meat", "tea-honey", "dry", "specialty")
    }
    assert (await hand.press("0"))["id"] in ("market-today", "home")
    assert (await stage.tap("an", "vp"))["id"] != "sorry-try-again"


async def test_an_older_more_never_shows_what_is_left_of_a_newer_screen(stage: Stage) -> None:
    await stage.say("an", "nghe")
    older = (await stage.tap("an", "m"))["choices"][3]["id"]
    newer = (await stage.tap("an", "help"))["choices"][3]["id"]
    assert older.startswith("vp:")
    assert older != newer
    again = await stage.tap("an", older)
    assert again["id"] != "more-choices"
    assert (await stage.tap("an", newer))["id"] in ("more-choices", "home")


async def test_without_voice_nothing_changes(stage: Stage) -> None:
    shown = await stage.say("mai", "hàng đang mùa")
    assert len(shown["choices"]) == 8
    assert not shown["picture"]
    assert not shown["sound"]
