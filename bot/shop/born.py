"""Products born in the chat: what a seller told of them, until the catalogue's files have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from bot.shop.product import Loose, Offer, Product, Season, ShippingClass
from bot.shop.says import Base

BornState = Literal["waiting", "shown", "hidden", "exported", "refused"]
"""Waits for the owner, stands on the shelf, was taken off, is in the catalogue's files now (which
win as soon as they are read), or the owner said no."""

ON_SHELF: frozenset[BornState] = frozenset({"shown", "exported"})

MOST_STEM = 18
MOST_SAME = 10_000
"""A stem and a number fit the 24 characters of a product's id."""

_WORDS = re.compile(r"[a-z0-9]+")

QUESTIONS = ("season", "origin", "shelf_life", "shipping_class")
"""What is asked later, one a day, in this order."""


class Born(msgspec.Struct, frozen=True, omit_defaults=True):
    """A product as its seller told it. Amounts in base units, prices in đồng, times seconds UTC.

    offers: (id, title, amount, vnd). loose: (step, least, per, vnd), none if sold in packs only.
    photo, video, voice: media references; voice is her own story of the product. photo_small is
    the photo for slow lines, or the poster of the video.
    answered: the questions of QUESTIONS she has answered or passed over.
    """

    id: str
    seller: str
    name: str
    category: str
    base: Base
    unit: str
    offers: tuple[tuple[str, str, int, int], ...]
    loose: tuple[int, int, int, int] | None
    opening: int
    by: str
    at: int
    state: BornState = "waiting"
    photo: str = ""
    video: str = ""
    voice: str = ""
    household: str = "own"
    origin: str = ""
    months: tuple[int, ...] = ()
    lunar: bool = False
    shelf_life_days: int = 3
    shipping_class: ShippingClass = "soft_fresh"
    packed_milligrams: int = 1150
    story: str = ""
    answered: tuple[str, ...] = ()
    asked_at: int = 0
    approved_by: str = ""
    approved_at: int = 0
    aliases: tuple[str, ...] = ()
    photo_small: str = ""
    refused_why: str = ""


def product_of(born: Born) -> Product:
    """The product as the shelf shows it; never a sample, and with the least it was told."""
    names: Mapping[str, str] = {"vi": born.name}
    return Product(
        id=born.id,
        name=names,
        seller=born.seller,
        household=born.household,
        origin=born.origin,
        category=born.category,
        base=born.base,
        unit=born.unit,
        offers=tuple(Offer(*offer) for offer in born.offers),
        loose=Loose(*born.loose) if born.loose else None,
        opening_stock=born.opening,
        season=Season(born.months, born.lunar) if born.months else None,
        shelf_life_days=born.shelf_life_days,
        shipping_class=born.shipping_class,
        packed_milligrams=born.packed_milligrams,
        aliases=(born.name, *born.aliases),
        story={"vi": born.story} if born.story else {},
        photo=born.photo,
        photo_small=born.photo_small,
        video=born.video,
        voice=born.voice,
        keeps_told="shelf_life" in born.answered,
        sample=False,
    )


def free_id(name: str, taken: Callable[[str], bool]) -> str:
    """An id for new goods, from their name without diacritics: the first that is not taken."""
    stem = "-".join(_WORDS.findall(fold_name(name)))[:MOST_STEM].strip("-") or "hang-moi"
    numbered = (f"{stem}-{n}" for n in range(2, MOST_SAME))
    return next(x for x in (stem, *numbered) if not taken(x))


def fold_name(name: str) -> str:
    """ASCII letters as they are typed without diacritics."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def next_question(born: Born) -> str:
    """What to ask next, empty when everything is known."""
    return next((q for q in QUESTIONS if q not in born.answered), "")
