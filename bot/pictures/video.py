"""A short video: the same pictures and sound in a new file that tells nothing else.

Nothing is encoded anew (that would take minutes on a small machine): packets are copied into an
MP4, whose index stands first so that it plays while it loads. What the camera added, place and
time above all, stays behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from PIL import Image

from bot.pictures.container import kind_of, opened
from bot.pictures.photo import SMALL, SMALL_TALL, light
from bot.shop.media_problems import NotAVideo, VideoTooLong
from bot.shop.pictures import PHOTO_MEGAPIXELS, VIDEO_SECONDS, Video

READERS = ("mov", "matroska")
PICTURES = ("h264", "hevc", "mpeg4", "vp9", "av1")
SOUNDS = ("aac", "mp3", "opus")
"""What an MP4 holds and phones play."""

Stream = av.VideoStream | av.AudioStream

POSTER_AT = 0.5
"""Seconds from the start: the very first picture is often black or shaken."""

POSTER_FRAMES = 60
"""The most that are read to find it."""


def clean(data: bytes) -> Video:
    """Raises NotAVideo, VideoTooLong."""
    kind = kind_of(data)
    if kind not in READERS:
        raise NotAVideo
    try:
        with opened(data, kind) as source:
            mp4, seconds = _copied(source, [_seen(source), *_heard(source)])
        with opened(data, kind) as source:
            return Video(mp4, _poster(source, _seen(source)), seconds)
    except (av.FFmpegError, ValueError) as error:
        raise NotAVideo from error


def _seen(source: InputContainer) -> av.VideoStream:
    """Its picture, of a size that can be read. Raises NotAVideo."""
    for stream in source.streams.video:
        pixels = stream.width * stream.height
        if stream.codec_context.name in PICTURES and pixels:
            if pixels > PHOTO_MEGAPIXELS * 1_000_000:
                break
            return stream
    raise NotAVideo


def _heard(source: InputContainer) -> list[av.AudioStream]:
    """Its sound, if it has any. Raises NotAVideo for one an MP4 cannot hold."""
    streams = list(source.streams.audio[:1])
    if any(stream.codec_context.name not in SOUNDS for stream in streams):
        raise NotAVideo
    return streams


def _copied(source: InputContainer, streams: list[Stream]) -> tuple[bytes, int]:
    """The new file, and its length in whole seconds. Raises VideoTooLong, NotAVideo."""
    path = Path("video.mp4")  # in the child's own folder; the index cannot be moved in a pipe
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    last = 0.0
    with av.open(str(path), "w", format="mp4", options=options) as target:
        ours = {s.index: target.add_stream_from_template(s) for s in streams}
        for stream in ours.values():
            stream.metadata.clear()
        for packet in _packets(source, streams):
            last = max(last, _end(packet))
            if round(last) > VIDEO_SECONDS:
                raise VideoTooLong(most=VIDEO_SECONDS)
            packet.stream = ours[packet.stream.index]
            target.mux(packet)
    if last <= 0:
        raise NotAVideo
    return path.read_bytes(), max(1, round(last))


def _packets(source: InputContainer, streams: list[Stream]) -> Iterator[av.Packet[Any]]:
    """The last packet of each stream is empty and has no time."""
    return (packet for packet in source.demux(streams) if packet.dts is not None)


def _end(packet: av.Packet[Any]) -> float:
    """When it is over, in seconds from the start of its stream."""
    at = packet.dts if packet.pts is None else packet.pts
    start = packet.stream.start_time or 0
    return float(((at or 0) - start + (packet.duration or 0)) * packet.time_base)


def _poster(source: InputContainer, stream: av.VideoStream) -> bytes:
    """Raises NotAVideo if no picture can be read from it."""
    stream.codec_context.thread_count = 1  # each thread wants pictures of its own
    frame: av.VideoFrame | None = None
    for count, found in enumerate(source.decode(stream)):
        frame = found
        if count >= POSTER_FRAMES or (frame.time or 0) >= POSTER_AT:
            break
    if frame is None:
        raise NotAVideo
    picture: Callable[[], Image.Image] = frame.to_image  # its stub names no types
    image = picture().rotate(frame.rotation, expand=True)
    image.thumbnail((SMALL, SMALL_TALL), Image.Resampling.LANCZOS)
    return light(image)
