"""What a seller's free words say of her lives, read before anything a classifier thinks."""

from __future__ import annotations

from bot.talk.seller import live_find as find
from bot.talk.seller.live_hours import moments, speaks_of_live
from bot.talk.seller.stock import hers
from bot.talk.turn import Turn
from bot.understand.fold import fold
from bot.understand.pieces import Other
from bot.understand.seller_signs import changes_nothing
from bot.understand.sellers.live_moves import move_said
from bot.understand.sellers.live_plans import plan_said
from bot.understand.sellers.lives import ends_said, item_said, starts_said
from bot.understand.understood import Understood

_MORE = ("them ", "ca ", "voi ", "va ")
"""Begin further goods under the card of a plan."""
LIVES = frozenset({"schedule_live", "cancel_live", "move_live", "live_prepare"})


async def heard(turn: Turn, got: Understood) -> str:
    """The route of words that begin or end a live, say something of a code of hers, or of the plan
    on the screen. Empty if they are about something else.
    """
    text = got.message.text
    if starts_said(text):
        return "lson"
    if ends_said(text):
        return "lsend"
    if _plan_shown(turn) and _refines(turn, got):
        turn.words = text
        return "lv" if _anew(turn, got) else "lvw"
    return await _of_code(turn, got)


def _anew(turn: Turn, got: Understood) -> bool:
    """Whether a whole plan is said, and not only more of the one on the screen."""
    said = plan_said(got.message, {p.id for p in hers(turn)}, turn.now)
    return bool(said.moments and said.products and speaks_of_live(got.message.text))


def _plan_shown(turn: Turn) -> bool:
    menu = turn.session.menus[-1] if turn.session.menus else None
    return menu is not None and any(i.id.startswith("lvok:") for i in menu.items)


def _refines(turn: Turn, got: Understood) -> bool:
    """Whether the words say more of the plan, and are no sentence of another kind."""
    own = {p.id for p in hers(turn)}
    if (item := item_said(got.message, own, planned=True)) and item.code:
        return True
    if fold(got.message.text).startswith(_MORE) and not got.message.quantities:
        return True
    said = plan_said(got.message, own, turn.now)
    more = said.link or said.where or said.parcels or said.hold_minutes
    if more or (said.moments and not said.products):
        return got.intent not in ("cancel_live", "move_live")
    other = got.band == "act" and got.intent not in LIVES
    goods = said.products and turn.shop.understanding.only_goods(got.message.text)
    return bool(goods or ((said.moments or said.caps) and not other))


async def _of_code(turn: Turn, got: Understood) -> str:
    """Where a code leads while she has a live; with a phone number it is a customer's claim that
    she types in, and by itself it is looked at.
    """
    said = item_said(got.message, {p.id for p in hers(turn)})
    codes = {c.code for c in got.message.codes}
    if not codes and (said is None or changes_nothing(got.message)):
        return ""
    live = next(iter(await find.open_ones(turn)), None)
    if live is None:
        return ""
    if codes and any(isinstance(p, Other) and p.kind == "phone" for p in got.message.pieces):
        turn.words = got.message.text
        return f"dan:{live.id}"
    _, items = await find.one(turn, live.id)
    if said is not None:
        known = any(x.product in said.products for x in items)
        return "lit" if known or said.kind == "add" or said.code else ""
    named = [x.code for x in items if x.code in codes]
    if len(named) != 1 or got.band == "act":
        return ""
    turn.words = ""
    return f"li:{live.id}:{named[0]}"


async def answers(turn: Turn, asking: str) -> bool:
    """Whether words beside a question about a live may answer it."""
    kind = asking.partition(":")[0]
    text = turn.words
    if kind in ("lic", "lil"):
        return any(c.isdigit() for c in text) or turn.shop.understanding.only_goods(text)
    if kind == "ls":
        return True
    if moments(text, turn.now):
        return True
    got = turn.understood = await turn.understand(text)
    if kind == "lvm":
        return bool(move_said(got.message, turn.now, turn.now)) or got.band != "act"
    if turn.shop.understanding.only_goods(text) or got.intent in LIVES:
        return True
    said = plan_said(got.message, {p.id for p in hers(turn)}, turn.now)
    return bool(said.link or said.where) or got.band != "act"
