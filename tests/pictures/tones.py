"""Voice notes whose words can be told apart by a program: each is a tone of its own pitch."""

from __future__ import annotations

import io
import math
from array import array
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise

import av

RATE = 48_000
WINDOW = RATE // 25
QUIET = 500
NEAR = 0.05


def pitch(n: int) -> int:
    """The n-th of up to sixteen pitches that stay apart, in Hz."""
    return round(300 * 1.11**n)


@cache
def tone(hertz: int, ms: int = 400, around_ms: int = 250, loud: int = 9_000) -> bytes:
    """Ogg with Opus, as a phone would record it: silence, a tone, silence."""
    silence = array("h", bytes(2 * RATE * around_ms // 1000))
    wave = array("h", (round(loud * math.sin(2 * math.pi * hertz * n / RATE))
                       for n in range(RATE * ms // 1000)))  # fmt: skip
    file = io.BytesIO()
    with av.open(file, "w", format="ogg") as target:
        opus = target.add_stream("libopus", rate=RATE, layout="mono")
        for frame in _frames(silence + wave + silence):
            target.mux(opus.encode(frame))
        target.mux(opus.encode(None))
    return file.getvalue()


def _frames(samples: Sequence[int]) -> list[av.AudioFrame]:
    frames = []
    for start in range(0, len(samples) - 959, 960):
        frame = av.AudioFrame(format="s16", layout="mono", samples=960)
        frame.planes[0].update(array("h", samples[start : start + 960]).tobytes())
        frame.sample_rate, frame.pts = RATE, start
        frames.append(frame)
    return frames


def samples_of(sound: bytes) -> array[int]:
    mono, samples = av.AudioResampler(format="s16", layout="mono", rate=RATE), array("h")
    with av.open(io.BytesIO(sound)) as source:
        for frame in source.decode(audio=0):
            for part in mono.resample(frame):
                samples.frombytes(bytes(part.planes[0])[: 2 * part.samples])
    return samples


def heard(sound: bytes, known: Sequence[int]) -> list[int]:
    """Which of the known pitches sound one after another."""
    samples = samples_of(sound)
    windows = [samples[n : n + WINDOW] for n in range(0, len(samples) - WINDOW + 1, WINDOW)]
    named = [_nearest(_hertz(w), known) if _is_loud(w) else 0 for w in windows]
    runs = [(hertz, len(list(same))) for hertz, same in groupby(named)]
    return [hertz for hertz, length in runs if hertz and length > 2]


def _is_loud(window: Sequence[int]) -> bool:
    return math.sqrt(sum(n * n for n in window) / len(window)) > QUIET


def _hertz(window: Sequence[int]) -> float:
    """By how often the wave goes through zero."""
    crossed = sum(a < 0 <= b for a, b in pairwise(window))
    return crossed * RATE / len(window)


def _nearest(hertz: float, known: Sequence[int]) -> int:
    best = min(known, key=lambda k: abs(k - hertz))
    return best if abs(best - hertz) <= NEAR * best + 13 else 0
