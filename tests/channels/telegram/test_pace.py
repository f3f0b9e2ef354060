"""The pacer on a clock that jumps to the next timer: seconds are exact and take no time."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from itertools import pairwise
from typing import Any

import pytest

from bot.channels.pace import LocalPace


class _Jumping:
    """A selector that never waits: it moves the loop's clock instead."""

    def __init__(self, loop: JumpingLoop, inner: Any) -> None:
        self._loop = loop
        self._inner = inner

    def select(self, timeout: float | None = None) -> Any:
        self._loop.now += timeout or 0.0
        return self._inner.select(0)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class JumpingLoop(asyncio.SelectorEventLoop):
    now = 1000.0

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Jumping(self, self._selector)

    def time(self) -> float:
        return self.now


def play(main: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        runner.run(main)


async def _go(pace: LocalPace, log: list[tuple[float, Any]], urgent: bool, chat: Any) -> None:
    await pace.wait(urgent=urgent, chat=chat)
    log.append((asyncio.get_running_loop().time() - 1000.0, chat))


def _worst_second(times: list[float]) -> int:
    return max(sum(start <= t < start + 1.0 - 1e-9 for t in times) for start in times)


def test_slots_are_exactly_one_interval_apart() -> None:
    async def main() -> None:
        pace, log = LocalPace(25), []
        await asyncio.gather(*(_go(pace, log, False, chat) for chat in range(100)))
        times = [at for at, _ in log]
        assert times == pytest.approx([n / 25 for n in range(100)])
        assert _worst_second(times) == 25

    play(main())


def test_an_idle_time_saves_nothing_up() -> None:
    async def main() -> None:
        pace, log = LocalPace(10), []
        await _go(pace, log, True, None)
        await asyncio.sleep(60)
        await asyncio.gather(*(_go(pace, log, True, None) for _ in range(20)))
        times = [at for at, _ in log]
        assert times[1:] == pytest.approx([60 + n / 10 for n in range(20)])

    play(main())


def test_a_timer_that_wakes_late_does_not_slow_the_rest() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, JumpingLoop)
        pace, log = LocalPace(10), []
        tasks = [asyncio.create_task(_go(pace, log, False, chat)) for chat in range(11)]
        await asyncio.sleep(0)
        loop.now += 0.13  # the machine was busy: the slot of 0.1 wakes at 0.13
        await asyncio.gather(*tasks)
        assert log[1][0] == pytest.approx(0.13)
        assert [at for at, _ in log[2:]] == pytest.approx([n / 10 for n in range(2, 11)])

    play(main())


def test_replies_overtake_broadcasts() -> None:
    async def main() -> None:
        pace, log = LocalPace(1), []
        waiting = [asyncio.create_task(_go(pace, log, False, chat)) for chat in range(5)]
        await asyncio.sleep(1.5)
        await _go(pace, log, True, "reply")
        await asyncio.gather(*waiting)
        assert [chat for _, chat in log] == [0, 1, "reply", 2, 3, 4]
        assert [at for at, _ in log] == pytest.approx([0, 1, 2, 3, 4, 5])

    play(main())


def test_one_chat_gets_one_broadcast_a_second_and_others_pass_it() -> None:
    async def main() -> None:
        pace, log = LocalPace(10), []
        chats = ["a", "a", "a", "b", "c"]
        await asyncio.gather(*(_go(pace, log, False, chat) for chat in chats))
        assert [chat for _, chat in log] == ["a", "b", "c", "a", "a"]
        of_a = [at for at, chat in log if chat == "a"]
        assert [later - at for at, later in pairwise(of_a)] == pytest.approx([1.0, 1.0])

    play(main())


def test_replies_to_one_chat_do_not_wait_a_second_but_keep_broadcasts_off_it() -> None:
    async def main() -> None:
        pace, log = LocalPace(10), []
        await asyncio.gather(*(_go(pace, log, True, "a") for _ in range(3)))
        await _go(pace, log, False, "a")
        assert [at for at, _ in log] == pytest.approx([0, 0.1, 0.2, 1.2])

    play(main())


def test_a_pause_holds_everybody_and_then_the_pace_is_kept() -> None:
    async def main() -> None:
        pace, log = LocalPace(10), []
        tasks = [asyncio.create_task(_go(pace, log, n % 2 == 0, n)) for n in range(6)]
        await asyncio.sleep(0.15)
        pace.pause(5)
        pace.pause(1)  # a shorter one does not shorten it
        assert pace.paused() == pytest.approx(5)
        await asyncio.gather(*tasks)
        times = [at for at, _ in log]
        assert times == pytest.approx([0, 0.1, 5.15, 5.25, 5.35, 5.45])
        assert pace.paused() == 0

    play(main())


def test_who_gives_up_waiting_takes_no_slot() -> None:
    async def main() -> None:
        pace, log = LocalPace(1), []
        tasks = [asyncio.create_task(_go(pace, log, True, n)) for n in range(3)]
        await asyncio.sleep(0.5)
        tasks[1].cancel()
        await asyncio.wait(tasks)
        assert log == [(pytest.approx(0), 0), (pytest.approx(1), 2)]

    play(main())


def test_an_endless_rate_never_waits_and_a_rate_of_nothing_is_refused() -> None:
    async def main() -> None:
        pace, log = LocalPace(float("inf")), []
        await asyncio.gather(*(_go(pace, log, True, "a") for _ in range(1000)))
        assert {at for at, _ in log} == {0.0}

    play(main())
    with pytest.raises(ValueError, match="above 0"):
        LocalPace(0)
