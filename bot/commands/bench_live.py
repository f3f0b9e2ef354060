"""`python -m bot bench live`: ten thousand people claim five hundred kilos within a minute.

A shop of its own, the web page's path over real HTTP, real SQL. Everybody opened the live before;
each claims at a moment of her own, whether others were answered or not, and waits from that moment
on. One in twenty sends her claim twice, as a page does when the line is poor. What is counted
stands in SQL afterwards. `docs/benchmarks.md` says what is measured.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bot.commands.bench_live_comments import paste
from bot.commands.bench_live_ledger import measure_ledger
from bot.commands.bench_live_report import LiveReport, counted, print_live
from bot.commands.bench_live_shop import LIVE, LiveShop, founded, settings_of
from bot.commands.bench_people import Line, Stuck, WebPerson
from bot.commands.bench_servers import NotStarted, Server, cpu_seconds, release, rss_mb, serve
from bot.settings import Settings

SECONDS = 60.0
LINES = 256
WORDS: tuple[str, ...] = ("A1", "chốt A1", "a1 x2", "A1 2kg", "lấy a1 ạ", "chot a1 x3")
"""What people write: one to three kilos."""
ONE_IN = 20
"""Of so many, one sends her claim twice."""
SEED = 11


@dataclass(slots=True)
class Claimant:
    """Somebody in the live. at: when she claims, in seconds from the beginning; wait: seconds
    until she was answered.
    """

    person: WebPerson
    words: str
    at: float
    twice: bool
    wait: float = 0.0


@dataclass(slots=True)
class Crowd:
    """Everybody, and the lines they talk over; `stuck` says who was not answered and why."""

    server: Server
    people: list[Claimant]
    stuck: list[str] = field(default_factory=list)
    _lines: asyncio.Queue[Line] = field(default_factory=asyncio.Queue)

    async def open(self) -> None:
        """The lines they talk over."""
        for _ in range(LINES):
            self._lines.put_nowait(await Line.open(self.server.port))

    async def come(self) -> None:
        """Open the live, as from the link of a reminder; not measured."""
        await self.open()
        waiting = iter(self.people)
        await asyncio.gather(*(self._come(waiting) for _ in range(16)))

    async def _come(self, waiting: Iterator[Claimant]) -> None:
        for one in waiting:
            await self.say(one, f"/start l-{LIVE}", str(uuid.uuid4()))

    async def storm(self) -> float:
        """Everybody claims at her moment; seconds until the last was answered."""
        began = perf_counter()
        await asyncio.gather(*(self._claim(one, began) for one in self.people))
        return perf_counter() - began

    async def _claim(self, one: Claimant, began: float) -> None:
        await asyncio.sleep(max(0.0, began + one.at - perf_counter()))
        event = str(uuid.uuid4())
        await self.say(one, one.words, event)
        one.wait = perf_counter() - began - one.at
        if one.twice:
            await self.say(one, one.words, event)

    async def say(self, one: Claimant, words: str, event: str) -> None:
        """Whatever she is answered is in `one.person.shown`."""
        line = await self._lines.get()
        try:
            await one.person.say(line, False, words, event)
        except Stuck as stuck:
            self.stuck.append(f"{one.person.number}: {stuck}")
        finally:
            self._lines.put_nowait(line)

    def close(self) -> None:
        while not self._lines.empty():
            self._lines.get_nowait().close()


def bench_live(settings: Settings, people: int = 10_000, as_json: bool = False) -> int:
    """Returns the exit code: 1 if a claim was lost, doubled, oversold or not answered."""
    try:
        report = asyncio.run(measure_live(settings, people, SECONDS))
    except NotStarted as error:
        raise SystemExit(str(error)) from None
    print_live(report, as_json=as_json)
    return 0 if report.right else 1


async def measure_live(
    settings: Settings, people: int, seconds: float, claims: int = 20_000
) -> LiveReport:
    """All of it in temporary data directories."""
    with tempfile.TemporaryDirectory(prefix="cho-phien-bench-") as name:
        folder = Path(name)
        env = await release(settings, folder)
        async with founded(settings_of(env, folder / "ledger")) as (parts, _):
            ledger = await measure_ledger(parts, claims)
        async with founded(settings_of(env, folder / "data")) as (_, shop):
            pass
        report = await _stormed(folder, env, shop, people, seconds)
        report.ledger = ledger
        return report


async def _stormed(
    folder: Path, env: Mapping[str, str], shop: LiveShop, people: int, seconds: float
) -> LiveReport:
    async with AsyncExitStack() as stack:
        server = await serve(folder, env)
        stack.push_async_callback(server.stop)
        crowd = Crowd(server, claimants(server, people, seconds))
        stack.callback(crowd.close)
        await crowd.come()
        before = cpu_seconds(server.pid)
        took = await crowd.storm()
        report = LiveReport(people, seconds, took, sorted(c.wait for c in crowd.people))
        report.cpu_ms = (cpu_seconds(server.pid) - before) / people * 1e3
        report.memory_mb = rss_mb(server.pid)
        report.stuck = crowd.stuck
        report.pasted = await paste(server, shop)
    report.effects = counted(folder, [c.person.shown for c in crowd.people])
    return report


def claimants(server: Server, people: int, seconds: float) -> list[Claimant]:
    """Half of them come in the first quarter: a live's rush. The same people every time."""
    dice = random.Random(SEED)
    moments = sorted(_moment(dice, seconds) for _ in range(people))
    return [_claimant(server, n, at) for n, at in enumerate(moments)]


def _moment(dice: random.Random, seconds: float) -> float:
    return dice.uniform(0, seconds / 4 if dice.random() < 0.5 else seconds)


def _claimant(server: Server, number: int, at: float) -> Claimant:
    person = WebPerson(number, f"127.0.0.1:{server.port}", [])
    return Claimant(person, WORDS[number % len(WORDS)], at, number % ONE_IN == 0)
