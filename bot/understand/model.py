"""Scores messages from a model file, without numpy: one addition of big integers per feature.

A feature's row is one byte per intent: its weight, 0…255, idf already multiplied in. Read as one
integer and split into even and odd bytes, every weight has 16 bits of room: adding two rows adds
all intents at once, and 257 rows fit before anything could overflow. The file is mapped, not read:
only rows that are used take memory.

File: MAGIC, header length (4 bytes), header (JSON), then at ALIGN-ed offsets the tables named in
it, then the SHA-256 of everything before.
"""

from __future__ import annotations

import hashlib
import json
import math
import mmap
import os
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.understand.features import Normaliser
from bot.understand.inventory import Role

MAGIC = b"CPU1"
ALIGN = 8
MOST_ROWS_AT_ONCE = 257
ABSENT = 0xFFFF
DIGEST = 32
TABLES = ("index", "rows", "squares", "pairs")


class ModelBroken(Exception):
    """The file is no model, is half written, or was damaged."""


@dataclass(frozen=True, slots=True)
class Table:
    """What one role's model is, before it is a file.

    index: row of each bucket or ABSENT (BUCKETS × uint16). rows: one byte per intent and row.
    squares: idf² of each row (float32). A byte v of an intent weighs (v - zero) × step, each
        intent with a zero and a step of its own.
    unseen: idf² of a feature no example has; it makes what is strange less certain.
    pairs: sorted numbers of neighbouring words in the examples (`pair_numbers`, uint32).
    """

    intents: tuple[str, ...]
    bias: tuple[float, ...]
    zero: tuple[float, ...]
    step: tuple[float, ...]
    unseen: float
    index: bytes
    rows: bytes
    squares: bytes
    pairs: bytes


def write_model(
    path: Path, tables: Mapping[Role, Table], known: bytes, short: Mapping[str, str]
) -> None:
    """Write atomically; two writers at once do no harm, the later one wins.

    known: sorted uint32 numbers of known words. short: the teencode the model learned with.
    """
    body = bytearray()
    header: dict[str, Any] = {"short": dict(short), "known": _put(body, known), "roles": {}}
    for role, table in tables.items():
        fields = asdict(table)
        spots = {name: _put(body, fields.pop(name)) for name in TABLES}
        header["roles"][role] = fields | spots
    head = json.dumps(header, ensure_ascii=False).encode()
    start = len(MAGIC) + 4 + len(head)
    whole = MAGIC + len(head).to_bytes(4, "little") + head + b"\0" * (-start % ALIGN) + body
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(whole + hashlib.sha256(whole).digest())
    draft.replace(path)


def _put(body: bytearray, data: bytes) -> tuple[int, int]:
    body += b"\0" * (-len(body) % ALIGN)
    body += data
    return len(body) - len(data), len(data)


class Model:
    """A model file opened for scoring. Never changes; drop it to close it."""

    def __init__(self, path: Path) -> None:
        """Raises ModelBroken for anything but a whole model file."""
        _must_be_whole(path)
        with path.open("rb") as file:
            self._file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            header, start = _header(self._file)
            self.normaliser = Normaliser(header["short"])
            self._known = self._view(start, header["known"], "I")
            self.roles: dict[Role, Scorer] = {
                role: self._scorer(start, fields) for role, fields in header["roles"].items()
            }
        except (ValueError, KeyError, TypeError) as error:
            raise ModelBroken(f"{path}: {error}") from error

    def knows(self, number: int) -> bool:
        """True if a word with this number (`word_numbers`) stands in the examples."""
        return is_among(number, self._known)

    def _view(self, start: int, spot: Sequence[int], kind: Any) -> memoryview[int]:
        at, size = start + spot[0], spot[1]
        return memoryview(self._file)[at : at + size].cast(kind)

    def _scorer(self, start: int, fields: dict[str, Any]) -> Scorer:
        squares = self._view(start, fields["squares"], "f")
        index = self._view(start, fields["index"], "H")
        first = start + fields["rows"][0]
        pairs = self._view(start, fields["pairs"], "I")
        return Scorer(fields, self._file, first, index, squares, pairs)


