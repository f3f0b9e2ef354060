"""Packing through the real ledger: whose goods go, one proof however often it comes, rights."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.shop.household import Household
from bot.shop.order import Proof, Shipment
from bot.shop.problems import NoSuchHousehold, NotAllowed, NotYourOrder, Problem, WrongMove
from bot.shop.roles import Right
from bot.usecases import households, orders, packing
from tests.usecases.market import NOW, Market, seller_account

SELLER = seller_account("t:x", "x")
PROOF = Proof("p1", "", "media/aa", "photo", "t:x", NOW)


async def accepted(market: Market, person: str = "p") -> str:
    [order] = await market.place(market.checkout(person, {"a": 2}))
    await market.move(order.code, "confirm")
    return order.code


async def brings(market: Market, id_: str, grams: int, *, public: bool = False) -> None:
    home = Household(id_, "x", f"nhà {id_}", public=public, at=NOW)

    def command(books: packing.Books) -> None:
        households.create(books, home, SELLER)
        households.bring(books, id_, "a", grams, (8000, 1000), SELLER, NOW + 1, f"in-{id_}")

    await market.ledger.put(command)


async def pack(market: Market, code: str, *proofs: Proof, by: object = SELLER) -> str:
    hers = tuple(replace(proof, code=code) for proof in proofs)
    order = await market.ledger.put(
        lambda b: packing.pack(b, code, by, NOW, hers)  # type: ignore[arg-type]
    )
    return str(order.state)


async def letters(market: Market, person: str = "p") -> list[str]:
    return [r["once_key"] for r in await market.records.rows("letters") if r["to"] == person]


async def test_one_proof_five_times_is_one_change(market: Market) -> None:
    code = await accepted(market)
    before = await letters(market)
    states = await asyncio.gather(*(pack(market, code, PROOF) for _ in range(5)))
    assert set(states) == {"packed"}
    assert set(await letters(market)) - set(before) == {f"{code}:pack"}
    assert len(await market.records.rows("proofs")) == 1
    assert (await market.lot_sums())["a"] == (5_000, 3_000, 0, 2_000)


async def test_a_later_proof_has_its_own_letter_and_moves_nothing(market: Market) -> None:
    code = await accepted(market)
    await pack(market, code)
    later = Proof("p2", code, "media/bb", "photo", "t:x", NOW)
    for _ in range(2):
        await pack(market, code, later)
    assert f"{code}:proof:p2" in await letters(market)
    assert (await market.lot_sums())["a"] == (5_000, 3_000, 0, 2_000)


async def test_a_proof_accepts_and_packs_what_waits(market: Market) -> None:
    [order] = await market.place(market.checkout("p", {"a": 2}))
    with pytest.raises(WrongMove):
        await pack(market, order.code)
    assert await pack(market, order.code, PROOF) == "packed"
    assert await letters(market) == [f"{order.code}:pack"]


async def test_the_chosen_household_goes_first(market: Market) -> None:
    code = await accepted(market)
    await brings(market, "my", 1_500)
    homes = await market.records.read(lambda b: packing.homes(b, orders.find(b, code)))
    assert [h.name for h in homes] == ["", "nhà my"]
    await market.ledger.put(lambda b: packing.choose_household(b, code, "my", SELLER, NOW))
    planned = await market.records.read(lambda b: packing.parts(b, orders.find(b, code)))
    await pack(market, code, PROOF)
    sold = await market.records.read(lambda b: packing.parts(b, orders.find(b, code)))
    assert {(p.home.name, p.amount) for p in sold} == {("nhà my", 1_500), ("", 500)}
    assert set(planned) == set(sold)
    with pytest.raises(WrongMove):
        await market.ledger.put(lambda b: packing.choose_household(b, code, "my", SELLER, NOW))


async def test_the_oldest_goods_go_first_if_nobody_chose(market: Market) -> None:
    code = await accepted(market)
    await brings(market, "my", 1_500)
    await pack(market, code)
    sold = await market.records.read(lambda b: packing.parts(b, orders.find(b, code)))
    assert [(p.home.name, p.amount) for p in sold] == [("", 2_000)]


async def test_a_household_without_these_goods_is_refused(market: Market) -> None:
    code = await accepted(market)
    with pytest.raises(NoSuchHousehold):
        await market.ledger.put(lambda b: packing.choose_household(b, code, "my", SELLER, NOW))


async def ship(market: Market, code: str, plate: str = "", by: object = SELLER) -> None:
    how = Shipment(code, "t:x", NOW, plate=plate)
    await market.ledger.put(
        lambda b: packing.ship(b, code, how, by, NOW)  # type: ignore[arg-type]
    )


async def test_handed_over_once_and_put_right_once(market: Market) -> None:
    code = await accepted(market)
    with pytest.raises(WrongMove):
        await ship(market, code, "25B-123.45")
    await pack(market, code)
    for plate in ("25B-123.45", "25B-123.45", "", "29B-000.11", "29B-000.11"):
        await ship(market, code, plate)
    told = [key for key in await letters(market) if key.startswith(f"{code}:ship")]
    assert len(told) == 2
    [row] = await market.records.rows("shipments")
    assert row["plate"] == "29B-000.11"


@pytest.mark.parametrize(
    ("by", "problem"),
    [
        (seller_account("t:y", "y"), NotYourOrder),
        (seller_account("t:h", "x", Right.STOCK | Right.TALK), NotAllowed),
    ],
)
async def test_only_who_may_handle_orders(
    market: Market, by: object, problem: type[Problem]
) -> None:
    code = await accepted(market)
    with pytest.raises(problem):
        await pack(market, code, PROOF, by=by)
    with pytest.raises(problem):
        await market.ledger.put(
            lambda b: packing.choose_household(b, code, "own", by, NOW)  # type: ignore[arg-type]
        )
    await pack(market, code)
    with pytest.raises(problem):
        await ship(market, code, by=by)
    assert await market.records.rows("proofs") == []
