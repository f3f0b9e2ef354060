"""Start codes and the links that carry them: one code opens the same place in every app.

A code holds letters of `A-Za-z0-9_-` alone, at most 64 of them, because a Telegram start takes no
others (https://core.telegram.org/bots/features#deep-linking): nothing for the shop, `p-<product>`,
`l-<live>`, and `c-<claim>-<mark>`, whose mark nobody can guess.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["shop", "product", "live", "claim"]
Hashed = Callable[[str], str]
"""A hash that only this shop can make, in hex."""

MOST = 64
MARK = 12
"""Hex characters of a claim's mark: 48 bits, that many guesses nobody makes over a chat."""

_CODE = re.compile(r"[A-Za-z0-9_-]{0,64}")
_CLAIM = re.compile(rf"(c-[a-z0-9]{{1,10}})-([0-9a-f]{{{MARK}}})")


@dataclass(frozen=True, slots=True)
class Opens:
    """What a start code opens. id: of the product, live or claim; mark: of a claim's link."""

    kind: Kind
    id: str = ""
    mark: str = ""


def product_code(product: str) -> str:
    return f"p-{product}"


def live_code(live: str) -> str:
    return f"l-{live}"


def claim_code(claim: str, hashed: Hashed) -> str:
    """For whoever wrote the comment behind a claim: opening it joins the claim to her."""
    return f"{claim}-{mark_of(claim, hashed)}"


def mark_of(claim: str, hashed: Hashed) -> str:
    return hashed(f"claim-link {claim}")[:MARK]


def is_marked(claim: str, mark: str, hashed: Hashed) -> bool:
    """Whether this is the mark of the claim's own link."""
    return hmac.compare_digest(mark.encode(), mark_of(claim, hashed).encode())


def opened_by(code: str) -> Opens | None:
    """What a code names, whether or not there is such a thing; None for none of ours."""
    kind, _, rest = code.partition("-")
    if not code:
        return Opens("shop")
    if not rest or not _CODE.fullmatch(code):
        return None
    if claim := _CLAIM.fullmatch(code):
        return Opens("claim", claim[1], claim[2])
    kinds: dict[str, Kind] = {"p": "product", "l": "live"}
    return Opens(kinds[kind], rest) if kind in kinds else None


def _web(at: str, code: str) -> str:
    """A product's link is the one the shop always had, without the `p-`."""
    path = code.removeprefix("p-")
    return f"{at.rstrip('/')}/p/{path}" if path else f"{at.rstrip('/')}/"


def _telegram(at: str, code: str) -> str:
    return f"https://t.me/{at}?start={code}" if code else f"https://t.me/{at}"


ADDRESSES: Mapping[str, Callable[[str, str], str]] = {"web": _web, "tg": _telegram}
"""By channel: its link from where the shop is found there (the web address, the bot's name) and a
start code. A further channel is a further line.
"""


def links_of(code: str, found_at: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(channel, link) for each channel the shop is found at, the web first.

    A code too long for a start, or with other letters, has none: better none than one that opens
    the wrong place.
    """
    return tuple(_links(code, found_at)) if _CODE.fullmatch(code) else ()


def _links(code: str, found_at: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for channel, link in ADDRESSES.items():
        if at := found_at.get(channel):
            yield channel, link(at, code)


def readable(link: str) -> str:
    """A link as people read it aloud and type it."""
    return link.removeprefix("https://").rstrip("/")
