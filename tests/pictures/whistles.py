"""Recordings of whistled notes, however phones make them; a note is found again by its pitch."""

from __future__ import annotations

import io
import math
from array import array
from functools import cache
from itertools import pairwise

import av

RATE = 48_000


def tone(hertz: float, seconds: float, loud: int = 6_000) -> array[int]:
    step = 2 * math.pi * hertz / RATE
    return array("h", (round(loud * math.sin(step * n)) for n in range(round(seconds * RATE))))


def silence(seconds: float, hiss: int = 0) -> array[int]:
    """hiss: how loud the microphone itself is."""
    return array("h", (n * 7919 % (2 * hiss + 1) - hiss for n in range(round(seconds * RATE))))


def recorded(samples: array[int], kind: str = "ogg", codec: str = "libopus") -> bytes:
    """As a phone would send it."""
    file = io.BytesIO()
    with av.open(file, "w", format=kind) as target:
        sound = target.add_stream(codec, rate=RATE, layout="mono")
        form, size = sound.codec_context.format, sound.codec_context.frame_size or 1024
        shape = av.AudioResampler(format=form, layout="mono", rate=RATE, frame_size=size)
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
        frame.planes[0].update(samples.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate = RATE
        for part in (*shape.resample(frame), *shape.resample(None)):
            target.mux(sound.encode(part))
        target.mux(sound.encode(None))
    return file.getvalue()


@cache
def note(
    hertz: float, seconds: float = 0.6, *, kind: str = "ogg", codec: str = "libopus"
) -> bytes:
    """A trainer's recording: silence, the note, silence."""
    return recorded(silence(0.4) + tone(hertz, seconds) + silence(0.5), kind, codec)


def heard(file: bytes) -> array[int]:
    """Every sample, at RATE."""
    samples = array("h")
    with av.open(io.BytesIO(file)) as source:
        mono = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in source.decode(audio=0):
            for part in mono.resample(frame):
                samples.frombytes(bytes(part.planes[0])[: 2 * part.samples])
    return samples


def pitches(file: bytes) -> list[int]:
    """The notes of a file in order, to the nearest 100 Hz; what is quiet is between them."""
    samples, size = heard(file), RATE // 25
    found: list[tuple[int, int]] = []
    for at in range(0, len(samples) - size, size):
        pitch = _pitch(samples[at : at + size])
        if found and found[-1][0] == pitch:
            found[-1] = (pitch, found[-1][1] + 40)
        else:
            found.append((pitch, 40))
    return [pitch for pitch, ms in found if pitch and ms >= 120]


def _pitch(part: array[int]) -> int:
    if max(map(abs, part)) < 500:
        return 0
    rises = sum(1 for a, b in pairwise(part) if a < 0 <= b)
    return round(rises * RATE / len(part) / 100) * 100
