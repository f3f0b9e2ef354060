"""The outbox table: letters leased by workers, intent committed right before each is sent.

Pausing, stopping and counting the letters of one broadcast is the ledger's, in the command that
changes the broadcast itself: `turn_letters`, `tally`, `not_reached` of `ports_live.LiveBooks`.

`todo` waits; leased is `todo` with `lease_until` in the future; `intent` is being sent this very
moment. A worker that dies leaves leased letters to the next one, and those in `intent` in doubt.
`sent_at` stands from the intent on, so that what may have arrived counts for the day.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Engine, delete, exists, func, not_, select, update

from bot.shop.follow import Unreachable
from bot.shop.says import Letter, LetterKind, Say
from bot.stores.sql import tables, tables_live
from bot.stores.sql.outbox_writes import (
    LEASE_SECONDS,
    WORKER_DIED,
    Change,
    Finish,
    Intend,
    PutBack,
    Together,
    commit,
    in_doubt,
)
from bot.stores.sql.writing import upsert
from bot.usecases.ports_outbox import LANES, AdLimit, Due, LetterState

KEEP_SECONDS = 90 * 24 * 3600
"""What was said first is forgotten after three months."""

ENDED = ("sent", "blocked", "uncertain", "expired", "stopped")
T = TypeVar("T")


class SqlOutbox:
    """Letters in SQL, through the writer engine. What several letters become at the same time is
    one transaction."""

    def __init__(self, writer: Engine, reader: Engine | None = None) -> None:
        self._writer = writer
        self._reader = reader or writer
        self._together: Together[Change, Due | None] = Together(lambda cs: commit(writer, cs))

    # for workers: see `ports.Outbox`

    async def lease(
        self,
        now: int,
        most: int = 32,
        kinds: Sequence[LetterKind] = LANES,
        resting: Sequence[str] = (),
    ) -> list[Due]:
        """Those of a worker that died in the middle too: an order comes again once, anything
        else becomes `uncertain`.
        """
        return await self._begin(lambda conn: _lease(conn, now, most, kinds, resting))

    async def intend(self, due: Due, now: int, limit: AdLimit | None = None) -> Due | None:
        return await self._together.do(Intend(due, now, limit))

    async def finish(
        self, due: Due, state: LetterState, now: int, why: str = "", *, gone: bool = False
    ) -> None:
        await self._together.do(Finish(due, state, now, why, gone))

    async def put_back(self, due: Due, at: int, why: str = "", *, tried: bool = True) -> None:
        """Not sent: look again at `at`. Waiting for a better hour is not counted as a try."""
        await self._together.do(PutBack(due, at, why, tried))

    async def give_back(self, dues: Sequence[Due]) -> None:
        x = tables.letters.c
        ours = [(x.id == d.id) & (x.lease_until == d.lease) & (x.state == "todo") for d in dues]
        free = update(tables.letters).values(lease_until=0)
        await self._begin(lambda conn: [conn.execute(free.where(mine)) for mine in ours])

    # who cannot be reached: see `reach.ReachRows`

    async def unreachable(self) -> list[Unreachable]:
        query = select(tables_live.unreachable)
        return await self._read(lambda c: [Unreachable(*row) for row in c.execute(query)])

    async def reach_stamp(self) -> tuple[int, int]:
        x = tables_live.unreachable.c
        query = select(func.count(), func.coalesce(func.sum(x.at), 0))
        found = await self._read(lambda conn: conn.execute(query).one())
        return int(found[0]), int(found[1])

    async def lost(self, gone: Unreachable) -> None:
        row = {"person": gone.person, "why": gone.why[:200], "at": gone.at}
        await self._begin(lambda conn: upsert(conn, tables_live.unreachable, [row]))

    async def reached(self, person: str) -> None:
        x = tables_live.unreachable.c
        forget = delete(tables_live.unreachable).where(x.person == person)
        await self._begin(lambda conn: conn.execute(forget))

    async def sweep(self, now: int) -> int:
        """Forget letters that ended long ago, and links that run out; returns how many letters."""
        x = tables.letters.c
        old = delete(tables.letters).where(x.state.in_(ENDED), x.after < now - KEEP_SECONDS)
        links = delete(tables.links).where(tables.links.c.until < now)

        def run(conn: Connection) -> int:
            conn.execute(links)
            return int(conn.execute(old.where(x.kind.in_(LANES))).rowcount)

        return await self._begin(run)

    async def _begin(self, work: Callable[[Connection], T]) -> T:
        def run() -> T:
            with self._writer.begin() as conn:
                return work(conn)

        return await asyncio.to_thread(run)

    async def _read(self, query: Callable[[Connection], T]) -> T:
        def run() -> T:
            with self._reader.connect() as conn:
                return query(conn)

        return await asyncio.to_thread(run)


def _lease(
    conn: Connection, now: int, most: int, kinds: Sequence[LetterKind], resting: Sequence[str]
) -> list[Due]:
    until = now + LEASE_SECONDS
    taken: list[Due] = []
    for row in _found(conn, now, most, kinds, resting):
        died = row["state"] == "intent"
        state = _ends_as(row, now)
        if state:
            why = WORKER_DIED if died and state == "uncertain" else row["why"]
            _mark(conn, [row["id"]], {"state": state, "lease_until": 0, "why": why})
        else:
            again = died or in_doubt(row["why"])
            taken.append(Due(row["id"], _letter(row), row["tries"], again, until))
            if died:
                _mark(conn, [row["id"]], {"why": WORKER_DIED})
    _mark(conn, [d.id for d in taken], {"state": "todo", "lease_until": until})
    return taken


def _found(
    conn: Connection, now: int, most: int, kinds: Sequence[LetterKind], resting: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Letters of dead workers, then lane by lane; each lane is one walk along its index."""
    x = tables.letters.c
    for row in _first(conn, (x.state == "intent", x.lease_until <= now), most):
        yield row
        most -= 1
    other = tables.letters.alias()
    busy = exists().where(other.c.to == x.to, other.c.lease_until > now)
    free = (x.lease_until <= now, not_(busy), *(x.to.not_like(f"{c}:%") for c in resting))
    for kind in kinds:
        where = (x.state == "todo", x.kind == kind, x.after <= now, *free)
        for row in _first(conn, where, most) if most > 0 else ():
            yield row
            most -= 1


def _first(conn: Connection, where: Sequence[Any], most: int) -> list[dict[str, Any]]:
    x = tables.letters.c
    query = select(tables.letters).where(*where).order_by(x.after, x.id).limit(most)
    return [dict(r) for r in conn.execute(query.with_for_update(skip_locked=True)).mappings()]


def _mark(conn: Connection, ids: Sequence[int], values: dict[str, Any]) -> None:
    if ids:
        conn.execute(update(tables.letters).where(tables.letters.c.id.in_(ids)).values(values))


_say = msgspec.json.Decoder(Say)


def _letter(row: dict[str, Any]) -> Letter:
    say = _say.decode(row["say"])
    return Letter(row["to"], say, row["kind"], row["after"], row["until"], row["once_key"])


def _ends_as(row: dict[str, Any], now: int) -> LetterState | None:
    """Too late, or nobody knows whether it arrived; None if it is to be sent."""
    if row["state"] == "intent" and (row["kind"] != "order" or in_doubt(row["why"])):
        return "uncertain"
    return "expired" if row["until"] and row["until"] < now else None
