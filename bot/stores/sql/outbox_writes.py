"""What workers change in the letters table: many letters in one transaction, each by its lease."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, bindparam, delete, func, select, update

from bot.stores.sql import tables, tables_live
from bot.stores.sql.writing import upsert
from bot.usecases.ports_outbox import ADS, AdLimit, Due, LetterState

LEASE_SECONDS = 30
COUNTED = ("intent", "sent", "uncertain")
"""Ads that reached a person, may have, or are about to: all count for the day."""

WORKER_DIED = "worker-died"
LINE_BROKE = "line-broke"

Row = dict[str, Any]
A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Intend:
    due: Due
    now: int
    limit: AdLimit | None = None


@dataclass(frozen=True, slots=True)
class Finish:
    due: Due
    state: LetterState
    now: int
    why: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class PutBack:
    due: Due
    at: int
    why: str = ""
    tried: bool = True


Change = Intend | Finish | PutBack


class Together(Generic[A, B]):
    """Jobs that come while a batch is on its way go out together as the next one."""

    def __init__(self, work: Callable[[list[A]], list[B]]) -> None:
        self._work = work
        self._waiting: list[tuple[A, asyncio.Future[B]]] = []
        self._pump: asyncio.Task[None] | None = None

    async def do(self, job: A) -> B:
        """Its result; a batch that fails raises its error for every job in it."""
        loop = asyncio.get_running_loop()
        result: asyncio.Future[B] = loop.create_future()
        self._waiting.append((job, result))
        if self._pump is None:
            self._pump = loop.create_task(self._run())
        return await result

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                await self._batch(batch)
        finally:
            self._pump = None

    async def _batch(self, batch: list[tuple[A, asyncio.Future[B]]]) -> None:
        try:
            results = await asyncio.to_thread(self._work, [job for job, _ in batch])
        except Exception as error:
            for _, waits in batch:
                if not waits.done():
                    waits.set_exception(error)
            return
        for (_, waits), result in zip(batch, results, strict=True):
            if not waits.done():
                waits.set_result(result)


def in_doubt(why: str) -> bool:
    """True if a letter may have arrived already, because of what is remembered of it."""
    return why in (WORKER_DIED, LINE_BROKE)


def commit(engine: Engine, changes: Sequence[Change]) -> list[Due | None]:
    """Blocking. For each change the letter as this worker now holds it, None if it does not."""
    with engine.begin() as conn:
        rows = _rows(conn, [c.due.id for c in changes])
        mine = [c for c in changes if _is_mine(c, rows.get(c.due.id))]
        known = _known(conn, mine)
        values = {c.due.id: _become(c, rows[c.due.id], known) for c in mine}
        _write(conn, values)
        _remember_reach(conn, [c for c in mine if isinstance(c, Finish)])
    return [_held(c, values.get(c.due.id)) for c in changes]


def _rows(conn: Connection, ids: Sequence[int]) -> dict[int, Row]:
    x = tables.letters.c
    columns = (x.id, x.state, x.after, x.until, x.tries, x.lease_until, x.sent_at, x.why)
    found = conn.execute(select(*columns).where(x.id.in_(ids)).with_for_update()).mappings()
    return {row["id"]: dict(row) for row in found}


def _is_mine(change: Change, row: Row | None) -> bool:
    """A letter that was stopped or paused, or that another worker took over, is not touched; of
    one that was stopped on its way it is still remembered that it arrived.
    """
    if row is None or row["lease_until"] != change.due.lease:
        return False
    if isinstance(change, Intend):
        return bool(row["state"] == "todo")
    arrived = isinstance(change, Finish) and change.state in ("sent", "uncertain")
    return row["state"] in (("todo", "intent", "stopped") if arrived else ("todo", "intent"))


@dataclass(slots=True)
class _Known:
    """What a batch has to know of the people in it."""

    ads: dict[str, int] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    broadcasts: Mapping[str, str] = field(default_factory=dict)


def _known(conn: Connection, changes: Iterable[Change]) -> _Known:
    known, backs = _Known(), set()
    by_since: dict[int, list[str]] = {}
    for change in changes:
        if isinstance(change, Intend) and change.limit is not None:
            by_since.setdefault(change.limit.since, []).append(change.due.letter.to)
        elif isinstance(change, PutBack) and change.due.letter.kind == "broadcast":
            backs.add(_broadcast_of(change.due))
    for since, people in by_since.items():
        known.ads |= ads_since(conn, people, since)
    if by_since:
        known.gone = _unreachable(conn, [p for people in by_since.values() for p in people])
    if backs:
        x = tables_live.broadcasts.c
        query = select(x.id, x.state).where(x.id.in_(backs))
        known.broadcasts = {row.id: row.state for row in conn.execute(query)}
    return known


def ads_since(conn: Connection, people: Sequence[str], since: int) -> dict[str, int]:
    """How many ads each got since then, may have got, or is about to get."""
    x = tables.letters.c
    where = (x.to.in_(people), x.kind.in_(ADS), x.sent_at >= since, x.state.in_(COUNTED))
    query = select(x.to, func.count()).where(*where).group_by(x.to)
    return {to: int(n) for to, n in conn.execute(query)}


def _unreachable(conn: Connection, people: Sequence[str]) -> dict[str, str]:
    x = tables_live.unreachable.c
    query = select(x.person, x.why).where(x.person.in_(people))
    return {row.person: row.why for row in conn.execute(query)}


def _become(change: Change, row: Row, known: _Known) -> Row:
    """The columns of a letter after a change."""
    free = {k: row[k] for k in ("state", "after", "tries", "sent_at", "why")} | {"lease_until": 0}
    if isinstance(change, Intend):
        return _intended(change, row, free, known)
    if isinstance(change, Finish):
        at = {"sent": change.now, "uncertain": row["sent_at"]}.get(change.state, 0)
        return free | {"state": change.state, "why": change.why, "sent_at": at}
    tries = change.due.tries + change.tried
    state = _state_of_put_back(change.due, known)
    values = {"state": state, "after": change.at, "tries": tries, "sent_at": 0}
    return free | values | {"why": row["why"] if in_doubt(row["why"]) else change.why}


def _state_of_put_back(due: Due, known: _Known) -> str:
    """A broadcast may have been paused or stopped while one of its letters was on its way."""
    broadcast = known.broadcasts.get(_broadcast_of(due), "")
    return {"paused": "paused", "stopped": "stopped"}.get(broadcast, "todo")


def _broadcast_of(due: Due) -> str:
    """The id in a key `bc:<id>:<person>`; something no broadcast is called for other letters."""
    return due.letter.once_key.split(":")[1] if due.letter.once_key.startswith("bc:") else ""


def _intended(change: Intend, row: Row, free: Row, known: _Known) -> Row:
    to, limit = change.due.letter.to, change.limit
    if row["until"] and row["until"] < change.now:
        return free | {"state": "expired"}
    if limit is not None and to in known.gone:
        return free | {"state": "blocked", "why": known.gone[to]}
    if limit is not None and known.ads.get(to, 0) >= limit.most:
        return free | {"after": limit.again_at}
    if limit is not None:
        known.ads[to] = known.ads.get(to, 0) + 1
    lease = {"lease_until": change.now + LEASE_SECONDS, "tries": row["tries"] + 1}
    return free | lease | {"state": "intent", "sent_at": change.now}


_CHANGE = (
    update(tables.letters)
    .where(tables.letters.c.id == bindparam("letter"))
    .values(
        {c: bindparam(f"b_{c}") for c in ("state", "after", "tries", "lease_until", "sent_at")}
        | {"why": bindparam("b_why")}
    )
)


def _write(conn: Connection, values: Mapping[int, Row]) -> None:
    if values:
        rows = [{"letter": i, **{f"b_{k}": v for k, v in r.items()}} for i, r in values.items()]
        conn.execute(_CHANGE, rows)


def _remember_reach(conn: Connection, ends: Iterable[Finish]) -> None:
    """Who is gone; and who is back, because an order letter got through."""
    gone, back = {}, set()
    for end in ends:
        to = end.due.letter.to
        if end.gone:
            gone[to] = {"person": to, "why": end.why[:200], "at": end.now}
        elif end.state == "sent" and end.due.letter.kind == "order":
            back.add(to)
    upsert(conn, tables_live.unreachable, list(gone.values()))
    if back:
        x = tables_live.unreachable.c
        conn.execute(delete(tables_live.unreachable).where(x.person.in_(back)))


def _held(change: Change, values: Row | None) -> Due | None:
    if values is None or values["state"] != "intent":
        return None
    due = change.due
    return Due(due.id, due.letter, due.tries, due.again, values["lease_until"])
