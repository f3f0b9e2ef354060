"""One file that holds a shop: a plain tar any machine can open, its manifest as the last member.

    shop.db         the SQLite database; not there when it is on a server
    sessions.jsonl  what Redis held, one key a line
    files/…         everything else of DATA_DIR that cannot be made again: media, the secret
    manifest.json   format, schema, when, size and sha256 of every member above

A file that was cut off has no manifest and so is no backup.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from bot.stores.backup_problems import Damaged, NotABackup, StrangeMember

FORMAT = 1
DATABASE = "shop.db"
SESSIONS = "sessions.jsonl"
FILES = "files"
MANIFEST = "manifest.json"
LONGEST_MANIFEST = 200_000_000
CHUNK = 1 << 20

REBUILT = frozenset(
    {"redis", "backups", "understanding", "rasa", "catalogue.snapshot"}
    | {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}
)
"""What lies in DATA_DIR and is not copied as it lies: copied another way, or made again."""
UNFINISHED = (".part", ".new")
STAGE = "restoring-"


class Member(msgspec.Struct, frozen=True):
    """What a member must be: its bytes, and their SHA-256 in hex."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """`made_at` in seconds UTC; `schema` is Alembic's version of the tables; `seal` is the SHA-256
    of the rest.
    """

    format: int
    made_at: int
    schema: str
    members: dict[str, Member]
    seal: str = ""

    def sealed(self) -> Manifest:
        """The same with the seal it must have."""
        bare = msgspec.json.encode(msgspec.structs.replace(self, seal=""))
        return msgspec.structs.replace(self, seal=hashlib.sha256(bare).hexdigest())

    @property
    def has_database(self) -> bool:
        return DATABASE in self.members


class Summed:
    """A file being read; knows the hash and the size of what went through."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._sum.update(data)
        self.size += len(data)
        return data

    @property
    def member(self) -> Member:
        return Member(self.size, self._sum.hexdigest())


class Writer:
    """Adds members one after another, then the manifest."""

    def __init__(self, tar: tarfile.TarFile, made_at: int) -> None:
        self._tar, self._made_at = tar, made_at
        self._members: dict[str, Member] = {}

    def add(self, name: str, path: Path) -> None:
        """A file as it is now; raises FileNotFoundError if it is gone."""
        with path.open("rb") as file:
            info = self._info(name, os.fstat(file.fileno()).st_size)
            summed = Summed(file)
            self._tar.addfile(info, summed)
        self._members[name] = summed.member

    def finish(self, schema: str) -> Manifest:
        """The manifest; nothing may be added after it."""
        manifest = Manifest(FORMAT, self._made_at, schema, self._members).sealed()
        data = msgspec.json.format(msgspec.json.encode(manifest))
        self._tar.addfile(self._info(MANIFEST, len(data)), io.BytesIO(data))
        return manifest

    def _info(self, name: str, size: int) -> tarfile.TarInfo:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, self._made_at
        return info


@contextlib.contextmanager
def writing(path: Path, made_at: int) -> Iterator[Writer]:
    """A new archive that appears under its name only when it is whole and on the disk."""
    part = path.with_suffix(".tar.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield Writer(tar, made_at)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """The names in a folder are on the disk too."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


class Reader:
    """An archive that has a manifest and only members a backup may have."""

    def __init__(self, path: Path, tar: tarfile.TarFile) -> None:
        self._path, self._tar = path, tar
        self._infos = {info.name: info for info in tar.getmembers()}
        self.manifest = self._read_manifest()
        self._look_at_names()

    def _read_manifest(self) -> Manifest:
        info = self._infos.get(MANIFEST)
        file = self._tar.extractfile(info) if info and info.isreg() else None
        if info is None or file is None or info.size > LONGEST_MANIFEST:
            raise NotABackup(path=self._path.name)
        try:
            manifest = msgspec.json.decode(file.read(), type=Manifest)
        except (msgspec.DecodeError, UnicodeError):
            raise NotABackup(path=self._path.name) from None
        if manifest != manifest.sealed():
            raise Damaged(path=self._path.name, member=MANIFEST)
        return manifest

    def _look_at_names(self) -> None:
        for name in self.manifest.members:
            if not _is_known(name):
                raise StrangeMember(member=name)
        seen: set[str] = set()
        for info in self._tar.getmembers():
            if not info.isreg() or info.name in seen or self._is_extra(info.name):
                raise StrangeMember(member=info.name)
            seen.add(info.name)

    def _is_extra(self, name: str) -> bool:
        return name != MANIFEST and name not in self.manifest.members

    def extract(self, folder: Path) -> None:
        """Write every member below `folder`, private, and compare it with the manifest; raises
        Damaged naming the first that does not fit.
        """
        for name, expected in self.manifest.members.items():
            info = self._infos.get(name)
            if info is None or self._write(info, folder / name) != expected:
                raise Damaged(path=self._path.name, member=name)
        for parent in {(folder / name).parent for name in self.manifest.members}:
            sync_folder(parent)

    def _write(self, info: tarfile.TarInfo, to: Path) -> Member | None:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        source = self._tar.extractfile(info)
        assert source is not None  # a regular file: looked at before
        summed = Summed(source)
        with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            try:
                while data := summed.read(CHUNK):
                    file.write(data)
            except tarfile.TarError:  # cut off
                return None
            file.flush()
            os.fsync(file.fileno())
        return summed.member


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Raises NotABackup, StrangeMember; FileNotFoundError."""
    with contextlib.ExitStack() as stack:
        try:
            tar = stack.enter_context(tarfile.open(path, mode="r:"))
            reader = Reader(path, tar)
        except (tarfile.TarError, UnicodeError, EOFError, IsADirectoryError):
            raise NotABackup(path=path.name) from None
        yield reader


def _is_known(name: str) -> bool:
    """Whether a member of this name may be in a backup, and stays below the folder."""
    if name in (DATABASE, SESSIONS, MANIFEST):
        return True
    parts = PurePosixPath(name).parts
    plain = name == "/".join(parts) and ".." not in parts and "\0" not in name
    return plain and len(parts) > 1 and parts[0] == FILES and is_kept(parts[1])


def is_kept(top: str) -> bool:
    """Whether a name at the top of DATA_DIR goes into a backup as it lies."""
    return top not in REBUILT and not top.startswith(STAGE) and not top.endswith(UNFINISHED)
