"""Comments under a live: as they come from outside, and what became of each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot.shop.claim import Claim, CommentKind
from bot.shop.product import Pick

MOST_TEXT, MOST_AUTHOR = 1000, 120
"""Characters of a comment that are kept, and of its author's name."""

PLATFORM = re.compile(r"[a-z][a-z0-9-]{0,19}")
_HOSTS = {
    "facebook.com": "facebook", "fb.watch": "facebook", "fb.com": "facebook",
    "tiktok.com": "tiktok", "shopee.vn": "shopee", "youtube.com": "youtube",
    "youtu.be": "youtube", "zalo.me": "zalo", "instagram.com": "instagram",
}  # fmt: skip

WantVerb = Literal["claim", "more", "set", "cancel"]
"""claim, more beside what she has, so much instead of it, none of it."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One comment as a reader, a helper or a pasted block gives it.

    at: seconds UTC, 0 if nobody knows. id: the platform's own, empty if nobody knows; without it
    the same words of the same author are the same comment (within five seconds if `at` is known).
    """

    platform: str
    author: str
    text: str
    at: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One code of a comment that was read for certain."""

    code: str
    verb: WantVerb
    pick: Pick


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a comment: the claims it made, changed or ended, or why a helper decides.

    places: of those that wait, by claim id. again: it was taken before, nothing was booked now.
    """

    comment: str
    kind: CommentKind
    posted: Posted
    claims: tuple[Claim, ...] = ()
    why: str = ""
    again: bool = False
    places: tuple[tuple[str, int], ...] = ()

    def place_of(self, claim: str) -> int:
        return next((n for id_, n in self.places if id_ == claim), 0)


def author_key(platform: str, author: str) -> str:
    """What tells authors apart; capitals and spaces do not."""
    plain = " ".join(unicodedata.normalize("NFC", author).split()).casefold()
    return f"guest {platform} {plain}"


def platform_of(link: str) -> str:
    """Where a live is shown, by its link; `live` if it cannot be told."""
    host = re.sub(r"^https?://", "", link.lower()).partition("/")[0]
    found = (name for end, name in _HOSTS.items() if host == end or host.endswith(f".{end}"))
    return next(found, "live")
