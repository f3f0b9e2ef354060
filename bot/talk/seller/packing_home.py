"""Whose goods go into a parcel, and where those of a parcel that came back go."""

from __future__ import annotations

from bot.shop.order import moved
from bot.shop.roles import Right
from bot.shop.says import Choice, Code, Field, Say, Word
from bot.talk.seller.order_view import hers, home_name, short, shown
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.usecases import orders, packing
from bot.usecases.letters import seller_choices


async def home(turn: Turn, code: str, household: str = "") -> list[Say]:
    """Whose goods the order is packed from; oldest first unless she says."""
    order = await hers(turn, code)
    if household:
        who, now = await turn.who(), turn.now
        order = await turn.shop.ledger.put(
            lambda b: packing.choose_household(b, code, household, who, now)
        )
        return [await shown(turn, order)]
    homes = await turn.shop.records.read(lambda b: packing.homes(b, order))
    choices = tuple(
        Choice(f"gh:{code}:{h.id}", "choice-pack-from", {"home": home_name(h)})
        for h in homes[:A_PAGE]
        if len(f"gh:{code}:{h.id}".encode()) <= MOST_ID
    )
    return [Say("pack-from", {"code": Code(code)}, choices=(*choices, BACK))]


A_PAGE = 6
MOST_ID = 40
RETURNS = ("shelf", "spoiled")


async def returned(turn: Turn, code: str = "", how: str = "") -> list[Say]:
    """A parcel that came back: still good for the shelf, or spoiled; the only one on its way, or
    the one she chooses.
    """
    if not code:
        return await _which_came_back(turn)
    order = await hers(turn, code)
    if order.state != "returned":
        moved(order, "return", turn.now)
    if not how:
        ways = tuple(Choice(f"rt:{code}:{r}", f"choice-return-{r}") for r in RETURNS)
        return [Say("return-how", {"code": Code(code)}, choices=(*ways, BACK))]
    if how not in RETURNS:
        raise KeyError(how)
    who, now = await turn.who(), turn.now
    after = await turn.shop.ledger.put(
        lambda b: orders.move_by_seller(b, code, "return", who, now, how=how)
    )
    fields: dict[str, Field] = {"code": Code(code), "state": Word(f"state-{after.state}")}
    choices = (Choice("new", "choice-seller-orders"), *seller_choices(after), BACK)
    id_ = "seller-order-moved" if order.state == "returned" else f"return-{how}"
    return [Say(id_, fields, choices=choices)]


async def _which_came_back(turn: Turn) -> list[Say]:
    away = await turn.shop.records.orders_of_seller(turn.session.seller, ["shipped"])
    if len(away) == 1:
        return await returned(turn, away[0].code)
    some, new = away[:A_PAGE], Choice("new", "choice-seller-orders")
    choices = (Choice(f"rt:{o.code}", "choice-order", {"code": Code(o.code)}) for o in some)
    id_ = "seller-order-which" if away else "return-none"
    return [Say(id_, lines=tuple(map(short, some)), choices=(*choices, new, BACK))]


ROUTES: Routes = {
    "gh": for_seller(screen(home, views=1), Right.ORDERS),
    "rt": for_seller(screen(returned, views=1), Right.ORDERS),
}
