"""A live as a seller plans it: when, what, where it is shown, how much at most.

Nothing is guessed: several moments, or `odd`, mean that she must be asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.understand.fold import fold, tidy
from bot.understand.message import Message
from bot.understand.pieces import Measure, Money, Quantity
from bot.understand.sellers.live_goods import live_goods
from bot.understand.sellers.moment_words import NUMBERS
from bot.understand.sellers.moments import moment_said
from bot.understand.sellers.words import words_re

Where = Literal["", "chat", "platform"]
MOST_TEXT = 400
MOST_PARCELS = 5000
LONGEST_HOLD = 24 * 60
"""Minutes; longer ones are taken for a slip and left out."""

_LINK = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w@./])(?:[\w-]+\.)*(?:tiktok|facebook|fb|youtube|shopee|zalo|youtu|vt\.tiktok)"
    r"\.(?:com|vn|be|me|watch|gg)(?:/\S*)?",
    re.IGNORECASE,
)
_OPEN_TAIL = ".,;:!?)]}>\"'"
_CHAT = words_re(
    "chốt ở đây / chốt tại đây / mua ở đây / đặt ở đây / bán ở đây / chốt trong chat / chốt chat",
    "mua trong chat / đặt trong chat / chốt qua chat / chốt bằng tin nhắn / chốt qua tin nhắn",
    "nhắn tin / inbox / ib / chốt trên trang này / chốt trong này / mua trong này / chốt bên này",
    "chốt ở chợ phiên / mua ở chợ phiên / chốt trên chợ phiên / chốt mã / bình luận mã",
)
_PLATFORM = words_re(
    "tiktok shop / tik tok shop / tiktokshop / tóp tóp shop / shopee / giỏ hàng tiktok",
    "giỏ tiktok / giỏ hàng tik tok / giỏ vàng / giỏ hàng vàng / mua trên tiktok / bán trên tiktok",
    "mua trên tik tok / chốt trên tiktok / đặt trên tiktok / mua ở tiktok / chốt ở tiktok",
    "mua trên sàn / chốt trên sàn / đặt trên sàn / bán trên sàn / mua trên live / giỏ hàng live",
    "mua trong live / mua ngay trên live",
)
_ONES = {**NUMBERS, "lam": 5}
_REFUSED = re.compile(r"(?<!\w)(?:khong|ko|k|dung|chu|khoi)(?: (?:phai|duoc|can))?$")
_SHOP_LINK = re.compile(r"tiktok\.com|shopee\.", re.IGNORECASE)
_WORDS = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
NUMBER = rf"(?:\d{{1,4}}|(?:{_WORDS}) muoi(?: (?:lam|{_WORDS}))?|muoi lam|{_WORDS})"
_HALF_PAST = re.compile(rf"(?<![\w.,/])(?P<n>{NUMBER}) ruoi(?! (?:tieng|phut|ngay)(?!\w))")
_HOLD = re.compile(
    rf"(?<!\w)(?:giu|de danh|om)(?: (?!luc|den|toi|truoc)\w+){{0,4}}? (?P<n>{NUMBER}|nua)\s?"
    r"(?P<unit>phut|p|tieng|gio|h)(?P<half> ruoi)?(?!\w)"
)
MINUTES = {
    "phut": 1, "p": 1, "tieng": 60, "gio": 60, "h": 60,
    "ngay": 24 * 60, "hom": 24 * 60, "tuan": 7 * 24 * 60,
}  # fmt: skip
"""In each unit of a span of time."""
_PARCELS = re.compile(rf"(?<!\w)(?P<n>{NUMBER})\s?(?:don|kien|bill)(?: hang)?(?!\w)")
_MOST = re.compile(r"(?<!\w)(?:tối|toi) (?:đa|da|thiểu|thieu)(?!\w)")


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """moments: seconds UTC, several if it must be asked which; none if no hour to come was said.
    products: hers, in the order said. link: where it is shown, as typed. where: where viewers buy,
    empty if not said. caps: most of a product in this live. parcels: how many can be packed.
    hold_minutes: how long a claim holds its goods. odd: goods named that are not one thing of
    hers, as typed. Empty, 0 and () where nothing was said.
    """

    moments: tuple[int, ...] = ()
    products: tuple[str, ...] = ()
    link: str = ""
    where: Where = ""
    caps: tuple[tuple[str, Measure], ...] = ()
    parcels: int = 0
    hold_minutes: int = 0
    odd: tuple[str, ...] = ()


def plan_said(message: Message, own: Collection[str], now: int) -> PlanSaid:
    """What a sentence says of a live to come. own: ids of her goods. Never raises."""
    goods = live_goods(message, own)
    link = _link(message.text)
    return PlanSaid(
        moment_said(timed(message), now),
        goods.products,
        link,
        where_said(message.text),
        goods.caps,
        _parcels(message),
        hold_said(message.text),
        goods.odd,
    )


def where_said(text: str) -> Where:
    """Where viewers buy, if it was said. TikTok and Shopee forbid pointing elsewhere, so their
    links mean that viewers buy there.
    """
    plain = tidy(_LINK.sub(" ", text[:MOST_TEXT]))
    if _says(_PLATFORM, plain):
        return "platform"
    if _says(_CHAT, plain):
        return "chat"
    return "platform" if _SHOP_LINK.search(_link(text)) else ""


def _says(words: re.Pattern[str], plain: str) -> bool:
    """Whether one of the phrases stands there and is not refused."""
    return any(not _REFUSED.search(fold(plain[: m.start()])) for m in words.finditer(plain))


def hold_said(text: str) -> int:
    """ "Giữ hàng 20 phút": minutes a claim holds its goods; 0 if not said, or too long."""
    found = _HOLD.search(fold(text[:MOST_TEXT]))
    minutes = minutes_of(found) if found else 0
    return minutes if minutes <= LONGEST_HOLD else 0


def minutes_of(found: re.Match[str]) -> int:
    """Of a span found with the groups `n` (a NUMBER or "nua"), `unit` and `half`."""
    unit = MINUTES[found["unit"]]
    whole = unit // 2 if found["n"] == "nua" else _number(found["n"]) * unit
    return whole + (unit // 2 if found["half"] else 0)


def _number(said: str) -> int:
    if said.isdecimal():
        return int(said)
    tens, _, ones = said.rpartition("muoi")
    if not tens and said in NUMBERS:
        return NUMBERS[said]
    return NUMBERS.get(tens.strip(), 1) * 10 + _ONES.get(ones.strip(), 0)


def _link(text: str) -> str:
    found = _LINK.search(text[:2000])
    return found[0].rstrip(_OPEN_TAIL) if found else ""


def _parcels(message: Message) -> int:
    found = _PARCELS.search(fold(message.plain))
    n = _number(found["n"]) if found else 0
    return n if n <= MOST_PARCELS else 0


def timed(message: Message) -> str:
    """The tidied text without goods, amounts, sums and other words that only look like a time."""
    plain = list(message.plain)
    found = [(h.start, h.end) for h in message.products]
    found += [(p.start, p.end) for p in message.pieces if isinstance(p, Quantity | Money)]
    found += [m.span() for m in _MOST.finditer(message.plain)]
    bare = fold(message.plain)
    if len(bare) == len(message.plain):
        found += [m.span() for r in (_HOLD, _PARCELS) for m in r.finditer(bare)]
    for start, end in found:
        plain[start:end] = " " * (end - start)
    return _half_past(" ".join(_LINK.sub(" ", "".join(plain))[:MOST_TEXT].split()))


def _half_past(plain: str) -> str:
    """ "8 rưỡi" without the word for the hour."""
    bare = fold(plain)
    for found in reversed(list(_HALF_PAST.finditer(bare)) if len(bare) == len(plain) else []):
        plain = f"{plain[: found.end('n')]} gio{plain[found.end('n') :]}"
    return plain
