"""Goods nobody bought that go back to the household that brought them, or spoiled."""

from __future__ import annotations

from bot.shop.changes import Change
from bot.shop.household import Household
from bot.shop.product import Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say
from bot.talk.seller import household_find as find
from bot.talk.seller.counting import DONE, LAST
from bot.talk.seller.stock import measured
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.usecases import households, stock

A_PAGE = 7


async def give_back(turn: Turn, household: str, product: str = "") -> list[Say]:
    """Which of its goods that nobody bought, then how much."""
    home = await find.one_of_hers(turn, household)
    free = await _free(turn, home)
    if not product:
        choices = tuple(
            Choice(f"hgb:{household}:{p.id}", "choice-entry-goods", _named(p, n))
            for p, n in free[:A_PAGE]
        )
        id_ = "household-back-which" if choices else "household-back-none"
        return [Say(id_, {"household": home.name}, choices=(*choices, BACK))]
    known, left = next(((p, n) for p, n in free if p.id == product), (None, 0))
    if known is None:
        return [Say("household-back-none", {"household": home.name}, choices=(BACK,))]
    read = measured(turn.words.strip(), known) if turn.words else ()
    if len(read) == 1 and 0 < read[0] <= left:
        return await gone_back(turn, home, known, read[0])
    turn.ask(f"hgb:{household}:{product}")
    fields = _named(known, left) | {"household": home.name}
    return [Say("household-back-number", fields, choices=(BACK,))]


async def _free(turn: Turn, home: Household) -> list[tuple[Product, int]]:
    lots = await turn.shop.records.read(lambda b: b.lots_of(home.id))
    sums: dict[str, int] = {}
    for lot in lots:
        sums[lot.product] = sums.get(lot.product, 0) + lot.free
    known = ((turn.product(p), n) for p, n in sums.items() if n > 0)
    return [(p, n) for p, n in known if p is not None]


def _named(product: Product, n: int) -> dict[str, Field]:
    return {"name": product.name["vi"], "amount": product.amount(n)}


async def gone_back(turn: Turn, home: Household, product: Product, n: int) -> list[Say]:
    """Booked; with before → after, and undo."""
    who, now, id_ = await turn.who(), turn.now, turn.change_id()
    done = await turn.shop.ledger.put(
        lambda b: households.give_back(b, home.id, product.id, n, who, now, id_)
    )
    return [_fewer(turn, "household-gave-back", home, product, n, done)]


async def gone_bad(turn: Turn, home: Household, product: Product, n: int) -> list[Say]:
    """Goods of this household that spoiled, booked from its lots and no other's."""
    who, now, id_ = await turn.who(), turn.now, turn.change_id()
    done = await turn.shop.ledger.put(
        lambda b: stock.spoil(b, product.id, n, who, now, id_, home.id)
    )
    return [_fewer(turn, "household-spoiled", home, product, n, done)]


def _fewer(turn: Turn, id_: str, home: Household, product: Product, n: int, done: Change) -> Say:
    """What is less now, before → after, and undo."""
    turn.ask("")
    turn.session.form[LAST] = done.id
    turn.session.form.pop(DONE, None)
    fields: dict[str, Field] = _named(product, n) | {
        "household": home.name,
        "before": product.amount(done.effect.before),
        "after": product.amount(done.effect.after),
    }
    undo = Choice(f"undo:{done.id}", "choice-undo")
    choices = (undo, Choice(f"hh:{home.id}", "choice-see-household"), BACK)
    return Say(id_, fields, choices=choices)


ROUTES: Routes = {"hgb": for_seller(screen(give_back, views=2), Right.HOUSEHOLDS)}
