"""Turns voice notes into words with a model on this machine, where the operator set one up. A part
of `app`.

The model lives in a child process; a child that dies or thinks too long is replaced. Its words are
a guess that the customer confirms; nothing is ever done by them alone.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import structlog

from bot.settings import Settings
from bot.stores.media import MediaStore

log = structlog.get_logger()

LOAD_SECONDS = 60.0
HEAR_SECONDS = 6.0
"""The person's lock is held meanwhile; a note that takes longer is only passed on."""

MOST_LETTERS = 300
ENGINES = ("vosk", "sherpa_onnx")
"""Those of `pictures.hear`, which loads a library this process must not."""


class LocalTranscriber:
    """Keeps the `Transcriber` protocol."""

    def __init__(
        self, media: MediaStore, engine: str, folder: Path, seconds: float = HEAR_SECONDS
    ) -> None:
        self._media, self._engine, self._folder = media, engine, folder
        self._seconds = seconds
        self._child: asyncio.subprocess.Process | None = None
        self._one = asyncio.Lock()

    async def text(self, ref: str) -> str:
        if self._one.locked():
            return ""  # busy with somebody else's: this one is only passed on
        async with self._one:
            try:
                data, _ = await self._media.read(ref)
                return (await asyncio.wait_for(self._heard(data), self._seconds))[:MOST_LETTERS]
            except (TimeoutError, EOFError, OSError, KeyError, asyncio.IncompleteReadError) as why:
                log.warning("transcriber", why=type(why).__name__)
                await self.aclose()
                return ""

    async def start(self) -> bool:
        """Load the model; False, with a line in the log, if that is not possible."""
        try:
            await asyncio.wait_for(self._begin(), LOAD_SECONDS)
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as why:
            log.error("transcriber-not-loaded", engine=self._engine, why=type(why).__name__)
            await self.aclose()
            return False
        return True

    async def aclose(self) -> None:
        child, self._child = self._child, None
        if child is not None and child.returncode is None:
            child.kill()
            await child.wait()

    async def _begin(self) -> asyncio.subprocess.Process:
        child = self._child
        if child is not None and child.returncode is None:
            return child
        paths = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)])
        child = self._child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "bot.pictures.hear", self._engine, str(self._folder)),
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": paths, "PYTHONUTF8": "1"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        await _answer(child)
        return child

    async def _heard(self, ogg: bytes) -> str:
        child = await self._begin()
        assert child.stdin is not None
        child.stdin.write(len(ogg).to_bytes(4, "big") + ogg)
        await child.stdin.drain()
        return (await _answer(child)).decode(errors="replace").strip()


async def _answer(child: asyncio.subprocess.Process) -> bytes:
    assert child.stdout is not None
    size = int.from_bytes(await child.stdout.readexactly(4), "big")
    return await child.stdout.readexactly(size)


def transcriber_of(settings: Settings, media: MediaStore) -> LocalTranscriber | None:
    """None where none is set up, or its name or folder is not one; the log says so."""
    if not settings.transcriber:
        return None
    folder = Path(settings.transcriber_model)
    if settings.transcriber not in ENGINES or not folder.is_dir():
        log.error("transcriber-unknown", engine=settings.transcriber, folder=str(folder))
        return None
    return LocalTranscriber(media, settings.transcriber, folder)
