"""Bring the database to the tables this version needs; a backup first when there is something to
lose.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import structlog
from sqlalchemy import Engine, inspect, text

HEAD = "0003"
FOLDER = Path(__file__).parent / "migrations"
log = structlog.get_logger()


def current(engine: Engine) -> str:
    """The version the database is at, empty for a new one."""
    with engine.connect() as conn:
        if not inspect(conn).has_table("alembic_version"):
            return ""
        return str(conn.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def migrate(engine: Engine, backups: Path) -> None:
    """Upgrade if needed.

    Alembic is only imported when there is something to do: it is slow to load.
    """
    at = current(engine)
    if at == HEAD:
        return
    if at and engine.url.database and engine.dialect.name == "sqlite":
        log.info("backup", path=str(backup_sqlite(Path(engine.url.database), backups)))
    _upgrade(engine)
    log.info("migrated", before=at or "nothing", now=HEAD)


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, "head")


def backup_sqlite(database: Path, backups: Path) -> Path:
    """A consistent copy of a live SQLite database; returns its path."""
    backups.mkdir(parents=True, exist_ok=True)
    copy = backups / f"shop-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}.db"
    with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy
