"""Real embedded servers for the store tests: one for the whole run, or one that may be killed."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.stores.redis_server import EmbeddedServer, ensure_server

ROOT = Path(__file__).parents[2]


async def on_disk(client: Redis) -> None:
    """Until the server has written what it answered (see the durability note in redis_server)."""
    async with asyncio.timeout(10):
        while True:
            info = await client.info("persistence")
            if info["aof_buffer_length"] == info["aof_pending_bio_fsync"] == 0:
                return
            await asyncio.sleep(0.02)


class Keeper:
    """Another process that keeps a folder's server; `url`, and `child` if it is the parent."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("keeper.py")), str(folder)],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.said: dict[str, Any] = {}

    def wait(self) -> Keeper:
        """Until its server answers."""
        assert self.process.stdout is not None
        self.said = json.loads(self.process.stdout.readline())
        return self

    @property
    def url(self) -> str:
        return str(self.said["url"])

    @property
    def child(self) -> int | None:
        return self.said["child"]

    def end(self) -> None:
        """Let it stop the way the shop stops; harmless if it is gone."""
        self.process.communicate()

    def kill(self) -> None:
        self.process.kill()
        self.end()


@pytest.fixture(scope="session")
def shared_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one server for the whole run; a test empties it before use."""
    keeper = Keeper(tmp_path_factory.mktemp("shared")).wait()
    yield keeper.url
    keeper.end()


@pytest.fixture
def keep() -> Iterator[Callable[[Path], Keeper]]:
    """Starts keepers and ends them after the test."""
    keepers: list[Keeper] = []

    def start(folder: Path) -> Keeper:
        keepers.append(Keeper(folder))
        return keepers[-1]

    yield start
    for keeper in keepers:
        keeper.end()


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[EmbeddedServer]:
    """A server of this test alone, which may be killed."""
    server = await ensure_server(tmp_path)
    yield server
    await server.stop()
