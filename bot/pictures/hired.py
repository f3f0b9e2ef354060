"""One child process for one job: asked on standard input, heard on standard output, then gone.

The child gets none of the shop's secrets: its environment holds only what Python needs to start.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from bot.shop import media_problems
from bot.shop.problems import Problem

CODE = Path(__file__).parents[2]
"""Where `bot` lies."""

NEEDED = ("PATH", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "HOME")
"""What is handed on of our own environment."""

REFUSED = 3
"""Exit code of a child that refuses; it then says which Problem, and its fields."""

REFUSALS: Mapping[str, type[Problem]] = {
    kind.id: kind
    for kind in vars(media_problems).values()
    if isinstance(kind, type) and issubclass(kind, Problem) and kind is not Problem
}


class ChildFailed(Exception):
    """It crashed, ran out of memory or time, or said something we do not know."""


async def ask(verb: str, asked: bytes, seconds: float) -> bytes:
    """What the child made of it, as msgpack. Raises its Problem, or ChildFailed."""
    with tempfile.TemporaryDirectory(prefix="pictures-", ignore_cleanup_errors=True) as folder:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "bot.pictures.child", verb),
            env=_environment(folder),
            cwd=folder,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, why = await _heard(child, asked, seconds)
    if child.returncode == REFUSED:
        raise _problem(said)
    if child.returncode:
        last = why.decode(errors="replace").strip().splitlines()[-1:]
        raise ChildFailed(f"exit {child.returncode}: {''.join(last)[:200]}")
    return said


async def _heard(
    child: asyncio.subprocess.Process, asked: bytes, seconds: float
) -> tuple[bytes, bytes]:
    try:
        return await asyncio.wait_for(child.communicate(asked), seconds)
    except TimeoutError:
        raise ChildFailed(f"not ready after {seconds} s") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


def _problem(said: bytes) -> Problem | ChildFailed:
    try:
        id, fields = msgspec.msgpack.decode(said, type=tuple[str, dict[str, int]])
        return REFUSALS[id](**fields)
    except (msgspec.DecodeError, KeyError) as error:
        return ChildFailed(f"refused for no known reason: {type(error).__name__}")


def _environment(folder: str) -> dict[str, str]:
    """Python finds `bot` and what was installed for it; everything temporary goes to `folder`."""
    paths = os.pathsep.join([str(CODE), *filter(None, sys.path)])
    known = {name: os.environ[name] for name in NEEDED if name in os.environ}
    return {**known, "PYTHONPATH": paths, "TMPDIR": folder, "PYTHONUTF8": "1"}
