"""From one Mông script to the other, word by word; what is no Mông syllable stays as it is.

Tone letters are carried over, never corrected. Placeholders, digits, addresses, names, loan words
and whatever the Vietnamese of the same sentence says too are kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from bot.mong.table import Letters, Table, rows_of

PIECE = r"\{\w+\}|https?://\S+|/\w+|[^\W\d_]+(?:['’][^\W\d_]+)*"
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Overrides:
    """Where the table is not followed. words: RPA → CHV, phrases too; back: CHV → RPA. whole: CHV
    by message id.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    back: Mapping[str, str] = field(default_factory=dict)
    whole: Mapping[str, str] = field(default_factory=dict)


def load_overrides(path: Path) -> Overrides:
    """Read `overrides.csv` (id, rpa, chv, back, note). Raises TableBroken."""
    rows = rows_of(path)
    words = [r for r in rows if not r["id"]]
    return Overrides(
        words={r["rpa"].casefold(): r["chv"] for r in words},
        back={r["chv"].casefold(): r["rpa"] for r in words if not r["back"]},
        whole={r["id"]: r["chv"] for r in rows if r["id"]},
    )


def loans_in(text: str, vietnamese: str) -> frozenset[str]:
    """Words of a Mông sentence that are Vietnamese: they stand in the Vietnamese sentence too, and
    have its marks or stand beside one that has ("kho hàng"). Alone, `sau` is Mông for writing.
    """
    here, there = _words(text), frozenset(_words(vietnamese))
    marked = [word in there and not word.isascii() for word in here]
    beside = zip(here, [False, *marked], [*marked[1:], False], strict=False)
    loans = {word for word, before, after in beside if word in there and (before or after)}
    return frozenset(loans) | {w for w, is_marked in zip(here, marked, strict=True) if is_marked}


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(re.sub(r"\{\w+\}", " . ", text))]


def to_chv(
    text: str, table: Table, overrides: Overrides, keep: frozenset[str] = frozenset()
) -> str:
    """RPA → CHV. keep: words in small letters that are not Mông here."""
    return _written(text, table.rpa, overrides.words, keep)


def to_rpa(
    text: str, table: Table, overrides: Overrides, keep: frozenset[str] = frozenset()
) -> str:
    """CHV → RPA; the tone `-d` is not written in CHV and does not come back."""
    return _written(text, table.chv, overrides.back, keep)


def _written(text: str, letters: Letters, words: Mapping[str, str], keep: frozenset[str]) -> str:
    def other(found: re.Match[str]) -> str:
        return _word(found[0], letters, words, keep)

    return _pieces(tuple(sorted(p for p in words if " " in p))).sub(other, text)


@lru_cache(maxsize=4)
def _pieces(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Phrases that are written as a whole come before their words."""
    whole = "".join(rf"(?<!\w){re.escape(phrase)}(?!\w)|" for phrase in phrases)
    return re.compile(whole + PIECE, re.IGNORECASE)


def _word(word: str, letters: Letters, words: Mapping[str, str], keep: frozenset[str]) -> str:
    small = word.casefold()
    if word[0] in "{/" or "://" in word or small in keep or (len(word) > 1 and word.isupper()):
        return word
    written = words.get(small) or letters.written_otherwise(small)
    if not written:
        return word
    return written[0].upper() + written[1:] if word[0].isupper() else written
