"""What an order does to the lots: held, freed, sold, taken back; each move in the journal."""

from __future__ import annotations

from bot.shop import stock
from bot.shop.claim import claim_of_offer
from bot.shop.order import Order, OrderLine
from bot.usecases import claim_holds, claims
from bot.usecases.ports import Books
from bot.usecases.restock import tell_waiting


def hold(books: Books, order: Order, now: int) -> None:
    """Set aside what the order wants; what was claimed is held already. Raises SoldOut, and what
    `claims.use` raises.
    """
    claimed = [c for line in order.lines if (c := claim_of_offer(line.offer))]
    takes = [t for c in claimed for t in _claimed(books, order, c, now)]
    fresh = tuple(x for x in order.lines if not claim_of_offer(x.offer))
    for product_id, amount in _amounts(fresh).items():
        product = books.product(product_id)
        lots, new = stock.hold(product, books.lots(product_id), amount)
        books.set_lots(product_id, lots)
        takes += new
        _journal(books, order, new, "held", order.person, now)
    books.set_takes(order.code, claim_holds.merged(tuple(takes)))


def _claimed(books: Books, order: Order, claim_id: str, now: int) -> tuple[stock.Take, ...]:
    """The hold of a claim becomes the order's; nothing moves on the shelf."""
    claims.use(books, claim_id, order.person, order.code, now)
    takes = books.takes(claim_id)
    books.set_takes(claim_id, ())
    return takes


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
