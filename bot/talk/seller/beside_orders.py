"""Stock told in one breath with an order: the stock is booked, the order is one tap away."""

from __future__ import annotations

from bot.shop.order_code import read_code
from bot.shop.says import Choice, Say
from bot.talk.turn import BACK
from bot.understand.fold import has_marks
from bot.understand.pieces import Other
from bot.understand.sellers.spelled import says_order
from bot.understand.understood import Understood

_MOVED = frozenset({"order_confirm", "order_packed", "order_shipped", "order_delivered"})
_LISTED = frozenset({"list_orders", "packing_list"})


def speaks_of_order(got: Understood) -> bool:
    """Whether some part of the words is about an order."""
    moved = got.intent in _MOVED | _LISTED and got.band == "act"
    return moved or bool(code_of(got)) or names_order(got, 0, len(got.message.plain))


def names_order(got: Understood, start: int, end: int) -> bool:
    """Whether the word for an order stands in [start, end) of the tidied text."""
    words = got.message.words_between(start, end)
    return says_order(words, marked=has_marks(got.message.plain))


def code_of(got: Understood) -> str:
    """The order's code, if one was named."""
    message = got.message
    for piece in message.pieces:
        if isinstance(piece, Other) and piece.kind == "order_code":
            return read_code(message.plain[piece.start : piece.end]) or ""
    return ""


def with_order_left(got: Understood, says: list[Say]) -> list[Say]:
    """The answer about her stock, with a line that nothing was done with the order yet, and the
    way to it.
    """
    if not says or not speaks_of_order(got):
        return says
    code, last = code_of(got), says[-1]
    see = Choice(f"so:{code}", "choice-see-order")
    to = see if code else Choice("new", "choice-seller-orders")
    others = tuple(c for c in last.choices if c != BACK)
    lines, choices = (*last.lines, Say("order-part-left")), (*others, to, BACK)
    return [*says[:-1], Say(last.id, last.fields, lines, choices, last.picture, last.clip)]
