"""From what a message means to the route that answers it."""

from __future__ import annotations

import re

from bot.shop.order_code import read_code
from bot.shop.says import Choice
from bot.talk.buyer.asking import picks
from bot.talk.buyer.ordering import on_shelf
from bot.talk.buyer.subjects import ANSWERS
from bot.talk.hearing import GOES_ON, STAYS
from bot.talk.turn import Turn
from bot.understand.fitting import base_amount
from bot.understand.fold import fold, tidy
from bot.understand.pieces import Other
from bot.understand.quantities import Refuse, read_amount
from bot.understand.signs import has_amount, leaves, surely_asks
from bot.understand.understood import ORDERS, STOCKS, Understood

MOST_GUESSES = 3
MOST_WORDS = 300
LISTED = re.compile(r"p:[^:]+$|ans:[a-z]+:[^:?]+$")
"""Choices of a list of products."""

GUESS = "guess"
"""Where the session's form keeps the words that a chosen guess is about."""

AGAIN = re.compile(
    r"(?<!\w)(?:(?:nhu|giong) (?:lan|don|hom|dot) truoc|(?:don|lan) truoc|don cu|dat lai|"
    r"lay lai|nhu cu|nhu moi khi|nhu moi lan)(?!\w)"
)
"""Folded words by which people ask for the same as last time."""

SAME_AGAIN = re.compile(
    r"(?<!\w)(?:dat lai (?:don|nhu)|lay lai (?:don|nhu)|nhu (?:cu|moi khi|moi lan|lan truoc)|"
    r"giong (?:lan|don) truoc)(?!\w)"
)
"""The surest of them, which need no classifier."""

MOST_SHORT = 60
AGAIN_INTENTS = frozenset({"order", "change_cart", "checkout", "show_cart"})

CUSTOMER: dict[str, str] = {
    "greet": "home",
    "thank": "thanks",
    "help": "help",
    "browse": "m",
    "order": "want",
    "change_cart": "chg",
    "show_cart": "cart",
    "checkout": "co",
    "order_status": "o",
    "cancel_order": "o",
    "stop_reminders": "stop",
    "change_details": "chd",
    "complain": "bad",
    "talk_to_seller": "talk",
    "change_language": "lang",
    "delete_my_data": "erase",
    "affirm": "sure",
    "deny": "not",
}
"""Where an intent leads that needs no product."""

SELLER: dict[str, str] = {
    "greet": "home",
    "thank": "thanks",
    "help": "home",
    "list_stock": "k",
    "list_orders": "new",
    "change_language": "lang",
    "delete_my_data": "erase",
    "affirm": "sure",
    "deny": "not",
    "order_confirm": "new",
    "order_packed": "new",
    "order_shipped": "new",
    "order_delivered": "new",
    **dict.fromkeys(STOCKS - {"household_in"}, "tell"),
}
"""The same for a seller; what is not here cannot be done by a sentence yet."""


def route_for(turn: Turn, got: Understood, intent: str) -> str:
    """The route that answers this intent, with the product and amount that were said."""
    if turn.session.seller:
        return _seller_route(got, intent)
    if _again(got, intent):
        return "again"
    if intent in ANSWERS:
        return f"ans:{ANSWERS[intent]}{_about(turn, got)}"
    if intent == "bargain":
        return _wish(turn, got)
    if intent == "remind_me":
        product = one_product(turn, got)
        return f"ask:{product}" if product else "ans:live"
    code = order_code(got) if intent in ("order_status", "cancel_order") else ""
    return f"o:{code}" if code else CUSTOMER.get(intent, "")


def _again(got: Understood, intent: str) -> bool:
    """The same as last time, if nothing else was named or asked."""
    said = AGAIN.search(fold(got.message.plain))
    return bool(said) and not got.message.products and intent in AGAIN_INTENTS


def _seller_route(got: Understood, intent: str) -> str:
    route = SELLER.get(intent, "not-yet")
    code = order_code(got)
    return f"so:{code}" if code and route == "new" else route


def order_code(got: Understood) -> str:
    """The order code that was named, empty if none was."""
    for piece in got.message.pieces:
        if isinstance(piece, Other) and piece.kind == "order_code":
            return read_code(got.message.plain[piece.start : piece.end]) or ""
    return ""


def one_product(turn: Turn, got: Understood) -> str:
    """The one product that was named, of those in reach; empty if none or several were."""
    for hit in got.message.products[:1]:
        near = [p for p in hit.ids if on_shelf(turn, p)]
        wider = near or [p for p in hit.wider if on_shelf(turn, p)]
        found = wider or list(hit.ids)
        return found[0] if len(found) == 1 else ""
    return ""


def _about(turn: Turn, got: Understood) -> str:
    product = one_product(turn, got)
    known = turn.product(product) if product else None
    if known is None:
        hits = got.message.products
        return ":?" if hits and not product else ""
    amount = _said(turn, got, product)
    return f":{product}:{amount}" if amount else f":{product}"


def _said(turn: Turn, got: Understood, product: str) -> int:
    """Base units of the product in the one amount that was said, 0 if there is none."""
    known = turn.product(product)
    readings = [q.readings[0] for q in got.message.quantities if len(q.readings) == 1]
    if known is None or len(readings) != 1:
        return 0
    amount = base_amount(known, readings[0])
    return amount if isinstance(amount, int) else 0


