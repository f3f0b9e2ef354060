"""Numbers in Mông words (RPA): 0 to 999 thousand, and the loans nghìn and triệu.

Facts: kaum is ten, nees nkaum twenty; tens end in caug (30, 40, 50) or caum (60 to 90). `rau` is
six and also "to", so a number of one word counts only where a number is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence

ONES = {"ib": 1, "ob": 2, "peb": 3, "plaub": 4, "tsib": 5, "rau": 6, "xya": 7, "yim": 8, "cuaj": 9}
TEN, HUNDRED = "kaum", "puas"
TENS = {"caug": (3, 4, 5), "caum": (6, 7, 8, 9)}
SCALES = {"txhiab": 1000, "nghìn": 1000, "ngàn": 1000, "nghin": 1000, "ngan": 1000}
MILLIONS = {"triệu": 1_000_000, "trieu": 1_000_000}
WORDS = frozenset((*ONES, TEN, HUNDRED, *TENS, *SCALES, *MILLIONS, "nees", "nkaum"))

Read = tuple[int, int]
"""A value, and how many words say it; (0, 0) for none."""


def number(words: Sequence[str]) -> Read:
    """The number that the words begin with, the longest there is."""
    total, at = 0, 0
    for scales in (MILLIONS, SCALES):
        value, used = _below_thousand(words[at:])
        if used and at + used < len(words) and words[at + used] in scales:
            total, at = total + value * scales[words[at + used]], at + used + 1
    value, used = _below_thousand(words[at:])
    return total + value, at + used


def _below_thousand(words: Sequence[str]) -> Read:
    if words and words[0].isdigit():
        return int(words[0]), 1
    if len(words) > 1 and words[0] in ONES and words[1] == HUNDRED:
        rest, used = _below_hundred(words[2:])
        return ONES[words[0]] * 100 + rest, used + 2
    return _below_hundred(words)


def _below_hundred(words: Sequence[str]) -> Read:
    tens, used = _tens(words)
    if not used:
        return (ONES[words[0]], 1) if words and words[0] in ONES else (0, 0)
    follows = words[used : used + 2]
    if follows and follows[0] in ONES and not _begins_more(follows):
        return tens + ONES[follows[0]], used + 1
    return tens, used


def _tens(words: Sequence[str]) -> Read:
    if tuple(words[:2]) == ("nees", "nkaum"):
        return 20, 2
    if words and words[0] == TEN:
        return 10, 1
    if len(words) > 1 and ONES.get(words[0], 0) in TENS.get(words[1], ()):
        return ONES[words[0]] * 10, 2
    return 0, 0


def _begins_more(words: Sequence[str]) -> bool:
    """Whether a one begins a larger number of its own ("kaum ib puas" is no number)."""
    return len(words) > 1 and words[1] in (HUNDRED, *TENS)
