"""Opening a video or sound file: its kind is read from its first bytes and the library is told.

Left to guess, it would also open playlists, which name other files and addresses to read.
"""

from __future__ import annotations

import io

import av
from av.container import InputContainer

BEGINNINGS: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "mov"),
    (4, b"moov", "mov"),
    (4, b"mdat", "mov"),
    (4, b"wide", "mov"),
    (4, b"free", "mov"),
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"OggS", "ogg"),
    (0, b"RIFF", "wav"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"\xff\xf2", "mp3"),
)
"""Where in the file which bytes stand, and the reader for it."""


def kind_of(data: bytes) -> str:
    """The name of the reader, empty if the file is of no kind we take."""
    found = (kind for at, start, kind in BEGINNINGS if data[at : at + len(start)] == start)
    return next(found, "")


def opened(data: bytes, kind: str) -> InputContainer:
    """Raises av.FFmpegError if it is broken, and ValueError for a kind we do not take."""
    if not kind:
        raise ValueError("no kind of file we take")
    return av.open(io.BytesIO(data), "r", format=kind)
