"""Which households a message names: "nhà chị Mỷ", "hộ bà Dợ", "chị Mỷ đưa 2 tạ".

A name is what stands behind "nhà", "hộ" or a title, up to the first word that cannot be part of
one. A title without a name is the seller herself ("cho chị nhập 20kg").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.understand.fold import fold, has_marks, tidy
from bot.understand.message import Message
from bot.understand.pieces import Other, Piece
from bot.understand.scan import scan
from bot.understand.sellers.household_words import FIRST_STOP, MAY_BE_NAMES, STOP
from bot.understand.sellers.words import as_typed, same_word

MOST_WORDS = 3
"""Words of a name behind the title."""

_TITLES = "chị bà ông anh cô chú bác mẹ mế già cụ thím dì cậu em"
_SHORT = {"c": "chị", "a": "anh", "b": "bà", "o": "ông"}
_NO_TITLE_ALONE = frozenset(("gia", "co", "c", "a", "b", "o"))
"""Without "nhà" before them and without diacritics mostly other words: giá, có."""


def _head(places: str, titles: str) -> re.Pattern[str]:
    title = "|".join([*titles.split(), *_SHORT])
    place = "|".join(places.split(","))
    return re.compile(
        rf"(?<!\w)(?:(?P<place>(?:(?:{place})\s+){{1,2}})(?:(?P<title>{title})(?!\w)\s*)?"
        rf"|(?P<alone>{title})(?!\w)\s*)"
    )


_SPELLED = _head("gia đình,nhà,hộ", _TITLES)
_FOLDED = _head("gia dinh,nha,ho", fold(_TITLES))
_WORD = re.compile(r"[^\W\d_]+|\d{1,2}(?!\w|[.,]\d)")
_MANY = re.compile(r"(?<!\w)(?:các|cac|từng|tung|mỗi|moi|mấy|may|những|nhung)\s$")
"""Directly before "nhà": no single one."""
_DONG = re.compile(r"(?<=\d)\s?đ(?:ồng)?(?!\w)")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s$")
_NUMBERED = re.compile(r"(?:mẫu|mau|số|so)\s$")


@dataclass(frozen=True, slots=True)
class HouseholdSaid:
    """At [start, end) of the tidied text; name: as typed, without "nhà" and "hộ" ("chị Mỷ")."""

    start: int
    end: int
    name: str


def households_of(message: Message) -> list[HouseholdSaid]:
    """Every household that is named, in order."""
    found: list[HouseholdSaid] = []
    heads = _SPELLED if _marked(message.plain) else _FOLDED
    at = 0
    while head := heads.search(message.plain, at):
        none = _in_goods(message, head.start()) or _MANY.search(message.plain, 0, head.start())
        one = None if none and not head["title"] else _named(message, head)
        found += [one] if one else []
        at = one.end if one else head.end("place") if head["place"] else head.end("alone")
    return found


def _marked(plain: str) -> bool:
    """Whether words are typed with diacritics: the đ of a sum is no word."""
    return has_marks(_DONG.sub("", plain))


def title_and_name(household: str) -> tuple[str, str]:
    """Title with diacritics ("chị", empty if none) and folded name, to compare how one household
    is called: "c Mỷ", "chi my" and "nhà chị Mỷ" are all ("chị", "my").
    """
    words = re.findall(r"[^\W_]+", tidy(household))
    while words and fold(words[0]) in ("nha", "ho", "gia", "dinh") and len(words) > 1:
        words = words[1:]
    known = {fold(t): t for t in _TITLES.split()} | _SHORT
    title = known.get(fold(words[0]), "") if len(words) > 1 else ""
    return title, " ".join(map(fold, words[1:] if title else words))


def without_households(message: Message, homes: Sequence[HouseholdSaid]) -> str:
    """The tidied words of a message without the households."""
    blank = list(message.plain)
    for one in homes:
        blank[one.start : one.end] = " " * (one.end - one.start)
    return " ".join("".join(blank).split())


def pieces_beside(message: Message, homes: Sequence[HouseholdSaid]) -> list[Piece]:
    """The pieces of a message, none of them in a name: read anew where a name looked like a number
    ("nha chi May 2 trieu", "hộ mẫu 1 10kg").
    """
    spans = [(h.start, h.end) for h in homes]
    if all(p.end <= s or e <= p.start for p in message.pieces for s, e in spans):
        return list(message.pieces)
    taken = [*spans, *((h.start, h.end) for h in message.products)]
    taken += [(c.start, c.end) for c in message.codes]
    return scan(message.plain, sorted(taken))


def _in_goods(message: Message, at: int) -> bool:
    return any(h.start <= at < h.end for h in message.products)


def _named(message: Message, head: re.Match[str]) -> HouseholdSaid | None:
    alone, title = head["alone"], head["title"]
    words = list(_name_words(message, head.end(), alone=bool(alone), titled=bool(title)))
    if not words:
        return _title_as_name(message, head)
    first = as_typed(message, words[0].start(), words[0].end())
    if alone in _NO_TITLE_ALONE and not first[:1].isupper():
        return None
    end = words[-1].end()
    start = head.start("title") if title else head.end() if head["place"] else head.start()
    if head["place"] and not title and _sample(words):
        start = head.start()
    if alone == "a":
        start = _family_name(message, start)
    return HouseholdSaid(min(start, head.start()), end, as_typed(message, start, end))


def _title_as_name(message: Message, head: re.Match[str]) -> HouseholdSaid | None:
    """`nha Ba`: a title that nothing follows is a name, if it is typed like one."""
    if not (head["place"] and head["title"]):
        return None
    start, end = head.span("title")
    typed = as_typed(message, start, end)
    large = typed[:1].isupper() and len(typed) > 1 and message.text != message.text.upper()
    return HouseholdSaid(head.start(), end, typed) if large else None


def _family_name(message: Message, start: int) -> int:
    """`Giàng A Páo`: A is no title there."""
    before = _LAST_WORD.search(message.plain, 0, start)
    large = before and as_typed(message, before.start(1), start + 1)
    return before.start(1) if before and large and large.istitle() else start


def _sample(words: Collection[re.Match[str]]) -> bool:
    """`hộ mẫu 2` is called so."""
    return any(w[0].isdecimal() for w in words)


def _name_words(
    message: Message, start: int, *, alone: bool, titled: bool
) -> Iterator[re.Match[str]]:
    """The words of a name from `start` on."""
    large = False
    for n in range(MOST_WORDS):
        word = _WORD.match(message.plain, start)
        if not word:
            return
        typed = as_typed(message, word.start(), word.end())
        if n and large and typed[:1].islower():
            return
        named = not n and typed[:1].isupper() and message.text != message.text.upper()
        maybe = not n and titled and not alone and word[0] in MAY_BE_NAMES
        last = word.end() == len(message.plain)
        if (
            not (named and (titled or alone or last))
            and not maybe
            and _taken(message, word, first=not n)
        ):
            return
        if not named and not maybe and _is(message, word[0], STOP if n else FIRST_STOP):
            return
        large = large or typed[:1].isupper()
        yield word
        start = word.end() + 1
        if message.plain[word.end() : start] != " ":
            return


def _taken(message: Message, word: re.Match[str], *, first: bool) -> bool:
    """True for a number, and for a word in which goods, an amount or a sum begin."""
    if word[0].isdecimal():
        return first or not _NUMBERED.search(message.plain, 0, word.start())
    pieces = (p for p in message.pieces if not (isinstance(p, Other) and p.kind == "place"))
    found = (*message.products, *message.codes, *pieces)
    return any(f.start <= word.start() < f.end for f in found)


def _is(message: Message, word: str, known: frozenset[str]) -> bool:
    """As spelled; a word without diacritics stands for others only where nobody types any."""
    if _marked(message.plain):
        return word in known
    return same_word(word, known)
