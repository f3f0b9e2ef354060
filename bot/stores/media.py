"""Pictures and clips by sha256 under one folder, a row in SQL for each; product pictures from the
catalogue.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Engine, Table, delete, select, update

from bot.stores.sql import tables
from bot.stores.sql.writing import upsert
from bot.usecases.ports import Kept

KEEP_SECONDS = 90 * 24 * 3600
"""Customers' photos and voice notes are forgotten after this time."""


class MediaStore:
    """Keeps the `Media` protocol, and each platform's own id of a file so that nothing is
    uploaded twice.
    """

    def __init__(
        self,
        folder: Path,
        reader: Engine,
        writer: Engine,
        picture: Callable[[str], Path | str | None],
    ) -> None:
        self._folder = folder
        self._reader = reader
        self._writer = writer
        self._picture = picture

    async def keep(
        self, data: bytes, mime: str, *, owner: str, kind: str, seconds: int = KEEP_SECONDS
    ) -> Kept:
        """Store bytes once, however often they come; for so many seconds, 0: for good.

        `owner` is the person whose erasure erases them.
        """
        return await asyncio.to_thread(self._keep, data, mime, owner, kind, seconds)

    def _keep(self, data: bytes, mime: str, owner: str, kind: str, seconds: int) -> Kept:
        sha = hashlib.sha256(data).hexdigest()
        path = self._path(sha)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            part = path.with_suffix(".part")
            part.write_bytes(data)
            part.rename(path)
        if self._kept_for_good(sha):
            return Kept(f"media/{sha}", mime, len(data))
        now = int(time.time())
        row = {
            "sha256": sha,
            "mime": mime,
            "size": len(data),
            "owner": owner,
            "kind": kind,
            "kept_at": now,
            "delete_after": now + seconds if seconds else 0,
        }
        self._replace(tables.media, row)  # the latest sender owns it, and its time begins anew
        return Kept(f"media/{sha}", mime, len(data))

    def _kept_for_good(self, sha: str) -> bool:
        """A picture of goods stays theirs, whoever sends a copy of it."""
        query = select(tables.media.c.delete_after).where(tables.media.c.sha256 == sha)
        with self._reader.connect() as conn:
            return conn.execute(query).scalar_one_or_none() == 0

    def _path(self, sha: str) -> Path:
        return self._folder / sha[:2] / sha

    async def read(self, ref: str) -> tuple[bytes, str]:
        """Bytes and type of `media/<sha256>` or `product/<id>`; KeyError if there is none."""
        return await asyncio.to_thread(self._read, ref)

    def _read(self, ref: str) -> tuple[bytes, str]:
        kind, _, name = ref.partition("/")
        if kind == "product":
            found = self._picture(name)
            if found is None:
                raise KeyError(ref)
            if isinstance(found, Path):
                return found.read_bytes(), "image/jpeg"
            name, kind = found.removeprefix("media/"), "media"
        query = select(tables.media.c.mime).where(tables.media.c.sha256 == name)
        with self._reader.connect() as conn:
            mime = conn.execute(query).scalar_one_or_none()
        if kind != "media" or mime is None:
            raise KeyError(ref)
        return self._path(name).read_bytes(), str(mime)

    async def expire(self, ref: str, seconds: int) -> None:
        """Keep a file for no longer than this from now on; what is kept for good stays."""
        x, until = tables.media.c, int(time.time()) + seconds
        mine = (x.sha256 == ref.partition("/")[2], x.delete_after > until)
        sooner = update(tables.media).where(*mine).values(delete_after=until)

        def write() -> None:
            with self._writer.begin() as conn:
                conn.execute(sooner)

        await asyncio.to_thread(write)

    async def lasting(self, ref: str, seconds: int) -> bool:
        """Whether the file is there and will be: one that would go within half this time is kept
        for the whole of it from now on.
        """
        return await asyncio.to_thread(self._lasting, ref, seconds)

    def _lasting(self, ref: str, seconds: int) -> bool:
        x, now = tables.media.c, int(time.time())
        query = select(x.delete_after).where(x.sha256 == ref.partition("/")[2])
        with self._reader.connect() as conn:
            until = conn.execute(query).scalar_one_or_none()
        if until is None or 0 < until <= now or not self._path(ref.partition("/")[2]).exists():
            return False
        if 0 < until < now + seconds // 2:
            later = update(tables.media).where(
                x.sha256 == ref.partition("/")[2], x.delete_after > now
            )
            with self._writer.begin() as conn:
                conn.execute(later.values(delete_after=now + seconds))
        return True

    async def tenure(self, ref: str) -> tuple[str, int]:
        """Whose erasure erases the file (empty for nobody's), and how many seconds it is still
        kept, 0 for good. KeyError if there is none.
        """
        x = tables.media.c
        query = select(x.owner, x.delete_after).where(x.sha256 == ref.partition("/")[2])

        def read() -> tuple[str, int]:
            with self._reader.connect() as conn:
                found = conn.execute(query).one_or_none()
            if found is None:
                raise KeyError(ref)
            left = found.delete_after and max(1, found.delete_after - int(time.time()))
            return str(found.owner), int(left)

        return await asyncio.to_thread(read)

    async def sweep(self, now: int) -> int:
        """Delete files whose time has come; returns how many."""
        return await asyncio.to_thread(self._sweep, now)

    def _sweep(self, now: int) -> int:
        x = tables.media.c
        with self._writer.begin() as conn:
            due = (x.delete_after > 0, x.delete_after <= now)
            gone = list(conn.execute(select(x.sha256).where(*due)).scalars())
            conn.execute(delete(tables.media).where(x.sha256.in_(gone)))
        for sha in gone:
            self._path(sha).unlink(missing_ok=True)
        return len(gone)

    # the platform's own id of a file

    async def bytes_of(self, ref: str) -> tuple[bytes, str]:
        return await self.read(ref)

    async def platform_id(self, channel: str, bot: str, ref: str) -> str:
        """The id under which this bot already uploaded the file, empty if it did not."""
        x = tables.platform_media.c
        same = (x.ref == self._version(ref), x.channel == channel, x.bot == bot)
        query = select(x.platform_id).where(*same)

        def read() -> str:
            with self._reader.connect() as conn:
                return str(conn.execute(query).scalar_one_or_none() or "")

        return await asyncio.to_thread(read)

    async def remember(self, channel: str, bot: str, ref: str, platform_id: str) -> None:
        """A later upload of the same file takes the place of an id that no longer works."""
        ref = self._version(ref)
        row = {"ref": ref, "channel": channel, "bot": bot, "platform_id": platform_id}
        await asyncio.to_thread(self._replace, tables.platform_media, row)

    def _version(self, ref: str) -> str:
        """A product's picture may be replaced under the same name; its uploads are then void."""
        kind, _, name = ref.partition("/")
        found = self._picture(name) if kind == "product" else None
        if isinstance(found, str):
            return found
        return f"{ref}@{found.stat().st_mtime_ns}" if found else ref

    def _replace(self, table: Table, row: Mapping[str, object]) -> None:
        with self._writer.begin() as conn:
            upsert(conn, table, [dict(row)])
