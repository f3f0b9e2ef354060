"""A sentence about a household: goods that came or go back, money, what is left, what was wrong.

What words and numbers say for certain is booked at once; what was only guessed is said back.
"""

from __future__ import annotations

from dataclasses import replace

from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Say
from bot.talk.seller import household_find as find
from bot.talk.seller import household_in as coming
from bot.talk.seller import household_money as money
from bot.talk.seller import household_right as right
from bot.talk.seller.household_back import give_back, gone_back, gone_bad
from bot.talk.seller.households import everyone, one
from bot.talk.seller.stock import hers
from bot.talk.turn import Routes, Turn, act, for_seller
from bot.understand.fitting import stock_amount
from bot.understand.message import Message
from bot.understand.sellers import household_signs as signs
from bot.understand.sellers.brought import brings, brought, goes_to, surely_brings
from bot.understand.sellers.household_money import household_money
from bot.understand.sellers.households import households_of, without_households
from bot.understand.sellers.said import (
    BalanceAsked,
    Brought,
    Corrected,
    GivenBack,
    HouseholdMoney,
    HouseholdPaid,
)
from bot.understand.sellers.spelled import BRINGS, PAYS
from bot.understand.sellers.spoiled import spoiled
from bot.understand.understood import Understood

INTENTS = frozenset({"household_in", "household_balance", "pay_household", "give_back"})
"""What the classifier calls sentences that are answered here."""
OTHERS = frozenset({"set_stock", "set_price", "add_stock", "reduce_stock", "undo"})
"""What it may take a correction for, though a household is named."""


MOST_AT_ONCE = 4
"""Households of one sentence that are answered."""


def about_household(turn: Turn, got: Understood) -> str:
    """The route of a sentence about a household; empty for any other."""
    if got.band == "act" and got.intent in INTENTS:
        return "hs"
    if got.band == "act" and got.intent not in OTHERS:
        return ""
    if _goes_bad(got.message):
        return "hs"
    if surely_brings(got.message) and brought(got.message, _own(turn)):
        return "hs"
    if not households_of(got.message):
        return "hs" if _weighs_again(turn, got.message) else ""
    if _priced_of_household(turn, got.message):
        return "hs"
    found = household_money(got.message, _own(turn))
    if got.band != "act":
        return "hs" if found or _only_named(got.message) else ""
    return "hs" if any(_is_certain(got.message, x) for x in found) else ""


def _is_certain(message: Message, found: HouseholdMoney) -> bool:
    """What the words say of a household, whatever the classifier takes them for."""
    if isinstance(found, HouseholdPaid):
        return found.vnd is not None and signs.pays(_bare(message))
    return isinstance(found, Corrected | GivenBack)


def _bare(message: Message) -> str:
    return without_households(message, households_of(message))


def _priced_of_household(turn: Turn, message: Message) -> bool:
    """ "Chị Mỷ 20kg sâm đất giá 8k": what a household gets, no price of hers."""
    if goes_to(message):
        return False
    lines = brought(message, _own(turn)) if message.money and message.quantities else ()
    return any(x.household and x.products and x.measures for x in lines)


def _goes_bad(message: Message) -> bool:
    """ "Hỏng 3kg sâm đất nhà chị Mỷ": of whose goods it is, is said."""
    one = len(households_of(message)) == len(message.quantities) == 1
    return one and bool(message.products) and spoiled(message)


def _only_named(message: Message) -> bool:
    """ "Nhà chị Mỷ" and nothing more: its account is wanted."""
    words = without_households(message, households_of(message))
    return not any(c.isalnum() for c in words)


def _weighs_again(turn: Turn, message: Message) -> Corrected | None:
    """ "Cân lại 180kg" behind goods that were just booked for a household."""
    menu = turn.session.menus[-1] if turn.session.menus else None
    see = f"hh:{turn.session.form.get(find.LAST, '')}"
    shown = menu is not None and any(i.id == see for i in menu.items)
    clear = [q.readings[0] for q in message.quantities if len(q.readings) == 1 and not q.why]
    if not shown or message.products or len(clear) != 1:
        return None
    right = signs.corrects(without_households(message, ()))
    return Corrected("", (), clear[0], None, signs.reason(message.plain)) if right else None


def _own(turn: Turn) -> frozenset[str]:
    return frozenset(p.id for p in hers(turn))


async def said(turn: Turn) -> list[Say]:
    """Answer the sentence that was just read. Raises KeyError if none was."""
    got = turn.understood
    if got is None:
        raise KeyError("hs")
    message = got.message
    again = None if households_of(message) else _weighs_again(turn, message)
    if again is not None:
        return await right.corrected(turn, message, again)
    if _only_named(message) and households_of(message):
        return await _shown(turn, _name(message))
    if _goes_bad(message):
        return await _bad(turn, message)
    found = household_money(message, _own(turn))
    if found and not _only_goods(got, found[0]):
        return await _each(turn, message, found)
    lines = brought(message, _own(turn), fits=turn.fits_stock)
    return await _goods(turn, message, lines) if lines else await _unsaid(turn, got)


async def _each(turn: Turn, message: Message, found: tuple[HouseholdMoney, ...]) -> list[Say]:
    """Several households in one sentence are answered one after another."""
    says: list[Say] = []
    for one_ in found[:MOST_AT_ONCE]:
        says += await _money(turn, message, one_)
    return says


