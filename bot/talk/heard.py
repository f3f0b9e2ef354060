"""What a person said, whatever app it came through."""

from __future__ import annotations

from typing import Literal

import msgspec

HeardKind = Literal["text", "tap", "photo", "voice", "video", "contact", "place", "unsupported"]


class Heard(msgspec.Struct, frozen=True):
    """One event from one person.

    person: `<channel>:<native id>`, ASCII, at most 100 characters; the shop's name for this
        account.
    event_id: unique in the channel; the same id again is a redelivery of the same event.
    text: the words, those under a photo or video too; for a tap the choice id; for `unsupported`
        what the app called it.
    media: `media/<sha256>` of a photo, voice note or video already kept, else empty.
    origin: a keyed hash of the network address where the channel knows one, else empty.
    at: seconds UTC when the shop received it.
    light: her line is poor or she pays for what it carries, as far as the channel knows.
    page: the web page that sent it, for `Sessions.close(page=)`; empty elsewhere.
    """

    channel: str
    person: str
    event_id: str
    kind: HeardKind
    text: str = ""
    media: str = ""
    place: tuple[float, float] | None = None
    origin: str = ""
    at: int = 0
    page: str = ""
    light: bool = False
