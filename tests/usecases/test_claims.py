"""Claims in a live: held at once, in turn, never more than there is."""

from __future__ import annotations

import asyncio

import pytest

from bot.shop.live_problems import (
    BuyOnPlatform,
    CapTooHigh,
    ClaimOver,
    LiveOver,
    NoSuchClaim,
    NoSuchCode,
    TooMuchForOne,
)
from bot.shop.people import Person
from bot.usecases import lives, orders
from tests.usecases.live import HOST, LIVE, Evening, holding
from tests.usecases.market import Market

AN, BE, CHI = "web:an", "web:be", "web:chi"


@pytest.fixture
async def evening(market: Market) -> Evening:
    evening = Evening(market)
    await evening.open()
    return evening


async def test_a_claim_gets_number_time_price_and_goods(evening: Evening) -> None:
    out = await evening.claim(AN, "A1", 2)
    claim = out.claim
    assert (claim.number, claim.at, claim.state) == (1, evening.now, "held")
    assert (claim.amount, claim.vnd, claim.until) == (2000, 80_000, evening.now + 30 * 60)
    assert (await evening.market.lot_sums())["a"] == (5000, 3000, 2000, 0)


async def test_the_same_event_again_is_the_same_claim(evening: Evening) -> None:
    first = await evening.claim(AN, "A1", 2)
    again = await evening.claim(AN, "A1", 2, again=first.claim.id)
    assert again.claim == first.claim
    assert not again.known
    assert len(await evening.all()) == 1


async def test_claiming_a_code_twice_is_asked(evening: Evening) -> None:
    first = await evening.claim(AN, "A1", 1)
    asked = await evening.claim(AN, "A1", 1)
    assert asked.known
    assert asked.claim.id == first.claim.id
    more = await evening.claim(AN, "A1", 1, sure=True)
    assert more.claim.number == 2
    assert await evening.held("a") == 2000


async def test_a_part_is_held_and_the_rest_asked_about(evening: Evening) -> None:
    await evening.claim(AN, "A1", 4)
    part = (await evening.claim(BE, "A1", 3)).claim
    assert (part.state, part.amount, part.wanted) == ("asked", 1000, 3000)
    confirmed, rest = await evening.part(part, wait=True)
    assert confirmed.state == "confirmed"
    assert rest is not None
    assert (rest.state, rest.amount, rest.number) == ("queued", 2000, part.number)


async def test_a_rest_too_little_to_be_sold_waits_with_a_little_more(evening: Evening) -> None:
    """A1 is sold from one kilo up, by halves."""
    await evening.stock("a", 3_500)
    part = (await evening.claim(BE, "A1", 4)).claim
    assert (part.state, part.amount) == ("asked", 3500)
    confirmed, rest = await evening.part(part, wait=True)
    assert rest is not None
    assert (confirmed.amount, rest.amount, rest.state) == (3000, 1000, "queued")
    await evening.stock("a", 1_000)
    assert [(c.state, c.amount) for c in await evening.all()] == [
        ("confirmed", 3000), ("offered", 1000),
    ]  # fmt: skip


async def test_only_the_part_leaves_the_queue_alone(evening: Evening) -> None:
    await evening.claim(AN, "A1", 4)
    part = (await evening.claim(BE, "A1", 3)).claim
    confirmed, rest = await evening.part(part, wait=False)
    assert rest is None
    assert confirmed.amount == 1000
    assert len(await evening.all()) == 2


async def test_who_is_first_in_the_queue_gets_what_becomes_free(evening: Evening) -> None:
    first = (await evening.claim(AN, "A1", 5)).claim
    second = await evening.claim(BE, "A1", 2)
    third = await evening.claim(CHI, "A1", 1)
    assert (second.place, third.place) == (1, 2)
    await evening.cancel(first)
    turn = await evening.one(second.claim)
    assert (turn.state, turn.until) == ("offered", evening.now + 15 * 60)
    assert (await evening.one(third.claim)).state == "offered"
    assert "claim-your-turn" in await evening.letters(BE)


async def test_a_turn_passed_on_goes_to_the_next(evening: Evening) -> None:
    first = (await evening.claim(AN, "A1", 5)).claim
    second = (await evening.claim(BE, "A1", 5)).claim
    third = (await evening.claim(CHI, "A1", 5)).claim
    await evening.cancel(first)
    await evening.pass_turn(second)
    assert (await evening.one(third)).state == "offered"
    assert (await evening.pass_turn(second)).state == "passed"
    assert await evening.held("a") == 5000


async def test_a_later_claim_does_not_overtake_the_queue(evening: Evening) -> None:
    await evening.claim(AN, "A1", 4)
    waiting = (await evening.claim(BE, "A1", 3)).claim
    await evening.part(waiting, wait=True)
    late = await evening.claim(CHI, "A1", 1)
    assert late.claim.state == "queued"
    assert late.place == 2


async def test_a_hold_is_warned_of_and_ends(evening: Evening) -> None:
    first = (await evening.claim(AN, "A1", 5)).claim
    second = (await evening.claim(BE, "A1", 1)).claim
    await evening.tick(20 * 60)
    assert await evening.letters(AN) == ["claim-ends-soon"]
    assert await evening.tick(10 * 60 + 1) == (first.id,)
    assert await evening.letters(AN) == ["claim-expired"]
    assert (await evening.one(second)).state == "offered"
    with pytest.raises(ClaimOver):
        await evening.confirm(first)


async def test_what_is_too_late_by_the_clock_is_too_late_before_the_job_ran(
    evening: Evening,
) -> None:
    claim = (await evening.claim(AN, "A1", 1)).claim
    evening.now = claim.until + 1
    with pytest.raises(ClaimOver):
        await evening.confirm(claim)


