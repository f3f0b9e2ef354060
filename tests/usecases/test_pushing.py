"""Browsers of a person on a real ledger."""

from __future__ import annotations

from bot.shop.follow import PushAddress
from bot.usecases import erasing, pushing
from tests.usecases.market import NOW, Market

AN, BINH = "web:an", "web:binh"


def browser(id_: str, person: str = AN, at: int = NOW) -> PushAddress:
    return PushAddress(id_, person, f"https://push.example/{id_}", "p", "a", at)


async def remember(market: Market, *addresses: PushAddress) -> None:
    for address in addresses:
        await market.ledger.put(lambda b, a=address: pushing.remember(b, a))


async def ids(market: Market, person: str = AN) -> list[str]:
    found = await market.records.read(lambda b: b.push_addresses_of(person))
    return [a.id for a in found]


async def test_five_are_kept_and_the_oldest_goes(market: Market) -> None:
    await remember(market, *(browser(str(n), at=NOW + n) for n in range(7)))
    assert await ids(market) == ["2", "3", "4", "5", "6"]


async def test_the_same_browser_again_is_one_and_is_the_newest(market: Market) -> None:
    await remember(market, browser("a"), browser("b", at=NOW + 1), browser("a", at=NOW + 2))
    assert await ids(market) == ["b", "a"]


async def test_a_browser_belongs_to_who_uses_it_now(market: Market) -> None:
    await remember(market, browser("a"), browser("b"), browser("a", BINH, NOW + 1))
    assert (await ids(market), await ids(market, BINH)) == (["b"], ["a"])
    assert await market.records.read(lambda b: b.pushed_people()) == {AN, BINH}


async def test_so_also_within_one_batch(market: Market) -> None:
    def both(books):  # type: ignore[no-untyped-def]
        pushing.remember(books, browser("a"))
        pushing.remember(books, browser("a", BINH))

    await market.ledger.put(both)
    assert (await ids(market), await ids(market, BINH)) == ([], ["a"])


async def test_forgetting_leaves_the_others(market: Market) -> None:
    await remember(market, browser("a"), browser("b"))
    await market.ledger.put(lambda b: pushing.forget(b, AN, ("a", "never")))
    assert await ids(market) == ["b"]


async def test_an_erased_person_is_not_called_any_more(market: Market) -> None:

    await remember(market, browser("a"), browser("b", BINH))
    await market.ledger.put(lambda b: erasing.erase(b, AN, "R1", NOW))
    assert (await ids(market), await ids(market, BINH)) == ([], ["b"])
