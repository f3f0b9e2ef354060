"""From what was heard to a route: buttons, digits, words on buttons, commands, answers, names.

Order: a tap is its own route; a slash command; a digit or the words of a choice shown last; a
    command word; the answer to the question just asked; an order code; a product's name. What fits
    nothing is not guessed.
"""

from __future__ import annotations

from bot.shop.order_code import read_code
from bot.shop.says import Say
from bot.talk.session import Session
from bot.talk.turn import Turn
from bot.understand.fold import fold

MENU_SECONDS = 14 * 24 * 3600
"""A digit that answers a menu older than this shows the door instead of guessing."""

MOST_TEXT = 2000

COMMAND_ROUTES: dict[str, str] = {
    "home": "home",
    "help": "help",
    "browse": "m",
    "show_cart": "cart",
    "checkout": "co",
    "my_orders": "o",
    "find_order": "find",
    "talk_to_seller": "talk",
    "back": "back",
    "change_language": "lang",
    "stop_reminders": "stop",
    "delete_my_data": "erase",
    "seller_stock": "kho",
    "seller_orders": "new",
    "seller_done": "xong",
}
"""Where each command of `intents/commands.yml` leads."""

SELLER_ROUTES = {"o": "new", "help": "home"}
"""Where a seller is led instead."""

TAKES_MEDIA = frozenset({"a", "tk", "rp"})
"""Questions a voice note or photo can answer."""

DIGIT_WORDS = {
    word: str(n)
    for n, word in enumerate(["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"], 1)
}

LEAVES_QUESTION = frozenset(COMMAND_ROUTES) - {"home", "browse"}
"""Commands that are never the answer to a question ("chào" may be one, in words to a seller)."""


def route_of(turn: Turn) -> str:
    """The route this event leads to; sets `turn.words` where a route takes words."""
    heard, session = turn.heard, turn.session
    if heard.kind == "tap":
        return heard.text
    if heard.kind in ("voice", "photo"):
        return _wordless(turn)
    if heard.kind == "unsupported":
        return "unsupported"
    if heard.kind == "place":
        return "place"
    if heard.kind == "contact" and session.asking != "a:phone":
        return "contact"
    return _text(turn, heard.text.strip())


def _wordless(turn: Turn) -> str:
    """Sound or a picture answers the questions that can take it; others are asked again."""
    asking = turn.session.asking
    if asking and asking.partition(":")[0] not in TAKES_MEDIA:
        turn.notes.append(Say("voice-not-here"))
    return asking or "media"


def _text(turn: Turn, text: str) -> str:
    session = turn.session
    text = "".join(c for c in text if c.isprintable() or c == "\n")  # no hidden marks
    if len(text) > MOST_TEXT:
        return "long"
    folded = fold(text)
    return (
        _slash(turn, text)
        or _digit(session, folded, turn.now)
        or _titled(session, folded)
        or _command(turn, text)
        or _yes_or_no(turn, text)
        or _answer(turn, text)
        or _looked_up(turn, text)
        or _named(turn, text)
    )


def _slash(turn: Turn, text: str) -> str:
    if not text.startswith("/"):
        return ""
    head, _, rest = text.partition(" ")
    if head.partition("@")[0].lower() == "/start":
        turn.words = rest.strip()
        return "start"
    slash = turn.shop.commands.slash(text)
    if slash is None:
        return "home"
    turn.words = slash.rest
    return COMMAND_ROUTES[slash.command]


def _digit(session: Session, folded: str, now: int) -> str:
    """A bare digit answers the menu shown last, else one beneath it that has this digit."""
    plain = folded.removeprefix("so ").rstrip(".")
    if session.menus and not session.asking:
        plain = DIGIT_WORDS.get(plain, plain)
    folded = plain
    if not folded.isdigit() or len(folded) > 1:
        return ""
    for menu in reversed(session.menus):
        if now - menu.at > MENU_SECONDS:
            return "home"
        found = next((i.id for i in menu.items if i.key == folded), "")
        if found or menu.asks:
            return found
    return "back" if folded == "0" and not session.asking else ""


def _titled(session: Session, folded: str) -> str:
    """The words on a button, newest menu first."""
    for menu in reversed(session.menus):
        found = next((i.id for i in menu.items if folded and i.words == folded), "")
        if found:
            return found
    return ""


def _command(turn: Turn, text: str) -> str:
    command = turn.shop.commands.read(text)
    if command is None or (turn.session.asking and command not in LEAVES_QUESTION):
        return ""
    route = COMMAND_ROUTES[command]
    return SELLER_ROUTES.get(route, route) if turn.session.seller else route


def _yes_or_no(turn: Turn, text: str) -> str:
    """Yes and no are read by the menu they answer: yes is what it asks to be sure of, no goes
    back.
    """
    if turn.session.asking or not turn.session.menus:
        return ""
    ids = [i.id for i in turn.session.menus[-1].items]
    if turn.shop.commands.says_yes(text):
        return next((i for i in ids if i.endswith(":yes")), "")
    if turn.shop.commands.says_no(text):
        return next((i for i in ids if i in ("back", "home")), "")
    return ""


def _answer(turn: Turn, text: str) -> str:
    turn.words = text
    return turn.session.asking


def _looked_up(turn: Turn, text: str) -> str:
    return "find" if read_code(text) and any(c.isdigit() for c in text[-4:]) else ""


def _named(turn: Turn, text: str) -> str:
    digit_only = fold(text).isdigit()
    return "unknown" if digit_only or not turn.shop.names().search(text) else "s"
