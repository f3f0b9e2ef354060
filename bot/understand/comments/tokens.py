"""A comment as a row of tokens, each with the role it plays in a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.understand.comments.codes import Coded, Marked, marked
from bot.understand.comments.said import OnAir
from bot.understand.comments.words import Role, role_at
from bot.understand.gazetteer import Hit
from bot.understand.lexemes import GONE, PRODUCT
from bot.understand.message import may_be_goods
from bot.understand.pieces import Measure, Other, Piece, Quantity
from bot.understand.scan import scan
from bot.understand.unit_words import MIXED

MOST_BARE = 20
"""More than so many without a unit is grams or a slip."""
MOST_PIECES, MOST_BASE = 500, 99_999
"""More of one code is asked about: who buys a tạ buys for trade."""

_TOKEN = re.compile(
    rf"{PRODUCT}|{GONE}|[^\W\d_]+|\d+(?:[.,]\d+)*|\.(?=\s|$)|[,;+\-/?&@=<>→❓❔👎❌✖🚫⛔😡🤬💔🙅]"
)
_SIGNS: dict[str, Role] = {
    ",": ",", ";": ",", ".": ",", "+": "+", "&": ",", "-": "-", "/": "/", "?": "?", "@": "a",
    "=": "/", "<": "/", ">": "/", "→": "/",
    "❓": "?", "❔": "?", **dict.fromkeys("👎❌✖🚫⛔😡🤬💔🙅", "*"),
}  # fmt: skip
_OTHERS_BEHIND = frozenset(("dat", "xin", "bo"))
"""Behind a code and without marks these may say what it is like (đắt, xịn, bò)."""
_COUNTING = "một hai bốn năm sáu bảy tám chín mười mot bon"
_COUNTS = frozenset(_COUNTING.split())
"""Number words that are nothing else, beside a code."""
_ALSO_COUNTING = "nửa nua rưỡi ruoi đôi cặp chục tá ba nam sau bay tam"
_NUMBERISH = _COUNTS.union(_ALSO_COUNTING.split())


@dataclass(frozen=True, slots=True)
class Token:
    """codes: of C its code, of G those of the goods. open: C may be something else, Q must be
    asked. behind, before: Q is tied to the code before it (`A1 x2`) or behind it (`2 x A1`).
    large: more than anybody claims.
    """

    role: Role
    word: str = ""
    codes: tuple[str, ...] = ()
    n: int = 0
    measure: Measure | None = None
    open: bool = False
    behind: bool = False
    before: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    tokens: tuple[Token, ...] = ()
    phone: str = ""
    name: str = ""
    unknown: tuple[str, ...] = ()
    long: bool = False

    @property
    def roles(self) -> str:
        return "".join(t.role for t in self.tokens)


def row_of(text: str, on_air: OnAir) -> Row:
    """The tokens of a comment. Never raises."""
    found = marked(text, on_air.codes)
    if found.long:
        return Row(long=True, phone=found.phone)
    tokens = tuple(_tokens(found, on_air))
    return Row(tokens, found.phone, found.name, tuple(dict.fromkeys(found.unknown)))


def _tokens(found: Marked, on_air: OnAir) -> list[Token]:
    plain, pieces = found.plain, _pieces(found.plain)
    words = [m for m in _TOKEN.finditer(plain) if not _inside(m, pieces)]
    texts = [m[0] for m in words]
    out: list[tuple[int, Token]] = [(p.start, _amount(p, plain)) for p in pieces]
    codes = iter(found.codes)
    at = 0
    while at < len(words):
        token, size = _token(texts, at, codes)
        out.append((words[at].start(), token))
        at += size
    out.sort(key=lambda pair: pair[0])
    return _named(out, plain, on_air)


def _pieces(plain: str) -> list[Piece]:
    """Amounts and numbers; a comment without any is not looked at closely."""
    if not any(map(str.isdigit, plain)) and _NUMBERISH.isdisjoint(plain.split()):
        return []
    return [p for p in scan(plain) if GONE not in plain[p.start : p.end]]


def _inside(match: re.Match[str], pieces: Sequence[Piece]) -> bool:
    """Whether it is part of an amount, or the x that ties one to its code."""
    if match[0] == PRODUCT:
        return False
    at = match.end() if match[0] == "x" else match.start()
    return any(p.start <= at < p.end or p.start <= match.start() < p.end for p in pieces)


def _token(texts: Sequence[str], at: int, codes: Iterator[Coded]) -> tuple[Token, int]:
    text = texts[at]
    if text == PRODUCT:
        coded = next(codes, Coded(""))
        return Token("C", codes=(coded.code,), open=coded.open), 1
    if text == GONE:
        return Token("P"), 1
    if text in _SIGNS:
        return Token(_SIGNS[text], text), 1
    if text[0].isdecimal():
        return Token("o", text), 1
    if text in _COUNTS and _beside_code(texts, at):
        return Token("Q", text, n=MIXED.numbers[text][0].value or 10), 1
    if text in _OTHERS_BEHIND and texts[at - 1 : at] == [PRODUCT]:
        return Token("*", text), 1
    if text == "nha" and at == 0 and texts[1:2] == [PRODUCT]:
        return Token("*", text), 1  # "nhà A1" is an address
    role, size = role_at(texts, at)
    return Token(role, text), size


def _beside_code(texts: Sequence[str], at: int) -> bool:
    around = (texts[i] for i in (at - 1, at + 1) if 0 <= i < len(texts))
    return PRODUCT in around


# amounts


def _amount(piece: Piece, plain: str) -> Token:
    said = plain[piece.start : piece.end]
    if isinstance(piece, Other):
        return _bare(int(said)) if _is_count(piece, said) else Token("o", said)
    if not isinstance(piece, Quantity):
        return Token("o", said)
    measure = _clear(piece)
    if measure is None and said.startswith(("mấy", "may")):
        return Token("w", said)
    if measure is None:
        return Token("Q", said, open=True)
    behind = said.startswith("x") or plain[: piece.start].endswith("x")
    if piece.bare:
        return replace(_bare(measure.n), behind=behind, before=said.endswith("x"))
    most = MOST_PIECES if measure.base == "piece" else MOST_BASE
    return Token("Q", said, measure=measure, behind=behind, large=measure.n > most)


def _is_count(piece: Other, said: str) -> bool:
    return piece.kind == "number" and said.isdecimal() and len(said) < 5 and said[0] != "0"


def _bare(n: int) -> Token:
    return Token("Q", n=n, large=n > MOST_BARE)


def _clear(piece: Quantity) -> Measure | None:
    """The one amount; `2 gói 500g` is so many packs of such a size."""
    if piece.why == "pack" and len(piece.readings) == 2:
        total, count = piece.readings
        packs = f"{count.n}×{total.n // count.n}"
        return total if total.base == "piece" else replace(total, word=packs)
    return piece.readings[0] if len(piece.readings) == 1 and not piece.why else None


# goods by name


def _named(found: Sequence[tuple[int, Token]], plain: str, on_air: OnAir) -> list[Token]:
    """The tokens with the words of names put together, where words are left that are unknown."""
    tokens = [t for _, t in found]
    if on_air.names is None or all(t.role != "*" for t in tokens):
        return tokens
    out: list[Token] = []
    hits = [h for h in on_air.names.find(plain) if not h.weak or _stands(h, plain)]
    goods = [(h, _codes_of(h, on_air)) for h in hits]
    for start, token in found:
        hit = next(((h, c) for h, c in goods if h.start <= start < h.end), None)
        if hit is None or token.role in "CPQ":
            out.append(token)
        elif start == hit[0].start:
            out.append(Token("G", plain[hit[0].start : hit[0].end], codes=hit[1]))
    return out


def _stands(hit: Hit, plain: str) -> bool:
    return hit.head and may_be_goods(plain[hit.start : hit.end])


def _codes_of(hit: Hit, on_air: OnAir) -> tuple[str, ...]:
    """Codes of the goods on air that the words may name; none if they name only other goods."""
    for ids in (hit.ids, hit.wider):
        codes = tuple(code for code, product in on_air.goods if product in ids)
        if codes:
            return codes
    return ()
