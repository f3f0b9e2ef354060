"""Words sellers use that flows must compare or put in front of others, spelled in one place."""

from __future__ import annotations

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
