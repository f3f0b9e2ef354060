"""`catalog/shipping.yaml`: zones, methods and rates, and whether they fit together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, cast

import msgspec

from bot.shop.product import ShippingClass
from bot.shop.shipping import Method, ShippingTable, WeightSteps, Zone
from bot.stores.catalogue_faults import Fault
from bot.stores.catalogue_schema import CLASSES, unknown_word
from bot.stores.catalogue_yaml import Document, Where, convert
from bot.usecases.ports import Province

T = TypeVar("T")

NEVER_BY_POST = frozenset({"frozen", "live"})


class ZoneYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    days: tuple[int, int]
    provinces: list[int]


class RateYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    first_kg: Decimal
    first: int
    step_kg: Decimal
    step: int


class CodFeeYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pct: Decimal
    min: int


class MethodYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    classes: list[str]
    max_kg: int
    rate: dict[str, RateYaml]
    cod_fee: CodFeeYaml | None = None
    days: dict[str, tuple[int, int]] = {}


class ShippingYaml(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Zones and methods are read one by one, so that a mistake is named by its line."""

    as_of: date
    origins: list[int]
    zones: dict[str, Any]
    methods: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shipping:
    """One table for every origin; a seller elsewhere has no method and quotes herself."""

    table: ShippingTable
    origins: frozenset[int]


NO_SHIPPING = Shipping(ShippingTable("", (), ()), frozenset())


def read_shipping(doc: Document) -> tuple[Shipping, list[Fault]]:
    """The shipping table; NO_SHIPPING with the faults when any part of it is wrong."""
    written, faults = convert(doc, ShippingYaml)
    if written is None:
        return NO_SHIPPING, faults
    zones, bad_zones = _each(doc, "zones", written.zones, ZoneYaml)
    methods, bad_methods = _each(doc, "methods", written.methods, MethodYaml)
    faults = [*bad_zones, *bad_methods, *_zone_faults(doc, zones)]
    for id, method in methods.items():
        faults += _method_faults(doc, id, method, list(written.zones))
    if faults:
        return NO_SHIPPING, faults
    table = ShippingTable(
        written.as_of.isoformat(),
        tuple(Zone(id, z.days, frozenset(z.provinces)) for id, z in zones.items()),
        tuple(_method(id, m) for id, m in methods.items()),
    )
    return Shipping(table, frozenset(written.origins)), []


def _each(
    doc: Document, part: str, data: dict[str, Any], kind: type[T]
) -> tuple[dict[str, T], list[Fault]]:
    found, faults = {}, []
    for id, entry in data.items():
        value, wrong = convert(doc, kind, (part, id), entry)
        faults += wrong
        if value is not None:
            found[id] = value
    return found, faults


def _method(id: str, y: MethodYaml) -> Method:
    cod = y.cod_fee
    return Method(
        id,
        frozenset(cast("list[ShippingClass]", y.classes)),
        y.max_kg * 1000,
        {zone: _steps(rate) for zone, rate in y.rate.items()},
        int(cod.pct * 10) if cod else 0,
        cod.min if cod else 0,
        y.days or None,
    )


def _steps(y: RateYaml) -> WeightSteps:
    return WeightSteps(int(y.first_kg * 1000), y.first, int(y.step_kg * 1000), y.step)


def _zone_faults(doc: Document, zones: Mapping[str, ZoneYaml]) -> list[Fault]:
    faults = []
    seen: set[int] = set()
    for id, zone in zones.items():
        faults += _days_faults(doc, ("zones", id, "days"), zone.days)
        for i, code in enumerate(zone.provinces):
            if code in seen:
                faults.append(doc.fault("check-zone-twice", ("zones", id, "provinces", i)))
            seen.add(code)
    return faults


def _days_faults(doc: Document, where: Where, days: tuple[int, int]) -> list[Fault]:
    typed = f"{days[0]}, {days[1]}"
    good = 0 <= days[0] <= days[1]
    return [] if good else [doc.fault("check-bad-days", where, found=typed)]


def _method_faults(doc: Document, id: str, y: MethodYaml, zones: list[str]) -> list[Fault]:
    here: Where = ("methods", id)
    faults = []
    for i, word in enumerate(y.classes):
        where = (*here, "classes", i)
        if word not in CLASSES:
            faults.append(unknown_word(doc, where, word, CLASSES))
        elif id == "post" and word in NEVER_BY_POST:
            faults.append(doc.fault("check-not-by-post", where))
    for key, mapping in (("rate", y.rate), ("days", y.days)):
        odd = [zone for zone in mapping if zone not in zones]
        faults += [unknown_word(doc, (*here, key, zone), zone, zones) for zone in odd]
    for zone, days in y.days.items():
        faults += _days_faults(doc, (*here, "days", zone), days)
    for zone, rate in y.rate.items():
        faults += _rate_faults(doc, (*here, "rate", zone), rate)
    return faults


def _rate_faults(doc: Document, here: Where, rate: RateYaml) -> list[Fault]:
    bad = [key for key in ("first_kg", "first", "step_kg") if getattr(rate, key) <= 0]
    faults = [doc.fault("check-not-positive", (*here, key)) for key in bad]
    if rate.step < 0:
        faults.append(doc.fault("check-below-zero", (*here, "step")))
    return faults


def coverage_faults(doc: Document, provinces: Mapping[int, Province]) -> list[Fault]:
    """Zones name every province and none that does not exist; origins exist."""
    codes = {i for zone in doc.data["zones"].values() for i in zone["provinces"]}
    faults = [
        unknown_word(doc, ("zones", id, "provinces", i), code, provinces)
        for id, zone in doc.data["zones"].items()
        for i, code in enumerate(zone["provinces"])
        if code not in provinces
    ]
    missing = [f"{p.code} {p.name}" for p in provinces.values() if p.code not in codes]
    if missing:
        faults.append(doc.fault("check-zone-missing", ("zones",), found=", ".join(missing)))
    return faults
