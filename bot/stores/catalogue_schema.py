"""The shape of a product file, as trainers write it, and the Product it becomes."""

from __future__ import annotations

import re
from typing import cast, get_args

import msgspec

from bot.shop.product import Loose, Offer, Product, Season, ShippingClass
from bot.shop.says import Base
from bot.shop.season import months_between
from bot.stores.catalogue_faults import Fault, nearest
from bot.stores.catalogue_yaml import Document, Where, convert

PRODUCT_ID = re.compile(r"[a-z0-9-]{1,24}")
ID_RULE = "a-z 0-9 -, ≤ 24"
OFFER_ID = re.compile(r"[a-z0-9]{1,8}")
"""Ids go into choice ids, which are at most 40 ASCII bytes."""

BASES = get_args(Base)
CLASSES = get_args(ShippingClass)
PRICES = range(1_000, 100_000_001)
"""Đồng for a pack or a loose rate: "35" is a slip for 35000."""
COUNTS = range(1, 1_000_000_001)
"""Amounts and steps in base units, grams and days: a thousand tonnes is a slip."""


class OfferYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    amount: int
    price_vnd: int


class PricePerYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    amount: int
    vnd: int


class LooseYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    step: int
    min: int
    price_per: PricePerYaml


class SeasonYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Windows of months: `"8-11"`, `"10-2"`, `5`, `"4-5, 10-12"` or `all`."""

    months: int | str = ""
    lunar_months: int | str = ""


class PackedYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`amount` base units weigh `grams` with their packing."""

    amount: int
    grams: int


class ProductYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: dict[str, str]
    seller: str
    household: str
    origin: str
    category: str
    base: str
    unit: str
    opening_stock: int
    shelf_life_days: int
    shipping_class: str
    packed_weight: PackedYaml
    offers: list[OfferYaml] = []
    loose: LooseYaml | None = None
    season: SeasonYaml | None = None
    aliases: list[str] = []
    story: dict[str, str] = {}
    keeping: dict[str, str] = {}
    cooking: dict[str, str] = {}
    clip: str = ""
    papers: list[str] = []
    sample: bool = False


def read_product(doc: Document, stem: str) -> tuple[Product | None, list[Fault]]:
    """The product in a file called `<stem>.yaml`, or None with what keeps it off the shelf."""
    written, faults = convert(doc, ProductYaml)
    if written is None:
        return None, faults
    faults = [*_name_faults(doc, written, stem), *_pack_faults(doc, written)]
    faults += [*_word_faults(doc, written), *_season_faults(doc, written.season)]
    return (None if faults else _product(written)), faults


def months_of(text: int | str) -> tuple[int, ...]:
    """Months in harvest order from `"10-2"`, `5`, `"4-5, 10-12"`; none for `all`.

    Raises ValueError for anything else and for months outside 1–12.
    """
    if text in ("", "all"):
        return ()
    months: list[int] = []
    for window in str(text).split(","):
        first, dash, last = window.partition("-")
        ends = int(first), int(last if dash else first)
        if not all(1 <= month <= 12 for month in ends):
            raise ValueError(window)
        months += months_between(*ends)
    return tuple(dict.fromkeys(months))


