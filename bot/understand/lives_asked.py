"""What a customer's sentence about lives is after: when there is one, to be reminded, not to be
any more, or what she claimed. Sentences with a code claim something and are read elsewhere.
"""

from __future__ import annotations

import re
from typing import Literal

from bot.understand.fold import fold, has_marks, tidy
from bot.understand.small_words import is_small

LiveAsked = Literal["", "when", "follow", "unfollow", "mine"]
MOST_TEXT = 300
_WORD = re.compile(r"[^\W_]+")

_END = re.compile(r"(?: (?:a|ah|ak|shop|oi))+$")
_SPELLED_WORDS = """
nhắc báo nhắn đừng dừng đứng thôi bỏ huỷ tắt khỏi ngừng ngưng chốt xem coi theo dõi nữa đăng ký
thông lịch mấy giờ bao khi nào chưa không có còn đang hả sóng phát trực tiếp phiên buổi mã giữ được
gì những rồi em mình tôi đã số thứ hàng của nghỉ đâu chừng lúc hôm tối mai
"""
_SPELLED = frozenset(_SPELLED_WORDS.split())
_FOLDED = frozenset(map(fold, _SPELLED))

_LIVE = (
    r"(?:live ?stream|livestream|live|lai ?chim|lai ?trim|(?:phat )?truc tiep|phat song|len song"
    r"|tren song|on ?air)"
)
_ME = r"(?:em|e|minh|m|toi|t|tui|chi|c|anh|a|co|bac|chu|ba|ong|con|chau|me|ban)"
_HAS_LIVE = re.compile(rf"(?<!\w){_LIVE}(?!\w)")
_CODE = re.compile(r"(?<!\w)[a-z]\d{1,2}(?!\w)")

_TELL = r"(?:nhac(?: nho)?|bao(?: tin)?(?! (?:gio|nhieu|lau|h|gia))|nhan(?: tin)?|thong bao)"
_FOLLOWS = r"(?:theo doi|follow|flow|subscribe)"
_UNFOLLOW = re.compile(
    r"(?<!\w)(?:(?P<thoi>thoi)|dung|khoi|bo|ngung|huy|tat|(?:khong|ko) (?:can|muon))"
    rf"(?: (?:co|can|nhan|cai|phan|lich|lai))* (?:{_TELL}|{_FOLLOWS}|loi nhac)(?!\w)"
    rf"|(?<!\w)(?:khong|ko|k) (?:nhan )?{_TELL}(?: {_ME})?(?: {_LIVE})? nua(?!\w)"
    r"|(?<!\w)un ?follow(?!\w)"
)
_WHENEVER = re.compile(r"(?<!\w)(?:khi|luc|thi|truoc)(?!\w)")
_COMPLAINS = re.compile(r"(?<!\w)(?:sao|quen|(?:chang|khong|ko|chua) thay)(?!\w)")
_STOPPED = re.compile(rf"(?:nua|live|shop|{_ME}|lich|cua|tin)")
"""Beside "đừng nhắc" these say nothing else."""

_WISH = re.compile(
    rf"(?<!\w)(?:(?:{_TELL}|goi|hu|alo)(?: lai)?(?: (?:giup|cho|ho|gium))* {_ME}(?!\w)"
    rf"|{_TELL}(?: lai)? (?:khi|luc|truoc|luon|nhe|nha|voi|{_LIVE})(?!\w)"
    r"|dang k[iy] (?:nhan|nhac|theo doi|bao|thong bao|xem|live)|hen gio (?:nhac|bao)"
    r"|bat (?:nhac|thong bao|chuong))"
)
_TOLD_ONLY = re.compile(
    rf"(?<!\w)(?:bao|nhan|gui|cho)(?: tin)?(?: cho)? {_ME} (?:xin )?(?:lich|link|may gio|gio)"
)
""" "Báo em lịch live" wants to know it now."""
_FOLLOW_SHOP = re.compile(
    rf"(?:(?:cho|xin|muon|{_ME}) ){{0,3}}{_FOLLOWS}(?: (?:shop|kenh|trang|page|nha vuon|nguoi ban|"
    rf"(?:cac |buoi )?{_LIVE}(?: cua)?))?(?: (?:co|chi|anh|bac|me|chu|ban|nha)(?: \w+)?)?"
    r"(?: (?:nhe|nha|a|voi|di|shop|em|ne|luon|day))*"
)
_POLITE_ASKING = re.compile(r"(?:duoc|dc|dk) (?:khong|ko|k|hok|hong)(?: \w+)?$")
_ASKING = re.compile(r"(?<!\w)(?:khong|ko|k|hok|hong|chua|ha)(?: \w+)?$")

