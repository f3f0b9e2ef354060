"""What a file is, by its first bytes: what a browser claims about an upload is not believed."""

from __future__ import annotations

from typing import Literal

MediaKind = Literal["photo", "voice", "video"]


def sniff(data: bytes, kind: MediaKind) -> str:
    """The media type of a picture, a voice note or a video, empty if it is none of them."""
    return {"photo": _picture, "voice": _sound, "video": _video}[kind](data)


def _video(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "video/mp4"
    return "video/webm" if data.startswith(b"\x1aE\xdf\xa3") else ""


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
