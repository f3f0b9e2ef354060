"""`python -m bot export data`: the shop's books as CSV files any program opens.

One snapshot of the whole database, one file for each table. UTF-8 with a mark, so that Excel shows
Vietnamese; moments are Vietnam's clock; money đồng, amounts grams, millilitres or pieces.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, Table, select

import bot.stores.sql.tables_live
import bot.stores.sql.tables_shop
import bot.stores.sql.tables_sound  # noqa: F401  # the rest of the same metadata
from bot.settings import Settings
from bot.shop.hours import local
from bot.stores.redis_files import private_folder
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import HEAD, current
from bot.stores.sql.tables import metadata
from bot.words.book import load_books
from bot.words.speak import Speaker

OF_THE_MACHINE = frozenset({"letters", "platform_media", "links", "revision"})
"""Tables that say nothing to the owner: the outbox, uploads, hashes of links, a counter."""
OTHER = "export-table-other"
README = "DOC-TRUOC.txt"
MOMENT = re.compile(r"(?:^|_)(?:at|until|after)$")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def export_data(settings: Settings, to: Path) -> None:
    """Write everything to a new folder that only this user can read; refusals are one sentence."""
    words = Speaker(load_books(settings.locales_dir))
    path = settings.data_dir / "shop.db"
    if not settings.database_url and not path.is_file():
        raise SystemExit(words.text("vi", "backup-nothing", path=str(settings.data_dir)))
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise SystemExit(words.text("vi", "export-data-not-empty", path=str(to)))
    engine = make_engine(settings.sql_url, writer=False)
    try:
        if current(engine) != HEAD:
            raise SystemExit(words.text("vi", "export-data-old"))
        private_folder(to)
        counts = write_tables(engine, to)
    finally:
        engine.dispose()
    _write_readme(words, to / README, counts)
    rows = str(sum(counts.values()))
    print(words.text("vi", "export-data-done", path=str(to), tables=str(len(counts)), rows=rows))


def exported_tables() -> list[Table]:
    """Every table of the shop but the machine's own, by name."""
    known = sorted(metadata.tables.items())
    return [table for name, table in known if name not in OF_THE_MACHINE]


def write_tables(engine: Engine, folder: Path) -> dict[str, int]:
    """One CSV for each table, all of one moment; returns how many rows each has."""
    isolation = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**isolation) as conn:
        return {t.name: _write(conn, t, folder / f"{t.name}.csv") for t in exported_tables()}


def _write(conn: Connection, table: Table, path: Path) -> int:
    import csv  # only this command needs it

    names, count = [column.name for column in table.columns], 0
    keys = list(table.primary_key.columns)
    with _private(path) as file:
        out = csv.writer(file)
        out.writerow(names)
        for row in conn.execute(select(table).order_by(*keys)):
            out.writerow(cells(names, row))
            count += 1
    return count


def _private(path: Path) -> IO[str]:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(fd, "w", encoding="utf-8-sig", newline="")


def cells(names: Iterable[str], row: Iterable[Any]) -> Iterator[str]:
    """A row as Excel may read it: no cell is taken for a formula."""
    for name, value in zip(names, row, strict=True):
        yield _safe(_text(name, value))


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int) and MOMENT.search(name):
        return local(value).strftime("%Y-%m-%d %H:%M:%S") if value > 0 else ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def _write_readme(words: Speaker, path: Path, counts: dict[str, int]) -> None:
    lines = [words.text("vi", "export-data-readme")]
    for name, rows in counts.items():
        id = f"export-table-{name.replace('_', '-')}"
        about = words.text("vi", id if words.books.entry("vi", id) else OTHER)
        fields = {"file": f"{name}.csv", "rows": str(rows), "about": about}
        lines.append(words.text("vi", "export-data-line", **fields))
    with _private(path) as file:
        file.write("\r\n".join([*lines, ""]))
