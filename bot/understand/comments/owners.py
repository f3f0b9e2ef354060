"""Which amount is of which code, within one clause of a comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understand.comments.said import ClaimSaid, WhyDoubt
from bot.understand.comments.tokens import Token

Tokens = Sequence[Token]


@dataclass(frozen=True, slots=True)
class Clause:
    """claims with whether each amount is tied to its code by a sign; the first amount may stand
    before its code. roles: of its tokens.
    """

    claims: tuple[ClaimSaid, ...]
    tied: bool = False
    first: bool = False
    roles: str = ""


def roles_of(tokens: Tokens) -> str:
    return "".join(t.role for t in tokens)


def with_amount(claim: ClaimSaid, amount: Token | None) -> ClaimSaid:
    return replace(claim, n=amount.n, measure=amount.measure) if amount else claim


def paired(clause: list[Token]) -> Clause | WhyDoubt:
    """The codes of a clause with their amounts, or why that is open."""
    items = [t for t in clause if t.role in "CQ"]
    codes = [t for t in items if t.role == "C"]
    amounts = [t for t in items if t.role == "Q"]
    if any(t.role == "y" for t in clause):
        return _each(clause, codes, amounts)
    if not amounts:
        return Clause(tuple(ClaimSaid(t.codes[0]) for t in codes))
    if len(codes) == 1 and len(amounts) > 1:
        return "amount"
    roles = roles_of(items)
    if len(codes) == 1 or re.fullmatch(r"(?:CQ)+|(?:QC)+", roles):
        pairs = list(zip(codes, amounts, strict=True))
        return _clause(pairs, first=roles[0] == "Q")
    return _tied(items, codes, len(amounts))


def _clause(pairs: Sequence[tuple[Token, Token | None]], *, first: bool = False) -> Clause:
    claims = tuple(with_amount(ClaimSaid(c.codes[0]), q) for c, q in pairs)
    tied = all(q is None or q.behind or q.before for _, q in pairs)
    return Clause(claims, tied, first)


def _each(clause: list[Token], codes: Tokens, amounts: Tokens) -> Clause | WhyDoubt:
    """`A1 A2 mỗi mã 2`."""
    if len(amounts) != 1 or len(codes) < 2 or "yQ" not in roles_of(clause):
        return "which-goods"
    return Clause(tuple(with_amount(ClaimSaid(c.codes[0]), amounts[0]) for c in codes), tied=True)


def _tied(items: Tokens, codes: Tokens, amounts: int) -> Clause | WhyDoubt:
    """Several codes of which some have an amount that a sign ties to them: `A1 x2 B3`."""
    pairs: list[tuple[Token, Token | None]] = []
    for at, token in enumerate(items):
        if token.role == "C":
            behind = items[at + 1] if at + 1 < len(items) else None
            ahead = items[at - 1] if at else None
            mine = behind if behind and behind.behind else None
            pairs.append((token, mine or (ahead if ahead and ahead.before else None)))
    owned = [q for _, q in pairs if q]
    only_last = len(owned) == 1 and pairs[-1][1] is not None and owned[0].behind
    if len(owned) != amounts or len(pairs) != len(codes) or only_last:
        return "which-goods"
    return _clause(pairs)
