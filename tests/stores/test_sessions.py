"""One contract for every kind of `Sessions`, then what only the one in Redis can show."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest
from redis.asyncio import Redis

from bot.stores.memory import MemorySessions
from bot.stores.redis import RedisSessions, connect
from bot.stores.redis_pipe import Pipe, pack
from bot.stores.redis_server import EmbeddedServer
from bot.talk.ports import Busy, Line, Opened, Sessions, StoreDown
from tests.stores.conftest import on_disk

AnySessions = MemorySessions | RedisSessions
ANNA = "web:anna"


@asynccontextmanager
async def redis_sessions(url: str, **options: float) -> AsyncIterator[tuple[RedisSessions, Redis]]:
    client = connect(url)
    sessions = RedisSessions(client, **options)
    try:
        yield sessions, client
    finally:
        await sessions.aclose()
        await client.aclose()


@asynccontextmanager
async def store(request: pytest.FixtureRequest, **options: float) -> AsyncIterator[AnySessions]:
    """An empty store of the kind the fixture's parameter names."""
    if request.param == "memory":
        memory = MemorySessions(**options)  # type: ignore[arg-type]
        yield memory
        await memory.aclose()
        return
    async with redis_sessions(request.getfixturevalue("shared_url"), **options) as (real, client):
        await client.flushall()
        yield real


@pytest.fixture(params=["memory", "redis"])
async def sessions(request: pytest.FixtureRequest) -> AsyncIterator[AnySessions]:
    async with store(request, patience=10) as sessions:
        yield sessions


@pytest.fixture(params=["memory", "redis"])
async def short_lease(request: pytest.FixtureRequest) -> AsyncIterator[AnySessions]:
    """A lock is lost after 0.3 s."""
    async with store(request, lease=0.3, patience=10) as sessions:
        yield sessions


@pytest.fixture(params=["memory", "redis"])
async def impatient(request: pytest.FixtureRequest) -> AsyncIterator[AnySessions]:
    """A turn waits 0.05 s for another."""
    async with store(request, patience=0.05) as sessions:
        yield sessions


async def turn(sessions: Sessions, event: str, *stream: bytes, person: str = ANNA) -> int:
    opened = await sessions.open(person, event)
    return await sessions.close(
        opened, b"session after " + event.encode(), b"answer to " + event.encode(), stream=stream
    )


class TestTurn:
    async def test_a_new_person_has_no_session(self, sessions: AnySessions) -> None:
        opened = await sessions.open(ANNA, "1")
        assert (opened.session, opened.answer, opened.sent) == (None, None, 0)
        assert opened.fence > 0

    async def test_the_next_turn_finds_the_session(self, sessions: AnySessions) -> None:
        await turn(sessions, "1")
        assert (await sessions.open(ANNA, "2")).session == b"session after 1"

    async def test_redelivery_gets_the_stored_answer_as_unsent(
        self, sessions: AnySessions
    ) -> None:
        await turn(sessions, "1")
        again = await sessions.open(ANNA, "1")
        assert again == Opened(ANNA, "1", 0, None, b"answer to 1", 0)

    async def test_redelivery_needs_no_lock(self, sessions: AnySessions) -> None:
        await turn(sessions, "1")
        await sessions.open(ANNA, "2")
        assert (await sessions.open(ANNA, "1")).answer == b"answer to 1"

    async def test_sent_is_remembered_and_never_goes_back(self, sessions: AnySessions) -> None:
        await turn(sessions, "1")
        await sessions.sent(ANNA, "1", 2)
        await sessions.sent(ANNA, "1", 1)
        assert (await sessions.open(ANNA, "1")).sent == 2

    async def test_sent_of_an_unknown_event_makes_no_answer(self, sessions: AnySessions) -> None:
        await sessions.sent(ANNA, "never", 2)
        assert (await sessions.open(ANNA, "never")).answer is None

    async def test_appending_to_the_stream_is_sending(self, sessions: AnySessions) -> None:
        await turn(sessions, "1", b"one", b"two")
        assert (await sessions.open(ANNA, "1")).sent == 2

    async def test_one_person_does_not_see_another(self, sessions: AnySessions) -> None:
        await turn(sessions, "1")
        other = await sessions.open("web:binh", "1")
        assert (other.session, other.answer) == (None, None)


