"""Words while an order is being placed that are no answer to the question of the form: not now,
wait, a correction, a person, other goods, a question. None of them ever places an order.
"""

from __future__ import annotations

from bot.talk.buyer.subjects import ANSWERS
from bot.talk.turn import Turn
from bot.understand import order_words as said
from bot.understand.fold import fold, tidy
from bot.understand.provinces import find_province
from bot.understand.signs import has_amount, says_nothing, surely_asks
from bot.understand.understood import ORDERS, Understood

GOING = "going"
"""Stands in the session's form from the first step of the checkout until it is put off."""

FREE = frozenset({"phone"})
"""Steps whose answer cannot be words: any words may mean something else."""

LEAST_WORDS = 4
DIGITS_OF_A_PHONE = 6


def heard(turn: Turn, text: str) -> str:
    """The route of words that stop or correct an order in hand; empty if they do neither."""
    session = turn.session
    kind, _, step = session.asking.partition(":")
    if session.seller or not session.cart or kind not in ("", "a"):
        return ""
    if said.waits(text) and kind:
        return f"wait:{step}"
    if said.puts_off(text) or said.waits(text) or (step not in ("", "note") and said.drops(text)):
        return "later"
    if kind and said.wants_person(text):
        return "talk"
    return _in_form(turn, text, step) if session.form.get(GOING) else ""


def _in_form(turn: Turn, text: str, step: str) -> str:
    if said.asks_when(text) and not turn.shop.understanding.other_goods(text, ""):
        turn.words = text
        return "ans:shipping"
    if not turn.session.form.get("consent"):
        return "co" if said.only_phone(text) else ""
    fault = said.correction(text)
    if fault and fault.step != step:
        turn.words = fault.value
        return f"fx:{fault.step}"
    if not step and said.only_phone(text):
        turn.words = text
        return "fx:phone"
    return _at_summary(turn, text) if not step and _summary_shown(turn) else ""


def _summary_shown(turn: Turn) -> bool:
    """The summary, or what of it is to be changed, is the last thing said."""
    last = turn.session.menus[-1].items if turn.session.menus else ()
    return any(i.id == "re:phone" or (i.id[:3] == "co:" and i.id[-4:] == ":yes") for i in last)


def _at_summary(turn: Turn, text: str) -> str:
    """No to it means that something is wrong; an amount alone, a line."""
    commands = turn.shop.commands
    if commands.says_yes(text) or commands.agrees(text, to_order=True):
        return ""
    if commands.says_no(text) or said.says_wrong(text):
        return "later" if said.drops(text) else "fix"
    if says_nothing(text):
        return "co"
    if said.only_amount(text):
        return "ed"
    route = ""
    if _is_address(turn, text):
        route = "fx:address"
    elif said.is_note(text) and not turn.shop.understanding.other_goods(text, ""):
        route = "fx:note"
    if surely_asks(tidy(text)) or has_amount(text):
        return ""
    turn.words = text if route else ""
    return route


def _is_address(turn: Turn, text: str) -> bool:
    """House, street and one known province."""
    found = find_province(text, turn.shop.catalogue().provinces)
    house = any(c.isdigit() for c in text) and len(text.split()) >= LEAST_WORDS
    return house and len(found) == 1


def may_answer(turn: Turn, step: str) -> bool:
    """Whether the words may be the answer to this question of the form."""
    text = turn.words
    if step in FREE:
        digits = sum(c.isdigit() for c in text)
        return digits >= DIGITS_OF_A_PHONE or said.has_no_phone(text)
    known = turn.shop.understanding.other_goods(text, "")
    return not (surely_asks(tidy(text)) or has_amount(text) or (known and _touches(text)))


def _touches(text: str) -> bool:
    """Begins like a change of the cart."""
    return fold(text).split(" ")[0] in ("them", "bo", "bot", "khong", "ko", "doi", "thoi", "lay")


def beside(turn: Turn, step: str, got: Understood, route: str) -> str:
    """The route of words that do not answer this question. route: of their likeliest meaning."""
    asking, name = f"a:{step}", route.partition(":")[0]
    sure = got.band == "act"
    if sure and got.intent in ORDERS and got.message.products:
        return f"more:{name}:{step}" if name in ("want", "chg") else asking
    if got.intent in ANSWERS and (sure or (got.band == "ask" and surely_asks(turn.words))):
        return route
    if step in FREE and sure and name not in ("", "sure", "not", "want", "chg", "home"):
        turn.session.asking = ""
        return route
    return "unknown" if step not in ("note", *FREE) and surely_asks(tidy(turn.words)) else asking


def on_with(turn: Turn) -> str:
    """Where yes leads that answers nothing on the screen: the order in hand is shown again."""
    if not turn.session.cart:
        return "alright"
    return "co" if turn.session.form.get(GOING) else "cart"
