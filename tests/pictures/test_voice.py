"""Voice notes: mono Opus in Ogg from whatever the phone recorded."""

from __future__ import annotations

import io

import av
import pytest

from bot.pictures.workshop import Workshop
from bot.shop.media_problems import NotAVoice, VoiceTooLong
from tests.pictures.makers import TOLD, film, long_speech, photo, speech

TAKEN = {
    "ogg": speech(5),
    "webm": speech(5, "webm", "libopus"),
    "mp4": speech(5, "mp4", "aac"),
    "mp3": speech(5, "mp3", "libmp3lame"),
    "film": film(5, sound="aac"),
}


@pytest.mark.parametrize("name", TAKEN)
async def test_mono_opus_in_ogg(workshop: Workshop, name: str) -> None:
    made = await workshop.clean_voice(TAKEN[name])
    assert made.ogg.startswith(b"OggS")
    assert b"OpusHead" in made.ogg[:64]
    assert made.seconds == 5
    assert len(made.ogg) <= 5 * 16_000 / 8 * 1.3
    with av.open(io.BytesIO(made.ogg)) as after:
        assert after.streams.audio[0].layout.name == "mono"
        heard = sum(frame.samples for frame in after.decode(audio=0))
        assert abs(heard / 48_000 - 5) < 0.2


@pytest.mark.parametrize("name", TAKEN)
async def test_nothing_of_it_tells_where_and_by_whom(workshop: Workshop, name: str) -> None:
    made = await workshop.clean_voice(TAKEN[name])
    assert [word for word in TOLD if word in made.ogg] == []
    with av.open(io.BytesIO(made.ogg)) as after:
        assert dict(after.metadata) == dict(after.streams[0].metadata) == {}


async def test_it_can_still_be_heard(workshop: Workshop) -> None:
    """The buzz is as loud as it was, within a half."""
    made = await workshop.clean_voice(speech(2))
    with av.open(io.BytesIO(made.ogg)) as after:
        mono = av.AudioResampler(format="s16", layout="mono", rate=48_000)
        frames = [part for frame in after.decode(audio=0) for part in mono.resample(frame)]
    middle = memoryview(bytes(frames[len(frames) // 2].planes[0])).cast("h")
    loud = max(abs(n) for n in middle)
    assert 4_500 < loud < 20_000


async def test_as_long_as_may_be(workshop: Workshop) -> None:
    assert (await workshop.clean_voice(long_speech(120))).seconds == 120


@pytest.mark.parametrize("seconds", [122, 7200])
async def test_too_long(workshop: Workshop, seconds: int) -> None:
    with pytest.raises(VoiceTooLong) as refused:
        await workshop.clean_voice(long_speech(seconds))
    assert refused.value.fields == {"most": 120}


async def test_too_heavy(workshop: Workshop) -> None:
    with pytest.raises(VoiceTooLong):
        await workshop.clean_voice(speech() + bytes(5_000_000))


@pytest.mark.parametrize(
    "data",
    [b"", b"OggS" + bytes(50), b"hello", b"#EXTM3U\nfile:///etc/passwd\n", film(), photo((9, 9))],
    ids=["empty", "first bytes", "text", "playlist", "silent film", "photo"],
)
async def test_what_is_no_voice(workshop: Workshop, data: bytes) -> None:
    with pytest.raises(NotAVoice):
        await workshop.clean_voice(data)
