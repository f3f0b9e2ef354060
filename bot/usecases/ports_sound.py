"""What use cases need of the rows of sound; a part of `ports.Books`."""

from __future__ import annotations

from typing import Protocol

from bot.shop.sound import Clip, OrderVoice, VoiceOf, Wanted


class SoundBooks(Protocol):
    """Recorded clips, who recorded them, which are wanted, and voice notes kept with orders."""

    def clip(self, clip: str) -> Clip | None: ...

    def save_clip(self, clip: Clip) -> None:
        """In place of an older recording of the same words."""

    def clips_in(self, sound: str) -> tuple[Clip, ...]: ...

    def drop_clip(self, clip: str) -> None: ...

    def voice_of(self, person: str) -> VoiceOf | None:
        """None until she agreed to lend her voice."""

    def save_voice(self, voice: VoiceOf) -> None: ...

    def wanted(self, clip: str) -> Wanted | None: ...

    def save_wanted(self, wanted: Wanted) -> None: ...

    def wanted_in(self, sound: str) -> tuple[Wanted, ...]:
        """The most often needed first."""

    def drop_wanted(self, clip: str) -> None: ...

    def voices_of(self, code: str) -> tuple[OrderVoice, ...]:
        """Voice notes kept with an order, oldest first."""

    def save_order_voice(self, voice: OrderVoice) -> None: ...
