"""`python -m bot check` for recordings: the order of recording, the manifests and their files."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from bot.commands.check_locales import Fault
from bot.shop.sound import HOUSEHOLD, LONGEST_MS, SOUNDS
from bot.stores.catalogue import LoadedCatalogue, load_catalogue
from bot.usecases.clip_names import every_name
from bot.usecases.clips import speaks
from bot.words.audio_order import ORDER, OrderBroken, read_order
from bot.words.book import BOOK, MASTER, Books, load_books, read_book
from bot.words.manifest import (
    GOOD_KEY,
    MANIFEST,
    ManifestBroken,
    ManifestRow,
    audio_dir,
    read_manifest,
)
from bot.words.pieces import WRITTEN, Pieces
from bot.words.today import Today

CHECK_BOOK = Path(__file__).parents[2] / "locales" / MASTER / "LC_MESSAGES" / "check-audio.po"
CATALOG = "catalog/"
"""Where names are written."""

NAMES = ("name-", "unit-")
"""Before the keys of what sellers say of their goods, which no book holds."""


def faults(locales_dir: Path) -> list[Fault]:
    """What is wrong with `audio-order.yaml`, with each manifest, and with the files beside it."""
    words, books = Words(), load_books(locales_dir)
    found = list(_in_order(locales_dir, list(books.own[MASTER]), words))
    for sound in SOUNDS:
        found += _in_manifest(locales_dir, sound, _keys(locales_dir, sound, books), words)
    return sorted(found)


def reworded(locales_dir: Path, catalog_dir: Path) -> list[Fault]:
    """Which clips were recorded for other words than their sentence or name says today. Nobody
    hears them; they wait to be recorded anew.
    """
    words, books = Words(), load_books(locales_dir)
    goods = load_catalogue(catalog_dir)[0]
    return sorted(f for s in SOUNDS for f in _reworded(locales_dir, s, books, goods, words))


def today_of(books: Books, goods: LoadedCatalogue, sound: str) -> Today:
    """What every clip of a sound is to say."""
    return Today(books, sound, {p.key: p.said for p in every_name(goods, sound)})


class Words:
    """Faults in the trainers' language."""

    def __init__(self) -> None:
        self._book = read_book(CHECK_BOOK, MASTER)

    def __call__(self, sentence: str, /, **fields: object) -> str:
        entry = self._book[f"check-audio-{sentence}"]
        return entry.pattern % tuple(fields[name] for name in entry.names)

    def nearest(self, found: str, known: Collection[str]) -> str:
        near = get_close_matches(found.strip("*-"), known, 1, 0.6)
        return " " + self("near", near=near[0]) if near else ""


def _in_order(locales_dir: Path, ids: Collection[str], words: Words) -> Iterator[Fault]:
    """Ids no book knows, and chapters and screens that have no name."""
    path = locales_dir / ORDER
    try:
        order = read_order(locales_dir)
    except OrderBroken as error:
        yield Fault(path, 0, words("broken", why=str(error)))
        return
    for pattern in order.patterns():
        if not any(fnmatchcase(id, pattern) for id in ids):
            text = words("order-unknown", id=pattern) + words.nearest(pattern, ids)
            yield Fault(path, _line_of(path, pattern), text)
    chapters = {f"rec-chapter-{c.name}": c.name for c in order.chapters}
    screens = {f"rec-at-{p.screen}": p.screen for c in order.chapters for p in c.places}
    for id, name in (chapters | screens).items():
        if id not in ids:
            text = words("order-unknown", id=id) + words.nearest(id, ids)
            yield Fault(path, _line_of(path, name), text)


def _line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if text in line), 0)


def _keys(locales_dir: Path, sound: str, books: Books) -> list[str]:
    return [p.key for p in Pieces(books, locales_dir).pieces(sound)]


def _in_manifest(
    locales_dir: Path, sound: str, known: Collection[str], words: Words
) -> Iterator[Fault]:
    folder = audio_dir(locales_dir, sound)
    path = folder / MANIFEST
    try:
        rows = read_manifest(locales_dir, sound)
    except ManifestBroken as error:
        yield Fault(path, 0, words("broken", why=str(error)))
        return
    for key, row in rows.items():
        for text in _in_row(folder, sound, key, row, words):
            yield Fault(path, _line_of(path, f'"{key}"'), text)
        if not key.startswith(NAMES) and key not in known:
            text = words("unknown-key", key=key) + words.nearest(key, known)
            yield Fault(path, _line_of(path, f'"{key}"'), text)
    yield from _stray(folder, rows, words)


def _reworded(
    locales_dir: Path, sound: str, books: Books, goods: LoadedCatalogue, words: Words
) -> Iterator[Fault]:
    path, today = audio_dir(locales_dir, sound) / MANIFEST, today_of(books, goods, sound)
    try:
        rows = read_manifest(locales_dir, sound)
    except ManifestBroken:
        return
    for key, row in rows.items():
        if not today.says(key, row.said):
            entry = books.own.get(WRITTEN[sound], {}).get(key.partition(".")[0])
            line = f"{WRITTEN[sound]}/{BOOK.as_posix()}:{entry.line}" if entry else ""
            where = f"{locales_dir.name}/{line}" if line else CATALOG
            text = words("stale", key=key, then=row.said, now=today(key), where=where)
            yield Fault(path, _line_of(path, f'"{key}"'), text)


def _in_row(folder: Path, sound: str, key: str, row: ManifestRow, words: Words) -> Iterator[str]:
    """What is wrong with one row and its file."""
    if not GOOD_KEY.fullmatch(key):
        yield words("bad-key", key=key)
        return
    yield from _whose(sound, key, row, words)
    if not row.said:
        yield words("no-said", key=key)
    if not 0 < row.ms <= LONGEST_MS:
        yield words("length", key=key, most=LONGEST_MS // 1000)
    file = folder / f"{key}.ogg"
    if not file.is_file():
        yield words("no-file", key=key)
    elif hashlib.sha256(file.read_bytes()).hexdigest() != row.sha256:
        yield words("other-file", key=key)


def _whose(sound: str, key: str, row: ManifestRow, words: Words) -> Iterator[str]:
    """Who may be heard in a file of the repository."""
    if row.synthetic:
        if sound != MASTER:
            yield words("no-machine", key=key)
        return
    if not (row.consent and row.date and speaks(row.dialect, sound)):
        yield words("no-consent", key=key)
    if key.startswith(HOUSEHOLD):
        yield words("private", key=key)


def _stray(folder: Path, rows: Mapping[str, ManifestRow], words: Words) -> Iterator[Fault]:
    """Files that no row speaks of: nobody knows whose voice it is."""
    for file in sorted(folder.glob("*")):
        if file.name != MANIFEST and (file.suffix != ".ogg" or file.stem not in rows):
            yield Fault(file, 0, words("stray", file=file.name))
