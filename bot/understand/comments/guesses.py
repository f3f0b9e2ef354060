"""The best guess of a doubtful comment, for a helper to choose; nothing is done by it."""

from __future__ import annotations

import re

from bot.understand.comments.owners import Tokens, roles_of, with_amount
from bot.understand.comments.said import ClaimSaid


def guessed(tokens: Tokens) -> tuple[ClaimSaid, ...]:
    """What was most likely meant, for the helper to choose: codes with the amounts beside them."""
    roles = roles_of(tokens)
    items = [t for t in tokens if t.role == "Q" or (t.role == "C" and t.codes[0])]
    codes = list({t.codes[0]: t for t in items if t.role == "C"}.values())
    amounts = [t for t in items if t.role == "Q" and not t.open]
    if re.search(r"z|eC|Ce", roles) and len(codes) == 2 and not amounts:
        return ClaimSaid(codes[0].codes[0], "cancel"), ClaimSaid(codes[1].codes[0])
    if re.search(r"x|n[Vv]", roles):
        return tuple(ClaimSaid(t.codes[0], "cancel") for t in codes)
    if len(codes) == len(amounts):
        return tuple(
            with_amount(ClaimSaid(c.codes[0]), q) for c, q in zip(codes, amounts, strict=True)
        )
    return tuple(ClaimSaid(t.codes[0]) for t in codes)
