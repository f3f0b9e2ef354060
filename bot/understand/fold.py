"""Two views of what was typed: `tidy` keeps the diacritics, `fold` drops them.

Accented text is read first, folded text only where there are no diacritics: folding joins words
that must stay apart (tá/tạ, bó/bỏ, mua/mùa).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = dict.fromkeys((0xFE0F, 0x20E3, 0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
"""Keycap and emoji marks, soft hyphen, zero-width characters."""

_FRACTIONS = {ord("½"): " 1⁄2", ord("¼"): " 1⁄4", ord("¾"): " 3⁄4"}
"""Before NFKC, which would glue "1½" into "11⁄2". Their own slash says that they are no date."""

_OLD_TONES = (("òóỏõọ", "oa", "oe"), ("ùúủũụ", "uy"))
_NEW_TONES = {"oa": "àáảãạ", "oe": "èéẻẽẹ", "uy": "ỳýỷỹỵ"}


def _new_placement() -> dict[str, str]:
    """`òa` → `oà`, `úy` → `uý` …: one spelling for both ways of placing the tone."""
    table = {}
    for olds, *pairs in _OLD_TONES:
        for pair in pairs:
            for old, new in zip(olds, _NEW_TONES[pair], strict=True):
                table[old + pair[1]] = pair[0] + new
    return table


_PLACED = _new_placement()
_TO_PLACE = re.compile(rf"(?:{'|'.join(_PLACED)})(?!\w)")


def tidy(text: str) -> str:
    """Lower case, single spaces, ASCII digits, one spelling per syllable; diacritics stay."""
    if text.isascii():
        return " ".join(text.lower().split())
    return _tidy(text) if len(text) <= 200 else _tidied(text)


def fold(text: str) -> str:
    """`tidy` without diacritics; đ becomes d. `fold(fold(x)) == fold(x)`."""
    if text.isascii():
        return " ".join(text.lower().split())
    return _fold(text) if len(text) <= 200 else _folded(text)


def has_marks(text: str) -> bool:
    """True if any letter carries a Vietnamese diacritic, or is đ."""
    return not text.isascii() and fold(text) != tidy(text)


def _tidied(text: str) -> str:
    text = text.translate(_DROPPED).translate(_FRACTIONS)
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = text.translate(_DROPPED)
    return " ".join(_TO_PLACE.sub(lambda m: _PLACED[m[0]], text).split())


def _folded(text: str) -> str:
    split = unicodedata.normalize("NFKD", _tidied(text))
    bare = "".join(c for c in split if not unicodedata.category(c).startswith("M"))
    return " ".join(unicodedata.normalize("NFKC", bare.replace("đ", "d")).split())


_tidy = lru_cache(maxsize=512)(_tidied)
_fold = lru_cache(maxsize=1024)(_folded)
