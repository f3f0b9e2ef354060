"""When the desk has a message read aloud, and of which message."""

from __future__ import annotations

import pytest
from msgspec import structs

from bot.shop.says import Choice, Letter, Say
from bot.talk.heard import Heard
from bot.usecases import people
from bot.words.spoken import Spoken
from tests.conversations.stage import Stage

WHO = "rehearse:an"


class Ear:
    """Hears everything that is read aloud."""

    def __init__(self) -> None:
        self.heard: list[Spoken] = []

    async def read_out(self, say: Say, spoken: Spoken) -> Spoken:
        assert say.id == spoken.id
        self.heard.append(spoken)
        return structs.replace(spoken, sound=("media/x",))


@pytest.fixture
def ear(stage: Stage) -> Ear:
    found = Ear()
    stage.parts.desk._aloud = found
    return found


async def wants(stage: Stage, *, voice: bool, light: bool = False) -> None:
    now = stage.parts.now()
    await stage.parts.ledger.put(
        lambda b: people.set_manner(b, WHO, now, voice=voice, light=light)
    )


async def test_only_who_wants_to_hear_is_read_to(stage: Stage, ear: Ear) -> None:
    assert (await stage.say("mai", "chào"))["sound"] == []
    await wants(stage, voice=True)
    assert (await stage.say("an", "chào"))["sound"] == ["media/x"]
    assert [s.lang for s in ear.heard] == ["vi"]


async def test_who_spares_her_line_is_not_read_to(stage: Stage, ear: Ear) -> None:
    await wants(stage, voice=True, light=True)
    assert (await stage.say("an", "chào"))["sound"] == []
    assert ear.heard == []


async def test_a_redelivered_message_has_the_same_sound(stage: Stage, ear: Ear) -> None:
    await wants(stage, voice=True)
    heard = Heard("rehearse", WHO, "e1", "text", "chào", at=stage.parts.now())
    first = await stage.parts.desk.hear(heard)
    again = await stage.parts.desk.hear(heard)
    assert [m.sound for m in again.messages] == [m.sound for m in first.messages]
    assert len(ear.heard) == len(first.messages)


async def test_digits_that_do_not_work_are_not_read(stage: Stage, ear: Ear) -> None:
    """A letter that comes into a number question shows its choices without digits."""
    await wants(stage, voice=True)
    asked = await stage.tap("an", "q:gao-nep-nuong")
    assert asked["id"] == "how-much-number", asked
    say = Say("placed-waits", choices=(Choice("m", "choice-market"),))
    letter = Letter(WHO, say, "order", 0, 0, "once")
    ear.heard.clear()
    answer = await stage.parts.desk.deliver(WHO, letter, "letter:1")
    assert answer.messages[0].sound == ("media/x",)
    ((choice,),) = [spoken.choices for spoken in ear.heard]
    assert choice.key == ""
