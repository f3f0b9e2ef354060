"""Clips in one voice note: their packets one after the other, with packets of silence between.

Nothing is decoded where every clip is mono Opus, as the shop's are: joining takes no quality and
hardly any time. A file of another kind among them is encoded first.
"""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

import av
from av.container import OutputContainer

from bot.pictures.container import kind_of, opened
from bot.pictures.voice import (
    RATE,
    clip_stream,
    container,
    frames_of,
    samples_of,
)
from bot.shop.media_problems import NotAVoice
from bot.shop.pictures import VOICE_SECONDS, Recording, ToJoin

AAC_RATE, AAC_BITS = 16_000, 16_000
"""16 kHz is all of a voice, and what an AAC encoder makes of 16 kbit/s without whistling."""

OPUS_MS = ((10, 20, 40, 60), (10, 20), (2.5, 5, 10, 20))
"""Lengths of an Opus frame by how it is coded: SILK, both, CELT (RFC 6716, 3.1)."""


def joined(pieces: Sequence[ToJoin]) -> Recording:
    """Raises NotAVoice if one of them is none."""
    try:
        return _joined(pieces)
    except (av.FFmpegError, ValueError, IndexError) as error:
        raise NotAVoice from error


def _joined(pieces: Sequence[ToJoin]) -> Recording:
    file, at = io.BytesIO(), 0
    with container(file) as target, opened(_plain(pieces[0].ogg), "ogg") as first:
        stream = target.add_stream_from_template(first.streams.audio[0])
        for n, piece in enumerate(pieces):
            gap = piece.gap if n < len(pieces) - 1 else 0
            for data in (*_packets(_plain(piece.ogg)), *_silence(gap)):
                packet = av.Packet(data)
                packet.stream, packet.time_base = stream, Fraction(1, RATE)
                packet.pts = packet.dts = at
                packet.duration = samples_in(data)
                at += packet.duration
                target.mux(packet)
    return Recording(file.getvalue(), round(at * 1000 / RATE))


def _packets(ogg: bytes) -> Iterator[bytes]:
    with opened(ogg, "ogg") as source:
        yield from (bytes(packet) for packet in source.demux(audio=0) if packet.size)


def _plain(data: bytes) -> bytes:
    """As it is if it is mono Opus in Ogg, else encoded so. Raises NotAVoice."""
    kind = kind_of(data)
    if kind == "ogg":
        with opened(data, kind) as source:
            heard = source.streams.audio
            if heard and heard[0].codec.name in ("opus", "libopus") and heard[0].channels == 1:
                return data
    return _opus(samples_of(data, VOICE_SECONDS))


def _opus(samples: array[int]) -> bytes:
    file = io.BytesIO()
    with container(file) as target:
        opus = clip_stream(target)
        for frame in frames_of(samples):
            target.mux(opus.encode(frame))
        target.mux(opus.encode(None))
    return file.getvalue()


@lru_cache(maxsize=8)
def _silence(ms: int) -> tuple[bytes, ...]:
    """Packets of 20 ms, as many as come closest."""
    count = round(ms / 20)
    if not count:
        return ()
    found = tuple(_packets(_opus(array("h", bytes(2 * (count + 2) * RATE // 50)))))
    return found[:count]


def samples_in(packet: bytes) -> int:
    """How long an Opus packet is at 48 kHz, by its first bytes (RFC 6716, 3.1 and 3.2)."""
    config, count = packet[0] >> 3, packet[0] & 3
    kind = 0 if config < 12 else 1 if config < 16 else 2
    ms = OPUS_MS[kind][config % len(OPUS_MS[kind])]
    frames = packet[1] & 63 if count == 3 else (1, 2, 2)[count]
    return round(frames * ms * RATE / 1000)


def as_aac(data: bytes) -> bytes:
    """AAC in ADTS. Raises NotAVoice."""
    file = io.BytesIO()
    try:
        with opened(data, kind_of(data)) as source, av.open(file, "w", format="adts") as target:
            _write_aac(source, target)
    except (av.FFmpegError, ValueError, IndexError) as error:
        raise NotAVoice from error
    return file.getvalue()


def _write_aac(source: av.container.InputContainer, target: OutputContainer) -> None:
    aac = target.add_stream("aac", rate=AAC_RATE)
    aac.layout, aac.bit_rate = "mono", AAC_BITS
    form = aac.codec_context.format
    shape = av.AudioResampler(format=form, layout="mono", rate=AAC_RATE, frame_size=1024)
    for frame in source.decode(source.streams.audio[0]):
        frame.pts = None
        for part in shape.resample(frame):
            target.mux(aac.encode(part))
    for part in shape.resample(None):
        target.mux(aac.encode(part))
    target.mux(aac.encode(None))
