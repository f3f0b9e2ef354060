"""Sellers, households, provinces and categories: the small files beside the products."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from bot.stores.catalogue_faults import Fault
from bot.stores.catalogue_schema import ID_RULE, PRODUCT_ID
from bot.stores.catalogue_yaml import Document, convert
from bot.usecases.ports import Household, Province, Seller

T = TypeVar("T")
S = TypeVar("S")


class SellerYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    place: str
    province: int
    about: dict[str, str] = {}
    sample: bool = False


class HouseholdYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    village: str
    sample: bool = False


class ProvinceYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: int
    name: str
    was: list[str] = []
    also: list[str] = []


class CategoryYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: dict[str, str]
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    id: str
    name: Mapping[str, str]
    sign: str


def read_sellers(doc: Document) -> tuple[dict[str, Seller], list[Fault]]:
    def build(id: str, y: SellerYaml) -> Seller:
        return Seller(id, y.name, y.place, y.province, y.about, y.sample)

    return _by_id(doc, SellerYaml, build)


def read_households(doc: Document) -> tuple[dict[str, Household], list[Fault]]:
    return _by_id(doc, HouseholdYaml, lambda id, y: Household(id, y.name, y.village, y.sample))


def read_categories(doc: Document) -> tuple[dict[str, Category], list[Fault]]:
    rows, faults = _rows(doc, CategoryYaml)
    twice = _twice(doc, [y.id for _, y in rows], "id")
    twice += [doc.fault("check-no-vi", (i, "name")) for i, y in rows if not y.name.get("vi")]
    return {y.id: Category(y.id, y.name, y.sign) for _, y in rows}, faults + twice


def read_provinces(doc: Document) -> tuple[dict[int, Province], list[Fault]]:
    rows, faults = _rows(doc, ProvinceYaml)
    twice = _twice(doc, [y.code for _, y in rows], "code")
    return {y.code: _province(y) for _, y in rows}, faults + twice


def _province(y: ProvinceYaml) -> Province:
    """Folded names, each once, the province's own first."""
    names = [fold(name) for name in (y.name, *y.was, *y.also)]
    return Province(y.code, y.name, tuple(dict.fromkeys(names)))


def fold(text: str) -> str:
    """Lower case, no diacritics (đ too, which NFD leaves alone), one space between words."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", letters))


def _by_id(
    doc: Document, kind: type[T], build: Callable[[str, T], S]
) -> tuple[dict[str, S], list[Fault]]:
    if not isinstance(doc.data, dict):
        return {}, [doc.fault("check-want-object", ())]
    found, faults = {}, []
    for id, data in doc.data.items():
        if not PRODUCT_ID.fullmatch(str(id)):
            faults.append(doc.fault("check-bad-id", (str(id),), found=str(id), expected=ID_RULE))
        value, wrong = convert(doc, kind, (str(id),), data)
        faults += wrong
        if value is not None:
            found[str(id)] = build(str(id), value)
    return found, faults


def _rows(doc: Document, kind: type[T]) -> tuple[list[tuple[int, T]], list[Fault]]:
    if not isinstance(doc.data, list):
        return [], [doc.fault("check-want-array", ())]
    rows, faults = [], []
    for i, data in enumerate(doc.data):
        value, wrong = convert(doc, kind, (i,), data)
        faults += wrong
        if value is not None:
            rows.append((i, value))
    return rows, faults


def _twice(doc: Document, ids: list[Any], key: str) -> list[Fault]:
    again = [i for i, id in enumerate(ids) if id in ids[:i]]
    return [doc.fault("check-id-twice", (i, key)) for i in again]
