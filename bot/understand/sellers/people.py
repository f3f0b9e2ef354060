"""What is said of who may keep a shop: invited, taken out, a phone that was lost or changed, and
for whom one sells. Read by words alone; it only leads to a screen, where a button decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.understand.fold import fold, has_marks, tidy

MOST_TEXT = 300

_PHONE = r"(?:dien thoai|dthoai|dt|sim)"
_TIME = r"(?! (?:hom|ngay|gio|tieng|tuan|thang|phut|nguoi|khach|lan))"
_LOST = re.compile(
    rf"(?<!\w)(?:(?:mat|roi|hong|hu|vo|bi trom|doi|thay) (?:cai |chiec )?{_PHONE}"
    rf"|(?:mat|doi|thay) (?:cai |chiec )?may{_TIME}"
    rf"|{_PHONE} (?:cua \w+ )?(?:bi )?(?:mat|roi mat|moi|cu)|may (?:bi )?(?:mat|moi|cu))(?!\w)"
)
_MACHINE = re.compile(r"(?<!\w)(?:máy|may)(?!\w)", re.IGNORECASE)
_TAKES = re.compile(
    r"(?<!\w)(?:(?:thu|thu hoi|lay lai|bo|xoa|cat|rut|go|tuoc|khoa) (?:lai |het )?"
    r"(?:quyen|tai khoan)|(?:khong|ko|k|dung|thoi) cho (?:\w+ ){1,4}(?:ban|phu|giup|vao|lam)"
    r"(?: \w+)? nua|duoi \w+$)"
)
_WHO = re.compile(
    r"(?<!\w)(?:(?:nhung )?ai (?:dang |duoc |co the )?(?:phu|giup|ban|vao|lam gi|co quyen|giu)"
    r"|co (?:may|nhung) (?:ai|nguoi) (?:phu|giup|ban)|danh sach nguoi (?:ban|giup|phu))(?!\w)"
)
_INVITES = re.compile(
    r"(?<!\w)(?:(?:moi|them) (?:\w+ ){0,4}(?:nguoi ban|vao ban|vao phu|nguoi phu|nguoi giup"
    r"|phu ban|ban cung|phu chi|giup chi)|(?:them|moi) (?:\w+ ){1,3}ban hang"
    r"|cho (?:\w+ ){1,4}(?:phu|giup) chi)(?!\w)"
)
_NOBODY = re.compile(
    r"(?<!\w)(?:thoi|ngung|dung|het|khong|ko|k|nghi) (?:\w+ )?(?:ban|lam) (?:thay|ho|giup)"
    r"(?: \w+)?(?: nua)?(?!\w)"
)
_FOR = re.compile(
    r"(?<!\w)(?:(?:ban|lam|dang) (?:thay|ho|giup) (?:cho )?|(?:chuyen|doi|qua) (?:sang |qua )"
    r"(?:ban (?:cho )?|gian (?:hang )?)?|gio ban cho |(?:dong vai|chon) )(?P<whom>\S.*)$"
)

Kind = Literal["", "lost", "people", "invite", "nobody", "for"]


@dataclass(frozen=True, slots=True)
class PeopleSaid:
    """`whom`: folded words behind "bán thay …"."""

    kind: Kind
    whom: str = ""


def people_said(text: str) -> PeopleSaid:
    """What the words say of people and rights; an empty kind if nothing. Never raises."""
    plain = fold(text[:MOST_TEXT])
    if any(c.isdigit() for c in plain):
        return PeopleSaid("")
    if _NOBODY.search(plain):
        return PeopleSaid("nobody")
    if (found := _LOST.search(plain)) and _machine(found[0], text):
        return PeopleSaid("lost")
    if _TAKES.search(plain) or _WHO.search(plain):
        return PeopleSaid("people")
    if (found := _INVITES.search(plain)) and _calls_in(found[0], text):
        return PeopleSaid("invite")
    found = _FOR.search(plain)
    return PeopleSaid("for", found["whom"]) if found else PeopleSaid("")


def _calls_in(found: str, text: str) -> bool:
    """Whether "moi" is "mời" where diacritics are written, and not "mới" or "mọi"."""
    return not found.startswith("moi") or not has_marks(text) or "mời" in tidy(text)


def _machine(found: str, text: str) -> bool:
    """Whether "may" is a machine ("máy") where diacritics are written, and not "mấy"."""
    return "may" not in found or bool(_MACHINE.search(text))
