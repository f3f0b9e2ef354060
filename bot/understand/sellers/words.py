"""Words of a message as they were typed, and comparing them by spelling."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from bot.understand.fold import fold, has_marks, tidy
from bot.understand.message import Message

_WORD = re.compile(r"[^\W_]+")


def words_re(*phrases: str) -> re.Pattern[str]:
    """Any of these phrases (split at " / ") as whole words, as spelled or without diacritics."""
    both = dict.fromkeys(
        way for p in " / ".join(phrases).split(" / ") for way in (tidy(p), fold(p))
    )
    longest_first = sorted(both, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


_ALSO_WORDS = """
con no sau be u oi vo chua thoi moc may dau do la co va mai chi ban cho bo ca qua nhu hu
"""
_OTHER_WORDS = frozenset(_ALSO_WORDS.split())
"""Without diacritics these are words of their own: in a text with diacritics they need theirs."""
_NOT = "không / ko / k / kh / hông / chưa / chẳng / hổng / hong / khong / chua"


class Signs:
    """Phrases looked for as whole words; every word as spelled, or without its diacritics.

    phrases: split at " / "; `xnot` stands for all ways to say no. last: only at the end of a text.
    """

    def __init__(self, *phrases: str, last: bool = False) -> None:
        every = " / ".join(phrases).split(" / ")
        end = r"\W*$" if last else ""
        self._marked = _compiled(every, _spelled, end)
        self._bare = _compiled(every, lambda word: re.escape(fold(word)), end)

    def search(self, plain: str) -> re.Match[str] | None:
        """The first of the phrases in a tidied text."""
        return (self._marked if has_marks(plain) else self._bare).search(plain)


def _compiled(phrases: list[str], word: Callable[[str], str], end: str) -> re.Pattern[str]:
    """`xnot` is whatever says no, whether typed with diacritics or without."""
    no = "(?:" + "|".join(map(re.escape, _NOT.split(" / "))) + ")"
    whole = (
        " ".join(no if w == "xnot" else word(w) for w in phrase.split())
        for phrase in sorted(phrases, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(whole)})(?!\w){end}")


def _spelled(word: str) -> str:
    bare = fold(word)
    both = [tidy(word)] if bare in _OTHER_WORDS else dict.fromkeys((tidy(word), bare))
    return f"(?:{'|'.join(map(re.escape, both))})"


def same_word(typed: str, known: frozenset[str]) -> bool:
    """True if `typed` is one of `known` as spelled; without diacritics it may stand for any."""
    if typed in known:
        return True
    return not has_marks(typed) and typed in _folded(known)


@cache
def _folded(known: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold, known))


def as_typed(message: Message, start: int, end: int) -> str:
    """The part of the text that [start, end) of the tidied text was made of, capitals and all; the
    tidied part where the two cannot be laid side by side.
    """
    wanted = [m[0] for m in _WORD.finditer(message.plain, start, end)]
    typed = [(m.start(), m.end(), tidy(m[0])) for m in _WORD.finditer(message.text)]
    size = len(wanted)
    if not wanted or size > len(typed):
        return message.plain[start:end].strip()
    before = len(_WORD.findall(message.plain[:start]))
    starts = sorted(range(len(typed) - size + 1), key=lambda at: abs(at - before))
    for at in starts:
        if [t for _, _, t in typed[at : at + size]] == wanted:
            return message.text[typed[at][0] : typed[at + size - 1][1]]
    return message.plain[start:end].strip()
