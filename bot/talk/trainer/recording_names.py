"""Names of the catalogue as pieces to record: each seller's goods by herself."""

from __future__ import annotations

from collections.abc import Iterator

from bot.shop.product import Product
from bot.shop.sound import Piece
from bot.talk.turn import Turn
from bot.understand.fold import fold

CHAPTER, UNIT = "names", "unit"
WRITTEN = {"vi": "vi", "hmn": "hmn@rpa"}


def names_of(turn: Turn, sound: str) -> tuple[Piece, ...]:
    """Her own goods and what they are counted in, for who acts for a seller; every name customers
    hear, for who acts for nobody.
    """
    return tuple(_hers(turn, sound) if turn.session.seller else _all(turn, sound))


def name_key(kind: str, id_: str) -> str:
    """The clip of a name, as `words.script` looks for it."""
    return f"name-{kind}-{id_}"


def _hers(turn: Turn, sound: str) -> Iterator[Piece]:
    mine = turn.shop.catalogue().products.values()
    hers = [p for p in mine if p.seller == turn.session.seller]
    yield from (_product(product, sound) for product in hers)
    for unit in dict.fromkeys(p.unit for p in hers if p.base == "piece" and p.unit):
        key = f"unit-{'-'.join(fold(unit).split())}"
        yield Piece(key, unit, "", unit, chapter=CHAPTER, screen=UNIT)


def _all(turn: Turn, sound: str) -> Iterator[Piece]:
    known = turn.shop.catalogue()
    for category in known.categories:
        names = known.category_names[category]
        yield _piece("category", category, names["vi"], names.get(WRITTEN[sound], ""), sound)
    yield from (_product(product, sound) for product in known.products.values())
    for seller in known.sellers.values():
        yield _piece("seller", seller.id, seller.name, "", sound)
    for household in known.households.values():
        yield _piece("household", household.id, household.name, "", sound)
    for province in known.provinces.values():
        yield _piece("province", str(province.code), province.name, "", sound)


def _product(product: Product, sound: str) -> Piece:
    own = product.name.get(WRITTEN[sound], "")
    return _piece("product", product.id, product.name["vi"], own, sound)


def _piece(kind: str, id_: str, name: str, own: str, sound: str) -> Piece:
    """own: in the sound's own writing, empty where the Vietnamese name is used."""
    written = own if sound != "vi" else ""
    return Piece(name_key(kind, id_), name, written, written or name, chapter=CHAPTER, screen=kind)
