"""Making a backup beside a running shop.

The order makes the copies fit each other: sessions first, the database after them, files last. A
talk may then be a step behind the truth, never ahead of it (a purchase confirmed again gives the
same order), and every picture the database names has its file.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from redis.asyncio import Redis

from bot.stores.backup_archive import (
    DATABASE,
    FILES,
    REBUILT,
    SESSIONS,
    UNFINISHED,
    Manifest,
    is_kept,
    writing,
)
from bot.stores.backup_problems import BackupBusy, DatabaseIll, NothingToBackUp
from bot.stores.backup_rotation import new_name
from bot.stores.backup_sessions import copy_sessions
from bot.stores.redis_files import private_folder, try_lock
from bot.stores.sql.migrate import backup_sqlite

LOCK = "backup.lock"
WORK = "work"


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made."""

    path: Path
    size: int
    manifest: Manifest
    sessions: int
    """Keys of Redis."""

    @property
    def files(self) -> int:
        return sum(name.startswith(f"{FILES}/") for name in self.manifest.members)


def holds_shop(data_dir: Path) -> bool:
    """Whether anything of a shop lies there; backups alone are none."""
    return any((data_dir / name).exists() for name in (DATABASE, "secret", "media", "redis"))


async def make_backup(data_dir: Path, client: Redis, now: int, server_schema: str = "") -> Backup:
    """One new file in DATA_DIR/backups. `server_schema`: the version of the tables when they are
    in a database server, which has tools of its own and is not copied.

    Raises NothingToBackUp, BackupBusy, StoreDown, OSError.
    """
    if not (holds_shop(data_dir) if server_schema else (data_dir / DATABASE).is_file()):
        raise NothingToBackUp(path=str(data_dir))
    folder = data_dir / "backups"
    with _alone(folder) as work:
        sessions = await copy_sessions(client, work / SESSIONS)
        path = new_name(folder, now)
        manifest = await asyncio.to_thread(_write, data_dir, work, path, now, server_schema)
    return Backup(path, path.stat().st_size, manifest, sessions)


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """A work folder nobody else has; what a killed one before us left behind is thrown away."""
    private_folder(folder)
    lock = try_lock(folder / LOCK)
    if lock is None:
        raise BackupBusy()
    work = folder / WORK
    try:
        shutil.rmtree(work, ignore_errors=True)
        for left in folder.glob("*.part"):
            left.unlink()
        work.mkdir(mode=0o700)
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        os.close(lock)


def _write(data_dir: Path, work: Path, path: Path, now: int, server_schema: str) -> Manifest:
    copy = None if server_schema else backup_sqlite(data_dir / DATABASE, work)
    with writing(path, now) as archive:
        if copy is not None:
            archive.add(DATABASE, copy)
        archive.add(SESSIONS, work / SESSIONS)
        for name, file in _files(data_dir):
            with suppress(FileNotFoundError):  # its time had come: swept or erased just now
                archive.add(name, file)
        return archive.finish(_schema_of(copy) if copy is not None else server_schema)


def _schema_of(database: Path) -> str:
    """Alembic's version in a copy that is whole."""
    uri = f"{database.absolute().as_uri()}?immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as conn:
        [verdict] = conn.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise DatabaseIll(why=str(verdict))
        return str(conn.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _files(data_dir: Path) -> Iterator[tuple[str, Path]]:
    """Name in the archive and place of every other file; links are not followed."""
    for folder, below, names in os.walk(data_dir):
        here = Path(folder)
        if here == data_dir:
            below[:] = [name for name in below if is_kept(name)]
            names = [name for name in names if name not in REBUILT]
        for name in sorted(names):
            path = here / name
            plain = name.isprintable() and not name.endswith(UNFINISHED)
            if plain and path.is_file() and not path.is_symlink():
                yield f"{FILES}/{path.relative_to(data_dir).as_posix()}", path
