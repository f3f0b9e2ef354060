"""A screen for who does not read: one picture, at most four choices, a digit for each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from hashlib import blake2b

import msgspec
import structlog

from bot.shop.problems import Problem
from bot.shop.says import Choice, Say
from bot.talk.aloud.tiles import above, tiles_of
from bot.talk.session import Session
from bot.talk.turn import Routes, Shop, Turn, act

MOST = 4
LAST = frozenset({"back", "stop"})
PHOTO = "product/"
PATIENCE_SECONDS = 2.0
"""How long an answer waits for its picture; without, the words and the voice go alone."""

SHOP = "shop"
log = structlog.get_logger()


def paged(session: Session, say: Say) -> Say:
    """Of more than four choices the first three, and one that leads on to the others."""
    counted = tuple(c for c in say.choices if c.id not in LAST and not c.url)
    if len(counted) <= MOST:
        return say
    aside = tuple(c for c in say.choices if c.id in LAST)
    session.rest = [*counted[MOST - 1 :], *aside]
    onward = Choice(f"vp:{_mark(session.rest)}", "choice-more")
    return msgspec.structs.replace(say, choices=(*counted[: MOST - 1], onward, *aside))


def _mark(rest: Sequence[Choice]) -> str:
    """Names what is left, so that an older screen never leads to what is left of a newer one."""
    return blake2b(" ".join(c.id for c in rest).encode(), digest_size=4).hexdigest()


async def pictured(shop: Shop, session: Session, say: Say) -> Say:
    """With a picture of its choices, under the photo of the goods it has; any other picture, such
    as a QR code, stays alone. Never raises.
    """
    counted = tuple(c for c in say.choices if c.id not in LAST and not c.url)
    alone = not say.choices or (say.picture and not say.picture.startswith(PHOTO))
    tiles = [] if alone else tiles_of(shop, session, say.id, counted)
    if not tiles:
        return say
    tiles = [*above(say.picture, counted), *tiles]
    try:
        ref = await asyncio.wait_for(shop.studio.tiles(tiles), PATIENCE_SECONDS)
    except (Problem, KeyError, OSError, TimeoutError) as error:
        log.warning("tiles-not-drawn", say=say.id, why=type(error).__name__)
        return say
    return msgspec.structs.replace(say, picture=ref)


async def screen(shop: Shop, session: Session, say: Say) -> Say:
    return await pictured(shop, session, paged(session, say))


async def more(turn: Turn, mark: str = "") -> list[Say]:
    """The choices that did not fit; all of them are still there, page after page. KeyError for
    those of an older screen.
    """
    choices = tuple(turn.session.rest)
    if not choices or mark != _mark(choices):
        raise KeyError("vp")
    return [Say("more-choices", choices=choices)]


ROUTES: Routes = {"vp": act(more)}
