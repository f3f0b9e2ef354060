"""`python -m bot backup`, and the same every night in a running shop."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from bot.shop.problems import Problem
from bot.stores.redis import connect
from bot.stores.redis_server import NoServer, ensure_server
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import current
from bot.talk.ports import StoreDown
from bot.words.book import load_books
from bot.words.speak import Speaker
from bot.workers.daily_backup import DailyBackup

if TYPE_CHECKING:  # loaded when a backup is made: the web process has no room to spare
    from bot.app import Parts
    from bot.stores.backup import Backup

MEGABYTE = 1_000_000


def backup(settings: Settings) -> None:
    """Make one and say what is in it and what is not. Works beside a running shop."""
    words = Speaker(load_books(settings.locales_dir))
    with said_to_owner(words):
        made = asyncio.run(_backup(settings, int(time.time())))
    print("\n".join(_report(settings, words, made)))


@contextlib.contextmanager
def said_to_owner(words: Speaker) -> Iterator[None]:
    """A refusal, and trouble with the disk, Redis or the database, ends the command in words."""
    try:
        yield
    except Problem as problem:
        raise SystemExit(words.text("vi", problem.id, **problem.fields)) from None
    except (OSError, sqlite3.Error, RedisError, StoreDown, NoServer, SQLAlchemyError) as error:
        why = str(error) or type(error).__name__
        raise SystemExit(words.text("vi", "backup-failed", why=why)) from None


def _report(settings: Settings, words: Speaker, made: Backup) -> list[str]:
    size = f"{made.size / MEGABYTE:.1f}".replace(".", ",")
    fields = {"path": str(made.path), "size": size, "files": str(made.files)}
    lines = [words.text("vi", "backup-done", **fields, sessions=str(made.sessions))]
    if settings.database_url:
        lines.append(words.text("vi", "backup-pg-dump"))
    if settings.secret:
        lines.append(words.text("vi", "backup-secret-elsewhere"))
    return lines


async def _backup(settings: Settings, now: int) -> Backup:
    from bot.stores.backup import holds_shop, make_backup
    from bot.stores.backup_problems import NothingToBackUp

    if not holds_shop(settings.data_dir):
        raise NothingToBackUp(path=str(settings.data_dir))
    async with redis_of(settings) as client:
        schema = await asyncio.to_thread(server_schema, settings)
        return await make_backup(settings.data_dir, client, now, schema)


@contextlib.asynccontextmanager
async def redis_of(settings: Settings) -> AsyncIterator[Redis]:
    """The shop's Redis: the one given, the one a running shop keeps, or one started for now."""
    async with contextlib.AsyncExitStack() as stack:
        url = settings.redis_url
        if not url:
            server = await ensure_server(settings.data_dir)
            stack.push_async_callback(server.stop)
            url = server.url
        yield await stack.enter_async_context(connect(url))


def server_schema(settings: Settings) -> str:
    """The version of the tables on the database server; empty when the database is SQLite's."""
    if not settings.database_url:
        return ""
    engine = make_engine(settings.database_url, writer=False)
    try:
        return current(engine)
    finally:
        engine.dispose()


def daily(parts: Parts) -> DailyBackup:
    """The nightly job of a running shop; it uses the connection the shop has."""
    settings, folder = parts.settings, parts.settings.data_dir / "backups"

    async def make(now: int) -> str:
        from bot.stores.backup import make_backup
        from bot.stores.backup_problems import BackupBusy
        from bot.stores.backup_rotation import rotate

        schema = await asyncio.to_thread(server_schema, settings)
        try:
            made = await make_backup(settings.data_dir, parts.redis, now, schema)
        except BackupBusy:
            return ""
        days, weeks = settings.backup_keep_days, settings.backup_keep_weeks
        await asyncio.to_thread(rotate, folder, days, weeks)
        return str(made.path)

    def newest() -> int:
        from bot.stores.backup_rotation import newest

        return newest(folder)

    return DailyBackup(parts.now, newest, make)
