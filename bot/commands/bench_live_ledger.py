"""What the ledger alone does with claims: as many as it can, and a thousand a second."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from dataclasses import dataclass
from time import perf_counter

from bot.app import Parts
from bot.commands.bench_live_shop import GRAMS, LIVE
from bot.commands.serve import GC_PASSES
from bot.shop.claim import HOLDING
from bot.shop.product import Pick
from bot.usecases import claims
from bot.usecases.claims import Outcome, Wish

A_SECOND = 1000
SECONDS = 5
KILO = 1000


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """per_second: with all claims waiting at once. p99_ms: of a claim at a thousand a second.
    wrong: grams held beyond or below what there was.
    """

    claims: int
    per_second: float
    p99_ms: float
    wrong: int


async def measure_ledger(parts: Parts, many: int) -> LedgerFigures:
    """In this process, with the collector set as the server sets it."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_PASSES)
    try:
        rate, wrong = await _at_once(parts, many)
        gc.collect()
        waits = await _steadily(parts, many)
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
    return LedgerFigures(many, rate, waits[len(waits) * 99 // 100] * 1e3, wrong)


async def _at_once(parts: Parts, many: int) -> tuple[float, int]:
    """Claims a second, and grams held wrongly."""
    began = perf_counter()
    outcomes = await asyncio.gather(*(_claim(parts, n) for n in range(many)))
    return many / (perf_counter() - began), _wrong(outcomes, many)


async def _claim(parts: Parts, number: int) -> Outcome:
    wish = Wish(f"c-{number:010x}", LIVE, "A1", Pick("", KILO), f"web:{number}")
    return await parts.ledger.put(lambda b: claims.claim(b, wish, parts.now()), wish.reads)


async def _steadily(parts: Parts, first: int) -> list[float]:
    """Seconds each of some thousand claims took, sorted; they come evenly."""

    async def one(n: int) -> float:
        due = began + n / A_SECOND
        await asyncio.sleep(max(0.0, due - perf_counter()))
        await _claim(parts, first + n)
        return perf_counter() - due

    began = perf_counter()
    return sorted(await asyncio.gather(*(one(n) for n in range(A_SECOND * SECONDS))))


def _wrong(outcomes: list[Outcome], many: int) -> int:
    states = Counter(o.claim.state in HOLDING for o in outcomes)
    return abs(states[True] * KILO - min(GRAMS, many * KILO))
