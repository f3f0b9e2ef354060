"""Finds the province in an address line; the line itself is kept word for word elsewhere.

The end of the line counts most, as addresses are written from the house outwards. Streets named
after provinces ("đường Hà Giang", "Điện Biên Phủ") are no provinces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from bot.understand.fold import fold, has_marks, tidy


class Named(Protocol):
    """A province: display name, and folded spellings, old provinces among them."""

    @property
    def name(self) -> str: ...

    @property
    def names(self) -> tuple[str, ...]: ...


SHORT_FORMS: Mapping[str, tuple[int, ...]] = {
    "hn": (1,),
    "hcm": (79,),
    "sg": (79,),
    "dn": (48, 75),
    "qn": (22, 48, 51),
    "hnoi": (1,),
    "sgn": (79,),
    "tphn": (1,),
}
"""What people type for a province code; what several share is asked: `dn` is Đà Nẵng or Đồng Nai,
`qn` Quảng Ninh, Quảng Nam or Quảng Ngãi. Names written as one word (`danang`) are known anyway.
"""

_STREET = frozenset(("duong", "pho", "ngo", "ngach", "hem", "cau", "cho", "quoc lo", "dai lo"))
_STREET_UNLESS_CITY = ("dien", "bien", "phu")
"""A street of every town; the city only if it is called one."""

_LEAVE_OUT_AT_END = frozenset(("viet", "nam", "vn", "vietnam"))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """Folded spellings as word tuples, and the accented spelling of those that have one."""

    codes: Mapping[tuple[str, ...], tuple[int, ...]]
    accented: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: int


def find_province(text: str, provinces: Mapping[int, Named]) -> list[int]:
    """Official codes the line may mean: none, the one, or several that must be asked about."""
    known = _known(tuple((code, p.name, p.names) for code, p in sorted(provinces.items())))
    words = _WORD.findall(tidy(text))
    folded = [fold(word) for word in words]
    hits = [hit for hit in _hits(folded, known) if _meant(hit, words, folded, known)]
    end = len(folded)
    while end and folded[end - 1] in _LEAVE_OUT_AT_END:
        end -= 1
    last = [hit for hit in hits if hit.end == end]
    return list(dict.fromkeys(code for hit in last or hits for code in hit.codes))


@lru_cache(maxsize=4)
def _known(provinces: tuple[tuple[int, str, tuple[str, ...]], ...]) -> _Known:
    codes: dict[tuple[str, ...], tuple[int, ...]] = {}
    accented: dict[tuple[str, ...], tuple[str, ...]] = {}
    for code, name, names in provinces:
        full = tuple(_WORD.findall(tidy(name)))
        accented[tuple(fold(word) for word in full)] = full
        for spelling in (fold(name), *map(fold, names)):
            words = tuple(_WORD.findall(spelling))
            for way in (words, ("".join(words),)):
                codes[way] = tuple(dict.fromkeys((*codes.get(way, ()), code)))
    present = {code for code, _, _ in provinces}
    for short, meant in SHORT_FORMS.items():
        fitting = tuple(code for code in meant if code in present)
        if fitting:
            codes.setdefault(tuple(short.split()), fitting)
    codes.pop((), None)
    codes.pop(("",), None)
    return _Known(codes, accented, max((len(words) for words in codes), default=0))


def _hits(folded: list[str], known: _Known) -> Iterator[_Hit]:
    """Longest spellings first at every word, never overlapping."""
    at = 0
    while at < len(folded):
        for size in range(min(known.longest, len(folded) - at), 0, -1):
            codes = known.codes.get(tuple(folded[at : at + size]))
            if codes:
                yield _Hit(at, at + size, codes)
                at += size - 1
                break
        at += 1


def _meant(hit: _Hit, words: list[str], folded: list[str], known: _Known) -> bool:
    """False for streets, and for other diacritics than the province's ("Huệ", not "Huế")."""
    before = " ".join(folded[max(0, hit.start - 2) : hit.start])
    city = before.endswith("thanh pho") or before.split()[-1:] == ["tp"]
    if not city and (before in _STREET or (before.split()[-1:] and before.split()[-1] in _STREET)):
        return False
    if not city and tuple(folded[hit.start : hit.start + 3]) == _STREET_UNLESS_CITY:
        return False
    typed = words[hit.start]
    if hit.end > hit.start + 1 or not has_marks(typed):
        return True
    return known.accented.get((folded[hit.start],), (typed,)) == (typed,)


def province_spans(plain: str, provinces: Mapping[int, Named]) -> list[tuple[int, int]]:
    """Where provinces stand in a tidied text."""
    known = _known(tuple((code, p.name, p.names) for code, p in sorted(provinces.items())))
    found = list(_WORD.finditer(plain))
    words = [m[0] for m in found]
    folded = [fold(word) for word in words]
    meant = (hit for hit in _hits(folded, known) if _meant(hit, words, folded, known))
    return [(found[hit.start].start(), found[hit.end - 1].end()) for hit in meant]
