"""The servers a bench measures: processes of their own, what they cost and how large they are."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from sqlalchemy import func, select

from bot.settings import Settings
from bot.stores.sql import tables
from bot.stores.sql.engine import make_engine

READY_WITHIN = 30.0
STOPPED_WITHIN = 10.0
_PLENTY = 100_000_000
"""Grams or pieces of everything, so that no bench sells the shop out."""


class NotStarted(Exception):
    """A server did not come up; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running process that listens on 127.0.0.1."""

    process: asyncio.subprocess.Process
    port: int

    @property
    def pid(self) -> int:
        return self.process.pid

    async def stop(self) -> None:
        """Ask it to end; kill it if it does not."""
        if self.process.returncode is not None:
            return
        self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), STOPPED_WITHIN)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


async def start(folder: Path, ready: str, *words: str, **env: str) -> Server:
    """Run `python -m <words>` until it prints what `ready` matches: its group 1 is the port."""
    complaints = _log_in(folder)
    process = await _run(complaints, words, env)
    server = Server(process, 0)
    try:
        return Server(process, await asyncio.wait_for(_port(process, ready), READY_WITHIN))
    except (TimeoutError, EOFError):
        await server.stop()
        raise NotStarted(complaints.read_text("utf-8", "replace")[-2000:]) from None
    except BaseException:
        await server.stop()
        raise


async def _run(
    complaints: Path, words: Sequence[str], env: Mapping[str, str]
) -> asyncio.subprocess.Process:
    """`env` in place of every setting of ours; what it says on stderr goes to `complaints`."""
    known = {spec.name.upper() for spec in fields(Settings)}
    rest = {name: value for name, value in os.environ.items() if name not in known}
    with complaints.open("ab") as into:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", *words,
            env={**rest, **env}, stdout=asyncio.subprocess.PIPE, stderr=into,
        )  # fmt: skip


async def run(
    folder: Path, words: Sequence[str], env: Mapping[str, str]
) -> asyncio.subprocess.Process:
    """Run `python -m <words>` with this environment, and do not wait for anything."""
    return await _run(_log_in(folder), words, env)


def _log_in(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "stderr.log"


async def _port(process: asyncio.subprocess.Process, ready: str) -> int:
    assert process.stdout is not None
    while line := await process.stdout.readline():
        if found := re.search(ready, line.decode()):
            return int(found.group(1))
    raise EOFError


async def start_shop(settings: Settings, folder: Path, **env: str) -> Server:
    """`python -m bot web` on a free port with a data directory of its own in `folder`.

    The limits that keep one person from ordering for many are out of the way: here one address
    orders for everybody. The tables are made and the examples learned beforehand, as `release`
    does it: a shop is started more often than it is founded.
    """
    return await serve(folder, await release(settings, folder, **env))


async def release(settings: Settings, folder: Path, **env: str) -> dict[str, str]:
    """Make the tables and learn the examples; the environment the shop is to be started with."""
    env = {**surroundings(settings, folder), **env}
    for command in ("migrate", "train"):
        done = await _run(_log_in(folder), ("bot", command), env)
        await done.communicate()
    return env


async def serve(folder: Path, env: Mapping[str, str]) -> Server:
    return await start(folder, r"http://127\.0\.0\.1:(\d+)", "bot", "web", **env)


def surroundings(settings: Settings, folder: Path) -> Mapping[str, str]:
    """The environment of a shop of its own in `folder`, with plenty of everything."""
    return {
        "DATA_DIR": str(folder / "data"),
        "CATALOG_DIR": str(_well_stocked(settings.catalog_dir, folder / "catalog")),
        "INTENTS_DIR": str(settings.intents_dir.absolute()),
        "LOCALES_DIR": str(settings.locales_dir.absolute()),
        "MODELS_DIR": settings.models_dir,
        "HOST": "127.0.0.1",
        "PORT": "0",
        "OPEN_ORDERS_PER_ADDRESS": "1000000000",
        "LOG_LEVEL": "WARNING",
    }


def _well_stocked(catalog: Path, into: Path) -> Path:
    """A copy of the catalogue with plenty of everything."""
    shutil.copytree(catalog, into)
    for path in (into / "products").glob("*.yaml"):
        text = path.read_text("utf-8")
        stocked = re.sub(r"(?m)^opening_stock:.*", f"opening_stock: {_PLENTY}", text)
        path.write_text(stocked, "utf-8")
    return into


def orders_in(folder: Path) -> int:
    """Orders in the SQL database of a shop started in `folder`."""
    engine = make_engine(Settings(data_dir=folder / "data").sql_url, writer=False)
    with engine.connect() as conn:
        count = conn.execute(select(func.count()).select_from(tables.orders)).scalar_one()
    engine.dispose()
    return int(count)


def cpu_seconds(pid: int) -> float:
    """Processor time a running process of this user has had, user and system."""
    if sys.platform == "linux":
        return time.clock_gettime((~pid << 3) | 2)  # the kernel's number for its CPU clock
    return seconds_of(_ps("cputime=", pid))


def rss_mb(pid: int) -> float:
    """Resident memory in MB (10⁶ bytes)."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        found = re.search(r"VmRSS:\s+(\d+)", status.read_text())
        return int(found.group(1)) * 1024 / 1e6 if found else 0.0
    return int(_ps("rss=", pid)) * 1024 / 1e6


def _ps(column: str, pid: int) -> str:
    done = subprocess.run(
        ["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def seconds_of(clock: str) -> float:
    """`[[days-]hours:]minutes:seconds` as ps writes it."""
    days, _, rest = clock.rpartition("-")
    total = 0.0
    for part in rest.split(":"):
        total = total * 60 + float(part)
    return total + 86400 * int(days or 0)
