"""What a seller types beside a question to her: its answer, or a sentence of its own."""

from __future__ import annotations

from bot.talk.seller import packing_words
from bot.talk.seller.beside_orders import speaks_of_order
from bot.talk.seller.household_beside import ASKS, pays_household, speaks_of_else
from bot.talk.seller.live_words import answers as answers_live
from bot.talk.seller.stock import hers, measured
from bot.talk.turn import Turn
from bot.understand.message import may_be_goods
from bot.understand.understood import STOCKS, Understood

_OF_LIVES = frozenset({"lv", "lvw", "lvm", "lic", "lil", "ls"})
HEARD_BESIDE = frozenset(
    {*_OF_LIVES, "kp", "gp", "dp", "dq", "np", "gx", "gw", "gd", *ASKS, "rcv"}
)
"""Questions to a seller beside which a sentence about other stock is still heard."""
_OF_GOODS = frozenset({"kp", "gp", "dp", "dq"})


async def beside(turn: Turn, asking: str) -> str:
    """What answers the question; empty for a sentence of its own, which is heard instead: about
    other stock, or anything without a number where one was asked for.
    """
    text, (kind, about) = turn.words, f"{asking}:".split(":")[:2]
    if kind in _OF_LIVES:
        return asking if await answers_live(turn, asking) else _fresh(turn)
    own = next((p for p in hers(turn) if p.id == about), None)
    if asking == "np:name":  # whatever is said here may be a name
        return asking
    if kind in ("gx", "gw", "gd"):
        return asking if packing_words.answers(asking, text, turn.now) else _fresh(turn)
    if kind in ASKS and await speaks_of_else(turn, asking):
        return _fresh(turn)
    if kind in _OF_GOODS and await pays_household(turn):
        return _fresh(turn)
    if kind not in ("kp", "gp") or own is None:
        return asking if not await _tells(turn, text) else _fresh(turn)
    got = turn.understood = await turn.understand(text)
    named = bool(got.message.products) or any(w.products for w in got.wishes)
    named = named or speaks_of_order(got) or _other_of_hers(turn, got, about)
    answers = (*STOCKS, "affirm", "deny", *(("set_price",) if kind == "gp" else ()))
    other = got.band == "act" and got.intent not in answers
    return _fresh(turn) if named or (other and not measured(text, own)) else asking


def _other_of_hers(turn: Turn, got: Understood, about: str) -> bool:
    """Whether a part of a name is another product of hers ("trứng còn mấy quả")."""
    own, message = {p.id for p in hers(turn)} - {about}, got.message
    parts = (h for h in message.hits if h.head and about not in (*h.ids, *h.wider))
    return any(own & set(h.ids) and may_be_goods(message.plain[h.start : h.end]) for h in parts)


async def _tells(turn: Turn, text: str) -> bool:
    """Whether the words tell of stock, with goods that are named for certain."""
    if not turn.shop.understanding.other_goods(text, ""):
        return False
    got = await turn.understand(text)
    return got.band == "act" and got.intent in STOCKS


def _fresh(turn: Turn) -> str:
    turn.session.asking = turn.words = ""
    return ""
