"""Recorded clips and voice notes of orders, as a ledger command sees them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete

from bot.shop.sound import Clip, OrderVoice, VoiceOf, Wanted
from bot.stores.sql import tables_sound as t
from bot.stores.sql.books_board import BoardBooks
from bot.stores.sql.books_shop import _sort

CLIP = _sort(t.clips, Clip)
VOICE = _sort(t.voices, VoiceOf)
WANTED = _sort(t.clips_wanted, Wanted)
ORDER_VOICE = _sort(t.order_voices, OrderVoice)


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

    def clips_in(self, sound: str) -> tuple[Clip, ...]:
        return self._all(CLIP, t.clips.c.sound == sound, lambda c: c.sound == sound)

    def drop_clip(self, clip: str) -> None:
        self._drop(CLIP, t.clips, clip)

    def voice_of(self, person: str) -> VoiceOf | None:
        found: VoiceOf | None = self._one(VOICE, person)
        return found

    def save_voice(self, voice: VoiceOf) -> None:
        self._keep(VOICE, voice.person, voice)

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

    def _forget_sound(self, person: str) -> None:
        """Her voice goes with her: clips, who she is, and what she said of orders."""
        x, order = t.clips.c, t.order_voices.c
        self._run(delete(t.clips).where(x.speaker == person))
        self._run(delete(t.voices).where(t.voices.c.person == person))
        self._run(delete(t.order_voices).where(order.person == person))
