"""New goods in one caption or sentence: "hồng giòn 30k một cân, có 50kg, gói 2kg 55k"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.understand.message import Message
from bot.understand.pieces import Measure, Money, Other, Quantity
from bot.understand.sellers.goods import priced_pieces
from bot.understand.sellers.prices import price_changes
from bot.understand.sellers.said import NewGoods, PackSaid, PriceSaid
from bot.understand.sellers.words import as_typed, same_word

MOST_NAME = 60
"""Characters of a name."""

_UNITS = {"g": "kg", "ml": "lít"}
_WORD = re.compile(r"[^\W_]+")
_LEAD_WORDS = """
bán thêm hàng mới sản phẩm sp đăng nhà chị em mình shop có hôm nay vừa về tên là đây này nè giúp
hộ cho cái món mặt lên kệ của ạ dạ ơi nhé hnay mẻ lứa vụ đợt còn loại tạo ngon chào anh tôi tui
con cháu ghi nhập muốn cần xin được với và bên e c m mk
"""
_LEAD = frozenset(_LEAD_WORDS.split())
"""Before a name: not a part of it."""
_END_WORDS = """
giá có còn bán được tổng sẵn mỗi một gói túi hộp chai hũ lọ bó thì là khoảng tầm tất cả kho nhé ạ
nha nhá kg cân ký con quả lít bịch khay vỉ từ tính lấy đang về đồng giúp vào cho chỉ nè đó đây hôm
hnay ai mua order ib inbox sl số nhà
"""
_END = frozenset(_END_WORDS.split())
"""Behind the first word of a name: the name is over. Units stay in it before more words."""
_STOCK = re.compile(
    r"(?<!\w)(?:có|co|còn|con|sẵn|san|tổng|tong|được|duoc|kho|về|ve|tồn|ton|sl|số lượng|so luong|"
    r"tất cả|tat ca|nhập|nhap|thêm|them)\W+(?:(?:khoảng|khoang|tầm|tam|được|duoc|là|la|sẵn|san|"
    r"cả thảy|chừng)\W+)?$"
)


def new_goods(text: str, message: Message) -> NewGoods:
    """What is said of new goods; empty fields where nothing is. Never raises.

    message: `text` as it was read.
    """
    said = [p for p in price_changes(message, ()) if not p.relative and p.vnd]
    base = next((p for p in said if not p.pack and not p.at_least), None)
    packs = tuple(PackSaid(p.pack, p.vnd) for p in said if p.pack)
    amount = _amount(message, said)
    unit = _unit(base.per if base else None, amount, packs[0].amount if packs else None)
    return NewGoods(
        _name(message),
        base.vnd if base else None,
        base.per if base else None,
        packs,
        amount,
        unit,
        any(p.bare for p in said),
    )


def _unit(*measures: Measure | None) -> str:
    """The word goods are counted by: the price's, else the stock's, else the pack's."""
    for measure in measures:
        if measure:
            word = measure.word or _UNITS.get(measure.base, "")
            if word:
                return word
    return ""


def _amount(message: Message, said: Collection[PriceSaid]) -> Measure | None:
    """How much there is: an amount behind "có" or "còn", else the one that belongs to no price."""
    clear = [q for q in message.quantities if len(q.readings) == 1 and q.why in ("", "vague")]
    told = [q for q in clear if _STOCK.search(message.plain, 0, q.start)]
    if told:
        return told[0].readings[0]
    used = {p.pack for p in said} | {p.at_least for p in said}
    free = [q.readings[0] for q in clear if q.readings[0] not in used and not q.bare]
    return free[0] if len(free) == 1 else None


def _name(message: Message) -> str:
    """The first words that are no amount, no price and no words around them."""
    words = list(_name_words(message))
    if not words:
        return ""
    return as_typed(message, words[0].start(), words[-1].end())[:MOST_NAME].strip()


def _name_words(message: Message) -> Iterator[re.Match[str]]:
    busy = [
        (p.start, p.end)
        for p in (*priced_pieces(message), *message.pieces)
        if isinstance(p, Quantity | Money | Other)
    ]
    last: re.Match[str] | None = None
    for word in _WORD.finditer(message.plain):
        inside = any(s <= word.start() < e for s, e in busy) and not _in_goods(message, word)
        if last is None:
            if not inside and not word[0].isdecimal() and not _dull(message, word, _LEAD | _END):
                last = word
                yield word
            continue
        gap = message.plain[last.end() : word.start()]
        ends = _dull(message, word, _END) and not _names(message, word)
        if inside or gap.strip() or ends:
            return
        last = word
        yield word


def _names(message: Message, word: re.Match[str]) -> bool:
    """`vit co 120k`: directly before a sum it is no "có"."""
    beside = next((m for m in message.money if m.start == word.end() + 1), None)
    return word[0] in ("co", "con") and beside is not None


def _in_goods(message: Message, word: re.Match[str]) -> bool:
    return any(h.start <= word.start() < h.end for h in message.products)


def _dull(message: Message, word: re.Match[str], known: frozenset[str]) -> bool:
    return not _in_goods(message, word) and same_word(word[0], known)