async def _goods(turn: Turn, message: Message, lines: tuple[Brought, ...]) -> list[Say]:
    sure = brings(message) and all(x.measure is not None or x.measures for x in lines)
    return await coming.told(turn, [_certain(message, x) for x in lines], sure=sure)


def _certain(message: Message, line: Brought) -> Brought:
    """Goods of which only a part was named ("khoai tây" beside khoai sâm) are asked about."""
    named = {i for hit in message.products for i in (*hit.ids, *hit.wider)}
    sure = any(p in named for p in line.products)
    return line if sure else replace(line, why="which-product")


async def _unsaid(turn: Turn, got: Understood) -> list[Say]:
    """Only the classifier says what it is about: asked step by step."""
    message = got.message
    cost = _price_said(message)
    if cost is not None:
        return await right.corrected(turn, message, cost)
    match got.intent:
        case "household_balance":
            return await everyone(turn)
        case "pay_household" if signs.not_now(_bare(message)) and households_of(message):
            return await _shown(turn, _name(message))
        case "pay_household":
            paid = HouseholdPaid("pay", _name(message), None)
            return await money.told(turn, paid, sure=False)
        case "give_back":
            return await _back(turn, GivenBack(_name(message), (), None))
    nothing = Brought((), None, _name(message))
    return await coming.told(turn, [nothing], sure=False)


def _price_said(message: Message) -> Corrected | None:
    """ "Giá nhà chị Mỷ 9k" is about what the household gets, not a payment."""
    homes, sums = households_of(message), message.money
    priced = signs.names_price(without_households(message, homes))
    if not homes or not priced or len(sums) != 1 or not signs.clear(sums[0]):
        return None
    return Corrected(homes[0].name, (), None, sums[0].readings[0].vnd)


async def _shown(turn: Turn, called: str) -> list[Say]:
    home = (await find.named(turn, called)).one
    return await one(turn, home.id) if home else await right.whose(turn, called)


def _name(message: Message) -> str:
    return next((h.name for h in households_of(message)), "")


def _only_goods(got: Understood, found: HouseholdMoney) -> bool:
    """Goods that came are no question about money, though they may look like one."""
    return isinstance(found, BalanceAsked) and got.intent == "household_in"


async def _money(turn: Turn, message: Message, found: HouseholdMoney) -> list[Say]:
    match found:
        case BalanceAsked(kind="all") | BalanceAsked(household=""):
            return await everyone(turn)
        case BalanceAsked():
            return await money.balance(turn, found)
        case HouseholdPaid():
            return await _paid(turn, message, found)
        case GivenBack():
            return await _back(turn, found)
        case Corrected():
            return await right.corrected(turn, message, found)


async def _paid(turn: Turn, message: Message, found: HouseholdPaid) -> list[Say]:
    """Booked at once only if a word says that money was given ("giá nhà chị Mỷ 9k" does not)."""
    words = without_households(message, households_of(message))
    return await money.told(turn, found, sure=signs.pays(words) and not signs.names_price(words))


async def _back(turn: Turn, found: GivenBack) -> list[Say]:
    home = await right.home_of(turn, found.household)
    if home is None:
        return await right.whose(turn, found.household)
    turn.session.form[find.LAST] = home.id
    product = _one(turn, found.products)
    n = stock_amount(product, found.measure) if product and found.measure else ""
    if product is None or not isinstance(n, int) or n <= 0:
        return await give_back(turn, home.id, product.id if product else "")
    return await gone_back(turn, home, product, n)


async def _bad(turn: Turn, message: Message) -> list[Say]:
    """Goods of one household that spoiled; what is not clear is shown with its account."""
    home = await right.home_of(turn, _name(message))
    if home is None:
        return await right.whose(turn, _name(message))
    turn.session.form[find.LAST] = home.id
    ids = {p for hit in message.products for p in (*hit.ids, *hit.wider)}
    product = _one(turn, tuple(ids))
    said = message.quantities[0]
    sure = len(said.readings) == 1 and not said.why
    n = stock_amount(product, said.readings[0]) if product and sure else 0
    if product is None or not isinstance(n, int) or n <= 0:
        return await one(turn, home.id)
    return await gone_bad(turn, home, product, n)


def _one(turn: Turn, products: tuple[str, ...]) -> Product | None:
    own = [p for p in hers(turn) if p.id in products]
    return own[0] if len(own) == 1 else None


async def brings_in(turn: Turn) -> list[Say]:
    """`/nhap 200kg sâm đất nhà chị Mỷ giá 8k`, or /nhap alone."""
    return await _read(turn, BRINGS, "household_in") if turn.words else await coming.begin(turn)


async def pays(turn: Turn) -> list[Say]:
    """`/tra nhà chị Mỷ 500k`, or /tra alone."""
    return await _read(turn, PAYS, "pay_household") if turn.words else await everyone(turn)


async def _read(turn: Turn, verb: str, intent: str) -> list[Say]:
    """What stands behind a slash command, with the verb it stands for."""
    text, turn.words = f"{verb} {turn.words}", ""
    got = await turn.understand(text)
    turn.understood = replace(got, intent=intent, band="act")
    return await said(turn)


ROUTES: Routes = {
    "hs": for_seller(act(said), Right.HOUSEHOLDS),
    "nhap": for_seller(act(brings_in), Right.HOUSEHOLDS),
    "tra": for_seller(act(pays), Right.MONEY),
}
