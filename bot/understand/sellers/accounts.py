"""A bank account in words: bank, number, holder."""

from __future__ import annotations

import re

from bot.shop.banks import BANKS, Bank
from bot.understand.fold import fold
from bot.understand.sellers.said import AccountSaid
from bot.understand.sellers.words import words_re

FEWEST, MOST = 6, 19
"""Digits of an account number."""
MOST_TEXT = 400

_BIN = re.compile(rf"(?<!\d)(?:{'|'.join(BANKS)})(?!\d)")
_DIGITS = re.compile(r"(?<![\w+])\d(?:[ .\-]?\d){5,22}(?!\w)")
_BEFORE_NUMBER = re.compile(
    r"(?:stk|tk|so tk|so tai khoan|tai khoan|so the|account|acc)\s*"
    r"(?:moi|la|:|so|cua \w+)*\s*:?\s*$"
)
_PHONE_WORD = re.compile(r"(?:sdt|dt|dien thoai|so dien thoai|zalo|goi|phone)\s*(?:la|:)?\s*$")
_NAMED = re.compile(
    r"(?<!\w)(?:chu tai khoan|chu tk|ctk|ten tai khoan|ten tk|ten chu tk|mang ten|dung ten|"
    r"chu the|ten nguoi nhan|nguoi nhan|ho ten|ten|chu)\s*(?:la|:)?\s+"
    r"(?P<name>[a-z]+(?: [a-z]+){0,5})"
)
_STOPS_WORDS = """
stk tk so tai khoan ngan nh tai nhe em shop bank cua la nhanh ck chuyen doi thanh moi cu nay giup
roi ad
"""
_STOPS = frozenset(_STOPS_WORDS.split())
_POLITE_WORDS = """
a ah nha chi anh oi ban
"""
_POLITE = frozenset(_POLITE_WORDS.split())
"""At the end of a name."""
_SHORT = frozenset(("mb", "vp"))
"""Names of two letters that are typed for a bank; others of that length are other words."""
_OTHER_THINGS = frozenset(("sai gon", "hop tac xa", "ha noi", "sea", "dab", "lio", "bid"))
_MORE = {
    "970436": "viet com",
    "970422": "mbbank",
    "970409": "bac a",
    "971005": "viettel pay / viettelmoney",
    "971011": "vnptmoney",
}
"""What people also type."""


def _names(bank: Bank) -> str:
    typed = fold(bank.name)
    short = typed.removesuffix("bank").strip()
    names = (
        typed,
        typed.replace(" ", ""),
        short,
        *bank.others,
        *_MORE.get(bank.bin, "").split(" / "),
    )
    kept = (n for n in names if (len(n) > 2 or n in _SHORT) and n not in _OTHER_THINGS)
    return " / ".join(dict.fromkeys(kept))


_KNOWN = tuple((bank.bin, words_re(_names(bank))) for bank in BANKS.values())
_CAPITALS = re.compile(r"(?<!\w)[^\W\d_a-z]{1,12}(?: [^\W\d_a-z]{1,12}){1,5}(?!\w)")


def account_said(text: str) -> AccountSaid | None:
    """The account in `text`; None if there is neither a number nor a bank. Never raises."""
    typed = " ".join(text[:MOST_TEXT].split())
    plain = fold(typed)
    bins, bank = _banks(plain)
    number, span = _number(plain, bool(bins))
    if not number and not bins:
        return None
    return AccountSaid(number, bins, bank, _holder(typed, plain, span))


def _banks(plain: str) -> tuple[tuple[str, ...], str]:
    """BINs of the banks that are named, and the words; the longest name wins where two overlap."""
    said = _BIN.search(plain)
    found = [(m.span(), m[0], bin_) for bin_, words in _KNOWN for m in words.finditer(plain)]
    widest = [
        one
        for one in found
        if not any(_covers(other[0], one[0]) for other in found if other is not one)
    ]
    bins = tuple(dict.fromkeys(bin_ for _, _, bin_ in sorted(widest)))
    words = min(widest)[1] if widest else ""
    if said and not bins:
        return (said[0],), said[0]
    return bins, words


def _covers(wide: tuple[int, int], narrow: tuple[int, int]) -> bool:
    return wide != narrow and wide[0] <= narrow[0] and narrow[1] <= wide[1]


def _number(plain: str, with_bank: bool) -> tuple[str, tuple[int, int]]:
    """The digits of the account: those behind "stk", else the longest that are no phone's."""
    found = []
    for match in _DIGITS.finditer(_BIN.sub(lambda m: "_" * len(m[0]), plain)):
        digits = re.sub(r"\D", "", match[0])
        before = plain[: match.start()]
        if not FEWEST <= len(digits) <= MOST or _BIN.fullmatch(digits):
            continue
        if _PHONE_WORD.search(before):
            continue
        marked = bool(_BEFORE_NUMBER.search(before))
        if marked or with_bank or len(digits) > 10:
            found.append((marked, len(digits), digits, match.span()))
    if not found:
        return "", (0, 0)
    best = max(found, key=lambda one: one[:2])
    return best[2], best[3]


def _holder(typed: str, plain: str, number: tuple[int, int]) -> str:
    """The holder: behind a word that says so, else a name in capitals."""
    named = _NAMED.search(plain)
    if named and (name := _name(named["name"].split())):
        return name
    if len(plain) != len(typed):
        return ""
    for found in _CAPITALS.finditer(typed):
        words = fold(found[0]).split()
        if _name(words) and len(_name(words).split()) > 1 and not _banks(fold(found[0]))[0]:
            return _name(words)
    behind = plain[number[1] :] if number[1] else ""
    last = re.fullmatch(r"\s*[,\-:]?\s*(?P<name>[a-z]+(?: [a-z]+){1,4})\s*", _no_bank(behind))
    return _name(last["name"].split()) if last else ""


def _no_bank(text: str) -> str:
    for _, words in _KNOWN:
        text = words.sub(" ", text)
    return re.sub(r"(?<!\w)(?:ngan hang|nh|bank|chi nhanh)(?!\w)", " ", text)


def _name(words: list[str]) -> str:
    kept: list[str] = []
    for word in words:
        if word in _STOPS:
            break
        kept.append(word)
    while kept and kept[-1] in _POLITE:
        kept.pop()
    return " ".join(kept).upper()
