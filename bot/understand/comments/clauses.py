"""The clauses of a comment in which only words of claiming are left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.understand.comments.owners import Clause, Tokens, paired, roles_of, with_amount
from bot.understand.comments.said import ClaimSaid, SaidVerb, WhyDoubt
from bot.understand.comments.tokens import Token

_NOTHING = frozenset("spkjc")
_BY = frozenset(("tăng", "giảm", "nâng", "bớt", "tang", "giam", "nang", "bot"))
"""`A1 tăng 2` may be by two or to two."""
_CANCELS = re.compile(r"[tv]*x+V?C+[utd]*|C+x+[dt]*|nv?V+C+u?d?|C+nv?V+u?d?|C+td?|C+K")
_DROPS = frozenset(("bỏ", "bo"))
_HELPS = frozenset(("giúp", "giup", "giùm", "gium", "dùm", "dum", "hộ", "mã"))
_SENDS = frozenset(("mua", "gửi", "ship", "giao", "gói", "gui", "goi"))
"""With "đi" these tell others to buy, or ask for what was ordered before."""
_SETS = re.compile(r"[Vv]*(?:Ce|ef*C)[fl]*Qt?d?|ClQtd?|CfQd?")
_PLAIN = re.compile(r"(?:[VvCQy]|Qt(?=d?$))+d?")


@dataclass(frozen=True, slots=True)
class Clauses:
    """A comment read for certain; at least one claim, each code once."""

    claims: tuple[ClaimSaid, ...]


def clauses_of(tokens: Tokens) -> Clauses | WhyDoubt:
    """Every claim in the tokens, or why it is in doubt."""
    if re.search(r"s[CK]+t", roles_of(tokens)) or _packs(tokens):
        return "refuses"  # "chi A1 thoi" is "chỉ A1 thôi" or "chị, A1 thôi"
    row = _signs(tokens)
    if isinstance(row, str):
        return row
    row = _bare(row, hers=_is_hers(tokens))
    read: list[Clause] = []
    for group in _groups(row):
        clauses = list(_split(group))
        if _open_side(clauses):
            return "refuses"
        for clause in clauses:
            one = _read(clause, read)
            if isinstance(one, str):
                return one
            read += [replace(one, roles=roles_of(clause))] if one.claims else []
    return _checked(read)


def _open_side(clauses: Sequence[Tokens]) -> bool:
    """`A1 bỏ A2`: which of the two is taken back is open, unless a verb or an amount says so."""
    roles = [roles_of(c) for c in clauses]
    return any(
        r[0] in "xn" and not re.search("[VvQKxn]", roles[i]) for i, r in enumerate(roles[1:])
    )


def _packs(tokens: Tokens) -> bool:
    """In the south "bỏ cho em A1" asks to pack it."""
    beside = pairwise(tokens)
    return any(a.word in _DROPS and b.role in "sv" and b.word not in _HELPS for a, b in beside)


def _is_hers(tokens: Tokens) -> bool:
    """ "Chốt A1 đi" is said to others, unless somebody is addressed behind it, or asked ("cho em
    A1 đi"), or it has an amount.
    """
    roles = roles_of(tokens)
    behind = roles.partition("d")[2]
    if "C" in behind or any(t.word in _SENDS for t in tokens):
        return False
    told = "s" in behind and not re.match(r"s+V", roles)
    return told or bool(re.search(r"[vQP]", roles))


def _bare(tokens: Tokens, *, hers: bool) -> list[Token]:
    """Without words that say nothing, "đi" among them if it is hers."""
    kept = (t for t in tokens if t.role not in _NOTHING)
    return [t for t in kept if not (hers and t.role == "d")]


def _signs(tokens: Tokens) -> list[Token] | WhyDoubt:
    """Phones are commas; `A1-` takes back; a plus between codes is a space."""
    row = [Token(",") if t.role == "P" else t for t in tokens]
    roles = roles_of(row)
    if "/" in roles:
        return "either"
    if re.search(r"C\+\+", roles):
        return "two-readings"
    out: list[Token] = []
    for at, token in enumerate(row):
        ends = at + 1 == len(row) or row[at + 1].role in ",-"
        if token.role == "-" and out and out[-1].role in "CK":
            if not ends:
                return "two-readings"
            back = out[-1].role == "C" and not _before_phone(tokens, at)
            out += [Token("K")] if back else []
        elif token.role not in "-+":
            out.append(token)
    return out


def _before_phone(tokens: Tokens, at: int) -> bool:
    return any(t.role == "P" for t in tokens[at + 1 : at + 2])


def _groups(tokens: Tokens) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        if token.role != ",":
            group.append(token)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _split(group: list[Token]) -> Iterator[list[Token]]:
    """Cut before a verb that has its own code: "lấy A1 bỏ A2", "A1- A2"."""
    clause: list[Token] = []
    for at, token in enumerate(group):
        behind = roles_of(group[at:])
        begins = re.match(r"[Vvxnem]+Q?C", behind) if token.role in "Vvxnem" else None
        again = clause and clause[-1].role == "K"
        if again or (begins and any(t.role == "C" for t in clause)):
            yield clause
            clause = []
        clause.append(token)
    if clause:
        yield clause


def _read(clause: list[Token], before: list[Clause]) -> Clause | WhyDoubt:
    roles = roles_of(clause)
    if "C" not in roles:
        return _without_code(clause, before)
    if re.search(r"C[VvQ]*[xn][Vv]*C", roles):
        return "refuses"  # "A1 bỏ A2 lấy"
    if _CANCELS.fullmatch(roles):
        codes = (t.codes[0] for t in clause if t.role == "C")
        return Clause(tuple(ClaimSaid(code, "cancel") for code in codes))
    if re.search(r"[xnK]", roles):
        return "refuses"
    if re.search(r"[efzl]", roles):
        return _set(clause, roles)
    if re.search(r"[mu]", roles):
        return _more(clause)
    if not _PLAIN.fullmatch(roles):
        return "refuses" if "t" in roles else "tells-others" if "d" in roles else "words"
    return "tells-others" if "d" in roles else paired(clause)


def _without_code(clause: list[Token], before: list[Clause]) -> Clause | WhyDoubt:
    """An amount alone is of the one code named alone before it: "A1, 2kg"."""
    roles = roles_of(clause)
    amounts = [t for t in clause if t.role == "Q"]
    if re.search(r"[xntK]", roles.replace("Qt", "Q")):
        return "refuses"
    if re.search(r"[mueflzy]", roles):
        return "which-goods"
    if not amounts:
        return Clause(())
    last = before[-1].claims if before else ()
    if len(amounts) > 1 or len(last) != 1 or last[0] != ClaimSaid(last[0].code):
        return "which-goods"
    before[-1] = Clause((with_amount(last[0], amounts[0]),), tied=True)
    return Clause(())


def _set(clause: list[Token], roles: str) -> Clause | WhyDoubt:
    if "z" in roles or roles.count("C") > 1:
        return "swap"
    if not _SETS.fullmatch(roles):
        return "corrects" if "e" in roles else "words"
    by = any(t.word in _BY for t in clause) and not re.search(r"[fl]", roles)
    back = roles.startswith("Cf") and not any(t.word in ("thành", "thanh") for t in clause)
    return "two-readings" if by or back else _one(clause, "set")


def _more(clause: list[Token]) -> Clause | WhyDoubt:
    roles = re.sub(r"[mu]", "", roles_of(clause))
    if roles.count("C") > 1 or not _PLAIN.fullmatch(roles) or re.search("[tdy]", roles):
        return "two-readings"
    return _one(clause, "more") if roles.count("Q") < 2 else "amount"


def _one(clause: list[Token], verb: SaidVerb) -> Clause:
    code = next(t.codes[0] for t in clause if t.role == "C")
    amount = next((t for t in clause if t.role == "Q"), None)
    return Clause((with_amount(ClaimSaid(code, verb), amount),))


def _checked(read: list[Clause]) -> Clauses | WhyDoubt:
    claims = tuple(c for clause in read for c in clause.claims)
    if not claims:
        return "no-code"
    codes = [c.code for c in claims]
    if len(set(codes)) < len(codes):
        return "two-readings"
    if _spreads(read):
        return "refuses"
    return "which-goods" if _shared(read) else Clauses(claims)


def _spreads(read: list[Clause]) -> bool:
    """`huỷ A1, A2`: a verb may be of the codes behind it too; "thôi" may mean "only"."""
    changed = [k for k in read if re.search("[xne]", k.roles)]
    bare = [k for k in read if not re.search("[VvxneKm]", k.roles)]
    return bool(changed and bare) or (
        len(read) > 1 and any(re.search("Ct", k.roles) for k in read)
    )


def _shared(read: list[Clause]) -> bool:
    """`A1, A2 2kg`, `2kg A1, A2`: one amount that may be of all of them."""
    wanted = [k for k in read if any(c.verb == "claim" for c in k.claims)]
    having = [k for k in wanted if any(c.n or c.measure for c in k.claims)]
    if len(wanted) < 2 or len(having) != 1 or having[0].tied:
        return False
    return having[0] is wanted[-1] or (having[0] is wanted[0] and having[0].first)
