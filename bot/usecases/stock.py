"""Opening the ledger for a product; a seller's own counts, what spoiled, and prices.

Every function here is one ledger command. `id_` names the change: a repeat with the same id
changes nothing and gives the change as it was booked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.shop import stock
from bot.shop.changes import Change, Effect
from bot.shop.household import OWN, Household
from bot.shop.people import Person
from bot.shop.problems import BadMoney
from bot.shop.product import MOST_BASE_UNITS, STEP, Prices, Product, opening_prices
from bot.shop.roles import Right
from bot.usecases import journal
from bot.usecases.ports import Books, Catalogue

MOST_VND = 1_000_000_000
"""More than any pack or kilo costs."""


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


def register(books: Books, households: Iterable[Household]) -> int:
    """Take over households of the catalogue that the ledger does not know yet."""
    new = [h for h in households if books.household(h.id) is None]
    for household in new:
        books.save_household(household)
    return len(new)


def of_catalogue(catalogue: Catalogue) -> Iterator[Household]:
    """Households the catalogue names, each the one of the first seller whose goods name it.

    Samples, or public with consent: customers may read their names.
    """
    seen: set[str] = set()
    for product in catalogue.products.values():
        known = catalogue.households.get(product.household)
        if known is not None and known.id not in seen:
            seen.add(known.id)
            yield Household(known.id, product.seller, known.name, known.village, public=True)


def set_stock(books: Books, product_id: str, left: int, by: Person, now: int, id_: str) -> Change:
    """`left` base units can be sold from now on, beside what is held for orders; waiting people
    are told.

    Raises NotSeller for another seller's product, NotAllowed without the right, StockBelowHeld for
    a number no shelf can have.
    """
    by.require(Right.STOCK, books.product(product_id).seller)
    if (done := books.change(id_)) is not None:
        return done
    lots = books.lots(product_id)
    lot = stock.Lot(new_lot_id(lots, product_id), product_id, OWN, now, 0)
    after = stock.recount(lots, left, lot)
    return journal.set_lots(books, id_, "stock", product_id, after, "counted", by, now)


def shift_stock(
    books: Books, product_id: str, by_much: int, by: Person, now: int, id_: str
) -> Change:
    """So many base units more, or less, than can be sold now; never below none. Raises as
    `set_stock`.
    """
    free = stock.level(books.lots(product_id)).free
    return set_stock(books, product_id, max(0, free + by_much), by, now, id_)


def spoil(
    books: Books, product_id: str, amount: int, by: Person, now: int, id_: str, household: str = ""
) -> Change:
    """Write goods off as spoiled, oldest first, of one household if named. Raises NotThatMuch if
    less is free, else as `set_stock`.
    """
    by.require(Right.STOCK, books.product(product_id).seller)
    if (done := books.change(id_)) is not None:
        return done
    after = stock.spoil(books.lots(product_id), amount, household)
    return journal.set_lots(books, id_, "stock", product_id, after, "spoiled", by, now)


def set_prices(
    books: Books, product_id: str, new: Mapping[str, int], by: Person, now: int, id_: str
) -> Change:
    """New prices by key (an offer's id, "" for loose, `from:<base units>` for a step; 0 takes a
    step away). Raises BadMoney for a price or key that cannot be.
    """
    product = books.product(product_id)
    by.require(Right.PRICE, product.seller)
    if (done := books.change(id_)) is not None:
        return done
    known = books.prices(product_id).vnd
    if not new or not all(_can_be(product, key, vnd) for key, vnd in new.items()):
        raise BadMoney()
    books.set_prices(product_id, Prices({**known, **new}))
    before = {key: known.get(key, 0) for key in new}
    effect = Effect(prices_before=before, prices_after=dict(new))
    return journal.note(
        books, id_, "price", product_id, by, now, seller=product.seller, effect=effect
    )


def _can_be(product: Product, key: str, vnd: int) -> bool:
    if key.startswith(STEP):
        least = key.removeprefix(STEP)
        return least.isdigit() and 0 < int(least) <= MOST_BASE_UNITS and 0 <= vnd <= MOST_VND
    return key in opening_prices(product).vnd and 0 < vnd <= MOST_VND


def new_lot_id(lots: tuple[stock.Lot, ...], product_id: str) -> str:
    return f"{product_id}:{len(lots) + 1}"
