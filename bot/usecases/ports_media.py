"""What flows need of pictures, videos and sound: made, kept, and named by a reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.shop.payment import BankAccount
from bot.shop.pictures import Chart, LiveChart, Poster, Sheet, Statement, Tile


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """References of a cleaned photo: for good lines, and small for slow ones."""

    large: str
    small: str


@dataclass(frozen=True, slots=True)
class KeptVideo:
    """References of a cleaned video and its poster."""

    video: str
    poster: str
    seconds: int


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """References of a packing sheet: one PDF, and a picture of each page."""

    pdf: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptPoster:
    """References of a poster: a square picture, and a PDF of one page."""

    picture: str
    pdf: str


class Studio(Protocol):
    """Every reference is `media/<sha256>`. `owner`: the person whose erasure erases the file, or
    `seller:<id>` for what belongs to a seller's goods and is kept for good.

    Raises the refusals of `bot.shop.media_problems`; KeyError for a reference nobody knows.
    """

    async def photo(self, ref: str, owner: str) -> KeptPhoto:
        """The photo kept under `ref`, upright, small, without metadata."""

    async def video(self, ref: str, owner: str) -> KeptVideo: ...

    async def voice(self, ref: str, owner: str) -> str: ...

    async def clip(self, ref: str, owner: str) -> tuple[str, int]:
        """A recording to speak with: silence gone at both ends, level set; its reference and how
        many milliseconds it is. Kept for a week, for good once it is saved as a `Clip`.

        Raises NotAVoice, SilentVoice, VoiceTooShort, VoiceTooLong.
        """

    async def stamped(self, ref: str, lines: tuple[str, ...], owner: str) -> str:
        """The cleaned photo with lines on a band beneath it, such as an order's code and time."""

    async def transfer_qr(
        self, account: BankAccount, vnd: int, code: str, lines: tuple[str, ...], owner: str
    ) -> str:
        """A VietQR of this sum with the order's code as purpose, lines of words under it."""

    async def chart(self, chart: Chart, owner: str) -> str: ...

    async def spreadsheet(self, rows: Sequence[Sequence[str | int]], owner: str) -> str:
        """A CSV any program opens, kept for a week; no cell is taken for a formula."""

    async def table(self, statement: Statement, owner: str) -> str: ...

    async def sheet(self, sheet: Sheet, owner: str) -> KeptSheet: ...

    async def poster(self, poster: Poster, owner: str) -> KeptPoster: ...

    async def tiles(self, tiles: Sequence[Tile]) -> str:
        """The choices of a screen in one picture; made once, however often it is shown."""

    async def live_chart(self, chart: LiveChart, owner: str) -> str: ...
