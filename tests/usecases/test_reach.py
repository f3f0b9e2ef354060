"""Who cannot be reached: remembered in SQL, known in every process, forgotten when they write."""

from __future__ import annotations

import asyncio

import pytest

from bot.shop.follow import Unreachable
from bot.usecases.reach import Reach, is_gone
from tests.usecases.market import NOW, Market


def _reach(market: Market, failed: list[Exception] | None = None) -> Reach:
    return Reach(market.outbox, lambda: NOW, (failed if failed is not None else []).append)


async def _settle(market: Market) -> list[Unreachable]:
    """What SQL says once nothing is on its way any more."""
    while len(asyncio.all_tasks()) > 1:
        await asyncio.sleep(0.005)
    return await market.outbox.unreachable()


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("Forbidden: bot was blocked by the user", True),
        ("Forbidden: user is deactivated", True),
        ("Bad Request: chat not found", True),
        ("Forbidden: bot can't initiate conversation with a user", True),
        ("Bad Request: message is too long", False),
        ("not-a-friend", False),
        ("page-closed", False),
        ("", False),
    ],
)
def test_what_an_app_says_about_an_account(words: str, gone: bool) -> None:
    assert is_gone(words) is gone


async def test_an_account_that_left_is_known_in_every_process(market: Market) -> None:
    here, there = _reach(market), _reach(market)
    await here.told("tg:1", lost=True)
    assert here.why("tg:1") == "blocked"
    assert there.why("tg:1") == ""
    await there.refresh()
    assert there.why("tg:1") == "blocked"


async def test_one_that_writes_is_reached_again(market: Market) -> None:
    reach = _reach(market)
    await reach.told("tg:1", lost=True)
    await reach.told("tg:2", lost=True)
    reach.heard("tg:1")
    reach.heard("tg:3")
    assert reach.why("tg:1") == ""
    assert await _settle(market) == [Unreachable("tg:2", "blocked", NOW)]


async def test_one_that_writes_to_another_process_is_reached_again(market: Market) -> None:
    here, there = _reach(market), _reach(market)
    await here.told("tg:1", lost=True)
    await there.refresh()
    there.heard("tg:1")
    assert await _settle(market) == []
    await here.refresh()
    assert here.why("tg:1") == ""


async def test_an_app_says_that_somebody_is_back(market: Market) -> None:
    reach = _reach(market)
    await reach.told("tg:1", lost=True)
    await reach.told("tg:1", lost=False)
    assert reach.why("tg:1") == ""
    assert await market.outbox.unreachable() == []


async def test_a_database_that_is_away_keeps_no_turn_waiting(market: Market) -> None:
    """What went wrong is told, and the next message looks again."""
    failed: list[Exception] = []
    reach = _reach(market, failed)
    await reach.told("tg:1", lost=True)
    good, market.outbox._writer = market.outbox._writer, None  # type: ignore[assignment]
    reach.heard("tg:1")
    while not failed:
        await asyncio.sleep(0.005)
    market.outbox._writer = good
    await reach.refresh()
    assert reach.why("tg:1") == "blocked"
    reach.heard("tg:1")
    assert await _settle(market) == []
