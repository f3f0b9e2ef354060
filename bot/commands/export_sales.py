"""`python -m bot export sales`: the orders of some days as one CSV that any program opens.

As in `export data`: UTF-8 with a mark, Vietnam's clock, and no cell is taken for a formula.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from pathlib import Path

from bot.commands.export_data import cells
from bot.settings import Settings
from bot.shop.report import Stretch, days_of
from bot.stores.catalogue import load_catalogue
from bot.stores.sql.books import SqlBooks
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import HEAD, current
from bot.stores.sql.sales import read_sales
from bot.usecases.sales_file import Cell, table
from bot.words.book import load_books
from bot.words.speak import Speaker


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as CSV in UTF-8 with a mark."""
    import csv  # only who exports needs it

    text = StringIO(newline="")
    out = csv.writer(text)
    for row in rows:
        out.writerow(cells([""] * len(row), row))
    return text.getvalue().encode("utf-8-sig")


def export_sales(settings: Settings, since: str, until: str, to_file: Path) -> None:
    """From the first day to the last, both included; refusals are one sentence."""
    words = Speaker(load_books(settings.locales_dir))
    stretch = _days(words, since, until)
    path = settings.data_dir / "shop.db"
    if not settings.database_url and not path.is_file():
        raise SystemExit(words.text("vi", "backup-nothing", path=str(settings.data_dir)))
    if to_file.exists():
        raise SystemExit(words.text("vi", "export-sales-there", path=str(to_file)))
    rows = _rows(settings, words, stretch)
    fd = os.open(to_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(csv_bytes(rows))
    done = {"path": str(to_file), "rows": str(len(rows) - 1)}
    print(words.text("vi", "export-sales-done", **done))


def _days(words: Speaker, since: str, until: str) -> Stretch:
    try:
        first, last = date.fromisoformat(since), date.fromisoformat(until)
    except ValueError:
        raise SystemExit(words.text("vi", "export-sales-days")) from None
    if last < first:
        raise SystemExit(words.text("vi", "export-sales-days"))
    return days_of(first, last)


def _rows(settings: Settings, words: Speaker, stretch: Stretch) -> list[list[Cell]]:
    catalogue, _ = load_catalogue(settings.catalog_dir)
    engine = make_engine(settings.sql_url, writer=False)
    try:
        if current(engine) != HEAD:
            raise SystemExit(words.text("vi", "export-data-old"))
        with engine.connect() as conn:
            sales = read_sales(conn, "", stretch.since, stretch.until)
            books = SqlBooks(conn, catalogue.products, str)
            return table(books, sales, catalogue.sellers, lambda id_: words.text("vi", id_))
    finally:
        engine.dispose()
