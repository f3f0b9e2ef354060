"""Opening the ledger for a product, and a seller's own counts."""

from __future__ import annotations

from collections.abc import Iterable

from bot.shop import stock
from bot.shop.people import Person
from bot.shop.problems import NotSeller
from bot.shop.product import Prices, Product, opening_prices
from bot.usecases.ports import Books
from bot.usecases.restock import tell_waiting


def open_products(books: Books, products: Iterable[Product], now: int) -> int:
    """Opening stock and prices from the catalogue, once per product ever; returns how many
    opened.
    """
    opened = 0
    for product in products:
        known = books.prices(product.id).vnd
        books.set_prices(product.id, Prices({**opening_prices(product).vnd, **known}))
        if product.opening_stock and not known:
            lot = stock.Lot(
                f"{product.id}:1", product.id, product.household, now, product.opening_stock
            )
            books.set_lots(product.id, (lot,))
            books.moved(
                stock.StockMove(product.id, lot.id, "opening", lot.brought, "catalogue", now)
            )
        opened += 1
    return opened


def set_stock(books: Books, product_id: str, left: int, by: Person, now: int) -> stock.Level:
    """`left` base units can be sold from now on, beside what is held for orders; waiting people
    are told.

    Returns the level before. Raises NotSeller for another seller's product, StockBelowHeld for a
    bad number.
    """
    product = books.product(product_id)
    if product.seller != by.seller:
        raise NotSeller()
    lots = books.lots(product_id)
    before = stock.level(lots)
    lot = stock.Lot(f"{product_id}:{len(lots) + 1}", product_id, "own", now, 0)
    after = stock.recount(lots, left, lot)
    books.set_lots(product_id, after)
    books.moved(stock.StockMove(product_id, "", "counted", left - before.free, by.id, now))
    tell_waiting(books, product_id, now)
    return before


def shift_stock(books: Books, product_id: str, by_much: int, by: Person, now: int) -> stock.Level:
    """So many base units more, or less, than can be sold now; never below none.

    Returns the level before. Raises as `set_stock`.
    """
    free = stock.level(books.lots(product_id)).free
    return set_stock(books, product_id, max(0, free + by_much), by, now)
