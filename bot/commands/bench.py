"""`python -m bot bench turns`: what a turn costs, beside a bare aiogram echo in the same run.

Four processes on this machine: the shop on the web, the shop behind a Telegram webhook, the echo,
and this one, which is everybody's browser, Telegram's servers and the stand-in for the Bot API.
Rounds of the three alternate, so that whatever else the machine does hurts all alike.
`docs/benchmarks.md` says what is measured.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.telegram.webhook import webhook_secret
from bot.commands import bench_echo
from bot.commands.bench_api import FastApi
from bot.commands.bench_driver import ECHO, FLOW, Load, Phase, Step
from bot.commands.bench_people import ChatPerson, Person, WebPerson, webhook_head
from bot.commands.bench_report import Effect, Report, figure_of, print_report
from bot.commands.bench_servers import NotStarted, orders_in, rss_mb, start, start_shop
from bot.settings import Settings
from bot.stores.redis_server import ensure_server

ROUNDS = 5
WARM_UP = 32
"""People of the round before those that count: enough to see every product once."""
SHOP_TOKEN = "4242:shop"
SHOP_SECRET = "bench-turns"


@dataclass(slots=True)
class Contender:
    """One of the three that are compared: a load, its people, its steps, what was measured."""

    name: str
    load: Load
    flow: Sequence[Step]
    person: Callable[[int], Person]
    people: int = 0
    phases: dict[str, list[Phase]] = field(default_factory=lambda: defaultdict(list))

    async def round(self, people: int, *, counts: bool = True) -> None:
        """New people walk the whole flow."""
        numbers = range(self.people, self.people + people)
        self.people += people
        phases = await self.load.walk([self.person(n) for n in numbers], self.flow)
        by_group: dict[str, Phase] = {}
        for phase in phases if counts else ():
            whole = by_group.setdefault(f"{self.name} {phase.group}", Phase(phase.group))
            whole.cpu += phase.cpu
            whole.waits += phase.waits
        for name, whole in by_group.items():
            self.phases[name].append(whole)

    def taps(self) -> int:
        return self.people * sum(step.group != "text" for step in self.flow)


@dataclass(slots=True)
class Ground:
    """The three set up, and where their effects are counted."""

    web: Contender
    telegram: Contender
    echo: Contender
    api: FastApi
    counted: list[str]
    folder: Path

    @property
    def all(self) -> tuple[Contender, Contender, Contender]:
        return (self.web, self.telegram, self.echo)

    def effects(self) -> list[Effect]:
        """Messages people got, presses acknowledged, orders in SQL: expected and counted."""
        steps, acks = len(FLOW), "answerCallbackQuery"
        counts, echo, shop = self.api.counts, bench_echo.TOKEN, SHOP_TOKEN
        web, telegram = self.web.people, self.telegram.people
        right = _as_the_flow_says(self.counted)
        return [
            Effect("web messages", web * steps, right),
            Effect("web messages beyond those", 0, len(self.counted) - right),
            Effect("web orders in SQL", web, orders_in(self.folder / "web")),
            Effect("telegram messages", telegram * steps, self.api.shown(shop)),
            Effect("telegram presses", self.telegram.taps(), counts[shop, acks]),
            Effect("telegram orders in SQL", telegram, orders_in(self.folder / "telegram")),
            Effect("echo messages", self.echo.taps(), self.api.shown(echo)),
            Effect("echo presses", self.echo.taps(), counts[echo, acks]),
        ]


def _as_the_flow_says(counted: Sequence[str]) -> int:
    expected = {step.shows for step in FLOW}
    return sum(id in expected for id in counted)


def bench_turns(
    settings: Settings, purchases: int = 600, talks: int = 16, as_json: bool = False
) -> int:
    """Play about so many purchases on the web and as many on Telegram; print the figures.

    Returns the exit code: 1 if any effect was not counted exactly as expected.
    """
    people = max(1, round(purchases / ROUNDS))
    try:
        report = asyncio.run(measure(settings, people, talks, ROUNDS, WARM_UP))
    except NotStarted as error:
        raise SystemExit(str(error)) from None
    print_report(report, as_json=as_json)
    return 0 if report.right else 1


async def measure(
    settings: Settings, people: int, talks: int, rounds: int, warm_up: int
) -> Report:
    """`people` new people a round for each of the three, after `warm_up` that do not count."""
    with tempfile.TemporaryDirectory(prefix="cho-phien-bench-") as folder:
        async with _set_up(settings, Path(folder), talks) as ground:
            for one in ground.all:
                await one.round(warm_up, counts=False)
            for number in range(rounds):
                for one in ground.all[:: -1 if number % 2 else 1]:
                    await one.round(people)
            report = Report(talks, rounds)
            for one in ground.all:
                report.stuck += [f"{one.name} {why}" for why in one.load.stuck]
                report.memory_mb[one.name] = rss_mb(one.load.server.pid)
                for name, phases in sorted(one.phases.items()):
                    report.figures[name] = figure_of(phases)
            report.effects = ground.effects()
            return report


@asynccontextmanager
async def _set_up(settings: Settings, folder: Path, talks: int) -> AsyncIterator[Ground]:
    async with AsyncExitStack() as stack:
        api = FastApi()
        await api.start()
        stack.push_async_callback(api.stop)
        counted: list[str] = []
        web = await _web(settings, folder / "web", counted, stack)
        telegram = await _telegram(settings, folder / "telegram", api, stack)
        echo = await _echo(folder / "echo", api, stack)
        for one in (web, telegram, echo):
            await one.load.open(talks)
            stack.callback(one.load.close)
        yield Ground(web, telegram, echo, api, counted, folder)


async def _web(
    settings: Settings, folder: Path, counted: list[str], stack: AsyncExitStack
) -> Contender:
    server = await start_shop(settings, folder)
    stack.push_async_callback(server.stop)
    host = f"127.0.0.1:{server.port}"
    return Contender("web", Load(server), FLOW, lambda n: WebPerson(n, host, counted))


async def _telegram(
    settings: Settings, folder: Path, api: FastApi, stack: AsyncExitStack
) -> Contender:
    server = await start_shop(
        settings,
        folder,
        SECRET=SHOP_SECRET,
        TELEGRAM_TOKEN=SHOP_TOKEN,
        TELEGRAM_MODE="webhook",
        TELEGRAM_API=api.url,
        TELEGRAM_PER_SECOND="1000000",
        PUBLIC_URL="https://bench.example",
    )
    stack.push_async_callback(server.stop)
    head = webhook_head(server.port, webhook_secret(SHOP_SECRET, SHOP_TOKEN))
    return Contender("telegram", Load(server), FLOW, lambda n: ChatPerson(n, head, api))


async def _echo(folder: Path, api: FastApi, stack: AsyncExitStack) -> Contender:
    redis = await ensure_server(folder)
    stack.push_async_callback(redis.stop)
    words = ("bot.commands.bench_echo", redis.url, api.url, "0")
    server = await start(folder, r"ready (\d+)", *words)
    stack.push_async_callback(server.stop)
    head = webhook_head(server.port, bench_echo.SECRET)
    shown = tuple(step.say for step in ECHO)
    return Contender("echo", Load(server), ECHO, lambda n: ChatPerson(n, head, api, shown))
