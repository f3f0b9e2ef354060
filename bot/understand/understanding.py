"""The one reader of free words a shop has: catalogue, commands, model, and a second opinion where
there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from bot.understand.commands import Commands
from bot.understand.gazetteer import Gazetteer
from bot.understand.inventory import Role
from bot.understand.message import Reader
from bot.understand.mong.loading import MongFiles, load_reader, script_of
from bot.understand.mong.reader import ENDS_AS_MONG, HeardMong, MongReader
from bot.understand.names import Named
from bot.understand.pairing import Fits
from bot.understand.provinces import Named as NamedPlace
from bot.understand.rasa import SecondOpinion, settle
from bot.understand.signs import only_goods
from bot.understand.understander import Understander
from bot.understand.understood import Understood, understand


class Engine(Protocol):
    """Whatever has the model of the moment."""

    @property
    def current(self) -> Understander: ...


class Understanding:
    """`understand` reads against the catalogue given last."""

    def __init__(
        self,
        engine: Engine,
        commands: Commands,
        second: SecondOpinion | None = None,
        mong: MongFiles | None = None,
    ) -> None:
        self._engine, self._commands, self._second = engine, commands, second
        self.reader = Reader((), {})
        self._products: tuple[Named, ...] = ()
        self._mong_files, self._mong_made = mong, False
        self._mong: MongReader | None = None

    @property
    def names(self) -> Gazetteer:
        """Of the catalogue given last."""
        return self.reader.names

    def know(self, products: Iterable[Named], provinces: Mapping[int, NamedPlace]) -> None:
        """Take another catalogue."""
        self._products = tuple(products)
        self.reader = Reader(self._products, provinces)
        self._mong_made = False

    def hear_mong(self, text: str, lang: str, role: Role) -> HeardMong | None:
        """What is said in Mông, in words that are read here; None if it is not Mông as a whole.
        The files are only read when somebody speaks Mông.
        """
        script = script_of(lang)
        reader = self._mong_reader() if script else None
        if script is None or reader is None:
            return None
        return reader.hear(text, script, role, self._goods_in(text))

    def speaks_mong(self, text: str, lang: str) -> bool:
        """Whether words of it are Mông, though it was not understood as a whole. Of a shop that
        speaks Vietnamese two words are wanted, one of them as only Mông ends its words.
        """
        script = script_of(lang)
        if script is None and not ENDS_AS_MONG.search(text.casefold()):
            return False
        reader = self._mong_reader()
        if reader is None:
            return False
        own = reader.own_words(text, script or "rpa", self._goods_in(text))
        return own >= (1 if script else 2)

    def _mong_reader(self) -> MongReader | None:
        if not self._mong_made and self._mong_files is not None:
            self._mong = load_reader(self._mong_files, self._commands, self._products)
            self._mong_made = True
        return self._mong

    def _goods_in(self, text: str) -> dict[str, str]:
        """Goods named in Vietnamese, as typed and as named."""
        message = self.reader.read(text)
        named = (message.plain[hit.start : hit.end] for hit in message.products)
        return {name: name for name in named}

    async def understand(self, text: str, role: Role, lang: str, fits: Fits) -> Understood:
        """What free words mean. Never raises."""
        got = self.read(text, role, lang, fits)
        if self._second is None or got.band != "ask" or got.sure:
            return got
        said = await self._second.second(got.message.masked(), role, lang)
        return replace(got, band=settle(got.parsed, said).band)

    def only_goods(self, text: str) -> bool:
        """Whether the words name goods, or a part of a name, and nothing else."""
        message = self.reader.read(text)
        named = message.hits or self.reader.names.near(message.plain, 0, len(message.plain))
        return bool(named) and not message.quantities and only_goods(message)

    def other_goods(self, text: str, product: str) -> bool:
        """Whether the words name goods for certain, and not this product."""
        hits = self.reader.read(text).products
        return any(product not in (*h.ids, *h.wider) for h in hits)

    def named(self, text: str) -> set[str]:
        """Every product the words name, or name a part of."""
        hits = self.reader.read(text).hits
        return {p for h in hits for p in (*h.ids, *h.wider)}

    def read(self, text: str, role: Role, lang: str, fits: Fits) -> Understood:
        """The same without asking anybody else."""
        return understand(
            text,
            role,
            lang,
            reader=self.reader,
            engine=self._engine.current,
            commands=self._commands,
            fits=fits,
        )
