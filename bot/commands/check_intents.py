"""`python -m bot check` for `intents/`: the examples people wrote, and the tables beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.understand.features import TeencodeBroken, load_teencode
from bot.understand.intents_file import Fault
from bot.understand.intents_folder import read_folder
from bot.understand.understander import BandsBroken, load_bands
from bot.words.book import MASTER, Entry, read_book

BOOK = Path(__file__).parents[2] / "locales" / MASTER / "LC_MESSAGES" / "check-intents.po"


@dataclass(frozen=True, slots=True)
class Told:
    """A fault in words: `path:line: what is wrong. What was probably meant?`"""

    fault: Fault

    def __str__(self) -> str:
        fault = self.fault
        words = [sentence(fault.id, found=fault.found, expected=fault.expected)]
        if fault.near:
            words.append(sentence("check-intents-near", near=fault.near))
        return f"{fault.path}:{fault.line}: {' '.join(words)}"


def faults(intents_dir: Path) -> list[Told]:
    """Everything that must be mended before the examples can be learned, by file and line."""
    _, found = read_folder(intents_dir)
    return [Told(fault) for fault in [*found, *_beside(intents_dir)]]


def _beside(folder: Path) -> Iterator[Fault]:
    try:
        load_teencode(folder / "teencode.yml")
    except TeencodeBroken as error:
        found = str(error).partition(": ")[2]
        yield Fault(f"{folder.name}/teencode.yml", 1, "check-intents-teencode", found)
    try:
        load_bands(folder / "bands.yml")
    except BandsBroken as error:
        found = str(error).partition(": ")[2]
        yield Fault(f"{folder.name}/bands.yml", 1, "check-intents-bands", found)


def sentence(id: str, **fields: object) -> str:
    """One sentence of `check-intents.po`, filled."""
    entry = _book()[id]
    return entry.pattern % tuple(fields[name] for name in entry.names)


@cache
def _book() -> dict[str, Entry]:
    return read_book(BOOK, MASTER)
