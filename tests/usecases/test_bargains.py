"""Deals through the real ledger: one answer, one use, one customer, nothing doubled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.shop.cart import CartLine, Terms, parcels
from bot.shop.deal import WISH_SECONDS, Deal
from bot.shop.order import Order
from bot.shop.people import Person, Thread
from bot.shop.problems import (
    CartChanged,
    DealLate,
    DealOver,
    DealSpent,
    NotOnShelf,
    NotYourDeal,
    Problem,
    SoldOut,
)
from bot.shop.product import Prices
from bot.usecases import bargains, erasing, orders, rights, stock
from tests.usecases.market import NOW, PRODUCTS, SHIPPING, Market, seller_account

SELLER, OTHER = seller_account("t:x", "x"), seller_account("t:y", "y")
UNTIL = NOW + 3600


class Bargain:
    """The steps of a deal about product `a` (seller x, 5 kg in stock), each with its defaults."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.made = 0

    async def _put(self, command: Callable[[Any], Any]) -> Any:
        return await self.market.ledger.put(command)

    async def wish(self, person: str = "p", now: int = NOW, **changes: Any) -> Deal:
        self.made += 1
        blank = Deal(f"d{self.made}", person, "", "a", 2_000, "", "bớt chút đi", 0, "")
        deal = replace(blank, **changes)
        talk = Thread(f"talk-{person}", person, "x", deal.product, "Mỷ", True, now)
        made: Deal = await self._put(lambda b: bargains.wish(b, deal, talk, now))
        return made

    async def offer(
        self, deal: Deal, vnd: int = 60_000, by: Person = SELLER, amount: int = 2_000
    ) -> Deal:
        made: Deal = await self._put(
            lambda b: bargains.offer(b, deal.id, amount, vnd, UNTIL, by, NOW)
        )
        return made

    async def take(self, deal: Deal, person: str = "p", now: int = NOW) -> Deal:
        made: Deal = await self._put(lambda b: bargains.take(b, deal.id, person, now))
        return made

    async def taken(self, person: str = "p") -> Deal:
        return await self.take(await self.offer(await self.wish(person)), person)

    def checkout(self, deal: Deal, person: str = "p", **terms: int) -> orders.Checkout:
        known = {"amount": deal.amount, "vnd": deal.vnd, "until": deal.until} | terms
        line = CartLine(deal.product, deal.offer, 1, Terms(**known))
        prices = Prices({"1kg": 40_000, "": 40_000})
        plan = parcels([line], PRODUCTS, lambda p: prices, lambda s: SHIPPING, 1)
        return replace(self.market.checkout(person, {"a": 1}), parcels=plan)

    async def place(self, deal: Deal, person: str = "p", now: int = NOW, **terms: int) -> Order:
        (order,) = await self.market.place(self.checkout(deal, person, **terms), now)
        return order

    async def letters(self) -> list[tuple[str, str]]:
        """Who was told what, in the order it was written."""
        rows = await self.market.records.rows("letters")
        return [(r["to"], r["say"].split('"id":"')[1].split('"')[0]) for r in rows]

    async def state(self, deal: Deal) -> str:
        known = await self.market.records.deal(deal.id)
        assert known is not None
        return known.state


@pytest.fixture
async def bargain(market: Market) -> Bargain:
    await market.ledger.put(lambda b: rights.sit(b, "t:x", "x", NOW))
    return Bargain(market)


async def test_the_whole_road_tells_each_side_once(bargain: Bargain) -> None:
    deal = await bargain.taken()
    order = await bargain.place(deal)
    assert (order.lines[0].offer, order.lines[0].amount) == ("deal-d1", 2_000)
    assert order.goods_vnd == 60_000
    assert await bargain.state(deal) == "used"
    assert (await bargain.market.lot_sums())["a"] == (5_000, 3_000, 2_000, 0)
    assert await bargain.letters() == [
        ("t:x", "seller-deal-wish"),
        ("p", "deal-offered"),
        ("t:x", "seller-deal-taken"),
        ("t:x", "order-new"),
    ]


