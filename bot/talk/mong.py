"""Words said in Mông, put into those the shop reads, before anything else looks at them."""

from __future__ import annotations

from msgspec.structs import replace

from bot.talk import meaning
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
    """Their route. Words of which some are Mông are not understood: "kuv muag 5 kg sâm đất" is
    selling, and must not be read as the "5 kg sâm đất" in it, nor guessed at by a reader of
    Vietnamese. A shop that speaks another language offers hers.
    """
    lang = turn.session.lang
    if turn.shop.understanding.speaks_mong(turn.heard.text, lang):
        return "unknown" if script_of(lang) else "lang"
    return await meant(turn, turn.heard.text.strip())


async def beside(turn: Turn, asking: str) -> str:
    """Where words behind a question lead. Mông that names none of our goods does not answer a
    question about goods, and nobody is kept in it.
    """
    text, lang = turn.words, turn.session.lang
    mong = script_of(lang) and turn.shop.understanding.speaks_mong(text, lang)
    if mong and _about_goods(asking) and not turn.shop.names().search(text):
        turn.session.asking = ""
        return "unknown"
    return await meaning.beside(turn, asking)


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
