"""An entry of a household set right, with a reason: a sum, a weight, a price. Nothing is deleted.

A correction asks why by buttons, then for the right number; a sentence that says both is done at
once.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.shop.household import Household, Paid
from bot.shop.problems import BadMoney, NoSuchHousehold
from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Moment, Money, Rate, Say, Word
from bot.shop.stock import Lot
from bot.talk.seller import household_find as find
from bot.talk.seller.counting import DONE, LAST
from bot.talk.seller.household_money import left_line, sum_of
from bot.talk.seller.household_price import read_cost, unit
from bot.talk.seller.stock import measured
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.usecases import households

A_PAGE = 4
WHY = "household-why"
"""Where the session's form keeps a reason in her own words."""
RIGHT = "household-right"
"""Where it keeps the right number, if it was said before the reason."""

REASONS: dict[str, str] = {"n": "wrong-number", "w": "weighed", "h": "wrong-household"}
"""Why, by the letter in a choice id; `o` is in her own words, `s` after she said them."""


async def entries(turn: Turn, household: str, page: str = "0") -> list[Say]:
    """Every lot and every payment of a household, newest first, each to be set right."""
    home = await find.one_of_hers(turn, household)
    lots, paid = await turn.shop.records.read(
        lambda b: (b.lots_of(household), b.paid_to(household))
    )
    real = [x for x in lots if x.brought or x.counted]
    found: list[Lot | Paid] = sorted((*real, *paid), key=lambda x: (-x.at, x.id))
    start = int(page) * A_PAGE
    shown = found[start : start + A_PAGE]
    lines = tuple(_line(turn, x) for x in shown)
    choices = [_entry(turn, x) for x in shown if isinstance(x, Lot) or not x.corrects]
    if start + A_PAGE < len(found):
        choices.append(Choice(f"hfx:{household}:{int(page) + 1}", "choice-more"))
    back = Choice(f"hgb:{household}", "choice-household-give-back")
    id_ = "household-entries" if found else "household-entries-none"
    return [Say(id_, {"name": home.name}, lines, (*choices, back, BACK))]


def _line(turn: Turn, entry: Lot | Paid) -> Say:
    if isinstance(entry, Lot):
        return lot_line(turn.product(entry.product), entry)
    coded = entry.reason in REASONS.values()
    fields: dict[str, Field] = {
        "money": Money(entry.vnd),
        "when": Moment(entry.at),
        "reason": Word(f"household-reason-{entry.reason}") if coded else entry.reason,
    }
    return Say(f"household-entry-{entry.kind}", fields)


def lot_line(product: Product | None, lot: Lot) -> Say:
    fields: dict[str, Field] = {
        "name": product.name["vi"] if product else lot.product,
        "brought": find.so_much(product, lot.brought + lot.counted),
        "sold": find.so_much(product, lot.sold),
        "free": find.so_much(product, lot.free + lot.held),
        "when": Moment(lot.at),
    }
    if not lot.cost_per or product is None:
        return Say("household-lot-unpriced", fields)
    return Say(
        "household-lot", fields | {"cost": Rate(lot.cost_vnd, product.amount(lot.cost_per))}
    )


def _entry(turn: Turn, entry: Lot | Paid) -> Choice:
    if isinstance(entry, Paid):
        fields: dict[str, Field] = {"money": Money(entry.vnd)}
        return Choice(f"hfp:{entry.id}", "choice-entry-money", fields)
    product = turn.product(entry.product)
    if product is None:
        return Choice(f"hh:{entry.household}", "choice-see-household")
    number = entry.id.rpartition(":")[2]
    fields = {"name": product.name["vi"], "amount": product.amount(entry.brought)}
    return Choice(f"hfl:{product.id}:{number}", "choice-entry-goods", fields)