async def test_every_step_twice_is_once(bargain: Bargain) -> None:
    first = await bargain.wish()
    assert await bargain.wish() == first
    offers = await asyncio.gather(*(bargain.offer(first) for _ in range(3)))
    assert len(set(offers)) == 1
    takes = await asyncio.gather(*(bargain.take(first) for _ in range(3)))
    assert len(set(takes)) == 1
    assert len(await bargain.letters()) == 3
    wish = bargain.checkout(takes[0])
    made = await asyncio.gather(*(bargain.market.place(wish) for _ in range(3)))
    assert len({o.code for orders_ in made for o in orders_}) == 1


async def test_a_second_order_with_the_same_price_is_refused(bargain: Bargain) -> None:
    deal = await bargain.taken()
    results = await asyncio.gather(
        bargain.place(deal), bargain.place(deal), return_exceptions=True
    )
    assert [type(r) for r in results] == [Order, DealSpent]
    with pytest.raises(DealSpent):
        await bargain.take(deal)
    assert len(await bargain.market.records.all_orders()) == 1
    assert (await bargain.market.lot_sums())["a"] == (5_000, 3_000, 2_000, 0)


async def test_nobody_else_may_use_it(bargain: Bargain) -> None:
    deal = await bargain.taken()
    for attempt in (
        bargain.place(deal, "q"),
        bargain.take(deal, "q"),
        bargain.place(replace(deal, id="nothing")),
    ):
        with pytest.raises(NotYourDeal):
            await attempt
    assert await bargain.state(deal) == "taken"


@pytest.mark.parametrize("terms", [{"vnd": 1_000}, {"amount": 4_000}])
async def test_forged_terms_are_read_again(bargain: Bargain, terms: dict[str, int]) -> None:
    deal = await bargain.taken()
    with pytest.raises(CartChanged):
        await bargain.place(deal, **terms)
    assert await bargain.state(deal) == "taken"


async def test_only_until_the_deadline(bargain: Bargain) -> None:
    deal = await bargain.offer(await bargain.wish())
    with pytest.raises(DealLate):
        await bargain.take(deal, now=UNTIL + 1)
    taken = await bargain.take(deal, now=UNTIL)
    with pytest.raises(DealLate):
        await bargain.place(taken, now=UNTIL + 1, until=UNTIL + 9_999)
    await bargain.market.ledger.put(lambda b: bargains.lapse(b, UNTIL + 1))
    for attempt in (bargain.take(deal, now=UNTIL + 2), bargain.place(taken, now=UNTIL + 2)):
        with pytest.raises(DealLate):
            await attempt
    assert await bargain.market.records.all_orders() == []


async def test_only_while_the_stock_is_there(bargain: Bargain) -> None:
    market = bargain.market
    deal = await bargain.offer(await bargain.wish())
    taken = await bargain.take(deal)
    await market.ledger.put(lambda b: stock.set_stock(b, "a", 1_000, SELLER, NOW, "c1"))
    with pytest.raises(SoldOut):
        await bargain.place(taken)
    market.rules = replace(market.rules, large_first_vnd=1)  # nothing would be held yet
    with pytest.raises(SoldOut):
        await bargain.place(taken)
    assert await bargain.state(deal) == "taken"
    second = await bargain.offer(await bargain.wish("q"))
    with pytest.raises(SoldOut):
        await bargain.take(second, "q")
    assert await bargain.state(second) == "offered"


async def test_a_refused_order_leaves_the_price_as_it_was(bargain: Bargain) -> None:
    """The second parcel cannot be filled, so the deal in the first is not spent."""
    deal = await bargain.taken()
    wish = bargain.checkout(deal)
    too_much = bargain.market.checkout("p", {"c": 60})
    both = replace(wish, parcels=(*wish.parcels, *too_much.parcels))
    with pytest.raises(SoldOut):
        await bargain.market.place(both)
    assert await bargain.state(deal) == "taken"
    assert (await bargain.place(deal)).goods_vnd == 60_000


async def test_only_her_own_wishes_can_be_answered(bargain: Bargain) -> None:
    deal = await bargain.wish()
    for by in (OTHER, Person("p")):
        with pytest.raises(NotYourDeal):
            await bargain.offer(deal, by=by)
        with pytest.raises(NotYourDeal):
            await bargain.market.ledger.put(lambda b, by=by: bargains.refuse(b, deal.id, by, NOW))
    assert await bargain.state(deal) == "wished"


