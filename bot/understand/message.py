"""A typed message, taken apart: which goods, codes, amounts, money and other numbers stand where.

`masked()` is what the classifier sees: one word for each kind of thing, so that new goods and
other numbers change nothing of what it learned.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.understand.fold import fold, tidy
from bot.understand.gazetteer import Gazetteer, Hit
from bot.understand.names import Named
from bot.understand.pieces import Measure, Money, Other, Piece, Quantity
from bot.understand.provinces import Named as NamedPlace
from bot.understand.provinces import province_spans
from bot.understand.scan import scan
from bot.understand.small_words import is_small
from bot.understand.unit_words import ACCENTED, FOLDED

MOST_TEXT = 2000
"""Characters that are read; nobody orders in more."""

_CODE = re.compile(r"(?<![\w./-])([a-fh])([1-9]\d?)(?=x\d|\b)(?![.,/]\d)")
GROUPS = {"đôi": 2, "cặp": 2, "chục": 10, "tá": 12}
_GROUP = re.compile(r"(?<!\w)(đôi|cặp|chục|tá)\s+(?:con |quả |trái )?$")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_CODE_TEXT = re.compile(
    r"</?[a-zA-Z!][^<>]*>|(?i:\b(?:drop\s+table|select\s.+\sfrom|insert\s+into|delete\s+from|"
    r"union\s+select|update\s+\w+\s+set)\b)",
    re.DOTALL,
)
"""Written by a program, or by somebody who tries one: not an order."""
_BULLET = re.compile(r"(?m)^\s*[-–•*+·]\s+")
_GLUED = re.compile(r"(\d(?:kg|gr|ml|ký|ky|cân|lạng))(?=[^\W\d_]{2,})")
_NONE_OF = re.compile(r"\s*[x×*]\s*(?:-|0+(?![\d.,]))")
_MINUS = re.compile(r"(?:^|\s)-\s*\d+\s*$")
_CODE_TAKES = re.compile(
    r"(?<![\w./-])([a-fh]\d{1,2})\s+(?:lấy|lay)\s+(\d{1,2})(?=\s*(?:$|,|nh|ạ))"
)
_EACH_BARE = re.compile(
    r"((?:mỗi|moi) (?:thứ|thu|loại|loai|mã|ma|cái|cai)) (\d{1,2})(?=\s*(?:$|,))"
)
_TAKEN_BACK = re.compile(r"\s?-(?!\S)|\s?-$")
_ADDRESS = re.compile(
    r"(?<!\w)(?:so nha|nha so|toa nha|toa|can ho|can|phong|tang|lo|block|khu|chung cu|ngo|ngach|"
    r"hem|duong|pho|quan|lop|khoi|vitamin(?: \w+)*|(?:dia chi|dc|so|nha|ngo) \d+|so|nha|"
    r"p\.?\d+)\s*$"
)
"""Behind these, `A1` is where somebody lives."""
_TIME = re.compile(r"\s*(?:ngay|dem|thang|nam|tuan|gio|phut|hom|lan|nguoi|tuoi|km|buoi)(?!\w)")
_CUT = re.compile(r"(?<!\w)(?:chia|chat|thai|cat|lam)(?: (?:ra|lam|thanh))?$")
_FROM = re.compile(
    r"(?:^|\s)(?:\d{1,2}\s*,|(?<!chị )(?<!chi )(?<!anh )(?<!cô )(?<!co )(?<!chú )(?<!bác )(?<!bà )"
    r"(?<!ông )(?<!em )(?:mười|muoi))\s*$"
)
_NAMES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_DIGITS = {name: str(digit) for digit, name in enumerate(_NAMES)}
_COMMA_WORD = re.compile(
    rf"(?<!\w)({'|'.join(_DIGITS)}|\d+) phẩy ({'|'.join(_DIGITS)}|\d{{1,2}})(?!\w)"
)
_TEEN_J = re.compile(r"(?<=[^\W\d_])j(?=[^\W\d_])")
"""`thjt`, `mjk`: j for i inside a word."""
_CODE_SUM = re.compile(r"(?<![\w./-])([a-fh]\d{1,2})\s?[-+]\s?(\d{1,2})(?!\w)")
"""In a live, `b2+3` and `a1-2` claim three and two."""
MOST_COUNTED = 100_000
_HOUSEHOLD = re.compile(r"\bnha (?:chi|anh|co|chu|bac|ba|ong|em|me|bo|di|a|c) (?!em\b)\w+")

PRODUCT, CODE, AMOUNT, MONEY, PLACE, HOUSEHOLD = "xsp", "xma", "xsl", "xtien", "xnoi", "xnha"
OTHER_MASKS = {
    "phone": "xsdt", "order_code": "xdon", "time": "xgio", "date": "xngay", "percent": "xphan",
    "account": "xstk", "place": "xdc", "number": "xso",
}  # fmt: skip

MASKS = frozenset((PRODUCT, CODE, AMOUNT, MONEY, PLACE, HOUSEHOLD, *OTHER_MASKS.values()))


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a live (A1) at [start, end). dropped: written as `A1-`, taken back."""

    start: int
    end: int
    code: str
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """plain: the tidied text all offsets refer to. hits and pieces are in order."""

    text: str
    plain: str
    hits: tuple[Hit, ...] = ()
    codes: tuple[Code, ...] = ()
    pieces: tuple[Piece, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    households: tuple[tuple[int, int], ...] = ()

    @property
    def quantities(self) -> list[Quantity]:
        return [p for p in self.pieces if isinstance(p, Quantity)]

    @property
    def money(self) -> list[Money]:
        return [p for p in self.pieces if isinstance(p, Money)]

    @property
    def products(self) -> list[Hit]:
        """Goods that are certainly named; a lone word of a longer name is not."""
        return [h for h in self.hits if not h.weak]

    def words_between(self, start: int, end: int) -> str:
        """That part of the tidied text, with everything that was found in it blanked out."""
        blank = list(self.plain)
        for found in (*self.pieces, *self.codes, *self.products):
            blank[found.start : found.end] = " " * (found.end - found.start)
        return "".join(blank[start:end])

    def masked(self) -> str:
        """The tidied text with one word for each thing found."""
        spans = [(h.start, h.end, PRODUCT) for h in self.products]
        spans += [(c.start, c.end, CODE) for c in self.codes]
        spans += [(p.start, p.end, _mask_of(p)) for p in self.pieces]
        spans += [(*span, PLACE) for span in self.places]
        spans += [(*span, HOUSEHOLD) for span in self.households]
        out, at = [], 0
        for start, end, word in sorted(spans):
            if start >= at:
                out += [self.plain[at:start], f" {word} "]
                at = end
        return " ".join("".join([*out, self.plain[at:]]).split())


def _mask_of(piece: Piece) -> str:
    if isinstance(piece, Other):
        return OTHER_MASKS[piece.kind]
    return AMOUNT if isinstance(piece, Quantity) else MONEY


class Reader:
    """Reads messages against one catalogue. Built once per catalogue; never changes."""

    def __init__(self, products: Iterable[Named], provinces: Mapping[int, NamedPlace]) -> None:
        self.names = Gazetteer(products)
        self._provinces = provinces

    def read(self, text: str, *, money_slot: bool = False, counts: bool = False) -> Message:
        """Take a message apart. Never raises; nothing is found in one of more than 2,000
        characters, or in HTML or SQL.

        money_slot: a price was asked for, so a bare number is money. counts: a bare number beside
        goods counts them in their own unit ("sâm đất còn 200").
        """
        if len(text) > MOST_TEXT or _CODE_TEXT.search(text):
            return Message(text, _spaced(text))
        plain = _spaced(text)
        hits = self.names.find(plain)
        named = [(h.start, h.end) for h in hits if not h.weak]
        codes = tuple(_codes(plain, named))
        taken = sorted([*named, *((c.start, c.end) for c in codes)])
        pieces = scan(plain, taken, money_slot=money_slot)
        likely = [h for h in hits if not h.weak or _short_name(plain, h)]
        pieces = [
            _ranged(_beside(p, plain, likely), plain) for p in pieces if not _is_note(p, plain)
        ]
        pieces = sorted([*pieces, *_groups(plain, likely, pieces)], key=lambda p: p.start)
        if counts:
            pieces = [_counted(p, plain) for p in pieces]
        busy = [*taken, *((p.start, p.end) for p in pieces)]
        places = province_spans(plain, self._provinces)
        return Message(
            text,
            plain,
            tuple(hits),
            codes,
            tuple(pieces),
            tuple(span for span in places if free(span, busy)),
            tuple(span for span in _households(plain) if free(span, busy)),
        )


def _spaced(text: str) -> str:
    """Tidied, with lines kept apart by commas and what was typed without spaces taken apart."""
    lines = _BULLET.sub("", _LINK.sub(" ", text[:MOST_TEXT])).split("\n")
    plain = _TEEN_J.sub("i", tidy(" , ".join(line for line in lines if line.strip())))
    plain = _EACH_BARE.sub(r"\1 x\2", _CODE_TAKES.sub(r"\1 x\2", plain))
    plain = _COMMA_WORD.sub(_decimal, plain)
    return _CODE_SUM.sub(r"\1 x\2", _GLUED.sub(r"\1 ", plain))


def _groups(plain: str, hits: Sequence[Hit], pieces: Sequence[Piece]) -> Iterator[Quantity]:
    """`đôi gà đen`, `tá trứng`: two and twelve; only as spelled, folded they are other words."""
    for hit in hits:
        found = _GROUP.search(plain, 0, hit.start)
        if found and all(found.end(1) <= p.start or p.end <= found.start(1) for p in pieces):
            measure = Measure(GROUPS[found[1]], "piece")
            yield Quantity(*found.span(1), (measure,))


def _ranged(piece: Piece, plain: str) -> Piece:
    """`2, 3 cân`, `mười mười lăm cân`: two numbers side by side are from one to the other."""
    if isinstance(piece, Quantity) and not piece.why and _FROM.search(plain[: piece.start]):
        return replace(piece, readings=(), why="range")
    return piece


def _decimal(found: re.Match[str]) -> str:
    """`hai phẩy năm` is 2,5."""
    whole, part = (_DIGITS.get(word, word) for word in found.groups())
    return f"{whole},{part}"


def _is_note(piece: Piece, plain: str) -> bool:
    """`2 ngày` behind a name, and `chia 2 túi`, `chặt 8 miếng`: no amount of goods."""
    if not isinstance(piece, Quantity) or (piece.readings and piece.readings[0].base != "piece"):
        return False
    timed = piece.bare and bool(_TIME.match(fold(plain[piece.end :])))
    return timed or bool(_CUT.search(fold(plain[: piece.start])))


def _beside(piece: Piece, plain: str, hits: Sequence[Hit]) -> Piece:
    """`10 trứng`: a number directly before a part of a name counts it too."""
    parts = (h.start for h in hits if h.weak)
    if any(plain[piece.end : start].isspace() for start in parts if start > piece.end):
        return _counted(piece, plain)
    return piece


def _counted(piece: Piece, plain: str) -> Piece:
    if isinstance(piece, Other) and piece.kind == "number":
        said = plain[piece.start : piece.end]
        if said.isdigit() and 0 < int(said) <= MOST_COUNTED:
            return Quantity(piece.start, piece.end, (Measure(int(said), "piece"),), bare=True)
    return piece


def _short_name(plain: str, hit: Hit) -> bool:
    return hit.head and may_be_goods(plain[hit.start : hit.end])


def may_be_goods(word: str) -> bool:
    """False for a word that stands in some name but says something else by itself (cô, lạng)."""
    tables = [table for lex in (ACCENTED, FOLDED) for table in (lex.units, lex.numbers)]
    return not is_small(word) and not any(word in table for table in tables)


def free(span: tuple[int, int], busy: Collection[tuple[int, int]]) -> bool:
    """True if a span overlaps none of those already taken."""
    return all(span[1] <= start or end <= span[0] for start, end in busy)


def _codes(plain: str, named: Collection[tuple[int, int]]) -> Iterable[Code]:
    for found in _CODE.finditer(plain):
        before, behind = fold(plain[: found.start()]), plain[found.end() :]
        nothing = _NONE_OF.match(behind) or _MINUS.search(before)
        if free(found.span(), named) and not nothing and not _ADDRESS.search(before):
            dropped = bool(_TAKEN_BACK.match(plain, found.end()))
            yield Code(*found.span(), f"{found[1]}{found[2]}".upper(), dropped)


def _households(plain: str) -> list[tuple[int, int]]:
    """`nhà chị Mỷ`; folding keeps every letter, so offsets stay."""
    bare = fold(plain)
    return [m.span() for m in _HOUSEHOLD.finditer(bare)] if len(bare) == len(plain) else []
