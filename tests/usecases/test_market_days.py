"""Random market days of two sellers and three households: whatever happens, goods and money add
up to the đồng, and a refused command or a repeat changes nothing.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.shop.household import Household
from bot.shop.order import FREES, OPEN
from bot.shop.payment import CHANGE_DELAY_SECONDS, BankAccount, account_in_use
from bot.usecases import households
from tests.usecases.market import PRODUCTS, open_market
from tests.usecases.market_day import GOODS, HELPER, HOMES, Day, Row

CAME = ("opening", "brought", "corrected", "counted", "spoiled", "given-back", "undone")
FIGURES = ("brought", "counted", "held", "sold", "spoiled", "returned")

home, goods, which = st.sampled_from(sorted(HOMES)), st.sampled_from(GOODS), st.integers(0, 7)
grams = st.integers(-50, 6_000)
packs = st.integers(1, 4)
vnd = st.integers(0, 300_000)
cost = st.sampled_from([(0, 0), (8_000, 1000), (8_333, 1000), (77_777, 10_000), (1, 3)])
hows = st.sampled_from(["", "spoiled", "shelf", *HOMES])
WAYS = [(), ("ship",), ("ship", "deliver"), ("ship", "return")]
MOVES = ["confirm", "pack", "refuse", "ship", "deliver", "return", "cancel"]


def _step(name: str, *more: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(st.just(name), *more)


STEPS = st.one_of(
    _step("bring", home, goods, grams, cost),
    _step("order", st.dictionaries(goods, packs, min_size=1), st.sampled_from(["cod", "bank"])),
    _step("move", which, st.sampled_from(MOVES), hows),
    _step("packed", goods, packs, hows, st.sampled_from(WAYS)),
    _step("packed", goods, packs, hows, st.sampled_from(WAYS)),
    _step("spoil", goods, grams, st.sampled_from(["", *HOMES])),
    _step("count", goods, st.integers(0, 20_000)),
    _step("back", home, goods, st.integers(1, 1_500)),
    _step("give", home, st.sampled_from(["pay", "advance"]), vnd),
    _step("right_sum", which, vnd),
    _step("weigh", goods, which, grams),
    _step("price", home, goods, cost, st.sampled_from(["", "nhầm"])),
    _step("came", which, st.sampled_from([0, 0, 1, 50_000, 500_000])),
    _step("right_paid", which, vnd),
    _step("sent_back", which),
    _step("transfer", which),
    _step("bank", st.integers(10_000, 10_002)),
    _step("bank_stop", which),
    _step("forget", which),
    _step("lapse"),
    _step("night"),
    _step("undo", st.integers(0, 5)),
    _step("undo_last"),
    _step("repeat", st.integers(0, 30)),
)
MORNING: list[tuple[Any, ...]] = [
    ("bring", "h1", "a", 3_000, (8_333, 1000)),
    ("bring", "h2", "a", 2_000, (0, 0)),
    ("bring", "h2", "b", 5_000, (77_777, 10_000)),
    ("bring", "h3", "c", 4_000, (8_000, 1000)),
    ("order", {"b": 2, "c": 1}, "bank"),
    ("came", 0, 0),
]
"""What is there when the day begins."""


async def check(day: Day) -> None:
    now = await day.figures()
    for lot in now["lots"]:
        _whole(lot, now)
    for product in GOODS:
        _journal(day, product, now)
    for at in HOMES:
        await _home(day, at, now["lots"])
    _orders(day, now)
    _changes(now["changes"])
    _bank(now["bank_accounts"], day.now)


def _whole(lot: Row, now: dict[str, list[Row]]) -> None:
    """No figure is below none; what is held and sold is what orders took."""
    gone = lot["held"] + lot["sold"] + lot["spoiled"] + lot["returned"]
    free = lot["brought"] + lot["counted"] - gone
    assert min(free, *(lot[k] for k in FIGURES if k != "counted")) >= 0, lot
    state = {x["code"]: x["state"] for x in now["orders"]}
    mine = [x for x in now["takes"] if x["lot"] == lot["id"]]
    assert lot["held"] == sum(x["amount"] for x in mine if not x["sold"])
    kept = (x for x in mine if x["sold"] and state[x["code"]] != "returned")
    assert lot["sold"] == sum(x["amount"] for x in kept)


def _journal(day: Day, product: str, now: dict[str, list[Row]]) -> None:
    """The journal's sums are the lots' figures."""
    why: Counter[str] = Counter()
    for move in now["stock_moves"]:
        if move["product"] == product:
            why[move["why"]] += move["amount"]
    lots = [x for x in now["lots"] if x["product"] == product]
    total = {k: sum(x[k] for x in lots) for k in FIGURES}
    assert total["sold"] == why["sold"] - why["returned"]
    assert total["held"] == why["held"] - why["sold"] - sum(why[k] for k in FREES)
    came = total["brought"] + total["counted"] + total["spoiled"] + total["returned"]
    assert came == sum(why[k] for k in CAME) + day.spoiled_parcels[product]


async def _home(day: Day, at: str, lots: list[Row]) -> None:
    """What is owed is the sum over its lots, what is left is that less what it was given."""
    mine = [x for x in lots if x["household"] == at]
    assert {PRODUCTS[x["product"]].seller for x in mine} <= {HOMES[at]}
    sums = await day.market.records.read(lambda b: households.account(b, at))
    assert sums.owed == sum(_owed(lot) for lot in mine)
    given_ = [(kind, money) for to, kind, money in day.given.values() if to == at]
    assert sums.advanced == sum(money for kind, money in given_ if kind == "advance")
    assert sums.paid == sum(money for kind, money in given_ if kind == "pay")
    assert sums.left == sums.owed - sums.advanced - sums.paid


def _owed(lot: Row) -> int:
    if not lot["cost_per"]:
        return 0
    exact = Fraction(lot["sold"] * lot["cost_vnd"], lot["cost_per"]) + Fraction(1, 2)
    return exact.numerator // exact.denominator


def _orders(day: Day, now: dict[str, list[Row]]) -> None:
    """What is paid is what was booked; nobody is forgotten whom the shop owes money or goods."""
    booked: Counter[str] = Counter()
    for entry in now["payments"]:
        booked[entry["code"]] += entry["vnd"]
    for order in now["orders"]:
        assert order["paid_vnd"] == booked[order["code"]] >= 0
    for order in day.newly_forgotten(now["orders"]):
        assert order["state"] not in OPEN
        assert not order["paid_vnd"] or order["state"] == "delivered"
        assert not order["address"]


def _changes(rows: list[Row]) -> None:
    assert all(x["who"] and x["at"] and x["seller"] for x in rows)
    assert sorted(x["seq"] for x in rows) == list(range(1, len(rows) + 1))


def _bank(rows: list[Row], now: int) -> None:
    """There is an account as soon as one was named, and a new one waits a day."""
    accounts = [BankAccount(**x) for x in rows]
    used = account_in_use(accounts, now)
    assert bool(used) == bool(accounts)
    first = min(accounts, key=lambda a: a.at, default=None)
    assert used == first or (used and used.at + CHANGE_DELAY_SECONDS <= now)


@pytest.fixture(scope="module")
def empty_shop() -> Iterator[Path]:
    """A database with its tables, copied for every day."""

    async def make(path: Path) -> None:
        async with open_market(path) as market:
            for at, seller in HOMES.items():
                one = Household(at, seller, f"chị {at}", at=1)
                await market.ledger.put(lambda b, one=one: households.create(b, one, HELPER))  # type: ignore[misc]

    with TemporaryDirectory() as folder:
        path = Path(folder) / "shop.db"
        asyncio.run(make(path))
        yield path


async def _live(path: Path, steps: list[tuple[Any, ...]]) -> None:
    async with open_market(path) as market:
        day = Day(market)
        for step in [*MORNING, *steps]:
            await day.step(step)
            await check(day)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STEPS, min_size=8, max_size=30))
def test_goods_and_money_add_up_on_any_day(empty_shop: Path, steps: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shop.db"
        shutil.copy(empty_shop, path)
        asyncio.run(_live(path, steps))
