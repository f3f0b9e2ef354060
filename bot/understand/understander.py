"""Masked message → what is probably meant and how sure that is, in the shape of Rasa's reply.

score = probability of the best intent × (share of known words)² × √(share of known neighbours).
The shares keep messages about other things out: a classifier that knows only shop talk is sure of
its best guess for them too. (Of 17 formulas the one that let the fewest foreign messages pass at
the same loss; without the neighbours half as many more did.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol
from zlib import crc32

import msgspec

from bot.understand.features import buckets, pair_numbers, word_numbers
from bot.understand.inventory import Role
from bot.understand.message import MASKS
from bot.understand.model import Model, is_among

Band = Literal["act", "ask", "reject"]

MOST_RANKED = 5


@dataclass(frozen=True, slots=True)
class Parsed:
    """intent: the likeliest, empty if nothing can be said. score: 0…1. ranking: the likeliest
    intents with their probabilities, best first, at most MOST_RANKED.
    """

    intent: str = ""
    score: float = 0.0
    band: Band = "reject"
    ranking: tuple[tuple[str, float], ...] = ()


class Understander(Protocol):
    """Anything that names intents: this house's own model, a Rasa server."""

    def parse(self, masked: str, role: Role, lang: str) -> Parsed:
        """Of a masked message (see `Message.masked`). Never raises."""
        ...


class BandsBroken(Exception):
    """`bands.yml` cannot be used; says which file, and what stands where."""


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which score on to act, and from which on to ask with buttons."""

    act: float
    ask: float

    def of(self, score: float) -> Band:
        return "act" if score >= self.act else "ask" if score >= self.ask else "reject"


class Bands(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`bands.yml`, by who speaks."""

    customer: Thresholds
    seller: Thresholds

    def of(self, role: Role, score: float) -> Band:
        return (self.seller if role == "seller" else self.customer).of(score)


def load_bands(path: Path) -> Bands:
    """Read `bands.yml`. Raises BandsBroken if malformed, or unless 0 ≤ ask ≤ act ≤ 1."""
    try:
        bands = msgspec.yaml.decode(path.read_bytes(), type=Bands)
    except (OSError, msgspec.DecodeError) as error:
        raise BandsBroken(f"{path}: {error}") from error
    for one in (bands.customer, bands.seller):
        if not 0 <= one.ask <= one.act <= 1:
            raise BandsBroken(f"{path}: 0 <= {one.ask} <= {one.act} <= 1")
    return bands


class NotReady:
    """Stands in while the first model is being learned: grammar and names answer alone."""

    def parse(self, masked: str, role: Role, lang: str) -> Parsed:
        return Parsed()


class LocalUnderstander:
    """Scores with a model file. more: numbers of further known words, sorted (`numbers_of`)."""

    def __init__(self, model: Model, bands: Bands, more: Sequence[int] = ()) -> None:
        self._model, self.bands, self._more = model, bands, more
        self.normaliser = model.normaliser

    def parse(self, masked: str, role: Role, lang: str) -> Parsed:
        """Empty for a message without words."""
        words = self.normaliser.words(masked, lang)
        if not any(word != "?" for word in words):
            return Parsed()
        scorer = self._model.roles[role]
        chances = scorer.probabilities(buckets(words))
        ranked = sorted(zip(scorer.intents, chances, strict=True), key=lambda r: -r[1])
        familiar = math.sqrt(scorer.familiar(pair_numbers(words)))
        score = ranked[0][1] * self.known_share(words) ** 2 * familiar
        band = self.bands.of(role, score)
        return Parsed(ranked[0][0], score, band, tuple(ranked[:MOST_RANKED]))

    def known_share(self, words: Sequence[str]) -> float:
        """How many of the words stand in the examples, the catalogue or the shop's answers."""
        counted = [word for word in words if word != "?" and not word.isdigit()]
        if not counted:
            return 1.0
        return sum(map(self._knows, counted)) / len(counted)

    def _knows(self, word: str) -> bool:
        number = crc32(word.encode())
        return word in MASKS or self._model.knows(number) or is_among(number, self._more)


def numbers_of(texts: Iterable[str]) -> list[int]:
    """Sorted numbers of all words of some texts, for `LocalUnderstander(more=…)`."""
    return sorted({number for text in texts for number in word_numbers(text)})
