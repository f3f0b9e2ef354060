"""Every sentence of the shop, cut into the pieces that somebody may record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.shop.sound import Piece, on_one_line, sound_of
from bot.words.audio_order import Order, OrderBroken, Turn, in_order, read_order
from bot.words.book import MASTER, PLACEHOLDER, Books
from bot.words.manifest import ManifestBroken, read_manifest
from bot.words.parts import keys_at, parts_of

HOLE = "…"
AROUND = ' \n.,:;–-•(){}[]“”"='
"""Signs around a part that nobody says."""

WRITTEN = {"vi": "vi", "hmn": "hmn@rpa"}
"""By sound: the script its sentences are read from by whoever records them."""


class Pieces:
    """Keeps the `ToSay` protocol from the books and the folder of recordings."""

    def __init__(self, books: Books, locales_dir: Path) -> None:
        self._books = books
        self._dir = locales_dir
        self._cut: dict[tuple[str, str], tuple[Piece, ...]] = {}

    def pieces(self, sound: str, lang: str = "") -> tuple[Piece, ...]:
        other = lang if sound_of(lang) == sound and lang != WRITTEN[sound] else ""
        if (sound, other) not in self._cut:
            self._cut[sound, other] = tuple(self._all(sound, other))
        return self._cut[sound, other]

    def filed(self, sound: str) -> Mapping[str, str]:
        try:
            rows = read_manifest(self._dir, sound)
        except ManifestBroken:
            return {}  # `check` says so
        return {key: row.said for key, row in rows.items() if not row.synthetic}

    def _order(self) -> Order:
        try:
            return read_order(self._dir)
        except OrderBroken:
            return Order()  # `check` says so

    def _all(self, sound: str, other: str) -> Iterator[Piece]:
        """A sentence not yet written in the language is not recorded: nobody could tell which
        words its holes stand between.
        """
        own = self._books.own.get(WRITTEN[sound], {})
        for turn in in_order(self._order(), list(self._books.own[MASTER])):
            entry = own.get(turn.id)
            if entry is not None:
                yield from self._of(turn, entry.text, sound, other)

    def _of(self, turn: Turn, text: str, sound: str, other: str) -> Iterator[Piece]:
        found = dict(_spoken(turn.id, text))
        script = self._books.own.get(other, {}).get(turn.id)
        read = dict(_spoken(turn.id, script.text)) if script else {}
        master = shown(self._books.own[MASTER][turn.id].text)
        own = "" if sound == sound_of(MASTER) else shown(script.text if script else text)
        where = (turn.chapter, turn.screen)
        for n, (key, said) in enumerate(found.items(), 1):
            yield Piece(key, master, own, said, n, len(found), *where, read.get(key, ""))


def said_now(books: Books, sound: str, key: str) -> str:
    """The words of a sentence's clip as they are written today; empty for a key that no sentence
    has, such as a name's.
    """
    id_ = key.partition(".")[0]
    entry = books.own.get(WRITTEN[sound], {}).get(id_)
    return dict(_spoken(id_, entry.text)).get(key, "") if entry else ""


def _spoken(id_: str, text: str) -> Iterator[tuple[str, str]]:
    """Every part that is recorded, by key."""
    for key, part in zip(keys_at(id_, text), parts_of(text), strict=True):
        if key:
            yield key, on_one_line(part.strip(AROUND))


def shown(text: str) -> str:
    """A sentence for people to read, its holes as signs."""
    return PLACEHOLDER.sub(HOLE, text)
