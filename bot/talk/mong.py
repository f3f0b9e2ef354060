"""Words said in Mông, put into those the shop reads, before anything else looks at them."""

from __future__ import annotations

from msgspec.structs import replace

from bot.talk.meaning import LEFT_BY_ORDERING, guesses, meant
from bot.talk.session import Session
from bot.talk.turn import Turn
from bot.understand.fold import fold
from bot.understand.inventory import Role
from bot.understand.mong.loading import greets, script_of

SPEAKS = "vi"


def hear(turn: Turn) -> None:
    """Where she speaks Mông, the turn goes on with what she means. The words of a button, a name,
    an address and what is written to a person stay as they are.
    """
    heard, session = turn.heard, turn.session
    if heard.kind != "text" or script_of(session.lang) is None or _is_title(session, heard.text):
        return
    role: Role = "seller" if session.seller else "customer"
    said = turn.shop.understanding.hear_mong(heard.text, session.lang, role)
    if said is None or not (_about_goods(session.asking) or said.text in turn.shop.commands.mong):
        return
    turn.heard = replace(heard, text=said.text)
    turn.guessed = not said.sure


async def free_words(turn: Turn) -> str:
    """Their route. Words of which some are Mông are only guessed at: "kuv muag 5 kg sâm đất" is
    selling, and must not be read as the "5 kg sâm đất" in it. A shop that speaks another language
    offers hers.
    """
    lang = turn.session.lang
    if turn.shop.understanding.speaks_mong(turn.heard.text, lang):
        return await guess_first(turn) if script_of(lang) else "lang"
    return await meant(turn, turn.heard.text.strip())


def _is_title(session: Session, text: str) -> bool:
    folded = fold(text)
    return any(item.words == folded for menu in session.menus for item in menu.items)


def _about_goods(asking: str) -> bool:
    return not asking or asking.partition(":")[0] in LEFT_BY_ORDERING


async def guess_first(turn: Turn) -> str:
    """The guesses to choose from, for what nobody reviewed; they change nothing by themselves."""
    turn.understood = await turn.understand(turn.heard.text)
    return "guess" if guesses(turn) else "unknown"


def asks_for_mong(turn: Turn) -> bool:
    """A greeting that is wholly Mông, said to a shop that speaks Vietnamese."""
    heard, session = turn.heard, turn.session
    plain = heard.kind == "text" and session.lang == SPEAKS and not session.asking
    return plain and bool(greets(heard.text))