async def test_one_answer_only(bargain: Bargain) -> None:
    deal = await bargain.offer(await bargain.wish())
    with pytest.raises(DealOver):
        await bargain.offer(deal, vnd=50_000)
    with pytest.raises(DealOver):
        await bargain.market.ledger.put(lambda b: bargains.refuse(b, deal.id, SELLER, NOW))
    other = await bargain.wish("q")
    refused = await bargain.market.ledger.put(lambda b: bargains.refuse(b, other.id, SELLER, NOW))
    again = await bargain.market.ledger.put(lambda b: bargains.refuse(b, other.id, SELLER, NOW))
    assert refused == again
    with pytest.raises(DealOver):
        await bargain.offer(other)
    assert (await bargain.letters()).count(("q", "deal-refused")) == 1


async def test_a_price_is_for_the_amount_that_was_asked(bargain: Bargain) -> None:
    deal = await bargain.wish()
    with pytest.raises(DealOver):
        await bargain.offer(deal, amount=9_000)
    words = await bargain.wish("q", amount=0, said="cả xe")
    assert (await bargain.offer(words, amount=3_000)).amount == 3_000


async def test_another_wish_for_the_same_product_takes_the_place_of_the_first(
    bargain: Bargain,
) -> None:
    first = await bargain.wish()
    second = await bargain.wish(amount=4_000)
    assert (await bargain.state(first), await bargain.state(second)) == ("lapsed", "wished")
    with pytest.raises(DealOver):
        await bargain.offer(first)
    assert ("p", "deal-unanswered") not in await bargain.letters()


async def test_no_after_yes(bargain: Bargain) -> None:
    deal = await bargain.taken()
    for _ in range(2):
        after = await bargain.market.ledger.put(lambda b: bargains.decline(b, deal.id, "p", NOW))
        assert after.state == "declined"
    with pytest.raises(DealOver):
        await bargain.place(deal)
    assert (await bargain.letters()).count(("t:x", "seller-deal-declined")) == 1


async def test_what_nobody_answers_lapses_and_is_said_once(bargain: Bargain) -> None:
    ledger = bargain.market.ledger
    wished = await bargain.wish()
    offered = await bargain.offer(await bargain.wish("q"))
    assert await ledger.put(lambda b: bargains.lapse(b, UNTIL)) == 0
    assert await ledger.put(lambda b: bargains.lapse(b, UNTIL + 1)) == 1
    assert await bargain.state(offered) == "lapsed"
    for _ in range(2):
        await ledger.put(lambda b: bargains.lapse(b, NOW + WISH_SECONDS))
    assert await bargain.state(wished) == "lapsed"
    told = await bargain.letters()
    assert told.count(("p", "deal-unanswered")) == 1
    assert told.count(("t:x", "seller-deal-passed")) == 1
    with pytest.raises(Problem):
        await bargain.offer(wished)


async def test_a_product_that_is_gone(bargain: Bargain, monkeypatch: pytest.MonkeyPatch) -> None:
    wished, taken = await bargain.wish("q"), await bargain.taken()
    offered = await bargain.offer(await bargain.wish("r"))
    checkout = bargain.checkout(taken)
    monkeypatch.delitem(PRODUCTS, "a")
    for attempt in (
        bargain.offer(wished),
        bargain.take(offered, "r"),
        bargain.wish("s"),
        bargain.market.place(checkout),
    ):
        with pytest.raises(NotOnShelf):
            await attempt
    await bargain.market.ledger.put(lambda b: bargains.refuse(b, wished.id, SELLER, NOW))
    assert ("q", "deal-refused") in await bargain.letters()


async def test_an_erased_person_leaves_only_money(bargain: Bargain) -> None:
    market, words = bargain.market, "lời của riêng tôi"
    used = await bargain.take(await bargain.offer(await bargain.wish(words=words)))
    order = await bargain.place(used)
    open_ = await bargain.wish(amount=3_000, words=words)
    for verb in ("confirm", "pack", "ship", "deliver"):
        await market.move(order.code, verb)
    assert await market.ledger.put(lambda b: erasing.erase(b, "p", "R", NOW)) == ()
    (kept,) = await market.records.rows("deals")
    assert (kept["id"], kept["vnd"], kept["customer"]) == (used.id, 60_000, "hash-of-1")
    assert words not in str(await market.records.rows("letters"))
    assert words not in str(kept)
    with pytest.raises(NotYourDeal):
        await bargain.offer(open_)
