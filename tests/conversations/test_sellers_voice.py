"""A seller's morning in pictures, digits and her own voice: she hears a customer, answers by
voice, tells of new goods by voice, and says their name for those who listen.
"""

from __future__ import annotations

from pathlib import Path

from tests.conversations.stage import LAI_CHAU, Message, Stage
from tests.conversations.test_by_ear import Hand, stage
from tests.pictures.tones import tone
from tests.source import ROOT

__all__ = ["stage"]


class Voice:
    def __init__(self, stage: Stage, folder: Path) -> None:
        self.stage, self.folder, self.sent = stage, folder, 0

    async def says(self, person: str, pitch: int) -> list[Message]:
        self.sent += 1
        note = self.folder / f"{self.sent}.ogg"
        note.write_bytes(tone(pitch))
        return await self.stage.play(person=person, voice=str(note))


def to(messages: list[Message], person: str) -> list[Message]:
    return [m for m in messages if m["to"] == person and "id" in m]


async def test_she_hears_answers_and_tells(stage: Stage, tmp_path: Path) -> None:
    voice, hand = Voice(stage, tmp_path), Hand(stage, LAI_CHAU)
    code = await stage.buy("an", "sam-dat", "2 kg")
    await stage.tap(LAI_CHAU, "lang:hmn@rpa:voice")
    await stage.tap("an", "p:sam-dat")
    [letter] = to(await voice.says("an", 440), LAI_CHAU)
    assert letter["clip"]
    hand.last = letter
    assert (await hand.choose("rp:"))["id"] == "reply-to"
    [answer] = to(await voice.says(LAI_CHAU, 523), "an")
    assert (answer["id"], bool(answer["clip"])) == ("talk-from-seller", True)
    await hand.choose("xong")
    await hand.choose("new")
    await hand.choose(f"so:{code}")
    heard = to(await stage.play(person=LAI_CHAU, tap=f"ov:{code}"), LAI_CHAU)
    assert heard[0]["clip"] == letter["clip"]
    hand.last = heard[-1]
    await hand.choose("back")

    await hand.home()
    await hand.choose("np")
    photo = tmp_path / "goods.jpg"
    photo.write_bytes((ROOT / "catalog" / "photos" / "sam-dat.jpg").read_bytes())
    named = to(await stage.play(person=LAI_CHAU, photo=str(photo)), LAI_CHAU)[-1]
    assert named["id"] == "goods-name"
    priced = to(await voice.says(LAI_CHAU, 494), LAI_CHAU)[-1]
    assert priced["id"] == "goods-price-number"
    assert (await hand.press("30"))["id"] == "goods-unit"
    assert (await hand.press("1"))["id"].startswith("goods-")
    await hand.press("50")
    if hand.last["id"] == "goods-category":
        await hand.press("1")
    assert hand.last["id"] == "goods-summary", hand.last["text"]
    [done] = to(await stage.play(person=LAI_CHAU, text="1"), LAI_CHAU)  # its name is no clip yet
    assert (done["id"], done["sound"]) == ("goods-up", [])
    goods = done["choices"][0]["id"].partition(":")[2]
    assert await sound_of_card(stage, goods) == []
    await says_the_name(stage, voice, f"rn:{goods}")
    assert await sound_of_card(stage, goods)


async def sound_of_card(stage: Stage, goods: str) -> list[str]:
    await stage.tap("an", "lang:vi:voice")
    return list((await stage.tap("an", f"p:{goods}"))["sound"])


async def says_the_name(stage: Stage, voice: Voice, choice: str) -> None:
    """Her consent once, then the name in Vietnamese beside its photo, heard and kept."""
    await stage.tap(LAI_CHAU, choice)
    await stage.say(LAI_CHAU, "1", "1")
    await stage.tap(LAI_CHAU, "vcd:white")
    await stage.tap(LAI_CHAU, choice)
    asked = await stage.tap(LAI_CHAU, "rs:vi:n")
    assert (asked["id"], asked["picture"][:6]) == ("rec-piece", "media/")
    heard = to(await voice.says(LAI_CHAU, 600), LAI_CHAU)[-1]
    assert (heard["id"], bool(heard["clip"])) == ("rec-heard", True)
    assert (await stage.say(LAI_CHAU, "1"))["id"] == "rec-all-done"
