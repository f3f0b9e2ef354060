"""Goods a household brings, while something about them is still to be asked."""

from __future__ import annotations

import msgspec

from bot.shop.product import MOST_BASE_UNITS, Product
from bot.talk.seller.household_price import is_above, price_back
from bot.talk.seller.stock import hers
from bot.talk.turn import Turn
from bot.understand.fitting import stock_amount
from bot.understand.pieces import Measure, Price
from bot.understand.sellers.said import Brought

DRAFT = "coming"
"""Where the session's form keeps what waits for an answer of hers."""
MOST_LINES = 8
MOST_NAME = 60


class Coming(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line: whose goods, which, how much (base units), and what the household gets.

    called: the household as typed; household: its id, or "new". products, amounts: to choose from.
    bare: the price had no word for money, so it is said back. measures, cost: as they were said;
    what they come to depends on the goods.
    """

    called: str = ""
    household: str = ""
    product: str = ""
    products: tuple[str, ...] = ()
    said: str = ""
    amount: int = 0
    amounts: tuple[int, ...] = ()
    vnd: int = 0
    per: int = 0
    bare: bool = False
    measures: tuple[Measure, ...] = ()
    cost: Price | None = None


class Draft(msgspec.Struct, omit_defaults=True):
    """mark: names the ledger's commands, with the number of the line where there are several."""

    mark: str
    lines: list[Coming]
    several: bool = False
    done: int = 0
    sure: bool = True


_draft = msgspec.json.Decoder(Draft)


def kept(turn: Turn) -> Draft:
    """What waits. Raises KeyError for a button whose goods are booked, or were left."""
    return _draft.decode(turn.session.form[DRAFT])


def keep(turn: Turn, draft: Draft) -> None:
    turn.session.form[DRAFT] = msgspec.json.encode(draft).decode()


def product_of(turn: Turn, product: str) -> Product:
    """Raises KeyError for goods that are not hers (any more)."""
    return {p.id: p for p in hers(turn)}[product]


def read(turn: Turn, said: Brought) -> Coming:
    own = {p.id: p for p in hers(turn)}
    ids = tuple(p for p in said.products if p in own)
    line = Coming(
        "" if said.why == "owner" else said.household[:MOST_NAME],
        products=ids,
        said=turn.heard.text[:MOST_NAME],
        measures=(said.measure,) if said.measure else said.measures,
        cost=said.cost,
        bare=said.cost_bare,
    )
    clear = len(ids) == 1 and said.why != "which-product"
    return of_product(turn, line, own[ids[0]]) if clear else line


def of_product(turn: Turn, line: Coming, product: Product) -> Coming:
    """The line with its goods, and what its words come to for them."""
    measures = _weighed(product, line.measures)
    found = [stock_amount(product, m) for m in measures]
    fits = (n for n in found if isinstance(n, int) and 0 < n <= MOST_BASE_UNITS)
    amounts = tuple(dict.fromkeys(fits))
    vnd, per = price_back(product, line.cost) if line.cost else (0, 0)
    return msgspec.structs.replace(
        line,
        product=product.id,
        amounts=amounts,
        amount=amounts[0] if len(amounts) == len(measures) == 1 else 0,
        vnd=vnd,
        per=per,
        bare=line.bare or is_above(turn, product, vnd, per),
    )


def _weighed(product: Product, measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """ "2 ta" of what is weighed is two hundred kilos, not two dozen packs."""
    same = tuple(m for m in measures if m.base == product.base)
    return same if same and product.base != "piece" else measures
