"""The ledger: one writer at a time, commits in groups.

A thread takes every command that is waiting, runs them one after another in one transaction,
commits once and then answers them all. Nothing is kept between batches, so two processes on one
database are right too.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, select, update

from bot.shop.problems import Problem
from bot.shop.product import Prices, Product
from bot.shop.stock import Level, level
from bot.stores.sql import tables
from bot.stores.sql.books import SqlBooks
from bot.usecases.ports import Books

T = TypeVar("T")
MOST_IN_A_BATCH = 2000
log = structlog.get_logger()


@dataclass(slots=True)
class _Waiting:
    command: Callable[[Books], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    reads: Sequence[tuple[str, str]] = ()
    result: Any = None
    error: BaseException | None = None

    def answer(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


@dataclass(frozen=True, slots=True)
class Committed:
    """What a batch changed that others may want to know: shelf rows by product, whether letters
    wait, whether goods were born in the chat, and whether clips were recorded or went.
    """

    levels: Mapping[str, Level]
    prices: Mapping[str, Prices]
    posted: bool
    revision: int
    goods: bool = False
    sound: bool = False


class SqlLedger:
    """Keeps the `Ledger` protocol.

    `told` is called on the event loop after each commit, before answers.
    """

    def __init__(
        self,
        engine: Engine,
        products: Callable[[], Mapping[str, Product]],
        hashed: Callable[[str], str],
        told: Callable[[Committed], None],
    ) -> None:
        self._engine = engine
        self._products = products
        self._hashed = hashed
        self._told = told
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="ledger", daemon=True)
        self._thread.start()

    async def put(self, command: Callable[[Books], T], reads: Sequence[tuple[str, str]] = ()) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._queue.put(_Waiting(command, future, loop, reads))
        return await future

    async def close(self) -> None:
        """Finish what is waiting, then stop."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
        self._engine.dispose()

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            batch, last = self._take_all(first)
            self._commit(batch)
            if last:
                return

    def _take_all(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        batch = [first]
        while len(batch) < MOST_IN_A_BATCH:
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
            if item is None:
                return batch, True
            batch.append(item)
        return batch, False

    def _commit(self, batch: list[_Waiting]) -> None:
        committed: Committed | None = None
        try:
            with self._engine.begin() as conn:
                committed = self._apply(conn, batch)
        except Exception as error:
            log.exception("ledger-batch-failed", commands=len(batch))
            if len(batch) > 1:  # one row the database refuses must not cost the others theirs
                for waiting in batch:
                    self._commit([waiting])
                return
            batch[0].error = error
        _answer_all(batch, committed, self._told)

    def _apply(self, conn: Connection, batch: list[_Waiting]) -> Committed:
        books = SqlBooks(conn, self._products(), self._hashed)
        books.fetch(key for waiting in batch for key in waiting.reads)
        for waiting in batch:
            waiting.error = None
            books.start()
            try:
                waiting.result = waiting.command(books)
            except Exception as error:
                books.undo()
                waiting.error = error
                if not isinstance(error, Problem):
                    log.exception("ledger-command-failed")
        books.flush()
        changed = books.shelf_changed
        return Committed(
            levels={p: level(books.lots(p)) for p in changed},
            prices={p: books.prices(p) for p in changed},
            posted=books.posted,
            revision=_next_revision(conn) if changed or books.goods_changed else 0,
            goods=books.goods_changed,
            sound=books.sound_changed,
        )


def _next_revision(conn: Connection) -> int:
    """Count a change of the shelf, so that other processes notice."""
    table = tables.revision
    conn.execute(update(table).values(n=table.c.n + 1))
    return int(conn.execute(select(table.c.n)).scalar_one())


def _answer_all(
    batch: list[_Waiting], committed: Committed | None, told: Callable[[Committed], None]
) -> None:
    """Wake every loop that waits once, not once per command."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Waiting]] = {}
    for waiting in batch:
        by_loop.setdefault(waiting.loop, []).append(waiting)

    def answer(mine: list[_Waiting]) -> None:
        if committed is not None:
            told(committed)
        for waiting in mine:
            waiting.answer()

    for loop, mine in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(answer, mine)
