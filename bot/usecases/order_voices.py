"""Voice notes customers send with their orders: kept as sound, with the order."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from bot.shop.order import OPEN, Order
from bot.shop.sound import OrderVoice
from bot.usecases.ports import Books

MOST = 20
"""Notes of one order that are kept; later ones still reach the seller as letters."""

KEPT_SECONDS = 90 * 24 * 3600
"""How long the sound of a note is there, as of everything people send; the row stays."""


def keep(books: Books, code: str, ref: str, person: str, now: int) -> None:
    """A repeat keeps nothing more."""
    known = books.voices_of(code)
    if len(known) < MOST and all(v.ref != ref for v in known):
        name = blake2b(f"{code} {ref}".encode(), digest_size=8).hexdigest()
        books.save_order_voice(OrderVoice(name, code, ref, person, now))


def keep_all(books: Books, orders: Iterable[Order], refs: Iterable[str], now: int) -> None:
    """What was said while the orders were made belongs to each of them."""
    said = tuple(refs)
    for order in orders:
        for ref in said:
            keep(books, order.code, ref, order.person, now)


def open_order(orders: Iterable[Order], seller: str = "") -> Order | None:
    """The newest order that is under way, with this seller if one is named; `orders` come newest
    first.
    """
    under_way = (o for o in orders if o.state in OPEN)
    return next((o for o in under_way if not seller or o.seller == seller), None)
