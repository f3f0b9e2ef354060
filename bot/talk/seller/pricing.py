"""What a price that was said comes to in the ledger: which price of the goods, how many đồng.

Pure: nothing is asked or changed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import msgspec

from bot.shop.deal import is_odd
from bot.shop.product import STEP, Offer, Prices, Product, step_per
from bot.understand.fitting import stock_amount
from bot.understand.pieces import Measure
from bot.understand.sellers.said import PriceSaid

Why = Literal["", "pack", "no-pack", "unit", "odd", "price", "step", "sure"]
MOST_OPTIONS = 4
MOST_VND = 1_000_000_000
ROUND_FROM = 10_000
"""From here on a price that is worked out is rounded to whole thousands, below to hundreds."""


class Priced(msgspec.Struct, frozen=True, omit_defaults=True):
    """New prices of a product by key. sure: was asked about already."""

    product: str
    vnd: dict[str, int]
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Must be asked: why, and what may be meant, likeliest first. least: of a step refused."""

    why: Why
    options: tuple[Priced, ...] = ()
    least: int = 0
    usual: int = 0


@dataclass(frozen=True, slots=True)
class _Target:
    """A key of the prices; `times` turns the price said into that key's."""

    key: str
    times: Fraction = Fraction(1)


def settled(product: Product, prices: Prices, said: PriceSaid) -> Priced | Open:
    """The price as the ledger would have it, or what to ask.

    A percent changes every price of the goods; a price far from the one now, one of several packs,
    and a step that is no cheaper are asked about.
    """
    if said.why == "price" and len(said.readings) < 2:
        return Open("price")
    if said.percent and not (said.pack or said.at_least):
        return _by_percent(product, prices, said)
    targets = _targets(product, said)
    if isinstance(targets, Open):
        return targets
    if len(targets) > 1:
        return Open("pack", _each_pack(product, prices, said, targets))
    return _one(product, prices, said, targets[0])


def _one(product: Product, prices: Prices, said: PriceSaid, target: _Target) -> Priced | Open:
    now = _now(product, prices, target.key)
    vnd = _new(now, said, target.times)
    if not 0 < vnd <= MOST_VND:
        return Open("price")
    if said.why == "price":
        return Open("odd", _readings(product, said, target, vnd, now))
    if now and not said.relative and is_odd(vnd, now):
        return Open("odd", _readings(product, said, target, vnd, now), usual=now)
    base = _base(product, prices)
    if target.key.startswith(STEP) and vnd >= base:
        return Open("step", least=int(target.key.removeprefix(STEP)), usual=base)
    return Priced(product.id, {target.key: vnd})


def _now(product: Product, prices: Prices, key: str) -> int:
    """What it costs now; a step that is new is compared with the price below it."""
    return prices.vnd.get(key, 0) or (_base(product, prices) if key.startswith(STEP) else 0)


def _base(product: Product, prices: Prices) -> int:
    """Đồng per `step_per`, without steps."""
    return prices.vnd.get("" if product.loose else product.offers[0].id, 0)


def _new(now: int, said: PriceSaid, times: Fraction) -> int:
    if said.percent:
        share = 100 - said.percent if said.relative == "percent_down" else 100 + said.percent
        return _rounded(Fraction(now * share, 100))
    if said.relative in ("up", "down"):
        return now + (said.vnd if said.relative == "up" else -said.vnd)
    return _halves_up(said.vnd * times)


