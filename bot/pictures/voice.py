"""A voice note: whatever the phone recorded, as mono Opus in Ogg and nothing else.

Opus in Ogg is what Telegram takes as a voice note, and browsers play it. 16 kbit/s keep a voice
clear: a minute is 120 kB. The shop's own clips take 12 kbit/s: what was trimmed and is spoken
close to the phone stays clear, and 11 seconds fit beside a picture.
"""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterable, Iterator

import av
from av.container import InputContainer, OutputContainer

from bot.pictures.container import kind_of, opened
from bot.pictures.level import levelled
from bot.shop.media_problems import NotAVoice, VoiceTooLong
from bot.shop.pictures import CLIP_SECONDS, VOICE_SECONDS, Recording, Voice

RATE = 48_000
BITS, CLIP_BITS = 16_000, 12_000
OPTIONS = {"application": "voip", "vbr": "on"}
CLIP_OPTIONS = {"application": "voip", "vbr": "constrained"}
PATIENCE_SECONDS = 60
"""How much of a recording is listened to for a clip, silence included."""


def clean(data: bytes) -> Voice:
    """Raises NotAVoice, VoiceTooLong."""
    try:
        with opened(data, kind_of(data)) as source:
            return _encoded(source)
    except (av.FFmpegError, ValueError) as error:
        raise NotAVoice from error


def clean_clip(data: bytes) -> Recording:
    """Trimmed and levelled. Raises NotAVoice, SilentVoice, VoiceTooShort, VoiceTooLong."""
    samples = levelled(samples_of(data, PATIENCE_SECONDS), RATE)
    if len(samples) > CLIP_SECONDS * RATE:
        raise VoiceTooLong(most=CLIP_SECONDS)
    file = io.BytesIO()
    with container(file) as target:
        opus = clip_stream(target)
        for frame in frames_of(samples):
            target.mux(opus.encode(frame))
        target.mux(opus.encode(None))
    return Recording(file.getvalue(), round(len(samples) * 1000 / RATE))


def samples_of(data: bytes, most_seconds: int) -> array[int]:
    """16-bit samples, mono at RATE. Raises NotAVoice, VoiceTooLong (most: CLIP_SECONDS)."""
    samples = array("h")
    try:
        with opened(data, kind_of(data)) as source:
            for frame in _frames(source):
                samples.frombytes(bytes(frame.planes[0])[: 2 * frame.samples])
                if len(samples) > most_seconds * RATE:
                    raise VoiceTooLong(most=CLIP_SECONDS)
    except (av.FFmpegError, ValueError) as error:
        raise NotAVoice from error
    if not samples:
        raise NotAVoice
    return samples


def container(file: io.BytesIO) -> OutputContainer:
    """An Ogg file that says nothing of where and when it was made."""
    return av.open(file, "w", format="ogg", options={"fflags": "+bitexact"})


def clip_stream(target: OutputContainer) -> av.AudioStream:
    opus = target.add_stream("libopus", rate=RATE, options=CLIP_OPTIONS)
    opus.layout, opus.bit_rate = "mono", CLIP_BITS
    return opus


def frames_of(samples: array[int], size: int = RATE // 50) -> Iterator[av.AudioFrame]:
    """Frames as the encoder wants them."""
    for start in range(0, len(samples), size):
        part = samples[start : start + size]
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(part))
        frame.planes[0].update(_padded(part, frame.planes[0].buffer_size))
        frame.sample_rate, frame.pts = RATE, start
        yield frame


def _padded(part: Iterable[int], size: int) -> bytes:
    data = array("h", part).tobytes()
    return data + bytes(size - len(data))


def _encoded(source: InputContainer) -> Voice:
    file, heard = io.BytesIO(), 0
    with container(file) as target:
        opus = target.add_stream("libopus", rate=RATE, options=OPTIONS)
        opus.layout, opus.bit_rate = "mono", BITS
        for frame in _frames(source):
            heard += frame.samples
            if heard > (VOICE_SECONDS + 0.5) * RATE:
                raise VoiceTooLong(most=VOICE_SECONDS)
            frame.pts = None  # counted anew: recordings often begin anywhere
            target.mux(opus.encode(frame))
        target.mux(opus.encode(None))
    if not heard:
        raise NotAVoice
    return Voice(file.getvalue(), max(1, round(heard / RATE)))


def _frames(source: InputContainer) -> Iterator[av.AudioFrame]:
    """Mono at RATE. Raises NotAVoice if there is no sound."""
    if not source.streams.audio:
        raise NotAVoice
    mono = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    for frame in source.decode(source.streams.audio[0]):
        frame.pts = None
        yield from mono.resample(frame)
    yield from mono.resample(None)
