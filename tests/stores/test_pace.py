"""One contract for both kinds of `Pace`, then what only the shared one can show.

How even it is, is asked of Redis' own account of the slots and not of this machine's timers.
(The exact seconds of `LocalPace` are in tests/channels/telegram/test_pace.py.)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from bot.channels.base import TryLater
from bot.channels.pace import LocalPace, Pace
from bot.stores.redis import connect
from bot.stores.redis_pace import RedisPace
from bot.stores.redis_server import EmbeddedServer

RATE = 50.0
INTERVAL = 1e6 / RATE


@asynccontextmanager
async def shared(
    url: str, count: int, rate: float = RATE, gap: float = 1.0
) -> AsyncIterator[tuple[list[RedisPace], Redis]]:
    """So many processes' paces of one bot, as far as Redis can tell."""
    client = connect(url)
    await client.flushall()
    paces = [RedisPace(client, "42", rate, gap) for _ in range(count)]
    try:
        yield paces, client
    finally:
        for pace in paces:
            await pace.aclose()
        await client.aclose()


@pytest.fixture(params=["local", "redis"])
async def pace(request: pytest.FixtureRequest) -> AsyncIterator[Pace]:
    if request.param == "local":
        yield LocalPace(RATE, 0.3)
        return
    async with shared(request.getfixturevalue("shared_url"), 1, RATE, 0.3) as (paces, _):
        yield paces[0]


async def _go(pace: Pace, log: list[Hashable], chat: Hashable, urgent: bool = False) -> None:
    await pace.wait(urgent=urgent, chat=chat)
    log.append(chat)


async def test_everybody_who_waits_gets_a_slot_in_turn(pace: Pace) -> None:
    log: list[Hashable] = []
    await asyncio.gather(*(_go(pace, log, n) for n in range(10)))
    assert log == list(range(10))


async def test_replies_overtake_everybody_who_waits(pace: Pace) -> None:
    log: list[Hashable] = []
    waiting = [asyncio.create_task(_go(pace, log, n)) for n in range(8)]
    while not log:
        await asyncio.sleep(0)
    seen = len(log)
    await _go(pace, log, "reply", urgent=True)
    await asyncio.gather(*waiting)
    assert log.index("reply") <= seen + 1
    assert [x for x in log if x != "reply"] == list(range(8))


async def test_one_chat_waits_for_its_own_gap_and_others_pass_it(pace: Pace) -> None:
    log: list[Hashable] = []
    await asyncio.gather(*(_go(pace, log, chat) for chat in ("a", "a", "b", "c")))
    assert log == ["a", "b", "c", "a"]


async def test_who_gives_up_waiting_keeps_nobody_else_waiting(pace: Pace) -> None:
    log: list[Hashable] = []
    tasks = [asyncio.create_task(_go(pace, log, n)) for n in range(6)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    tasks[4].cancel()
    await asyncio.wait(tasks)
    assert log == [0, 2, 3, 5]


async def test_silence_longer_than_patience_is_said_at_once(pace: Pace) -> None:
    pace.pause(60)
    pace.pause(1)  # a shorter one does not shorten it
    assert pace.paused() > 50
    with pytest.raises(TryLater) as told:
        await pace.wait(urgent=False, chat=1, patience=5)
    assert told.value.whole
    assert told.value.seconds > 50


async def test_who_waits_already_is_told_of_a_silence(pace: Pace) -> None:
    tasks = [asyncio.create_task(pace.wait(urgent=u, chat="a", patience=5)) for u in (False,) * 9]
    await asyncio.sleep(0)
    pace.pause(60)
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert any(isinstance(e, TryLater) for e in ended)
    assert all(e is None or isinstance(e, TryLater) for e in ended)


async def test_a_short_silence_is_sat_out(pace: Pace) -> None:
    pace.pause(0.2)
    await pace.wait(urgent=True, patience=5)
    assert pace.paused() == 0


@pytest.mark.parametrize("rate", [0.0, -1.0])
async def test_a_rate_of_nothing_is_refused(rate: float, shared_url: str) -> None:
    with pytest.raises(ValueError, match="above 0"):
        LocalPace(rate)
    client = connect(shared_url)
    with pytest.raises(ValueError, match="above 0"):
        RedisPace(client, "42", rate)
    await client.aclose()


async def test_two_processes_never_share_a_slot(shared_url: str) -> None:
    """Eighty messages of two processes move the next free slot by eighty intervals at least, so
    no second of Redis' clock holds more than the rate, and one at its edge."""
    async with shared(shared_url, 2) as (paces, client):
        await paces[0].wait(urgent=True)
        before = float(await client.hget("pace:{42}", "free") or 0)
        log: list[Hashable] = []
        await asyncio.gather(*(_go(paces[n % 2], log, n, n % 5 == 0) for n in range(80)))
        after = float(await client.hget("pace:{42}", "free") or 0)
        assert len(log) == 80
        assert after - before >= 80 * INTERVAL - 80  # micros are whole numbers


async def test_a_silence_one_process_was_ordered_holds_in_all(shared_url: str) -> None:
    async with shared(shared_url, 2) as (paces, client):
        paces[0].pause(60)
        while not await client.hget("pace:{42}", "silent"):
            await asyncio.sleep(0.01)
        with pytest.raises(TryLater) as told:
            await paces[1].wait(urgent=True, patience=5)
        assert told.value.seconds > 50
        assert paces[1].paused() > 50


async def test_a_reply_in_one_process_overtakes_broadcasts_of_another(shared_url: str) -> None:
    async with shared(shared_url, 2, rate=20) as (paces, _):
        log: list[Hashable] = []
        waiting = [asyncio.create_task(_go(paces[0], log, n)) for n in range(12)]
        while not log:
            await asyncio.sleep(0.001)
        await _go(paces[1], log, "reply", urgent=True)
        await asyncio.gather(*waiting)
        assert log.index("reply") <= 4


async def test_a_chat_written_to_by_one_process_rests_in_the_other(shared_url: str) -> None:
    async with shared(shared_url, 2, gap=2.0) as (paces, _):
        log: list[Hashable] = []
        await _go(paces[0], log, "a")
        await asyncio.gather(_go(paces[1], log, "a"), _go(paces[1], log, "b"))
        assert log == ["a", "b", "a"]


async def test_bots_do_not_wait_for_each_other(shared_url: str) -> None:
    async with shared(shared_url, 1) as (paces, client):
        other = RedisPace(client, "43", RATE)
        paces[0].pause(60)
        await other.wait(urgent=False, chat=1, patience=1)
        assert other.paused() == 0
        await other.aclose()


async def test_without_redis_each_process_keeps_the_pace_alone(server: EmbeddedServer) -> None:
    async with shared(server.url, 1, rate=1000) as (paces, _):
        log: list[Hashable] = []
        await _go(paces[0], log, "before")
        await server.stop()
        await asyncio.gather(*(_go(paces[0], log, n) for n in range(20)))
        assert log == ["before", *range(20)]
        paces[0].pause(60)
        with pytest.raises(TryLater):
            await paces[0].wait(urgent=True, patience=5)


async def test_a_process_that_stood_still_does_not_use_an_old_slot(shared_url: str) -> None:
    """The answer came a slot later than answers come: the slot is let go, and only once."""
    async with shared(shared_url, 1) as (paces, _):
        pace = paces[0]
        assert not pace._is_stale(0.001)
        assert pace._is_stale(0.5)
        assert not pace._is_stale(0.5)
        assert not pace._is_stale(0.001)
