"""What the chat page posts → Heard."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from bot.talk.heard import Heard, HeardKind

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

MOST_CONTACT = 100


class BadPost(Exception):
    """The body is not something the page sends.

    The argument is a code for the page, not a sentence.
    """


class Posted(msgspec.Struct, frozen=True):
    """One message of the page. `id` and `page` are UUIDs the page made; exactly one of the rest is
    given.

    place: latitude and longitude in degrees. light: the browser says that its line is poor or that
        data is to be saved.
    """

    id: str
    page: str
    text: str | None = None
    tap: str | None = None
    contact: str | None = None
    place: tuple[float, float] | None = None
    light: bool = False


_posted = msgspec.json.Decoder(Posted)


def parse(body: bytes, *, person: str, origin: str, at: int, light: bool = False) -> Heard:
    """Heard from the JSON of a post; light: the browser asked for little data (Save-Data). Raises
    BadPost.
    """
    try:
        posted = _posted.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadPost("bad-json") from None
    check_ids(posted.id, posted.page)
    kind, text = _said(posted)
    return Heard(
        "web", person, posted.id, kind, text,
        place=posted.place, origin=origin, at=at, page=posted.page, light=light or posted.light,
    )  # fmt: skip


def parse_media(
    event_id: str, page: str, kind: Literal["photo", "voice", "video"], ref: str,
    *, person: str, origin: str, at: int, light: bool = False,
) -> Heard:  # fmt: skip
    """Heard for a picture, voice note or video that is already kept under `ref`."""
    return Heard(
        "web", person, event_id, kind, media=ref, origin=origin, at=at, page=page, light=light
    )


def check_ids(event_id: str, page: str) -> None:
    """Raises BadPost unless both are UUIDs in the form browsers make."""
    if not (UUID.fullmatch(event_id) and UUID.fullmatch(page)):
        raise BadPost("bad-id")


def _said(posted: Posted) -> tuple[HeardKind, str]:
    said: list[tuple[HeardKind, str]] = []
    if posted.text is not None:
        said.append(("text", posted.text))
    if posted.tap is not None:
        said.append(("tap", posted.tap))
    if posted.contact is not None:
        said.append(("contact", posted.contact[:MOST_CONTACT]))
    if posted.place is not None:
        said.append(("place", _checked_place(posted.place)))
    if len(said) != 1:
        raise BadPost("one-of-text-tap-contact-place")
    return said[0]


def _checked_place(place: tuple[float, float]) -> str:
    if not (-90 <= place[0] <= 90 and -180 <= place[1] <= 180):
        raise BadPost("bad-place")
    return ""
