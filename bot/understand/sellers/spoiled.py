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
_ONLY_SPELLED = frozenset(["sau", "chua", "u", "oi", "be", "vo", "thoi"])
"""Without diacritics other words: after, not yet, oh, small, "no more than that"."""


def spoiled(message: Message) -> bool:
    """True if goods went bad (hỏng, thối, dập, mốc, ôi …), False if they were only counted less,
    sold or given away. Never raises.
    """
    words = " ".join(message.words_between(0, len(message.plain)).split())
    while found := _ELSE.search(words):
        if found[0] == "thoi" and found.start() == 0:
            break
        words = f"{words[: found.start()]} {words[found.end() :]}"
    bad = _BAD.search(words)
    if bad and bad[0] in _ONLY_SPELLED - {"thoi"}:
        return False
    return bad is not None
