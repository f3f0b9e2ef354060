"""Orders through the real ledger: nothing doubled, nothing oversold, nothing lost."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import pytest

from bot.shop.people import Person
from bot.shop.problems import (
    CartChanged,
    LinkSpent,
    NeedsCall,
    NotYourOrder,
    Problem,
    SoldOut,
    TooManyOpenOrders,
    WrongMove,
)
from bot.shop.product import Offer
from bot.usecases import inviting, orders, people, settling, stock
from tests.usecases.market import NOW, PRODUCTS, Market, seller_account

SELLER = seller_account("t:x", "x")


async def test_the_same_checkout_is_one_order(market: Market) -> None:
    wish = market.checkout("p", {"a": 2})
    made = await asyncio.gather(*(market.place(wish) for _ in range(5)))
    assert len({order.code for one in made for order in one}) == 1
    assert (await market.lot_sums())["a"] == (5_000, 3_000, 2_000, 0)


async def test_a_refused_command_leaves_no_trace_in_its_batch(market: Market) -> None:
    """One of the two parcels cannot be filled: the other one is not ordered either."""
    both = market.checkout("p", {"c": 1, "a": 9})
    good = market.checkout("q", {"c": 1})
    results = await asyncio.gather(market.place(both), market.place(good), return_exceptions=True)
    assert isinstance(results[0], SoldOut)
    assert not isinstance(results[1], BaseException)
    assert [o.person for o in await market.records.all_orders()] == ["q"]
    assert (await market.lot_sums())["c"] == (50_000, 49_000, 1_000, 0)
    assert len(await market.records.rows("stock_moves")) == 3 + 1
    assert len(await market.records.rows("letters")) == 1


async def test_a_bug_in_one_command_does_not_hurt_its_neighbours(market: Market) -> None:
    def bug(books: object) -> None:
        raise KeyError("bug")

    good = market.checkout("q", {"a": 1})
    results = await asyncio.gather(
        market.ledger.put(bug), market.place(good), return_exceptions=True
    )
    assert isinstance(results[0], KeyError)
    assert not isinstance(results[1], BaseException)


async def test_never_oversold_whatever_happens(market: Market) -> None:
    """A thousand random moves; the lots always add up, and nothing is below zero."""
    dice = random.Random(7)
    codes: list[tuple[str, str]] = []
    for step in range(120):
        wishes = [
            market.checkout(f"p{step}-{i}", {dice.choice("abc"): dice.randint(1, 3)})
            for i in range(dice.randint(1, 6))
        ]
        made = await asyncio.gather(*(market.place(w) for w in wishes), return_exceptions=True)
        codes += [(o.code, o.seller) for one in made if isinstance(one, tuple) for o in one]
        moves = [dice.choice(codes) for _ in range(4)] if codes else []
        verbs = [dice.choice(["confirm", "pack", "refuse", "ship", "return"]) for _ in moves]
        await asyncio.gather(
            *(market.move(c, v, s) for (c, s), v in zip(moves, verbs, strict=True)),
            return_exceptions=True,
        )
        for came, free, held, sold in (await market.lot_sums()).values():
            assert min(free, held, sold) >= 0
            assert free + held + sold <= came


async def test_stock_comes_back_exactly_once(market: Market) -> None:
    (order,) = await market.place(market.checkout("p", {"a": 3}))
    buyer = Person("p")
    await market.move(order.code, "refuse")
    await market.move(order.code, "refuse")
    with pytest.raises(WrongMove):
        await market.ledger.put(lambda b: orders.cancel(b, order.code, buyer, NOW))
    assert await market.ledger.put(lambda b: orders.lapse(b, NOW + 10**6, NOW + 10**6)) == ()
    assert (await market.lot_sums())["a"] == (5_000, 5_000, 0, 0)


async def test_packing_sells_the_oldest_lot(market: Market) -> None:
    await market.ledger.put(lambda b: stock.set_stock(b, "a", 9_000, SELLER, NOW + 1, "c1"))
    first, second = [
        (await market.place(market.checkout(who, {"a": n})))[0] for who, n in (("p", 5), ("q", 2))
    ]
    await market.move(first.code, "refuse")
    await market.move(second.code, "confirm")
    await market.move(second.code, "pack")
    takes = await market.records.rows("takes")
    assert [(t["lot"], t["amount"], t["sold"]) for t in takes] == [("a:1", 2_000, True)]


async def test_a_price_that_moved_is_read_again(market: Market) -> None:
    wish = market.checkout("p", {"a": 1})
    cheaper = replace(wish.parcels[0].lines[0], vnd=1_000)
    forged = replace(wish, parcels=(replace(wish.parcels[0], lines=(cheaper,)),))
    with pytest.raises(CartChanged):
        await market.place(forged)


async def test_caps_count_what_is_in_the_same_batch(market: Market) -> None:
    market.rules = replace(market.rules, open_per_phone=3)
    wishes = [market.checkout("p", {"b": 1}) for _ in range(6)]
    made = await asyncio.gather(*(market.place(w) for w in wishes), return_exceptions=True)
    assert sum(isinstance(m, tuple) for m in made) == 3
    assert sum(isinstance(m, TooManyOpenOrders) for m in made) == 3


async def test_another_sellers_order_cannot_be_moved(market: Market) -> None:
    (order,) = await market.place(market.checkout("p", {"a": 1}))
    for seller in ("y", ""):
        with pytest.raises(NotYourOrder):
            await market.move(order.code, "confirm", seller)


async def test_an_incomplete_address_is_called_before_packing(market: Market) -> None:
    (order,) = await market.place(market.checkout("p", {"a": 1}, needs_call=True))
    await market.move(order.code, "confirm")
    with pytest.raises(NeedsCall):
        await market.move(order.code, "pack")
    await market.ledger.put(
        lambda b: settling.complete(b, order.code, settling.Told(address="bản A"), SELLER, NOW)
    )
    assert (await market.move(order.code, "pack")).state == "packed"


async def test_every_refusal_is_a_problem_and_nothing_else(market: Market) -> None:
    for verb in ("pack", "ship", "deliver", "return"):
        (order,) = await market.place(market.checkout(f"p-{verb}", {"b": 1}))
        with pytest.raises(Problem):
            await market.move(order.code, verb)


async def test_a_code_is_never_given_twice(market: Market) -> None:
    codes = iter(["ZJ4K2P9QJ", "ZJ4K2P9QJ", "ZJ6VR9GFW"])
    made = []
    for person in ("p", "q"):
        wish = market.checkout(person, {"b": 1})
        made += await market.ledger.put(
            lambda b, w=wish: orders.place(b, w, market.rules, lambda: next(codes), NOW)
        )
    assert [o.code for o in made] == ["ZJ4K2P9QJ", "ZJ6VR9GFW"]
    assert len(await market.records.all_orders()) == 2


async def test_a_row_the_database_refuses_costs_nobody_else(market: Market) -> None:
    """A lone surrogate cannot be stored; its neighbours in the batch are."""
    wishes = [market.checkout(f"p{i}", {"b": 1}) for i in range(4)]
    wishes[1] = replace(wishes[1], receiver=replace(wishes[1].receiver, address="\ud800"))
    made = await asyncio.gather(*(market.place(w) for w in wishes), return_exceptions=True)
    assert [isinstance(m, tuple) for m in made] == [True, False, True, True]
    assert (await market.lot_sums())["b"] == (50_000, 47_000, 3_000, 0)


async def test_orders_of_one_second_keep_their_order(market: Market) -> None:
    for n in range(6):
        await market.place(market.checkout(f"p{n}", {"b": 1}))
    assert [o.person for o in await market.records.all_orders()] == [
        f"p{n}" for n in range(5, -1, -1)
    ]
    hers = await market.records.orders_of_seller("x", ["placed"])
    assert [o.person for o in hers] == [f"p{n}" for n in range(6)]


async def test_a_return_link_binds_no_seller(market: Market) -> None:
    await market.ledger.put(lambda b: people.make_return_link(b, "t:p", "hash", NOW + 10))
    with pytest.raises(LinkSpent):
        await market.ledger.put(lambda b: inviting.bind(b, "hash", "t:p", NOW))


async def test_a_new_pack_gets_its_price_and_nothing_else_changes(market: Market) -> None:
    offers = (*PRODUCTS["a"].offers, Offer("2kg", "2 kg", 2000, 75_000))
    wider = replace(PRODUCTS["a"], offers=offers)
    await market.ledger.put(lambda b: stock.open_products(b, [wider], NOW))
    assert market.shelf.prices("a").vnd == {"": 40_000, "1kg": 40_000, "2kg": 75_000}
    assert (await market.lot_sums())["a"] == (5_000, 5_000, 0, 0)
