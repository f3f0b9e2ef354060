"""A letter as the few words a phone shows while it is locked.

The push service cannot read it, but whoever holds the phone can: no telephone number, no account
number, no link (links may carry one-time codes), and of news about an order the first line only,
as goods and addresses stand below it.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

import msgspec

from bot.shop.says import Letter
from bot.words.spoken import Spoken

MOST_BODY = 300
DAY = 24 * 3600
LONGEST = 28 * DAY
"""Push services keep nothing longer than four weeks."""

_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.,])(?:\+84|84|0)(?:[ .\-]?\d){8,10}(?!\d)")
_ACCOUNT = re.compile(r"\d{7,}")
HIDDEN = "…"

Urgency = Literal["normal", "high"]


class Shown(msgspec.Struct, frozen=True):
    """What the service worker shows (page/sw.js). `data` is the page a tap opens."""

    title: str
    body: str
    tag: str
    data: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message for a push service. ttl: seconds it is worth keeping. topic: a newer one with
    the same topic takes its place (RFC 8030, section 5.4).
    """

    body: bytes
    ttl: int
    topic: str
    urgency: Urgency


PAGES = {"khach": "/", "ban": "/ban"}


def notice(title: str, spoken: Spoken, letter: Letter, page: str, now: int) -> Notice:
    """What a letter looks like as a notification that opens this page."""
    tag = topic_of(letter.once_key)
    lang = spoken.lang.partition("@")[0]
    text = first_words(spoken.text, whole=letter.kind != "order")
    shown = Shown(title, text, tag, PAGES.get(page, "/"), lang)
    left = letter.until - now if letter.until else DAY
    urgency: Urgency = "normal" if letter.kind == "broadcast" else "high"
    return Notice(msgspec.json.encode(shown), min(max(left, 0), LONGEST), tag, urgency)


def topic_of(once_key: str) -> str:
    """32 letters, as many as a topic may have; nobody reads a person out of it."""
    return urlsafe_b64encode(sha256(once_key.encode()).digest()[:24]).decode()


def first_words(text: str, *, whole: bool) -> str:
    """At most MOST_BODY letters of what was said, without what only its reader should see."""
    said = text.strip() if whole else text.strip().partition("\n")[0]
    for secret in (_LINK, _PHONE, _ACCOUNT):
        said = secret.sub(HIDDEN, said)
    return said if len(said) <= MOST_BODY else said[: MOST_BODY - 1].rstrip() + HIDDEN
