"""What is wrong in a catalogue file, and the sentence that tells a trainer so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parents[2] / "locales"


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake at `path:line` (path from the catalogue folder on, line from 1).

    id: the message id in `locales/<lang>/LC_MESSAGES/check.po`.
    key: the dotted name of the entry. found, expected: what stands there and what should.
    suggestion: the nearest known word, or the value that was probably meant; empty for none.
    warning: worth a look, but the goods stay on the shelf.
    """

    id: str
    path: str
    line: int
    found: str = ""
    expected: str = ""
    suggestion: str = ""
    key: str = ""
    warning: bool = False

    def said(self, sentences: Mapping[str, str]) -> str:
        """`path:line: sentence`, with the suggestion as a second sentence where there is one."""
        words = [self._fill(sentences[self.id])]
        if self.suggestion:
            words.append(self._fill(sentences["check-near"]))
        return f"{self.path}:{self.line}: {' '.join(words)}"

    def _fill(self, sentence: str) -> str:
        return sentence.format(
            found=self.found, expected=self.expected, near=self.suggestion, key=self.key
        )

    def __str__(self) -> str:
        return self.said(sentences())


@cache
def sentences(lang: str = "vi") -> Mapping[str, str]:
    """The sentences of the check by id, read once from `check.po`."""
    with (LOCALES / lang / "LC_MESSAGES" / "check.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale=lang) if m.id}


def nearest(word: object, known: Any) -> str:
    """The known word most like `word`, or an empty string when none is like it."""
    return next(iter(get_close_matches(str(word), [str(k) for k in known], 1, 0.5)), "")
