"""`python -m bot export audio`: clips that people recorded in the chat, written to `locales/`.

Nothing is written twice, and nobody's recording is overwritten unless that was asked for; a
machine's is, and one that says other words than the sentence today. Clips of who took her voice
back are named, and removed when that is asked for. Households' names stay in the shop.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import Parts, open_shop, prepare_data_dir
from bot.commands.check_audio import Words, today_of
from bot.settings import Settings
from bot.shop.hours import local
from bot.shop.sound import HOUSEHOLD, SOUNDS, Clip, VoiceOf, sound_of
from bot.usecases.clips import key_of
from bot.usecases.ports import Books
from bot.words.manifest import (
    ManifestRow,
    audio_dir,
    read_manifest,
    shop_mark,
    voice_mark,
    write_manifest,
)


@dataclass(slots=True)
class Report:
    """What became of the clips: lines to print, and how many of each kind."""

    lines: list[str] = field(default_factory=list)
    wrote: int = 0
    same: int = 0
    refused: int = 0
    withdrawn: int = 0
    private: int = 0


def export_audio(settings: Settings, lang: str, *, force: bool, withdrawn: bool) -> int:
    """Write the clips of a language; works beside a running shop. The exit code is 1 if one could
    not be written, or somebody took her voice back and her clips are still in `locales/`.

    force: take the chat's recording where another one is in the folder. withdrawn: remove clips
    of who took her voice back.
    """
    sound, words = sound_of(lang), Words()
    if not sound:
        print(words("lang", lang=lang, known=", ".join(SOUNDS)))
        return 2
    prepare_data_dir(settings)

    async def run() -> Report:
        async with open_shop(settings, lambda: int(time.time())) as parts:
            return await export(parts, sound, force=force, remove=withdrawn)

    report = asyncio.run(run())
    counts = {"wrote": report.wrote, "same": report.same, "refused": report.refused}
    print("\n".join([*report.lines, words("total", sound=sound, **counts)]))
    return int(bool(report.refused or report.withdrawn))


async def export(parts: Parts, sound: str, *, force: bool = False, remove: bool = False) -> Report:
    """Write every clip of the chat that is not in the folder yet, and the manifest."""

    def read(books: Books) -> tuple[tuple[Clip, ...], dict[str, VoiceOf]]:
        clips = [c for c in books.clips_in(sound) if c.speaker and not c.synthetic]
        voices = {c.speaker: books.voice_of(c.speaker) for c in clips}
        return tuple(clips), {p: v for p, v in voices.items() if v is not None}

    clips, voices = await parts.records.read(read)
    out = _Folder(parts, sound, force=force)
    for clip in clips:
        await out.take(clip, voices.get(clip.speaker))
    out.tell_private()
    lent = {voice_mark(parts.hashed, row["person"]) for row in await parts.records.rows("voices")}
    gone = out.without(lent, remove=remove)
    out.close()
    if gone and remove:
        await parts.ledger.put(lambda b: _release(b, gone))
    return out.report


def _release(books: Books, gone: list[Clip]) -> None:
    for clip in gone:
        books.release_clip(clip)


class _Folder:
    """`locales/<sound>/audio` while clips are written to it."""

    def __init__(self, parts: Parts, sound: str, *, force: bool) -> None:
        self._parts, self._sound, self._force = parts, sound, force
        self._locales = parts.settings.locales_dir
        self._dir = audio_dir(self._locales, sound)
        self._before = read_manifest(self._locales, sound)
        self._rows = dict(self._before)
        self._today = today_of(parts.words.books, parts.catalogue.current, sound)
        self._shop = shop_mark(parts.hashed)
        self._words = Words()
        self.report = Report()

    async def take(self, clip: Clip, voice: VoiceOf | None) -> None:
        """One clip of the chat."""
        key = key_of(clip.id)
        if key.startswith(HOUSEHOLD):
            self.report.private += 1
            return
        if not self._today.says(key, clip.said):
            self._refuse("chat-stale", key=key, then=clip.said, now=self._today(key))
            return
        data = await self._read(clip.ref)
        if voice is None or data is None:
            self._refuse("gone", key=key)
            return
        row = self._row(clip, voice, data)
        if self._is_there(key, row.sha256):
            self.report.same += 1
        elif self._may_write(key):
            self._write(key, data)
            self.report.wrote += 1
            self._say("wrote", path=self._shown(key), speaker=voice.name or "–")
        else:
            self._refuse("there", path=self._shown(key))
            return
        self._rows[key] = row

    async def _read(self, ref: str) -> bytes | None:
        try:
            data, _ = await self._parts.media.read(ref)
        except (KeyError, OSError):
            return None
        return data

    def _row(self, clip: Clip, voice: VoiceOf, data: bytes) -> ManifestRow:
        return ManifestRow(
            ms=clip.ms,
            sha256=hashlib.sha256(data).hexdigest(),
            speaker=voice.name,
            dialect=voice.dialect,
            consent=f"{voice.version}, {_day(voice.at)}",
            date=_day(clip.at),
            said=clip.said,
            voice=voice_mark(self._parts.hashed, voice.person),
            shop=self._shop,
        )

    def _path(self, key: str) -> Path:
        return self._dir / f"{key}.ogg"

    def _shown(self, key: str) -> str:
        return f"{self._locales.name}/{self._sound}/audio/{key}.ogg"

    def _is_there(self, key: str, sha: str) -> bool:
        path = self._path(key)
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha

    def _may_write(self, key: str) -> bool:
        """Over nothing, over a machine's voice, over words that nobody says any more, or because
        it was asked for.
        """
        known = self._before.get(key)
        worse = known and (known.synthetic or not self._today.says(key, known.said))
        return bool(self._force or worse or not self._path(key).exists())

    def _write(self, key: str, data: bytes) -> None:
        self._dir.mkdir(parents=True, exist_ok=True)
        part = self._path(key).with_suffix(".new")
        part.write_bytes(data)
        part.replace(self._path(key))

    def without(self, lent: set[str], *, remove: bool) -> list[Clip]:
        """Clips recorded in this shop by who lends it her voice no more."""
        rows = self._rows
        gone = [k for k, r in rows.items() if r.shop == self._shop and r.voice not in lent]
        clips = [Clip(key, self._sound, f"media/{rows[key].sha256}", rows[key].ms) for key in gone]
        for key in gone:
            if remove:
                self._path(key).unlink(missing_ok=True)
                del rows[key]
            self._say("removed" if remove else "withdrawn", path=self._shown(key))
        if gone and not remove:
            self.report.withdrawn = len(gone)
            self._say("withdrawn-how", count=len(gone))
        return clips

    def tell_private(self) -> None:
        if self.report.private:
            self._say("private-kept", count=self.report.private)

    def close(self) -> None:
        if self._rows != self._before:
            write_manifest(self._locales, self._sound, self._rows)

    def _say(self, sentence: str, **fields: object) -> None:
        self.report.lines.append(self._words(sentence, **fields))

    def _refuse(self, sentence: str, **fields: object) -> None:
        self.report.refused += 1
        self._say(sentence, **fields)


def _day(at: int) -> str:
    """The day in Vietnam, as ISO."""
    return local(at).date().isoformat()
