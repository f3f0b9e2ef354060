"""From what a seller's sentence means to the route that answers it."""

from __future__ import annotations

import re

import msgspec

from bot.talk.seller import packing_words
from bot.talk.seller.counting import AGAIN, DONE, LAST, TOLD, Told
from bot.talk.seller.household_words import INTENTS, about_household
from bot.talk.seller.live_hours import moments
from bot.talk.seller.money_words import about_money
from bot.talk.seller.reports import route_said
from bot.talk.seller.stock import hers
from bot.talk.seller.telling import beside_prices, kind_of, sure_beside_order
from bot.talk.turn import Turn
from bot.understand.pieces import Other
from bot.understand.seller_signs import changes_nothing, refuses
from bot.understand.sellers.broadcasts import broadcast_said
from bot.understand.sellers.lives import calls_off
from bot.understand.sellers.plain_prices import drops_step, names_price, only_price
from bot.understand.sellers.prices import price_changes
from bot.understand.sellers.reports import names_report
from bot.understand.signs import asks
from bot.understand.small_words import is_small
from bot.understand.stock_signs import corrects, gone, only_stock, stock_part_verb
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
    **dict.fromkeys(INTENTS, "hs"),
    "list_stock": "k",
    "new_product": "np",
    "invite_helper": "moi",
    "block_person": "bl",
    "unblock_person": "bls",
    "list_orders": "new",
    "packing_list": "goi",
    "change_language": "lang",
    "delete_my_data": "erase",
    "affirm": "sure",
    "deny": "not",
    "set_price": "price",
    "undo": "undo:?",
    "broadcast": "nk",
    "schedule_live": "lv",
    "live_prepare": "ll",
    "cancel_live": "lvx",
    "move_live": "lvm",
    **dict.fromkeys(STOCKS - {"household_in"}, "tell"),
}

LIVES = frozenset({"schedule_live", "cancel_live"})


def route(intent: str, code: str, plain: str) -> str:
    """Where an intent leads; an order's move is offered only if the words do not refuse it."""
    if intent in ("undo", "list_orders") and code:
        return f"so:{code}"
    if intent == "report":
        return route_said(plain)
    if intent in MOVES:
        move = "" if refuses(plain) else MOVES[intent]
        if move:
            return f"mv:{move}:{code}" if code else f"mv:{move}"
        return f"so:{code}" if code else "new"
    return ROUTES_OF.get(intent) or "not-yet"


def meant(turn: Turn, got: Understood) -> str:
    """What only a seller can mean: a number set right that waits for her yes or was booked just
    now, a price step to drop, or goods of hers in words that change nothing now. Empty if it is
    none of these.
    """
    text = got.message.text
    if route := _told_to_customers(turn, text):
        return route
    if sure_beside_order(turn, got):
        return "tell"
    if route := packing_words.says_wrong(turn, text) or packing_words.spoken_move(text, turn.now):
        return route
    if route := about_money(turn, got):
        return route
    waits = _waits_for_yes(turn)
    if waits and (fixed := _set_right(turn, got, TOLD)):
        return f"{fixed}:waits"
    if not waits and _just_booked(turn) and (fixed := _set_right(turn, got, DONE)):
        return fixed if corrects(got.message.plain) else f"{fixed}:waits"
    if route := about_household(turn, got) or _report(got):
        return route
    return _price(turn, got) or _stock(turn, got) or _when(turn, got)


def _told_to_customers(turn: Turn, text: str) -> str:
    """Before all else: what customers are told may name goods, prices and hours."""
    if broadcast_said(text, turn.shop.catalogue().provinces) is None:
        return ""
    turn.words = text
    return "nk"


def _report(got: Understood) -> str:
    text = got.message.text
    return route_said(text) if got.band != "act" and names_report(text) else ""


def _when(turn: Turn, got: Understood) -> str:
    """ "Tối nay 8h live": when her list is wanted; only words of refusal call it off."""
    text = got.message.text
    if got.intent not in LIVES or not (got.band == "act" or moments(text, turn.now)):
        return ""
    if calls_off(text):
        return "lvx"
    turn.words = text
    return "lv"


def _price(turn: Turn, got: Understood) -> str:
    """Words that can only be about a price, whatever the classifier thinks."""
    if drops_step(got.message):
        return "nostep"
    return "price" if _changes_price(turn, got) or _priced_nameless(turn, got) else ""


def _priced_nameless(turn: Turn, got: Understood) -> bool:
    """ "Sân đất 45k một cân": a price of goods that nobody sells here."""
    if got.band == "act" or not got.message.money or got.intent not in ("set_price", ""):
        return False
    said = price_changes(got.message, {p.id for p in hers(turn)})
    return len(said) == 1 and said[0].why == "no-product" and only_price(got.message, 3)


