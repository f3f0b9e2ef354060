"""From what was heard to a route: buttons, digits, words on buttons, commands, answers, names.

Order: a tap is its own route; a slash command; a digit or the words of a choice shown last; words
    that stop or correct the order in hand; a yes or no to it; a stop word; a command word; the
    answer to the question just asked; an order code. What is left are free words, which
    `meaning.py` reads.
"""

from __future__ import annotations

import re

from bot.shop.order_code import read_code
from bot.shop.says import Say
from bot.talk.buyer import form_words
from bot.talk.command_routes import (
    COMMAND_ROUTES,
    CUSTOMER_ROUTES,
    LEAVES_QUESTION,
    SELLER_ROUTES,
)
from bot.talk.seller.packing_words import names_parcel, of_parcel
from bot.talk.session import Session
from bot.talk.trainer import recording_words
from bot.talk.turn import Turn
from bot.understand.fold import fold
from bot.understand.question_signs import takes_all, takes_offered
from bot.understand.stop_words import may_be_name, stops

MENU_SECONDS = 14 * 24 * 3600
"""A digit that answers a menu older than this shows the door instead of guessing."""

MOST_TEXT = 2000
MOST_PASTED = 20_000
"""Of a block of comments that was asked for."""

FREE_WORDS = "words"
"""In place of a route: nothing but the meaning of the words can tell."""

TAKES_MEDIA = frozenset({"rcv", "a", "tk", "sd", "rp", "np", "ng", "nq", "gx", "nk"})
"""Questions a voice note or photo can answer."""

DIGIT_WORDS = {
    word: str(n)
    for n, word in enumerate(["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin"], 1)
}

GOES_ON = ("co", "agree:order")
"""Choices that yes means beside those that end in `:yes`: on to the order, on with the order."""

PRESSED_ONLY = frozenset({"teach:yes", "erase:yes"})
"""Consent beside another question, and what cannot be undone: never by a word that may answer
something else."""

STAYS = ("agree:no", "back", "home")
"""Choices that no means, the first that is there."""

ASKS_NAME = frozenset({"a:name", "a:address", "hih:new"})
"""Questions that "Dung" may answer."""


def route_of(turn: Turn) -> str:
    """The route this event leads to; sets `turn.words` where a route takes words."""
    heard, session = turn.heard, turn.session
    if heard.kind == "tap":
        return heard.text
    if heard.kind == "video" and not session.seller:
        return "unsupported"
    if heard.kind in ("voice", "photo", "video"):
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
    answers = asking.partition(":")[0] in TAKES_MEDIA
    if names_parcel(turn, asking):
        return "gxb"
    if not answers and of_parcel(turn):
        return "gxb"
    if asking and not answers:
        turn.notes.append(Say("voice-not-here"))
    if not asking and turn.session.seller and turn.heard.kind != "voice":
        return "npb"
    return asking or "media"


