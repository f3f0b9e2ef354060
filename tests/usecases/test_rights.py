"""Rights in the ledger: nobody gives or takes more than she holds; own goods and others'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.shop.people import Link, Person
from bot.shop.problems import (
    Blocked,
    GivesTooMuch,
    LastOwner,
    LinkSpent,
    NotAllowed,
    NotSeller,
    NotYourOrder,
    Problem,
)
from bot.shop.roles import EVERY, HELPER, OWNER, RIGHTS_OF, SELLER, Grant, Right, Role
from bot.usecases import (
    erasing,
    goods,
    inviting,
    orders,
    payments,
    people,
    rights,
    settling,
    stock,
)
from bot.usecases.inviting import Invitation
from bot.usecases.ports import Books
from tests.usecases.market import NOW, Market, seller_account

UNTIL = NOW + 7 * 24 * 3600
Command = Callable[[Books, Person, str], Any]

ON_GOODS: dict[str, tuple[Right, Command]] = {
    "set_stock": (Right.STOCK, lambda b, by, _: stock.set_stock(b, "a", 3000, by, NOW, "i1")),
    "shift_stock": (Right.STOCK, lambda b, by, _: stock.shift_stock(b, "a", 500, by, NOW, "i2")),
    "spoil": (Right.STOCK, lambda b, by, _: stock.spoil(b, "a", 500, by, NOW, "i3")),
    "set_prices": (
        Right.PRICE,
        lambda b, by, _: stock.set_prices(b, "a", {"1kg": 45_000}, by, NOW, "i4"),
    ),
    "confirm": (Right.ORDERS, lambda b, by, c: orders.move_by_seller(b, c, "confirm", by, NOW)),
    "complete": (
        Right.ORDERS,
        lambda b, by, c: settling.complete(b, c, settling.Told(name="Mỷ"), by, NOW),
    ),
    "received": (Right.MONEY, lambda b, by, c: payments.received(b, c, 1000, by, NOW, "i5")),
    "corrected": (
        Right.MONEY,
        lambda b, by, c: payments.corrected(b, c, 1000, "lẫn", by, NOW, "i6"),
    ),
    "block": (Right.TALK, lambda b, by, _: rights.block(b, "kh", "x", by, NOW)),
    "unblock": (Right.TALK, lambda b, by, _: rights.unblock(b, "kh", "x", by, NOW)),
    "revoke": (Right.PEOPLE, lambda b, by, _: rights.revoke(b, "phu", "x", by, NOW)),
}
"""Commands about product a of seller x and an order for it, and the right each needs."""


def owner(acts_for: str = "") -> Person:
    return Person("chu", acts_for, grants=(Grant("chu", EVERY, "owner", int(OWNER), "shop", NOW),))


def holding(held: Right, seller: str = "x", role: Role = "helper", id_: str = "h") -> Person:
    return Person(id_, seller, grants=(Grant(id_, seller, role, int(held), "shop", NOW),))


WHO: dict[str, tuple[Callable[[Right], Person], type[Problem] | None]] = {
    "customer": (lambda _: Person("an"), NotSeller),
    "her seller": (lambda _: seller_account("ban", "x"), None),
    "another seller": (lambda _: seller_account("khac", "y"), NotSeller),
    "helper with just this right": (lambda r: holding(r), None),
    "helper with all but this right": (lambda r: holding(SELLER & ~r), NotAllowed),
    "owner": (lambda _: owner(), None),
    "owner who acts for another": (lambda _: owner("y"), None),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", ON_GOODS)
async def test_who_may_command(market: Market, name: str, who: str) -> None:
    (needed, command), (person, problem) = ON_GOODS[name], WHO[who]
    checkout = market.checkout("kh", {"a": 1}, needs_call=name == "complete")
    [order] = await market.place(checkout)
    await market.ledger.put(lambda b: rights.seat(b, given("phu", Right.STOCK), NOW))
    by = person(needed)
    if name == "revoke" and who == "helper with just this right":
        by = holding(needed | Right.STOCK)
    if problem is None:
        await market.ledger.put(lambda b: command(b, by, order.code))
        return
    before = [await market.records.rows(t) for t in ("lots", "prices", "orders", "grants")]
    with pytest.raises((problem, NotYourOrder, NotSeller, NotAllowed)):
        await market.ledger.put(lambda b: command(b, by, order.code))
    after = [await market.records.rows(t) for t in ("lots", "prices", "orders", "grants")]
    assert after == before


def given(person: str, held: Right, role: Role = "helper", seller: str = "x") -> Grant:
    return Grant(person, seller, role, int(held), "ban", NOW)


async def invite(
    market: Market, by: Person, role: Role, held: Right, seller: str = "x", mark: str = "m"
) -> int:
    made = Invitation(role, seller, held, mark, f"link-{mark}", (f"code-{mark}", f"more-{mark}"))
    return await market.ledger.put(lambda b: inviting.invite(b, made, by, NOW, UNTIL))


@pytest.mark.parametrize(
    ("by", "role", "held", "seller", "problem"),
    [
        (holding(HELPER), "helper", HELPER, "x", NotAllowed),
        (holding(HELPER | Right.PEOPLE), "helper", Right.MONEY, "x", GivesTooMuch),
        (holding(SELLER), "seller", SELLER, "x", GivesTooMuch),
        (seller_account("ban", "x"), "helper", OWNER, "x", GivesTooMuch),
        (seller_account("ban", "x"), "owner", OWNER, EVERY, NotAllowed),
        (seller_account("ban", "x"), "owner", SELLER, "x", GivesTooMuch),
        (seller_account("ban", "x"), "helper", HELPER, "y", NotAllowed),
        (owner(), "seller", OWNER, "x", GivesTooMuch),
        (owner(), "helper", HELPER, EVERY, GivesTooMuch),
    ],
)
async def test_nobody_gives_more_than_she_holds(
    market: Market, by: Person, role: Role, held: Right, seller: str, problem: type[Problem]
) -> None:
    with pytest.raises(problem):
        await invite(market, by, role, held, seller)
    assert await market.records.rows("links") == []


async def seated(market: Market, *grants: Grant) -> None:
    def seat(books: Books) -> None:
        for grant in grants:
            rights.seat(books, grant, NOW)

    await market.ledger.put(seat)


async def bind(market: Market, hashed: str, person: str, now: int = NOW) -> Grant:
    return await market.ledger.put(lambda b: inviting.bind(b, hashed, person, now))


async def test_one_invitation_makes_one_account(market: Market) -> None:
    await seated(market, given("ban", SELLER, "seller"))
    by = await market.records.person("ban")
    assert await invite(market, by, "helper", HELPER) == 0
    assert await invite(market, by, "helper", HELPER) == 0
    got = await bind(market, "code-m", "sua")
    assert (got.role, got.rights, got.by) == ("helper", int(HELPER), "ban")
    assert await bind(market, "link-m", "sua") == got
    with pytest.raises(LinkSpent):
        await bind(market, "link-m", "mai")
    assert (await market.records.person("sua")).acts_for == "x"


async def test_a_code_that_is_taken_gives_way_to_the_next(market: Market) -> None:
    await seated(market, given("ban", SELLER, "seller"))
    by = await market.records.person("ban")
    other = Link("code-m", "helper:y:1:o:khac", UNTIL, once=True)
    await market.ledger.put(lambda b: b.save_link(other))
    assert await invite(market, by, "helper", HELPER) == 1
    assert await market.records.read(lambda b: b.link("code-m")) == other


async def test_a_code_holds_half_an_hour_and_a_link_a_week(market: Market) -> None:
    await seated(market, given("ban", SELLER, "seller"))
    await invite(market, await market.records.person("ban"), "helper", HELPER)
    with pytest.raises(LinkSpent):
        await bind(market, "code-m", "sua", NOW + inviting.CODE_SECONDS + 1)
    assert (await bind(market, "link-m", "sua", UNTIL)).seller == "x"


async def test_an_invitation_dies_with_the_rights_of_its_giver(market: Market) -> None:
    await seated(market, given("ban", SELLER, "seller"))
    await invite(market, await market.records.person("ban"), "helper", HELPER)
    await market.ledger.put(lambda b: rights.revoke(b, "ban", "x", owner(), NOW))
    with pytest.raises(LinkSpent):
        await bind(market, "link-m", "sua")


async def test_a_link_never_takes_rights_away(market: Market) -> None:
    await seated(market, given("ban", SELLER, "seller"), given("phu", Right.PRICE))
    await invite(market, await market.records.person("ban"), "helper", HELPER)
    assert (await bind(market, "link-m", "ban")).rights == int(SELLER)
    more = await bind(market, "link-m", "phu")
    assert Right(more.rights) == HELPER | Right.PRICE


async def test_everyone_who_could_take_it_back_is_told(market: Market) -> None:
    boss = Grant("chu", EVERY, "owner", int(OWNER), "shop", NOW)
    held = (boss, given("ban", SELLER, "seller"), given("phu", HELPER))
    await seated(market, *held, given("la", SELLER, "seller", "y"))
    await market.ledger.put(lambda b: people.make_seller_link(b, "x", "moi", UNTIL))
    await bind(market, "moi", "may-moi")
    await bind(market, "moi", "may-moi")
    assert sorted(r["to"] for r in await market.records.rows("letters")) == ["ban", "chu"]


async def test_letters_that_wait_go_only_to_who_may_read_them(market: Market) -> None:
    await market.place(market.checkout("kh", {"a": 1}))
    await seated(market, given("kho", Right.STOCK))
    assert {r["to"] for r in await market.records.rows("letters")} == {"seller:x"}
    await seated(market, given("ban", SELLER, "seller"))
    assert {r["to"] for r in await market.records.rows("letters")} == {"ban"}


@pytest.mark.parametrize(
    ("by", "taken", "problem"),
    [
        (holding(HELPER), given("phu", Right.STOCK), NotAllowed),
        (holding(HELPER | Right.PEOPLE), given("phu", Right.MONEY), GivesTooMuch),
        (holding(SELLER), given("phu", SELLER, "seller"), GivesTooMuch),
        (seller_account("khac", "y"), given("phu", HELPER), NotAllowed),
        (owner(), Grant("chu", EVERY, "owner", int(OWNER), "shop", NOW), LastOwner),
        (seller_account("ban", "x"), Grant("chu", EVERY, "owner", int(OWNER), "shop", NOW),
         NotAllowed),
    ],
)  # fmt: skip
async def test_nobody_takes_more_than_she_could_give(
    market: Market, by: Person, taken: Grant, problem: type[Problem]
) -> None:
    await seated(market, taken)
    with pytest.raises(problem):
        await market.ledger.put(lambda b: rights.revoke(b, taken.person, taken.seller, by, NOW))
    assert len(await market.records.rows("grants")) == 1


async def test_rights_that_were_taken_are_gone_and_the_journal_knows(market: Market) -> None:
    await seated(market, given("ban", SELLER, "seller"), given("phu", HELPER))
    by = await market.records.person("ban")
    for _ in range(2):
        await market.ledger.put(lambda b: rights.revoke(b, "phu", "x", by, NOW + 5))
    gone = await market.records.person("phu")
    assert (gone.acts_for, gone.grants) == ("", ())
    told = [r for r in await market.records.rows("changes") if r["kind"] == "revoke"]
    assert [(r["who"], r["subject"], r["at"]) for r in told] == [("ban", "phu", NOW + 5)]


async def test_an_owner_who_loses_the_shop_acts_for_nobody(market: Market) -> None:
    boss = Grant("chu", EVERY, "owner", int(OWNER), "shop", NOW)
    await seated(market, boss, Grant("hai", EVERY, "owner", int(OWNER), "chu", NOW))
    await market.ledger.put(lambda b: rights.act_for(b, "hai", "x", NOW))
    assert (await market.records.person("hai")).acts_for == "x"
    await market.ledger.put(lambda b: rights.revoke(b, "hai", EVERY, owner(), NOW))
    assert (await market.records.person("hai")).acts_for == ""


async def test_the_last_owner_is_not_forgotten(market: Market) -> None:
    await seated(market, Grant("chu", EVERY, "owner", int(OWNER), "shop", NOW))
    with pytest.raises(LastOwner):
        await market.ledger.put(lambda b: erasing.erase(b, "chu", "R", NOW))
    await seated(market, Grant("hai", EVERY, "owner", int(OWNER), "chu", NOW))
    await market.ledger.put(lambda b: erasing.erase(b, "chu", "R", NOW))
    assert await market.records.read(lambda b: b.owners()) == ("hai",)


async def test_who_is_not_heard_orders_nothing_from_that_seller(market: Market) -> None:
    by = seller_account("ban", "x")
    for _ in range(2):
        await market.ledger.put(lambda b: rights.block(b, "kh", "x", by, NOW))
    assert len(await market.records.rows("blocks")) == 1
    with pytest.raises(Blocked):
        await market.place(market.checkout("kh", {"a": 1}))
    assert len(await market.place(market.checkout("kh", {"c": 1}))) == 1
    with pytest.raises(NotSeller):
        await market.ledger.put(lambda b: rights.block(b, "kh", EVERY, by, NOW))
    await market.ledger.put(lambda b: rights.block(b, "kh", EVERY, owner(), NOW))
    with pytest.raises(Blocked):
        await market.place(market.checkout("kh", {"c": 1}))


async def test_only_owners_approve_and_name_the_bank(market: Market) -> None:
    for by in (seller_account("ban", "x"), holding(SELLER)):
        with pytest.raises((NotAllowed, NotSeller)):
            await market.ledger.put(lambda b, by=by: goods.approve(b, "a", by, NOW))
        with pytest.raises((NotAllowed, NotSeller)):
            await market.ledger.put(
                lambda b, by=by: payments.set_account(b, "970436", "1", "A", by, NOW, "i", "V")
            )


def test_the_roles_hold_one_another() -> None:
    assert RIGHTS_OF["helper"] in RIGHTS_OF["seller"]
    assert RIGHTS_OF["seller"] in RIGHTS_OF["owner"]
