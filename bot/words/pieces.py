"""Every sentence of the shop, cut into the pieces that somebody may record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.shop.sound import Piece, sound_of
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
        self._cut: dict[str, tuple[Piece, ...]] = {}

    def pieces(self, sound: str) -> tuple[Piece, ...]:
        if sound not in self._cut:
            self._cut[sound] = tuple(self._all(sound))
        return self._cut[sound]

    def filed(self, sound: str) -> frozenset[str]:
        try:
            rows = read_manifest(self._dir, sound)
        except ManifestBroken:
            return frozenset()  # `check` says so
        return frozenset(key for key, row in rows.items() if not row.synthetic)

    def _order(self) -> Order:
        try:
            return read_order(self._dir)
        except OrderBroken:
            return Order()  # `check` says so

    def _all(self, sound: str) -> Iterator[Piece]:
        """A sentence not yet written in the language is not recorded: nobody could tell which
        words its holes stand between.
        """
        own = self._books.own.get(WRITTEN[sound], {})
        for turn in in_order(self._order(), list(self._books.own[MASTER])):
            entry = own.get(turn.id)
            if entry is not None:
                yield from self._of(turn, entry.text, sound)

    def _of(self, turn: Turn, text: str, sound: str) -> Iterator[Piece]:
        found = [
            (key, part)
            for key, part in zip(keys_at(turn.id, text), parts_of(text), strict=True)
            if key
        ]
        master = shown(self._books.own[MASTER][turn.id].text)
        own = "" if sound == sound_of(MASTER) else shown(text)
        for n, (key, part) in enumerate(found, 1):
            said = part.strip(AROUND)
            yield Piece(key, master, own, said, n, len(found), turn.chapter, turn.screen)


def shown(text: str) -> str:
    """A sentence for people to read, its holes as signs."""
    return PLACEHOLDER.sub(HOLE, text)
