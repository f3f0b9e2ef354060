"""A data directory as a shop's first start leaves it: tables made, catalogue read once. It is made
once and copied, since making it takes longer than most of what is tried in it.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.settings import Settings
from bot.stores.catalogue import load_catalogue
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import migrate


def fill(folder: Path) -> None:
    """Unless something is there already."""
    if not folder.exists() or not any(folder.iterdir()):
        shutil.copytree(_made(), folder, dirs_exist_ok=True)


@cache
def _made() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="empty-shop-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings = replace(Settings(), data_dir=folder)
    engine = make_engine(settings.sql_url, writer=True)
    migrate(engine, folder / "backups")
    engine.dispose()
    load_catalogue(settings.catalog_dir, folder / "catalogue.snapshot")
    return folder
