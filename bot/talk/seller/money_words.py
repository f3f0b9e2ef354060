"""A customer's money in a seller's words: which order it is for, and how much came."""

from __future__ import annotations

from bot.shop.order_code import read_code
from bot.talk.seller.payments import sum_said
from bot.talk.turn import Turn
from bot.understand.pieces import Other
from bot.understand.sellers.money_in import money_in
from bot.understand.understood import Understood


def about_money(turn: Turn, got: Understood) -> str:
    """The route for a customer's transfer, or another sum in place of the one said back just now;
    the words that are left tell the sum. Empty for anything else.
    """
    message = got.message
    if not message.products and (code := _said_back(turn)) and sum_said(message.text):
        turn.words = message.text
        return f"pd:{code}"
    if message.products or message.quantities or not money_in(message):
        return ""
    sums = [message.plain[m.start : m.end] for m in message.money]
    turn.words = sums[0] if len(sums) == 1 else ""
    code = next((c for c in map(_code, _codes(got)) if c), "")
    return f"pd:{code}" if code else "ck"


def _codes(got: Understood) -> list[str]:
    message = got.message
    found = (p for p in message.pieces if isinstance(p, Other) and p.kind == "order_code")
    return [message.plain[p.start : p.end] for p in found]


def _code(text: str) -> str:
    return read_code(text) or ""


def _said_back(turn: Turn) -> str:
    """The order whose sum waits for her yes on the screen."""
    menu = turn.session.menus[-1] if turn.session.menus else None
    ids = [i.id for i in menu.items] if menu else []
    waits = next((i for i in ids if i.startswith("pd:") and i.endswith(":yes")), "")
    return waits.split(":")[1] if waits else ""
