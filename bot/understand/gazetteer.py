"""Product names inside a whole message, with where they stand.

Whole names and aliases are found by an automaton in one pass. What is left over is compared by
its words: a part of a name fits every product that has these words in this order ("thịt gác bếp"
is pork or buffalo), and a slip or two of the finger still finds the name. New products need
nothing but a new catalogue.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import ahocorasick
from rapidfuzz.distance import OSA

from bot.understand.fold import fold
from bot.understand.names import Entry, Named, entries_of

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 400
"""Words of a message that are looked at."""
MOST_IN_A_PART = 6
_CLOSE = 300
"""Names compared letter by letter for one stretch of words."""

HitKind = Literal["whole", "part", "near"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Products that stand at [start, end) of the tidied text.

    ids: what the words name. wider: every product whose name begins so and has these words in this
        order, for when none of `ids` is in reach (na, when only "na trái vụ" is on the shelf).
    words: how many words were matched; a single word of a longer name is a weak hit. head: it
        begins some name, so that it may stand for the goods by itself (trứng, not "không" of
        "hồng không hạt").
    """

    start: int
    end: int
    ids: tuple[str, ...]
    kind: HitKind
    words: int
    wider: tuple[str, ...] = ()
    head: bool = True

    @property
    def weak(self) -> bool:
        return self.kind == "part" and self.words == 1


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the tidied text and where it stands."""

    word: str
    bare: str
    start: int
    end: int


def tokens_of(plain: str) -> list[Token]:
    found = (Token(m[0], fold(m[0]), *m.span()) for m in WORD.finditer(plain))
    return [t for t, _ in zip(found, range(MOST_WORDS), strict=False)]


class Gazetteer:
    """Built once per catalogue; never changes."""

    def __init__(self, products: Iterable[Named]) -> None:
        products = tuple(products)
        self._entries: list[Entry] = entries_of(products)
        self._proper = {w for p in products for w in _proper_words(p.name.get("vi", ""))}
        self._having: dict[str, list[int]] = defaultdict(list)
        self._glued: dict[str, list[int]] = defaultdict(list)
        whole: dict[str, list[int]] = defaultdict(list)
        for n, (_, _, folded) in enumerate(self._entries):
            whole[" ".join(folded)].append(n)
            if len(folded) > 1:
                self._glued["".join(folded)].append(n)
            for word in set(folded):
                self._having[word].append(n)
        self._automaton = ahocorasick.Automaton()
        for name, numbers in whole.items():
            self._automaton.add_word(f" {name} ", (name.count(" ") + 1, numbers))
        self._automaton.make_automaton()

    def find(self, plain: str) -> list[Hit]:
        """Names in the tidied text, in order, none overlapping another."""
        tokens = tokens_of(plain)
        if not tokens or not self._entries:
            return []
        taken: list[Hit | None] = [None] * len(tokens)
        for at, size, ids in self._whole(tokens):
            if size > 1 or not self._slipped(taken, tokens, at):
                self._take(taken, tokens, at, size, ids, "whole")
        for at, size, ids in self._parts(tokens, taken):
            self._take(taken, tokens, at, size, ids, "part")
        found = dict.fromkeys(hit for hit in taken if hit)
        return [
            hit for hit in found if hit.kind == "whole" or hit.head or not self._place(plain, hit)
        ]

    def _slipped(self, taken: list[Hit | None], tokens: Sequence[Token], at: int) -> bool:
        """`na rái vụ`: a short name that begins a longer one written with a slip; takes that."""
        for size in (4, 3, 2):
            window = tokens[at : at + size]
            if len(window) < size or any(taken[at : at + size]):
                continue
            slips, ids = self._nearest([t.bare for t in window])
            if ids and slips:
                self._take(taken, tokens, at, size, ids, "near")
                return True
        return False

    def _place(self, plain: str, hit: Hit) -> bool:
        """A part of a name that is only the place in it: "Mộc Châu" is no plum."""
        return all(t.bare in self._proper for t in tokens_of(plain[hit.start : hit.end]))

    def near(self, plain: str, start: int, end: int) -> Hit | None:
        """The name that most likely was meant in [start, end), a slip or two allowed."""
        tokens = [t for t in tokens_of(plain[:end]) if t.start >= start]
        best: tuple[int, int, int, set[str]] | None = None
        for size in range(min(MOST_IN_A_PART, len(tokens)), 0, -1):
            for at in range(len(tokens) - size + 1):
                slips, ids = self._nearest([t.bare for t in tokens[at : at + size]])
                if ids and (best is None or (slips, -size) < (best[0], -best[2])):
                    best = slips, at, size, ids
        if best is None:
            return None
        _, at, size, ids = best
        first, last = tokens[at].start, tokens[at + size - 1].end
        return Hit(first, last, tuple(sorted(ids)), "near", size)

    def _take(
        self,
        taken: list[Hit | None],
        tokens: Sequence[Token],
        at: int,
        size: int,
        ids: Iterable[str],
        kind: HitKind,
    ) -> None:
        if any(taken[at : at + size]):
            return
        window = tokens[at : at + size]
        beginning = (self._entries[n] for n in self._containing(window))
        wider = {entry[0] for entry in beginning if entry[2][0] == window[0].bare}
        hit = Hit(
            window[0].start,
            window[-1].end,
            tuple(dict.fromkeys(ids)),
            kind,
            size,
            tuple(sorted(wider)),
            head=bool(wider),
        )
        taken[at : at + size] = [hit] * size

    def _whole(self, tokens: Sequence[Token]) -> list[tuple[int, int, list[str]]]:
        """Whole names as spelled, longest first, then from the left."""
        starts, text = {}, " "
        for n, token in enumerate(tokens):
            starts[len(text)] = n
            text += f"{token.bare} "
        found = []
        for end, (size, numbers) in self._automaton.iter(text):
            at = starts[text.rindex(" ", 0, end) + 1] - size + 1
            ids = [self._entries[n][0] for n in numbers if self._spelled(tokens, at, n)]
            if ids:
                found.append((at, size, ids))
        found += self._glued_names(tokens)
        return sorted(found, key=lambda f: (-f[1], f[0]))

    def _spelled(self, tokens: Sequence[Token], at: int, n: int) -> bool:
        """True if each typed word is spelled so, or carries no diacritics at all."""
        spelled = self._entries[n][1]
        pairs = zip(tokens[at : at + len(spelled)], spelled, strict=True)
        return all(t.word in (word, t.bare) for t, word in pairs)

    def _glued_names(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, list[str]]]:
        """Names typed without spaces: "samdat"."""
        for at, token in enumerate(tokens):
            numbers = self._glued.get(token.bare, ()) if token.word == token.bare else ()
            if numbers:
                yield at, 1, [self._entries[n][0] for n in numbers]

    def _parts(
        self, tokens: Sequence[Token], taken: Sequence[Hit | None]
    ) -> Iterator[tuple[int, int, list[str]]]:
        """The longest stretches of words that one name has in this order."""
        at = 0
        while at < len(tokens):
            size, numbers = self._longest(tokens, taken, at)
            if numbers:
                yield at, size, [self._entries[n][0] for n in numbers]
            at += max(size, 1)

    def _longest(
        self, tokens: Sequence[Token], taken: Sequence[Hit | None], at: int
    ) -> tuple[int, list[int]]:
        size, numbers = 0, list[int]()
        while at + size < len(tokens) and not taken[at + size] and size < MOST_IN_A_PART:
            more = self._containing(tokens[at : at + size + 1])
            if not more:
                break
            size, numbers = size + 1, more
        return size, numbers

    def _containing(self, window: Sequence[Token]) -> list[int]:
        """Names with these words in this order, others between them allowed."""
        lists = sorted((self._having.get(t.bare, []) for t in window), key=len)
        if not lists or not lists[0]:
            return []
        others = [set(numbers) for numbers in lists[1:]]
        found = (n for n in lists[0] if all(n in other for other in others))
        return [n for n in found if _in_order(window, self._entries[n])]

    def _nearest(self, words: Sequence[str]) -> tuple[int, set[str]]:
        """Fewest slips between these words and a name that shares a word, and whose name it is."""
        text = " ".join(words)
        slips = 0 if len(text) < 5 else 1 if len(text) < 9 else 2
        close: set[int] = set()
        for word in words:
            numbers = self._having.get(word, ())
            close.update(numbers if len(numbers) <= _CLOSE else ())
        if len(words) == 1:
            close = {n for n, entry in enumerate(self._entries) if len(entry[2]) == 1}
        found: dict[int, set[str]] = defaultdict(set)
        for n in close:
            product, _, folded = self._entries[n]
            away = OSA.distance(text, " ".join(folded), score_cutoff=slips)
            if away <= slips:
                found[away].add(product)
        return (min(found), found[min(found)]) if found else (0, set())


def _proper_words(name: str) -> Iterator[str]:
    """Folded words that are written large within a name: places."""
    yield from (fold(word) for word in name.split()[1:] if word[:1].isupper())


def _in_order(window: Sequence[Token], entry: Entry) -> bool:
    _, spelled, folded = entry
    at = 0
    for token in window:
        while at < len(folded) and not (
            folded[at] == token.bare and token.word in (spelled[at], token.bare)
        ):
            at += 1
        if at == len(folded):
            return False
        at += 1
    return True


def place_names(names: Mapping[int, Iterable[str]]) -> frozenset[str]:
    """Folded names of provinces, to be masked before a message is classified."""
    return frozenset(fold(name) for spelled in names.values() for name in spelled)
