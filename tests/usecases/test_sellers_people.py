"""Accounts that go: revoked, forgotten, the last owner's; what waited for them, who hears it."""

from __future__ import annotations

import asyncio

import pytest

from bot.shop.people import Person
from bot.shop.problems import LastOwner
from bot.shop.roles import EVERY, Grant
from bot.usecases import erasing, households, orders, payments, rights
from tests.usecases.market import NOW, Market
from tests.usecases.test_sellers_ledger import BAN, grant, home, paid_order, put, seat


async def waiting_letters(market: Market) -> set[tuple[str, str]]:
    rows = await market.records.rows("letters")
    return {(x["to"], x["once_key"].partition(":")[2]) for x in rows if x["state"] == "todo"}


async def test_letters_of_a_revoked_account_go_to_who_is_left(market: Market) -> None:
    await seat(market, grant("ban"), grant("phu"), grant("phu", "y"))
    [mine] = await market.place(market.checkout("phu", {"b": 1}))
    [theirs] = await market.place(market.checkout("kh", {"c": 1}))
    await market.move(mine.code, "confirm")
    await market.ledger.put(lambda b: rights.revoke(b, "phu", "x", BAN, NOW))
    assert await waiting_letters(market) == {
        ("ban", "ban"),  # the new order
        ("phu", "confirm"),  # her own order, as a customer
        ("phu", "phu"),  # the order for y, whom she still helps
    }
    await seat(market, grant("chu", EVERY))
    owner = await market.records.person("chu")
    await market.ledger.put(lambda b: rights.revoke(b, "phu", "y", owner, NOW))
    left = await waiting_letters(market)
    assert ("seller:y", "seller:y") in left
    assert ("phu", "phu") not in left
    assert theirs.seller == "y"
    await seat(market, grant("moi", "y"))
    assert ("moi", "seller:y") in await waiting_letters(market)


async def test_orders_of_a_forgotten_seller_s_account_wait_for_the_next(market: Market) -> None:
    await seat(market, grant("ban"))
    await market.place(market.checkout("kh", {"b": 1}))
    await market.ledger.put(lambda b: erasing.erase(b, "ban", "receipt", NOW))
    assert await waiting_letters(market) == {("seller:x", "seller:x")}
    assert await market.records.rows("grants") == []


async def test_what_the_journal_says_of_an_account_goes_with_it(market: Market) -> None:
    await seat(market, grant("chu", EVERY), grant("ban"))
    owner = await market.records.person("chu")
    [given] = list(owner_team(await market.records.read(lambda b: rights.team(b, owner))))
    await market.ledger.put(
        lambda b: rights.call(b, rights.mark_of(given), "Sùng Thị Mai", owner, NOW)
    )
    await market.ledger.put(lambda b: rights.block(b, "ban", EVERY, owner, NOW))
    await market.ledger.put(lambda b: erasing.erase(b, "ban", "receipt", NOW))
    said = str([await market.records.rows(t) for t in ("changes", "grants", "blocks", "links")])
    assert "'ban'" not in said
    assert "Mai" not in said


def owner_team(grants: tuple[Grant, ...]) -> list[Grant]:
    return [g for g in grants if g.person == "ban"]


async def test_two_owners_who_leave_at_once_leave_one(market: Market) -> None:
    await seat(market, grant("chu", EVERY), grant("con", EVERY))
    done = await asyncio.gather(
        market.ledger.put(lambda b: erasing.erase(b, "chu", "r1", NOW)),
        market.ledger.put(lambda b: erasing.erase(b, "con", "r2", NOW)),
        return_exceptions=True,
    )
    assert isinstance(done[1], LastOwner)
    assert [g["person"] for g in await market.records.rows("grants")] == ["con"]


async def test_an_owner_who_waits_to_be_forgotten_is_none_who_stays(market: Market) -> None:
    await seat(market, grant("chu", EVERY), grant("con", EVERY))
    await market.place(market.checkout("con", {"b": 1}))
    assert await market.ledger.put(lambda b: erasing.erase(b, "con", "r1", NOW))
    with pytest.raises(LastOwner):
        await market.ledger.put(lambda b: erasing.erase(b, "chu", "r2", NOW))
    con = await market.records.person("con")
    with pytest.raises(LastOwner):
        await market.ledger.put(lambda b: rights.revoke(b, "chu", EVERY, con, NOW))


async def test_two_links_of_one_second_leave_the_newest(market: Market) -> None:
    await home(market)
    await put(
        market,
        *(lambda b, h=h: households.make_link(b, "hm", h, NOW + 60, BAN) for h in ("l1", "l2")),
    )
    open_ = {x["hashed"] for x in await market.records.rows("links") if x["until"] > NOW}
    assert open_ == {"l2"}


async def test_who_is_owed_money_is_forgotten_after_it_went_back(market: Market) -> None:
    code = await paid_order(market)
    customer = Person("kh")
    await market.ledger.put(lambda b: orders.cancel(b, code, customer, NOW))
    waiting = await market.ledger.put(lambda b: erasing.erase(b, "kh", "receipt", NOW))
    assert waiting == (code,)
    order = await market.records.order(code)
    assert order
    assert order.person == "kh"
    assert order.due_vnd == -110_000
    await put(market, *[lambda b: payments.sent_back(b, code, 110_000, BAN, NOW + 1, "back")] * 2)
    order = await market.records.order(code)
    assert order
    assert (order.paid_vnd, order.due_vnd) == (0, 0)
    assert order.person != "kh"
    assert not order.receiver.address


async def test_a_seller_hears_of_the_cancelling_of_who_is_forgotten_with_it(
    market: Market,
) -> None:
    await seat(market, grant("ban"))
    [order] = await market.place(market.checkout("kh", {"b": 1}))
    await put(
        market,
        lambda b: erasing.erase(b, "kh", "receipt", NOW),
        lambda b: orders.cancel(b, order.code, Person("kh"), NOW),
    )
    keys = [x["once_key"] for x in await market.records.rows("letters")]
    assert keys == [f"{order.code}:cancel:ban"]
