"""Examples that say nearly the same belong together: one never tests what another taught."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.understand.fold import fold

LIKE = 0.5
"""Two sentences that share at least this part of their words are of one family."""


def families(masked: Sequence[str]) -> list[int]:
    """For each masked sentence the number of its family: chains of sentences that are alike.

    Alike: Jaccard of the sets of words without diacritics is at least LIKE.
    """
    words = [frozenset(re.findall(r"\w+", fold(text))) for text in masked]
    having: dict[str, list[int]] = defaultdict(list)
    leader = list(range(len(words)))
    for n, own in enumerate(words):
        shared = Counter(other for word in own for other in having[word])
        for other, count in shared.items():
            if count >= LIKE * len(own | words[other]):
                leader[_head(leader, n)] = _head(leader, other)
        for word in own:
            having[word].append(n)
    return [_head(leader, n) for n in range(len(words))]


def _head(leader: list[int], n: int) -> int:
    while leader[n] != n:
        leader[n] = leader[leader[n]]
        n = leader[n]
    return n


def folds(family: Sequence[int], count: int) -> list[list[int]]:
    """`count` parts of about one size; a family is never split. Always the same."""
    members: dict[int, list[int]] = defaultdict(list)
    for n, head in enumerate(family):
        members[head].append(n)
    parts: list[list[int]] = [[] for _ in range(count)]
    order = sorted(members.values(), key=lambda group: (-len(group), _scattered(group[0])))
    for group in order:
        min(parts, key=len).extend(group)
    return [sorted(part) for part in parts]


def _scattered(n: int) -> int:
    """Spreads neighbours in a file, which are often alike in style, over the parts."""
    return n * 2654435761 % (1 << 32)


def teencoded(text: str, short: Mapping[str, str]) -> str:
    """The text typed short: every word or phrase that `teencode.yml` knows a short form of."""
    first: dict[str, str] = {}
    for typed, full in short.items():
        first.setdefault(full, typed)
    known = "|".join(map(re.escape, sorted(first, key=len, reverse=True)))
    if not known:
        return text
    return re.sub(rf"(?<!\w)(?:{known})(?!\w)", lambda m: first[m[0]], text.lower())