async def test_a_confirmed_hold_runs_until_the_order(evening: Evening) -> None:
    claim = await evening.confirm((await evening.claim(AN, "A1", 2)).claim)
    await evening.tick(3 * 3600)
    order = await evening.order(AN, claim)
    assert (await evening.one(claim)).order == order.code
    assert (await evening.market.lot_sums())["a"] == (5000, 3000, 2000, 0)


async def test_two_claims_are_two_lines_of_one_order(evening: Evening) -> None:
    one = await evening.confirm((await evening.claim(AN, "A1", 2)).claim)
    two = await evening.confirm((await evening.claim(AN, "A2", 3)).claim)
    order = await evening.order(AN, one, two)
    assert [line.amount for line in order.lines] == [2000, 3000]
    assert order.goods_vnd == 200_000
    sums = await evening.market.lot_sums()
    assert (sums["a"][2], sums["b"][2]) == (2000, 3000)


async def test_an_order_takes_only_claims_of_its_own_person(evening: Evening) -> None:
    claim = await evening.confirm((await evening.claim(AN, "A1", 2)).claim)
    with pytest.raises(NoSuchClaim):
        await evening.order(BE, claim)


async def test_a_cancelled_order_serves_the_queue(evening: Evening) -> None:
    claim = await evening.confirm((await evening.claim(AN, "A1", 5)).claim)
    waits = (await evening.claim(BE, "A1", 1)).claim
    order = await evening.order(AN, claim)
    await evening.put(lambda b: orders.cancel(b, order.code, Person(AN), evening.now))
    assert (await evening.one(waits)).state == "offered"


async def test_less_goes_back_and_more_is_held_or_asked(evening: Evening) -> None:
    claim = await evening.confirm((await evening.claim(AN, "A1", 3)).claim)
    less = (await evening.change(claim, 1)).claim
    assert (less.state, less.amount, less.vnd) == ("held", 1000, 40_000)
    more = (await evening.change(less, 4)).claim
    assert (more.state, more.amount) == ("held", 4000)
    asked = (await evening.change(more, 9)).claim
    assert (asked.state, asked.amount, asked.wanted) == ("asked", 5000, 9000)
    assert await evening.held("a") == 5000


async def test_restocking_serves_the_queue_in_order(evening: Evening) -> None:
    await evening.claim(AN, "A1", 5)
    waiting = [(await evening.claim(f"web:{i}", "A1", 1)).claim for i in range(10)]
    await evening.stock("a", 5)  # five grams: nothing that can be sold
    assert {(await evening.one(c)).state for c in waiting} == {"queued"}
    await evening.stock("a", 5000)
    states = [(await evening.one(c)).state for c in waiting]
    assert states == ["offered"] * 5 + ["queued"] * 5


async def test_caps_of_the_live_and_of_one_buyer(evening: Evening) -> None:
    await evening.put(
        lambda b: lives.change_item(b, LIVE, "A1", HOST, evening.now, cap=3000, per_buyer=2000)
    )
    with pytest.raises(TooMuchForOne):
        await evening.claim(AN, "A1", 3)
    await evening.claim(AN, "A1", 2)
    part = (await evening.claim(BE, "A1", 2)).claim
    assert (part.state, part.amount) == ("asked", 1000)
    with pytest.raises(CapTooHigh):
        await evening.put(lambda b: lives.change_item(b, LIVE, "A1", HOST, evening.now, cap=6000))
    await evening.part(part, wait=True)
    await evening.put(lambda b: lives.change_item(b, LIVE, "A1", HOST, evening.now, cap=4000))
    assert len(holding(await evening.all())) == 3


async def test_no_more_parcels_than_can_be_packed(market: Market) -> None:
    evening = Evening(market)
    await evening.open(parcels=2)
    await evening.claim(AN, "A1", 1)
    await evening.claim(BE, "A1", 1)
    assert (await evening.claim(CHI, "A1", 1)).claim.state == "queued"
    assert (await evening.claim(AN, "A2", 1)).claim.state == "held"


async def test_a_live_on_its_platform_takes_no_claims(market: Market) -> None:
    evening = Evening(market)
    await evening.open(buys="platform", link="https://www.tiktok.com/@mau/live")
    with pytest.raises(BuyOnPlatform):
        await evening.claim(AN, "A1", 1)


async def test_codes_and_lives_that_are_not(evening: Evening) -> None:
    with pytest.raises(NoSuchCode):
        await evening.claim(AN, "C9", 1)
    claim = (await evening.claim(AN, "A1", 1)).claim
    await evening.put(lambda b: lives.cancel(b, LIVE, HOST, evening.now))
    assert (await evening.one(claim)).state == "cancelled"
    assert "claim-called-off" in await evening.letters(AN)
    with pytest.raises(LiveOver):
        await evening.claim(AN, "A1", 1)


async def test_who_runs_the_live_may_answer_for_a_guest(evening: Evening) -> None:
    claim = (await evening.claim("guest:facebook:0123456789abcdef", "A1", 5)).claim
    with pytest.raises(NoSuchClaim):
        await evening.cancel(claim, Person(AN))
    assert (await evening.cancel(claim, HOST)).state == "cancelled"
    assert await evening.letters("guest:facebook:0123456789abcdef") == []


async def test_many_at_one_instant_get_what_there_is(evening: Evening) -> None:
    found = await asyncio.gather(*(evening.claim(f"web:{i}", "A1", 1) for i in range(200)))
    assert sum(o.claim.state == "held" for o in found) == 5
    assert sorted(o.claim.number for o in found) == list(range(1, 201))
    places = [o.place for o in sorted(found, key=lambda o: o.claim.number) if o.place]
    assert places == list(range(1, 196))
