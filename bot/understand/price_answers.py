"""Words about a price: the one sum in an answer, yes to a price, "the whole truck", "wait"."""

from __future__ import annotations

import re

from bot.understand.fold import fold, tidy
from bot.understand.pieces import Money
from bot.understand.scan import scan

LONGEST = 200
"""Characters; an answer to "what price?" that is longer is something else."""

_LOTS = re.compile(
    r"(?<!\w)(?:(?:ca|nguyen) (?:xe|lo|vuon|kho)|tat ca|toan bo|(?:lay|mua|bao) het|"
    r"het (?:cho|hang|kho)|bao nhieu cung)(?!\w)"
)
_TAKES_PRICE = re.compile(
    r"(?<!\w)(?:lay|chot|ok|oke|dong y|nhan)(?: \w+){0,3} "
    r"gia (?:nay|do|ay|day|vay|the|kia|tren)(?!\w)"
)
_NOT = re.compile(r"(?<!\w)(?:khong|ko|k|chua|dung|thoi)(?!\w)")
_WAITS = re.compile(
    r"(?<!\w)(?:de (?:chi|em|toi|minh|co|anh|hoi|xem|tinh)|doi|cho (?:chi|em|toi|ti|chut)|"
    r"lat|ti nua)(?!\w)"
)


def read_price(text: str) -> Money | None:
    """The only money in the text (`55k/kg`, `500k`, `hai triệu tư`); None if there is none, or
    more than one. A bare number is money here.
    """
    if len(text) > LONGEST:
        return None
    found = [p for p in scan(tidy(text), money_slot=True) if isinstance(p, Money)]
    return found[0] if len(found) == 1 and found[0].readings else None


def lots(text: str) -> str:
    """An amount that is no number ("cả xe", "lấy hết"), as it was written; empty if none."""
    plain = tidy(text)
    found = _LOTS.search(fold(plain))
    return plain[found.start() : found.end()] if found else ""


def takes_price(text: str) -> bool:
    """True for "ok lấy giá đó": yes to a price that was named, not a question."""
    bare = fold(text)
    return bool(_TAKES_PRICE.search(bare)) and "?" not in text and not _NOT.search(bare)


def waits(text: str) -> bool:
    """True if somebody will answer later ("để chị hỏi đã")."""
    return bool(_WAITS.search(fold(text)))
