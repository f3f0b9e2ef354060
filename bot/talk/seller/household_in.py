"""Goods a household brings: read from her words, or asked one thing at a time, then a lot.

A line of goods is booked as soon as whose, what and how much are certain; the price may come
later. What waits is in the session's form, under ids that make a repeat the same lot.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.shop.changes import Change
from bot.shop.household import Household
from bot.shop.product import MOST_BASE_UNITS, Product
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Rate, Say
from bot.talk.seller import household_asks as asks
from bot.talk.seller import household_find as find
from bot.talk.seller.counting import DONE, LAST
from bot.talk.seller.household_draft import (
    DRAFT,
    MOST_LINES,
    MOST_NAME,
    Coming,
    Draft,
    keep,
    kept,
    of_product,
    product_of,
    read,
)
from bot.talk.seller.household_price import ask_price
from bot.talk.seller.stock import measured, named_hers
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.sellers.said import Brought
from bot.usecases import households
from bot.usecases.ports import Books


async def begin(turn: Turn, household: str = "") -> list[Say]:
    """By buttons: whose goods, then which, then how much."""
    if household:
        home = await find.one_of_hers(turn, household)
        return await go_on(turn, Draft(turn.change_id(), [Coming(home.name, home.id)]))
    return await go_on(turn, Draft(turn.change_id(), [Coming()]))


async def told(turn: Turn, said: Sequence[Brought], *, sure: bool) -> list[Say]:
    """What a sentence says was brought. sure: words and numbers say so, not only a guess."""
    lines = [read(turn, one) for one in said[:MOST_LINES]] or [Coming()]
    draft = Draft(turn.change_id(), lines, len(lines) > 1, sure=sure)
    return await go_on(turn, draft)


async def go_on(turn: Turn, draft: Draft) -> list[Say]:
    """Book what is certain, ask for what is not, one thing at a time."""
    turn.ask("")
    says: list[Say] = []
    while draft.lines:
        first = await _found(turn, draft.lines[0])
        draft.lines[0] = first
        question = await _missing(turn, first, draft)
        if question is not None:
            keep(turn, draft)
            return [*says, question]
        says += await _book(turn, draft)
    turn.session.form.pop(DRAFT, None)
    return says


async def _found(turn: Turn, line: Coming) -> Coming:
    if line.household or not line.called:
        return line
    home = (await find.named(turn, line.called)).one
    return msgspec.structs.replace(line, household=home.id, called=home.name) if home else line


async def _missing(turn: Turn, line: Coming, draft: Draft) -> Say | None:
    if not line.household:
        return await asks.whose(turn, line)
    if not line.product:
        return asks.which_goods(turn, line)
    if not line.amount:
        return asks.how_much(turn, line)
    return None if draft.sure else asks.sure(turn, line, draft)


async def _book(turn: Turn, draft: Draft) -> list[Say]:
    """The first line becomes a lot; a price that is missing or bare is asked after it."""
    line, draft.done = draft.lines.pop(0), draft.done + 1
    id_ = f"{draft.mark}.{draft.done}" if draft.several else draft.mark
    who, now, seller = await turn.who(), turn.now, turn.session.seller
    cost = (line.vnd, line.per) if not line.bare else (0, 0)

    def bring(books: Books) -> tuple[Household, Change]:
        home = line.household
        if home == "new":
            made = Household(f"h{id_.replace('.', '')[:9]}", seller, line.called, at=now)
            home = households.create(books, made, who).id
        change = households.bring(books, home, line.product, line.amount, cost, who, now, id_)
        found = households.hers(books, home, who, Right.HOUSEHOLDS)
        return found, change

    home, change = await turn.shop.ledger.put(bring)
    turn.session.form |= {find.LAST: home.id, LAST: id_}
    turn.session.form.pop(DONE, None)
    _same_home(draft, line, home)
    says = [_booked(product_of(turn, line.product), line, home, change, draft)]
    if not cost[1] and not draft.lines:
        says.append(await ask_price(turn, home, line.product, line.vnd, line.per))
    return says


def _same_home(draft: Draft, line: Coming, home: Household) -> None:
    """The lines that follow of the same household need not ask again."""
    for n, other in enumerate(draft.lines):
        if line.household == "new" and other.called == line.called and not other.household:
            draft.lines[n] = msgspec.structs.replace(other, household=home.id)


def _booked(product: Product, line: Coming, home: Household, change: Change, draft: Draft) -> Say:
    fields: dict[str, Field] = {
        "household": home.name,
        "name": product.name["vi"],
        "amount": product.amount(line.amount),
        "before": product.amount(change.effect.before),
        "after": product.amount(change.effect.after),
    }
    priced = bool(line.per) and not line.bare
    if priced:
        fields["cost"] = Rate(line.vnd, product.amount(line.per))
    later = () if priced else (Choice(f"hpr:{home.id}:{product.id}", "choice-price-of-goods"),)
    choices = (
        Choice(f"undo:{change.id}", "choice-undo"),
        *later,
        Choice(f"hh:{home.id}", "choice-see-household"),
        BACK,
    )
    id_ = "household-brought" if priced else "household-brought-unpriced"
    return Say(id_, fields, choices=choices)


async def whose(turn: Turn, household: str, page: str = "0") -> list[Say]:
    """Whose goods they are: one of hers, a new one by its name, or all by pages."""
    draft, words = kept(turn), " ".join(turn.words.split())[:MOST_NAME]
    if household == "all":
        known = await find.all_hers(turn)
        return [Say("household-in-whose", choices=find.all_choices(known, "hih", int(page)))]
    line = draft.lines[0]
    if household == "new":
        called = _called(turn, words) if words else line.called
        if not called:
            turn.ask("hih:new")
            return [Say("household-ask-name", choices=(BACK,))]
        changed = msgspec.structs.replace(line, household="new", called=called)
    else:
        home = await find.one_of_hers(turn, household)
        changed = msgspec.structs.replace(line, household=home.id, called=home.name)
    draft.lines[0] = changed
    return await go_on(turn, draft)


def _called(turn: Turn, words: str) -> str:
    """What a new household is called in the book; a number alone is one too, for who types no
    letters. Empty for words that are no name.
    """
    if any(c.isalpha() for c in words):
        return words
    number = words.isdigit() and int(words)
    return turn.shop.texts(Say("household-numbered", {"n": number}), "vi") if number else ""


async def goods(turn: Turn, product: str = "", page: str = "0") -> list[Say]:
    """Which goods: by number, by picture, or by name."""
    if product == "all":
        return [asks.goods_page(turn, int(page))]
    draft = kept(turn)
    if not product:
        return await _named(turn, draft)
    known = product_of(turn, product)
    draft.lines[0] = of_product(turn, draft.lines[0], known)
    return await go_on(turn, draft)


async def _named(turn: Turn, draft: Draft) -> list[Say]:
    found = named_hers(turn, turn.words)
    line = msgspec.structs.replace(
        draft.lines[0], products=tuple(p.id for p in found), said=turn.words[:MOST_NAME]
    )
    draft.lines[0] = of_product(turn, line, found[0]) if len(found) == 1 else line
    turn.words = ""
    return await go_on(turn, draft)


async def amount(turn: Turn, n: str = "") -> list[Say]:
    """How much, by number or in words."""
    draft = kept(turn)
    product = product_of(turn, draft.lines[0].product)
    read = (int(n),) if n else measured(turn.words.strip(), product)
    fits = tuple(m for m in read if 0 < m <= MOST_BASE_UNITS)
    one = fits[0] if len(fits) == 1 else 0
    draft.lines[0] = msgspec.structs.replace(draft.lines[0], amount=one, amounts=fits)
    turn.words = ""
    return await go_on(turn, draft)


async def sure(turn: Turn, mark: str, yes: str = "no") -> list[Say]:
    """Her yes to what was only guessed from her words."""
    draft = kept(turn)
    if mark != draft.mark:
        raise KeyError(mark)
    if yes != "yes":
        turn.session.form.pop(DRAFT)
        return [Say("household-in-left", choices=(Choice("hn", "choice-household-in"), BACK))]
    draft.sure = True
    return await go_on(turn, draft)


ROUTES: Routes = {
    "hn": for_seller(screen(begin, views=1), Right.HOUSEHOLDS),
    "hih": for_seller(act(whose), Right.HOUSEHOLDS),
    "hip": for_seller(act(goods), Right.HOUSEHOLDS),
    "hic": for_seller(act(asks.card), Right.HOUSEHOLDS),
    "hia": for_seller(act(amount), Right.HOUSEHOLDS),
    "hiy": for_seller(act(sure), Right.HOUSEHOLDS),
}
