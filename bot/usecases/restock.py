"""Restock wishes: people who asked are told once when a product can be bought again."""

from __future__ import annotations

from bot.shop import stock
from bot.shop.hours import today
from bot.shop.people import RestockAsk
from bot.shop.problems import NotOnShelf
from bot.shop.product import least_amount
from bot.shop.season import closed_by_season
from bot.usecases import letters
from bot.usecases.claim_holds import serve
from bot.usecases.ports import Books


def ask(books: Books, person: str, product: str, now: int) -> None:
    """Remember the wish; asking twice is asking once."""
    books.product(product)
    if all(a.person != person for a in books.asks(product)):
        books.save_ask(RestockAsk(person, product, now))


def tell_waiting(books: Books, product_id: str, now: int) -> int:
    """Goods that are free go to the queues of lives first; then everyone who wished to know is
    told, if the product is on the shelf today. Returns how many of these.
    """
    serve(books, product_id, now)
    try:
        product = books.product(product_id)
    except NotOnShelf:  # no longer in the catalogue, or taken off the shelf
        return 0
    free = stock.level(books.lots(product_id)).free
    if free < least_amount(product) or closed_by_season(product, today(now)):
        return 0
    asks = books.asks(product_id)
    for wish in asks:
        letters.restocked(books, wish.person, product, now)
        books.drop_ask(wish)
    return len(asks)


def tell_all_waiting(books: Books, now: int) -> int:
    """For the clock: a season that opened brings goods back without anyone touching the stock."""
    return sum(tell_waiting(books, product, now) for product in books.asked_products())
