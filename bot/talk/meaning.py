"""From what a message means to the route that answers it."""

from __future__ import annotations

import re

from bot.shop.order_code import read_code
from bot.shop.says import Choice
from bot.talk.buyer import form_words
from bot.talk.buyer.asking import picks
from bot.talk.buyer.deal import of_offer
from bot.talk.buyer.my_claims import SEEN
from bot.talk.buyer.naming import about, category_of, one_of, plainly_asked, reminder
from bot.talk.buyer.repeat import AS_BEFORE
from bot.talk.buyer.subjects import ANSWERS
from bot.talk.buyer.wishing import is_below
from bot.talk.hearing import GOES_ON, STAYS
from bot.talk.owner import idle
from bot.talk.owner.blocks import speaks_of_blocking
from bot.talk.seller import live_words
from bot.talk.seller import meaning as sellers
from bot.talk.seller.beside import HEARD_BESIDE
from bot.talk.seller.beside import beside as beside_seller
from bot.talk.turn import Turn
from bot.understand.fold import fold, tidy
from bot.understand.lives_asked import live_asked
from bot.understand.pieces import Other
from bot.understand.quantities import Refuse, read_amount
from bot.understand.question_signs import (
    buys,
    may_ask,
    reminds,
)
from bot.understand.signs import asks, asks_price, has_amount, leaves, surely_asks
from bot.understand.understood import ORDERS, Understood

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

EMPTIES = re.compile(r"(?<!\w)(?:xoa|bo|huy|don) (?:het )?gio(?: hang)?(?!\w)")
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


def route_for(turn: Turn, got: Understood, intent: str) -> str:
    """The route that answers this intent, with the product and amount that were said."""
    if turn.session.seller:
        return sellers.route(intent, order_code(got), got.message.plain)
    if _again(got, intent):
        return "again"
    if intent in ANSWERS:
        return f"ans:{ANSWERS[intent]}{about(turn, got, intent)}"
    if intent in ORDERS and got.also in ("ask_price", "ask_stock") and not buys(got.message):
        return f"ans:{ANSWERS[got.also]}{about(turn, got, got.also)}"
    if intent == "bargain" or (intent == "order" and is_below(turn, one_of(turn, got), got)):
        return _wish(turn, got)
    if intent == "remind_me":
        return reminder(turn, got) or "ans:live"
    if intent == "browse":
        return category_of(turn, got)
    code = order_code(got) if intent in ("order_status", "cancel_order") else ""
    return f"o:{code}" if code else CUSTOMER.get(intent, "")


def _again(got: Understood, intent: str) -> bool:
    """The same as last time, if nothing else was named or asked."""
    said = AGAIN.search(fold(got.message.plain))
    return bool(said) and not got.message.products and intent in AGAIN_INTENTS


def _as_before(turn: Turn, text: str) -> bool:
    """ "Như lần trước" and nothing else, which needs no classifier."""
    said = not turn.session.seller and len(text) < MOST_SHORT and AS_BEFORE.search(fold(text))
    return bool(said) and not turn.shop.understanding.named(text)


def order_code(got: Understood) -> str:
    """The order code that was named, empty if none was."""
    for piece in got.message.pieces:
        if isinstance(piece, Other) and piece.kind == "order_code":
            return read_code(got.message.plain[piece.start : piece.end]) or ""
    return ""


def _wish(turn: Turn, got: Understood) -> str:
    """The words themselves tell amount and price; `?`: goods were named, but which is open."""
    return f"wish:{one_of(turn, got) or ('?' if got.message.products else '')}"


async def meant(turn: Turn, text: str) -> str:
    """The route for free words that nothing else took: act on it, ask which, or say so."""
    known = await idle.meant(turn, text) or await of_offer(turn, text)
    known = known or _without_reading(turn, text)
    if known:
        return known
    got = turn.understood = await turn.understand(text)
    if turn.session.seller and (route := await _of_seller(turn, got)):
        return route
    plain = got.message.plain
    turn.session.last_product = one_of(turn, got) or turn.session.last_product
    if not turn.session.seller and reminds(plain) and (route := reminder(turn, got)):
        return route
    if not turn.session.seller and got.band != "act" and (route := plainly_asked(turn, got)):
        return route
    route = route_for(turn, got, got.intent) if got.band == "act" else ""
    if route in ("sure", "not"):
        return _yes_no(turn, route)
    if route:
        return route
    if got.band != "reject" and guesses(turn):
        return "guess"
    named = not fold(text).isdigit() and turn.shop.names().search(text)
    return (sellers.named(turn, text) or "s") if named else "unknown"


async def _of_seller(turn: Turn, got: Understood) -> str:
    """What only a seller says: of her lives, else of the rest of her work."""
    return await live_words.heard(turn, got) or sellers.meant(turn, got)


def _without_reading(turn: Turn, text: str) -> str:
    """What whole sentences of a kind mean by what is on the screen and in the cart."""
    picked = _of_menu(turn, text) or _of_lives(turn, text)
    if picked:
        return picked
    commands = turn.shop.commands
    if turn.session.cart and commands.agrees(text, to_order=True):
        bare = commands.agrees(text) and "ch" not in fold(text)
        return form_words.on_with(turn) if bare else "co"
    if turn.session.cart and EMPTIES.search(fold(text)):
        return "empty"
    return "again" if _as_before(turn, text) else ""


