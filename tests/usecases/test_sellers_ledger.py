"""What a seller's commands must never do: lose the order of changes, mix two sellers, owe nothing
that is owed, tell who was shown the door, or forget whom the shop owes money.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.shop.household import Household
from bot.shop.people import Person
from bot.shop.problems import (
    NotAllowed,
    NothingToUndo,
    NotSeller,
    NotThatMuch,
    UndoTooLate,
)
from bot.shop.product import Prices
from bot.shop.roles import EVERY, OWNER, SELLER, Grant, Right
from bot.shop.stock import Lot
from bot.usecases import households, journal, orders, payments, rights, stock
from bot.usecases.ports import Books
from tests.usecases.market import NOW, Market, seller_account

BAN = seller_account("ban", "x")
BOTH = Person(
    "hai", "x",
    grants=tuple(Grant("hai", s, "helper", int(SELLER), "shop", NOW) for s in ("x", "y")),
)  # fmt: skip
Run = Callable[[Books], Any]


async def put(market: Market, *commands: Run) -> list[Any]:
    """All in one batch, as a busy evening does."""
    return list(await asyncio.gather(*(market.ledger.put(c) for c in commands)))


async def free(market: Market, product: str) -> int:
    return (await market.lot_sums())[product][1]


async def seat(market: Market, *grants: Grant) -> None:
    await put(market, *(lambda b, g=g: rights.seat(b, g, NOW) for g in grants))


def grant(person: str, seller: str = "x", held: Right = SELLER) -> Grant:
    role: Any = "owner" if seller == EVERY else "seller"
    return Grant(person, seller, role, int(OWNER if seller == EVERY else held), "shop", NOW)


async def home(market: Market, id_: str = "hm", seller: str = "x") -> None:
    by = seller_account("ban", seller)
    made = Household(id_, seller, f"chị {id_}", at=NOW)
    await market.ledger.put(lambda b: households.create(b, made, by))


# taking back


async def test_the_last_of_one_second_is_taken_back_first(market: Market) -> None:
    ids = ("f", "0", "a")  # what the ids sort like says nothing
    await put(
        market,
        *(
            lambda b, i=i, n=n: stock.set_stock(b, "b", n, BAN, NOW, i)
            for i, n in zip(ids, (1000, 2000, 3000), strict=True)
        ),
    )
    seen = []
    for n in range(3):
        await market.ledger.put(lambda b, n=n: journal.undo_last(b, BAN, NOW, f"u{n}"))
        seen.append(await free(market, "b"))
    assert seen == [2000, 1000, 50_000]
    with pytest.raises(NothingToUndo):
        await market.ledger.put(lambda b: journal.undo_last(b, BAN, NOW, "u9"))


async def test_an_undo_that_comes_twice_takes_back_one(market: Market) -> None:
    for n in (1000, 2000):
        await market.ledger.put(lambda b, n=n: stock.set_stock(b, "b", n, BAN, NOW, f"c{n}"))
    await put(market, *[lambda b: journal.undo_last(b, BAN, NOW, "u")] * 2)
    assert await free(market, "b") == 1000


async def test_a_part_that_changed_nothing_does_not_hinder_the_rest(market: Market) -> None:
    def told(books: Books) -> None:
        stock.set_stock(books, "b", 1000, BAN, NOW, "m.1")
        stock.spoil(books, "a", 5000, BAN, NOW, "m.2")

    await market.ledger.put(told)

    def nothing_and_more(books: Books) -> None:
        stock.set_stock(books, "a", 0, BAN, NOW, "n.1")
        stock.set_stock(books, "b", 4000, BAN, NOW, "n.2")

    await market.ledger.put(nothing_and_more)
    back = await market.ledger.put(lambda b: journal.undo_message(b, BAN, NOW, "n"))
    assert [c.id for c in back] == ["n.2"]
    assert await free(market, "b") == 1000


async def test_who_acts_for_two_takes_back_what_she_did_last(market: Market) -> None:
    await market.ledger.put(lambda b: stock.set_stock(b, "b", 1000, BOTH, NOW, "one"))
    await market.ledger.put(lambda b: stock.set_stock(b, "c", 1000, BOTH, NOW, "two"))
    back = await market.ledger.put(lambda b: journal.undo_last(b, BOTH, NOW, "u"))
    assert [c.id for c in back] == ["two"]
    only_x = Person("hai", "x", grants=BOTH.grants[:1])
    await market.ledger.put(lambda b: stock.set_stock(b, "c", 1000, BOTH, NOW, "three"))
    back = await market.ledger.put(lambda b: journal.undo_last(b, only_x, NOW, "v"))
    assert [c.id for c in back] == ["one"]
    with pytest.raises(NotSeller):
        await market.ledger.put(lambda b: journal.undo(b, only_x, NOW, "two"))


async def test_what_was_undone_in_a_batch_is_not_written(market: Market) -> None:
    """A refused command between two that stand leaves the lots as they say."""

    def refused(books: Books) -> None:
        stock.set_stock(books, "b", 7, BAN, NOW, "r")
        raise NotThatMuch()

    done = await asyncio.gather(
        market.ledger.put(lambda b: stock.shift_stock(b, "b", -10_000, BAN, NOW, "p")),
        market.ledger.put(refused),
        market.ledger.put(lambda b: stock.shift_stock(b, "b", 1_000, BAN, NOW, "q")),
        return_exceptions=True,
    )
    assert isinstance(done[1], NotThatMuch)
    assert await free(market, "b") == 41_000
    kept = [(c["id"], c["seq"]) for c in await market.records.rows("changes")]
    assert sorted(kept) == [("p", 1), ("q", 2)]
    moves = [m["amount"] for m in await market.records.rows("stock_moves")]
    assert moves.count(-10_000) == 1
    assert 7 - 40_000 not in moves


async def test_what_a_lot_costs_can_be_taken_back(market: Market) -> None:
    await home(market)
    await put(
        market,
        lambda b: households.bring(b, "hm", "b", 3000, (8_000, 1000), BAN, NOW, "in1"),
        lambda b: households.bring(b, "hm", "b", 2000, (0, 0), BAN, NOW, "in2"),
    )

    def reprice(books: Books) -> int:
        return households.price_lots(books, "hm", "b", (9_000, 1000), BAN, NOW, "p", "nhầm")

    assert await put(market, reprice, reprice) == [2, 2]
    await market.ledger.put(lambda b: journal.undo_last(b, BAN, NOW, "u"))
    costs = {x["id"]: x["cost_vnd"] for x in await market.records.rows("lots")}
    assert (costs["b:2"], costs["b:3"]) == (8_000, 0)
    await market.ledger.put(
        lambda b: households.price_lots(b, "hm", "b", (7_000, 1000), BAN, NOW, "p2", "nhầm")
    )
    await market.ledger.put(
        lambda b: households.price_lots(b, "hm", "b", (6_000, 1000), BAN, NOW, "p3", "nhầm")
    )
    with pytest.raises(UndoTooLate):
        await market.ledger.put(lambda b: journal.undo(b, BAN, NOW, "p2"))


# two sellers, goods that are gone


async def test_nothing_less_than_something_spoils(market: Market) -> None:
    for n in (0, -500):
        with pytest.raises(NotThatMuch):
            await market.ledger.put(lambda b, n=n: stock.spoil(b, "b", n, BAN, NOW, f"s{n}"))


async def test_a_household_brings_only_to_its_own_seller(market: Market) -> None:
    await home(market)
    with pytest.raises(NotSeller):
        await market.ledger.put(
            lambda b: households.bring(b, "hm", "c", 1000, (0, 0), BOTH, NOW, "in")
        )
    with pytest.raises(NotSeller):
        await home(market, "hm", "y")


async def test_another_seller_s_goods_are_not_in_a_household_s_account(market: Market) -> None:
    await home(market, "ho")
    brought = await market.records.read(lambda b: households.account(b, "ho"))
    assert set(brought.goods) == {"a", "b"}


async def test_lots_of_goods_that_are_gone_stay_their_seller_s(market: Market) -> None:
    await home(market)
    lot = Lot("gone:1", "gone", "hm", NOW, 1000)
    await market.ledger.put(lambda b: b.set_lots("gone", (lot,)))
    stranger = seller_account("khac", "y")
    with pytest.raises(NotSeller):
        await market.ledger.put(
            lambda b: households.correct_lot(b, "gone:1", 900, "cân lại", stranger, NOW, "w")
        )
    await market.ledger.put(
        lambda b: households.correct_lot(b, "gone:1", 900, "cân lại", BAN, NOW, "w")
    )
    assert (await market.lot_sums())["gone"][0] == 900


# money


async def test_a_correction_is_corrected_as_its_entry(market: Market) -> None:
    await home(market)
    await put(
        market,
        lambda b: households.pay(b, "hm", "pay", 500_000, BAN, NOW, "p"),
        lambda b: households.correct_paid(b, "p", 300_000, "nhầm", BAN, NOW, "q"),
        lambda b: households.correct_paid(b, "q", 400_000, "lại nhầm", BAN, NOW, "r"),
    )
    sums = await market.records.read(lambda b: households.account(b, "hm"))
    assert (sums.paid, sums.left) == (400_000, -400_000)


async def paid_order(market: Market, vnd: int = 110_000) -> str:
    await seat(market, grant("ban"))
    [order] = await market.place(market.checkout("kh", {"b": 2}, pay="bank"))
    await market.ledger.put(lambda b: payments.received(b, order.code, vnd, BAN, NOW, "pay"))
    return order.code


async def test_a_sum_that_is_already_right_is_no_correction(market: Market) -> None:
    code = await paid_order(market)
    stranger = seller_account("khac", "y")
    with pytest.raises(NotSeller):
        await market.ledger.put(
            lambda b: payments.corrected(b, code, 110_000, "lẫn", stranger, NOW, "c")
        )
    await market.ledger.put(lambda b: payments.corrected(b, code, 110_000, "lẫn", BAN, NOW, "c"))
    assert len(await market.records.rows("payments")) == 1


async def test_a_price_step_undone_after_a_sale_changes_no_order(market: Market) -> None:
    await market.ledger.put(
        lambda b: stock.set_prices(b, "b", {"from:2000": 35_000}, BAN, NOW, "step")
    )
    checkout = market.checkout("kh", {"b": 2})
    [parcel] = checkout.parcels
    assert parcel.goods_vnd == 80_000
    with pytest.raises(orders.CartChanged):
        await market.place(checkout)
    await market.ledger.put(lambda b: journal.undo_last(b, BAN, NOW, "u"))
    [order] = await market.place(checkout)
    assert order.goods_vnd == 80_000
    prices: Prices = await market.records.read(lambda b: b.prices("b"))
    assert prices.vnd["from:2000"] == 0


async def test_a_right_taken_meanwhile_takes_the_undo_too(market: Market) -> None:
    await market.ledger.put(lambda b: stock.set_stock(b, "b", 1000, BAN, NOW, "c"))
    helper = seller_account("ban", "x", SELLER & ~Right.STOCK)
    with pytest.raises(NotAllowed):
        await market.ledger.put(lambda b: journal.undo(b, helper, NOW, "c"))
    with pytest.raises(NothingToUndo):
        await market.ledger.put(lambda b: journal.undo_last(b, helper, NOW, "u"))
