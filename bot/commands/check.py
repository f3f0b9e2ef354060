"""`python -m bot check`: what is wrong in the files that trainers own, by file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from bot.commands import (
    check_audio,
    check_catalogue,
    check_intents,
    check_languages,
    check_ledger,
    check_locales,
)
from bot.commands.ids_in_code import ids_in_code
from bot.settings import Settings
from bot.understand.commands import CommandsBroken, load_commands
from bot.words.book import load_books
from bot.words.speak import Speaker


class Found(Protocol):
    """A fault: its text begins with file and line."""

    def __str__(self) -> str: ...


def check(settings: Settings, lang: str) -> int:
    """Print every fault; the exit code is 1 if one must be mended. With `lang`, what it lacks."""
    if lang:
        found = check_languages.lacks(settings.locales_dir, lang)
        print("\n".join(check_languages.lines(found)))
        return 0
    goods = [*check_catalogue.faults(settings.catalog_dir), *check_ledger.faults(settings)]
    words = check_locales.faults(settings.locales_dir, ids_in_code(Path(__file__).parents[1]))
    taught = check_intents.faults(settings.intents_dir)
    sound = [] if words else check_audio.faults(settings.locales_dir)
    stale = [] if words else check_audio.reworded(settings.locales_dir, settings.catalog_dir)
    others = [*words, *sound, *_command_words(settings), *taught]
    for fault in (*goods, *others, *stale):
        print(fault)
    if not (words or sound):
        print("\n".join(check_languages.summary(settings.locales_dir)))
    bad = sum(not f.warning for f in goods) + len(others)
    print(_total(settings, bad, sum(f.warning for f in goods) + len(stale)))
    return int(bool(bad))


def _command_words(settings: Settings) -> list[Found]:
    try:
        load_commands(settings.intents_dir / "commands.yml")
    except CommandsBroken as error:
        return [error]
    return []


def _total(settings: Settings, bad: int, warnings: int) -> str:
    if bad:
        return f"✗ {bad}"
    words = Speaker(load_books(settings.locales_dir))
    return words.text("vi", "check-good", count=warnings)
