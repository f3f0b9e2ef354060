"""What a clip is to say today: a clip recorded for other words is spoken no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.shop.sound import HOUSEHOLD, Clip, reworded
from bot.words.book import Books
from bot.words.pieces import said_now
from bot.words.script import folded


class Today:
    """The words of one sound by key. names: what the catalogue's names are said as, by key."""

    def __init__(self, books: Books, sound: str, names: Mapping[str, str]) -> None:
        self._books, self._sound, self._names = books, sound, names

    def __call__(self, key: str) -> str:
        """Empty for what neither a sentence nor the catalogue says."""
        return self._names.get(key) or said_now(self._books, self._sound, key)

    def says(self, key: str, said: str) -> bool:
        """Whether a clip recorded for these words may be spoken."""
        return not reworded(said, self(key))


def homes_in(recorded: Iterable[Clip]) -> dict[str, str]:
    """Keys of the households whose names were recorded, by name. No row of a household is read
    for it: what was said of it is kept with the clip.
    """
    keys = {clip.said: clip.id.partition("/")[2] for clip in recorded if clip.said}
    return {folded(said): key for said, key in keys.items() if key.startswith(HOUSEHOLD)}
