"""Who asked to be told, of which seller or live; what a seller tells them; how a closed page is
reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FOLLOW_VERSION = "1"
"""Of the wording a follower agreed to (`follow-…` messages); raise it when the meaning changes."""


@dataclass(frozen=True, slots=True)
class Follow:
    """One person's wish to be reminded of a seller's lives, or of one live only.

    live: empty for every live of the seller and for what she tells her followers. version, lang,
    at: the wording that was agreed to, and when.
    """

    person: str
    seller: str
    live: str
    version: str
    lang: str
    at: int


BroadcastState = Literal["draft", "sending", "paused", "stopped", "done"]


@dataclass(frozen=True, slots=True)
class Broadcast:
    """What a seller tells those who follow her. Times are seconds UTC.

    words: her own, as she wrote them. picture, clip: media references. lang, place, product: only
    those who talk this language, get their parcels in this province (code), or bought or wished
    for this product; empty and 0: everybody. until: what is not sent by then is dropped. total:
    letters written.
    """

    id: str
    seller: str
    by: str
    at: int
    state: BroadcastState
    words: str = ""
    picture: str = ""
    clip: str = ""
    lang: str = ""
    place: int = 0
    product: str = ""
    until: int = 0
    started_at: int = 0
    ended_at: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class PushAddress:
    """Where a browser that is closed is reached (Web Push, RFC 8030).

    id: a hash of endpoint and page: one browser may hold a customer's talk and a seller's, and
    belongs to one person in each. p256dh, auth: the browser's keys, URL-safe base64 without
    padding. page: what a tap opens, `khach` or `ban`.
    """

    id: str
    person: str
    endpoint: str
    p256dh: str
    auth: str
    at: int
    page: str = "khach"


@dataclass(frozen=True, slots=True)
class Unreachable:
    """An account an app refused to deliver to ("blocked by the user"); until it writes again."""

    person: str
    why: str
    at: int
