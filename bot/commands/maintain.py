"""`migrate` and links that bind an account: what the owner does from a terminal."""

from __future__ import annotations

import asyncio
import time

from bot.app import open_shop, prepare_data_dir
from bot.commands.addresses import owner_link, public_address, seller_link, trainer_link
from bot.settings import Settings
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import migrate


def migrate_now(settings: Settings) -> None:
    prepare_data_dir(settings)
    engine = make_engine(settings.sql_url, writer=True)
    migrate(engine, settings.data_dir / "backups")
    engine.dispose()


def print_seller_link(settings: Settings, seller: str) -> None:
    """Works beside a running shop; the link opens there."""
    prepare_data_dir(settings)
    asyncio.run(_print_seller_link(settings, seller))


async def _print_seller_link(settings: Settings, seller: str) -> None:
    async with open_shop(settings, lambda: int(time.time())) as parts:
        known = parts.catalogue.current.sellers
        if seller not in known:
            names = ", ".join(known)
            raise SystemExit(parts.words.text("vi", "seller-unknown", seller=seller, names=names))
        parts.public_url = public_address(settings, settings.port)
        print(await seller_link(parts, seller))


def print_owner_link(settings: Settings) -> None:
    """Works beside a running shop; the link opens there."""
    prepare_data_dir(settings)
    asyncio.run(_print_owner_link(settings))


async def _print_owner_link(settings: Settings) -> None:
    async with open_shop(settings, lambda: int(time.time())) as parts:
        parts.public_url = public_address(settings, settings.port)
        print(await owner_link(parts))


def print_trainer_link(settings: Settings) -> None:
    """Works beside a running shop; the link opens there."""
    prepare_data_dir(settings)
    asyncio.run(_print_trainer_link(settings))


async def _print_trainer_link(settings: Settings) -> None:
    async with open_shop(settings, lambda: int(time.time())) as parts:
        parts.public_url = public_address(settings, settings.port)
        print(await trainer_link(parts))
