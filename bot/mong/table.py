"""The two ways Mông is written in Việt Nam, as one table.

RPA and Chữ Hmông Việt (CHV) write a syllable as onset, rhyme and tone letter; the table pairs
these letter for letter. It is data (`locales/hmn/orthography.csv`) with a source in every row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PARTS = ("onset", "rhyme", "tone")


class TableBroken(Exception):
    """The table cannot be used; says which file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Letters:
    """One script: what it writes for each part, by the other script's letters.

    pattern: a whole syllable as three groups. other: per part, these letters → the other's.
    """

    pattern: re.Pattern[str]
    other: tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]

    def is_syllable(self, word: str) -> bool:
        """Whether the word can be one syllable of this script, tone letter included."""
        return self.pattern.fullmatch(word.casefold()) is not None

    def written_otherwise(self, word: str) -> str:
        """The syllable in the other script, in small letters; empty if it is none."""
        found = self.pattern.fullmatch(word.casefold())
        if found is None:
            return ""
        pairs = zip(self.other, found.groups(), strict=True)
        return "".join(part[letters] for part, letters in pairs)


@dataclass(frozen=True, slots=True)
class Table:
    """Both scripts."""

    rpa: Letters
    chv: Letters

    def is_rpa_syllable(self, word: str) -> bool:
        return self.rpa.is_syllable(word)

    def is_chv_syllable(self, word: str) -> bool:
        return self.chv.is_syllable(word)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file whose lines of remarks begin with #. Raises TableBroken."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TableBroken(f"{path}: {error}") from error
    return [dict(row) for row in csv.DictReader(x for x in lines if x and not x.startswith("#"))]


def load_table(path: Path) -> Table:
    """Read `orthography.csv`. Raises TableBroken."""
    try:
        known = [row for row in rows_of(path) if row["kind"] in PARTS]
        to_chv = tuple({r["rpa"]: r["chv"] for r in known if r["kind"] == part} for part in PARTS)
        to_rpa = tuple(_back(r for r in known if r["kind"] == part) for part in PARTS)
    except (KeyError, TypeError) as error:
        raise TableBroken(f"{path}: {error}") from error
    if not all((*to_chv, *to_rpa)):
        raise TableBroken(f"{path}: no {' / '.join(PARTS)}")
    return Table(_letters(to_chv), _letters(to_rpa))


def _back(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """CHV → RPA; of two RPA letters written alike the first counts, and other styles are read."""
    found: dict[str, str] = {}
    for row in rows:
        for written in (row["chv"], *row["also"].split()):
            found.setdefault(written, row["rpa"])
    return found


def _letters(other: tuple[Mapping[str, str], ...]) -> Letters:
    groups = (f"({'|'.join(sorted(part, key=lambda x: (-len(x), x)))})" for part in other)
    onset, rhyme, tone = other
    return Letters(re.compile("".join(groups)), (onset, rhyme, tone))
