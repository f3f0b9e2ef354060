"""What somebody says in Mông, told to the shop's reader in the words it knows.

Commands, yes and no, numbers, amounts and names of goods are a closed set and count as said.
Sentences are read by their examples and are asked about as long as no native speaker reviewed
them. What is not wholly known stays as it was typed: it may be Vietnamese.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from bot.understand.fold import fold, tidy
from bot.understand.inventory import Role
from bot.understand.mong.numbers import WORDS as NUMBERS
from bot.understand.mong.numbers import number
from bot.understand.mong.sentences import AMOUNT, GOODS, IN_VIETNAMESE, SUM, Sentences
from bot.understand.mong.words import SCRIPTS, Script, Words

TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d[\d.,]*|\S")
UNITS = {"kg": "kg", "kis": "kg", "g": "g", "lít": "lít", "lit": "lít"}
LOANS = {"cân": "cân", "can": "cân", "ký": "kg", "ky": "kg", "lạng": "lạng", "lang": "lạng"}
CLASSIFIERS = {
    "tus": "con",
    "lub": "quả",
    "daim": "tấm",
    "pob": "bó",
    "tsob": "cây",
    "hnab": "túi",
    "thawv": "hộp",
}
"""Between a number and a noun, with the nearest word of Vietnamese packing."""
MONEY = frozenset(("đ", "đồng", "dong", "daim", "k"))
HALF = "0,5"
""" "Ib nrab", written from memory and not attested in our sources: always asked about."""

MOST_WORDS = 40
ONLY_POLITE = frozenset(("greet", "thank"))
"""Answered at once: nothing can go wrong with them."""

SHORT = 2
VIETNAMESE = re.compile(
    r"(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ngh?|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:ch?|m|ng?|nh|p|t)?"
)
"""A folded syllable that may be Vietnamese; "muag" and "zuôr" are none."""

ENDS_AS_MONG = re.compile(r"\b[a-z]{2,}[vj]\b")
"""A word such as "kuv" or "muaj": neither Vietnamese nor its abbreviations end so."""


@dataclass(frozen=True, slots=True)
class HeardMong:
    """text: what was said, in words the shop's reader knows. sure: nothing of it was guessed."""

    text: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Goods:
    """A name of goods in Mông: its words in RPA, and the name the shop's reader knows. short: only
    its beginning.
    """

    words: tuple[str, ...]
    name: str
    short: bool = False


def shortened(goods: Collection[Goods]) -> Iterator[Goods]:
    """Names cut short: "txhuv" for "txhuv nplaum", as what all that begin so have in common in
    Vietnamese; nothing where they have nothing in common.
    """
    names: dict[tuple[str, ...], list[str]] = {}
    for one in goods:
        for size in range(1, len(one.words)):
            names.setdefault(one.words[:size], []).append(one.name)
    whole = {one.words for one in goods}
    for words, known in names.items():
        common = _begin_alike([name.split() for name in known])
        if common and words not in whole:
            yield Goods(words, common, short=True)


def _begin_alike(names: list[list[str]]) -> str:
    columns = zip(*names, strict=False)  # as far as the shortest
    alike = takewhile(lambda column: len({w.casefold() for w in column}) == 1, columns)
    return " ".join(column[0] for column in alike)


