"""Rows of one batch of commands: read once, changed in memory, written together.

A command that is refused leaves no trace: what it changed is put back before the next one runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Table

from bot.shop.product import Product
from bot.stores.sql import rows
from bot.stores.sql.writing import insert, upsert

T = TypeVar("T")
Key = tuple[str, str]


@dataclass(slots=True)
class _Undo:
    """What a command changed so far, newest last."""

    cache: list[tuple[Key, Any, bool]] = field(default_factory=list)
    later: int = 0


class Staged:
    """Rows by kind and name: read when first wanted, kept until `flush`."""

    def __init__(self, conn: Connection, products: Mapping[str, Product]) -> None:
        self._conn = conn
        self._products = products
        self._cache: dict[Key, Any] = {}
        self._dirty: dict[Key, None] = {}
        self._later: list[Callable[[], None]] = []
        self._undo = _Undo()
        self._writers: dict[str, Callable[[str, Any], None]] = {}
        self._gathered: dict[Table, list[rows.Row]] = {}
        self.shelf_changed: set[str] = set()
        self.posted = False
        self.goods_changed = False
        """Whether a product was born or changed its place in this batch."""
        self.sound_changed = False
        """Whether clips were recorded or went in this batch."""

    # one command at a time

    def start(self) -> None:
        self._undo = _Undo(later=len(self._later))

    def undo(self) -> None:
        """Put back everything since `start`."""
        for key, old, was_dirty in reversed(self._undo.cache):
            self._cache[key] = old
            if not was_dirty:
                self._dirty.pop(key, None)
        del self._later[self._undo.later :]

    def flush(self) -> None:
        """Write what the commands that succeeded changed."""
        for kind, name in self._dirty:
            write = self._writers.get(kind)
            if write is not None:
                write(name, self._cache[kind, name])
        for table, gathered in self._gathered.items():
            upsert(self._conn, table, gathered)
        for run in self._later:
            run()
        self._gathered.clear()
        self._dirty.clear()
        self._later.clear()

    def _get(self, kind: str, name: str, load: Callable[[], T]) -> T:
        key = (kind, name)
        if key not in self._cache:
            self._cache[key] = load()
        value: T = self._cache[key]
        return value

    def _set(self, kind: str, name: str, value: Any, load: Callable[[], Any]) -> None:
        key = (kind, name)
        self._undo.cache.append((key, self._get(kind, name, load), key in self._dirty))
        self._cache[key] = value
        self._dirty[key] = None

    def _rows(self, statement: Any) -> list[rows.Row]:
        return [dict(r) for r in self._conn.execute(statement).mappings()]

    def _gather(self, table: Table, values: list[rows.Row]) -> None:
        """For writers: rows that are upserted with all others of their table, in one statement."""
        if values:
            self._gathered.setdefault(table, []).extend(values)

    def _upsert(self, table: Table, values: list[rows.Row]) -> None:
        upsert(self._conn, table, values)

    def _insert(self, table: Table, row: rows.Row) -> None:
        self._conn.execute(insert(self._conn, table), [row])

    def _run(self, statement: Any) -> None:
        self._conn.execute(statement)

    def _run_all(self, statement: Any, values: list[rows.Row]) -> None:
        self._conn.execute(statement, values)
