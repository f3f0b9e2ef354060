"""A small shop, backed up and closed again, for the tests of backups."""

from __future__ import annotations

from pathlib import Path

from bot.stores.backup import Backup, make_backup
from bot.stores.backup_restore import Place
from bot.stores.redis import connect
from bot.stores.redis_server import ensure_server
from bot.stores.sql.migrate import HEAD
from tests.usecases.market import NOW, open_market


async def back_up(var: Path, now: int = NOW) -> Backup:
    server = await ensure_server(var)
    try:
        async with connect(server.url) as client:
            await client.set("session:{tg:1}", "giỏ hàng", ex=900)
            return await make_backup(var, client, now)
    finally:
        await server.stop()


async def make(tmp_path: Path) -> Path:
    """A small backup of a shop that is closed again."""
    (tmp_path / "var" / "media" / "ab").mkdir(parents=True)
    (tmp_path / "var" / "media" / "ab" / "abc").write_bytes(b"picture" * 100)
    async with open_market(tmp_path / "var" / "shop.db") as market:
        await market.place(market.checkout("p", {"b": 1}))
    (tmp_path / "var" / "secret").write_text("khoá của chợ")
    return (await back_up(tmp_path / "var")).path


def at_home(folder: Path) -> Place:
    return Place(folder, "", False, HEAD)
