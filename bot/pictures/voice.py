"""A voice note: whatever the phone recorded, as mono Opus in Ogg and nothing else.

Opus in Ogg is what Telegram takes as a voice note, and browsers play it. 16 kbit/s keep a voice
clear: a minute is 120 kB.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import av
from av.container import InputContainer

from bot.pictures.container import kind_of, opened
from bot.shop.media_problems import NotAVoice, VoiceTooLong
from bot.shop.pictures import VOICE_SECONDS, Voice

RATE = 48_000
BITS = 16_000
OPTIONS = {"application": "voip", "vbr": "on"}


def clean(data: bytes) -> Voice:
    """Raises NotAVoice, VoiceTooLong."""
    try:
        with opened(data, kind_of(data)) as source:
            return _encoded(source)
    except (av.FFmpegError, ValueError) as error:
        raise NotAVoice from error


def _encoded(source: InputContainer) -> Voice:
    file, heard = io.BytesIO(), 0
    with av.open(file, "w", format="ogg", options={"fflags": "+bitexact"}) as target:
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
