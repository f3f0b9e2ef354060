"""Recorded clips and voice notes of orders, as a ledger command sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select, update

from bot.shop.sound import HOUSEHOLD, SOUNDS, Clip, OrderVoice, VoiceOf, Wanted, clip_id
from bot.stores.sql import tables_sound as t
from bot.stores.sql.books_board import BoardBooks
from bot.stores.sql.books_shop import _sort
from bot.stores.sql.tables import media

CLIP = _sort(t.clips, Clip)
VOICE = _sort(t.voices, VoiceOf)
WANTED = _sort(t.clips_wanted, Wanted)
ORDER_VOICE = _sort(t.order_voices, OrderVoice)

CLIPS = ("clip", "filed")
"""Kinds of files that are recordings: made in the chat, or come with the shop."""

MADE_OF_CLIPS = ("joined", "aac")
"""Kinds of files that hold somebody's clips in another form; made anew where still needed."""


class SoundBooks(BoardBooks):
    """The part of `Books` that is about sound."""

    def _sound_writers(self) -> None:
        for sort in (CLIP, VOICE, WANTED, ORDER_VOICE):
            self._writers[sort.name] = self._writer(sort)

    def clip(self, clip: str) -> Clip | None:
        found: Clip | None = self._one(CLIP, clip)
        return found

    def save_clip(self, clip: Clip) -> None:
        self._keep(CLIP, clip.id, clip)
        self._later.append(lambda: self._for_good(clip.ref))
        self.sound_changed = True

    def _for_good(self, ref: str) -> None:
        """A recording that was only tried goes within a week; one that speaks stays."""
        mine = (media.c.sha256 == ref.partition("/")[2], media.c.kind == "clip")
        self._run(update(media).where(*mine).values(delete_after=0))

    def clips_in(self, sound: str) -> tuple[Clip, ...]:
        return self._all(CLIP, t.clips.c.sound == sound, lambda c: c.sound == sound)

    def drop_clip(self, clip: str) -> None:
        self._drop(CLIP, t.clips, clip)
        self.sound_changed = True

    def voice_of(self, person: str) -> VoiceOf | None:
        found: VoiceOf | None = self._one(VOICE, person)
        return found

    def save_voice(self, voice: VoiceOf) -> None:
        self._keep(VOICE, voice.person, voice)

    def forget_voice(self, person: str) -> None:
        for clip in self._all(CLIP, t.clips.c.speaker == person, lambda c: c.speaker == person):
            self._drop(CLIP, t.clips, clip.id)
        self._set(VOICE.name, person, None, lambda: None)
        self._later.append(lambda: self._forget_clips(person))

    def release_clip(self, clip: Clip) -> None:
        self._later.append(lambda: self._release(clip.ref))

    def _release(self, ref: str) -> None:
        """Unless the same recording speaks other words too."""
        if not self._rows(select(t.clips.c.id).where(t.clips.c.ref == ref).limit(1)):
            self._drop_files(media.c.sha256 == ref.partition("/")[2])

    def _drop_files(self, which: Any) -> None:
        """The worker sweeps them within a minute, and what was made of clips."""
        mine = media.c.kind.in_(CLIPS) & which
        if self._rows(select(media.c.sha256).where(mine).limit(1)):
            made = media.c.kind.in_(MADE_OF_CLIPS)
            self._run(update(media).where(mine | made).values(delete_after=1))

    def wanted(self, clip: str) -> Wanted | None:
        found: Wanted | None = self._one(WANTED, clip)
        return found

    def save_wanted(self, wanted: Wanted) -> None:
        self._keep(WANTED, wanted.id, wanted)

    def wanted_in(self, sound: str) -> tuple[Wanted, ...]:
        found = self._all(WANTED, t.clips_wanted.c.sound == sound, lambda w: w.sound == sound)
        return tuple(sorted(found, key=lambda w: (-w.times, w.id)))

    def drop_wanted(self, clip: str) -> None:
        self._drop(WANTED, t.clips_wanted, clip)

    def voices_of(self, code: str) -> tuple[OrderVoice, ...]:
        return self._all(ORDER_VOICE, t.order_voices.c.code == code, lambda v: v.code == code)

    def save_order_voice(self, voice: OrderVoice) -> None:
        self._keep(ORDER_VOICE, voice.id, voice)

    def _drop(self, sort: Any, table: Any, id_: str) -> None:
        self._set(sort.name, id_, None, lambda: None)
        self._later.append(lambda: self._run(delete(table).where(table.c.id == id_)))

    def _forget_sound(self, person: str, homes: Iterable[str]) -> None:
        """Her voice goes with her: clips, who she is, and what she said of orders. So does what
        others said of her household's name.
        """
        self._forget_clips(person)
        for home in homes:
            self._forget_home(f"{HOUSEHOLD}{home}")
        self._run(delete(t.order_voices).where(t.order_voices.c.person == person))

    def _forget_home(self, key: str) -> None:
        ids = [clip_id(sound, key) for sound in SOUNDS]
        hers = self._rows(select(t.clips.c.ref).where(t.clips.c.id.in_(ids)))
        for table in (t.clips, t.clips_wanted):
            self._run(delete(table).where(table.c.id.in_(ids)))
        for row in hers:
            self._release(row["ref"])
        self.sound_changed = self.sound_changed or bool(hers)

    def _forget_clips(self, person: str) -> None:
        self._run(delete(t.clips).where(t.clips.c.speaker == person))
        self.sound_changed = True
        self._run(delete(t.voices).where(t.voices.c.person == person))
        self._drop_files(media.c.owner == person)
