"""Inserts that SQLite and PostgreSQL both understand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(conn: Connection, table: Table) -> Any:
    """An insert that can say what to do on conflict."""
    return (sqlite if conn.dialect.name == "sqlite" else postgresql).insert(table)


def upsert(conn: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    """Insert rows, or replace those with the same primary key."""
    if not values:
        return
    statement = insert(conn, table)
    keys = [c.name for c in table.primary_key]
    rest = {c: statement.excluded[c] for c in values[0] if c not in keys}
    if rest:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=rest)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    conn.execute(statement, values)
