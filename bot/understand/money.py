"""Amounts of money that answer a question about money: 35k, 35.000đ, 35000, 35 (nghìn)."""

from __future__ import annotations

import re

from bot.understand.fold import fold

_FEE = re.compile(r"^(\d{1,3}(?:[. ,]\d{3})+|\d{1,7})\s*(k|nghin|ngan)?\s*(?:d|dong|vnd)?$")
MOST_FEE = 10_000_000


def read_fee(text: str) -> int | None:
    """Whole đồng, or None if the text is not plainly one amount.

    A bare number below 1000 counts thousands: nobody sends a parcel for 35 đồng.
    """
    found = _FEE.match(fold(text))
    if not found:
        return None
    number = int(re.sub(r"[. ,]", "", found[1]))
    thousands = found[2] or 0 < number < 1000
    fee = number * 1000 if thousands else number
    return fee if fee <= MOST_FEE else None
