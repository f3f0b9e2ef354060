"""`python -m bot bench broadcast`: many thousand letters through workers that are killed.

Two workers (`python -m bot work`) share SQL, Redis and one bot token. A stand-in for Telegram on
127.0.0.1 takes 20 to 80 ms for an answer, has been blocked by three in a hundred, orders silence
now and then, and counts what really arrives. At moments nobody knows beforehand one of the workers
is killed with SIGKILL and started again. `docs/benchmarks.md` says what is measured.
"""

from __future__ import annotations

import asyncio
import random
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import aiohttp
import msgspec

from bot.app import Parts, open_shop, prepare_data_dir
from bot.commands import bench_broadcast_shop as shop
from bot.commands.bench_broadcast_app import Seen, blocked_of
from bot.commands.bench_broadcast_report import BroadcastReport, judge, print_broadcast
from bot.commands.bench_broadcast_worker import Shifted
from bot.commands.bench_servers import (
    NotStarted,
    Server,
    release,
    run,
    start,
    surroundings,
)
from bot.settings import Settings
from bot.shop.hours import CLOSES, VIETNAM, local
from bot.stores.redis_server import ensure_server

WORKERS = 2
MORNING = 9
HOURS_LEFT = 1
TOKEN = "4242:bench"
STUCK_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Plan:
    """speed: how fast the shop's clock goes; above 1 leases of the dead end sooner. seed: of the
    moments of the kills, of who blocked us and of the floods.
    """

    people: int = 20_000
    rate: float = 30.0
    kills: int = 4
    speed: float = 1.0
    seed: int = 5

    @property
    def seconds(self) -> float:
        """What it takes at least."""
        return self.people / self.rate

    @property
    def chats(self) -> range:
        return range(1, self.people + 1)


@dataclass(slots=True)
class Workers:
    """The workers, and the end of those that are killed."""

    folder: Path
    env: Mapping[str, str]
    clock: Shifted
    running: list[Server] = field(default_factory=list)
    killed: int = 0

    async def add(self) -> None:
        words = ("bot.commands.bench_broadcast_worker", *self.clock.words())
        self.running.append(Server(await run(self.folder, words, self.env), 0))

    async def kill(self, dice: random.Random) -> None:
        """One of them, at once, and another in its place."""
        victim = self.running.pop(dice.randrange(len(self.running)))
        victim.process.kill()
        self.killed += await victim.process.wait() == -signal.SIGKILL
        await self.add()

    async def stop(self) -> None:
        await asyncio.gather(*(one.stop() for one in self.running))


@dataclass(slots=True)
class Ground:
    """Everything that stands before the first letter."""

    plan: Plan
    parts: Parts
    app: aiohttp.ClientSession
    workers: Workers
    written: dict[tuple[int, str], float] = field(default_factory=dict)


def bench_broadcast(
    settings: Settings, people: int = 20_000, rate: float = 30.0, as_json: bool = False
) -> int:
    """Returns the exit code: 1 if a letter was lost, came twice, or is not accounted for."""
    try:
        report = asyncio.run(measure_broadcast(settings, Plan(people, rate)))
    except NotStarted as error:
        raise SystemExit(str(error)) from None
    print_broadcast(report, as_json=as_json)
    return 0 if report.right else 1


async def measure_broadcast(settings: Settings, plan: Plan) -> BroadcastReport:
    """All of it in a temporary data directory."""
    async with _set_up(settings, plan) as ground:
        await shop.begin(ground.parts)
        beside = [asyncio.create_task(job) for job in (_killing(ground), _writing(ground))]
        await asyncio.gather(*beside)
        await _until_over(ground)
        report = BroadcastReport(plan.people, plan.rate, ground.workers.killed)
        rows = await asyncio.to_thread(shop.letters_in, ground.parts.settings)
        seen = msgspec.json.decode(await _ask(ground, "/seen"), type=Seen)
        blocked = blocked_of(plan.people, plan.seed)
        judge(report, seen, blocked, rows, plan.people + len(ground.written))
        report.waits = _waits(ground.written, seen)
        return report


