"""The part of `python -m bot check` that holds the catalogue's files against the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from bot.shop.product import Prices, Product
from bot.stores.catalogue import load_catalogue
from bot.stores.catalogue_faults import Fault
from bot.stores.catalogue_write import other_prices, where_of
from bot.stores.catalogue_yaml import BadDocument, Document, read_document
from bot.stores.sql import tables
from bot.stores.sql.engine import make_engine


def faults(settings: Settings) -> list[Fault]:
    """Warnings where a price or the opening stock in a file is not the ledger's; none where no
    database was made yet. `catalogue apply` takes the prices over.
    """
    if not settings.database_url and not (settings.data_dir / "shop.db").is_file():
        return []
    engine = make_engine(settings.sql_url, writer=False)
    try:
        with engine.connect() as conn:
            return list(_differing(conn, settings))
    except SQLAlchemyError:  # away, or older than this program: nothing to hold against
        return []
    finally:
        engine.dispose()


def _differing(conn: Connection, settings: Settings) -> Iterator[Fault]:
    if not inspect(conn).has_table(tables.prices.name):
        return
    prices, opened = _prices(conn), _opened(conn)
    folder = settings.catalog_dir
    for product in load_catalogue(folder)[0].products.values():
        shown = f"{folder.name}/products/{product.id}.yaml"
        try:
            doc = read_document(folder / "products" / f"{product.id}.yaml", shown)
        except BadDocument:
            continue
        yield from _of(doc, product, prices.get(product.id, {}), opened.get(product.id))


def _of(
    doc: Document, product: Product, prices: dict[str, int], opened: int | None
) -> Iterator[Fault]:
    for key, (_, ledger) in other_prices(product, Prices(prices)).items():
        where = where_of(product, key)
        yield doc.fault("check-price-differs", where, expected=str(ledger), warning=True)
    if opened is not None and opened != product.opening_stock:
        where = ("opening_stock",)
        yield doc.fault("check-opening-differs", where, expected=str(opened), warning=True)


def _prices(conn: Connection) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for product, offer, vnd in conn.execute(select(tables.prices)):
        found.setdefault(product, {})[offer] = vnd
    return found


def _opened(conn: Connection) -> dict[str, int]:
    """What each product's ledger was opened with."""
    x = tables.stock_moves.c
    query = select(x.product, x.amount).where(x.why == "opening")
    return {product: int(amount) for product, amount in conn.execute(query)}
