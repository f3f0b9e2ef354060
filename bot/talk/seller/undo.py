""" "Hoàn tác": what a seller changed last, by word or by the button under it, is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.shop.changes import Change
from bot.shop.problems import NothingToUndo
from bot.shop.product import Product, gone_product
from bot.shop.says import Choice, Field, Rate, Say
from bot.talk.seller.cards import card_of
from bot.talk.seller.counting import DONE, MORE, TOLD
from bot.talk.seller.price_lines import price_lines
from bot.talk.seller.stock import PICS, hers
from bot.talk.turn import Routes, Turn, act, for_seller
from bot.usecases import journal

SURE = "?"
"""In place of a change: the words may have meant it, so it is shown and asked first."""


async def undo(turn: Turn, change_id: str = "") -> list[Say]:
    """Take back this message's changes, or the last; said with after → before. The same button
    again says the same.

    A sentence that only seems to mean it is asked back first.
    """
    form = turn.session.form
    if not change_id and _waits(turn):
        form.pop(TOLD, None)
        return [Say("stock-told-left", choices=MORE)]
    if change_id == SURE:
        return await _sure(turn)
    if not change_id and await _did_more(turn):
        return await _sure(turn, "undo-older")
    who, now, id_ = await turn.who(), turn.now, turn.change_id()
    if change_id:
        back = await turn.shop.ledger.put(
            lambda books: journal.undo_message(books, who, now, change_id)
        )
    else:
        back = await turn.shop.ledger.put(lambda books: journal.undo_last(books, who, now, id_))
    form.pop(DONE, None)
    first, *rest = [line for change in back for line in undone_lines(turn, change)]
    return [Say(first.id, first.fields, tuple(rest), MORE), *_picture(turn, back)]


def _picture(turn: Turn, back: Sequence[Change]) -> list[Say]:
    """The card again, for who works by pictures."""
    product = next((p for p in hers(turn) if p.id == back[0].subject), None)
    shows = turn.session.form.get(PICS) and len(back) == 1 and not back[0].effect.prices_after
    return [card_of(turn, product)] if product and shows else []


def _waits(turn: Turn) -> bool:
    """Whether stock that was said back, and is not booked yet, is on the screen."""
    menu = turn.session.menus[-1] if turn.session.menus else None
    return menu is not None and any(i.id.startswith("tell:") for i in menu.items)


async def _did_more(turn: Turn) -> bool:
    """Whether she did something with an order or money after what can be taken back: "hoàn tác"
    may speak of that.
    """
    who, now = await turn.who(), turn.now
    return await turn.shop.records.read(lambda books: journal.did_more(books, who, now))


async def _sure(turn: Turn, id_: str = "undo-which") -> list[Say]:
    """What would be taken back, with a yes."""
    who, now = await turn.who(), turn.now
    last = await turn.shop.records.read(
        lambda books: (
            journal.together(books, found.id)
            if (found := journal.last_change(books, who, now))
            else ()
        )
    )
    if not last:
        raise NothingToUndo()
    lines = tuple(line for change in last for line in _told_lines(turn, change))
    yes = Choice(f"undo:{last[0].id.partition('.')[0]}", "choice-undo")
    return [Say(id_, lines=lines, choices=(yes, *MORE))]


def _told_lines(turn: Turn, change: Change) -> Sequence[Say]:
    """What a change did, before → after."""
    product = _product(turn, change)
    if change.effect.prices_after:
        return price_lines(product, change.effect.prices_before, change.effect.prices_after)
    if change.effect.costs_after:
        return [_cost(product, change.effect.costs_before, change.effect.costs_after)]
    before, left = product.amount(change.effect.before), product.amount(change.effect.after)
    fields: dict[str, Field] = {"name": product.name["vi"], "before": before, "left": left}
    return [Say("stock-set", fields)]


def undone_lines(turn: Turn, change: Change) -> Sequence[Say]:
    """What taking it back did, after → before; the stock as it is now, whatever came between."""
    product, effect = _product(turn, change), change.effect
    if effect.prices_after:
        return price_lines(product, effect.prices_after, effect.prices_before, id_="price-undone")
    if effect.costs_after:
        return [_cost(product, effect.costs_after, effect.costs_before)]
    free = turn.level(product.id).free
    fields: dict[str, Field] = {
        "name": product.name["vi"],
        "before": product.amount(free + effect.after - effect.before),
        "left": product.amount(free),
    }
    return [Say("stock-undone", fields)]


Costs = Mapping[str, tuple[int, int]]


def _cost(product: Product, was: Costs, now: Costs) -> Say:
    """What a household gets, of the first lot it was said for; it may not have been said."""
    lot = next(iter(now))
    fields: dict[str, Field] = {"name": product.name["vi"]}
    for name, (vnd, per) in (("before", was[lot]), ("after", now[lot])):
        fields |= {name: Rate(vnd, product.amount(per))} if per else {}
    return Say("cost-set" if len(fields) > 2 else _OPEN["after" in fields], fields)


_OPEN = {True: "cost-set-first", False: "cost-set-none"}


def _product(turn: Turn, change: Change) -> Product:
    return turn.product(change.subject) or gone_product(change.subject)


ROUTES: Routes = {"undo": for_seller(act(undo))}
"""Which right it takes depends on what is taken back; the ledger asks for it."""
