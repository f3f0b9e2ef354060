"""The plug for a transcriber: a real child, real sound, and engines that stand in for libraries
and models nobody may ship here. They offer what vosk and sherpa-onnx document, and say how high
the note sounded, so that nothing but decoded sound can be behind their words.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.pictures import hear
from bot.transcriber import ENGINES, LocalTranscriber
from tests.conversations.stage import LAI_CHAU, Stage, open_stage
from tests.pictures.tones import tone

VOSK = """
import json, os, sys, time
from array import array

class Model:
    def __init__(self, folder):
        self.folder = folder
        self.words = open(os.path.join(folder, "words.txt"), encoding="utf-8").read()

class KaldiRecognizer:
    def __init__(self, model, rate):
        self.model, self.rate, self.pcm = model, rate, b""
    def AcceptWaveform(self, pcm):
        self.pcm += pcm
    def FinalResult(self):
        if self.model.words == "die":
            os._exit(7)
        if self.model.words == "sleep":
            time.sleep(30)
        samples = array("h", self.pcm)
        crossings = sum((a < 0) != (b < 0) for a, b in zip(samples, samples[1:]))
        hertz = round(crossings / 2 / (len(samples) / self.rate) / 50) * 50
        return json.dumps({"text": self.model.words.replace("HERTZ", str(hertz))})
"""

SHERPA = """
class _Stream:
    def accept_waveform(self, rate, samples):
        assert rate == 16000
        self.seconds = round(len(samples) / rate)
        assert max(samples) <= 1.0

class _Result:
    text = ""

class OfflineRecognizer:
    @classmethod
    def from_transducer(cls, tokens, encoder, decoder, joiner, num_threads=1):
        assert tokens.endswith("tokens.txt") and "encoder" in encoder
        assert "decoder" in decoder and "joiner" in joiner
        return cls()
    def create_stream(self):
        return _Stream()
    def decode_stream(self, stream):
        stream.result = _Result()
        stream.result.text = "nghe duoc"
"""


@pytest.fixture
def engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder the child imports libraries from, and a folder of a model."""
    library, model = tmp_path / "library", tmp_path / "model"
    library.mkdir()
    model.mkdir()
    (library / "vosk.py").write_text(VOSK)
    (library / "sherpa_onnx.py").write_text(SHERPA)
    for name in ("tokens.txt", "encoder-1.onnx", "decoder-1.onnx", "joiner-1.onnx"):
        (model / name).write_text("")
    monkeypatch.setattr(sys, "path", [*sys.path, str(library)])
    return model


@pytest.fixture
async def stage(tmp_path: Path, engines: Path) -> AsyncIterator[Stage]:
    settings = {"transcriber": "vosk", "transcriber_model": str(engines)}
    async with open_stage(tmp_path / "var", **settings) as opened:
        yield opened


def test_the_names_are_those_of_the_child() -> None:
    assert tuple(hear.ENGINES) == ENGINES


async def kept(stage: Stage, sound: bytes) -> str:
    return (await stage.parts.media.keep(sound, "audio/ogg", owner="an", kind="voice")).ref


async def test_sound_becomes_words(stage: Stage, engines: Path) -> None:
    (engines / "words.txt").write_text("cao HERTZ", encoding="utf-8")
    transcriber = stage.parts.shop.transcriber
    assert transcriber is not None
    low, high = [await transcriber.text(await kept(stage, tone(hertz))) for hertz in (440, 880)]
    assert 0 < int(low.removeprefix("cao ")) < int(high.removeprefix("cao "))


async def test_the_other_engine_is_asked_as_its_documents_say(stage: Stage, engines: Path) -> None:
    other = LocalTranscriber(stage.parts.media, "sherpa_onnx", engines)
    try:
        assert await other.text(await kept(stage, tone(440))) == "nghe duoc"
    finally:
        await other.aclose()


@pytest.mark.parametrize("words", ["die", "sleep"])
async def test_a_child_that_dies_or_sleeps_costs_nothing_but_the_words(
    stage: Stage, engines: Path, words: str
) -> None:
    (engines / "words.txt").write_text(words, encoding="utf-8")
    transcriber = LocalTranscriber(stage.parts.media, "vosk", engines, seconds=3)
    try:
        assert await transcriber.text(await kept(stage, tone(440))) == ""
        (engines / "words.txt").write_text("lại nghe", encoding="utf-8")
        assert await transcriber.text(await kept(stage, tone(440))) == "lại nghe"
    finally:
        await transcriber.aclose()


async def test_what_it_took_for_words_is_asked_about_and_orders_nothing(
    stage: Stage, engines: Path, tmp_path: Path
) -> None:
    (engines / "words.txt").write_text("lấy hai cân sâm đất", encoding="utf-8")
    note = tmp_path / "note.ogg"
    note.write_bytes(tone(440))
    await stage.say("an", "sâm đất")
    got = await stage.play(person="an", voice=str(note))
    assert [m["id"] for m in got if m["to"] == LAI_CHAU] == ["talk-from-customer"]
    asked = [m for m in got if m["to"] == "an"][-1]
    assert asked["id"] == "voice-heard-as"
    assert "lấy hai cân sâm đất" in asked["text"]
    assert (await stage.say("an", "giỏ"))["id"] == "cart-empty"
    await stage.play(person="an", voice=str(note), event="again")
    done = await stage.tap("an", "vg:yes")
    assert done["id"] == "cart-added"
    assert "80.000đ" in done["text"]
    assert (await stage.tap("an", "vg:yes"))["id"] != "cart-added"
