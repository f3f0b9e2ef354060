"""The answer to "what price?": the one sum or unit price in it."""

from __future__ import annotations

from bot.understand.fold import tidy
from bot.understand.pieces import Money
from bot.understand.scan import scan

LONGEST = 200
"""Characters; an answer to "what price?" that is longer is something else."""


def read_price(text: str) -> Money | None:
    """The only money in the text (`55k/kg`, `500k`, `hai triệu tư`); None if there is none, or
    more than one. A bare number is money here.
    """
    if len(text) > LONGEST:
        return None
    found = [p for p in scan(tidy(text), money_slot=True) if isinstance(p, Money)]
    return found[0] if len(found) == 1 and found[0].readings else None
