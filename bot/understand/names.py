"""Finds products by what people type: exact names first, then parts, beginnings, and near misses.

A typed word with diacritics matches only that spelling ("ba" finds "bà", but "bá" does not); a
word without any matches them all. Words are looked up, names are hardly ever compared, so that ten
thousand products are searched in a millisecond or two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import WRatio, ratio
from rapidfuzz.process import extract_iter

from bot.understand.fold import fold, tidy

MOST_FOUND = 50
MOST_WORDS = 12
"""Words of a text that are looked at; a name is near the beginning or not there."""
_ENOUGH = 400
"""Names looked at closely in one step; shorter names come first."""
_COMMON = 1500
"""A word in more names than this does not start a search for near misses."""
_ALIKE = 85
"""A word like this one, out of a hundred: one letter of six is wrong."""
_SMALL_WORDS = (
    "có không còn bán hết chưa gì nào cho em anh chị shop ơi ạ nhé nha lấy mua muốn tìm xem "
    "co khong con ban het chua gi nao oi nhe lay muon tim"
)
_SMALL_TALK = frozenset(_SMALL_WORDS.split())
"""Left out when near misses are looked for: "có thịt trâu không" asks for buffalo."""
_WORD = re.compile(r"[^\W_]+")


class Named(Protocol):
    """What of a product is searched: names by language, and what else people call it."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> Mapping[str, str]: ...

    @property
    def aliases(self) -> tuple[str, ...]: ...


Entry = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Product id, a name's words as spelled, the same words folded."""


class NameIndex:
    """Built once per catalogue; never changes."""

    def __init__(self, products: Iterable[Named]) -> None:
        entries = self._entries = entries_of(products)
        self._whole: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._glued: dict[str, list[int]] = defaultdict(list)
        self._having: dict[str, list[int]] = defaultdict(list)
        self._spelled: dict[str, set[str]] = defaultdict(set)
        for n, (_, spelled, folded) in enumerate(entries):
            self._whole[folded].append(n)
            if len(folded) > 1:
                self._glued["".join(folded)].append(n)
            for word, bare in zip(spelled, folded, strict=True):
                self._having[bare].append(n)
                if word is not bare:
                    self._spelled[bare].add(word)
        self._words = sorted(self._having)
        self._longest = max((len(folded) for *_, folded in entries), default=0)
        self._shaped: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            self._shaped[word[0], len(word)].append(word)

    def search(self, text: str) -> list[str]:
        """Product ids, best first, at most 50; empty if nothing comes near."""
        words = tuple(islice(_WORD.findall(tidy(text)), MOST_WORDS))
        folded = tuple(fold(word) for word in words)
        if not words or not all(folded):
            return []
        found = [*self._named_in(words, folded), *self._having_all(words, folded)]
        return (
            self._ids(found)
            or self._ids(self._glued_in(words, folded))
            or self._ids(self._beginning(words, folded))
            or self._ids(self._near(words, folded))
        )

    def _ids(self, found: Iterable[int]) -> list[str]:
        ids = dict.fromkeys(self._entries[n][0] for n in islice(found, _ENOUGH))
        return list(islice(ids, MOST_FOUND))

    def _named_in(self, words: tuple[str, ...], folded: tuple[str, ...]) -> Iterator[int]:
        """Names that stand in the text as they are, longest first: "2kg sâm đất nhé"."""
        for size in range(min(self._longest, len(words)), 0, -1):
            for at in range(len(words) - size + 1):
                for n in self._whole.get(folded[at : at + size], ()):
                    if _spelled_so(words[at : at + size], self._entries[n][1]):
                        yield n

    def _having_all(self, words: tuple[str, ...], folded: tuple[str, ...]) -> list[int]:
        """Names the whole text is a part of, in this order: "gác bếp"."""
        lists = sorted((self._having.get(word, []) for word in set(folded)), key=len)
        if not lists[0]:
            return []
        common = set(lists[0]).intersection(*lists[1:]) if len(lists) > 1 else lists[0]
        found = []
        for n in common if len(lists) == 1 else sorted(common):
            if self._part_of(n, words, folded):
                found.append(n)
                if len(found) == _ENOUGH:
                    break
        return found

    def _part_of(self, n: int, words: tuple[str, ...], folded: tuple[str, ...]) -> bool:
        _, spelled, bare = self._entries[n]
        size = len(words)
        return any(
            bare[at : at + size] == folded and _spelled_so(words, spelled[at : at + size])
            for at in range(len(bare) - size + 1)
        )

    def _glued_in(self, words: tuple[str, ...], folded: tuple[str, ...]) -> Iterator[int]:
        """Names typed without spaces: "samdat"; only words without diacritics."""
        for word, bare in zip(words, folded, strict=True):
            if word == bare:
                yield from self._glued.get(bare, ())

    def _beginning(self, words: tuple[str, ...], folded: tuple[str, ...]) -> list[int]:
        """Names with words that begin like the typed ones: "thit tra"."""
        return self._with_every([self._like(w, b) for w, b in zip(words, folded, strict=True)])

    def _like(self, word: str, bare: str) -> set[int]:
        found: set[int] = set()
        if len(bare) < 2:
            return set(self._having.get(bare, ()))
        at = bisect_left(self._words, bare)
        while at < len(self._words) and self._words[at].startswith(bare):
            known = self._words[at]
            if word == bare or any(s.startswith(word) for s in self._spelled[known]):
                found.update(self._having[known])
            at += 1
        return found

    def _with_every(self, sets: list[set[int]]) -> list[int]:
        smallest, *others = sorted(sets, key=len)
        return sorted(smallest.intersection(*others))[:_ENOUGH]

    def _near(self, words: tuple[str, ...], folded: tuple[str, ...]) -> list[int]:
        """Names with two thirds of the typed words, small talk aside, a slip or two allowed."""
        pairs = [pair for pair in zip(words, folded, strict=True) if pair[0] not in _SMALL_TALK]
        close = [self._close(word, bare) for word, bare in pairs]
        known = sorted((having for having in close if having), key=len)
        rare = [having for having in known if len(having) <= _COMMON] or known[:1]
        counts = {n: sum(n in having for having in known) for n in set().union(*rare)}
        kept = [n for n, count in counts.items() if 3 * count >= 2 * len(pairs)]
        return sorted(kept, key=lambda n: (-counts[n], n))

    def _close(self, word: str, bare: str) -> set[int]:
        """Names with the word, or for a word nobody has, one a slip or two away.

        Another spelling by diacritics is another word, not a slip.
        """
        if bare in self._having:
            same = word == bare or word in self._spelled[bare]
            return set(self._having[bare]) if same else set()
        slips = 0 if len(bare) < 5 else 1 if len(bare) < 8 else 2
        found: set[int] = set()
        for length in range(len(bare) - slips, len(bare) + slips + 1):
            near = extract_iter(
                bare,
                self._shaped.get((bare[0], length), ()),
                scorer=OSA.distance,
                score_cutoff=slips,
            )
            for known, _, _ in near:
                found.update(self._having[known])
        return found


