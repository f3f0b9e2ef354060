"""Bring the database to the tables this version needs; a backup first when there is something to
lose.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import structlog
from sqlalchemy import Engine, inspect, text

from bot.shop.hours import local

HEAD = "0007"
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
    """A consistent copy of a live SQLite database in the folder `backups`; returns its path.

    Writers are not kept waiting. The only way a database is copied: before migrations, and for a
    backup of the whole shop (bot.stores.backup). Its name carries Vietnam's time.
    """
    backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = backups / f"shop-{local(int(time.time())).strftime('%Y%m%d-%H%M%S')}.db"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        copy.chmod(0o600)
        source.backup(target)
    return copy
