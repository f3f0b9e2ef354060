"""Typed text → lexemes: numbers (digits and words), units, and words that change their meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.understand.numbers import Num, number_at
from bot.understand.unit_words import Lexicon, Mark, Unit

Lexeme = Num | tuple[Unit, ...] | Mark
"""A number, a unit (several if the word is ambiguous), or a mark."""

PRODUCT = "\ue000"
GONE = "\ue001"
"""What stands, character for character, for a product name and for a number already read."""

_TOKEN = re.compile(
    r"\bk[iíyý]\s?l[oôố](?:\s?gam|\s?gram)?\b|\bmi\s?li\s?l[ií]t\b"
    r"|\d+e\d+(?!\w)|(?<![\d.,/⁄])\d\s?[/⁄]\s?\d{1,2}(?![\d.,/⁄])|\d+(?:[.,]+\d+)*"
    r"|\ue000+|\ue001+|(?:kg|gr|g|ml|l|con|cân|can|ký)(?=[x×]\s?\d)|[^\W\d_]+|\S"
)
_KILO = re.compile(r"k[iíyý]\s?l[oôố](?:\s?gam|\s?gram)?")
_MILLI = re.compile(r"mi\s?li\s?l[ií]t")
_SYMBOLS: dict[str, Mark] = {
    "-": "minus", "–": "minus", "—": "minus", "−": "minus", "~": "range", "x": "times",
    "×": "times", "*": "times", "%": "percent", ",": "comma", "+": "comma", ";": "comma",
    "?": "question", "/": "per", "⁄": "per", "!": "filler", ".": "filler", "k": "thousand",
    "&": "comma", "âm": "minus", "am": "minus",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexed:
    """Lexemes in order, with the text and the [start, end) each was read from."""

    found: list[Lexeme]
    texts: list[str]
    spans: list[tuple[int, int]]


def lexemes(plain: str, words: Lexicon) -> list[Lexeme]:
    """The lexemes of tidied text, in order."""
    return lex(plain, words, lone=False).found


def lex(plain: str, words: Lexicon, *, lone: bool) -> Lexed:
    """The lexemes of tidied text; `lone` reads a hundred nobody counted (`trăm rưỡi`)."""
    matches = list(_TOKEN.finditer(plain))
    tokens = [_spelled(match[0]) for match in matches]
    found: list[Lexeme] = []
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        lexeme, after = _lexeme(tokens, at, words, found[-1] if found else "unknown", lone)
        found.append(lexeme)
        spans.append((matches[at].start(), matches[after - 1].end()))
        texts.append(tokens[at] if after == at + 1 else plain[slice(*spans[-1])])
        at = after
    return Lexed(found, texts, spans)


def _spelled(token: str) -> str:
    """One word for units that people write as two: ki lô, mi li lít."""
    if len(token) > 3 and token[0] in "km":
        if _KILO.fullmatch(token):
            return "kg"
        if _MILLI.fullmatch(token):
            return "ml"
    return token


def _lexeme(
    tokens: list[str], at: int, words: Lexicon, before: Lexeme, lone: bool
) -> tuple[Lexeme, int]:
    token = tokens[at]
    if token[0].isdecimal() or token in words.numbers:
        behind = isinstance(before, tuple) or before == "million"
        number, after = number_at(tokens, at, words, behind_unit=behind, lone=lone)
        if number is not None:
            return number, after
        if token[0].isdecimal():
            return "bad", at + 1
    return _mark_or_unit(tokens, at, words, before), at + 1


def _mark_or_unit(tokens: list[str], at: int, words: Lexicon, before: Lexeme) -> Lexeme:
    token = tokens[at]
    if token in _SYMBOLS:
        counted = isinstance(before, Num) or (isinstance(before, tuple) and before[0].size == 10)
        return "not" if token == "k" and not counted else _SYMBOLS[token]
    if token in words.half and _before_unit(tokens, at, words):
        return "half"
    if token in words.units:
        return words.units[token]
    if token[0] in (PRODUCT, GONE):
        return "product" if token[0] == PRODUCT else "gone"
    if token in words.numbers and words.numbers[token][0].role == "thousand":
        return "thousand"
    return words.marks.get(token, "unknown")


def _before_unit(tokens: list[str], at: int, words: Lexicon) -> bool:
    """Folded "nua" is half only before a unit, or alone; elsewhere it is "nữa" (more)."""
    if at + 1 == len(tokens):
        return at == 0
    beside = tokens[at + 1]
    return beside in words.units or words.marks.get(beside) in ("million", "billion")
