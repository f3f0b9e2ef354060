"""Orders as a table for a spreadsheet: one row for each product of an order and household.

No names, phones or addresses of customers: who needs those exports all books. Amounts are whole
grams, millilitres or pieces, money đồng for goods, times Vietnam's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.shop.hours import local
from bot.shop.household import OWN
from bot.shop.report import Part, Sale, shares
from bot.usecases.ports import Books, Seller

Cell = str | int
COLUMNS = (
    "at", "code", "seller", "goods", "amount", "unit", "household", "money", "counted", "state"
)  # fmt: skip
"""Each is headed by the message `sales-file-…`. counted: what of the money is turnover."""


def table(
    books: Books,
    sales: Iterable[Sale],
    sellers: Mapping[str, Seller],
    words: Callable[[str], str],
) -> list[list[Cell]]:
    """Heads, then rows; `words` gives the words of a message."""
    known = tuple(sales)
    homes = _homes(books, known, words)

    def rows() -> Iterator[list[Cell]]:
        yield [words(f"sales-file-{column}") for column in COLUMNS]
        for sale in known:
            seller = sellers.get(sale.seller)
            named = seller.name if seller else sale.seller
            head: list[Cell] = [f"{local(sale.placed_at):%Y-%m-%d %H:%M:%S}", sale.code, named]
            for part in sale.parts:
                for cells in _rows(books, sale, part, homes):
                    yield [*head, *cells, words(f"state-{sale.state}")]

    return list(rows())


def _rows(
    books: Books, sale: Sale, part: Part, homes: Mapping[str, str]
) -> Iterator[tuple[Cell, ...]]:
    product = books.goods(part.product)
    unit = product.unit if product.base == "piece" else product.base
    for household, amount, vnd in shares(part):
        counted = vnd if sale.standing == "sold" else 0
        home = homes.get(household, household)
        yield product.name["vi"], amount, unit, home, vnd, counted


def _homes(books: Books, sales: Iterable[Sale], words: Callable[[str], str]) -> dict[str, str]:
    ids = {h for sale in sales for part in sale.parts for h, _, _ in shares(part)}
    found = (books.household(id_) for id_ in sorted(ids - {OWN}))
    return {OWN: words("report-own"), **{h.id: h.name for h in found if h}}
