"""Every place of a seller's lives, for the table of all places."""

from __future__ import annotations

from bot.talk.seller import (
    live_after,
    live_board,
    live_claims,
    live_items,
    live_moves,
    live_order,
    live_paste,
    live_plan,
    live_rules,
    lives,
)
from bot.talk.turn import Routes

PLACES: Routes = {
    **live_after.ROUTES,
    **live_board.ROUTES,
    **live_claims.ROUTES,
    **live_items.ROUTES,
    **live_moves.ROUTES,
    **live_order.ROUTES,
    **live_paste.ROUTES,
    **live_plan.ROUTES,
    **live_rules.ROUTES,
    **lives.ROUTES,
}
