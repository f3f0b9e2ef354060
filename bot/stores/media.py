"""Pictures and clips by sha256 under one folder, a row in SQL for each; product pictures from the
catalogue.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Engine, Table, delete, select

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
        picture: Callable[[str], Path | None],
    ) -> None:
        self._folder = folder
        self._reader = reader
        self._writer = writer
        self._picture = picture

    async def keep(self, data: bytes, mime: str, *, owner: str, kind: str) -> Kept:
        """Store bytes once, however often they come.

        `owner` is the person whose erasure erases them.
        """
        return await asyncio.to_thread(self._keep, data, mime, owner, kind)

    def _keep(self, data: bytes, mime: str, owner: str, kind: str) -> Kept:
        sha = hashlib.sha256(data).hexdigest()
        path = self._path(sha)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            part = path.with_suffix(".part")
            part.write_bytes(data)
            part.rename(path)
        now = int(time.time())
        row = {
            "sha256": sha,
            "mime": mime,
            "size": len(data),
            "owner": owner,
            "kind": kind,
            "kept_at": now,
            "delete_after": now + KEEP_SECONDS,
        }
        self._replace(tables.media, row)  # the latest sender owns it, and its time begins anew
        return Kept(f"media/{sha}", mime, len(data))

    def _path(self, sha: str) -> Path:
        return self._folder / sha[:2] / sha

    async def read(self, ref: str) -> tuple[bytes, str]:
        """Bytes and type of `media/<sha256>` or `product/<id>`; KeyError if there is none."""
        return await asyncio.to_thread(self._read, ref)

    def _read(self, ref: str) -> tuple[bytes, str]:
        kind, _, name = ref.partition("/")
        if kind == "product":
            path = self._picture(name)
            if path is None:
                raise KeyError(ref)
            return path.read_bytes(), "image/jpeg"
        query = select(tables.media.c.mime).where(tables.media.c.sha256 == name)
        with self._reader.connect() as conn:
            mime = conn.execute(query).scalar_one_or_none()
        if kind != "media" or mime is None:
            raise KeyError(ref)
        return self._path(name).read_bytes(), str(mime)

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
        path = self._picture(name) if kind == "product" else None
        return f"{ref}@{path.stat().st_mtime_ns}" if path else ref

    def _replace(self, table: Table, row: Mapping[str, object]) -> None:
        with self._writer.begin() as conn:
            upsert(conn, table, [dict(row)])
