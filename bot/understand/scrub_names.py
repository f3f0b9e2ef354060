"""Where names of people, houses and streets stand in a Vietnamese sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.understand.fold import fold, has_marks
from bot.understand.scrub_words import (
    AREA,
    CALLED,
    KIN,
    NO_NAMES,
    QUESTION,
    SELF,
    STREET,
    SURNAMES,
    UNITS,
    Known,
)

_HOUSE = re.compile(r"\d{1,5}[a-z]?(?:[/-]\d{1,5}[a-z]?)*", re.IGNORECASE)
_WHO = r"em|minh|toi|chau|chi|anh|con|co|chu"
_MY_NAME = re.compile(
    rf"(?<!\w)(?:(?:{_WHO})\s+ten|ho ten|ho va ten|nguoi nhan"
    rf"|ten(?:\s+(?:{_WHO}|nguoi nhan|day du))?\s*(?:\bla\b|:)|ten\s+(?:{_WHO}))"
    r"(?:\s*(?:la\b|:))?\s*"
)
_ADDRESS = re.compile(
    r"(?<!\w)(?:dia chi|d/c|dc|so nha|nha so)"
    r"(?:\s+(?:em|minh|nha|nhan hang|nhan|moi|giao|cua))*\s*"
    r"(?:(?:la\b|:)\s*(?:o\s+)?(?!o dau|dau|gi|nao)|(?=\d|so\s+\d))"
)
_NAME_ENDS = re.compile(r"[,.;!?\d]")
_ADDRESS_ENDS = re.compile(
    r"[.;!?]|,\s*(?=(?:sdt|so dien thoai|dt|lay|cho|gui|ship|giao|dat|mua)\b)"
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word at [start, end); `plain` in small letters, `text` folded; `big`: has a capital."""

    start: int
    end: int
    plain: str
    text: str
    big: bool

    def among(self, known: Known) -> bool:
        """True if it is one of the words; what is written with diacritics must have theirs."""
        return self.plain in (known.folded if self.plain == self.text else known.accented)

    def is_no_name(self, marked: bool) -> bool:
        """Stricter: in a sentence with diacritics `An` is not `ăn`, but a name."""
        return self.plain in (NO_NAMES.accented if marked else NO_NAMES.folded)


def hide_names(text: str, name: str, place: str, goods: Collection[str] = ()) -> str:
    """`text` with marks for names of people and for houses and streets.

    goods: made by `goods_words`.
    """
    text = _told(text, _ADDRESS, _ADDRESS_ENDS, place, most=12)
    text = _told(text, _MY_NAME, _NAME_ENDS, name, most=4)
    words = list(_split(text))
    marked = has_marks(text)
    spans = [(s, e, name) for s, e in _people(words, goods, marked)]
    spans += [(s, e, place) for s, e in _places(words)]
    parts, at = [], 0
    for start, end, mark in sorted(spans):
        if start >= at:
            parts += [text[at:start], f" {mark} "]
            at = end
    return "".join([*parts, text[at:]])


def _split(text: str) -> Iterator[_Word]:
    for match in re.finditer(r"\w+(?:[/-]\w+)*", text):
        plain = match[0].lower()
        yield _Word(match.start(), match.end(), plain, fold(plain), match[0][0].isupper())


def _told(text: str, opening: re.Pattern[str], ends: re.Pattern[str], mark: str, most: int) -> str:
    """Hide what follows words that announce a name or an address, to the end of its clause."""
    folded = _aligned(text)
    parts, at = [], 0
    for match in opening.finditer(folded):
        end = _end_of_told(text, folded, match.end(), ends, most)
        if match.start() >= at and end > match.end():
            parts += [text[at : match.end()], f" {mark} "]
            at = end
    return "".join([*parts, text[at:]])


def _end_of_told(text: str, folded: str, start: int, ends: re.Pattern[str], most: int) -> int:
    """Where the clause that begins at `start` ends, after at most so many words."""
    stop = ends.search(folded, start)
    words = list(_split(text[start : stop.start() if stop else len(text)]))[:most]
    if not words or words[0].among(QUESTION) or words[0].text in ("shop", "hang"):
        return start
    if ends is _NAME_ENDS:
        marked = has_marks(text)
        words = words[: next((i for i, w in enumerate(words) if w.is_no_name(marked)), most)]
    return start + words[-1].end if words else start


def _aligned(text: str) -> str:
    """Folded letter by letter, so that places in it are places in `text`."""
    return "".join(f if len(f := fold(c)) == 1 else (" " if c.isspace() else "_") for c in text)


def _people(
    words: Sequence[_Word], goods: Collection[str], marked: bool
) -> Iterator[tuple[int, int]]:
    for at, (word, following) in enumerate(pairwise(words)):
        if f"{word.text} {following.text}" in goods or following.text[0].isdigit():
            continue
        if word.among(KIN) and not (following.is_no_name(marked) or following.among(KIN)):
            small = at > 0 and words[at - 1].among(CALLED)
            is_goods = word.among(SELF) and following.text in goods
            if (following.big and not is_goods) or small:
                yield following.start, _last_big(words, at + 1).end
        elif word.big and word.among(SURNAMES) and following.big and not following.among(UNITS):
            yield word.start, _last_big(words, at + 1).end


def _last_big(words: Sequence[_Word], at: int, most: int = 4) -> _Word:
    """The last of the words with capitals from here on."""
    last = words[at]
    for word in words[at + 1 : at + most]:
        if not word.big or (word.plain != word.text and word.among(NO_NAMES)):
            break
        last = word
    return last


def _places(words: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    for at, word in enumerate(words[:-1]):
        following = words[at + 1]
        if _HOUSE.fullmatch(word.text) and _is_street(words, at):
            yield word.start, _street_end(words, at + 1)
        elif word.among(AREA) and not (following.among(QUESTION) or following.among(NO_NAMES)):
            if _HOUSE.fullmatch(following.text):
                yield following.start, _street_end(words, at + 1)
            elif following.big:
                yield following.start, _last_big(words, at + 1).end


def _street_end(words: Sequence[_Word], at: int) -> int:
    """The end of a street that is named at or right behind this word."""
    street = next((i for i in (at, at + 1) if i < len(words) and words[i].among(STREET)), None)
    if street is None:
        return _last_big(words, at).end
    return _last_big(words, min(street + 2, len(words) - 1)).end


def _is_street(words: Sequence[_Word], at: int) -> bool:
    """A house number is followed by a word for a street or by two words with capitals."""
    following, then = words[at + 1], words[at + 2] if at + 2 < len(words) else None
    if then is None:
        return False
    if following.among(STREET):
        return then.big or not following.among(UNITS)
    return following.big and then.big and not following.among(UNITS)
