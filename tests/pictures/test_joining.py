"""Trainers' recordings made even, joined to one voice note, and their AAC twins."""

from __future__ import annotations

import io
import random
from array import array
from itertools import pairwise
from math import isqrt, sin

import av
import pytest

from bot.pictures.joining import joined, samples_in
from bot.pictures.workshop import Workshop
from bot.shop.media_problems import NotAVoice, SilentVoice, VoiceTooLong, VoiceTooShort
from bot.shop.pictures import ToJoin
from tests.pictures.makers import TOLD, film, long_speech, speech
from tests.pictures.whistles import RATE, heard, note, pitches, recorded, silence, tone


def loudness(file: bytes) -> float:
    """Root mean square of the middle."""
    samples = heard(file)
    middle = samples[len(samples) // 4 : -len(samples) // 4]
    return isqrt(sum(n * n for n in middle) // len(middle))


def hostile(seconds: int) -> array[int]:
    """As much as an encoder can be given: a gliding voice in a lot of noise."""
    chance = random.Random(7)

    def at(n: int) -> int:
        noise = chance.gauss(0, 3_000) * (0.2 + abs(sin(n / 7_000)))
        return int(max(-30_000, min(30_000, noise + 8_000 * sin(n / 40 + 3 * sin(n / 9_000)))))

    return array("h", map(at, range(seconds * RATE)))


async def test_silence_goes_and_the_level_is_set(workshop: Workshop) -> None:
    """However loud it was recorded, and with whatever the phone recorded."""
    for loud in (400, 2_000, 30_000):
        raw = recorded(silence(0.7, loud // 60) + tone(400, 1, loud) + silence(0.9, loud // 60))
        made = await workshop.clean_clip(raw)
        assert 1_000 <= made.ms <= 1_250
        assert 2_300 < loudness(made.ogg) < 4_300
        assert max(map(abs, heard(made.ogg))) < 32_000
        assert pitches(made.ogg) == [400]
    for kind, codec in (("webm", "libopus"), ("mp4", "aac"), ("mp3", "libmp3lame")):
        made = await workshop.clean_clip(note(600, 1, kind=kind, codec=codec))
        assert 950 <= made.ms <= 1_350
        assert pitches(made.ogg) == [600]


async def test_nothing_tells_where_and_by_whom(workshop: Workshop) -> None:
    made = await workshop.clean_clip(speech(2))
    assert [word for word in TOLD if word in made.ogg] == []
    with av.open(io.BytesIO(made.ogg)) as after:
        assert dict(after.metadata) == dict(after.streams[0].metadata) == {}
        assert after.streams.audio[0].layout.name == "mono"


async def test_the_same_recording_gives_the_same_file(workshop: Workshop) -> None:
    assert await workshop.clean_clip(note(500)) == await workshop.clean_clip(note(500))


async def test_a_constant_is_no_voice_and_does_not_hide_one(workshop: Workshop) -> None:
    off = array("h", (n + 2_000 for n in silence(1) + tone(300, 1) + silence(1)))
    assert (await workshop.clean_clip(recorded(off, "matroska", "pcm_s16le"))).ms < 1_300
    constant = recorded(array("h", [2_000] * RATE), "matroska", "pcm_s16le")
    with pytest.raises(SilentVoice):
        await workshop.clean_clip(constant)


async def test_what_cannot_be_a_clip(workshop: Workshop) -> None:
    for raw, refused in (
        (b"", NotAVoice),
        (b"OggS" + bytes(60), NotAVoice),
        (b"hello", NotAVoice),
        (film(), NotAVoice),
        (recorded(silence(2)), SilentVoice),
        (recorded(silence(2, hiss=20)), SilentVoice),
        (recorded(silence(1) + tone(400, 0.1) + silence(1)), VoiceTooShort),
        (recorded(tone(400, 21)), VoiceTooLong),
        (long_speech(3600), VoiceTooLong),
        (note(400) + bytes(5_000_000), VoiceTooLong),
    ):
        with pytest.raises(refused):
            await workshop.clean_clip(raw)


async def test_pieces_follow_each_other(workshop: Workshop) -> None:
    """Order by pitch, lengths and the silence between them by what is decoded."""
    notes = (300, 900, 500, 1_200, 300)
    clips = {hertz: await workshop.clean_clip(note(hertz)) for hertz in set(notes)}
    made = await workshop.joined(tuple(ToJoin(clips[n].ogg, 120) for n in notes))
    assert pitches(made.ogg) == list(notes)
    told = sum(clips[n].ms for n in notes) + 4 * 120
    assert told <= made.ms <= told + 27 * len(notes)
    assert abs(len(heard(made.ogg)) * 1000 / RATE - made.ms) < 30


def test_a_longer_gap_is_longer_and_quiet() -> None:
    one = recorded(tone(400, 0.5))
    short, long = (joined((ToJoin(one, gap), ToJoin(one, 0))) for gap in (120, 600))
    assert long.ms - short.ms == 480
    samples = heard(long.ogg)
    between = samples[round(0.65 * RATE) : round(1.0 * RATE)]
    assert max(map(abs, between)) < 200


def test_packets_are_copied_as_they_are() -> None:
    clips = [recorded(tone(hertz, 0.5)) for hertz in (400, 700)]
    packets = [_packets(clip) for clip in clips]
    assert _packets(joined([ToJoin(clip, 0) for clip in clips]).ogg) == packets[0] + packets[1]
    assert sum(map(samples_in, packets[0])) - 0.5 * RATE < 2 * 960


def test_times_go_forward_without_a_jump() -> None:
    made = joined([ToJoin(recorded(tone(400, 0.5)), 120)] * 4)
    with av.open(io.BytesIO(made.ogg)) as source:
        times = [p.pts for p in source.demux(audio=0) if p.size]
    assert {b - a for a, b in pairwise(times)} == {960}


def test_a_stranger_among_them_is_encoded() -> None:
    """A file somebody put into locales/ by hand: stereo, or of another kind."""
    for raw in (speech(1), note(700, kind="mp3", codec="libmp3lame")):
        made = joined([ToJoin(raw, 120), ToJoin(recorded(tone(1_000, 0.5)), 0)])
        assert pitches(made.ogg)[-1] == 1_000
        assert len(pitches(made.ogg)) == 2
    for broken in (b"", b"OggS" + bytes(80), film()):
        with pytest.raises(NotAVoice):
            joined([ToJoin(recorded(tone(400, 0.5)), 120), ToJoin(broken, 0)])


async def test_eleven_seconds_fit_the_budget_in_both_formats(workshop: Workshop) -> None:
    made = await workshop.clean_clip(recorded(hostile(11)))
    twin = await workshop.as_aac(made.ogg)
    assert 10_900 <= made.ms <= 11_100
    assert len(made.ogg) <= 20_000
    assert len(twin) <= 26_000
    many = await workshop.clean_clip(recorded(hostile(1)))
    sentence = await workshop.joined((ToJoin(many.ogg, 120),) * 9)
    assert 9_900 < sentence.ms <= 11_000
    assert len(sentence.ogg) <= 20_000


async def test_the_aac_twin_is_heard(workshop: Workshop) -> None:
    one, other = [await workshop.clean_clip(note(n)) for n in (500, 1_100)]
    both = await workshop.joined((ToJoin(one.ogg, 120), ToJoin(other.ogg, 0)))
    twin = await workshop.as_aac(both.ogg)
    assert (twin[0], twin[1] & 0xF6) == (0xFF, 0xF0)  # ADTS, layer 0
    assert pitches(twin) == [500, 1_100]
    assert abs(len(heard(twin)) / RATE - both.ms / 1000) < 0.2
    for broken in (b"", b"OggS" + bytes(80), film()):
        with pytest.raises(NotAVoice):
            await workshop.as_aac(broken)


def _packets(ogg: bytes) -> list[bytes]:
    with av.open(io.BytesIO(ogg)) as source:
        return [bytes(p) for p in source.demux(audio=0) if p.size]
