"""All that free words are read with: a part of `app`, which alone makes one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection

from bot.settings import Settings
from bot.shop.product import Product
from bot.stores.catalogue import LoadedCatalogue
from bot.stores.rasa_http import RasaHttp, token_of
from bot.understand.commands import load_commands
from bot.understand.inventory import Role
from bot.understand.live import LiveUnderstanding
from bot.understand.mong.loading import MongFiles
from bot.understand.names import NameIndex
from bot.understand.rasa import RasaOpinion
from bot.understand.understander import LocalUnderstander, Parsed
from bot.understand.understanding import Understanding
from bot.words.book import Books, known_words


class Reading:
    """The catalogue that words are read against changes; `know` tells of the new one."""

    index: NameIndex
    goods: Collection[Product] = ()

    def __init__(self, settings: Settings, books: Books) -> None:
        self.commands = load_commands(settings.intents_dir / "commands.yml")
        catalog = {"CATALOG_DIR": str(settings.catalog_dir.resolve())}
        self.live = LiveUnderstanding(
            settings.intents_dir,
            settings.understanding_dir,
            lambda: known_words(books, self.goods),
            catalog,
        )
        self.rasa = _rasa(settings)
        self.understanding = Understanding(
            self.live, self.commands, self if self.rasa else None, _mong(settings)
        )

    async def second(self, masked: str, role: Role, lang: str) -> Parsed | None:
        """A Rasa server's opinion, if there is one and our own model is there to judge it by."""
        own = self.live.current
        if self.rasa is None or not isinstance(own, LocalUnderstander):
            return None
        opinion = RasaOpinion(self.rasa, own.normaliser, own.bands, own.known_share)
        return await opinion.second(masked, role, lang)

    def know(self, catalogue: LoadedCatalogue) -> None:
        self.goods = catalogue.products.values()
        self.index = NameIndex(self.goods)
        self.understanding.know(self.goods, catalogue.provinces)

    def start(self, stack: contextlib.AsyncExitStack) -> None:
        """Read the model that is there, and go on learning in the background."""
        self.live.start()
        if self.rasa is not None:
            stack.push_async_callback(self.rasa.aclose)
        stack.push_async_callback(_ended, asyncio.create_task(self.live.watch()))


def _mong(settings: Settings) -> MongFiles:
    locales = settings.locales_dir
    return MongFiles(
        locales / "hmn" / "orthography.csv",
        locales / "hmn@chv" / "overrides.csv",
        settings.intents_dir / "hmn.yml",
    )


def _rasa(settings: Settings) -> RasaHttp | None:
    if not settings.rasa_url:
        return None
    return RasaHttp(settings.rasa_url, token_of(settings.rasa_token, settings.data_dir))


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
