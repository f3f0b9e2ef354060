"""Words that only look like numbers or units: ba (father), chín (ripe), năm (year), Lạng Sơn.

A number word counts only beside something that can be counted; the others become unknown words
before amounts are looked for.
"""

from __future__ import annotations

from bot.understand.cues import ASKED_PRICE, clause_has
from bot.understand.lexemes import Lexed, Lexeme
from bot.understand.numbers import Num
from bot.understand.unit_words import Unit

_PAIRS = (
    "lạng sơn|lang son|lạng giang|lang giang|yên bái|yen bai|yên châu|yen chau|yên minh|yen minh|"
    "yên bình|yen binh|tân uyên|tan uyen|tân yên|tan yen|tan lac|tan son|cần thơ|can tho|kỳ sơn|"
    "con cuông|con dao|con lai|con hang|bo y|qua tet|qua bieu|trai cay|cai gi|cái gì|cái đó|"
    "cai do|chín cây|chin cay|phần trăm|phan tram|chai lo|cu the|bao nhieu|cây số|cay so|"
    "con trai|con gái|con gai|com bo"
)
_NO_UNITS = frozenset(_PAIRS.split("|"))
"""A unit and the word behind it that together are something else."""
_NEVER_BEFORE_NAMES = frozenset(
    ["ba", "nam", "năm", "chin", "chín", "tam", "tám", "muoi", "tu", "tư", "sau", "bay"]
)
_NO_TAILS = frozenset(["ba", "nam", "chin", "tam", "muoi", "sau", "tu", "bay", "hai"])
_PARTS = frozenset(["hai", "ba", "bốn", "bon", "tư", "tu", "năm", "nam"])
"""`một phần tư`: a fraction in words, of which no part is a count."""
_AFTER_TAIL = frozenset(("comma", "filler", "question", "product", "gone", "end"))
_DONE = frozenset(["rồi", "roi", "r", "rùi", "rui", "đó", "đấy", "nè", "tiền", "tien"])
"""Words behind a tail of a sum: `một triệu hai rồi` is 1.200.000."""


def sieve(text: Lexed, *, folded: bool, slot: bool) -> None:
    """Makes unknown words of the lexemes in `text` that are no numbers or units where they are."""
    found = text.found
    for at in range(len(found) - 1):
        _pair(text, at)
    for at, lexeme in enumerate(found):
        if not isinstance(lexeme, Num) or lexeme.digits:
            continue
        if not _counts(text, at, lexeme, folded=folded, slot=slot):
            found[at] = "unknown"


def _pair(text: Lexed, at: int) -> None:
    """Two words that mean something else together than one by one."""
    found, word, beside = text.found, text.texts[at], text.texts[at + 1]
    if f"{word} {beside}" in _NO_UNITS:
        found[at] = "unknown"
        if not isinstance(found[at + 1], Num):
            found[at + 1] = "unknown"
    if word in ("phần", "phan") and beside in _PARTS:
        start = max(at - 1, 0)
        found[start : at + 2] = ["unknown"] * (at + 2 - start)
    if word == "can" and _litres(found, at + 1):
        found[at] = (Unit("piece", 1, "can"),)


def _litres(found: list[Lexeme], at: int) -> bool:
    """True if so many litres stand at `at`: then the can before it is a jerrycan, no weight."""
    unit = found[at + 1] if at + 1 < len(found) else None
    number = found[at]
    return isinstance(number, Num) and isinstance(unit, tuple) and unit[0].base == "ml"


def _counts(text: Lexed, at: int, number: Num, *, folded: bool, slot: bool) -> bool:
    beside = text.found[at + 1] if at + 1 < len(text.found) else "end"
    before = text.found[at - 1] if at else "end"
    if number.thousands or isinstance(beside, tuple):
        return True
    if beside in ("thousand", "million", "billion", "money", "per"):
        return True
    if beside == "product":
        return before != "product" and text.texts[at] not in _NEVER_BEFORE_NAMES
    if beside in ("range", "minus") or isinstance(beside, Num):
        return _leads(text, at, number, beside)
    return _ends(text, at, number, before, folded=folded) or _priced(text, at, number, slot=slot)


def _leads(text: Lexed, at: int, number: Num, beside: Lexeme) -> bool:
    """`hai đến ba cân`; `tám mươi một cân` is lexed as one number, `tám mươi 1 cân` is not."""
    behind = text.found[at + 2] if at + 2 < len(text.found) else "end"
    if isinstance(beside, Num):
        return isinstance(behind, tuple) and beside.value in (1, number.value + 1)
    return isinstance(behind, Num)


def _ends(text: Lexed, at: int, number: Num, before: Lexeme, *, folded: bool) -> bool:
    """`ba ký tư`, `ba triệu hai`: a tail stands last, or before small words or a name."""
    beside = text.found[at + 1] if at + 1 < len(text.found) else "end"
    thousands = isinstance(before, Num) and before.thousands
    if before in ("million", "billion") or thousands:
        done = at + 1 < len(text.texts) and text.texts[at + 1] in _DONE
        return beside in _AFTER_TAIL or done or number.value >= 10
    if not isinstance(before, tuple) or beside not in _AFTER_TAIL:
        return False
    return not (folded and text.texts[at] in _NO_TAILS)


def _priced(text: Lexed, at: int, number: Num, *, slot: bool) -> bool:
    """A sum in words with its thousands left out: `trăm rưỡi`, and any number after `giá`."""
    if number.width == 3 and (number.lone or slot or text.texts[at].count(" ") > 1):
        return slot or " " in text.texts[at]
    return number.value >= 10 and (slot or clause_has(text, at, ASKED_PRICE, 4))
