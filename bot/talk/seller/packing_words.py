"""What a seller's words and the screen say of a parcel: that it is packed, which order is open,
what it weighs, how it left.
"""

from __future__ import annotations

import re

from bot.shop.order_code import read_code
from bot.talk.session import Session
from bot.talk.turn import Turn
from bot.understand.fold import fold
from bot.understand.quantities import Read, read_amount
from bot.understand.seller_signs import refuses
from bot.understand.sellers.vehicles import vehicle_said

PICTURES = frozenset({"photo", "video"})
PARCEL = "parcel"
"""Where the session's form keeps a picture whose order is asked: `<kind> <ref> <grams>`."""

MOST_GRAMS = 200_000
"""A parcel heavier than this is a slip of the finger."""

_PACKED = re.compile(r"(?<!\w)(?:goi xong|goi roi|da goi|dong goi|goi hang|dong thung)(?!\w)")
_DONE = re.compile(r"(?<!\w)(?:goi xong|goi roi|da goi|dong goi xong|dong xong)(?!\w)")
_SENT = re.compile(r"(?<!\w)(?:gui|len xe|giao|ban giao|dua (?:cho )?xe|lay hang)(?!\w)")
_CODE = re.compile(r"(?i)zj(?:[\s.-]?[a-z0-9]){7}(?!\w)")
_OPEN = re.compile(r"(?:gx:(\w+)|so:(\w+):confirm)$")
"""Buttons that stand under an order a picture can be packed with."""


def says_packed(text: str) -> bool:
    """Whether a caption says that something is packed, or names an order."""
    return bool(read_code(text) or _PACKED.search(fold(text)))


def open_order(session: Session) -> str:
    """The one order on the screen that can be packed, or got its picture just now; else empty."""
    menu = next((m for m in reversed(session.menus) if m.kind == "reply"), None)
    found = [m for item in (menu.items if menu else ()) if (m := _OPEN.match(item.id))]
    codes = {m[1] or m[2] for m in found}
    return codes.pop() if len(codes) == 1 else ""


def of_parcel(turn: Turn) -> bool:
    """Whether a picture nobody asked for is of a parcel."""
    if not turn.session.seller or turn.heard.kind not in PICTURES:
        return False
    return says_packed(turn.heard.text) or bool(open_order(turn.session))


def grams_said(text: str) -> int:
    """What a parcel weighs: "2,5 kg", "800g", "3 cân 2", or kilos alone; 0 if nothing is said."""
    plain = _PACKED.sub(" ", fold(_CODE.sub(" ", text)))
    got = read_amount(plain, "g", bare=1000) if plain.strip() else None
    return got.amount if isinstance(got, Read) and 0 < got.amount <= MOST_GRAMS else 0


def spoken_move(text: str, now: int) -> str:
    """The move that a sentence surely speaks of, as a route that asks for her yes: sent, with a
    plate, a tracking number or a driver's phone; packed, with the order's code. Else empty.
    """
    plain, code = fold(text), read_code(text)
    how = vehicle_said(text, now)
    of_order = f":{code}" if code else ""
    if refuses(plain) or "?" in text:
        return ""
    if how and _SENT.search(plain) and (how.plate or how.tracking or (code and how.phone)):
        return f"mv:ship{of_order}"
    return f"mv:pack{of_order}" if code and _DONE.search(plain) else ""


def answers(asking: str, text: str, now: int) -> bool:
    """Whether words may answer the question for a picture, or how a parcel leaves."""
    kind, *rest = asking.split(":")
    if kind in ("gx", "gw"):
        return bool(grams_said(text))
    return vehicle_said(text, now) is not None or (
        len(rest) > 1 and any(c.isdigit() for c in text)
    )
