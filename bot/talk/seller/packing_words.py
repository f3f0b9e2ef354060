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
_WRONG = re.compile(
    r"(?<!\w)(?:(?:gui|goi|chup|dong|lam) (?:nham|sai|lon)|(?:nham|sai|lon)"
    r" (?:anh|don|goi|khach|video)"
    r"|(?:anh|don|goi|video)(?: hang)?(?: \w+)? (?:nham|sai|lon))(?!\w)"
)
_BACK = re.compile(
    r"(?<!\w)(?:(?:khach|nguoi mua|nguoi ta)(?: \S+){0,4} (?:tra (?:lai|hang|ve)|(?:khong|ko|k"
    r"|kh|hk) (?:chiu )?(?:nhan|lay)|tu choi|bom)|(?:hang|don|goi|kien)(?: \S+){0,4}"
    r" (?:bi (?:tra|hoan)|(?:tra|hoan|quay|gui) (?:ve|lai))|(?:hoan|bom) hang|khach tra)(?!\w)"
)
_NO_PARCEL = re.compile(
    r"(?<!\w)(?:nha|tien|coc|chua|live|gia|bot)(?!\w)|\d ?(?:k|nghin|d|tr)(?!\w)"
)
"""Beside these, what comes back is no parcel: it is a household's, or money, or not back yet."""
_LIKE_CODE = re.compile(r"(?i)(?<!\w)zj(?=[\s.-]?[a-z0-9])")
_OPEN = re.compile(r"(?:gx:(\w+)|so:(\w+):confirm)$")
"""Buttons that stand under an order a picture can be packed with."""


def says_packed(text: str) -> bool:
    """Whether a caption says that something is packed, or names an order."""
    return bool(read_code(text) or _PACKED.search(fold(text)))


def half_a_code(text: str) -> bool:
    """Whether a caption names an order by a code that cannot be read: it may be any order's."""
    return bool(_LIKE_CODE.search(text)) and not read_code(text)


def open_orders(session: Session) -> tuple[str, ...]:
    """The orders on the screen that can be packed, or got their picture just now."""
    menu = next((m for m in reversed(session.menus) if m.kind == "reply"), None)
    found = [m for item in (menu.items if menu else ()) if (m := _OPEN.match(item.id))]
    return tuple(dict.fromkeys(m[1] or m[2] for m in found))


def of_parcel(turn: Turn) -> bool:
    """Whether a picture nobody asked for is of a parcel."""
    if not turn.session.seller or turn.heard.kind not in PICTURES:
        return False
    return says_packed(turn.heard.text) or bool(open_orders(turn.session))


def says_wrong(turn: Turn, text: str) -> str:
    """ "Gửi nhầm ảnh" under an order that was packed just now: the route that helps, else ""."""
    on_screen = open_orders(turn.session)
    last = next((m for m in reversed(turn.session.menus) if m.kind == "reply"), None)
    done = [c for c in on_screen if last and any(i.id == f"gd:{c}" for i in last.items)]
    return f"gxw:{done[0]}" if len(done) == 1 and _WRONG.search(fold(text)) else ""


def names_parcel(turn: Turn, asking: str) -> bool:
    """Whether a caption says by itself what a picture is of, whatever was asked: an order's code,
    or that something is packed while goods are asked about.
    """
    if not turn.session.seller or turn.heard.kind not in PICTURES:
        return False
    text = turn.heard.text
    packed = says_packed(text) and asking.partition(":")[0] != "gx"
    return packed or bool(read_code(text)) or half_a_code(text)


def grams_said(text: str) -> int:
    """What a parcel weighs: "2,5 kg", "800g", "3 cân 2", or kilos alone; 0 if nothing is said."""
    plain = _PACKED.sub(" ", fold(_CODE.sub(" ", text)))
    got = read_amount(plain, "g", bare=1000) if plain.strip() else None
    return got.amount if isinstance(got, Read) and 0 < got.amount <= MOST_GRAMS else 0


def spoken_move(text: str, now: int) -> str:
    """The move that a sentence surely speaks of, as a route that asks for her yes: sent, with a
    plate, a tracking number or a driver's phone; packed, with the order's code; come back. Else
    empty.
    """
    plain, code = fold(text), read_code(text)
    how = vehicle_said(text, now)
    of_order = f":{code}" if code else ""
    other = _NO_PARCEL.search(_CODE.sub(" ", plain))  # a code may end as a sum does: "…7k"
    if "?" not in text and _BACK.search(plain) and not other:
        return f"rt{of_order}"
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
