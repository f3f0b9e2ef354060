"""Whether a seller says that a customer's money has come."""

from __future__ import annotations

import re

from bot.understand.fold import fold
from bot.understand.message import Message

_SUM = r"(?:tien|xtien)"
_CAME = re.compile(
    rf"(?<!\w)(?:{_SUM}(?: \w+){{0,3}} (?:ve|den|toi|vao tai khoan)(?!\w)"
    rf"|(?:khach|nguoi mua|nguoi ta|ho|ben kia|ban ay)(?: \w+){{0,3}}"
    rf" (?:ck|chuyen khoan|chuyen {_SUM}|tra {_SUM}|thanh toan)(?!\w)"
    rf"|(?:da |vua |moi )?nhan (?:duoc |du |dc |dk )*(?:\w+ )?{_SUM}(?!\w)"
    rf"|ck (?:roi|r|xong|du|den|ve)(?!\w)|du {_SUM}(?!\w))"
)
_NOT = re.compile(
    r"(?<!\w)(?:chua|khong|ko|k|cho|doi|bao gio|khi nao|neu|ung|no|luong|nha|ho|von|coc)(?!\w)"
)


def money_in(message: Message) -> bool:
    """True for "khách ck rồi", "đã nhận 100k của đơn …"; False if it is denied, asked, or may be
    a household's money. Never raises.
    """
    words = " ".join(fold(message.masked()).split())
    if message.households or "?" in message.text or _NOT.search(words):
        return False
    return bool(_CAME.search(words))