async def lot(turn: Turn, product: str, number: str) -> list[Say]:
    """One lot: weigh it again, or another price."""
    found, known = await _lot(turn, product, number)
    home = await find.one_of_hers(turn, found.household)
    choices = (
        Choice(f"hfw:{product}:{number}", "choice-weigh-again"),
        Choice(f"hfc:{home.id}:{product}", "choice-price-wrong"),
        Choice(f"hgb:{home.id}:{product}", "choice-household-give-back"),
        BACK,
    )
    return [Say("household-is", {"name": home.name}, (lot_line(known, found),), choices)]


async def _lot(turn: Turn, product: str, number: str) -> tuple[Lot, Product]:
    lots = await turn.shop.records.read(lambda b: b.lots(product))
    known = turn.product(product)
    found = next((x for x in lots if x.id == f"{product}:{number}"), None)
    if found is None or known is None:
        raise NoSuchHousehold()
    return found, known


def _why(turn: Turn, route: str, say: Say, reasons: Sequence[str]) -> list[Say]:
    choices = tuple(Choice(f"{route}:{r}", f"household-reason-{REASONS[r]}") for r in reasons)
    other = Choice(f"{route}:o", "household-reason-other")
    turn.shows(route)
    return [Say(say.id, say.fields, say.lines, (*choices, other, BACK))]


def _reason(turn: Turn, route: str, reason: str) -> str:
    """The reason in words for the journal; empty while she is asked to say it."""
    if reason == "o" and turn.words:
        turn.session.form[WHY] = turn.words[:200]
        turn.words = ""
        return turn.session.form[WHY]
    if reason == "o":
        turn.ask(f"{route}:o")
        return ""
    return turn.session.form[WHY] if reason == "s" else REASONS[reason]


def _kept(turn: Turn) -> str:
    """The right number in words: what she says now, or said before the reason."""
    return turn.words.strip() or turn.session.form.pop(RIGHT, "")


async def weigh(turn: Turn, product: str, number: str, reason: str = "") -> list[Say]:
    """A lot weighed again: why, then how much it really was."""
    found, known = await _lot(turn, product, number)
    home = await find.one_of_hers(turn, found.household)
    route = f"hfw:{product}:{number}"
    if not reason:
        say = Say("household-weigh-why", {"name": home.name}, (lot_line(known, found),))
        return _why(turn, route, say, "wn")
    why = _reason(turn, route, reason)
    if not why:
        return [Say("household-why-words", choices=(BACK,))]
    read = measured(_kept(turn), known)
    if len(read) != 1 or not read[0]:
        turn.ask(f"{route}:{'s' if reason == 'o' else reason}")
        fields: dict[str, Field] = {"name": known.name["vi"], "example": known.amount(unit(known))}
        return [Say("household-weigh-number", fields, choices=(BACK,))]
    return await weighed(turn, home, found, known, read[0], why)


async def weighed(
    turn: Turn, home: Household, found: Lot, product: Product, n: int, why: str
) -> list[Say]:
    gone = found.brought - found.free
    if n < gone:
        least: dict[str, Field] = {"name": product.name["vi"], "amount": product.amount(gone)}
        shown = Choice(f"hh:{home.id}", "choice-see-household")
        return [Say("household-weigh-below", least, choices=(shown, BACK))]
    who, now, id_ = await turn.who(), turn.now, turn.change_id()
    turn.ask("")
    await turn.shop.ledger.put(
        lambda b: households.correct_lot(b, found.id, n, why, who, now, id_)
    )
    turn.session.form[LAST] = id_
    turn.session.form.pop(DONE, None)
    fields: dict[str, Field] = {
        "household": home.name,
        "name": product.name["vi"],
        "before": product.amount(found.brought),
        "after": product.amount(n),
    }
    see = Choice(f"hh:{home.id}", "choice-see-household")
    return [
        Say("household-weighed", fields, choices=(Choice(f"undo:{id_}", "choice-undo"), see, BACK))
    ]


