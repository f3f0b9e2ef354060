"""Where the button under a seller's broadcast leads."""

from __future__ import annotations

from bot.shop.says import Say
from bot.talk.buyer.browse import card, market
from bot.talk.turn import Routes, Turn, act
from bot.usecases import broadcasts


async def see(turn: Turn, broadcast_id: str) -> list[Say]:
    """The goods it is about, else the market; remembered once, so that the seller knows that it
    was read.
    """
    person, now = turn.person, turn.now
    known = await turn.shop.ledger.put(lambda b: broadcasts.opened(b, broadcast_id, person, now))
    if known and known.product and turn.product(known.product):
        return await card(turn, known.product)
    return await market(turn)


ROUTES: Routes = {"bo": act(see)}
