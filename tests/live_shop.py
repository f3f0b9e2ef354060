"""A live on air in a data directory, begun before the shop is served from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import time

from bot.app import Parts, open_shop, prepare_data_dir
from bot.settings import Settings
from bot.shop.people import Person
from bot.shop.product import Product
from bot.shop.roles import SELLER, Grant
from bot.usecases import board, lives, stock
from bot.usecases.ports import Books

LIVE = "live000001"
OTHER_LIVE = "live000002"
SELLER_ID = "nguoi-ban-lai-chau"
HOST = Person(
    "web:host", SELLER_ID, grants=(Grant("web:host", SELLER_ID, "seller", int(SELLER), "shop", 0),)
)
KILOS = 120
LINK = "https://www.facebook.com/example/videos/1"


@dataclass(frozen=True)
class OnAir:
    """Tokens of its board; codes by product."""

    view: str
    help: str
    products: dict[str, str]


def by_kilo(parts: Parts) -> Sequence[Product]:
    found = parts.catalogue.current.products.values()
    return [p for p in found if p.seller == SELLER_ID and p.loose and p.base == "g"]


async def begin(parts: Parts, goods: Sequence[Product], live: str = LIVE) -> OnAir:
    """KILOS of each of these goods under A1, A2 … of a live that is on air."""
    now = parts.now()

    def begun(books: Books) -> dict[str, str]:
        plan = lives.Plan(live, SELLER_ID, now + 60, "Tối nay có sâm đất", LINK)
        lives.plan(books, plan, HOST, now)
        for p in goods:
            stock.set_stock(books, p.id, KILOS * 1000, HOST, now, f"{live}-{p.id}"[:40])
        items = [lives.put_on_air(books, live, p.id, HOST, now) for p in goods]
        lives.start(books, live, HOST, now)
        return {i.code: i.product for i in items}

    products = await parts.ledger.put(begun)
    view, help_ = await parts.ledger.put(lambda b: board.tokens(b, live, HOST, parts.hashed, now))
    return OnAir(view, help_, products)


async def begin_in(folder: Path, codes: int = 3) -> OnAir:
    """For a shop that will be served from this folder."""
    settings = replace(Settings(), data_dir=folder)
    prepare_data_dir(settings)
    async with open_shop(settings, lambda: int(time())) as parts:
        return await begin(parts, by_kilo(parts)[:codes])
