"""The choices of a screen as tiles: photos of goods, signs for the rest, the digit on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from math import gcd

from bot.shop.pictures import Tile
from bot.shop.says import Choice
from bot.talk.aloud.signs import NAMES_GOODS, OF_GOODS, sign_of
from bot.talk.session import Session
from bot.talk.turn import Shop

COUNTED = (1, 2, 5)
"""How often the goods are shown where an amount is asked for: so many, told by pictures."""

MOST_SHOWN = 12
NUMBER_QUESTION = "-number"


def tiles_of(shop: Shop, session: Session, id: str, choices: tuple[Choice, ...]) -> list[Tile]:
    """The tiles of a screen. Those that would look alike have a large digit; none where an amount
    of goods nobody knows is asked for.
    """
    if id.endswith(NUMBER_QUESTION):
        return _amounts(shop, session)
    made = [_tile(shop, choice, str(n)) for n, choice in enumerate(choices, 1)]
    looks = Counter((t.photo, t.icon, t.count) for t in made)
    return [replace(t, large=looks[t.photo, t.icon, t.count] > 1) for t in made]


def above(picture: str, choices: tuple[Choice, ...]) -> list[Tile]:
    """The photo of a card over its choices, unless these show the goods themselves, as packs."""
    packs = any(choice.id.startswith("add:") for choice in choices)
    return [Tile("", photo=picture)] if picture and not packs else []


def _amounts(shop: Shop, session: Session) -> list[Tile]:
    """One, two and five of the goods that are to be taken; else what goods are meant."""
    route, _, rest = session.asking.partition(":")
    product = rest.partition(":")[0]
    if route not in OF_GOODS or product not in shop.catalogue().products:
        return []
    if route != "q":  # how much there is, not how much is taken
        return [Tile("", photo=f"product/{product}")]
    return [Tile(str(n), photo=f"product/{product}", count=n) for n in COUNTED]


def _tile(shop: Shop, choice: Choice, digit: str) -> Tile:
    parts = choice.id.split(":")
    sign = sign_of(choice.say, parts)
    if goods := _goods(shop, choice.say, parts):
        return Tile(digit, sign or "basket", f"product/{goods}", _count(shop, goods, parts))
    return Tile(digit, icon=sign)


def _goods(shop: Shop, title: str, parts: list[str]) -> str:
    products = shop.catalogue().products
    if parts[0] == "cat" and len(parts) > 1:
        return next((p.id for p in products.values() if p.category == parts[1]), "")
    if title == "choice-other-amount":
        return ""
    named = parts[1:2] if parts[0] in OF_GOODS else parts[1:] if title in NAMES_GOODS else []
    return next((part for part in named if part in products), "")


def _count(shop: Shop, goods: str, parts: list[str]) -> int:
    """`q:<product>:<n>` takes so many at once; a pack is so many kilos, or so many of what packs
    share.
    """
    last = parts[2] if len(parts) > 2 else ""
    if parts[0] == "q" and last.isdigit() and int(last) in COUNTED:
        return int(last)
    packs = {o.id: o.amount for o in shop.catalogue().products[goods].offers}
    if parts[0] != "add" or last not in packs:
        return 1
    times = packs[last] // _shown_once(packs.values())
    return times if times <= MOST_SHOWN else 1


def _shown_once(amounts: Iterable[int]) -> int:
    """Base units of one photo: a kilo where packs are whole ones, else what they share."""
    shared = gcd(*amounts)
    return 1000 if shared % 1000 == 0 else shared
