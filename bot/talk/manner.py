"""How a person wants to be answered: aloud with pictures and few choices, or with words alone."""

from __future__ import annotations

from bot.shop.says import Say
from bot.talk.light import lightened
from bot.talk.session import Session
from bot.talk.turn import Shop, Turn


async def in_her_manner(turn: Turn, says: list[Say]) -> list[Say]:
    """The answer as this person wants it."""
    session = turn.session
    if session.light and not turn.media:
        says = lightened(session, says, aloud=session.voice)
    return says


async def letter_in_her_manner(shop: Shop, session: Session, say: Say) -> Say:
    """A letter as its receiver wants it."""
    if session.light:
        [say] = lightened(session, [say], aloud=session.voice)
    return say
