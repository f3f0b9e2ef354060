"""Whether a live is called off, begins or is over, and what is said of a code while it runs."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from bot.understand.fold import fold, tidy
from bot.understand.message import Message
from bot.understand.pieces import Measure
from bot.understand.sellers.live_goods import amounts_of_goods, for_one_buyer, live_goods
from bot.understand.sellers.words import Signs
from bot.understand.signs import any_of, asks, view

MOST_TEXT = 400

_CALLS_OFF = re.compile(
    any_of(
        "xnot live / xnot livestream / xnot phát / xnot lên sóng / xnot quay / xnot làm / xnot có",
        "/ huỷ / hủy / bỏ / nghỉ / thôi / xoá / xóa / dừng / ngừng / hoãn / gỡ / tắt / đừng",
    )
)

_TAKES_PLACE = re.compile(
    r"(?<!\w)(?:(?:khong|ko|k|dau|chua)(?: co)?(?: bi)? (?:huy|hoan|nghi|bo)"
    r"|van (?:live|co live|phat)|chua (?:live|len song|phat))(?!\w)"
)
_ONLY = re.compile(r"(?<!\w)thoi(?: (?:nhe|nha|a|em|chi|day|ne|nao|di))*\W*$")
""" "Tối nay live thôi" is "only tonight"; "thôi live" calls it off."""

_WHO = r"(?:(?:em|e|minh|m|chi|c|toi|tui|co|nha minh|nha em|shop|ben em|ben minh) )?"
_LIVE = (
    r"(?:live|livestream|song|phat song|phat truc tiep|phat|truc tiep|len song|buoi live|phien)"
)
_POLITE = (
    r"(?: (?:roi|r|day|ne|nay|nhe|nha|nhen|nghen|a|ah|em|chi|anh|ban|oi|thoi|luon|di|ca nha|ba con"
    r"|moi nguoi|len|nao|cac ban|ban gai|va|nhe em|nghe))*"
)
_NOW = r"(?:(?:bay gio|gio|bay h|luc nay|da|vang|ok|alo) )?"
_STARTS = re.compile(
    _NOW
    + _WHO
    + _NOW
    + "(?:"
    + "|".join(
        (
            rf"(?:da |dang |moi |vua )?(?:bat dau|bat|mo|vao|len|khoi dong)(?: dau)? {_LIVE}",
            r"dang (?:live|livestream|len song|phat|phat song|phat truc tiep|truc tiep|tren song)",
            r"(?:len song|phat song|on air|onair|tren song)",
            r"(?:live|livestream)(?= (?:thoi|day|luon|roi|di|nao)(?: |$))",
            r"(?<=gio )(?:live|livestream)",
            r"live (?:bat dau|len song|dang phat|bat)",
            r"(?:buoi |phien )?live (?:bat dau|dang (?:dien ra|chay|phat))",
        )
    )
    + ")"
    + _POLITE
)
_ENDS = re.compile(
    r"(?:(?:(?:da )?(?:ban|chot) (?:xong|het)(?: hang)?|(?:chay|het) hang)(?: roi)? |hom nay )?"
    + _NOW
    + _WHO
    + _NOW
    + "(?:"
    + "|".join(
        (
            rf"(?:da |vua |moi )?(?:ket thuc|xong|tat|het|dong|ngung|dung|off)"
            rf"(?: cai)?(?: buoi| phien)? {_LIVE}(?: hom nay| toi nay| nay)?",
            r"(?:da )?(?:live|livestream|buoi live|phien live|phat song)"
            r"(?: hom nay| toi nay| nay)?"
            r" (?:da |vua )?(?:xong|ket thuc|het|da het|tat|da tat|da xong|xong het)",
            r"(?:xuong|roi) (?:song|live)",
            rf"thoat {_LIVE}",
        )
    )
    + ")"
    + _POLITE
)
_NOT_NOW = Signs(
    "chưa / sắp / chuẩn bị / không / ko / tí nữa / lát nữa / chút nữa / hôm qua / lúc nãy / mai"
)
_THIS_EVENING = re.compile(
    r"(?<!\w)(?:tối|(?:toi|chiều|chieu) nay|toi live(?:stream)?(?! (?:roi|day)))(?!\w)"
)
"""Folded it looks like "tôi nay live"."""
_ASKS = re.compile(r"\?\s*$|(?<!\w)(?:chưa|chua|à|hả|không|khong|ko)\W*$")

ItemKind = Literal["add", "cap", "left", "limit", "off", "on"]
_OFF = Signs(
    "hết / hết hàng / hết rồi / cháy hàng / sạch rồi / bán hết / tắt / tắt mã / bỏ mã / xoá mã",
    "gỡ mã / ẩn mã / dừng mã / khoá mã / đóng mã / ngừng bán / dừng bán / không bán nữa",
    "thôi bán / bỏ / xoá / gỡ / ẩn / dừng / ngừng / đóng / khoá / dừng nhận / thôi nhận",
)
_ON = Signs("mở lại / bật lại / mở mã / bật mã / có lại / bán lại / còn hàng / lên lại / mở / bật")
_CODE_WORD = Signs("mã")
_ADD = Signs("thêm mã / tạo mã / lên mã / gắn mã / đặt mã / cho mã / thêm một mã / thêm cái mã")
_BUYERS_LIMIT = re.compile(r"(?<!\w)(?:(?:moi|1|mot) (?:nguoi|khach|nha|sdt)|moi chi)(?!\w)")
_MOST_SAID = Signs("tối đa / giới hạn / chỉ bán / nhiều nhất / không quá / bán nhiều nhất")
_HAS_SAID = Signs("chỉ có / có / bán / được")
_LEFT_SAID = Signs("chỉ còn / còn")
"""Behind a code; beside goods alone they speak of the stock."""
_PRICE = re.compile(r"(?<!\w)gia(?!\w)")


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """What is said of one code of a live.

    kind: `add` a code for goods (the next free one if `code` is empty), with a cap if there is a
        measure; `cap` so much of it in this live at most, of which some may be claimed already;
        `left` so much more may be claimed from now on; `limit` so much for one buyer; `off` not
        taken any more; `on` taken again.
    code: as "A1", empty if goods were named instead. products: hers that were named. measure: None
    if no clear amount was said.
    """

    kind: ItemKind
    code: str = ""
    products: tuple[str, ...] = ()
    measure: Measure | None = None


def calls_off(text: str) -> bool:
    """Whether words about a live say that it does not take place."""
    said = _ONLY.sub("", view(tidy(text[:MOST_TEXT])))
    return bool(_CALLS_OFF.search(said)) and not _TAKES_PLACE.search(said)


def starts_said(text: str) -> bool:
    """ "Bắt đầu live", "em lên sóng rồi": she is on air now. Other words, an hour or a question
    make it something else.
    """
    return _whole(_STARTS, text) and not _THIS_EVENING.search(tidy(text[:MOST_TEXT]))


def ends_said(text: str) -> bool:
    """ "Xong live", "tắt live rồi": the live that runs is over. Before it starts the same words
    may call it off (see `calls_off`).
    """
    return _whole(_ENDS, text) or _beside(_ENDS, text)


def _whole(pattern: re.Pattern[str], text: str) -> bool:
    plain = tidy(text[:MOST_TEXT])
    if _ASKS.search(plain) or _NOT_NOW.search(plain):
        return False
    bare = " ".join(re.sub(r"[^\w\s]", " ", fold(plain)).split())
    return bool(pattern.fullmatch(bare))


def _beside(pattern: re.Pattern[str], text: str) -> bool:
    """One part says it, and no other part speaks of a live or of an hour ("mệt, xong live")."""
    parts = [p for p in re.split(r"[,.;!\n]+", text[:MOST_TEXT]) if p.strip()]
    said = [p for p in parts if _whole(pattern, p)]
    rest = " ".join(p for p in parts if p not in said)
    return bool(said) and not (_ASKS.search(tidy(text)) or re.search(r"\d|live", fold(rest)))


def item_said(message: Message, own: Collection[str], *, planned: bool = False) -> ItemSaid | None:
    """What a sentence says of a code, or of goods as the code they have. own: ids of her goods.
    planned: it is of a live that nobody can have claimed from, so any amount of a code is a cap.

    None if it says nothing of the kind, asks, speaks of a price, or of several codes; a code and
    an amount alone ("A1 2kg") may be a claim that she types for somebody. Goods
    without a code and without the word "mã" are only read with "tối đa" or a limit for one buyer:
    "lạp sườn hết" speaks of the stock. Never raises.
    """
    codes = {c.code for c in message.codes}
    goods = live_goods(message, own)
    if len(codes) > 1 or len(goods.products) > 1 or not (codes or goods.products):
        return None
    if message.money or _PRICE.search(fold(message.plain)) or asks(message.plain):
        return None
    code = next(iter(codes), "")
    measure, limits = _amount(message)
    kind = _kind(message, code, goods.products, measure, limits=limits)
    if planned and code and measure and kind in (None, "left"):
        kind = "cap"
    return ItemSaid(kind, code, goods.products, measure) if kind else None


def _amount(message: Message) -> tuple[Measure | None, bool]:
    """The one clear amount, and whether it is what one buyer may have."""
    clear = [q for q in message.quantities if len(q.readings) == 1 and q.why in ("", "vague")]
    for_one = [q for q in clear if for_one_buyer(message, q)]
    wanted = for_one or amounts_of_goods(message)
    one = wanted[0].readings[0] if len(wanted) == 1 else None
    return one, bool(for_one)


def _kind(
    message: Message,
    code: str,
    products: tuple[str, ...],
    measure: Measure | None,
    *,
    limits: bool,
) -> ItemKind | None:
    words = message.words_between(0, len(message.plain))
    if limits or (measure and _BUYERS_LIMIT.search(fold(words))):
        return "limit" if measure else None
    if code or _CODE_WORD.search(words):
        return _of_code(words, code, products, measure)
    return "cap" if measure and _MOST_SAID.search(words) else None


def _of_code(
    words: str, code: str, products: tuple[str, ...], measure: Measure | None
) -> ItemKind | None:
    if _ON.search(words):
        return "on"
    if measure is None and _OFF.search(words):
        return "off"
    if products and (code or _ADD.search(words)):
        return "add"
    if measure and _LEFT_SAID.search(words):
        return "left"
    return "cap" if measure and (_MOST_SAID.search(words) or _HAS_SAID.search(words)) else None
