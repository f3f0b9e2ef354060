"""`python -m bot parse --json`: one message per line in, one JSON per line out.

There is no shop state here: the scope is the whole catalogue at its own prices. The shape is kept
stable; docs/understanding.md describes it.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from bot.commands.train import known_texts
from bot.settings import Settings
from bot.shop.product import Product, opening_prices
from bot.stores.catalogue import LoadedCatalogue, load_catalogue
from bot.understand.commands import load_commands
from bot.understand.fitting import fit, fit_stock, is_odd, stock_amount, unit_of
from bot.understand.inventory import Role
from bot.understand.live import LiveUnderstanding
from bot.understand.pairing import WhyWish, Wish
from bot.understand.pieces import Measure, Money, Price, Quantity
from bot.understand.understanding import Understanding
from bot.understand.understood import Understood

LINE_ENDS = {end: f"\\u{end:04x}" for end in (0x85, 0x2028, 0x2029)}
"""Some readers take these for the end of a line."""

UNITS = {"g": "grams", "ml": "ml"}


def parse(settings: Settings, role: Role, lang: str, lines: Iterable[str]) -> int:
    """Prints an answer to every line that is not empty; returns the exit code."""
    catalogue, _ = load_catalogue(settings.catalog_dir)
    mind = asyncio.run(understanding_of(settings, catalogue))
    fits = partial(sold_as, catalogue.products, role)
    for line in lines:
        text = line.rstrip("\r\n")
        if text.strip():
            got = mind.read(text, role, lang, fits)
            told = json.dumps(answer(text, got, catalogue.products), ensure_ascii=False)
            print(told.translate(LINE_ENDS))
            sys.stdout.flush()
    return 0


def sold_as(
    products: Mapping[str, Product], role: Role, product: str, measure: Measure
) -> WhyWish:
    """Whether an amount can be had, or counted in, at the catalogue's own prices."""
    known = products[product]
    if role == "seller":
        return fit_stock(known, measure)
    return fit(known, opening_prices(known), measure, strict=True)


def answer(text: str, got: Understood, products: Mapping[str, Product]) -> dict[str, Any]:
    """The JSON of one message."""
    message = got.message
    reason = got.reason or _odd_price(got, products)
    return {
        "text": text,
        "intent": got.intent,
        "score": round(got.score, 4),
        "band": got.band,
        "quantities": [_amount(q.readings[0]) for q in message.quantities if _clear(q)],
        "money": [_money(m.readings[0]) for m in message.money if _clear(m)],
        "lines": [_line(w, products) for w in got.lines],
        "price_vnd": got.price.vnd if got.price else None,
        "must_ask": bool(reason),
        "reason": reason,
    }


def _odd_price(got: Understood, products: Mapping[str, Product]) -> str:
    named = [p for w in got.wishes for p in w.products]
    if got.intent != "set_price" or got.price is None or len(named) != 1:
        return ""
    product = products[named[0]]
    return "price" if is_odd(product, opening_prices(product), got.price) else ""


def _clear(piece: Quantity | Money) -> bool:
    return len(piece.readings) == 1 and not piece.why


def _amount(measure: Measure) -> dict[str, Any]:
    if measure.base == "piece":
        return {"count": measure.n, "unit": measure.word or None}
    return {UNITS[measure.base]: measure.n}


def _money(price: Price) -> dict[str, Any]:
    if price.per is None:
        return {"vnd": price.vnd}
    unit = price.per.word or None if price.per.base == "piece" else price.per.base
    return {"vnd": price.vnd, "per_amount": price.per.n, "per_unit": unit}


def _line(wish: Wish, products: Mapping[str, Product]) -> dict[str, Any]:
    """`product` or `code`, and exactly one of `grams`, `ml`, `count` with `unit`."""
    amount = _amount(wish.measures[0])
    if wish.code:
        return {"code": wish.code, **amount}
    product = products[wish.products[0]]
    if "count" in amount and product.base == "piece":
        amount["unit"] = unit_of(product, amount["unit"])
    elif "count" in amount and not amount["unit"]:
        size = stock_amount(product, wish.measures[0])
        amount = {UNITS[product.base]: size} if isinstance(size, int) else amount
    return {"product": product.id, **amount}


async def understanding_of(settings: Settings, catalogue: LoadedCatalogue) -> Understanding:
    """The shop's understanding; the model is learned first if the examples are new."""
    live = LiveUnderstanding(
        settings.intents_dir,
        settings.understanding_dir,
        partial(known_texts, settings),
        {"CATALOG_DIR": str(settings.catalog_dir.resolve())},
    )
    live.start()
    await live.refresh()
    mind = Understanding(live, load_commands(settings.intents_dir / "commands.yml"))
    mind.know(catalogue.products.values(), catalogue.provinces)
    return mind