class TestLock:
    async def test_the_second_turn_waits_for_the_first(self, sessions: AnySessions) -> None:
        first = await sessions.open(ANNA, "1")
        second = asyncio.create_task(sessions.open(ANNA, "2"))
        await asyncio.sleep(0.02)
        assert not second.done()
        await sessions.close(first, b"first was here", b"")
        assert (await second).session == b"first was here"

    async def test_the_same_event_twice_at_once_is_done_once(self, sessions: AnySessions) -> None:
        first = await sessions.open(ANNA, "1")
        second = asyncio.create_task(sessions.open(ANNA, "1"))
        await asyncio.sleep(0.02)
        await sessions.close(first, b"s", b"the one answer")
        assert (await second).answer == b"the one answer"

    async def test_other_persons_need_not_wait(self, sessions: AnySessions) -> None:
        await sessions.open(ANNA, "1")
        assert (await sessions.open("web:binh", "1")).fence > 0

    async def test_a_released_lock_is_free_and_nothing_was_stored(
        self, sessions: AnySessions
    ) -> None:
        await sessions.release(await sessions.open(ANNA, "1"))
        again = await sessions.open(ANNA, "1")
        assert (again.session, again.answer) == (None, None)

    async def test_a_lost_lock_cannot_close(self, short_lease: AnySessions) -> None:
        slow = await short_lease.open(ANNA, "1")
        quick = await short_lease.open(ANNA, "2")  # waits until the lease of the slow one is over
        assert quick.fence > slow.fence
        with pytest.raises(Busy):
            await short_lease.close(slow, b"stale", b"stale", stream=[b"stale"])
        await short_lease.close(quick, b"quick", b"")
        assert (await short_lease.open(ANNA, "3")).session == b"quick"
        assert await short_lease.replay(ANNA, 0) == ()

    async def test_a_lost_lock_cannot_be_released(self, short_lease: AnySessions) -> None:
        slow = await short_lease.open(ANNA, "1")
        quick = await short_lease.open(ANNA, "2")
        await short_lease.release(slow)
        assert await short_lease.close(quick, b"s", b"a", stream=[b"line"]) == 1

    async def test_closing_late_is_refused_even_if_nobody_came(
        self, short_lease: AnySessions
    ) -> None:
        slow = await short_lease.open(ANNA, "1")
        await asyncio.sleep(0.4)
        with pytest.raises(Busy):
            await short_lease.close(slow, b"stale", b"stale")

    async def test_turns_at_once_run_one_after_another(self, sessions: AnySessions) -> None:
        async def add(event: str) -> None:
            opened = await sessions.open(ANNA, event)
            before = int(opened.session or b"0")
            await asyncio.sleep(0)
            await sessions.close(opened, b"%d" % (before + 1), b"")

        await asyncio.gather(*(add(str(i)) for i in range(8)))
        assert (await sessions.open(ANNA, "last")).session == b"8"


class TestBusy:
    async def test_after_its_patience_a_turn_is_busy(self, impatient: AnySessions) -> None:
        held = await impatient.open(ANNA, "1")
        with pytest.raises(Busy):
            await impatient.open(ANNA, "2")
        await impatient.close(held, b"s", b"a")
        assert (await impatient.open(ANNA, "2")).session == b"s"


class TestStream:
    async def test_lines_are_numbered_from_one(self, sessions: AnySessions) -> None:
        assert await turn(sessions, "1", b"one", b"two") == 1
        assert await turn(sessions, "2") == 0
        assert await turn(sessions, "3", b"three") == 3
        assert await sessions.replay(ANNA, 0) == (
            Line(1, b"one"),
            Line(2, b"two"),
            Line(3, b"three"),
        )

    async def test_replay_gives_what_was_missed(self, sessions: AnySessions) -> None:
        await turn(sessions, "1", b"one", b"two", b"three")
        assert [line.n for line in await sessions.replay(ANNA, 2)] == [3]
        assert await sessions.replay(ANNA, 3) == ()

    async def test_a_reader_from_another_age_gets_everything(self, sessions: AnySessions) -> None:
        await turn(sessions, "1", b"one", b"two")
        assert [line.n for line in await sessions.replay(ANNA, 77)] == [1, 2]

    async def test_a_negative_number_is_the_beginning(self, sessions: AnySessions) -> None:
        await turn(sessions, "1", b"one")
        assert [line.n for line in await sessions.replay(ANNA, -5)] == [1]

    async def test_only_the_last_hundred_are_kept(self, sessions: AnySessions) -> None:
        await turn(sessions, "1", *(b"a%d" % i for i in range(60)))
        assert await turn(sessions, "2", *(b"b%d" % i for i in range(60))) == 61
        kept = await sessions.replay(ANNA, 0)
        assert [line.n for line in kept] == list(range(21, 121))
        assert kept[-1].body == b"b59"

    async def test_bodies_are_bytes_of_any_kind(self, sessions: AnySessions) -> None:
        body = bytes(range(256)) + "Thịt lợn đen gác bếp \r\n".encode()
        await turn(sessions, "1", body)
        assert (await sessions.replay(ANNA, 0))[0].body == body


