"""Words by which a seller's sentence shows that nothing in the stock changes now, or that it is
about something else than the stock.

Compared folded; what was found in the message (goods, amounts) is blanked out before.
"""

from __future__ import annotations

import re

from bot.understand.fold import fold
from bot.understand.message import Message

_NOT = r"(?:khong|ko|k|dung|chua|khoi|chang)"
_IDLE = re.compile(
    rf"(?<!\w){_NOT}(?: (?:co|phai|can|muon))?"
    r" (?:phai|them|bot|tru|nhap|bo sung|cong|hong|thoi|ban|cho|giam|mat|het|sua|ghi|ve)(?!\w)"
    r"|(?<!\w)(?:sap|gan het|neu|khi nao|bao gio|lenh|hoan tac|khach hoi|nguoi ta hoi)(?!\w)"
    r"|(?<!\w)(?:tuan|thang|hom|vu|phien) (?:sau|toi)(?!\w)"
    r"|(?<!\w)(?:ngay|sang|chieu|toi) mai(?!\w)"
    r"|(?:^|, ?)mai (?:\w+ )?(?:co|ve|them|nhap|het|con|hai|thu|dao|mo|gui|ban)(?!\w)"
    r"|luc nay .*nham"
)
_ASKS_BACK = re.compile(r"(?<!\w)(?:à|hả|chứ|nhỉ)\W*$")
_ELSEWHERE: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "broadcast",
        re.compile(
            r"^\W*(?:em |shop )?(?:thong bao(?!\w)|(?:nhan|bao|nhan tin|gui tin)(?: tin)?(?: cho)?"
            r" (?:khach|moi nguoi|ba con|ca nha|hoi)(?!\w))"
        ),
    ),
    (
        "schedule_live",
        re.compile(r"(?<!\w)(?:mai|toi nay|chieu nay|tuan sau)(?: \w+)? live(?!\w)"),
    ),
    (
        "pay_household",
        re.compile(
            r"^\W*(?:da |em |chi )?tra (?:tien(?!\w)|(?:nha|chi|co|bac|anh|chu|ba|ong) \w)"
        ),
    ),
)
_REFUSES = re.compile(
    rf"(?<!\w){_NOT}(?!\w)|(?<!\w)(?:tu choi|huy|chiu|thoi|tra|hoan|bom|quay lai|mang ve)(?!\w)"
)


def changes_nothing(message: Message) -> bool:
    """True for what is refused, undone, only asked, or comes later ("tuần sau thêm 20 cân")."""
    plain = message.words_between(0, len(message.plain))
    return bool(_IDLE.search(_spaces(fold(plain))) or _ASKS_BACK.search(message.plain))


def elsewhere(message: Message) -> str:
    """The intent of a sentence with goods and amounts that is not about the stock at all; empty
    if it may be.
    """
    plain = _spaces(fold(message.plain))
    return next((intent for intent, words in _ELSEWHERE if words.search(plain)), "")


def refuses(text: str) -> bool:
    """True if a sentence about an order may mean that it does not go on as usual."""
    return bool(_REFUSES.search(fold(text)))


def _spaces(text: str) -> str:
    return " ".join(text.split())
