"""Every Mông word the shop reads, and the ways it may be typed.

A word is known in RPA. It is recognised as written there, as a Vietnamese keyboard mangles it, in
Mông script (CHV), and, to be asked about, without its tone letter. Nothing is ever corrected: one
tone letter makes another word (yuav is buying, muag selling).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from bot.mong.table import Table
from bot.mong.telex import pressed, tone_pressed
from bot.mong.transliterate import Overrides, to_rpa

Script = Literal["rpa", "chv"]
SCRIPTS: tuple[Script, ...] = ("rpa", "chv")


class Words:
    """A closed vocabulary in RPA."""

    def __init__(self, words: Iterable[str], table: Table, overrides: Overrides) -> None:
        self._known = frozenset(words)
        self._table, self._overrides = table, overrides
        self._bare: dict[str, set[str]] = defaultdict(set)
        for word in self._known:
            self._bare[self._without_tone(word)].add(word)

    def known(self, word: str, script: Script) -> str:
        """The word in RPA if it is one of ours, else empty. Both readings of a CHV word that the
        overrides and the table read differently are tried.
        """
        return next((w for w in self._readings(word, script) if w in self._known), "")

    def _readings(self, word: str, script: Script) -> tuple[str, ...]:
        if script == "rpa":
            return word, pressed(word)
        typed = (word, tone_pressed(word))
        written = [to_rpa(t, self._table, self._overrides) for t in typed]
        plain = [to_rpa(t, self._table, Overrides()) for t in typed]
        same = [t for t in typed if self._overrides.words.get(t) == t]
        return (*written, *plain, *same)

    def is_syllable(self, word: str) -> bool:
        """Whether it is spelled as Mông is; a loan such as "live" is not."""
        return self._table.is_rpa_syllable(word)

    def without_tone(self, word: str, script: Script) -> str:
        """The one word this may be without its tone letter; empty if there are several."""
        bare = word if script == "rpa" else to_rpa(word, self._table, self._overrides)
        found = self._bare.get(bare, ())
        return next(iter(found)) if len(found) == 1 and bare not in self._known else ""

    def _without_tone(self, word: str) -> str:
        found = self._table.rpa.pattern.fullmatch(word)
        return f"{found[1]}{found[2]}" if found and found[3] else ""
