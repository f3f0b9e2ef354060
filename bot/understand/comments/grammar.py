"""From the tokens of a comment to what it says.

Every word must have its place in the pattern of a clause; one that has none, a question, a word
to others or of the past, and an amount whose owner is open make it a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.understand.comments.clauses import Clauses, clauses_of
from bot.understand.comments.guesses import guessed
from bot.understand.comments.said import CommentRead, OnAir, WhyDoubt
from bot.understand.comments.tokens import Row, Token, row_of

_ASKS = re.compile(r"[w?]|n[sd,?]*$")
_NOT_NOW: tuple[tuple[str, WhyDoubt], ...] = (
    ("a", "tells-others"), ("r", "already"), ("h", "either"), ("i", "corrects"),
)  # fmt: skip
_STRANGE = re.compile(r"[*gb]|(?<![CQk])k|(?<![Vj])j(?![jC])")
_WANTS = re.compile(r"[VvQ]")


def read_comment(text: str, on_air: OnAir) -> CommentRead:
    """What a comment says of the goods on air. Never raises.

    A phone number is read from any comment. Case, the way letters are composed and characters
    that are not seen change nothing.
    """
    row = _without_tail(row_of(text, on_air))
    read = _too_long(text, on_air) if row.long else _read(row, on_air)
    return replace(read, phone=row.phone, name=row.name, unknown=row.unknown)


def _too_long(text: str, on_air: OnAir) -> CommentRead:
    """A story; whether it speaks of a code is worth a look."""
    head = row_of(text[:200], on_air)
    return _doubt("too-long") if "C" in head.roles else CommentRead()


def _doubt(why: WhyDoubt, row: Row | None = None) -> CommentRead:
    return CommentRead("doubt", guessed(row.tokens) if row else (), why=why)


def _without_tail(row: Row) -> Row:
    """Without the name and address behind a phone number: "A1 2kg 0912… Lan 12 Trần Phú"."""
    roles = row.roles
    at = roles.find("P")
    tail = roles[at + 1 :]
    if at < 0 or "C" not in roles[:at] or "*" not in tail or re.search(r"[CGw?narxihbetmu]", tail):
        return row
    return replace(row, tokens=row.tokens[: at + 1])


def _read(row: Row, on_air: OnAir) -> CommentRead:
    roles = row.roles
    if not roles.strip("s,?-+/.dpfg"):
        return CommentRead("question") if "?" in roles else CommentRead()
    if roles.strip("s,?p") == "P":
        return _doubt("only-phone") if row.phone else CommentRead()
    if "C" not in roles:
        return _uncoded(row, on_air)
    return _coded(row)


def _coded(row: Row) -> CommentRead:
    roles = row.roles
    asking = _asking(row)
    if asking is not None:
        return asking
    if any(t.role == "C" and not t.codes[0] for t in row.tokens):
        known = any(t.role == "C" and t.codes[0] for t in row.tokens)
        other = "*" in roles and not (known or _WANTS.search(roles) or row.phone)
        return CommentRead() if other else _doubt("unknown-code", row)
    for role, why in _NOT_NOW:
        if role in roles:
            return _doubt(why, row)
    if "g" in roles and not _WANTS.search(roles) and not row.phone:
        return CommentRead()
    if any(t.open for t in row.tokens if t.role == "C"):
        return _doubt("two-readings", row)
    if _STRANGE.search(roles) or _hangs(roles) or _only_sent(row):
        return _doubt("words", row)
    return _certain(row)


def _hangs(roles: str) -> bool:
    """Words that only mean something beside others: "A1 này" claims nothing."""
    pointing = re.search(r"[kj]", roles) and not _WANTS.search(roles)
    going = "c" in roles and not re.search("[VQP]", roles)
    return bool(pointing) or going or ("p" in roles and "P" not in roles)


_SENDS = frozenset(("gửi", "gui", "ship", "giao", "gói", "goi", "ghi"))


def _only_sent(row: Row) -> bool:
    """ "Gửi A1" may ask for what was ordered before; "gửi em A1", "gửi A1 2kg" claim it."""
    roles, words = row.roles, [t.word for t in row.tokens]
    sends = [i for i, word in enumerate(words) if word in _SENDS]
    if not sends or re.search("[VQP]", roles) or roles.count("v") > len(sends):
        return False
    return not any(roles[i + 1 : i + 2] == "s" for i in sends)


def _asking(row: Row) -> CommentRead | None:
    """A question claims nothing; a claim beside it is left to the helper."""
    roles = row.roles
    if not _ASKS.search(roles):
        return None
    parts = re.split(r"[,?]", roles)
    claims = any("C" in p and re.search("[VQ]", p) and not re.search("[wnr]", p) for p in parts)
    asks = any("w" in p or "n" in p for p in parts)
    if claims and asks:
        return _doubt("asks-too", row)
    return CommentRead("question")


def _certain(row: Row) -> CommentRead:
    """Nothing but words of claiming is left: the clauses decide."""
    tokens = _goods_settled(row.tokens)
    if isinstance(tokens, str):
        return _doubt(tokens, row)
    if any(t.role == "o" for t in tokens):
        return _doubt("number", row)
    if any(t.open for t in tokens):
        return _doubt("amount", row)
    if any(t.large for t in tokens):
        return _doubt("large", row)
    read = clauses_of(tokens)
    if not isinstance(read, Clauses):
        return _doubt(read, row)
    if "P" in row.roles and any(c.verb == "cancel" for c in read.claims):
        return _doubt("refuses", row)  # "A1 Huy 0912…": a name
    return CommentRead("claim", read.claims)


def _goods_settled(tokens: tuple[Token, ...]) -> tuple[Token, ...] | WhyDoubt:
    """A name beside its code says nothing new; beside another code it is a contradiction."""
    codes = {t.codes[0] for t in tokens if t.role == "C"}
    named = [t for t in tokens if t.role == "G"]
    if any(not codes.intersection(t.codes) for t in named):
        return "which-goods"
    return tuple(t for t in tokens if t.role != "G")


# without a code


@dataclass(frozen=True, slots=True)
class _Meant:
    """The one code that a comment without codes is about, or why there is none."""

    code: str = ""
    why: WhyDoubt = ""


def _uncoded(row: Row, on_air: OnAir) -> CommentRead:
    roles = row.roles
    if _ASKS.search(roles):
        return CommentRead("question")
    if re.fullmatch(r"[stv]*(?:x[sdtuj*]{0,3}|nV+[suj]*)", roles):
        return _doubt("refuses")
    wants = "V" in roles or ("G" in roles and "Q" in roles)
    amount = any(t.role == "Q" and t.measure for t in row.tokens)
    if not (wants or amount):
        return _doubt("only-phone") if row.phone else CommentRead()
    if "*" in roles and not ("G" in roles or ("V" in roles and amount)):
        return _doubt("only-phone") if row.phone else CommentRead()
    meant = _meant(row, on_air)
    if meant.why:
        return _doubt(meant.why)
    coded = _coded(replace(row, tokens=_with_code(row.tokens, meant.code)))
    sure = "V" in roles or "G" in roles
    return coded if sure or coded.kind != "claim" else replace(coded, kind="doubt", why="no-code")


def _meant(row: Row, on_air: OnAir) -> _Meant:
    named = [t.codes for t in row.tokens if t.role == "G"]
    if len(named) == 1 and len(named[0]) == 1:
        return _Meant(named[0][0])
    if named:
        return _Meant(why="which-goods")
    if "Q" not in row.roles:
        return _Meant(why="no-code")
    one = len(on_air.goods) == 1
    return _Meant(on_air.codes[0]) if one else _Meant(why="which-goods")


def _with_code(tokens: tuple[Token, ...], code: str) -> tuple[Token, ...]:
    """The name turned into its code, or the code put before the amount."""
    if any(t.role == "G" for t in tokens):
        return tuple(Token("C", codes=(code,)) if t.role == "G" else t for t in tokens)
    at = next(i for i, t in enumerate(tokens) if t.role == "Q")
    return (*tokens[:at], Token("C", codes=(code,)), *tokens[at:])
