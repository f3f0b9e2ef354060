"""Engines for SQLite (the default, a durable WAL) and for PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event

SHOP_LOCK = 0x43F0_1E17
"""The advisory lock of the one writer on PostgreSQL."""


def make_engine(url: str, *, writer: bool) -> Engine:
    """An engine whose every transaction is, for a writer, the only one writing."""
    return _sqlite(url, writer) if url.startswith("sqlite") else _postgres(url, writer)


def _sqlite(url: str, writer: bool) -> Engine:
    engine = create_engine(url, pool_size=1 if writer else 4, max_overflow=0, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def connect(dbapi: Any, _record: Any) -> None:
        dbapi.isolation_level = None  # the driver's own BEGIN is deferred and comes too late
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(conn: Any) -> None:
        conn.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def _postgres(url: str, writer: bool) -> Engine:
    engine = create_engine(
        url, pool_size=1 if writer else 4, max_overflow=0, pool_pre_ping=True, hide_parameters=True
    )
    if writer:

        @event.listens_for(engine, "begin")
        def begin(conn: Any) -> None:
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SHOP_LOCK})")

    return engine
