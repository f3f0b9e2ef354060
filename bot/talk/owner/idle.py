"""Words about people and rights, and a seller's sentences from an account that may act for sellers
but acts for nobody now: never taken for a customer's order, never sent to a seller.
"""

from __future__ import annotations

import re

from bot.shop.roles import Right, rights_for
from bot.shop.says import Choice, Say
from bot.talk.buyer.home import home
from bot.talk.owner.people import everyone
from bot.talk.seller.meaning import MOVES, ROUTES_OF, route
from bot.talk.seller.packing_words import spoken_move
from bot.talk.turn import BACK, Routes, Turn, act
from bot.understand.fold import fold
from bot.understand.question_signs import buys
from bot.understand.sellers.people import people_said
from bot.understand.sellers.reports import names_report
from bot.understand.signs import asks
from bot.understand.understood import STOCKS, Understood

_SELLS = re.compile(
    r"(?<!\w)(?:(?:con(?: co)?|them|hong|nhap) \d|(?:con nua|het|ban (?:duoc|dc)|doanh thu"
    r"|bao cao|xuat file|goi xong|da goi|live|da nhan|nhan tien|tai khoan|tra nha|nha (?:chi|ba)"
    r"|chan|bo chan|gia|hoan tac)(?!\w))"
    r"|\d ?(?:k|nghin|ngan|d|dong|tr)? ?(?:/|mot |1 )(?:kg|can|ky|bo|qua)"
)
"""Cheap signs of a seller's sentence, folded; only behind them the account is looked at."""

_SHOP = re.compile(r"(?<!\w)(?:ban hang|nguoi ban|gian hang|cua hang|quyen|may moi)(?!\w)")
_ALSO_WISHED = frozenset({"add_stock", "reduce_stock"})
"""Beside a cart these may be a customer's words."""

ANYTHING = STOCKS | frozenset(MOVES) | (frozenset(ROUTES_OF) - {
    "greet", "thank", "help", "affirm", "deny", "change_language", "delete_my_data", "undo",
})  # fmt: skip


async def meant(turn: Turn, text: str) -> str:
    """The route of a sentence that only somebody with rights can mean; empty for customers."""
    said = people_said(text)
    sells = not turn.session.seller and _SELLS.search(fold(text))
    if not (said.kind or sells):
        return ""
    if not (await turn.who()).grants:
        return "lost" if said.kind == "lost" and _of_seller(text) else ""
    if said.kind:
        return await _people(turn, said.kind, said.whom)
    return await _sells(turn, text)


def _of_seller(text: str) -> bool:
    """Whether somebody without rights speaks as a seller who lost her account."""
    return bool(_SHOP.search(fold(text)))


async def _people(turn: Turn, kind: str, whom: str) -> str:
    routes = {"lost": "lost", "people": "nguoi", "invite": "moi", "nobody": "aft"}
    if kind in routes:
        return routes[kind]
    grants, words = (await turn.who()).grants, set(fold(whom).split())
    sellers = turn.shop.catalogue().sellers.values()
    able = [s for s in sellers if rights_for(grants, s.id)]
    named = [s.id for s in able if words & (set(fold(s.name).split()) - COMMON)]
    best = [s for s in named if len(named) == 1]
    if best:
        return f"af:{best[0]}"
    return "af" if "thay" in fold(turn.heard.text).split() else ""


COMMON = frozenset(["nguoi", "ban", "chi", "ba", "co", "anh", "em", "nha", "mau", "hang", "gian"])
"""Words of sellers' names that tell none of them."""


async def _sells(turn: Turn, text: str) -> str:
    """What the sentence would mean from a seller; her route refuses and asks for whom."""
    if spoken_move(text, turn.now):
        return "af-first"
    if names_report(text):
        return _report(turn, text)
    got = await turn.shop.understanding.understand(
        text, "seller", turn.session.lang, turn.fits_stock
    )
    if got.band == "reject" or got.intent not in ANYTHING or not _states(turn, got):
        return ""
    if got.intent in ("invite_helper", "block_person", "unblock_person", "set_bank"):
        return route(got.intent, "", got.message.plain)
    return "af-first"


def _states(turn: Turn, got: Understood) -> bool:
    """Whether it says how things are, and asks or wants nothing."""
    wished = bool(turn.session.cart) and got.intent in _ALSO_WISHED
    return not (wished or buys(got.message) or asks(got.message.plain) or "?" in got.message.text)


def _report(turn: Turn, text: str) -> str:
    found = route("report", "", text)
    return f"bcx{found.removeprefix('bc')}" if turn.session.owner else "af-first"


async def act_for_first(turn: Turn) -> list[Say]:
    """She sells for nobody now: for whom first, then she says it again."""
    turn.words = ""
    if not (await turn.who()).grants:
        return await home(turn)
    return [Say("act-for-first", choices=(Choice("af", "choice-act-for"), BACK))]


async def lost(turn: Turn) -> list[Say]:
    """A phone was lost or changed: the old account is taken out, the new one invited; somebody
    who writes from the new one is told where a code comes from.
    """
    turn.words = ""
    who = await turn.who()
    if not who.grants:
        choices = (Choice("ma", "choice-code-type"), Choice("talk", "choice-talk"), BACK)
        return [Say("lost-phone-new", choices=choices)]
    if not (who.is_owner or (who.acts_for and who.may(Right.PEOPLE, who.acts_for))):
        return [Say("lost-phone-helper", choices=(BACK,))]
    turn.notes.append(Say("lost-phone"))
    return await everyone(turn)


ROUTES: Routes = {"lost": act(lost), "af-first": act(act_for_first)}