class TestListen:
    async def test_every_listener_gets_every_line_with_its_page(
        self, sessions: AnySessions
    ) -> None:
        first, second = sessions.listen(ANNA), sessions.listen(ANNA)
        assert await sessions.replay(ANNA, 0) == ()
        opened = await sessions.open(ANNA, "1")
        await sessions.close(opened, b"s", b"a", stream=[b"one", b"2 3 two"], page="page 7")
        for listener in (first, second):
            assert await anext(listener) == (Line(1, b"one"), "page 7")
            assert await anext(listener) == (Line(2, b"2 3 two"), "page 7")

    async def test_others_lines_are_not_heard(self, sessions: AnySessions) -> None:
        anna, binh = sessions.listen(ANNA), sessions.listen("web:binh")
        await sessions.replay(ANNA, 0)
        await sessions.replay("web:binh", 0)
        await turn(sessions, "1", b"for binh", person="web:binh")
        await turn(sessions, "1", b"for anna")
        assert (await anext(anna))[0].body == b"for anna"
        assert (await anext(binh))[0].body == b"for binh"

    async def test_listening_then_replaying_misses_nothing(self, sessions: AnySessions) -> None:
        for i in range(20):
            async with aclosing(sessions.listen(ANNA)) as lines:  # type: ignore[type-var]
                writing = asyncio.create_task(turn(sessions, f"e{i}", b"line"))
                seen = {line.n for line in await sessions.replay(ANNA, i)}
                if i + 1 not in seen:
                    assert (await anext(lines))[0].n == i + 1
                await writing

    async def test_closing_a_listener_ends_it(self, sessions: AnySessions) -> None:
        listener = sessions.listen(ANNA)
        waiting = asyncio.create_task(_all_of(listener))
        await sessions.replay(ANNA, 0)
        await listener.aclose()  # type: ignore[attr-defined]
        assert await waiting == []

    async def test_closing_the_store_ends_all_listeners(self, sessions: AnySessions) -> None:
        waiting = asyncio.create_task(_all_of(sessions.listen(ANNA)))
        await sessions.replay(ANNA, 0)
        await sessions.aclose()
        assert await waiting == []


async def _all_of(listener: AsyncIterator[tuple[Line, str]]) -> list[tuple[Line, str]]:
    return [line async for line in listener]


class TestForget:
    async def test_session_answers_and_stream_are_gone(self, sessions: AnySessions) -> None:
        await turn(sessions, "1", b"one")
        await turn(sessions, "2", b"two")
        await turn(sessions, "1", b"kept", person="web:binh")
        await sessions.forget(ANNA)
        for event in ("1", "2"):
            opened = await sessions.open(ANNA, event)
            assert (opened.session, opened.answer) == (None, None)
            await sessions.release(opened)
        assert await sessions.replay(ANNA, 0) == ()
        assert (await sessions.open("web:binh", "1")).answer == b"answer to 1"

    async def test_the_turn_that_asked_can_still_close(self, sessions: AnySessions) -> None:
        await turn(sessions, "1", b"one")
        opened = await sessions.open(ANNA, "2")
        await sessions.forget(ANNA)
        assert await sessions.close(opened, b"fresh", b"done", stream=[b"erased"]) == 2
        assert await sessions.replay(ANNA, 1) == (Line(2, b"erased"),)
        assert (await sessions.open(ANNA, "3")).session == b"fresh"


class TestCount:
    async def test_counts_up_and_apart(self, sessions: AnySessions) -> None:
        assert [await sessions.count("a", 60) for _ in range(3)] == [1, 2, 3]
        assert await sessions.count("b", 60) == 1

    async def test_starts_again_after_its_time(self, sessions: AnySessions) -> None:
        assert [await sessions.count("a", 1) for _ in range(2)] == [1, 2]
        await asyncio.sleep(1.1)
        assert await sessions.count("a", 1) == 1


