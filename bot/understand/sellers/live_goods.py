"""Which goods a sentence about a live names, how much of each, and what in it is unclear."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.understand.fold import fold, has_marks
from bot.understand.gazetteer import Hit
from bot.understand.message import Message, may_be_goods
from bot.understand.pieces import Measure, Quantity
from bot.understand.sellers.goods import candidates
from bot.understand.sellers.words import as_typed, same_word
from bot.understand.small_words import is_small

_SPLIT = re.compile(r"[,;+\n&!?]|\.(?=\s|$)|(?<!\w)(?:và|va|với|voi|vs|cùng|cung)(?!\w)")
_SELLS = re.compile(r"(?<!\w)(?:bán|gồm|hàng)(?!\w)")
_SELLS_BARE = re.compile(r"(?<!\w)(?:ban|gom)(?!\w)")
_EACH = re.compile(r"(?<!\w)moi (?:loai|thu|mon|cai|ma|hang|san pham)(?!\w)")
_ONE_BUYER = re.compile(
    r"(?<!\w)(?:(?:1|mot|moi) (?:nguoi|khach|ban|nha|sdt)|(?:1|mot|moi) chi)(?!\w)"
)
_NO_GOODS = re.compile(r"\s?(?:don|kien|bill|nguoi|khach|nha|sdt|chi)(?!\w)")
_GRADE = re.compile(r"(?<!\w)(?<!moi )(?:loai|hang|so)\s*$")
""" "Na loại 1" is no amount."""
_REFUSED = re.compile(
    r"(?<!\w)(?:khong|ko|k|thoi|chua|tru|nghi)(?: (?:ban|co|con|live|ke|dua|len))* (?:\w+ )?$"
)
"""Before goods that are not for sale in this live."""
_WORD = re.compile(r"[^\W\d_]+")
_AROUND_WORDS = """
live livestream trực tiếp phát sóng lên buổi phiên tối sáng trưa chiều đêm mai mốt nay hôm ngày thứ
tuần chủ nhật cn tn hnay giờ lúc vào khoảng tầm ở tại trên đa giá đầy đủ các cả có còn sẽ mình chị
em số lượng chỉ được không quá nhiều nhất bà con shop nhà vườn thứ nhé đồng hàng tươi khô mới ngon
cùng tiếng bán gồm nghen nghe hen kg cân con quả hộp gói lít chai bó túi hũ lịch đặt tạo ghi
một hai ba bốn năm sáu bảy tám chín mười mươi lăm tư trăm rưỡi nửa phút đơn kiện
"""
_AROUND = frozenset(_AROUND_WORDS.split())
"""In a list of goods these name none."""
_ELSE_WORDS = """
link chốt mua giữ gói đóng tối giới hạn mỗi nhắn comment bình facebook fb tiktok shopee zalo page
trang kênh giỏ đơn trong để dừng khách ai nhắc báo quay tặng ship freeship giảm giá dời vì nên
xin mời đón chúc cảm mọi người sale xả giao gửi nhận
"""
_ELSE = frozenset(_ELSE_WORDS.split())
"""Begin something else than goods: the list is over."""


@dataclass(frozen=True, slots=True)
class Goods:
    """products: hers, in the order said. caps: most of one, where an amount stands beside it. odd:
    what she named and is not one thing of hers, as typed.
    """

    products: tuple[str, ...]
    caps: tuple[tuple[str, Measure], ...]
    odd: tuple[str, ...]


def live_goods(message: Message, own: Collection[str]) -> Goods:
    """The goods of a live. Never raises."""
    hits = list(goods_said(message, own))
    named = [(h, _mine(h, own)) for h in hits if not _is_refused(message, h)]
    products = tuple(dict.fromkeys(ids[0] for _, ids in named if len(ids) == 1))
    odd = [(h.start, h.end) for h, ids in named if len(ids) != 1]
    odd += list(_unknown(message, hits))
    caps = dict(_caps(message, named))
    words = tuple(dict.fromkeys(as_typed(message, *span) for span in sorted(odd)))
    return Goods(products, tuple(caps.items()), words)


def _is_refused(message: Message, hit: Hit) -> bool:
    start = max(s for s, _ in parts_said(message.plain) if s <= hit.start)
    return bool(_REFUSED.search(fold(message.plain[start : hit.start]) + " "))


def goods_said(message: Message, own: Collection[str]) -> Iterator[Hit]:
    """Names of goods, and parts of names that can only be hers ("trứng"), in order."""
    busy = [(p.start, p.end) for p in message.pieces]
    for hit in message.hits:
        inside = any(start <= hit.start < end for start, end in busy)
        loose = hit.head and not inside and may_be_goods(message.plain[hit.start : hit.end])
        if not hit.weak or (loose and _mine(hit, own) and _listed(message, hit)):
            yield hit


def _mine(hit: Hit, own: Collection[str]) -> tuple[str, ...]:
    """Hers that the words may mean, of several those whose names begin so; none if they name only
    what others sell.
    """
    mine = tuple(i for i in candidates(hit, own) if i in own)
    begin = tuple(i for i in mine if i in hit.wider)
    return begin if len(mine) > 1 and begin else mine


def _listed(message: Message, hit: Hit) -> bool:
    """Behind "bán", or written with a mark that says it is no small word."""
    word = message.plain[hit.start : hit.end]
    start = _list_start(message.plain)
    return (0 <= start <= hit.start) or has_marks(word)


def _list_start(plain: str) -> int:
    """Where the list of goods begins, -1 if there is none."""
    found = (_SELLS if has_marks(plain) else _SELLS_BARE).search(plain)
    return found.end() if found else -1


def parts_said(plain: str, start: int = 0) -> list[tuple[int, int]]:
    """The tidied text from `start` on, cut at commas, "và" and "với"."""
    cuts = [m.span() for m in _SPLIT.finditer(plain, start)]
    starts = [start, *(end for _, end in cuts)]
    ends = [*(begin for begin, _ in cuts), len(plain)]
    return list(zip(starts, ends, strict=True))


def _unknown(message: Message, hits: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """Words in the list of goods that name nothing sold here ("sầu riêng")."""
    start = _list_start(message.plain)
    if start < 0:
        return
    for begin, end in parts_said(message.plain, start):
        words = [w for w in _WORD.finditer(message.plain, begin, end) if _free(message, w)]
        if words and same_word(words[0][0], _ELSE):
            return
        if any(begin <= h.start < end for h in hits):
            continue
        odd = [w for w in words if not (is_small(w[0]) or same_word(w[0], _AROUND))]
        if odd:
            yield odd[0].start(), odd[-1].end()


def _free(message: Message, word: re.Match[str]) -> bool:
    found = (*message.pieces, *message.codes)
    return not any(f.start <= word.start() < f.end for f in found)


def _caps(
    message: Message, named: Sequence[tuple[Hit, tuple[str, ...]]]
) -> Iterator[tuple[str, Measure]]:
    """Each amount with the goods it stands beside; "mỗi loại 50kg" with all of them."""
    bare = fold(message.plain)
    sure = [(h, ids[0]) for h, ids in named if len(ids) == 1]
    for amount in amounts_of_goods(message):
        before = bare[: amount.start]
        if _EACH.search(before[-40:]):
            yield from ((product, amount.readings[0]) for _, product in sure)
            continue
        owner = _owner(message, amount, named)
        if owner and len(owner[1]) == 1:
            yield owner[1][0], amount.readings[0]


def amounts_of_goods(message: Message) -> list[Quantity]:
    """Clear amounts that are no parcels and no limit for one buyer."""
    bare = fold(message.plain)
    return [
        q
        for q in message.quantities
        if len(q.readings) == 1 and q.why in ("", "vague")
        if not _NO_GOODS.match(bare[q.end :]) and not _GRADE.search(bare[: q.start])
        if not for_one_buyer(message, q)
    ]


def for_one_buyer(message: Message, amount: Quantity) -> bool:
    """Whether an amount is what one buyer may have at most ("mỗi người tối đa 2 hộp")."""
    if _NO_GOODS.match(fold(message.plain)[amount.end :]):
        return False
    start = max(s for s, _ in parts_said(message.plain) if s <= amount.start)
    end = next(e for _, e in parts_said(message.plain) if e >= amount.start)
    return bool(_ONE_BUYER.search(fold(message.plain[start:end])))


def _owner(
    message: Message, amount: Quantity, named: Sequence[tuple[Hit, tuple[str, ...]]]
) -> tuple[Hit, tuple[str, ...]] | None:
    """The goods before it in its part, else those right behind it, else the last ones before."""
    parts = parts_said(message.plain)
    start, end = next((s, e) for s, e in reversed(parts) if s <= amount.start)
    here = [n for n in named if start <= n[0].start < amount.start]
    behind = [n for n in named if amount.end <= n[0].start < end]
    before = [n for n in named if n[0].start < amount.start]
    if here:
        return here[-1]
    return behind[0] if behind else (before[-1] if before else None)
