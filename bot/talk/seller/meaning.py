"""From what a seller's sentence means to the route that answers it."""

from __future__ import annotations

import msgspec

from bot.talk.seller.stock import hers, measured
from bot.talk.seller.telling import AGAIN, TOLD, Told, kind_of
from bot.talk.turn import Turn
from bot.understand.seller_signs import refuses
from bot.understand.stock_signs import gone, stock_part_verb
from bot.understand.understood import STOCKS, Understood

MOVES: dict[str, str] = {
    "order_confirm": "confirm",
    "order_packed": "pack",
    "order_shipped": "ship",
    "order_delivered": "deliver",
}
"""The move each sentence about an order speaks of."""

ROUTES_OF: dict[str, str] = {
    "greet": "home",
    "thank": "thanks",
    "help": "home",
    "list_stock": "k",
    "list_orders": "new",
    "change_language": "lang",
    "delete_my_data": "erase",
    "affirm": "sure",
    "deny": "not",
    **dict.fromkeys(STOCKS - {"household_in"}, "tell"),
}

NOT_YET: dict[str, str] = {
    "household_in": "household",
    "household_balance": "household",
    "pay_household": "household",
    "schedule_live": "live",
    "move_live": "live",
    "cancel_live": "live",
    "set_price": "price",
    "broadcast": "broadcast",
    "report": "report",
    "undo": "undo",
}
"""What cannot be done by a sentence yet, by the words that say so."""

HEARD_BESIDE = frozenset({"kp", "dp", "dq"})
"""Questions to a seller beside which a sentence about other stock is still heard."""


def route(intent: str, code: str, plain: str) -> str:
    """Where an intent leads; an order's move is offered only if the words do not refuse it."""
    if intent in MOVES:
        move = "" if refuses(plain) else MOVES[intent]
        if move:
            return f"mv:{move}:{code}" if code else f"mv:{move}"
        return f"so:{code}" if code else "new"
    return ROUTES_OF.get(intent) or f"not-yet:{NOT_YET.get(intent, 'other')}"


def meant(turn: Turn, got: Understood) -> str:
    """What only a seller can mean: a number set right that waits for her yes, or goods of hers in
    words that change nothing now. Empty if it is neither.
    """
    waits = _waits_for_yes(turn)
    fixed = _set_right(turn, got) if waits else ""
    if fixed:
        return fixed
    if got.band == "act" and got.intent in ("affirm", "deny"):
        return f"tell:{AGAIN}" if waits else "alright"
    if got.band == "act" or got.intent not in STOCKS:
        return ""
    own = {p.id for p in hers(turn)}
    found = {p for hit in got.message.products for p in hit.ids if p in own}
    text = got.message.text
    return _one_of(turn, found) or (named(turn, text) if _only_goods(turn, text) else "")


def _only_goods(turn: Turn, text: str) -> bool:
    return not any(c.isdigit() for c in text) and turn.shop.understanding.only_goods(text)


def named(turn: Turn, text: str) -> str:
    """Her goods that are named and nothing more: "trứng còn". Empty for a customer."""
    if not turn.session.seller:
        return ""
    own = {p.id for p in hers(turn)}
    found = {p.id for p in turn.named(text) if p.id in own}
    return _one_of(turn, found) or ("tell" if found else "")


def _one_of(turn: Turn, found: set[str]) -> str:
    """The question how much is left of the one that was found; the words do not answer it."""
    if len(found) != 1:
        return ""
    turn.words = ""
    return f"kp:{found.pop()}"


def _waits_for_yes(turn: Turn) -> bool:
    """Whether the stock that was said back last is on the screen. What the classifier takes for a
    yes never confirms it.
    """
    menu = turn.session.menus[-1] if turn.session.menus else None
    on_screen = menu is not None and any(i.id.startswith("tell:") for i in menu.items)
    return on_screen and TOLD in turn.session.form


def _set_right(turn: Turn, got: Understood) -> str:
    """ "Sai rồi, còn 20 quả": another number for the one thing that waits for her yes, said back
    again.
    """
    kept = msgspec.json.decode(turn.session.form.get(TOLD, "[]"), type=list[Told])
    message = got.message
    none = gone(message.plain)
    others = message.products or any(w.products for w in got.wishes)
    if len(kept) != 1 or others or not (len(message.quantities) == 1 or none):
        return ""
    said = message.quantities[0] if message.quantities else None
    turn.words = message.plain[said.start : said.end] if said else "0"
    verb = stock_part_verb(message.words_between(0, len(message.plain)))
    kind = kind_of(verb) or ("set" if none else kept[0].kind)
    return f"kp:{kept[0].product}:{kind}"


async def beside(turn: Turn, asking: str) -> str:
    """What answers the question; empty for a sentence of its own, which is heard instead: about
    other stock, or anything without a number where one was asked for.
    """
    text, (kind, about) = turn.words, asking.split(":")[:2]
    own = next((p for p in hers(turn) if p.id == about), None)
    if kind != "kp" or own is None:
        return asking if not await _tells(turn, text) else _fresh(turn)
    got = turn.understood = await turn.understand(text)
    named = got.message.products or any(w.products for w in got.wishes)
    other = got.band == "act" and got.intent not in (*STOCKS, "affirm", "deny")
    return _fresh(turn) if named or (other and not measured(text, own)) else asking


async def _tells(turn: Turn, text: str) -> bool:
    """Whether the words tell of stock, with goods that are named for certain."""
    if not turn.shop.understanding.other_goods(text, ""):
        return False
    got = await turn.understand(text)
    return got.band == "act" and got.intent in STOCKS


def _fresh(turn: Turn) -> str:
    turn.session.asking = turn.words = ""
    return ""
