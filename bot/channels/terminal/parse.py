"""One line of a rehearsal → Heard."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import msgspec

from bot.talk.heard import Heard, HeardKind
from bot.usecases.ports import Media

MEDIA: tuple[HeardKind, ...] = ("photo", "voice", "video")
WORDS: tuple[HeardKind, ...] = ("text", "tap", "contact", "unsupported")
MIMES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
KIND_MIMES = {"photo": "image/jpeg", "voice": "audio/ogg", "video": "video/mp4"}


class BadLine(Exception):
    """The line is not one a rehearsal understands."""


class Input(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a line may say; see `docs/rehearse.md`."""

    person: str = ""
    event: str = ""
    text: str | None = None
    tap: str | None = None
    pick: int | None = None
    contact: str | None = None
    place: tuple[float, float] | None = None
    photo: str | None = None
    voice: str | None = None
    video: str | None = None
    unsupported: str | None = None
    now: str = ""
    show: str = ""


_decoder = msgspec.json.Decoder(Input)


def read_line(line: str) -> Input:
    """Raises BadLine with what is wrong."""
    try:
        return _decoder.decode(line)
    except msgspec.DecodeError as error:
        raise BadLine(str(error)) from None


async def heard_of(
    line: Input,
    channel: str,
    person: str,
    event: str,
    at: int,
    menus: Mapping[str, tuple[str, ...]],
    media: Media,
) -> Heard:
    """The event a line stands for.

    Raises BadLine for a pick that was not shown or a missing file.
    """
    if line.pick is not None:
        return Heard(channel, person, event, "tap", _picked(line, menus), at=at)
    for kind in MEDIA:
        name = getattr(line, kind)
        if name is not None:
            ref = await _kept(Path(name), kind, person, media)
            return Heard(channel, person, event, kind, line.text or "", ref, at=at)
    for kind in WORDS:
        words = getattr(line, kind)
        if words is not None:
            return Heard(channel, person, event, kind, words, at=at)
    if line.place is not None:
        return Heard(channel, person, event, "place", place=line.place, at=at)
    raise BadLine("a person's line says nothing")


def _picked(line: Input, menus: Mapping[str, tuple[str, ...]]) -> str:
    shown = menus.get(line.person, ())
    number = line.pick or 0
    if not 1 <= number <= len(shown):
        raise BadLine(f"pick {number}: {len(shown)} choices were shown to {line.person}")
    return shown[number - 1]


async def _kept(path: Path, kind: str, person: str, media: Media) -> str:
    mime = MIMES.get(path.suffix.lower(), KIND_MIMES[kind])
    try:
        data = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise BadLine(f"{path}: {error.strerror}") from None
    return (await media.keep(data, mime, owner=person, kind=kind)).ref
