"""Takes out of a sentence whatever could say whose it is, before it is kept for learning.

Numbers, links and handles go by their shape. Names go by what stands before them, by Vietnamese
surnames, and by what is known of the person (the receiver's name and address). A name written
small and unannounced cannot be seen: that is why a trainer reads before anything is exported.
Marks are those of `bot/understand/message.py` and the three of this file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from bot.shop.order_code import is_code
from bot.understand.fold import fold
from bot.understand.scrub_names import hide_names

PHONE, ORDER, ACCOUNT, NUMBER, PLACE = "xsdt", "xdon", "xstk", "xso", "xdc"
NAME, MAIL, LINK = "xten", "xmail", "xlink"
MARKS = frozenset({PHONE, ORDER, ACCOUNT, NUMBER, PLACE, NAME, MAIL, LINK})

LONGEST, MOST_KEPT = 300, 200
"""Characters of a message that may be kept at all, and of what is kept of it."""

FEWEST_LETTERS = 2
LONG_NUMBER, LONG_RUN = 8, 6
"""Digits in groups (0912 345 678) and in one run from which a number is no amount of goods."""

_MAIL = re.compile(r"[\w.+-]+@ ?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_HANDLE = re.compile(r"@[\w.-]+")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|(?<![\w.])[\w-]+(?:\.[\w-]+)*\.(?:com|vn|net|org|me|info|io|ly|app|link|shop|page|gl|xyz)"
    r"(?![\w])(?:/\S*)?",
    re.IGNORECASE,
)
_ORDER = re.compile(r"(?<!\w)z[\s.-]?j(?:[\s.-]?[a-z0-9]){7}(?!\w)", re.IGNORECASE)
_DIGITS = re.compile(r"\+?\(?\d(?:[\s.,\-()/_+*]{0,3}\d)*")
_AFTER_ACCOUNT = re.compile(
    r"(?:stk|tk|so tai khoan|tai khoan|so the|cccd|cmnd|can cuoc)[^\d]{0,20}$"
)
_SPOKEN = (
    "không|khong|một|mot|mốt|hai|ba|bốn|bon|tư|tu|năm|nam|lăm|sáu|sau|"
    "bảy|bay|bẩy|tám|tam|chín|chin"
)
_SPOKEN_NUMBER = re.compile(rf"(?<!\w)(?:(?:{_SPOKEN})[\s,.-]+){{6,}}(?:{_SPOKEN})(?!\w)", re.I)
_BEFORE_SIGN = re.compile(r" (?=[,.;:!?)])")
_BRACKETS = str.maketrans("[]{}<>`", "()()  '")


def scrub(
    text: str,
    known_names: Iterable[str] = (),
    known_places: Iterable[str] = (),
    goods: Collection[str] = (),
) -> str:
    """The sentence with marks for whatever is personal, at most 200 characters.

    known_names: names of the person. known_places: parts of the person's address. goods: made by
    `goods_words`. Empty if the sentence must not or need not be kept: over 300 characters, or
    nothing left but marks.
    """
    if len(text) > LONGEST:
        return ""
    plain = _one_line(text)
    for pattern, mark in ((_MAIL, MAIL), (_HANDLE, NAME), (_LINK, LINK)):
        plain = pattern.sub(f" {mark} ", plain)
    plain = _ORDER.sub(_order_mark, plain)
    for place in known_places:
        plain = hide_words(plain, place.split(), PLACE)
    plain = _known(plain, known_names)
    plain = _SPOKEN_NUMBER.sub(f" {PHONE} ", plain)
    plain = hide_names(plain, NAME, PLACE, goods)
    plain = _DIGITS.sub(_digits_mark, plain)
    kept = _cut(_BEFORE_SIGN.sub("", " ".join(plain.split())))
    return kept if _says_something(kept) else ""


def goods_words(names: Iterable[str]) -> frozenset[str]:
    """Folded first words of what is sold, no names after `em` ("cho em Na"), and folded pairs of
    words, no names either ("Na Chi Lăng").
    """
    split = [fold(name).split() for name in names]
    pairs = {f"{a} {b}" for words in split for a, b in pairwise(words)}
    return frozenset(pairs | {words[0] for words in split if words})


def _one_line(text: str) -> str:
    """Printable characters of common form on one line: digits are 0-9, brackets are round."""
    common = unicodedata.normalize("NFKC", text)
    shown = (c if c.isprintable() else " " for c in common if unicodedata.category(c) != "Cf")
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in shown)
    return " ".join(plain.translate(_BRACKETS).split())


def _order_mark(match: re.Match[str]) -> str:
    code = "".join(c for c in match[0].upper() if c.isalnum())
    whole = len(code) == len(match[0])
    return f" {ORDER} " if whole or is_code(code) else match[0]


def _digits_mark(match: re.Match[str]) -> str:
    """Amounts and prices stay; phones, accounts and whatever is as long as they are goes."""
    digits = re.sub(r"\D", "", match[0])
    runs = max(len(run) for run in re.findall(r"\d+", match[0]))
    if len(digits) < LONG_NUMBER and runs < LONG_RUN:
        return match[0]
    if _AFTER_ACCOUNT.search(fold(match.string[: match.start()])):
        return f" {ACCOUNT} "
    as_phone = digits.startswith(("0", "84")) and 9 <= len(digits) <= 13
    return f" {PHONE if as_phone else NUMBER} "


def _known(text: str, names: Iterable[str]) -> str:
    """The whole name, any two words of it that follow each other, and the given name."""
    for name in names:
        words = name.split()
        for size in range(len(words), 1, -1):
            for start in range(len(words) - size + 1):
                text = hide_words(text, words[start : start + size], NAME)
        text = hide_words(text, words[-1:], NAME)
    return text


def hide_words(text: str, words: list[str], mark: str) -> str:
    """`text` with these words, however they are accented, replaced where they stand together."""
    wanted = [w for w in (_bare(word) for word in words) if w]
    if not wanted:
        return text
    spans = list(_words(text))
    for at in range(len(spans) - len(wanted), -1, -1):
        here = spans[at : at + len(wanted)]
        if [word for _, _, word in here] == wanted:
            text = f"{text[: here[0][0]]} {mark} {text[here[-1][1] :]}"
            spans = spans[:at]
    return text


def _bare(word: str) -> str:
    return "".join(c for c in fold(word) if c.isalnum())


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    for match in re.finditer(r"[^\W_]+", text):
        yield match.start(), match.end(), fold(match[0])


def _cut(text: str) -> str:
    if len(text) <= MOST_KEPT:
        return text
    return text[:MOST_KEPT].rpartition(" ")[0] or text[:MOST_KEPT]


def _says_something(text: str) -> bool:
    rest = [w for w in re.findall(r"[^\W\d_]+", text) if w not in MARKS]
    return sum(map(len, rest)) >= FEWEST_LETTERS