def _wish(turn: Turn, got: Understood) -> str:
    product = one_product(turn, got) or turn.session.last_product
    amount = _said(turn, got, product) if product else 0
    price = got.price
    if price is None:
        return f"wish:{product}:{amount}:0"
    per = base_amount(known, price.per) if (known := turn.product(product)) and price.per else 0
    vnd = price.vnd * amount // per if isinstance(per, int) and per and amount else price.vnd
    return f"wish:{product}:{amount}:{vnd}"


async def meant(turn: Turn, text: str) -> str:
    """The route for free words that nothing else took: act on it, ask which, or say so."""
    picked = _of_menu(turn, text)
    if picked:
        return picked
    if turn.session.cart and turn.shop.commands.agrees(text, to_order=True):
        return "co" if not turn.shop.commands.agrees(text) or "ch" in fold(text) else "cart"
    if not turn.session.seller and SAME_AGAIN.search(fold(text)) and len(text) < MOST_SHORT:
        return "again"
    got = turn.understood = await turn.understand(text)
    turn.session.last_product = one_product(turn, got) or turn.session.last_product
    route = route_for(turn, got, got.intent) if got.band == "act" else ""
    if route in ("sure", "not"):
        return _yes_no(turn, route)
    if route:
        return route
    if got.band != "reject" and guesses(turn):
        return "guess"
    named = not fold(text).isdigit() and turn.shop.names().search(text)
    return "s" if named else "unknown"


LEFT_BY_NO = frozenset({"q", "lq", "pick", "s", "ans", "wp"})
"""Questions about goods; "thôi" leaves them."""


def _of_menu(turn: Turn, text: str) -> str:
    """The one product of the list on the screen that the words name a part of."""
    menu = turn.session.menus[-1] if turn.session.menus else None
    if menu is None or not turn.shop.understanding.only_goods(text):
        return ""
    named = turn.shop.understanding.named(text)
    found = [i.id for i in menu.items if LISTED.match(i.id) and i.id.split(":")[-1] in named]
    return found[0] if len(found) == 1 and len(named) > 1 else ""


async def beside(turn: Turn, asking: str) -> str:
    """Words behind a question that do not answer it but ask something themselves, or want other
    goods: their own route; else the question's.
    """
    kind, text = asking.partition(":")[0], turn.words
    if kind in LEFT_BY_NO and (turn.shop.commands.says_no(text) or leaves(text)):
        return "back"
    if _answers(turn, asking):
        return asking
    got = turn.understood = await turn.understand(text)
    if kind == "a" and got.intent not in ANSWERS and not _orders(got):
        return "unknown" if surely_asks(tidy(text)) else asking
    sure = got.band == "act" and got.intent not in ("affirm", "deny")
    route = route_for(turn, got, got.intent) if sure else ""
    if route and route.partition(":")[0] != "ans":
        turn.session.asking = ""
    return route or ("unknown" if kind == "a" else asking)


def _answers(turn: Turn, asking: str) -> bool:
    """Whether the words may be the answer to this question."""
    kind, _, about = asking.partition(":")
    text, reading = turn.words, turn.shop.understanding
    if kind in ("q", "lq"):
        known = turn.product(about.partition(":")[0])
        nothing = known and read_amount(text, known.base, bare=1) == Refuse("no-number")
        return not nothing and not (known and reading.other_goods(text, known.id))
    if kind == "pick":
        return bool(picks(turn))
    if kind in ("s", "ans", "wp"):
        return reading.only_goods(text)
    return kind != "a" or about == "note" or not (surely_asks(tidy(text)) or has_amount(text))


def _orders(got: Understood) -> bool:
    """Goods with amounts and nothing else: no name, no address."""
    return got.sure and got.intent in ORDERS and any(w.measures for w in got.wishes)


def _yes_no(turn: Turn, said: str) -> str:
    """What yes or no in a whole sentence answers, if the last menu asked for one; but what the
    classifier takes for a yes never confirms anything.
    """
    ids = [i.id for i in turn.session.menus[-1].items] if turn.session.menus else []
    if said == "sure":
        on = "cart" if turn.session.cart else "alright"
        return next((i for i in ids if i in GOES_ON), on)
    return next((i for i in STAYS if i in ids), "alright")


def guesses(turn: Turn) -> tuple[Choice, ...]:
    """Up to three of the likeliest meanings, as choices."""
    got = turn.understood
    out: dict[str, Choice] = {}
    for intent, _ in got.ranking if got else ():
        route = route_for(turn, got, intent) if got else ""
        if route and route not in NO_GUESS:
            id_ = f"gs:{intent}" if route.partition(":")[0] in NEEDS_WORDS else route
            out.setdefault(id_, Choice(id_, f"intent-{intent.replace('_', '-')}"))
    return tuple(out.values())[:MOST_GUESSES]


NO_GUESS = frozenset({"sure", "not", "home", "thanks", "not-yet", "talk", "erase"})
NEEDS_WORDS = frozenset({"want", "chg", "bad", "tell", "wish"})
"""Routes that read the message again when they were only guessed."""