def _stock(turn: Turn, got: Understood) -> str:
    """What answers or corrects, and goods in words that change nothing now."""
    if route := _answers(turn, got):
        return route
    if got.band == "act":
        return _asked_of_one(turn, got)
    if _nameless(got):
        return "tell"
    if got.intent not in STOCKS:
        return ""
    own = {p.id for p in hers(turn)}
    found = {p for hit in got.message.products for p in hit.ids if p in own}
    text = got.message.text
    if (len(found) == 1 and _bare_number(got)) or (found and _only_amounts(got)):
        return "tell"
    return _one_of(turn, found) or (named(turn, text) if _only_goods(turn, text) else "")


def _answers(turn: Turn, got: Understood) -> str:
    """ "Sai rồi" under what was booked just now, a yes that confirms nothing (what waits is said
    back once more), and digits that answer nothing.
    """
    message = got.message
    goods = message.products or any(w.products for w in got.wishes)
    if _just_booked(turn) and corrects(message.plain) and not goods:
        return "undo:?"
    if got.band == "act" and got.intent in ("affirm", "deny"):
        return f"tell:{AGAIN}" if TOLD in turn.session.form else "alright"
    return "" if any(c.isalpha() for c in message.plain) else "sell"


def _changes_price(turn: Turn, got: Understood) -> bool:
    """Whether the words say a price with "giá" and nothing else, or a price beside stock."""
    message = got.message
    beside = bool(message.money and beside_prices(got)) and not message.households
    percent = any(isinstance(p, Other) and p.kind == "percent" for p in message.pieces)
    told = beside or ((percent or names_price(message)) and only_price(message))
    return (
        told
        and not asks(message.plain)
        and bool(price_changes(message, {p.id for p in hers(turn)}))
    )


def _nameless(got: Understood) -> bool:
    """ "Sam dta còn 40 cân": so much of goods that nobody sells here."""
    message = got.message
    told = stock_part_verb(message.words_between(0, len(message.plain)))
    alone = len(message.quantities) == len(got.wishes) == 1 and not message.products
    return bool(told) and alone and not message.money and not changes_nothing(message)


def _bare_number(got: Understood) -> bool:
    """ "Na 65": so much of it, or its price."""
    amounts = got.message.quantities
    verb = stock_part_verb(got.message.words_between(0, len(got.message.plain)))
    return len(amounts) == 1 and amounts[0].bare and not verb and not changes_nothing(got.message)


def _only_amounts(got: Understood) -> bool:
    """ "Sâm đất: 40kg, trứng 100": goods with amounts and nothing else."""
    message = got.message
    names = {w for h in message.hits for w in message.plain[h.start : h.end].split()}
    words = re.findall(r"[^\W\d_]+", message.words_between(0, len(message.plain)))
    said = all(is_small(w) or w in names for w in words)
    return bool(message.quantities) and said and not changes_nothing(message)


def _asked_of_one(turn: Turn, got: Understood) -> str:
    """ "Còn bao nhiêu sâm đất": the one thing of hers that is asked about."""
    own = {p.id for p in hers(turn)}
    found = {p for h in got.message.products for p in h.ids if p in own}
    return _one_of(turn, found) if got.intent == "list_stock" else ""


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


def _just_booked(turn: Turn) -> bool:
    """Whether what was booked last is on the screen, with its button to take it back."""
    menu = turn.session.menus[-1] if turn.session.menus else None
    undo = f"undo:{turn.session.form.get(LAST)}"
    return menu is not None and any(i.id == undo for i in menu.items)


def _set_right(turn: Turn, got: Understood, where: str) -> str:
    """ "Sai rồi, còn 20 quả": another number for the one thing that was told last. What was booked
    already is only touched by words of correction, or a verb of its own.
    """
    kept = msgspec.json.decode(turn.session.form.get(where, "[]"), type=list[Told])
    message = got.message
    none = gone(message.plain)
    words = message.words_between(0, len(message.plain))
    others = message.products or any(w.products for w in got.wishes)
    others = others or not only_stock(words, right=True)
    if len(kept) != 1 or others or not (len(message.quantities) == 1 or none):
        return ""
    said = message.quantities[0] if message.quantities else None
    verb = kind_of(stock_part_verb(words))
    kind = verb or ("set" if none else kept[0].kind)
    alone = not any(c.isalpha() for c in words)
    if where == DONE and not (verb or none or alone or corrects(message.plain)):
        return ""
    turn.words = message.plain[said.start : said.end] if said else "0"
    return f"kr:{kept[0].product}:{kind}"
