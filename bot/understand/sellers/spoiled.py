"""Whether goods that are fewer went bad."""

from __future__ import annotations

from bot.understand.message import Message
from bot.understand.sellers.words import Signs

_BAD = Signs(
    "hỏng / hư / thối / ung / úng / dập / giập / nát / mốc / ôi / thiu / ủng / nhũn / héo / mọt / "
    "sâu / chuột / kiến / nẫu / chua / bể / vỡ / chết / ủ / rữa / thâm / bốc mùi / có mùi / "
    "quá hạn / hết hạn / đổ đi / vứt / bỏ đi / chảy nước / sượng / lên men / cháy"
)
_ELSE = Signs(
    "xnot hỏng / xnot thối / xnot dập / xnot mốc / xnot hư / xnot ôi / cháy hàng / thôi / "
    "sau này / lúc sau / thôi nhé / sau khi / vỡ nợ"
)
_ONLY_SPELLED = frozenset(
    ["sau", "chua", "u", "oi", "be", "vo", "thoi", "mot", "hu", "kien", "chay"]
)
"""Without diacritics other words: after, not yet, oh, small, "no more than that", one, a jar, a
crate, to sell well.
"""


def spoiled(message: Message) -> bool:
    """True if goods went bad (hỏng, thối, dập, mốc, ôi …), False if they were only counted less,
    sold or given away. Never raises.
    """
    words = " ".join(message.words_between(0, len(message.plain)).split())
    while found := _ELSE.search(words):
        if found[0] == "thoi" and found.start() == 0:
            break
        words = f"{words[: found.start()]} {words[found.end() :]}"
    while bad := _BAD.search(words):
        if bad[0] not in _ONLY_SPELLED - {"thoi"}:
            return True
        words = f"{words[: bad.start()]} {words[bad.end() :]}"
    return False
