"""Sound as numbers: the silence around a voice cut away, the voice as loud as every other.

Clips of several people and days are joined into one sentence; unlike levels and pauses between
its words would make it hard to follow.
"""

from __future__ import annotations

from array import array
from math import isqrt, tanh
from operator import mul

from bot.shop.media_problems import SilentVoice, VoiceTooShort
from bot.shop.pictures import CLIP_LEAST_MS

LOUD = 3_300
"""Root mean square of the voice in a finished clip, of 32.767: -20 dB."""

KNEE, CEILING = 20_000, 31_000
"""From the knee on peaks are bent, none passes the ceiling."""

MOST_GAIN = 20.0
HUSH = 90
"""A loudest moment below this is no voice (-51 dB)."""

BEFORE_MS, AFTER_MS = 60, 100
"""Kept around the voice: consonants begin and end softly."""

FADE_MS = 8


def levelled(samples: array[int], rate: int) -> array[int]:
    """Raises SilentVoice, VoiceTooShort."""
    centred = _centred(samples)
    size = rate // 100
    loudness = _loudness(centred, size)
    first, last, voice = _voice(loudness)
    if (last - first + 1) * 10 < CLIP_LEAST_MS:
        raise VoiceTooShort
    start = max(0, first * size - BEFORE_MS * rate // 1000)
    end = min(len(centred), (last + 1) * size + AFTER_MS * rate // 1000)
    return _faded(_loud(centred[start:end], voice), FADE_MS * rate // 1000)


def _centred(samples: array[int]) -> array[int]:
    """Cheap microphones add a constant, which would be taken for sound."""
    off = sum(samples) // max(1, len(samples))
    if abs(off) < 2:
        return samples
    return array("h", (max(-32768, min(32767, n - off)) for n in samples))


def _loudness(samples: array[int], size: int) -> list[int]:
    """Root mean square of every 10 ms."""
    parts = (samples[at : at + size] for at in range(0, len(samples), size))
    return [isqrt(sum(map(mul, part, part)) // len(part)) for part in parts]


def _voice(loudness: list[int]) -> tuple[int, int, int]:
    """The first and last 10 ms in which somebody speaks, and how loud she is on the whole."""
    ranked = sorted(loudness)
    loudest = ranked[-max(1, len(ranked) // 50)]  # one click is no voice
    if loudest < HUSH:
        raise SilentVoice
    noise = ranked[len(ranked) // 10]
    floor = max(HUSH // 2, min(max(loudest // 40, 2 * noise), loudest // 6))
    heard = [n for n, loud in enumerate(loudness) if loud > floor]
    voice = isqrt(sum(loudness[n] ** 2 for n in heard) // len(heard))
    return heard[0], heard[-1], voice


def _loud(samples: array[int], voice: int) -> array[int]:
    gain = min(LOUD / voice, MOST_GAIN)
    bent = array("h", (_bent(n * gain) for n in range(-32768, 32768)))
    return array("h", (bent[n + 32768] for n in samples))


def _bent(n: float) -> int:
    """As it is up to the knee, then ever more slowly towards the ceiling."""
    size = abs(n)
    if size > KNEE:
        room = CEILING - KNEE
        size = KNEE + room * tanh((size - KNEE) / room)
    return round(size) if n >= 0 else -round(size)


def _faded(samples: array[int], size: int) -> array[int]:
    """No click at either end."""
    size = min(size, len(samples) // 2)
    for n in range(size):
        samples[n] = samples[n] * n // size
        samples[-1 - n] = samples[-1 - n] * n // size
    return samples
