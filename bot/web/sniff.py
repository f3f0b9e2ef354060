"""What a file is, by its first bytes: what a browser claims about an upload is not believed."""

from __future__ import annotations

from typing import Literal

MediaKind = Literal["photo", "voice"]


def sniff(data: bytes, kind: MediaKind) -> str:
    """The media type of a picture or a voice note, empty if it is neither."""
    return _picture(data) if kind == "photo" else _sound(data)


def _picture(data: bytes) -> str:
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return ""


def _sound(data: bytes) -> str:
    if data.startswith(b"OggS"):
        return "audio/ogg"
    if data.startswith(b"\x1aE\xdf\xa3"):
        return "audio/webm"
    if data[4:8] == b"ftyp":
        return "audio/mp4"
    if data.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")):
        return "audio/mpeg"
    return ""
