"""Places that show a seller her own lives and claims, and everybody else what there is."""

from __future__ import annotations

from bot.shop.roles import Right
from bot.shop.says import Say
from bot.talk.buyer import lives, my_claims
from bot.talk.seller import live_claims
from bot.talk.seller import lives as seller_lives
from bot.talk.turn import Routes, Turn, screen


async def shows(turn: Turn) -> list[Say]:
    """Her own lives for who acts for a seller, else what is on air and planned."""
    return await (seller_lives.listed(turn) if await _runs(turn) else lives.listing(turn))


async def show(turn: Turn, live_id: str, page: str = "0") -> list[Say]:
    """A live as whoever runs it sees it, or as everybody does."""
    if await _runs(turn) and await _is_hers(turn, live_id):
        return await seller_lives.card(turn, live_id)
    return await lives.card(turn, live_id, page)


async def claims(turn: Turn, *which: str) -> list[Say]:
    """A seller's claims that wait, or one's own."""
    if await _runs(turn, Right.ORDERS):
        return await live_claims.listed(turn, *which[:2])
    return await my_claims.listing(turn)


async def _runs(turn: Turn, right: Right = Right.LIVE) -> bool:
    seller = turn.session.seller
    return bool(seller) and (await turn.who()).may(right, seller)


async def _is_hers(turn: Turn, live_id: str) -> bool:
    known = await turn.shop.records.read(lambda b: b.live(live_id))
    return known is not None and known.seller == turn.session.seller


ROUTES: Routes = {
    "lives": screen(shows),
    "live": screen(show, views=2),
    "cl": screen(claims, views=2),
}
