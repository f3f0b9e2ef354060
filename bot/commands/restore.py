"""`python -m bot restore FILE`: a shop as it was, on this machine or a new one."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from bot.commands.backup import said_to_owner
from bot.settings import Settings
from bot.shop.hours import local
from bot.shop.problems import Problem
from bot.stores.backup_problems import NoSuchFile
from bot.stores.backup_restore import Place, Restored, restore
from bot.stores.sql.migrate import HEAD
from bot.words.book import load_books
from bot.words.speak import Speaker


def restore_from(settings: Settings, file: Path, *, over: bool) -> None:
    """Put the backup into DATA_DIR and say what came back; refusals are one sentence each."""
    words = Speaker(load_books(settings.locales_dir))
    place = Place(settings.data_dir, settings.redis_url, bool(settings.database_url), HEAD)
    with said_to_owner(words):
        done = asyncio.run(_restore(file, place, over))
    print("\n".join(_report(settings, words, done)))


async def _restore(file: Path, place: Place, over: bool) -> Restored:
    try:
        return await restore(file, place, int(time.time()), over=over)
    except FileNotFoundError as error:
        raise _gone(file, error) from None


def _gone(file: Path, error: FileNotFoundError) -> Problem | FileNotFoundError:
    """A slip in the name typed is not trouble with the disk."""
    return NoSuchFile(path=str(file)) if str(error.filename) == str(file) else error


def _report(settings: Settings, words: Speaker, done: Restored) -> list[str]:
    when = local(done.manifest.made_at).strftime("%H:%M %d/%m/%Y")
    fields = {"path": str(settings.data_dir), "when": when, "sessions": str(done.sessions)}
    lines = [words.text("vi", "restore-done", **fields)]
    if done.aside is not None:
        lines.append(words.text("vi", "restore-aside", path=str(done.aside)))
    if settings.database_url:
        lines.append(words.text("vi", "restore-pg"))
    if settings.secret or "files/secret" not in done.manifest.members:
        lines.append(words.text("vi", "restore-secret-elsewhere"))
    return lines