def _text(turn: Turn, text: str) -> str:
    session = turn.session
    text = "".join(c for c in text if c.isprintable() or c == "\n")  # no hidden marks
    most = MOST_PASTED if session.asking.startswith("dan:") else MOST_TEXT
    if len(text) > most:
        return "long"
    folded = fold(text)
    return (
        _slash(turn, text)
        or _code(turn, folded)
        or recording_words.named(turn, text, folded)
        or _digit(session, folded, turn.now)
        or _titled(session, folded)
        or _repeat(turn, text)
        or form_words.heard(turn, text)
        or recording_words.ended(turn, text)
        or _yes(turn, text)
        or _taken(turn, text)
        or _stops(turn, text)
        or _command(turn, text)
        or _no(turn, text)
        or _answer(turn, text)
        or _looked_up(turn, text)
        or _bare_code(turn, folded)
        or FREE_WORDS
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
    route = COMMAND_ROUTES[slash.command]
    if not turn.session.seller and route in CUSTOMER_ROUTES:
        return CUSTOMER_ROUTES[route]
    turn.words = slash.rest
    return route


INVITATION = re.compile(r"ma(?: moi)?:? ?((?:\d[ .-]?){8})")
"""Folded words that say a code of eight digits; digits alone are none, they may be a phone."""


def _code(turn: Turn, folded: str) -> str:
    said = INVITATION.fullmatch(folded)
    turn.words = said[1] if said else turn.words
    return "ma" if said else ""


BARE_CODE = re.compile(r"(?:so )?(\d{4}[ .-]?\d{4})")


def _bare_code(turn: Turn, folded: str) -> str:
    """Eight digits by themselves, where nothing was asked: a code that was read to her."""
    said = BARE_CODE.fullmatch(folded)
    if said is None or turn.session.seller:
        return ""
    turn.words = said[1]
    return "ma"


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
        if found == "stop" and menu is not session.menus[-1]:
            continue  # 0 stops only right behind the reminder
        if found or menu.asks:
            return found
    return "back" if folded == "0" and not session.asking else ""


def _repeat(turn: Turn, text: str) -> str:
    """ "Gửi lại" is no note and no answer, whatever was asked."""
    said = turn.shop.commands.read(text) == "repeat"
    return COMMAND_ROUTES["repeat"] if said else ""


def _titled(session: Session, folded: str) -> str:
    """The words on a button, newest menu first."""
    for menu in reversed(session.menus):
        found = next((i.id for i in menu.items if folded and i.words == folded), "")
        if found:
            return found
    return ""


def _command(turn: Turn, text: str) -> str:
    command = turn.shop.commands.read(text)
    if command == "stop_reminders" and may_be_name(text):
        return ""  # it stopped nothing before: it is a name, or "đúng"
    if command is None or (turn.session.asking and command not in LEAVES_QUESTION):
        return ""
    route = COMMAND_ROUTES[command]
    others = SELLER_ROUTES if turn.session.seller else CUSTOMER_ROUTES
    return others.get(route, route)


def _stops(turn: Turn, text: str) -> str:
    """Words that end all advertising, at any time and before any other answer. "Dung" without a
    mark is a name where one is asked for, and "đúng" under a claim; what a seller writes to
    somebody is hers to write.
    """
    if not stops(text) or (turn.session.seller and turn.session.asking):
        return ""
    right = any(i.startswith(("cy:", "cyl:")) for i in _asked(turn))
    other = right or turn.session.asking in ASKS_NAME
    return "" if other and may_be_name(text) else COMMAND_ROUTES["stop_reminders"]


def _yes(turn: Turn, text: str) -> str:
    """Yes is read by the menu it answers: what it asks to be sure of, or going on with the order.

    Before commands, because "dung" is "đúng" under a question and "dừng" anywhere else; and under
    the summary "đặt luôn" is the yes it asks for, not another summary.
    """
    ids = [
        i
        for i in _asked(turn)
        if i.endswith(":yes") or i in GOES_ON or i.startswith(("cy:", "cyl:"))
    ]
    commands = turn.shop.commands
    if not ids or ids[0] in PRESSED_ONLY or "?" in text:
        return ""
    if ids[0] == "co" and may_be_name(text):
        return ""  # nothing was asked that "đúng" answers: it is "dừng"
    to_order = ids[0].partition(":")[0] == "co"
    said = commands.says_yes(text) or commands.agrees(text, to_order=to_order)
    return ids[0] if said else ""


def _taken(turn: Turn, text: str) -> str:
    """ "Ok lấy" behind a price: so much of it as was asked about, else how much is asked."""
    if turn.session.seller or not takes_offered(text, settles=not turn.session.cart):
        return ""
    ids = _asked(turn)
    said = [i for i in ids if i.startswith("all:") or (i.startswith("q:") and i.count(":") > 2)]
    if takes_all(text):
        said = [i for i in said if i.startswith("all:")]
    if len(said) == 1 or takes_all(text):
        return next(iter(said), "")
    return next((i for i in ids if i.startswith("q:") and i.count(":") == 1), "")


def _no(turn: Turn, text: str) -> str:
    """No goes back."""
    if not turn.shop.commands.says_no(text):
        return ""
    ids = _asked(turn)
    if turn.session.seller and any(i.startswith("undo:") for i in ids):
        return ""  # "sai" under what was just booked speaks of that
    no = (i for i in ids if i.endswith(":no") or i[:3] in ("cc:", "cp:"))
    return next(no, "") or _stays(ids)


def _stays(ids: list[str]) -> str:
    return next((i for i in STAYS if i in ids), "")


def _asked(turn: Turn) -> list[str]:
    """The choices of the last answer, if nothing but they can be meant."""
    menus = turn.session.menus
    if turn.session.asking or not menus or menus[-1].kind not in ("reply", "order"):
        return []
    return [i.id for i in menus[-1].items]


def _answer(turn: Turn, text: str) -> str:
    turn.words = text
    return turn.session.asking


def _looked_up(turn: Turn, text: str) -> str:
    """An order code: with the last digits of a phone for whoever looks for an order; alone, or
    behind one word, the order itself for a seller, whose other sentences about it are read.
    """
    if turn.session.seller:
        code = read_code(text)
        return f"so:{code}" if code and len("".join(text.split())) <= len(code) + 4 else ""
    return "find" if read_code(text) and any(c.isdigit() for c in text[-4:]) else ""
