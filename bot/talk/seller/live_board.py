"""The links of a live's board: one to look at, one for who helps; both can be changed."""

from __future__ import annotations

from bot.shop.roles import Right
from bot.shop.says import Choice, Say
from bot.talk.seller import live_find as find
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.usecases import board

MARK = 12
"""Characters of the hash of the link that is to be changed: a second tap changes nothing."""


async def links(turn: Turn, live_id: str, new: str = "", mark: str = "") -> list[Say]:
    """Both links; with `new` other ones. Raises NoSuchLive."""
    live, _ = await find.one(turn, live_id)
    base = turn.shop.public_url().rstrip("/")
    see = Choice(f"live:{live_id}", "choice-live-open")
    if not base:
        return [Say("board-links-nowhere", choices=(see, BACK))]
    if new:
        await _renewed(turn, live_id, mark)
        turn.notes.append(Say("board-renewed"))
    who, hashed, now = await turn.who(), turn.shop.hashed, turn.now
    view, help_ = await turn.shop.ledger.put(lambda b: board.tokens(b, live_id, who, hashed, now))
    lines = (
        Say("board-link-view", {"link": f"{base}/b/{view}"}),
        Say("board-link-help", {"link": f"{base}/b/{help_}"}),
        Say("board-links-care"),
    )
    choices = (
        Choice("url:board", "choice-board-open", url=f"{base}/b/{help_}"),
        Choice(f"lb:{live_id}:new:{hashed(help_)[:MARK]}", "choice-board-renew"),
        see,
        BACK,
    )
    return [Say("board-links", find.at_of(live), lines, choices)]


async def _renewed(turn: Turn, live_id: str, mark: str) -> None:
    who, hashed, now = await turn.who(), turn.shop.hashed, turn.now
    await turn.shop.ledger.put(lambda b: board.renew(b, live_id, who, hashed, mark, now))


ROUTES: Routes = {"lb": for_seller(screen(links, views=1), Right.LIVE)}