LIVES: dict[str, str] = {"": "", "when": "lives", "follow": "fo", "unfollow": "ufo", "mine": "cl"}


def _of_lives(turn: Turn, text: str) -> str:
    """When there is a live, to be told of it or not any more, what one claimed."""
    asked = "" if turn.session.seller else live_asked(text)
    seen = turn.session.form.get(SEEN, "")
    return f"fo::{seen}" if asked == "follow" and seen else LIVES[asked]


LEFT_BY_NO = frozenset({"ce", "q", "lq", "pick", "s", "ans", "wp"})
"""Questions about goods; "thôi" leaves them."""


def _of_menu(turn: Turn, text: str) -> str:
    """The one product of the list on the screen that the words name a part of."""
    menu = turn.session.menus[-1] if turn.session.menus else None
    if menu is None or not turn.shop.understanding.only_goods(text):
        return ""
    named = turn.shop.understanding.named(text)
    found = [i.id for i in menu.items if LISTED.match(i.id) and i.id.split(":")[-1] in named]
    return found[0] if len(found) == 1 and len(named) > 1 else ""


LEFT_BY_ORDERING = LEFT_BY_NO | {"wa"}
"""Questions about goods; "ok đặt hàng" leaves them for the checkout of what is in the cart."""


def _left(turn: Turn, kind: str, text: str) -> str:
    """Where words lead that leave a question about goods unanswered, or speak of the customer
    and not to her; empty if they do not.
    """
    if kind == "rp" and speaks_of_blocking(text):
        turn.session.asking = turn.words = ""
        return "bl"
    if kind in LEFT_BY_NO and (turn.shop.commands.says_no(text) or _leaves(text)):
        return "back"
    if kind in LEFT_BY_ORDERING and turn.session.cart and turn.shop.commands.orders(text):
        turn.session.asking, turn.words = "", ""
        return "co"
    return ""


async def beside(turn: Turn, asking: str) -> str:
    """Words behind a question that do not answer it but ask something themselves, or want other
    goods: their own route; else the question's.
    """
    kind, text = asking.partition(":")[0], turn.words
    if kind in HEARD_BESIDE:
        return await beside_seller(turn, asking) or await meant(turn, text)
    left = _left(turn, kind, text)
    if left:
        return left
    if _answers(turn, asking):
        return asking
    got = turn.understood = await turn.understand(text)
    if kind == "a":
        step = asking.partition(":")[2]
        return form_words.beside(turn, step, got, route_for(turn, got, got.intent))
    sure = got.band == "act" and got.intent not in ("affirm", "deny")
    route = route_for(turn, got, got.intent) if sure else ""
    if kind == "pick" and not got.message.products and (asks(text) or got.intent == "bargain"):
        route = "ans:price" if asks_price(text) or got.intent == "bargain" else "ans:about"
    if kind == "ans" and not route and (asks(text) or got.band == "ask"):
        turn.session.asking, turn.words = "", ""
        return await meant(turn, text)
    if route and route.partition(":")[0] != "ans":
        turn.session.asking = ""
    return route or asking


def _leaves(text: str) -> bool:
    """ "Thôi không lấy nữa", but not "thôi lấy sâm đất 2kg đi"."""
    return leaves(text) and not has_amount(text)


def _answers(turn: Turn, asking: str) -> bool:
    """Whether the words may be the answer to this question."""
    kind, _, about = asking.partition(":")
    text, reading = turn.words, turn.shop.understanding
    if kind in ("q", "lq"):
        known = turn.product(about.partition(":")[0])
        nothing = known and read_amount(text, known.base, bare=1) == Refuse("no-number")
        return not nothing and not (known and reading.other_goods(text, known.id))
    if kind == "wa":
        asks = surely_asks(tidy(text)) and not has_amount(text)
        return not asks and not reading.other_goods(text, about)
    if kind == "pick":
        return bool(picks(turn))
    if kind in ("s", "ans", "wp"):
        return reading.only_goods(text) and not may_ask(text)
    return kind != "a" or form_words.may_answer(turn, about)


def _yes_no(turn: Turn, said: str) -> str:
    """What yes or no in a whole sentence answers, if the last menu asked for one; but what the
    classifier takes for a yes never confirms anything.
    """
    ids = [i.id for i in turn.session.menus[-1].items] if turn.session.menus else []
    if said == "sure":
        return next((i for i in ids if i in GOES_ON), form_words.on_with(turn))
    return next((i for i in STAYS if i in ids), "alright")


def guesses(turn: Turn) -> tuple[Choice, ...]:
    """Up to three of the likeliest meanings, as choices."""
    got = turn.understood
    out: dict[str, Choice] = {}
    for intent, _ in got.ranking if got else ():
        route = route_for(turn, got, intent) if got else ""
        if route and route.partition(":")[0] not in NO_GUESS:
            id_ = f"gs:{intent}" if route.partition(":")[0] in NEEDS_WORDS else route
            out.setdefault(id_, Choice(id_, f"intent-{intent.replace('_', '-')}"))
    return tuple(out.values())[:MOST_GUESSES]


NO_GUESS = frozenset({"sure", "not", "home", "thanks", "not-yet", "talk", "erase"})
NEEDS_WORDS = frozenset({"want", "chg", "bad", "tell", "wish", "np", "hs", "price"})
"""Routes that read the message again when they were only guessed."""
