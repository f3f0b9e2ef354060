"""Which live of hers is meant, and how its goods are called."""

from __future__ import annotations

from bot.shop.live import OPEN_LIVES, Live, LiveItem
from bot.shop.live_problems import NoSuchLive
from bot.shop.product import Product, gone_product
from bot.shop.says import Choice, Field, Moment, Rate
from bot.talk.turn import Turn
from bot.usecases.claims import LATE_SECONDS


async def all_hers(turn: Turn) -> tuple[Live, ...]:
    """By their hour."""
    seller = turn.session.seller
    return await turn.shop.records.read(lambda b: b.lives_of(seller))


async def open_ones(turn: Turn) -> list[Live]:
    """Planned or on air, the one on air first, then by their hour."""
    found = [x for x in await all_hers(turn) if x.state in OPEN_LIVES]
    return sorted(found, key=lambda x: (x.state != "on_air", x.starts_at))


async def current(turn: Turn) -> Live | None:
    """On air, else the last one that ended just now, else the next."""
    lives = await all_hers(turn)
    on_air = [x for x in lives if x.state == "on_air"]
    ended = [x for x in lives if is_late(x, turn.now)]
    planned = [x for x in lives if x.state == "planned"]
    return next(iter([*on_air, *reversed(ended), *planned]), None)


def is_late(live: Live, now: int) -> bool:
    """Whether a live that ended still takes claims."""
    return live.state == "over" and now < live.ended_at + LATE_SECONDS


async def one(turn: Turn, live_id: str) -> tuple[Live, tuple[LiveItem, ...]]:
    """A live of the seller she acts for, and its codes. Raises NoSuchLive."""
    live, items = await turn.shop.records.read(lambda b: (b.live(live_id), b.items_of(live_id)))
    if live is None or live.seller != turn.session.seller:
        raise NoSuchLive()
    return live, items


def product_of(turn: Turn, item: LiveItem) -> Product:
    return turn.product(item.product) or gone_product(item.product)


def rate_of(turn: Turn, product: Product, offer_id: str = "") -> Rate | None:
    """Of the pack that is counted, else the price that is shown first; None without one."""
    vnd = turn.prices(product.id).vnd
    for offer in product.offers:
        if offer.id == offer_id and offer.id in vnd:
            return Rate(vnd[offer.id], product.amount(offer.amount))
    if product.loose and "" in vnd:
        return Rate(vnd[""], product.amount(product.loose.per))
    first = product.offers[0] if product.offers else None
    return Rate(vnd[first.id], product.amount(first.amount)) if first and first.id in vnd else None


def at_of(live: Live) -> dict[str, Field]:
    return {"at": Moment(live.started_at or live.starts_at)}


def choice(live: Live, route: str) -> Choice:
    """A button with the hour of a live, and whether it is on air."""
    title = "choice-live-on-air" if live.state == "on_air" else "choice-live-hour"
    return Choice(f"{route}:{live.id}", title, at_of(live))
