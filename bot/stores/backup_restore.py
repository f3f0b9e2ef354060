"""Putting a backup back: everything is checked and written beside, then moved into its place.

Nothing of what was there is deleted: with `over` the old directory stands beside the new one. A
restore that is refused or killed before the last moves leaves the directory as it was.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from redis.asyncio import Redis

from bot.shop.hours import local
from bot.stores import backup_problems as problems
from bot.stores.backup import holds_shop
from bot.stores.backup_archive import (
    DATABASE,
    FILES,
    FORMAT,
    SESSIONS,
    STAGE,
    Manifest,
    reading,
    sync_folder,
)
from bot.stores.backup_rotation import STAMP
from bot.stores.backup_sessions import holds_sessions, load_sessions
from bot.stores.redis import connect
from bot.stores.redis_files import known_socket, private_folder, try_lock
from bot.stores.redis_server import ensure_server


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shop is to stand. `redis_url` empty: Redis of its own; `server`: the database is
    on one; `schema`: the tables this program knows.
    """

    data_dir: Path
    redis_url: str
    server: bool
    schema: str


@dataclass(frozen=True, slots=True)
class Restored:
    """`sessions`: keys of Redis; `aside`: where the old directory is now, if there was one."""

    manifest: Manifest
    sessions: int
    aside: Path | None


async def restore(file: Path, place: Place, now: int, *, over: bool = False) -> Restored:
    """Put the backup `file` into `place`. `over`: move a shop that is there aside first.

    Raises the Problems of backup_problems, StoreDown, NoServer, OSError.
    """
    data_dir = place.data_dir.resolve()
    stamp = local(now).strftime(STAMP)
    with ExitStack() as stack:
        archive = stack.enter_context(reading(file))
        _must_fit(archive.manifest, place)
        stack.enter_context(_closed(data_dir))
        there = _is_there(data_dir, archive.manifest)
        if there and not over:
            raise problems.ShopIsThere(path=str(data_dir))
        aside = data_dir.with_name(f"{data_dir.name}.before-{stamp}") if there else None
        stage = stack.enter_context(_stage(data_dir, stamp))
        await asyncio.to_thread(archive.extract, stage)
        sessions = await _put_sessions(stage, place, over)
        _move(stage, data_dir, aside)
    return Restored(archive.manifest, sessions, aside)


def _must_fit(manifest: Manifest, place: Place) -> None:
    if manifest.format > FORMAT:
        raise problems.TooNew(backup=str(manifest.format), program=str(FORMAT))
    if manifest.schema > place.schema:
        raise problems.TooNew(backup=manifest.schema, program=place.schema)
    if manifest.has_database and place.server:
        raise problems.DatabaseElsewhere()
    if not manifest.has_database and not place.server:
        raise problems.DatabaseMissing()


def _is_there(data_dir: Path, manifest: Manifest) -> bool:
    """A shop, or anything else the backup would lie on top of."""
    tops = {PurePosixPath(name).parts[1] for name in manifest.members if name.startswith(FILES)}
    return holds_shop(data_dir) or any((data_dir / top).exists() for top in tops)


@contextmanager
def _closed(data_dir: Path) -> Iterator[None]:
    """No process works there, and none starts its Redis meanwhile (decision 0005)."""
    with ExitStack() as stack:
        for name in ("parent.lock", "redis.lock") if (data_dir / "redis").is_dir() else ():
            lock = try_lock(data_dir / "redis" / name)
            if lock is None:
                raise problems.ShopIsOpen(path=str(data_dir))
            stack.callback(os.close, lock)
        if (data_dir / DATABASE).is_file() and _is_open(data_dir / DATABASE):
            raise problems.ShopIsOpen(path=str(data_dir))
        yield


def _is_open(database: Path) -> bool:
    """SQLite gives up its WAL only to the last one who has the file open. A broken file, which a
    backup is there for, is nobody's.
    """
    with closing(sqlite3.connect(database, timeout=0)) as conn:
        try:
            conn.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            return "locked" in str(error)
        except sqlite3.DatabaseError:
            return False
    return False


@contextmanager
def _stage(data_dir: Path, stamp: str) -> Iterator[Path]:
    """A folder on the same disk to build the shop in; gone afterwards, whatever happens."""
    new, stage = not data_dir.exists(), data_dir / f"{STAGE}{stamp}"
    private_folder(data_dir)
    for left in data_dir.glob(f"{STAGE}*"):  # by a restore that was killed
        shutil.rmtree(left)
    private_folder(stage)
    try:
        yield stage
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        if new and data_dir.exists() and not any(data_dir.iterdir()):
            data_dir.rmdir()
        raise


async def _put_sessions(stage: Path, place: Place, over: bool) -> int:
    async with _redis(stage, place) as client:
        if place.redis_url and not over and await holds_sessions(client):
            raise problems.SessionsAreThere()
        count = await load_sessions(client, stage / SESSIONS)
    (stage / SESSIONS).unlink()
    return count


@asynccontextmanager
async def _redis(stage: Path, place: Place) -> AsyncIterator[Redis]:
    """The given Redis, or one that writes its files into the stage and is stopped again."""
    if place.redis_url:
        async with connect(place.redis_url) as client:
            yield client
        return
    server = await ensure_server(stage)
    try:
        async with connect(server.url) as client:
            yield client
    finally:
        await server.stop()
        _forget_socket(stage / "redis")


def _forget_socket(folder: Path) -> None:
    """A long path had its socket elsewhere; the shop will choose its own."""
    socket = known_socket(folder)
    if socket.parent != folder:
        shutil.rmtree(socket.parent, ignore_errors=True)
        (folder / "socket").unlink()


def _move(stage: Path, data_dir: Path, aside: Path | None) -> None:
    """The last step: names only. The database comes last, so that half a shop has none."""
    if aside is not None:
        _move_aside(data_dir, aside)
        stage = aside / stage.name
    for path in (*(stage / FILES).glob("*"), stage / "redis", stage / DATABASE):
        if path.exists():
            path.rename(data_dir / path.name)
    shutil.rmtree(stage)
    sync_folder(data_dir)
    sync_folder(data_dir.parent)


def _move_aside(data_dir: Path, aside: Path) -> None:
    """The whole directory by one rename; the backups come back, to have them at hand."""
    try:
        data_dir.rename(aside)
    except OSError:
        raise problems.CannotMoveAside(path=str(data_dir)) from None
    private_folder(data_dir)
    if (aside / "backups").is_dir():
        (aside / "backups").rename(data_dir / "backups")