class Scorer:
    """One role's intents."""

    def __init__(
        self,
        fields: Mapping[str, Any],
        file: mmap.mmap,
        first: int,
        index: Sequence[int],
        squares: Sequence[float],
        pairs: Sequence[int],
    ) -> None:
        self.intents: tuple[str, ...] = tuple(fields["intents"])
        self._bias: list[float] = fields["bias"]
        self._zero: list[float] = fields["zero"]
        self._step: list[float] = fields["step"]
        self._unseen: float = fields["unseen"]
        self._file, self._first = file, first
        self._index, self._squares, self._pairs = index, squares, pairs
        self._width = len(self.intents)
        self._even = int.from_bytes(b"\xff\x00" * (self._width // 2 + 1), "little")

    def familiar(self, pairs: Sequence[int]) -> float:
        """How many of these neighbouring words are neighbours in some example, 0…1."""
        return sum(is_among(pair, self._pairs) for pair in pairs) / len(pairs)

    def probabilities(self, buckets: Iterable[int]) -> list[float]:
        """In the order of `intents`; they sum to 1."""
        found = [self._index[bucket] for bucket in buckets]
        rows = [row for row in found if row != ABSENT]
        square = sum(map(self._squares.__getitem__, rows))
        square += (len(found) - len(rows)) * self._unseen
        scale = 1 / math.sqrt(square) if square else 0.0
        count = len(rows)
        each = zip(self._sums(rows), self._zero, self._step, self._bias, strict=True)
        return _softmax([(sum - zero * count) * step * scale + b for sum, zero, step, b in each])

    def _sums(self, rows: Sequence[int]) -> list[int]:
        total = [0] * len(self.intents)
        for at in range(0, len(rows), MOST_ROWS_AT_ONCE):
            lanes = self._lanes(rows[at : at + MOST_ROWS_AT_ONCE])
            total = [a + b for a, b in zip(total, lanes, strict=False)]
        return total

    def _lanes(self, rows: Sequence[int]) -> list[int]:
        file, first, width, even = self._file, self._first, self._width, self._even
        number = int.from_bytes
        starts = [first + row * width for row in rows]
        whole = [number(file[at : at + width], "little") for at in starts]
        lows = sum([row & even for row in whole])
        highs = sum([row >> 8 & even for row in whole])
        pairs = zip(self._split(lows), self._split(highs), strict=True)
        return [lane for pair in pairs for lane in pair]

    def _split(self, lanes: int) -> Sequence[int]:
        size = self._width + 1
        return memoryview(lanes.to_bytes(size + size % 2, "little")).cast("H")


def is_among(number: int, numbers: Sequence[int]) -> bool:
    """Whether sorted numbers hold this one."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _softmax(values: Sequence[float]) -> list[float]:
    highest = max(values)
    powers = [math.exp(value - highest) for value in values]
    whole = sum(powers)
    return [power / whole for power in powers]


def _must_be_whole(path: Path) -> None:
    """Read in pieces, so that checking does not map the whole file into memory."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            left = os.fstat(file.fileno()).st_size - DIGEST
            while left > 0 and (piece := file.read(min(left, 1 << 16))):
                digest.update(piece)
                left -= len(piece)
            if left or file.read() != digest.digest():
                raise ModelBroken(f"{path}: not whole")
    except OSError as error:
        raise ModelBroken(f"{path}: {error}") from error


def _header(file: mmap.mmap) -> tuple[dict[str, Any], int]:
    if file[:4] != MAGIC:
        raise ValueError("another kind of file")
    size = int.from_bytes(file[4:8], "little")
    return json.loads(file[8 : 8 + size]), (8 + size + ALIGN - 1) // ALIGN * ALIGN