_WHEN = re.compile(
    r"(?<!\w)(?:(?:bao|may|khung|chung|luc) (?:gio|h|tieng|nao)|bh|khi nao|lich|link|xem|coi|vao"
    r"|(?:hom|ngay|bua|toi|thu) (?:nao|may)|(?:o|kenh|trang|cho) (?:dau|nao)|dau|cuoi tuan|tiep"
    r"|dang (?:live|phat|truc)|khong|ko|k|hok|hong|hem|chua|con|sap|ha|gi|nhi|chu|hnay|mai"
    r"|(?:toi|hom|bua|chieu|sang) (?:nay|mai)|(?:ke|sap|tuan) (?:tiep|toi|nay))(?!\w)"
)
_ELSE = re.compile(
    r"(?<!\w)(?:chot|dat|lay|mua|gia|re|ship|gui (?!link)|don|binh luan|comment|cmt|hom qua"
    r"|toi qua|xem lai|vua|xong|luc nay xem|hom truoc|chao|giao|huy|hang (?:da|hong|loi))(?!\w)"
)

_THINGS = r"(?:ma|mon|hang|do|thu)"
_WHAT = rf"(?:gi|{_THINGS} (?:gi|nao)|cai (?:gi|nao)|may (?:ma|mon|cai|thu)|bao nhieu)"
_MINE = re.compile(
    rf"(?<!\w)(?:{_ME}(?: (?:da|vua|moi|co|dang))* (?:chot|giu|gianh)(?: (?:duoc|dc|het))?"
    rf"(?: (?:nhung|cac))? {_WHAT}"
    rf"|(?:da|vua) chot (?:duoc |nhung )?{_WHAT}"
    rf"|{_THINGS}(?: ma)?(?: {_ME})?(?: (?:da|vua))? chot(?: duoc)?"
    rf"(?: (?:cua {_ME}|roi|tren {_LIVE}))?$"
    rf"|(?:xem|coi|doc|liet ke)(?: lai)?(?: giup)?(?: {_ME})?(?: (?:cac|nhung|may))? {_THINGS}"
    rf" (?:{_ME} )?(?:da |vua )?chot"
    rf"|(?:ma|so|luot) chot cua {_ME}|(?:cac|nhung) ma cua {_ME}|(?:xem|coi)(?: lai)? chot$"
    rf"|{_ME}(?: dang)? (?:dung|xep|o)(?: hang)? thu may|(?:den|toi) luot {_ME} chua)(?!\w)"
)
_NOT_MINE = re.compile(
    r"(?<!\w)(?:gom|thanh don|len don|dat hang|thanh toan|huy|bo|nham|doi|ship|gui|them)(?!\w)"
)
MOST_WORDS = 5
"""Of "live tối nay" and the like, without any word of a question."""


def live_asked(text: str) -> LiveAsked:
    """What the sentence is after; empty if it is none of these. Never raises.

    Whether one will be reminded is a question (`when`): only a wish follows.
    """
    bare = _told(text[:MOST_TEXT])
    if not bare or _CODE.search(bare):
        return ""
    if _MINE.search(bare):
        return "" if _NOT_MINE.search(bare) else "mine"
    if _leaves(bare):
        return "unfollow"
    if _wants_word(bare, asks="?" in text):
        return "follow"
    return "when" if _asks_when(bare) else ""


def _told(text: str) -> str:
    """Folded words alone; one whose marks make it another word ("nhạc") is no word we look for."""
    words = (m[0] for m in _WORD.finditer(tidy(text)))
    return _END.sub("", " ".join(f"_{w}" if _is_other(w) else fold(w) for w in words))


def _is_other(word: str) -> bool:
    return has_marks(word) and word not in _SPELLED and fold(word) in _FOLDED


def _leaves(bare: str) -> bool:
    found = _UNFOLLOW.search(bare)
    if not found or _COMPLAINS.search(bare):
        return False
    if found["thoi"] and _WHENEVER.search(bare):
        return False  # "thôi báo em khi live": then tell me
    rest = f"{bare[: found.start()]} {bare[found.end() :]}"
    named = bool(re.search(_FOLLOWS, found[0])) and len(rest.split()) <= MOST_WORDS
    about_live = bool(_HAS_LIVE.search(bare))
    return about_live or named or all(is_small(w) or _STOPPED.fullmatch(w) for w in rest.split())


def _wants_word(bare: str, *, asks: bool) -> bool:
    if _FOLLOW_SHOP.fullmatch(bare):
        return True
    wish = _WISH.search(bare) and _HAS_LIVE.search(bare)
    if not wish or _COMPLAINS.search(bare) or _TOLD_ONLY.search(bare):
        return False
    polite = bool(_POLITE_ASKING.search(bare))
    return polite or not (asks or _ASKING.search(bare))


def _asks_when(bare: str) -> bool:
    if not _HAS_LIVE.search(bare) or _ELSE.search(bare):
        return False
    short = len(bare.split()) <= MOST_WORDS
    return bool(_WHEN.search(bare)) or (short and all(map(_is_beside_live, bare.split())))


def _is_beside_live(word: str) -> bool:
    return (
        is_small(word) or bool(_HAS_LIVE.search(word)) or word in ("phat", "truc", "tiep", "song")
    )
