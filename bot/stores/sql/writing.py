"""Inserts that SQLite and PostgreSQL both understand."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(conn: Connection, table: Table) -> Any:
    """An insert that can say what to do on conflict."""
    return (sqlite if conn.dialect.name == "sqlite" else postgresql).insert(table)


def upsert(conn: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    """Insert rows, or replace those with the same primary key. All rows have the same columns;
    without a key of their own they are new.
    """
    if values:
        conn.execute(_upsert(conn.dialect.name, table, tuple(values[0])), values)


@lru_cache(maxsize=128)
def _upsert(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:
    """The statement; building it costs as much as running it, so each is built once."""
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    keys = [c.name for c in table.primary_key]
    if not set(keys) <= set(columns):
        return statement
    rest = {c: statement.excluded[c] for c in columns if c not in keys}
    if rest:
        return statement.on_conflict_do_update(index_elements=keys, set_=rest)
    return statement.on_conflict_do_nothing(index_elements=keys)
