"""Words sellers use that flows must compare or put in front of others, spelled in one place."""

from __future__ import annotations

import re

LITRE = "lít"
UNITS = ("kg", "con", "hộp", "gói", "chai", "bó", LITRE)
"""What new goods are counted by, the commonest first."""

KILOS = frozenset({"kg", "kí", "ki", "ký", "ky", "cân", "can", "kilo", "kilogam"})
LITRES = frozenset({LITRE, "lit", "l"})
ONES = ("một ", "1 ")
"""Before a unit: "một cân" is a unit too."""

NONE_LEFT = ("hết", "het")
BRINGS, PAYS = "nhập", "trả"
"""The verbs two slash commands stand for."""


def unit_said(words: str) -> str:
    """A unit's word without "one" before it, in small letters."""
    said = words.lower()
    for one in ONES:
        said = said.removeprefix(one)
    return said.strip()


_ORDER, _ORDER_BARE = re.compile(r"(?<!\w)đơn(?!\w)"), re.compile(r"(?<!\w)don(?!\w)")
_SUM = re.compile(
    r"\W*(?:giá |gia )?\d[\d.,]*\s*"
    r"(?:k|ka|nghìn|nghin|ngàn|ngan|đ|d|đồng|dong|tr|triệu|trieu|vnđ|vnd)?\W*"
)


def says_order(words: str, *, marked: bool) -> bool:
    """Whether the word for an order stands in tidied words; `marked`: typed with diacritics."""
    return bool((_ORDER if marked else _ORDER_BARE).search(words))


def only_sum(words: str) -> bool:
    """Whether the words are a price and nothing else."""
    return bool(_SUM.fullmatch(words))