async def cost(turn: Turn, household: str, product: str, reason: str = "") -> list[Say]:
    """Another price for all a household brought of these goods: why, then the price."""
    home, known = await find.one_of_hers(turn, household), turn.product(product)
    if known is None:
        raise KeyError(product)
    route = f"hfc:{household}:{product}"
    fields: dict[str, Field] = {"household": home.name, "name": known.name["vi"]}
    if not reason:
        return _why(turn, route, Say("household-cost-why", fields), "n")
    why = _reason(turn, route, reason)
    if not why:
        return [Say("household-why-words", choices=(BACK,))]
    price = read_cost(_kept(turn), known)
    if not price[0]:
        turn.ask(f"{route}:{'s' if reason == 'o' else reason}")
        per: dict[str, Field] = {"per": known.amount(unit(known))}
        return [Say("household-cost-number", fields | per, choices=(BACK,))]
    return await costed(turn, home, known, price, why)


async def costed(
    turn: Turn, home: Household, product: Product, price: tuple[int, int], why: str
) -> list[Say]:
    who, now, id_ = await turn.who(), turn.now, turn.change_id()
    turn.ask("")
    await turn.shop.ledger.put(
        lambda b: households.price_lots(b, home.id, product.id, price, who, now, id_, why)
    )
    fields: dict[str, Field] = {
        "household": home.name,
        "name": product.name["vi"],
        "cost": Rate(price[0], product.amount(price[1])),
    }
    choices = (Choice(f"hh:{home.id}", "choice-see-household"), BACK)
    return [Say("household-priced", fields, (await left_line(turn, home),), choices)]


async def sum_(turn: Turn, entry: str, reason: str = "") -> list[Say]:
    """Money that was booked wrongly: why, then what it really was; 0 for another household's."""
    wrong = await turn.shop.records.read(lambda b: b.paid(entry))
    if wrong is None:
        raise NoSuchHousehold()
    home = await find.one_of_hers(turn, wrong.household)
    fields: dict[str, Field] = {"name": home.name, "money": Money(await _stands(turn, wrong))}
    if not reason:
        return _why(turn, f"hfp:{entry}", Say("household-sum-why", fields), "nh")
    why = _reason(turn, f"hfp:{entry}", reason)
    if not why:
        return [Say("household-why-words", choices=(BACK,))]
    words = "0" if reason == "h" else _kept(turn)
    vnd = 0 if words == "0" else sum_of(words)
    if vnd is None:
        turn.ask(f"hfp:{entry}:{'s' if reason == 'o' else reason}")
        return [Say("household-sum-right-number", fields, choices=(BACK,))]
    return await summed(turn, home, wrong, vnd, why)


async def _stands(turn: Turn, entry: Paid) -> int:
    known = await turn.shop.records.read(lambda b: b.paid_to(entry.household))
    return entry.vnd + sum(p.vnd for p in known if p.corrects == entry.id)


async def summed(turn: Turn, home: Household, wrong: Paid, vnd: int, why: str) -> list[Say]:
    who, now, id_ = await turn.who(), turn.now, turn.change_id()
    before = await _stands(turn, wrong)
    if vnd == before:
        raise BadMoney()
    turn.ask("")
    await turn.shop.ledger.put(
        lambda b: households.correct_paid(b, wrong.id, vnd, why, who, now, id_)
    )
    fields: dict[str, Field] = {
        "name": home.name,
        "before": Money(before),
        "after": Money(vnd),
    }
    other = (Choice("ct", "choice-households"),)
    choices = (*other, Choice(f"hh:{home.id}", "choice-see-household"), BACK)
    id_say = "household-sum-other" if why == REASONS["h"] else "household-sum-fixed"
    return [Say(id_say, fields, (await left_line(turn, home),), choices)]


ROUTES: Routes = {
    "hfx": for_seller(screen(entries, views=2), Right.HOUSEHOLDS),
    "hfl": for_seller(screen(lot, views=2), Right.HOUSEHOLDS),
    "hfw": for_seller(act(weigh), Right.HOUSEHOLDS),
    "hfc": for_seller(act(cost), Right.HOUSEHOLDS),
    "hfp": for_seller(act(sum_), Right.MONEY),
}
