"""What a seller hears where her words lead nowhere: in her words, with what she can do instead."""

from __future__ import annotations

from bot.shop.says import Choice, Say
from bot.talk.turn import BACK, Routes, Turn, act, for_seller

HERS = (Choice("new", "choice-seller-orders"), Choice("k", "choice-stock"))


def instead(id_: str, likely: tuple[Choice, ...] = ()) -> list[Say]:
    """A message of that id with likely meanings, her orders and her stock to choose from."""
    rest = (c for c in HERS if c.id not in {like.id for like in likely})
    return [Say(id_, choices=(*likely, *rest, BACK))]


async def not_yet(turn: Turn) -> list[Say]:
    """Understood, but the shop cannot do it by a sentence yet; nothing is changed."""
    return instead("seller-not-yet-other")


ROUTES: Routes = {"not-yet": for_seller(act(not_yet))}
