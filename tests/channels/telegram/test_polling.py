"""getUpdates end to end: nothing lost, nothing twice, order kept for each person."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.channels.telegram import polling, turns
from bot.talk.heard import Heard
from bot.talk.ports import Answer, StoreDown
from bot.words.spoken import Spoken
from tests.channels.telegram.conftest import House
from tests.channels.telegram.shop import TinyDesk, message, tap


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "BREATH", 0.0)
    monkeypatch.setattr(polling, "LONGEST", 0.05)
    monkeypatch.setattr(polling, "ROUND", 0.05)


@asynccontextmanager
async def _polling(house: House) -> AsyncIterator[None]:
    task = asyncio.create_task(house.listener.poll())
    try:
        yield
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.005)


async def test_the_webhook_is_taken_away_and_updates_are_served_and_confirmed(
    house: House,
) -> None:
    house.api.webhook = {"url": "https://old.example"}
    house.api.push(message(10, text="a"))
    house.api.push(tap(11, "x", 901))
    async with _polling(house):
        await _until(lambda: 12 in house.api.asked)
    assert house.api.webhook == {}
    assert sorted(heard.event_id for heard in house.desk.heard) == ["10", "11"]
    assert house.api.texts() == ["Chào bạn", "Chào bạn"]
    assert len(house.api.taken("answerCallbackQuery")) == 1
    assert not house.api.updates


async def test_each_person_keeps_order_while_many_talk(house: House) -> None:
    for number in range(1, 81):
        house.api.push(message(number, 900 + number % 8, text=str(number)))
    async with _polling(house):
        await _until(lambda: 81 in house.api.asked)
    assert len(house.desk.heard) == 80
    for chat in range(900, 908):
        mine = [int(h.text) for h in house.desk.heard if h.person == f"tg:{chat}"]
        assert mine == sorted(mine)


async def test_an_update_the_store_could_not_take_is_not_confirmed_and_comes_again(
    house: House,
) -> None:
    house.desk.trouble = [StoreDown(), StoreDown()]
    for number in (1, 2):
        house.api.push(message(number, text=str(number)))
    house.api.push(message(3, 901, text="3"))
    async with _polling(house):
        await _until(lambda: 4 in house.api.asked)
    mine = [heard.text for heard in house.desk.heard if heard.person == "tg:900"]
    assert mine == ["1", "2"]
    assert len(house.desk.heard) == 3
    assert house.api.asked.index(1) < house.api.asked.index(4)


async def test_telegram_down_then_up_loses_nothing(house: House) -> None:
    house.api.push(message(1, text="a"))
    house.api.fail("deleteWebhook", 0)
    house.api.fail("getUpdates", 502, "Bad Gateway", times=2)
    house.api.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    house.api.fail("getUpdates", 429, "Too Many Requests: retry after 1", retry_after=1)
    house.api.fail("sendMessage", 500, "down", times=3)
    async with _polling(house):
        await _until(lambda: 2 in house.api.asked)
    assert house.api.texts() == ["Chào bạn"]
    assert len(house.desk.heard) == 1


async def test_a_slow_person_does_not_hold_up_the_others(house: House) -> None:
    gate = asyncio.Event()

    class Gated(TinyDesk):
        async def hear(self, heard: Heard) -> Answer:
            if heard.text == "slow":
                await gate.wait()
            return await super().hear(heard)

    desk = house.listener._turns._desk = Gated(Spoken("x", "xong"))
    house.api.push(message(1, text="slow"))
    house.api.push(message(2, 901, text="quick"))
    async with _polling(house):
        await _until(lambda: len(house.api.texts(901)) == 1)
        house.api.push(message(3, 902, text="later"))
        house.api.push(message(4, text="behind"))
        await _until(lambda: len(house.api.texts(902)) == 1)
        assert house.api.texts(900) == []
        assert not any(offset and offset > 1 for offset in house.api.asked)
        gate.set()
        await _until(lambda: 5 in house.api.asked)
    assert [heard.text for heard in desk.heard if heard.person == "tg:900"] == ["slow", "behind"]
    assert len(house.api.texts()) == 4
