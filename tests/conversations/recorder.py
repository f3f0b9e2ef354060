"""A trainer with a microphone: what she sends, and what others hear of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from bot.talk.heard import Heard
from bot.usecases import people
from bot.words.spoken import Spoken
from tests.conversations.stage import Message, Stage
from tests.pictures.tones import heard, pitch, tone

CHANNEL = "rehearse"


@dataclass
class Recorder:
    """Says every piece in a tone of its own, and remembers which."""

    stage: Stage
    folder: Path
    person: str = "day"
    pitches: dict[str, int] = field(default_factory=dict)
    """By clip id."""

    async def seat(self) -> None:
        """Make her a trainer."""
        shop = self.stage.parts.shop
        token = shop.ids.token()
        hashed, until = shop.hashed(token), shop.now() + 60
        await shop.ledger.put(lambda b: people.make_trainer_link(b, hashed, until))
        await self.stage.tap(self.person, f"bind:{token}")

    async def lend(self, name: str = "Mỷ", dialect: str = "white") -> Message:
        """From "thu âm" to the door of recording."""
        got = await self.stage.say(self.person, "thu âm")
        assert got["id"] == "voice-consent", got
        await self.stage.tap(self.person, "vc:yes")
        await self.stage.say(self.person, name)
        return await self.stage.tap(self.person, f"vcd:{dialect}")

    async def send(self, sound: bytes, name: str = "note.ogg", event: str = "") -> Message:
        """A voice note; the last message she gets for it."""
        path = self.folder / name
        path.write_bytes(sound)
        played = await self.stage.play(person=self.person, voice=str(path), event=event)
        return [m for m in played if m["to"] == self.person][-1]

    async def record(self) -> Message:
        """Say the piece that is asked for, and keep it."""
        before = {row["id"] for row in await self.clips()}
        hertz = pitch(len(self.pitches))
        got = await self.send(tone(hertz))
        assert got["id"] == "rec-heard", got
        after = await self.stage.say(self.person, "1")
        [new] = {row["id"] for row in await self.clips()} - before
        self.pitches[new] = hertz
        return after

    async def clips(self) -> list[Message]:
        return await self.stage.parts.records.rows("clips")

    async def wanted(self) -> set[str]:
        return {row["id"] for row in await self.stage.parts.records.rows("clips_wanted")}


def ids(message: Message) -> list[str]:
    return [c["id"] for c in message["choices"]]


def pressed(message: Message, start: str) -> str:
    return next(i for i in ids(message) if i.startswith(start))


async def listens(stage: Stage, person: str, lang: str) -> None:
    """A customer who wants to hear the shop."""
    who, now = f"{CHANNEL}:{person}", stage.parts.now()
    await stage.parts.ledger.put(lambda b: people.set_manner(b, who, now, lang=lang, voice=True))


async def ear(stage: Stage, person: str, text: str, event: str) -> Spoken:
    """What she is answered, with its sound."""
    who, now = f"{CHANNEL}:{person}", stage.parts.now()
    answer = await stage.parts.desk.hear(Heard(CHANNEL, who, event, "text", text, at=now))
    return answer.messages[-1]


async def wanted_of(recorder: Recorder, least: int) -> set[str]:
    """What is noted as missing, once it is; noting happens beside the answer."""
    for _ in range(300):
        if len(found := await recorder.wanted()) >= least:
            return found
        await asyncio.sleep(0.01)
    raise AssertionError(await recorder.wanted())


async def tones_of(stage: Stage, spoken: Spoken, known: list[int]) -> list[int]:
    """The tones a message is spoken with, in order."""
    files = [await stage.parts.media.read(ref) for ref in spoken.sound]
    return [hertz for data, _ in files for hertz in heard(data, known)]
