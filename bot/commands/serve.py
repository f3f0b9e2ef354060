"""`run`, `web` and `work`: the shop open to the world, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from aiohttp import web as aioweb

from bot.app import Parts, open_shop, prepare_data_dir
from bot.commands.addresses import greet, public_address
from bot.commands.backup import daily
from bot.commands.plug_web import web_channel, web_pages
from bot.settings import Settings
from bot.stores.sql.engine import make_engine
from bot.stores.sql.migrate import HEAD, current
from bot.web.app import Attach, make_web

log = structlog.get_logger()

GC_PASSES = (50_000, 20, 50)
"""How often the collector looks: with Python's own numbers a storm of claims spent two fifths of
its time there (`bench live`)."""

Job = Callable[[], Coroutine[None, None, None]]
"""Something that runs beside the web server until the program is told to stop."""


def _by_the_clock() -> int:
    return int(time.time())


def serve(
    settings: Settings, *, web: bool, worker: bool, now: Callable[[], int] = _by_the_clock
) -> None:
    """Blocks until SIGINT or SIGTERM; what was being answered is finished first. now: the shop's
    clock, seconds UTC.
    """
    prepare_data_dir(settings)
    _migrate_outside(settings)
    asyncio.run(_serve(settings, now, web=web, worker=worker))


def _migrate_outside(settings: Settings) -> None:
    """In a process of its own, whose 10 MB of migration tools do not stay in this one."""
    engine = make_engine(settings.sql_url, writer=False)
    done = current(engine) == HEAD
    engine.dispose()
    if not done:
        child = subprocess.run([sys.executable, "-m", "bot", "migrate"], check=False)
        if child.returncode:
            raise SystemExit(child.returncode)


async def _serve(settings: Settings, now: Callable[[], int], *, web: bool, worker: bool) -> None:
    async with contextlib.AsyncExitStack() as stack:
        parts = await stack.enter_async_context(open_shop(settings, now))
        attach: list[Attach] = []
        jobs: list[Job] = [
            parts.catalogue.watch,
            parts.truth.shelf.watch,
            parts.truth.born.watch,
            parts.reach.watch,
            lambda: _watch_data(parts),
            lambda: _open_new_products(parts),
        ]
        parts.channels["web"] = web_channel(parts, stack)
        if settings.telegram_token:
            from bot.commands.plug_telegram import plug

            jobs += await plug(parts, stack, attach, listens=web, speaks=worker)
        if worker:
            jobs += [parts.make_worker(parts.channels).run, parts.jobs.run, parts.live_clock.run]
            if settings.backup_keep_days > 0:
                jobs.append(daily(parts).run)
        if web:
            await _open_web(parts, stack, attach)
        _collect_seldom()
        await _until_told(jobs)


def _collect_seldom() -> None:
    """What is loaded now stays; the collector need not walk it at every pass. A pass over all of
    it stops answers and the outbox's pace for a tenth of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_PASSES)


async def _open_web(parts: Parts, stack: contextlib.AsyncExitStack, attach: list[Attach]) -> None:
    app = make_web(
        parts.desk,
        parts.sessions,
        parts.media,
        parts.settings,
        parts.secret,
        clock=parts,
        probes={"redis": parts.redis_answers, "sql": parts.sql_answers},
        attach=(*attach, *web_pages(parts)),
        twin=parts.sounds.aac,
    )
    runner = aioweb.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = aioweb.TCPSite(runner, parts.settings.host, parts.settings.port)
    try:
        await site.start()
    except OSError as error:
        port = str(parts.settings.port)
        raise SystemExit(parts.words.text("vi", "port-taken", port=port)) from error
    port = runner.addresses[0][1]
    parts.public_url = public_address(parts.settings, port)
    await greet(parts, port)


async def _watch_data(parts: Parts, interval: float = 5.0) -> None:
    """A data directory that was there and is gone is an error that is said, not a fresh shop.

    SQLite would go on writing into a file that no longer has a name.
    """
    path = parts.settings.data_dir
    while True:
        await asyncio.sleep(interval)
        if not await asyncio.to_thread(path.is_dir):
            raise SystemExit(parts.words.text("vi", "data-gone", path=str(path)))


async def _open_new_products(parts: Parts, interval: float = 2.0) -> None:
    """Products that appear in the catalogue while the shop is open get their opening stock."""
    known = parts.catalogue.current
    while True:
        await asyncio.sleep(interval)
        if parts.catalogue.current is not known:
            known = parts.catalogue.current
            try:
                await parts.jobs.open_shelf()
            except Exception:  # tried again with the next edit, and at the next start
                log.exception("shelf-not-opened")


async def _until_told(jobs: list[Job]) -> None:
    """Run the jobs until a signal comes; a job that dies ends the program loudly."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    tasks = [asyncio.create_task(job()) for job in jobs]
    waiter = asyncio.ensure_future(stop.wait())
    done, _ = await asyncio.wait({*tasks, waiter}, return_when=asyncio.FIRST_COMPLETED)
    await _ended({*tasks, waiter})
    for task in done - {waiter}:
        task.result()


async def _ended(tasks: set[asyncio.Future[Any]], patience: float = 1.0) -> None:
    """Until all have stopped. A job whose wait ended in the very moment of the first cancellation
    may not have seen it (`asyncio.wait_for` before Python 3.12), so it is told again.
    """
    left = {task for task in tasks if not task.done()}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=patience)
    await asyncio.gather(*tasks, return_exceptions=True)
