"""The shop `bench live` claims in: one live on air, one code, five hundred kilos behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import time

from bot.app import Parts, open_shop, prepare_data_dir
from bot.settings import Settings
from bot.shop.product import Product
from bot.shop.roles import SELLER, Grant
from bot.usecases import board, lives, stock
from bot.usecases.ports import Books

LIVE = "bench00001"
GRAMS = 500_000
OTHERS = 3
"""Further codes, for the helper's comments."""
HOST = "web:bench-host"


@dataclass(frozen=True, slots=True)
class LiveShop:
    """token: the helper's, for comments. codes: what is on air."""

    live: str
    token: str
    codes: tuple[str, ...]


def settings_of(env: Mapping[str, str], data: Path) -> Settings:
    """The shop that is served with this environment, or one like it with other data."""
    return replace(
        Settings(),
        data_dir=data,
        catalog_dir=Path(env["CATALOG_DIR"]),
        intents_dir=Path(env["INTENTS_DIR"]),
        locales_dir=Path(env["LOCALES_DIR"]),
        models_dir=env["MODELS_DIR"] or str(Path(env["DATA_DIR"]) / "understanding"),
        log_level="WARNING",
    )


@asynccontextmanager
async def founded(settings: Settings) -> AsyncIterator[tuple[Parts, LiveShop]]:
    """Stock set, live planned and begun; closed again before somebody else serves it."""
    prepare_data_dir(settings)
    now = int(time())
    async with open_shop(settings, lambda: now) as parts:
        goods = _goods(parts)
        codes = await parts.ledger.put(lambda b: _begin(b, goods, now))
        host = await parts.records.person(HOST)
        _, token = await parts.ledger.put(lambda b: board.tokens(b, LIVE, host, parts.hashed, now))
        yield parts, LiveShop(LIVE, token, codes)


def _goods(parts: Parts) -> list[Product]:
    """Loose goods of one seller, by the kilo."""
    products = parts.catalogue.current.products.values()
    by_kilo = [p for p in products if p.loose and p.unit == "kg"]
    return [p for p in by_kilo if p.seller == by_kilo[0].seller]


def _begin(books: Books, goods: list[Product], now: int) -> tuple[str, ...]:
    first, *others = goods
    books.save_grant(_grant(first.seller, now))
    host = books.person(HOST)
    stock.set_stock(books, first.id, GRAMS, host, now, "bench-stock")
    lives.plan(books, lives.Plan(LIVE, first.seller, now + 60), host, now)
    items = [lives.put_on_air(books, LIVE, p.id, host, now) for p in (first, *others[:OTHERS])]
    lives.start(books, LIVE, host, now)
    return tuple(item.code for item in items)


def _grant(seller: str, now: int) -> Grant:
    return Grant(HOST, seller, "seller", int(SELLER), "shop", now)
