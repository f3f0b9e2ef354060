"""Names as pieces to record: each seller's goods, shop and households by herself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from bot.shop.household import Household
from bot.shop.sound import Piece
from bot.talk.turn import Turn
from bot.understand.fold import fold
from bot.usecases import clip_names
from bot.usecases.clip_names import CHAPTER

UNIT = "unit"


def names_of(
    turn: Turn, sound: str, sentences: Iterable[Piece], households: Iterable[Household]
) -> tuple[Piece, ...]:
    """Her own names and what her goods are counted in, for who acts for a seller; every name
    customers hear, for who acts for nobody.

    sentences: every other piece of the sound; a unit may stand among them, with its own words.
    """
    known, seller = turn.shop.catalogue(), turn.session.seller
    if not seller:
        return tuple(clip_names.every_name(known, sound))
    hers = clip_names.of_seller(known, seller, households, sound)
    return (*hers, *_units(turn, {p.key: p for p in sentences}))


def _units(turn: Turn, sentences: Mapping[str, Piece]) -> Iterator[Piece]:
    mine = turn.shop.catalogue().products.values()
    hers = [p for p in mine if p.seller == turn.session.seller]
    for unit in dict.fromkeys(p.unit for p in hers if p.base == "piece" and p.unit):
        key = f"unit-{'-'.join(fold(unit).split())}"
        known = sentences.get(key) or Piece(key, unit, "", unit)
        yield replace(known, chapter=CHAPTER, screen=UNIT)
