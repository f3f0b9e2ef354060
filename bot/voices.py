"""The shop's recorded voice: finds the clips of a message and joins them. A part of `app`."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import msgspec
import structlog

from bot.settings import Settings
from bot.shop.says import Say
from bot.shop.sound import SOUNDS, Clip, sound_of
from bot.sounds import SoundFiles
from bot.stores.catalogue import LiveCatalogue, LoadedCatalogue
from bot.stores.media import MediaStore
from bot.stores.random_ids import keyed_hash
from bot.truth import Truth
from bot.usecases import clips
from bot.usecases.clip_names import every_name
from bot.usecases.clips import key_of
from bot.words.book import Books
from bot.words.manifest import (
    Known,
    ManifestBroken,
    ManifestRow,
    audio_dir,
    merged,
    read_manifest,
    shop_mark,
    voice_mark,
)
from bot.words.script import Script, Unsayable, cut, folded, gaps, script
from bot.words.spoken import Spoken
from bot.words.today import Today, homes_in

log = structlog.get_logger()

FRESH_SECONDS = 3.0
"""How long a process may miss what another one recorded."""

PATIENCE_SECONDS = 2.0
"""How long an answer waits to be joined; after that it is text, and the next one has its sound.
The person's lock is held meanwhile.
"""

TOLD_SECONDS = 3600.0
"""A missing clip is noted as wanted once in this time."""

MOST_TOLD = 10_000


@dataclass(slots=True)
class _Index:
    """What is recorded in one sound, as of `at`, and says what is written today. names: keys of
    the names that can be read; a household's where somebody recorded it, else it is somebody's
    own words.
    """

    clips: Mapping[str, Known] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    rows: object = None
    goods: LoadedCatalogue | None = None
    at: float = float("-inf")
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    def fresh(self, goods: LoadedCatalogue) -> bool:
        """Whether nothing can have been recorded since, and the catalogue is the same."""
        return goods is self.goods and time.monotonic() - self.at < FRESH_SECONDS


class Voices:
    """Keeps the `Aloud` protocol.

    recorded: rows of the clips of a sound. want: told which clips somebody missed, with the words
    they are to say. shop: the mark of this shop in a manifest; lent: the marks of who lends it her
    voice.
    """

    def __init__(
        self,
        books: Books,
        locales_dir: Path,
        media: MediaStore,
        sounds: SoundFiles,
        catalogue: Callable[[], LoadedCatalogue],
        recorded: Callable[[str], Awaitable[Sequence[Clip]]],
        want: Callable[[Mapping[str, str]], Awaitable[None]],
        shop: str,
        lent: Callable[[], Awaitable[Collection[str]]],
    ) -> None:
        self._books = books
        self._dir = locales_dir
        self._media = media
        self._sounds = sounds
        self._catalogue = catalogue
        self._recorded = recorded
        self._want = want
        self._shop = shop
        self._lent = lent
        self._indexes: dict[str, _Index] = {}
        self._stored: set[str] = set()
        self._told: dict[str, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def changed(self) -> None:
        """A clip was recorded or went in this process: look again before the next message."""
        self._indexes.clear()
        self._forget()

    async def read_out(self, say: Say, spoken: Spoken) -> Spoken:
        if not sound_of(spoken.lang):
            return spoken
        try:
            refs = self._at_once(say, spoken)
            if refs is None:
                refs = await asyncio.wait_for(self._files(say, spoken), PATIENCE_SECONDS)
        except Unsayable:
            return spoken
        except TimeoutError:
            log.warning("sound-late", id=spoken.id)
            return spoken
        except Exception:
            log.exception("sound-failed", id=spoken.id)
            return spoken
        return msgspec.structs.replace(spoken, sound=refs) if refs else spoken

    async def aclose(self) -> None:
        """Wait for what is being noted."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _at_once(self, say: Say, spoken: Spoken) -> tuple[str, ...] | None:
        """What is known and needs no waiting; None if something has to be looked up or made."""
        mine, goods = self._indexes.get(sound_of(spoken.lang)), self._catalogue()
        if mine is None or not mine.fresh(goods):
            return None
        said = script(self._books, say, spoken, mine.names)
        indexes = {sound: self._indexes.get(sound) for sound in said.sounds}
        if not all(index is not None and index.fresh(goods) for index in indexes.values()):
            return None
        known = self._clips(said, {s: index.clips for s, index in indexes.items() if index})
        if not all(clip.file is None or clip.ref in self._stored for clip in known.values()):
            return None
        refs = [self._sounds.at_once(file) for file in _pieces(said, known)]
        return tuple(refs) if all(refs) else None

    async def _files(self, say: Say, spoken: Spoken) -> tuple[str, ...]:
        mine = await self._index(sound_of(spoken.lang))
        said = script(self._books, say, spoken, mine.names)
        indexes = {sound: (await self._index(sound)).clips for sound in said.sounds}
        known = self._clips(said, indexes)
        await asyncio.gather(*(self._store(clip) for clip in known.values()))
        files = _pieces(said, known)
        return tuple(await asyncio.gather(*(self._sounds.joined(file) for file in files)))

    def _clips(
        self, said: Script, indexes: Mapping[str, Mapping[str, Known]]
    ) -> Mapping[str, Known]:
        """The clip of every id; none at all if one is missing."""
        found = {id: indexes[id.partition("/")[0]].get(id) for id in said.ids}
        known = {id: clip for id, clip in found.items() if clip is not None}
        if len(known) < len(found):
            self._miss(sorted(found.keys() - known.keys()))
            return {}
        return known

    # what is recorded

    async def _index(self, sound: str) -> _Index:
        index = self._indexes.setdefault(sound, _Index())
        async with index.reading:
            if not index.fresh(self._catalogue()):
                await self._read_again(sound, index)
        return index

    async def _read_again(self, sound: str, index: _Index) -> None:
        at, goods = time.monotonic(), self._catalogue()
        rows = (tuple(await self._recorded(sound)), await self._filed(sound))
        if rows != index.rows or goods is not index.goods:
            if index.rows is not None and rows != index.rows:
                self._forget()
            index.rows, index.goods = rows, goods
            today = self._today(sound, goods)
            here = [clip for clip in rows[0] if today.says(key_of(clip.id), clip.said)]
            filed = {key: row for key, row in rows[1].items() if today.says(key, row.said)}
            index.clips = merged(sound, here, filed, audio_dir(self._dir, sound))
            index.names = homes_in(here) | names_of(goods)
        index.at = at

    def _forget(self) -> None:
        """Files of clips that went are gone, and so is what was made of them."""
        self._stored.clear()
        self._sounds.forget()

    async def _filed(self, sound: str) -> Mapping[str, ManifestRow]:
        """Without what was recorded here by who lends her voice no more."""
        try:
            rows = await asyncio.to_thread(read_manifest, self._dir, sound)
        except ManifestBroken as error:
            log.warning("manifest-broken", error=str(error))
            return {}
        if not any(row.shop == self._shop for row in rows.values()):
            return rows
        lent = await self._lent()
        return {k: row for k, row in rows.items() if row.shop != self._shop or row.voice in lent}

    async def _store(self, known: Known) -> None:
        """A file of the repository goes into the media store when it is first needed."""
        if known.file is None or known.ref in self._stored:
            return
        data = await asyncio.to_thread(known.file.read_bytes)
        if f"media/{hashlib.sha256(data).hexdigest()}" != known.ref:
            raise ValueError(f"{known.file} is not what its manifest says")
        await self._media.keep(data, "audio/ogg", owner="", kind="clip", seconds=0)
        self._stored.add(known.ref)

    def _today(self, sound: str, goods: LoadedCatalogue) -> Today:
        return Today(self._books, sound, {p.key: p.said for p in every_name(goods, sound)})

    # what is missing

    def _miss(self, ids: Iterable[str]) -> None:
        now = time.monotonic()
        fresh = [id for id in ids if now - self._told.get(id, float("-inf")) > TOLD_SECONDS]
        if not fresh:
            return
        if len(self._told) > MOST_TOLD:
            self._told.clear()
        self._told.update(dict.fromkeys(fresh, now))
        task = asyncio.create_task(self._note(fresh))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _note(self, ids: Sequence[str]) -> None:
        goods = self._catalogue()
        today = {sound: self._today(sound, goods) for sound in SOUNDS}
        try:
            await self._want({id: today[id.partition("/")[0]](key_of(id)) for id in ids})
        except Exception:
            log.exception("wanted-not-noted")


