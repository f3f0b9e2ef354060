"""What a turn needs of those who read words, as Protocols."""

from __future__ import annotations

from typing import Protocol

from bot.understand.gazetteer import Gazetteer
from bot.understand.inventory import Role
from bot.understand.mong.reader import HeardMong
from bot.understand.pairing import Fits
from bot.understand.understood import Understood


class Names(Protocol):
    """Finds products by what people type."""

    def search(self, text: str) -> list[str]: ...


class Understanding(Protocol):
    """Reads free words; see `bot.understand.understood`."""

    async def understand(self, text: str, role: Role, lang: str, fits: Fits) -> Understood: ...

    def only_goods(self, text: str) -> bool:
        """Whether the words name goods and nothing else."""
        ...

    def other_goods(self, text: str, product: str) -> bool:
        """Whether the words name goods for certain, and not this product."""
        ...

    def named(self, text: str) -> set[str]:
        """Every product the words name, or name a part of."""
        ...

    def hear_mong(self, text: str, lang: str, role: Role) -> HeardMong | None:
        """What is said in Mông, in words that `understand` reads."""
        ...

    def speaks_mong(self, text: str, lang: str) -> bool:
        """Whether words of it are Mông, though it was not understood as a whole."""
        ...

    @property
    def names(self) -> Gazetteer:
        """The names of the catalogue, as the claim grammar takes them."""
        ...


class Counter(Protocol):
    async def count(self, key: str, seconds: int) -> int: ...
