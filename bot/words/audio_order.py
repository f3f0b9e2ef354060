"""Which sentences are recorded first: `locales/audio-order.yaml`, written by trainers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

import msgspec

ORDER = "audio-order.yaml"
LAST, ELSEWHERE = "rest", "other"
"""Chapter and screen of a sentence that no place names."""


class OrderBroken(Exception):
    """The file cannot be read; says which and why."""


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A screen and its message ids, `*` for any ending."""

    screen: str
    ids: tuple[str, ...]


class Chapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    places: tuple[Place, ...]


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """never: sentences that nobody needs to hear."""

    chapters: tuple[Chapter, ...] = ()
    never: tuple[str, ...] = ()

    def patterns(self) -> Iterator[str]:
        """Every id and pattern of the file, in order."""
        for chapter in self.chapters:
            for place in chapter.places:
                yield from place.ids
        yield from self.never

    def screens(self) -> frozenset[str]:
        return frozenset(p.screen for c in self.chapters for p in c.places) | {ELSEWHERE}


@dataclass(frozen=True, slots=True)
class Turn:
    """A sentence whose turn it is, and where it belongs."""

    id: str
    chapter: str
    screen: str


def read_order(locales_dir: Path) -> Order:
    """Without the file, every sentence in the order of the book. Raises OrderBroken."""
    path = locales_dir / ORDER
    if not path.exists():
        return Order()
    stamp = path.stat()
    return _read(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> Order:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=Order)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise OrderBroken(f"{path}: {error}") from error


def in_order(order: Order, ids: Collection[str]) -> list[Turn]:
    """Every id that is to be recorded, once, in the order of recording."""
    left = dict.fromkeys(i for i in ids if not _among(i, order.never))
    turns: list[Turn] = []
    for chapter in order.chapters:
        for place in chapter.places:
            for pattern in place.ids:
                turns += [Turn(i, chapter.name, place.screen) for i in _taken(left, pattern)]
    return [*turns, *(Turn(i, LAST, ELSEWHERE) for i in left)]


def _taken(left: dict[str, None], pattern: str) -> list[str]:
    """What fits a pattern, taken out of what is left."""
    if "*" in pattern:
        found = [i for i in left if fnmatchcase(i, pattern)]
    else:
        found = [pattern] if pattern in left else []
    for id_ in found:
        del left[id_]
    return found


def _among(id_: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(id_, pattern) for pattern in patterns)
