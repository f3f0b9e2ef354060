"""How a person wants to be answered: aloud with pictures and few choices, or with words alone."""

from __future__ import annotations

from bot.shop.says import Say
from bot.talk.aloud.screens import screen
from bot.talk.light import lightened
from bot.talk.session import Session
from bot.talk.turn import Shop, Turn


async def in_her_manner(turn: Turn, says: list[Say]) -> list[Say]:
    """The answer as this person wants it."""
    session = turn.session
    if session.voice and says:
        says = [*says[:-1], await screen(turn.shop, session, says[-1])]
    if session.light and not turn.media:
        says = lightened(session, says, aloud=session.voice)
    return says


async def letter_in_her_manner(shop: Shop, session: Session, say: Say) -> Say:
    """A letter as its receiver wants it."""
    if session.voice:
        say = await screen(shop, session, say)
    if session.light:
        [say] = lightened(session, [say], aloud=session.voice)
    return say
