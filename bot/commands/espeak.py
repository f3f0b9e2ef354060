"""`python -m bot fill-audio --lang vi`: a machine reads what nobody recorded yet, in Vietnamese.

Only where somebody asks for it and the program `espeak-ng` is installed. Its clips are marked
`synthetic`; a person's recording always takes their place. What it read and was reworded since it
reads again. No machine speaks Mông.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.commands.check_audio import Words
from bot.pictures.workshop import Workshop
from bot.settings import Settings
from bot.shop.hours import local
from bot.shop.problems import Problem
from bot.shop.sound import LONGEST_MS, on_one_line, reworded, sound_of
from bot.stores.catalogue import load_catalogue
from bot.usecases.clip_names import every_name
from bot.words.book import MASTER, Books, load_books
from bot.words.manifest import ManifestRow, audio_dir, read_manifest, write_manifest
from bot.words.numerals import spoken_digits, spoken_number
from bot.words.pieces import Pieces

PROGRAM = "espeak-ng"
SLOWLY = ("-v", "vi", "-s", "120", "-g", "2", "--stdin", "--stdout")
"""120 words a minute: the usual 175 is too fast for who hears the machine for the first time."""

PATIENCE_SECONDS = 30
DIGITS = re.compile(r"\d+")
SAID = re.compile(r"[^\w\s,.;:?!“”\"'()/%-]+")
"""Emoji and signs, which it would read out by their English names."""


@dataclass(slots=True)
class Filled:
    made: int = 0
    had: int = 0
    failed: int = 0


def fill_audio(settings: Settings, lang: str, today: int) -> int:
    """Read every missing Vietnamese piece; the exit code is 1 if one could not be read, 2 if
    nothing was tried. today: seconds UTC.
    """
    words = Words()
    if sound_of(lang) != MASTER:
        print(words("fill-vi-only"))
        return 2
    if shutil.which(PROGRAM) is None:
        print(words("fill-no-program"))
        return 2
    texts = _texts(settings)
    books, day = load_books(settings.locales_dir), local(today).date().isoformat()
    done = asyncio.run(fill(settings.locales_dir, texts, day, books))
    print(words("fill-done", made=done.made, had=done.had, failed=done.failed))
    return int(bool(done.failed))


def _texts(settings: Settings) -> dict[str, str]:
    """What is to be read by key: sentences, then names of the catalogue. Households it names are
    samples, or agreed that customers read their names.
    """
    pieces = Pieces(load_books(settings.locales_dir), settings.locales_dir).pieces(MASTER)
    named = every_name(load_catalogue(settings.catalog_dir)[0], MASTER)
    return {p.key: p.said for p in (*pieces, *named)}


def in_words(text: str, books: Books) -> str:
    """Digits as the shop's own words for numbers; a number that begins with 0 sign by sign."""

    def said(found: re.Match[str]) -> str:
        n = found[0]
        keys = spoken_digits(n) if n.startswith("0") else spoken_number(int(n), MASTER)
        return " ".join(books.own[MASTER][key].text for key in keys)

    return " ".join(SAID.sub(" ", DIGITS.sub(said, text)).split())


async def fill(locales_dir: Path, texts: dict[str, str], today: str, books: Books) -> Filled:
    """Write what is missing, and the manifest after every hundred clips. texts: by key."""
    rows = dict(read_manifest(locales_dir, MASTER))
    folder, workshop, done = audio_dir(locales_dir, MASTER), Workshop(), Filled()
    folder.mkdir(parents=True, exist_ok=True)
    missing = [key for key in texts if _is_missing(folder, rows.get(key), key, texts[key])]
    done.had = len(texts) - len(missing)
    for some in _hundreds(missing):
        for key in some:
            row = await _read(workshop, folder / f"{key}.ogg", texts[key], today, books)
            done.made, done.failed = done.made + bool(row), done.failed + (row is None)
            rows |= {key: row} if row else {}
        write_manifest(locales_dir, MASTER, rows)
    return done


def _is_missing(folder: Path, known: ManifestRow | None, key: str, said: str) -> bool:
    if known is None:
        return not (folder / f"{key}.ogg").exists()
    return known.synthetic and reworded(known.said, said)


def _hundreds(keys: list[str]) -> Iterator[list[str]]:
    return (keys[n : n + 100] for n in range(0, len(keys), 100))


async def _read(
    workshop: Workshop, to: Path, text: str, today: str, books: Books
) -> ManifestRow | None:
    """One clip; None if the program gives no sound, or more than one screen takes."""
    wave = await asyncio.to_thread(_spoken, in_words(text, books))
    try:
        made = await workshop.clean_clip(wave)
    except Problem:
        return None
    if made.ms > LONGEST_MS:
        return None
    await asyncio.to_thread(to.write_bytes, made.ogg)
    sha = hashlib.sha256(made.ogg).hexdigest()
    said = on_one_line(text)
    return ManifestRow(made.ms, sha, dialect="vi", date=today, synthetic=True, said=said)


def _spoken(text: str) -> bytes:
    """Sound as the program writes it; empty if it fails."""
    command = [shutil.which(PROGRAM) or PROGRAM, *SLOWLY]
    try:
        done = subprocess.run(
            command,
            input=text.encode(),
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return b""
    return done.stdout