class TestMemoryTimes:
    async def test_everything_has_its_time(self) -> None:
        now = [0.0]
        sessions = MemorySessions(lambda: now[0])
        await turn(sessions, "1", b"one")
        now[0] += 2 * 24 * 3600
        opened = await sessions.open(ANNA, "1")
        assert (opened.answer, opened.session) == (None, b"session after 1")
        await sessions.release(opened)
        now[0] += 28 * 24 * 3600
        assert await sessions.replay(ANNA, 0) == ()
        now[0] += 10 * 24 * 3600
        assert (await sessions.open(ANNA, "1")).session is None


class TestRedis:
    async def test_every_key_of_a_person_has_its_tag_and_its_time(self, shared_url: str) -> None:
        async with redis_sessions(shared_url) as (sessions, client):
            await client.flushall()
            await turn(sessions, "1", b"one")
            await sessions.open(ANNA, "2")
            times = {key.decode(): await client.ttl(key) for key in await client.keys("*")}
        day = 24 * 3600
        assert times == {
            "session:{web:anna}": pytest.approx(40 * day, abs=5),
            "turn:{web:anna}": pytest.approx(40 * day, abs=5),
            "stream:{web:anna}": pytest.approx(30 * day, abs=5),
            "answer:{web:anna}:1": pytest.approx(2 * day, abs=5),
            "answers:{web:anna}": pytest.approx(2 * day, abs=5),
            "lock:{web:anna}": pytest.approx(10, abs=2),
        }

    async def test_a_first_turn_that_never_closes_leaves_nothing_for_ever(
        self, shared_url: str
    ) -> None:
        async with redis_sessions(shared_url) as (sessions, client):
            await client.flushall()
            await sessions.open(ANNA, "1")
            assert await client.keys("*")
            assert all([await client.ttl(key) > 0 for key in await client.keys("*")])

    async def test_flushed_scripts_are_sent_again(self, shared_url: str) -> None:
        async with redis_sessions(shared_url) as (sessions, client):
            await client.flushall()
            await client.script_flush()
            people = [f"web:{i}" for i in range(4)]
            await asyncio.gather(*(turn(sessions, "1", b"x", person=p) for p in people))
            await client.script_flush()
            assert [(await sessions.open(p, "1")).sent for p in people] == [1, 1, 1, 1]

    async def test_two_processes_worth_of_sessions_share_everything(self, shared_url: str) -> None:
        async with (
            redis_sessions(shared_url) as (here, client),
            redis_sessions(shared_url) as (there, _),
        ):
            await client.flushall()
            lines = there.listen(ANNA)
            await there.replay(ANNA, 0)
            opened = await here.open(ANNA, "1")
            waiting = asyncio.create_task(there.open(ANNA, "2"))
            await here.close(opened, b"from here", b"", stream=[b"hello"])
            assert (await waiting).session == b"from here"
            assert (await anext(lines))[0] == Line(1, b"hello")

    async def test_replay_comes_after_the_subscription(self, shared_url: str) -> None:
        async with redis_sessions(shared_url) as (sessions, client):
            await client.flushall()
            await sessions.replay(ANNA, 0)  # the pipe is connected, the listening is not
            listener = sessions.listen(ANNA)
            await sessions.replay(ANNA, 0)
            assert await client.pubsub_numsub("lines:{web:anna}") == [(b"lines:{web:anna}", 1)]
            del listener

    async def test_a_dropped_listener_ends_its_subscription(self, shared_url: str) -> None:
        async with redis_sessions(shared_url) as (sessions, client):
            await client.flushall()
            listener = sessions.listen(ANNA)
            await sessions.replay(ANNA, 0)
            assert await client.pubsub_channels("lines:*") == [b"lines:{web:anna}"]
            del listener
            await turn(sessions, "1", b"nobody hears")
            async with asyncio.timeout(5):
                while await client.pubsub_channels("lines:*"):
                    await asyncio.sleep(0.01)
            assert not await client.pubsub_channels("lines:*")


