"""Random market days on a real ledger: whatever happens, goods and money add up to the đồng.

For every lot brought + counted = free + held + sold + spoiled + returned, and none is negative;
the journal's sums are the lots' figures; what a household is owed is the sum over its lots, and
what is left is that less what it was given. A refused command and a repeat change nothing.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.shop.household import Household, Paid
from bot.shop.people import Person
from bot.shop.problems import Problem
from bot.usecases import households, journal, orders, stock
from bot.usecases.ports import Books
from tests.usecases.market import NOW, Market, open_market, seller_account

SELLER = seller_account("t:x", "x")
HOMES = ("h1", "h2")
GOODS = ("a", "b")
FREED = ("cancelled", "refused", "lapsed")
CAME = ("opening", "brought", "corrected", "counted", "spoiled", "given-back", "undone")

home, goods, which = st.sampled_from(HOMES), st.sampled_from(GOODS), st.integers(0, 7)
grams = st.integers(1, 6_000)
vnd = st.integers(0, 300_000)
cost = st.sampled_from([(0, 0), (8_000, 1000), (8_333, 1000), (77_777, 10_000), (1, 3)])
STEPS = st.one_of(
    st.tuples(st.just("bring"), home, goods, grams, cost),
    st.tuples(st.just("order"), goods, st.integers(1, 4)),
    st.tuples(
        st.just("move"),
        which,
        st.sampled_from(["confirm", "pack", "refuse", "ship", "deliver", "return", "cancel"]),
        st.sampled_from(["", "spoiled", "shelf", *HOMES]),
    ),
    st.tuples(st.just("packed"), goods, st.integers(1, 4), st.sampled_from(["", *HOMES])),
    st.tuples(st.just("spoil"), goods, grams, st.sampled_from(["", *HOMES])),
    st.tuples(st.just("count"), goods, st.integers(0, 20_000)),
    st.tuples(st.just("back"), home, goods, st.integers(1, 1_500)),
    st.tuples(st.just("give"), home, st.sampled_from(["pay", "advance"]), vnd),
    st.tuples(st.just("right_sum"), which, vnd),
    st.tuples(st.just("weigh"), goods, which, grams),
    st.tuples(st.just("price"), home, goods, cost, st.sampled_from(["", "nhầm"])),
    st.tuples(st.just("undo"), st.integers(0, 5)),
    st.tuples(st.just("repeat"), st.integers(0, 30)),
)

MORNING: list[tuple[Any, ...]] = [
    ("bring", "h1", "a", 3_000, (8_333, 1000)),
    ("bring", "h2", "a", 2_000, (0, 0)),
    ("bring", "h2", "b", 5_000, (77_777, 10_000)),
]
"""What is there when the day begins."""

Command = Callable[[Books], Any]


@dataclass
class Day:
    """What was done so far, so that it can be undone, repeated and counted."""

    market: Market
    now: int = NOW
    n: int = 0
    codes: list[str] = field(default_factory=list)
    done: list[tuple[str, Command]] = field(default_factory=list)
    given: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    spoiled_parcels: Counter[str] = field(default_factory=Counter)

    async def step(self, step: tuple[Any, ...]) -> None:
        self.now += 1
        self.n += 1
        before = await self.figures()
        try:
            await getattr(self, f"_{step[0]}")(*step[1:])
        except Problem:
            assert await self.figures() == before, step

    async def _put(self, command: Callable[[Books, str], Any]) -> Any:
        id_ = f"c{self.n}"

        def run(books: Books) -> Any:
            return command(books, id_)

        result = await self.market.ledger.put(run)
        self.done.append((id_, run))
        return result

    async def _bring(self, at: str, product: str, n: int, price: tuple[int, int]) -> None:
        now = self.now
        await self._put(lambda b, i: households.bring(b, at, product, n, price, SELLER, now, i))

    async def _order(self, product: str, packs: int) -> None:
        checkout = self.market.checkout(f"k{self.n}", {product: packs})
        [order] = await self.market.place(checkout, self.now)
        self.codes.append(order.code)

    async def _packed(self, product: str, packs: int, how: str) -> None:
        await self._order(product, packs)
        for verb in ("confirm", "pack"):
            await self._move(len(self.codes) - 1, verb, how)

    async def _move(self, at: int, verb: str, how: str) -> None:
        if not self.codes:
            return
        code, now = self.codes[at % len(self.codes)], self.now
        known = await self.market.records.order(code)
        assert known
        if verb == "cancel":
            await self.market.ledger.put(
                lambda b: orders.cancel(b, code, Person(known.person), now)
            )
            return
        takes = await self.market.records.read(lambda b: b.takes(code))
        after = await self.market.ledger.put(
            lambda b: orders.move_by_seller(b, code, verb, SELLER, now, "", how)  # type: ignore[arg-type]
        )
        if verb == "return" and known.state != after.state and how not in ("", "shelf"):
            for take in takes:
                self.spoiled_parcels[take.product] += take.amount

    async def _spoil(self, product: str, n: int, of: str) -> None:
        now = self.now
        await self._put(lambda b, i: stock.spoil(b, product, n, SELLER, now, i, of))

    async def _count(self, product: str, left: int) -> None:
        now = self.now
        await self._put(lambda b, i: stock.set_stock(b, product, left, SELLER, now, i))

    async def _back(self, to: str, product: str, n: int) -> None:
        now = self.now
        await self._put(lambda b, i: households.give_back(b, to, product, n, SELLER, now, i))

    async def _give(self, to: str, kind: Any, money: int) -> None:
        now = self.now
        entry: Paid = await self._put(
            lambda b, i: households.pay(b, to, kind, money, SELLER, now, i)
        )
        self.given[entry.id] = (to, kind, money)

    async def _right_sum(self, at: int, money: int) -> None:
        if not self.given:
            return
        entry, now = list(self.given)[at % len(self.given)], self.now
        await self._put(
            lambda b, i: households.correct_paid(b, entry, money, "nhầm", SELLER, now, i)
        )
        to, kind, _ = self.given[entry]
        self.given[entry] = (to, kind, money)

    async def _weigh(self, product: str, at: int, n: int) -> None:
        now, lot = self.now, f"{product}:{at % 3 + 1}"
        await self._put(lambda b, i: households.correct_lot(b, lot, n, "cân lại", SELLER, now, i))

    async def _price(self, of: str, product: str, price: tuple[int, int], why: str) -> None:
        now = self.now
        await self._put(
            lambda b, i: households.price_lots(b, of, product, price, SELLER, now, i, why)
        )

    async def _undo(self, at: int) -> None:
        if self.done:
            id_, now = self.done[-1 - at % len(self.done)][0], self.now
            await self.market.ledger.put(lambda b: journal.undo(b, SELLER, now, id_))

    async def _repeat(self, at: int) -> None:
        """The same command again, as a double tap or a redelivery sends it."""
        if self.done:
            before = await self.figures()
            await self.market.ledger.put(self.done[-1 - at % len(self.done)][1])
            assert await self.figures() == before

    async def figures(self) -> list[list[dict[str, Any]]]:
        rows = self.market.records.rows
        tables = ("lots", "stock_moves", "household_payments", "changes", "takes")
        return [await rows(table) for table in tables]

    async def check(self) -> None:
        lots, moves, *_ = await self.figures()
        for lot in lots:
            _whole(lot)
        for product in GOODS:
            self._journal(
                [x for x in lots if x["product"] == product],
                [x for x in moves if x["product"] == product],
                product,
            )
        for at in HOMES:
            await self._money(at, [x for x in lots if x["household"] == at])

    def _journal(
        self, lots: list[dict[str, Any]], moves: list[dict[str, Any]], product: str
    ) -> None:
        why: Counter[str] = Counter()
        for move in moves:
            why[move["why"]] += move["amount"]
        total = Counter({k: sum(x[k] for x in lots) for k in _FIGURES})
        assert total["sold"] == why["sold"] - why["returned"]
        assert total["held"] == why["held"] - why["sold"] - sum(why[k] for k in FREED)
        came = total["brought"] + total["counted"] + total["spoiled"] + total["returned"]
        assert came == sum(why[k] for k in CAME) + self.spoiled_parcels[product]

    async def _money(self, at: str, lots: list[dict[str, Any]]) -> None:
        sums = await self.market.records.read(lambda b: households.account(b, at))
        assert sums.owed == sum(_owed(lot) for lot in lots)
        mine = [(kind, money) for to, kind, money in self.given.values() if to == at]
        assert sums.advanced == sum(money for kind, money in mine if kind == "advance")
        assert sums.paid == sum(money for kind, money in mine if kind == "pay")
        assert sums.left == sums.owed - sums.advanced - sums.paid
        for figure in ("brought", "counted", "sold", "spoiled", "returned"):
            by_goods = sum(getattr(g, figure) for g in sums.goods.values())
            assert by_goods == sum(lot[figure] for lot in lots)


_FIGURES = ("brought", "counted", "held", "sold", "spoiled", "returned")


def _whole(lot: dict[str, Any]) -> None:
    gone = lot["held"] + lot["sold"] + lot["spoiled"] + lot["returned"]
    free = lot["brought"] + lot["counted"] - gone
    figures = (free, lot["brought"], lot["held"], lot["sold"], lot["spoiled"], lot["returned"])
    assert min(figures) >= 0, lot


def _owed(lot: dict[str, Any]) -> int:
    if not lot["cost_per"]:
        return 0
    exact = Fraction(lot["sold"] * lot["cost_vnd"], lot["cost_per"]) + Fraction(1, 2)
    return exact.numerator // exact.denominator


@pytest.fixture(scope="module")
def empty_shop() -> Iterator[Path]:
    """A database with its tables, copied for every day."""

    async def make(path: Path) -> None:
        async with open_market(path) as market:
            for at in HOMES:
                one = Household(at, "x", f"chị {at}")
                await market.ledger.put(lambda b, one=one: households.create(b, one, SELLER))  # type: ignore[misc]

    with TemporaryDirectory() as folder:
        path = Path(folder) / "shop.db"
        asyncio.run(make(path))
        yield path


async def _live(path: Path, steps: list[tuple[Any, ...]]) -> None:
    async with open_market(path) as market:
        day = Day(market)
        for step in [*MORNING, *steps]:
            await day.step(step)
            await day.check()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STEPS, min_size=8, max_size=30))
def test_goods_and_money_add_up_on_any_day(empty_shop: Path, steps: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shop.db"
        shutil.copy(empty_shop, path)
        asyncio.run(_live(path, steps))
