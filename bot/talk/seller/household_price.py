"""What a household gets for its goods: asked after they came, and at sharing out at the latest."""

from __future__ import annotations

import msgspec

from bot.shop.household import Household
from bot.shop.problems import BadMoney
from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Rate, Say
from bot.talk.seller import household_find as find
from bot.talk.turn import BACK, Routes, Turn, act, for_seller
from bot.understand.fitting import stock_amount
from bot.understand.pieces import Price
from bot.understand.price_answers import read_price
from bot.usecases import households

WAITS = "coming-price"
"""Where the session's form keeps a price that waits for her yes."""


class Waits(msgspec.Struct, frozen=True):
    """A price said without a word for money. mark: names the ledger's command."""

    mark: str
    household: str
    product: str
    vnd: int
    per: int


_waits = msgspec.json.Decoder(Waits)


def unit(product: Product) -> int:
    """What a price without "một yến" and the like is for: a kilo, a litre, or one piece."""
    return 1 if product.base == "piece" else 1000


def price_back(product: Product, price: Price) -> tuple[int, int]:
    """Đồng, and the base units they are for; (0, 0) if the goods are not counted so."""
    per = stock_amount(product, price.per) if price.per else unit(product)
    return (price.vnd, per) if isinstance(per, int) and per > 0 else (0, 0)


def is_above(turn: Turn, product: Product, vnd: int, per: int) -> bool:
    """Whether the household would get more than the goods are sold for."""
    prices = turn.prices(product.id)
    rate = prices.rate(product) if prices.vnd else None
    return bool(per and rate) and vnd * rate.per.n > rate.vnd * per if rate else False


async def ask_price(turn: Turn, home: Household, product: str, vnd: int = 0, per: int = 0) -> Say:
    """Ask for the price, or say back one that was a bare number."""
    known = turn.product(product)
    if known is None:
        raise KeyError(product)
    if vnd and per:
        return _said_back(turn, home, known, vnd, per)
    turn.ask(f"hpr:{home.id}:{product}")
    later = Choice(f"hpr:{home.id}:{product}:0", "choice-price-later")
    return Say("household-price-number", _fields(home, known), choices=(later, BACK))


def _said_back(turn: Turn, home: Household, product: Product, vnd: int, per: int) -> Say:
    waits = Waits(turn.change_id(), home.id, product.id, vnd, per)
    turn.session.form[WAITS] = msgspec.json.encode(waits).decode()
    turn.ask("")
    fields = _fields(home, product) | {"cost": Rate(vnd, product.amount(per))}
    choices = (
        Choice(f"hpy:{waits.mark}:yes", "choice-yes"),
        Choice(f"hpr:{home.id}:{product.id}", "choice-other-sum"),
        Choice(f"hpr:{home.id}:{product.id}:0", "choice-price-later"),
        BACK,
    )
    above = is_above(turn, product, vnd, per)
    return Say("household-price-above" if above else "household-price-sure", fields, (), choices)


def _fields(home: Household, product: Product) -> dict[str, Field]:
    per = product.amount(unit(product))
    return {"household": home.name, "name": product.name["vi"], "per": per}


async def price(turn: Turn, household: str, product: str, later: str = "") -> list[Say]:
    """Her answer to the question what the household gets; "0" leaves it for later."""
    home = await find.one_of_hers(turn, household)
    known, words = turn.product(product), turn.words.strip()
    if known is None:
        raise KeyError(product)
    if later or words == "0":
        choices = (Choice(f"hh:{home.id}", "choice-see-household"), BACK)
        return [Say("household-price-left", _fields(home, known), choices=choices)]
    if not words:
        return [await ask_price(turn, home, product)]
    vnd, per = read_cost(words, known)
    if not vnd:
        turn.ask(f"hpr:{household}:{product}")
        return [Say("household-price-unclear-number", _fields(home, known), choices=(BACK,))]
    if is_above(turn, known, vnd, per):
        return [_said_back(turn, home, known, vnd, per)]
    return await _book(turn, home, known, (vnd, per), turn.change_id())


def read_cost(words: str, product: Product) -> tuple[int, int]:
    """Đồng, and the base units they are for, if the words are one price; else (0, 0)."""
    found = read_price(words)
    read = {price_back(product, p) for p in found.readings} if found else set()
    return read.pop() if len(read) == 1 else (0, 0)


async def yes(turn: Turn, mark: str, _yes: str = "") -> list[Say]:
    """Her yes to a price that was said back."""
    waits = _waits.decode(turn.session.form[WAITS])
    known = turn.product(waits.product)
    if waits.mark != mark or known is None:
        raise KeyError(mark)
    home = await find.one_of_hers(turn, waits.household)
    return await _book(turn, home, known, (waits.vnd, waits.per), mark)


async def _book(
    turn: Turn, home: Household, product: Product, cost: tuple[int, int], id_: str
) -> list[Say]:
    who, now = await turn.who(), turn.now
    if cost[1] <= 0:
        raise BadMoney()
    await turn.shop.ledger.put(
        lambda b: households.price_lots(b, home.id, product.id, cost, who, now, id_)
    )
    fields = _fields(home, product) | {"cost": Rate(cost[0], product.amount(cost[1]))}
    choices = (
        Choice(f"hfc:{home.id}:{product.id}", "choice-price-wrong"),
        Choice(f"hh:{home.id}", "choice-see-household"),
        BACK,
    )
    return [Say("household-priced", fields, choices=choices)]


ROUTES: Routes = {
    "hpr": for_seller(act(price), Right.HOUSEHOLDS),
    "hpy": for_seller(act(yes), Right.HOUSEHOLDS),
}
