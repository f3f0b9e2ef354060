"""What an order does to the lots: held, freed, sold, taken back; each move in the journal."""

from __future__ import annotations

from bot.shop import stock
from bot.shop.order import Order, OrderLine
from bot.usecases.ports import Books
from bot.usecases.restock import tell_waiting


def hold(books: Books, order: Order, now: int) -> None:
    """Set aside what the order wants. Raises SoldOut."""
    takes: list[stock.Take] = []
    for product_id, amount in _amounts(order.lines).items():
        product = books.product(product_id)
        lots, new = stock.hold(product, books.lots(product_id), amount)
        books.set_lots(product_id, lots)
        takes += new
    books.set_takes(order.code, tuple(takes))
    _journal(books, order, tuple(takes), "held", order.person, now)


def _amounts(lines: tuple[OrderLine, ...]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.product] = sums.get(line.product, 0) + line.amount
    return sums


def free(books: Books, order: Order, who: str, now: int) -> None:
    """Give back what was held, and tell who waits for it."""
    takes = books.takes(order.code)
    for product in {t.product for t in takes}:
        mine = tuple(t for t in takes if t.product == product)
        books.set_lots(product, stock.free(books.lots(product), mine))
        tell_waiting(books, product, now)
    books.set_takes(order.code, ())
    _journal(books, order, takes, order.state, who, now)


def sell(books: Books, order: Order, who: str, now: int, first: str) -> None:
    """Turn the hold into a sale; lots of the household `first` before all others."""
    takes = books.takes(order.code)
    fixed: list[stock.Take] = []
    for product in dict.fromkeys(t.product for t in takes):
        mine = tuple(t for t in takes if t.product == product)
        lots, sold = stock.sell(books.goods(product), books.lots(product), mine, first)
        books.set_lots(product, lots)
        fixed += sold
    books.set_takes(order.code, tuple(fixed))
    _journal(books, order, tuple(fixed), "sold", who, now)


def take_back(books: Books, order: Order, who: str, now: int, how: str) -> None:
    """A returned parcel: `shelf` or `spoiled`; empty: dry goods go back on the shelf."""
    takes = books.takes(order.code)
    for product in {t.product for t in takes}:
        mine = tuple(t for t in takes if t.product == product)
        kept = how == "shelf" or (not how and books.goods(product).shipping_class == "dry")
        books.set_lots(product, stock.take_back(books.lots(product), mine, spoiled=not kept))
        tell_waiting(books, product, now)
    _journal(books, order, takes, "returned", who, now)


def _journal(
    books: Books, order: Order, takes: tuple[stock.Take, ...], why: str, who: str, now: int
) -> None:
    for take in takes:
        books.moved(
            stock.StockMove(take.product, take.lot, why, take.amount, who, now, order.code)
        )
