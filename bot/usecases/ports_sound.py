"""What use cases need of the rows of sound; a part of `ports.Books`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.shop.sound import Clip, OrderVoice, Piece, VoiceOf, Wanted


class ToSay(Protocol):
    """What the shop says, cut into pieces to record. `sound`: see `shop.sound.SOUNDS`."""

    def pieces(self, sound: str, lang: str = "") -> tuple[Piece, ...]:
        """Every piece of the sentences, in the order they should be recorded; to be read in the
        script of `lang`, if it is one of the sound's.
        """

    def filed(self, sound: str) -> Mapping[str, str]:
        """Keys for which the shop came with a person's recording, and the words it says."""


class Transcriber(Protocol):
    """Guesses the words of a voice note."""

    async def text(self, ref: str) -> str:
        """Empty if nothing was understood, in time. Never raises."""


class SoundBooks(Protocol):
    """Recorded clips, who recorded them, which are wanted, and voice notes kept with orders."""

    def clip(self, clip: str) -> Clip | None: ...

    def save_clip(self, clip: Clip) -> None:
        """In place of an older recording of the same words; its file is kept for good now."""

    def clips_in(self, sound: str) -> tuple[Clip, ...]: ...

    def drop_clip(self, clip: str) -> None: ...

    def voice_of(self, person: str) -> VoiceOf | None:
        """None until she agreed to lend her voice."""

    def save_voice(self, voice: VoiceOf) -> None: ...

    def forget_voice(self, person: str) -> None:
        """She lends her voice no more: her clips, what was joined of them, and who she is go."""

    def release_clip(self, clip: Clip) -> None:
        """The file of a clip that another recording took the place of goes, with what was joined
        of it.
        """

    def wanted(self, clip: str) -> Wanted | None: ...

    def save_wanted(self, wanted: Wanted) -> None: ...

    def wanted_in(self, sound: str) -> tuple[Wanted, ...]:
        """The most often needed first."""

    def drop_wanted(self, clip: str) -> None: ...

    def voices_of(self, code: str) -> tuple[OrderVoice, ...]:
        """Voice notes kept with an order, oldest first."""

    def save_order_voice(self, voice: OrderVoice) -> None: ...