def _readings(
    product: Product, said: PriceSaid, target: _Target, vnd: int, now: int
) -> tuple[Priced, ...]:
    """What was said, and what was likelier meant (a nought too many, thousands left out)."""
    meant = [_halves_up(r * target.times) for r in said.readings]
    meant += [vnd * 1000, vnd // 1000, vnd * 10, vnd // 10]
    likely = [n for n in meant if 0 < n <= MOST_VND and n != vnd and not (now and is_odd(n, now))]
    found = dict.fromkeys((*likely[: MOST_OPTIONS - 1], vnd, *said.readings[:1]))
    every = [n for n in found if n > 0][:MOST_OPTIONS]
    return tuple(Priced(product.id, {target.key: n}, sure=True) for n in every)


# which price of the goods


def _targets(product: Product, said: PriceSaid) -> tuple[_Target, ...] | Open:
    if said.at_least is not None:
        return _step(product, said, said.at_least)
    if said.pack is not None:
        amount = _amount(product, said.pack)
        found = [o for o in product.offers if o.amount == amount]
        return (_Target(found[0].id),) if found else Open("no-pack")
    if said.per is not None:
        return _per(product, said.per)
    if product.loose:
        return (_Target(""),)
    return tuple(_Target(o.id) for o in product.offers)


def _step(product: Product, said: PriceSaid, least: Measure) -> tuple[_Target, ...] | Open:
    amount, per = _amount(product, least), step_per(product)
    unit = _amount(product, said.per) if said.per else _unit(product, least)
    if not amount or not unit:
        return Open("unit")
    return (_Target(f"{STEP}{amount}", Fraction(per, unit)),)


def _unit(product: Product, least: Measure) -> int:
    """What the price of a step is for if that was not said: the kilo, litre, piece or pack that
    its amount counts.
    """
    if product.loose:
        return product.loose.per
    if least.base == product.base != "piece":
        return 1000
    return _amount(product, replace(least, n=1))


def _per(product: Product, per: Measure) -> tuple[_Target, ...] | Open:
    packs = product.offers
    amount = _amount(product, per)
    if not amount:
        counted = per.base == "piece" and product.base != "piece" and packs
        return tuple(_Target(o.id) for o in packs) if counted else Open("unit")
    exact = [o for o in packs if o.amount == amount]
    if product.loose and not (exact and amount != product.loose.per):
        return (_Target("", Fraction(product.loose.per, amount)),)
    if exact:
        return (_Target(exact[0].id),)
    return tuple(_Target(o.id, Fraction(o.amount, amount)) for o in packs)


def _amount(product: Product, measure: Measure) -> int:
    """Base units, 0 if these goods are not counted so."""
    found = stock_amount(product, measure)
    return found if isinstance(found, int) else 0


def _each_pack(
    product: Product, prices: Prices, said: PriceSaid, targets: Sequence[_Target]
) -> tuple[Priced, ...]:
    """The price as that of each pack, likeliest first; a price per kilo also for all of them."""
    each = {t.key: _new(prices.vnd.get(t.key, 0), said, t.times) for t in targets}
    each = {key: vnd for key, vnd in each.items() if 0 < vnd <= MOST_VND}
    one = sorted(each, key=lambda key: is_odd(each[key], prices.vnd.get(key, 0)))
    scaled = any(t.times != 1 for t in targets) or bool(said.relative)
    every = (Priced(product.id, each),) if scaled and len(each) > 1 else ()
    return (*every, *(Priced(product.id, {key: each[key]}) for key in one))[: MOST_OPTIONS + 1]


def _by_percent(product: Product, prices: Prices, said: PriceSaid) -> Priced | Open:
    vnd = {k: _new(v, said, Fraction(1)) for k, v in prices.vnd.items() if v}
    return Priced(product.id, vnd) if all(vnd.values()) else Open("price")


# packs beside the loose price


def dearer_packs(product: Product, prices: Prices) -> list[Offer]:
    """Packs that cost more per unit than the same goods by weight."""
    if product.loose is None:
        return []
    loose, per = prices.vnd[""], product.loose.per
    return [o for o in product.offers if prices.vnd[o.id] * per > loose * o.amount]


def in_proportion(product: Product, prices: Prices, before: int) -> dict[str, int]:
    """New prices of the packs that are now dearer, moved as the loose price moved from `before`,
    and never above it.
    """
    assert product.loose is not None
    loose, per = prices.vnd[""], product.loose.per
    return {
        o.id: min(_rounded(Fraction(prices.vnd[o.id] * loose, before)), loose * o.amount // per)
        for o in dearer_packs(product, prices)
    }


def with_prices(prices: Prices, new: Mapping[str, int]) -> Prices:
    return Prices({**prices.vnd, **new})


def _rounded(vnd: Fraction) -> int:
    to = 1000 if vnd >= ROUND_FROM else 100
    return _halves_up(vnd / to) * to


def _halves_up(exact: Fraction | int) -> int:
    exact = Fraction(exact)
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
