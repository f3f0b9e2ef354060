"""Names of the catalogue as pieces to record, and which of them are somebody's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.shop.household import Household
from bot.shop.product import Product
from bot.shop.sound import Piece, on_one_line
from bot.usecases.ports import Catalogue

CHAPTER = "names"
WRITTEN = {"vi": "vi", "hmn": "hmn@rpa"}
MASTER = "vi"


def name_key(kind: str, id_: str) -> str:
    """The clip of a name, as `words.script` looks for it."""
    return f"name-{kind}-{id_}"


def every_name(known: Catalogue, sound: str) -> Iterator[Piece]:
    """Every name customers may hear."""
    for category in known.categories:
        yield _piece("category", category, known.category_names[category], sound)
    yield from products(known.products.values(), sound)
    for seller in known.sellers.values():
        yield _piece("seller", seller.id, {MASTER: seller.name}, sound)
    for household in known.households.values():
        yield of_household(household.id, household.name, sound)
    for province in known.provinces.values():
        yield _piece("province", str(province.code), {MASTER: province.name}, sound)


def of_seller(
    known: Catalogue, seller: str, households: Iterable[Household], sound: str
) -> Iterator[Piece]:
    """What she hears of her own: her goods, her shop's name, the households she sells for."""
    yield from products((p for p in known.products.values() if p.seller == seller), sound)
    if (herself := known.sellers.get(seller)) is not None:
        yield _piece("seller", seller, {MASTER: herself.name}, sound)
    for household in households:
        yield of_household(household.id, household.name, sound)


def products(known: Iterable[Product], sound: str) -> Iterator[Piece]:
    return (_piece("product", p.id, p.name, sound) for p in known)


def of_household(household: str, name: str, sound: str) -> Piece:
    return _piece("household", household, {MASTER: name}, sound)


def _piece(kind: str, id_: str, names: Mapping[str, str], sound: str) -> Piece:
    """Said in the sound's own writing where the name has one, else as the Vietnamese name."""
    name = names[MASTER]
    own = names.get(WRITTEN[sound], "") if sound != MASTER else ""
    said = on_one_line(own or name)
    return Piece(name_key(kind, id_), name, own, said, chapter=CHAPTER, screen=kind)
