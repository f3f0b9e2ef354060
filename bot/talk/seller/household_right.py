"""A sentence that sets an entry of a household right, led to the entry it is about."""

from __future__ import annotations

from bot.shop.household import Household
from bot.shop.product import Product
from bot.shop.says import Say
from bot.shop.stock import Lot
from bot.talk.seller import household_find as find
from bot.talk.seller import household_fix as fix
from bot.talk.seller.household_price import unit
from bot.talk.seller.households import everyone
from bot.talk.turn import Turn
from bot.understand.fitting import stock_amount
from bot.understand.message import Message
from bot.understand.sellers import household_signs as signs
from bot.understand.sellers.households import households_of, without_households
from bot.understand.sellers.said import Corrected


async def home_of(turn: Turn, called: str) -> Household | None:
    """The household that is named, else the one dealt with last."""
    if called:
        return (await find.named(turn, called)).one
    last = turn.session.form.get(find.LAST, "")
    known = await find.all_hers(turn)
    return next((h for h in known if h.id == last), None)


async def whose(turn: Turn, called: str) -> list[Say]:
    found = await find.named(turn, called)
    if not found.fits and not found.near:
        return await everyone(turn)
    return [find.which(called, found, "hh", new=False)]


async def corrected(turn: Turn, message: Message, found: Corrected) -> list[Say]:
    home = await home_of(turn, found.household)
    if home is None:
        return await whose(turn, found.household)
    turn.session.form[find.LAST] = home.id
    words = without_households(message, households_of(message))
    if found.measure is not None:
        return await _weighed(turn, home, found)
    if found.vnd and (found.products or signs.names_price(words)):
        return await _costed(turn, home, found)
    return await _summed(turn, home, found)


async def _weighed(turn: Turn, home: Household, found: Corrected) -> list[Say]:
    """Of the newest lot of these goods; of any goods if none were named."""
    lots = await turn.shop.records.read(lambda b: b.lots_of(home.id))
    real = [x for x in lots if x.brought]
    mine = [x for x in real if not found.products or x.product in found.products]
    newest = max(mine, key=_age, default=None)
    product = turn.product(newest.product) if newest else None
    if newest is None or product is None or found.measure is None:
        return await fix.entries(turn, home.id)
    n = stock_amount(product, found.measure)
    if not isinstance(n, int):
        return await fix.entries(turn, home.id)
    if found.reason:
        return await fix.weighed(turn, home, newest, product, n, found.reason)
    turn.session.form[fix.RIGHT] = _plain(n, product)
    return await fix.weigh(turn, product.id, newest.id.rpartition(":")[2])


def _age(lot: Lot) -> tuple[int, int]:
    """When a lot came; the number in its id tells apart those of one sentence."""
    return lot.at, int(lot.id.rpartition(":")[2])


def _plain(n: int, product: Product) -> str:
    """An amount in words that are read as exactly this much."""
    return str(n) if product.base == "piece" else f"{n} {product.base}"


async def _costed(turn: Turn, home: Household, found: Corrected) -> list[Say]:
    lots = await turn.shop.records.read(lambda b: b.lots_of(home.id))
    ids = {x.product for x in lots if not found.products or x.product in found.products}
    product = turn.product(ids.pop()) if len(ids) == 1 else None
    if product is None or not found.vnd:
        return await fix.entries(turn, home.id)
    if found.reason:
        price = (found.vnd, unit(product))
        return await fix.costed(turn, home, product, price, found.reason)
    turn.session.form[fix.RIGHT] = str(found.vnd)
    return await fix.cost(turn, home.id, product.id)


async def _summed(turn: Turn, home: Household, found: Corrected) -> list[Say]:
    """The newest money of the household was really so much."""
    paid = await turn.shop.records.read(lambda b: b.paid_to(home.id))
    first = [p for p in paid if not p.corrects]
    if not first or found.vnd is None:
        return await fix.entries(turn, home.id)
    newest = max(first, key=lambda p: (p.at, p.id))
    if found.reason:
        return await fix.summed(turn, home, newest, found.vnd, found.reason)
    turn.session.form[fix.RIGHT] = str(found.vnd)
    return await fix.sum_(turn, newest.id)