def _product(y: ProductYaml) -> Product:
    return Product(
        id=y.id,
        name=y.name,
        seller=y.seller,
        household=y.household,
        origin=y.origin,
        category=y.category,
        base=cast(Base, y.base),
        unit=y.unit,
        offers=tuple(Offer(o.id, o.title, o.amount, o.price_vnd) for o in y.offers),
        loose=_loose(y.loose),
        opening_stock=y.opening_stock,
        season=_season(y.season),
        shelf_life_days=y.shelf_life_days,
        shipping_class=cast(ShippingClass, y.shipping_class),
        packed_milligrams=-(-y.packed_weight.grams * 1000 // y.packed_weight.amount),
        aliases=tuple(y.aliases),
        story=y.story,
        clip_url=y.clip,
        papers=tuple(y.papers),
        keeping=y.keeping,
        cooking=y.cooking,
        sample=y.sample,
    )


def _loose(y: LooseYaml | None) -> Loose | None:
    return Loose(y.step, y.min, y.price_per.amount, y.price_per.vnd) if y else None


def _season(y: SeasonYaml | None) -> Season | None:
    if y is None:
        return None
    months = months_of(y.lunar_months or y.months)
    return Season(months, lunar=bool(y.lunar_months)) if months else None


def _name_faults(doc: Document, y: ProductYaml, stem: str) -> list[Fault]:
    faults = []
    if y.id != stem:
        faults.append(doc.fault("check-id-not-file", ("id",), expected=f"{y.id}.yaml"))
    if not PRODUCT_ID.fullmatch(y.id):
        faults.append(doc.fault("check-bad-id", ("id",), expected=ID_RULE))
    if not y.name.get("vi", "").strip():
        faults.append(doc.fault("check-no-vi", ("name",), expected="vi"))
    texts = {"story": y.story, "keeping": y.keeping, "cooking": y.cooking}
    faults += [
        doc.fault("check-no-vi", (key,), expected="vi")
        for key, text in texts.items()
        if text and not text.get("vi", "").strip()
    ]
    if y.clip and not re.match(r"https?://\S+$", y.clip):
        faults.append(doc.fault("check-bad-link", ("clip",)))
    return faults


def _word_faults(doc: Document, y: ProductYaml) -> list[Fault]:
    pairs = (("base", y.base, BASES), ("shipping_class", y.shipping_class, CLASSES))
    return [unknown_word(doc, (k,), word, known) for k, word, known in pairs if word not in known]


def unknown_word(doc: Document, where: Where, word: object, known: object) -> Fault:
    """A fault for a word that is not among the known ones."""
    words = [str(k) for k in cast("list[object]", known)]
    some = ", ".join(words[:40])
    near = nearest(word, words) if isinstance(word, str) else ""
    return doc.fault("check-unknown-word", where, found=str(word), expected=some, suggestion=near)


def _pack_faults(doc: Document, y: ProductYaml) -> list[Fault]:
    faults = _offer_id_faults(doc, y)
    if not y.offers and y.loose is None:
        faults.append(doc.fault("check-nothing-sold", ("id",), expected="offers, loose"))
    counts: list[Where] = [("offers", i, "amount") for i in range(len(y.offers))]
    counts += [("packed_weight", "amount"), ("packed_weight", "grams"), ("shelf_life_days",)]
    prices: list[Where] = [("offers", i, "price_vnd") for i in range(len(y.offers))]
    if y.loose:
        counts += [("loose", "step"), ("loose", "min"), ("loose", "price_per", "amount")]
        prices.append(("loose", "price_per", "vnd"))
    faults += [count_fault(doc, w) for w in counts if _number(doc, w) not in COUNTS]
    faults += [_odd_price(doc, w) for w in prices if _number(doc, w) not in PRICES]
    if y.opening_stock and y.opening_stock not in COUNTS:
        faults.append(count_fault(doc, ("opening_stock",), least=0))
    return faults


def count_fault(doc: Document, where: Where, least: int = 1) -> Fault:
    """A fault for a number below `least` or beyond any shop of ours."""
    if _number(doc, where) > least:
        return doc.fault("check-too-large", where, expected=str(COUNTS[-1]))
    return doc.fault("check-not-positive" if least else "check-below-zero", where)


def _odd_price(doc: Document, where: Where) -> Fault:
    price = _number(doc, where)
    meant = str(price * 1000) if price * 1000 in PRICES else ""
    return doc.fault("check-odd-price", where, suggestion=meant)


def _number(doc: Document, where: Where) -> int:
    value = doc.data
    for part in where:
        value = value[part]
    return int(value)


def _offer_id_faults(doc: Document, y: ProductYaml) -> list[Fault]:
    faults, seen = [], set()
    for i, offer in enumerate(y.offers):
        where = ("offers", i, "id")
        if not OFFER_ID.fullmatch(offer.id):
            faults.append(doc.fault("check-bad-id", where, expected="a-z 0-9, ≤ 8"))
        if offer.id in seen:
            faults.append(doc.fault("check-id-twice", where))
        seen.add(offer.id)
    return faults


def _season_faults(doc: Document, y: SeasonYaml | None) -> list[Fault]:
    if y is None:
        return []
    if y.months and y.lunar_months:
        return [doc.fault("check-two-calendars", ("season",))]
    key = "lunar_months" if y.lunar_months else "months"
    try:
        months_of(y.lunar_months or y.months)
    except ValueError:
        return [doc.fault("check-bad-months", ("season", key))]
    return []
