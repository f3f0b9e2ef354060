"""Sound files made of other ones: clips joined, and AAC twins. A part of `app`.

What was made is remembered by what it was made of and found again by every process; what was
swept meanwhile is made anew. Each is made once, however many ask for it at the same time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256

from bot.pictures.workshop import Workshop
from bot.shop.pictures import ToJoin
from bot.stores.media import MediaStore

KEEP_SECONDS = 30 * 24 * 3600
"""As long as the messages that speak with them."""

SURE_SECONDS = 600.0
"""How long a process believes that a file it found is still there."""

JOINED, AAC = "joined", "aac"
"""Kinds of kept files, and what they are remembered under."""

MOST_KNOWN = 20_000
RECIPE = "1"
"""Change it when joining changes; everything is then joined anew."""

Pieces = Sequence[tuple[str, int]]
"""References of clips, each with the milliseconds of silence after it."""

Make = Callable[[], Awaitable[str]]


class SoundFiles:
    """Joined clips and AAC twins by reference."""

    def __init__(self, media: MediaStore, workshop: Workshop) -> None:
        self._media = media
        self._workshop = workshop
        self._known: dict[tuple[str, str], tuple[str, float]] = {}
        self._making: dict[tuple[str, str], asyncio.Task[str]] = {}

    def forget(self) -> None:
        """Clips changed: files made of those that went are gone, so the store is asked again."""
        self._known.clear()

    def at_once(self, pieces: Pieces) -> str:
        """As `joined`, if this process remembers it; else empty."""
        if len(pieces) == 1:
            return pieces[0][0]
        return self._remembered((JOINED, _name(pieces)))

    async def joined(self, pieces: Pieces) -> str:
        """One voice note of these clips; a clip alone is its own.

        Raises a refusal of `shop.media_problems`, KeyError, OSError.
        """
        if ref := self.at_once(pieces):
            return ref
        return await self._once(JOINED, _name(pieces), lambda: self._join(pieces))

    async def aac(self, ref: str) -> str:
        """The AAC twin of a kept Ogg file. Raises KeyError if there is no such file."""
        return await self._once(AAC, ref, lambda: self._twin(ref))

    async def _once(self, kind: str, name: str, make: Make) -> str:
        at = (kind, name)
        if ref := self._remembered(at):
            return ref
        task = self._making.get(at)
        if task is None:
            task = self._making[at] = asyncio.create_task(self._found_or_made(at, make))
            task.add_done_callback(lambda done: self._done(at, done))
        return await asyncio.shield(task)

    def _remembered(self, at: tuple[str, str]) -> str:
        ref, until = self._known.get(at, ("", 0.0))
        return ref if until > time.monotonic() else ""

    def _done(self, at: tuple[str, str], task: asyncio.Task[str]) -> None:
        del self._making[at]
        if task.cancelled() or task.exception() is not None:
            return
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[at] = (task.result(), time.monotonic() + SURE_SECONDS)

    async def _found_or_made(self, at: tuple[str, str], make: Make) -> str:
        kind, name = at
        ref = await self._media.platform_id(kind, "", name)
        stay = KEEP_SECONDS if kind == JOINED else 0  # a twin goes with its first
        if ref and await self._media.lasting(ref, stay):
            return ref
        ref = await make()
        await self._media.remember(kind, "", name, ref)
        return ref

    async def _join(self, pieces: Pieces) -> str:
        read = [(await self._media.read(ref))[0] for ref, _ in pieces]
        ready = tuple(ToJoin(ogg, gap) for ogg, (_, gap) in zip(read, pieces, strict=True))
        made = await self._workshop.joined(ready)
        ref = await self._keep(made.ogg, "audio/ogg", "", JOINED, KEEP_SECONDS)
        return await self._still(ref, [piece for piece, _ in pieces])

    async def _twin(self, ref: str) -> str:
        """It belongs to whom the first belongs, and goes no later."""
        data, mime = await self._media.read(ref)
        if mime != "audio/ogg":
            raise KeyError(ref)
        owner, left = await self._media.tenure(ref)
        made = await self._workshop.as_aac(data)
        seconds = min(left or KEEP_SECONDS, KEEP_SECONDS)
        twin = await self._keep(made, "audio/aac", owner, AAC, seconds)
        return await self._still(twin, [ref])

    async def _still(self, made: str, of: Sequence[str]) -> str:
        """Somebody may have taken her voice back while this was made of it: then it goes too."""
        for ref in of:
            if not await self._media.lasting(ref, 0):
                await self._media.expire(made, -1)
                raise KeyError(ref)
        return made

    async def _keep(self, data: bytes, mime: str, owner: str, kind: str, seconds: int) -> str:
        kept = await self._media.keep(data, mime, owner=owner, kind=kind, seconds=seconds)
        return kept.ref


def _name(pieces: Pieces) -> str:
    told = "\n".join((RECIPE, *(f"{ref} {gap}" for ref, gap in pieces)))
    return f"{JOINED}/{sha256(told.encode()).hexdigest()}"
