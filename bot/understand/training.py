"""Learns intents from examples. Runs in a child process only: it alone loads scikit-learn.

A linear support vector machine per intent over the features of `features.py`, one set for what
customers may mean and one for sellers, each example learned as written and without diacritics.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.understand.features import BUCKETS, Normaliser, buckets, pair_numbers, word_numbers
from bot.understand.fold import fold
from bot.understand.intents_file import Example
from bot.understand.inventory import INTENTS, ROLES, Role
from bot.understand.model import ABSENT, Table, write_model

Mask = Callable[[str], str]
Floats = NDArray[np.float64]

STRENGTH = 2.0
"""scikit-learn's C. By phrase family this was level with or better than 0.3, 0.5 and 1, than
logistic regression (C 5 to 200), and than sums of both.
"""

CERTAINTY = 6.0
"""Distances from the planes times this, through a softmax, are the probabilities that fit
held-out answers best (by likelihood, of 0.5 to 8).
"""

BYTE = 255

TOKENS = {"product": "xsp", "code": "xma", "quantity": "xsl", "price": "xtien",
          "order_code": "xdon", "household": "xnha"}  # fmt: skip
"""Entities that an example marks and the mask would find in a real message."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A trained role: `weights` (intents × rows), `columns` (bucket of each row), idf per row."""

    intents: tuple[str, ...]
    columns: tuple[int, ...]
    idf: Floats
    unseen: float
    weights: Floats
    bias: Floats
    pairs: tuple[int, ...]

    def probabilities(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Of each list of words, by intent: what the model file must give as well."""
        row = {bucket: n for n, bucket in enumerate(self.columns)}
        matrix = _matrix([buckets(words) for words in texts], row, self.idf, self.unseen)
        raw = matrix @ self.weights.T + self.bias
        powers = np.exp(raw - raw.max(axis=1, keepdims=True))
        result: Floats = powers / powers.sum(axis=1, keepdims=True)
        return result


def train(
    examples: Sequence[Example], normaliser: Normaliser, mask: Mask, path: Path
) -> dict[Role, Fitted]:
    """Learn both roles and write the model file. The same examples give the same file."""
    fitted = {role: fit(learned(examples, role, normaliser, mask)) for role in ROLES}
    tables = {role: quantised(one) for role, one in fitted.items()}
    write_model(path, tables, known_numbers(examples, normaliser), normaliser.short)
    return fitted


def learned(
    examples: Iterable[Example], role: Role, normaliser: Normaliser, mask: Mask
) -> list[tuple[list[str], str]]:
    """(words, intent) of every copy of every example the role may mean."""
    mine = [example for example in examples if role in INTENTS[example.intent]]
    return [
        (normaliser.words(text, example.lang), example.intent)
        for example in mine
        for text in copies(example, mask)
    ]


def copies(example: Example, mask: Mask) -> list[str]:
    """The example masked by its marks and by what the mask itself finds, with and without
    diacritics; each once.
    """
    marked, found = mask(example.with_entities(TOKENS)), mask(example.text)
    return sorted({marked, found, fold(marked), fold(found)})


def fit(copies: Sequence[tuple[list[str], str]]) -> Fitted:
    """Learn from (words, intent) pairs."""
    found = [buckets(words) for words, _ in copies]
    counts = Counter(bucket for one in found for bucket in one)
    columns = tuple(sorted(counts))
    row = {bucket: n for n, bucket in enumerate(columns)}
    idf = np.array([np.log((1 + len(found)) / (1 + counts[b])) + 1 for b in columns])
    unseen = float(np.log(1 + len(found)) + 1)
    learner = LinearSVC(C=STRENGTH, random_state=0)
    learner.fit(_matrix(found, row, idf, unseen), [intent for _, intent in copies])
    names = tuple(str(name) for name in learner.classes_)
    planes, shift = learner.coef_ * CERTAINTY, learner.intercept_ * CERTAINTY
    pairs = tuple(sorted({number for words, _ in copies for number in pair_numbers(words)}))
    return Fitted(names, columns, idf, unseen, planes, shift, pairs)


def _matrix(
    found: Sequence[set[int]], row: dict[int, int], idf: Floats, unseen: float
) -> csr_matrix:
    """One line of length 1 per message: idf of each feature it has."""
    starts, places, values = [0], list[int](), list[float]()
    for one in found:
        known = sorted(row[bucket] for bucket in one if bucket in row)
        line = idf[known]
        length = np.sqrt((line**2).sum() + (len(one) - len(known)) * unseen**2)
        places += known
        values += list(line / (length or 1.0))
        starts.append(len(places))
    return csr_matrix((values, places, starts), shape=(len(found), len(row)))


def quantised(fitted: Fitted) -> Table:
    """Weights as bytes 0…255, each intent with a step size of its own."""
    weights = (fitted.weights * fitted.idf).T
    low = weights.min(axis=0)
    step = np.maximum(weights.max(axis=0) - low, 1e-9) / BYTE
    lanes = np.clip(np.rint((weights - low) / step), 0, BYTE).astype("u1")
    index = np.full(BUCKETS, ABSENT, dtype="<u2")
    index[list(fitted.columns)] = np.arange(len(fitted.columns))
    return Table(
        fitted.intents,
        tuple(fitted.bias.tolist()),
        zero=tuple((-low / step).tolist()),
        step=tuple(step.tolist()),
        unseen=fitted.unseen**2,
        index=index.tobytes(),
        rows=lanes.tobytes(),
        squares=(fitted.idf**2).astype("<f4").tobytes(),
        pairs=array("I", fitted.pairs).tobytes(),
    )


def known_numbers(examples: Iterable[Example], normaliser: Normaliser) -> bytes:
    """Every word of the examples, typed short and in full, as sorted uint32."""
    return array("I", sorted(set(_numbers(examples, normaliser)))).tobytes()


def _numbers(examples: Iterable[Example], normaliser: Normaliser) -> Iterator[int]:
    for example in examples:
        yield from word_numbers(example.text)
        yield from word_numbers(" ".join(normaliser.words(example.text, example.lang)))
    for token in TOKENS.values():
        yield from word_numbers(token)
