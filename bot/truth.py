"""Everything that stands on the database, made together: one writer, its readers, its caches."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.settings import Settings
from bot.shop.product import Product, is_priced
from bot.stores.born_goods import BornGoods
from bot.stores.catalogue import LiveCatalogue
from bot.stores.media import MediaStore
from bot.stores.random_ids import keyed_hash
from bot.stores.sql.engine import make_engine
from bot.stores.sql.ledger import Committed, SqlLedger
from bot.stores.sql.migrate import migrate
from bot.stores.sql.outbox import SqlOutbox
from bot.stores.sql.records import SqlRecords
from bot.stores.sql.shelf import SqlShelf


@dataclass(slots=True)
class Truth:
    """Everything that stands on the database."""

    ledger: SqlLedger
    records: SqlRecords
    shelf: SqlShelf
    media: MediaStore
    outbox: SqlOutbox
    catalogue: LiveCatalogue
    born: BornGoods
    on_posted: Callable[[], None]
    on_sound: Callable[[], None] = lambda: None

    def unopened(self) -> Iterator[Product]:
        """Products, or packs of products, the ledger has never heard of."""
        known = self.catalogue.current.products.values()
        return (p for p in known if not is_priced(p, self.shelf.prices(p.id)))


async def open_truth(
    settings: Settings, secret: str, catalogue: LiveCatalogue, stack: contextlib.AsyncExitStack
) -> Truth:
    writer = make_engine(settings.sql_url, writer=True)
    reader = make_engine(settings.sql_url, writer=False)
    stack.callback(reader.dispose)
    await asyncio.to_thread(migrate, writer, settings.data_dir / "backups")
    shelf = SqlShelf(reader)
    await asyncio.to_thread(shelf.refresh)
    born = BornGoods(reader, catalogue.know_born)
    await asyncio.to_thread(born.refresh)

    def told(news: Committed) -> None:
        shelf.committed(news)
        if news.goods:
            born.refresh()
        if news.posted:
            truth.on_posted()
        if news.sound:
            truth.on_sound()

    ledger = SqlLedger(
        writer,
        lambda: catalogue.current.products,
        lambda text: keyed_hash(secret, text),
        told,
    )
    stack.push_async_callback(ledger.close)
    media = MediaStore(settings.media_dir, reader, writer, lambda p: catalogue.picture(p))
    outbox = SqlOutbox(writer, reader)
    records = SqlRecords(reader, lambda: catalogue.current.products)
    truth = Truth(ledger, records, shelf, media, outbox, catalogue, born, lambda: None)
    return truth