@asynccontextmanager
async def _set_up(settings: Settings, plan: Plan) -> AsyncIterator[Ground]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cho-phien-bench-")))
        words = ("bot.commands.bench_broadcast_app", str(plan.people), str(plan.seed))
        app = await start(folder / "app", r"ready (\d+)", *words)
        stack.push_async_callback(app.stop)
        redis = await ensure_server(folder / "redis")
        stack.push_async_callback(redis.stop)
        env = await _environment(settings, folder, plan)
        env |= {"REDIS_URL": redis.url, "TELEGRAM_API": f"http://127.0.0.1:{app.port}"}
        clock, own = _daytime(plan), shop.settings_of(env)
        workers = Workers(folder, env, clock)
        prepare_data_dir(own)
        parts = await stack.enter_async_context(open_shop(own, clock.now))
        await shop.found(parts, plan.people)
        stack.push_async_callback(workers.stop)
        for _ in range(WORKERS):
            await workers.add()
        asks = aiohttp.ClientSession(env["TELEGRAM_API"])
        yield Ground(plan, parts, await stack.enter_async_context(asks), workers)


async def _environment(settings: Settings, folder: Path, plan: Plan) -> dict[str, str]:
    """What the workers are started with. Examples are learned beforehand, or stand in a folder
    that is named: workers that learn would be measured learning.
    """
    own = {
        "MODELS_DIR": settings.models_dir or str(folder / "understanding"),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_PER_SECOND": repr(plan.rate),
        "BACKUP_KEEP_DAYS": "0",
    }
    if settings.models_dir:
        return {**surroundings(settings, folder), **own}
    return await release(settings, folder, **own)


def _daytime(plan: Plan) -> Shifted:
    """The real time if advertising may go now and for as long as it takes, else a morning."""
    real = time.time()
    here = local(int(real))
    if not MORNING <= here.hour < CLOSES - HOURS_LEFT:
        here = here.astimezone(VIETNAM).replace(hour=MORNING)
    return Shifted(int(here.timestamp()), real, plan.speed)


async def _ask(ground: Ground, path: str) -> bytes:
    async with ground.app.get(path) as response:
        return await response.read()


async def _calls(ground: Ground) -> int:
    return int(await _ask(ground, "/count"))


async def _begun(ground: Ground) -> None:
    """Until the first call, or for a minute: then there will be none."""
    for _ in range(600):
        if await _calls(ground):
            return
        await asyncio.sleep(0.1)


async def _killing(ground: Ground) -> None:
    plan = ground.plan
    dice = random.Random(plan.seed + 1)
    moments = sorted(dice.uniform(0.1, 0.9) * plan.seconds for _ in range(plan.kills))
    await _begun(ground)
    began = monotonic()
    for at in moments:
        await asyncio.sleep(max(0.0, began + at - monotonic()))
        await ground.workers.kill(dice)


async def _writing(ground: Ground) -> None:
    """Reminders to every tenth in the middle of it, and news of orders one after another."""
    plan, parts = ground.plan, ground.parts
    await _begun(ground)
    ordered = plan.chats[:: shop.ORDERED]
    for n, chat in enumerate(ordered):
        if n == len(ordered) // 2:
            reminded = plan.chats[:: shop.REMINDED]
            await shop.remind(parts, reminded)
            ground.written |= {(c, "reminder"): monotonic() for c in reminded}
        await shop.news(parts, chat)
        ground.written[chat, "order"] = monotonic()
        await asyncio.sleep(plan.seconds * 0.8 / len(ordered))


async def _until_over(ground: Ground) -> None:
    """Every letter has come to an end, or nothing has moved for far too long."""
    calls, since = -1, monotonic()
    while await asyncio.to_thread(shop.open_letters, ground.parts.settings):
        if (now := await _calls(ground)) != calls:
            calls, since = now, monotonic()
        if monotonic() - since > STUCK_SECONDS:
            return
        await asyncio.sleep(1.0)


def _waits(written: Mapping[tuple[int, str], float], seen: Seen) -> dict[str, Sequence[float]]:
    waits: dict[str, list[float]] = {"order": [], "reminder": []}
    for (chat, kind), at in written.items():
        if (came := seen.first.get(f"{chat} {kind}")) is not None:
            waits[kind].append(came - at)
    return {kind: tuple(sorted(found)) for kind, found in waits.items()}