def _pieces(said: Script, known: Mapping[str, Known]) -> list[list[tuple[str, int]]]:
    """What each file is joined of: references and the silence after each; nothing of nothing."""
    if not known:
        return []
    parts = cut(said, {id: clip.ms for id, clip in known.items()})
    return [[(known[id].ref, gap) for id, gap in gaps(part)] for part in parts]


def names_of(known: LoadedCatalogue) -> dict[str, str]:
    """Every name of the catalogue, in whatever language, and the key of its clip."""
    named: dict[str, str] = {}
    named |= {folded(h.name): f"name-household-{h.id}" for h in known.households.values()}
    named |= {folded(s.name): f"name-seller-{s.id}" for s in known.sellers.values()}
    named |= {folded(p.name): f"name-province-{p.code}" for p in known.provinces.values()}
    for id_, names in known.category_names.items():
        named |= {folded(name): f"name-category-{id_}" for name in names.values()}
    for product in known.products.values():
        named |= {folded(name): f"name-product-{product.id}" for name in product.name.values()}
    return named


def shop_voices(
    settings: Settings,
    books: Books,
    kept: tuple[Truth, LiveCatalogue],
    sounds: SoundFiles,
    secret: str,
    now: Callable[[], int],
) -> Voices:
    """The voice of a shop whose parts stand."""
    truth, catalogue = kept
    hashed = partial(keyed_hash, secret)

    async def recorded(sound: str) -> Sequence[Clip]:
        return await truth.records.read(lambda b: b.clips_in(sound))

    async def want(missed: Mapping[str, str]) -> None:
        await truth.ledger.put(lambda b: clips.want(b, missed, now()))

    async def lent() -> frozenset[str]:
        voices = await truth.records.rows("voices")
        return frozenset(voice_mark(hashed, row["person"]) for row in voices)

    return Voices(
        books, settings.locales_dir, truth.media, sounds, lambda: catalogue.current,
        recorded, want, shop_mark(hashed), lent,
    )  # fmt: skip