class TestPipe:
    async def test_a_refused_call_fails_alone(self, shared_url: str) -> None:
        client = connect(shared_url)
        pipe = Pipe(client)
        calls = [
            pipe.call(b"SET", b"word", b"not a number"),
            pipe.call(b"INCR", b"word"),
            pipe.call(b"GET", b"word"),
        ]
        said = await asyncio.gather(*calls, return_exceptions=True)
        assert said[0] == b"OK"
        assert "not an integer" in str(said[1])
        assert said[2] == b"not a number"
        await pipe.aclose()
        await client.aclose()

    async def test_a_caller_who_left_does_not_shift_the_answers(self, shared_url: str) -> None:
        client = connect(shared_url)
        pipe = Pipe(client)
        calls = [pipe.call(b"ECHO", b"%d" % i) for i in range(5)]
        calls[1].cancel()
        kept = [calls[0], *calls[2:]]
        assert await asyncio.gather(*kept) == [b"0", b"2", b"3", b"4"]
        assert await pipe.call(b"ECHO", b"after") == b"after"
        await pipe.aclose()
        await client.aclose()

    def test_packing(self) -> None:
        assert pack((b"SET", b"a", 12)) == b"*3\r\n$3\r\nSET\r\n$1\r\na\r\n$2\r\n12\r\n"


class TestOutage:
    async def test_a_killed_server_keeps_sessions_answers_and_streams(
        self, server: EmbeddedServer
    ) -> None:
        async with redis_sessions(server.url) as (sessions, client):
            await turn(sessions, "1", b"one", b"two")
            await on_disk(client)
            await _kill(server, client)
            opened = await sessions.open(ANNA, "2")
            assert opened.session == b"session after 1"
            assert (await sessions.open(ANNA, "1")).answer == b"answer to 1"
            assert await sessions.close(opened, b"s", b"a", stream=[b"three"]) == 3

    async def test_redis_down_is_said_at_once_and_heals(self, server: EmbeddedServer) -> None:
        async with redis_sessions(server.url) as (sessions, _):
            held = await sessions.open(ANNA, "1")
            lines = sessions.listen(ANNA)
            await sessions.replay(ANNA, 0)
            await server.stop()
            async with asyncio.timeout(2):
                for call in (
                    sessions.open(ANNA, "2"),
                    sessions.close(held, b"s", b"a"),
                    sessions.sent(ANNA, "1", 1),
                    sessions.replay(ANNA, 0),
                    sessions.count("a", 1),
                ):
                    with pytest.raises(StoreDown):
                        await call
                assert await _all_of(lines) == []
            await server.start()
            await sessions.close(held, b"s", b"a", stream=[b"after the outage"])
            again = sessions.listen(ANNA)
            assert [line.body for line in await sessions.replay(ANNA, 0)] == [b"after the outage"]
            await turn(sessions, "3", b"news")
            assert (await anext(again))[0].body == b"news"

    async def test_a_full_server_is_down_for_now(self, server: EmbeddedServer) -> None:
        async with redis_sessions(server.url) as (sessions, client):
            await turn(sessions, "1")
            await client.config_set("maxmemory", 1)
            with pytest.raises(StoreDown, match=r"OOM|maxmemory"):
                await sessions.open(ANNA, "2")
            await client.config_set("maxmemory", 0)
            assert (await sessions.open(ANNA, "2")).session == b"session after 1"

    async def test_a_server_that_hangs_is_down(self, server: EmbeddedServer) -> None:
        async with redis_sessions(server.url) as (sessions, _):
            await turn(sessions, "1")
            assert server.pid is not None
            os.kill(server.pid, signal.SIGSTOP)
            try:
                async with asyncio.timeout(2):
                    calls = [sessions.open(f"web:{i}", "1") for i in range(5)]
                    said = await asyncio.gather(*calls, return_exceptions=True)
            finally:
                os.kill(server.pid, signal.SIGCONT)
            assert [type(error) for error in said] == [StoreDown] * 5
            assert (await sessions.open(ANNA, "2")).session == b"session after 1"


async def _kill(server: EmbeddedServer, client: Redis) -> None:
    """End the server as the power would, and wait until the supervisor has a new one."""
    old = server.pid
    assert old is not None
    os.kill(old, signal.SIGKILL)
    async with asyncio.timeout(10):
        while server.pid in (old, None) or not await _answers(client):
            await asyncio.sleep(0.02)


async def _answers(client: Redis) -> bool:
    try:
        return bool(await client.ping())
    except Exception:
        return False
