"""Keeps the shop's understanding up to date: learned in a child process, read from a cache.

A model is cached under the hash of everything it was learned from, so an unchanged folder starts
at once and nothing is ever stale. While a new one is being learned, and when the examples are
broken, the last good one goes on answering.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import structlog

from bot.understand.intents_file import vietnamese_files
from bot.understand.model import Model, ModelBroken
from bot.understand.understander import (
    BandsBroken,
    LocalUnderstander,
    NotReady,
    Understander,
    load_bands,
    numbers_of,
)

log = structlog.get_logger()

CODE = Path(__file__).parent
KEPT = 3
"""Models kept in the cache; older ones are removed."""

NO_LEARNER = 3
"""Exit code of `python -m bot train` where scikit-learn is not installed."""


def model_path(intents_dir: Path, cache_dir: Path) -> Path:
    """Where the model of these examples and this code is, or will be."""
    digest = hashlib.sha256(_code_hash())
    for path in [*vietnamese_files(intents_dir), intents_dir / "teencode.yml"]:
        digest.update(path.name.encode() + b"\0")
        digest.update(_bytes(path) + b"\0")
    return cache_dir / f"{digest.hexdigest()[:32]}.model"


@cache
def _code_hash() -> bytes:
    """Other code masks and counts otherwise: what it would need is another model."""
    digest = hashlib.sha256()
    for path in sorted(CODE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def sweep(cache_dir: Path, keep: Path) -> None:
    """Remove all models but this one and the KEPT - 1 newest others."""
    others = sorted(
        (path for path in cache_dir.glob("*.model") if path != keep),
        key=lambda path: -_moment(path),
    )
    for path in others[KEPT - 1 :]:
        path.unlink(missing_ok=True)


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _moment(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def opened(path: Path) -> Model | None:
    """The model of a cache file; one that is damaged is removed, and None as for one not there."""
    if not path.exists():
        return None
    try:
        return Model(path)
    except ModelBroken as error:
        log.warning("model-broken", error=str(error))
        path.unlink(missing_ok=True)
        return None


@lru_cache(maxsize=1)
def _numbers(texts: tuple[str, ...]) -> array[int]:
    return array("I", numbers_of(texts))


class LiveUnderstanding:
    """`current` answers at any time; `watch` keeps it up to date.

    texts: what else is known by word (names of goods, the shop's own answers); asked for again
        with every new model. env: settings the child process needs beside the two folders.
    """

    def __init__(
        self,
        intents_dir: Path,
        cache_dir: Path,
        texts: Callable[[], Iterable[str]] = tuple,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._intents, self._cache = intents_dir.resolve(), cache_dir.resolve()
        self._texts, self._env = texts, dict(env or {})
        self._using: tuple[Path, bytes] | None = None
        self._failed: tuple[Path, bytes] | None = None
        self._seen: tuple[tuple[str, int, int], ...] = ()
        self.current: Understander = NotReady()

    def start(self) -> None:
        """Take the model of the cache if it is there, else the newest other one for now."""
        path = model_path(self._intents, self._cache)
        if not self._take(path):
            others = sorted(self._cache.glob("*.model"), key=lambda path: -_moment(path))
            any(self._take(other) for other in others)

    @property
    def ready(self) -> bool:
        """True once the model belongs to the examples as they are now."""
        path = model_path(self._intents, self._cache)
        return self._using is not None and self._using[0] == path

    async def watch(self, interval: float = 2.0) -> None:
        """Look every `interval` seconds until cancelled; learn when the examples changed."""
        while True:
            try:
                await self.refresh()
            except Exception:  # a bug of ours must not end the watch for good
                log.exception("understanding-watch")
            await asyncio.sleep(interval)

    async def refresh(self) -> bool:
        """Look now; True if another model took the old one's place.

        What could not be learned is tried again when a file changes, or at the next start.
        """
        seen = self._stamps()
        if seen == self._seen:
            return False
        changed = await self._renew()
        self._seen = seen  # only now: whoever else asks meanwhile waits for the model too
        return changed

    async def _renew(self) -> bool:
        state = await asyncio.to_thread(self._state)
        if state in (self._using, self._failed):
            return False
        if await asyncio.to_thread(self._take, state[0]):
            return True
        if await self._learn() and await asyncio.to_thread(self._take, state[0]):
            return True
        self._failed = state
        return False

    def _state(self) -> tuple[Path, bytes]:
        bands = _bytes(self._intents / "bands.yml")
        return model_path(self._intents, self._cache), bands

    def _stamps(self) -> tuple[tuple[str, int, int], ...]:
        """What a glance shows of the files; they are only read again when it changes."""
        paths = [*vietnamese_files(self._intents), self._intents / "teencode.yml"]
        found = ((path, _stat(path)) for path in [*paths, self._intents / "bands.yml"])
        return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in found if stat)

    def _take(self, path: Path) -> bool:
        model = opened(path)
        if model is None:
            return False
        bands = _bytes(self._intents / "bands.yml")
        try:
            more = _numbers(tuple(self._texts()))
            self.current = LocalUnderstander(model, load_bands(self._intents / "bands.yml"), more)
        except BandsBroken as error:
            log.error("bands-broken", error=str(error))
            return False
        self._using = (path, bands)
        return True

    async def _learn(self) -> bool:
        """In a child process, so that scikit-learn's memory is given back."""
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "train"),
            env=self._environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            said, _ = await child.communicate()
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        if child.returncode:
            lines = said.decode(errors="replace").strip().splitlines()
            log.error("understanding-not-learned", code=child.returncode, said=lines[-5:])
        return not child.returncode

    def _environment(self) -> dict[str, str]:
        folders = {"INTENTS_DIR": str(self._intents), "MODELS_DIR": str(self._cache)}
        roots = [str(CODE.parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {**os.environ, **self._env, **folders, "PYTHONPATH": os.pathsep.join(roots)}