class MongReader:
    """Built once per catalogue, when somebody first speaks Mông."""

    def __init__(
        self,
        words: Words,
        sentences: Sentences,
        phrases: Collection[str],
        goods: Iterable[Goods],
        *,
        reviewed: bool,
    ) -> None:
        self._words, self._sentences, self._reviewed = words, sentences, reviewed
        self._phrases = frozenset(phrases)
        self._goods = sorted(goods, key=lambda g: -len(g.words))

    def hear(
        self, text: str, script: Script, role: Role, named: Mapping[str, str]
    ) -> HeardMong | None:
        """None if the words are not Mông as a whole. named: parts of the text that name goods in
        Vietnamese, by the text as typed (tidied).
        """
        plain = tidy(text).strip(" .!?…~,")
        for exact in (True, False):
            for one in (script, *(s for s in SCRIPTS if s != script)):
                words = self._rpa(plain, one, named, exact=exact)
                if words and (said := self._said(words, role, named)):
                    return HeardMong(said.text, said.sure and exact)
        return None

    def own_words(self, text: str, script: Script, named: Mapping[str, str]) -> int:
        """How many words of it, names of goods aside, are Mông and could not be Vietnamese. What
        is left of such a sentence must not be read as if it were all that was said.
        """
        plain = tidy(text)
        for typed in named:
            plain = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", " ", plain)
        words = (w for w in TOKEN.findall(plain) if len(w) > SHORT and w[0].isalpha())
        own = (w for w in words if not VIETNAMESE.fullmatch(fold(w)))
        return sum(self._words.is_syllable(self._words.known(w, script)) for w in own)

    def _rpa(
        self, plain: str, script: Script, named: Mapping[str, str], *, exact: bool
    ) -> list[str]:
        """Every word in RPA, goods named in Vietnamese as their mark; empty if one is unknown."""
        for typed in sorted(named, key=len, reverse=True):
            plain = re.sub(rf"(?<!\w){re.escape(typed)}(?!\w)", f"\ue000{typed}\ue001", plain)
        out: list[str] = []
        for part in re.split("(\ue000.*?\ue001)", plain)[: MOST_WORDS * 2]:
            if part.startswith("\ue000"):
                out.append(part)
                continue
            for token in TOKEN.findall(part):
                word = self._word(token, script, exact=exact)
                if word is None:
                    return []
                out += [word] if word else []
        return out[:MOST_WORDS]

    def _word(self, token: str, script: Script, *, exact: bool) -> str | None:
        """The word in RPA, empty for a sign, None for a word that is not known."""
        if not token[0].isalpha():
            return token if token[0].isdigit() else ""
        if token in UNITS or token in LOANS or token in MONEY:
            return token
        known = self._words.known(token, script)
        if not known and not exact:
            known = self._words.without_tone(token, script)
        return known or None

    def _said(self, words: list[str], role: Role, named: Mapping[str, str]) -> HeardMong | None:
        if " ".join(words) in self._phrases:
            return HeardMong(" ".join(words), True)
        said = _Said(words, self._goods, named)
        if said.only_things:
            return HeardMong(said.in_vietnamese, not (said.vague and said.amount))
        intent = self._sentences.intent(said.skeleton, role)
        if not intent:
            return None
        filled = IN_VIETNAMESE[intent].format(goods=said.name, amount=said.amount, sum=said.sum)
        return HeardMong(" ".join(filled.split()), self._reviewed or intent in ONLY_POLITE)


class _Said:
    """Words taken apart: goods, an amount, a sum of money, and what is left. vague: the goods were
    named by a beginning that others may share, or a half was said.
    """

    def __init__(self, words: list[str], goods: list[Goods], named: Mapping[str, str]) -> None:
        self.name = self.amount = self.sum = ""
        self.vague = False
        self.skeleton: list[str] = []
        at = 0
        while at < len(words):
            at += (
                self._goods(words[at:], goods, named)
                or self._count(words[at:])
                or self._rest(words[at])
            )

    @property
    def only_things(self) -> bool:
        """Nothing but goods and how much of them."""
        return bool(self.skeleton) and set(self.skeleton) <= {GOODS, AMOUNT}

    @property
    def in_vietnamese(self) -> str:
        return f"{self.amount} {self.name}".strip()

    def _goods(self, words: list[str], goods: list[Goods], named: Mapping[str, str]) -> int:
        if words[0].startswith("\ue000"):
            self.name = named[words[0].strip("\ue000\ue001")]
            self.skeleton.append(GOODS)
            return 1
        found = next((g for g in goods if tuple(words[: len(g.words)]) == g.words), None)
        if found is None:
            return 0
        self.name, self.vague = found.name, self.vague or found.short
        self.skeleton.append(GOODS)
        return len(found.words)

    def _count(self, words: list[str]) -> int:
        """An amount or a sum; a number of one word counts with a unit or by itself."""
        value, used = (words[0], 1) if words[0][0].isdigit() else _spelled(words)
        if not used:
            return 0
        self.vague = self.vague or value == HALF
        unit = words[used] if used < len(words) else ""
        if unit in MONEY and unit not in CLASSIFIERS:
            self.sum = f"{value}{'k' if unit == 'k' else ' đồng'}"
            self.skeleton.append(SUM)
            return used + 1
        measure = UNITS.get(unit) or LOANS.get(unit) or CLASSIFIERS.get(unit, "")
        if not measure and len(words) > used and words[:used] == ["rau"]:
            return 0  # "to", not six
        self.amount = f"{value} {measure}".strip()
        self.skeleton.append(AMOUNT)
        return used + bool(measure)

    def _rest(self, word: str) -> int:
        self.skeleton.append(word)
        return 1


def _spelled(words: list[str]) -> tuple[str, int]:
    if words[:2] == ["ib", "nrab"]:
        return HALF, 2
    value, used = number(words)
    return str(value), used


VOCABULARY = NUMBERS | CLASSIFIERS.keys() | {"nrab"}
"""Words the reader knows beside those of its files."""
