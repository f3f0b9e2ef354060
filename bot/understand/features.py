"""Masked text → words → numbered features; the same at training and at run time.

Masked: products, codes, amounts, money, times and the like are one token each (`xsp`, `xsl`,
`xtien` …), so that what is meant does not hang on what is sold today.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from zlib import crc32

import msgspec

from bot.understand.fold import fold, has_marks, tidy

BUCKETS = 1 << 15
LONGEST = 400
"""Characters of a message that are read for what it wants; people do not write more in one."""

LONGEST_GRAM = 5
LONG = 14
"""Words from which on a message is simply long."""

_POLITE = """
em anh chi bac minh toi to ban chau con chu di ad shop ba ong me oi a nhe nha nhi da vang thi la
ma voi cho cua nay kia do ay cai vay the luon ne hen nghen ui cau
"""
SMALL_TALK = frozenset(_POLITE.split())
"""Words for persons and of politeness, without diacritics; they say nothing of what is wanted.
"""

_TOKEN = re.compile(r"[^\W_]+|\?")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_VOWELS = frozenset("aeiouy")
_NUMBER_LIKE = re.compile(r"\d[\d.,]*$|xsl$|xtien$|xso$")


class TeencodeBroken(Exception):
    """`teencode.yml` cannot be used; says which file, and what stands where."""


@dataclass(frozen=True, slots=True)
class Normaliser:
    """Spells out what is typed short. short: as typed (tidied) → in full, Vietnamese only."""

    short: Mapping[str, str]

    def words(self, masked: str, lang: str = "vi") -> list[str]:
        """The words of a masked message in order; `?` counts as one. At most LONGEST characters.

        `k` and `kg` after a number are money and weight, elsewhere "không". In a message without
        diacritics what is spelled out has none either.
        """
        plain = _DRAWN_OUT.sub(r"\1", tidy(masked[:LONGEST]))
        tokens = list(map(_undrawn, _TOKEN.findall(plain)))
        if lang != "vi":
            return tokens
        spelled = " ".join(self._in_full(tokens))
        return (spelled if has_marks(plain) else fold(spelled)).split()

    def _in_full(self, tokens: Sequence[str]) -> Iterator[str]:
        before = ""
        for token in tokens:
            amount = token in ("k", "kg") and _NUMBER_LIKE.match(before)
            yield token if amount else self.short.get(token, token)
            before = token


def _undrawn(word: str) -> str:
    """Without a last vowel that only draws out the one before: "quáa", "nhaa"."""
    drawn = len(word) > 2 and word[-1] in _VOWELS and fold(word[-2]) == word[-1]
    return word[:-1] if drawn else word


def load_teencode(path: Path) -> Normaliser:
    """Read `teencode.yml` (`vi: {in full: [short, …]}`). Raises TeencodeBroken."""
    try:
        table = msgspec.yaml.decode(path.read_bytes(), type=dict[str, dict[str, list[str]]])
    except (OSError, msgspec.DecodeError) as error:
        raise TeencodeBroken(f"{path}: {error}") from error
    short: dict[str, str] = {}
    for full, typed in table.get("vi", {}).items():
        for word in map(tidy, typed):
            if short.setdefault(word, tidy(full)) != tidy(full):
                raise TeencodeBroken(f"{path}: {word!r}: {short[word]!r}, {full!r}")
    return Normaliser(short)


def buckets(words: Sequence[str]) -> set[int]:
    """Which features a message has, each put into one of BUCKETS by a stable hash.

    Without diacritics: words, pairs of neighbours, 1-5 letters within a word, and of the words
    that carry the meaning their order, all pairs, the first and the last two. With diacritics:
    words and pairs. (Each kind was kept because cross-validation by phrase family gained by it.)
    """
    bare = [fold(word) for word in words]
    telling = [word for word in bare if word not in SMALL_TALK]
    names = {f"w {word}" for word in bare}
    names.update(_pairs("p", bare), _pairs("s", telling), _pairs("b", words))
    names.update(f"a {word}" for word in words)
    names.update(_any_order(telling))
    names.update(f"h {word}" for word in telling[:2])
    names.update(f"t {word}" for word in telling[-2:])
    names.add(f"n {min(len(bare), LONG)}")
    found = {crc32(name.encode()) % BUCKETS for name in names}
    for word in set(bare):
        found.update(_grams(word))
    return found


def _pairs(kind: str, words: Sequence[str]) -> Iterator[str]:
    padded = ("<", *words, ">")
    return (f"{kind} {left} {right}" for left, right in pairwise(padded))


def _any_order(telling: Sequence[str]) -> Iterator[str]:
    some = sorted(set(telling))[:LONG]
    return (f"u {first} {second}" for first, second in combinations(some, 2))


@lru_cache(maxsize=1024)
def _grams(word: str) -> array[int]:
    """The hash of a longer run of letters goes on from that of the shorter one."""
    letters = [letter.encode() for letter in f" {word} "]
    found = set()
    for at in range(len(letters)):
        value = 0
        for letter in letters[at : at + LONGEST_GRAM]:
            value = crc32(letter, value)
            found.add(value % BUCKETS)
    return array("H", found)  # a tenth of the memory of a tuple


def pair_numbers(words: Sequence[str]) -> list[int]:
    """What neighbouring words are known by, without diacritics; the ends count as neighbours."""
    return [crc32(pair.encode()) for pair in _pairs("p", [fold(word) for word in words])]


def word_numbers(text: str) -> Iterator[int]:
    """What the words of a text are known by, with and without diacritics."""
    for view in (tidy(text), fold(text)):
        for word in _TOKEN.findall(view):
            yield crc32(word.encode())