def nearest(text: str, among: Sequence[Named], most: int) -> list[str]:
    """Ids of the things whose names are most like the text, best first; all there are if fewer
    than `most`. Something is always nearest: only for offering, never for taking.
    """
    bare = fold(text)
    words = [word for word in _WORD.findall(bare) if len(word) > 1]

    def likeness(one: Named) -> tuple[int, float]:
        names = {fold(name) for name in spellings(one)}
        known = {word for name in names for word in name.split()}
        alike = sum(any(ratio(w, k) >= _ALIKE for k in known) for w in words)
        return alike, max((WRatio(bare, name) for name in names), default=0.0)

    return [one.id for one in sorted(among, key=likeness, reverse=True)[:most]]


def entries_of(products: Iterable[Named]) -> list[Entry]:
    """Every name and alias of every product, shorter ones first."""
    split = _Splitter()
    entries = [entry for product in products for entry in _entries(product, split)]
    return sorted(entries, key=lambda entry: len(entry[2]))


class _Splitter:
    """Text → (words, folded words); most words stand in many names, so each is worked out once."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def __call__(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        pairs = [self._seen.get(raw) or self._split(raw) for raw in text.split()]
        words = tuple([word for spelled, _ in pairs for word in spelled])
        return words, tuple([word for _, folded in pairs for word in folded])

    def _split(self, raw: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        words = tuple(word for word in _WORD.findall(tidy(raw)) if fold(word))
        folded = tuple(fold(word) for word in words)
        same = tuple(b if a == b else a for a, b in zip(words, folded, strict=True))
        self._seen[raw] = same, folded
        return self._seen[raw]


def _entries(product: Named, split: _Splitter) -> Iterator[Entry]:
    """The names of a product, each once; one without diacritics only if no other folds onto it."""
    spelled: dict[tuple[str, ...], tuple[str, ...]] = {}
    plain: dict[tuple[str, ...], tuple[str, ...]] = {}
    for text in spellings(product):
        words, folded = split(text)
        if words:
            (plain if words == folded else spelled)[words] = folded
    covered = set(spelled.values())
    for words, folded in spelled.items():
        yield product.id, words, folded
    for words, folded in plain.items():
        if folded not in covered:
            yield product.id, words, folded


def _spelled_so(typed: tuple[str, ...], spelled: tuple[str, ...]) -> bool:
    """True if each typed word is spelled so, or carries no diacritics at all."""
    return all(a == b or a == fold(b) for a, b in zip(typed, spelled, strict=True))


def spellings(product: Named) -> tuple[str, ...]:
    """Names and aliases that may be looked for in Vietnamese words; Mông names are never compared
    letter by letter, so they are left to the reader of Mông.
    """
    names = (name for lang, name in product.name.items() if not lang.startswith("hmn"))
    return (*names, *product.aliases)
