"""What it costs and how long it takes to send a parcel, by method, zone and packed weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.shop.product import ShippingClass


@dataclass(frozen=True, slots=True)
class WeightSteps:
    """`first_vnd` up to `first_grams`, then `step_vnd` for every begun `step_grams`."""

    first_grams: int
    first_vnd: int
    step_grams: int
    step_vnd: int


@dataclass(frozen=True, slots=True)
class Zone:
    """Provinces by official code; days on the way, fewest and most."""

    id: str
    days: tuple[int, int]
    provinces: frozenset[int]


@dataclass(frozen=True, slots=True)
class Method:
    """A way to send: which goods it carries, how heavy, into which zones at what steps.

    cod_fee_permille, cod_fee_least_vnd: for collecting money at the door, 0 for none.
    days: by zone where the method is faster or slower than the zone's own days.
    """

    id: str
    classes: frozenset[ShippingClass]
    most_grams: int
    rates: Mapping[str, WeightSteps]
    cod_fee_permille: int = 0
    cod_fee_least_vnd: int = 0
    days: Mapping[str, tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class ShippingTable:
    """All methods for one origin province.

    `as_of` is an ISO date; older than 180 days means provisional.
    """

    as_of: str
    zones: tuple[Zone, ...]
    methods: tuple[Method, ...]

    def zone_of(self, province: int) -> Zone | None:
        return next((z for z in self.zones if province in z.provinces), None)


@dataclass(frozen=True, slots=True)
class ParcelLine:
    """What of one product goes into a parcel: packed weight, class, and how long it keeps."""

    grams: int
    shipping_class: ShippingClass
    shelf_life_days: int


@dataclass(frozen=True, slots=True)
class Quote:
    """One method's price (đồng, provisional) and days on the way for one parcel."""

    method: str
    fee_vnd: int
    days: tuple[int, int]


def quotes(
    table: ShippingTable, province: int, parcel: tuple[ParcelLine, ...], goods_vnd: int
) -> list[Quote]:
    """Every method that carries all of the parcel in time, cheapest first; empty if none does."""
    zone = table.zone_of(province)
    if zone is None:
        return []
    found = (_quote(m, zone, parcel, goods_vnd) for m in table.methods)
    return sorted((q for q in found if q), key=lambda q: (q.fee_vnd, q.days))


def _quote(
    method: Method, zone: Zone, parcel: tuple[ParcelLine, ...], goods_vnd: int
) -> Quote | None:
    rate = method.rates.get(zone.id)
    grams = sum(line.grams for line in parcel)
    days = (method.days or {}).get(zone.id, zone.days)
    keeps = min(line.shelf_life_days for line in parcel)
    carries = all(line.shipping_class in method.classes for line in parcel)
    if rate is None or grams > method.most_grams or not carries or days[1] > keeps:
        return None
    return Quote(method.id, _fee(rate, grams) + _cod_fee(method, goods_vnd), days)


def _fee(rate: WeightSteps, grams: int) -> int:
    over = max(0, grams - rate.first_grams)
    return rate.first_vnd + -(-over // rate.step_grams) * rate.step_vnd


def _cod_fee(method: Method, goods_vnd: int) -> int:
    if not method.cod_fee_permille:
        return 0
    return max(method.cod_fee_least_vnd, -(-goods_vnd * method.cod_fee_permille // 1000))
