"""The outbox table: letters leased by workers, intent committed before the send."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, and_, delete, func, select, update

from bot.shop.says import Letter, Say
from bot.stores.sql import tables
from bot.usecases.ports import Due, LetterState

LEASE_SECONDS = 30
MOST_REPEATS = 1
"""How often an order letter may be sent again when nobody knows whether it arrived."""

KEEP_SECONDS = 90 * 24 * 3600
"""What was said first is forgotten after three months."""

ENDED = ("sent", "blocked", "uncertain", "expired", "stopped")
AD_KINDS = ("reminder", "restock", "broadcast")


class SqlOutbox:
    """Letters in SQL. Every change is its own short transaction through the writer engine."""

    def __init__(self, writer: Engine) -> None:
        self._writer = writer

    async def lease(self, now: int, most: int = 20) -> list[Due]:
        """Take letters that are due, or whose worker died, and commit the intent to send them.

        Orders whose worker died come again once (`again`); other kinds become `uncertain` instead.
        """
        return await asyncio.to_thread(self._lease, now, most)

    def _lease(self, now: int, most: int) -> list[Due]:
        x = tables.letters.c
        todo = and_(x.state == "todo", x.after <= now)
        dead = and_(x.state == "intent", x.lease_until <= now, x.after <= now)
        with self._writer.begin() as conn:
            found = [_due(r) for where in (dead, todo) for r in _first(conn, where, most)]
            taken = [d for d in found if _may_send(d, now)]
            for state, dues in _sorted_out(found, now).items():
                self._mark(conn, [d.id for d in dues], state, now)
        return taken

    def _mark(self, conn: Any, ids: Sequence[int], state: LetterState, now: int) -> None:
        if not ids:
            return
        x = tables.letters.c
        values: dict[str, Any] = {"state": state}
        if state == "intent":
            values |= {"lease_until": now + LEASE_SECONDS, "tries": x.tries + 1}
        conn.execute(update(tables.letters).where(x.id.in_(ids)).values(values))

    async def renew(self, due: Due, now: int) -> bool:
        """Hold on to a letter that is about to be sent; False if it is no longer this worker's."""
        return await asyncio.to_thread(self._update, due, {"lease_until": now + LEASE_SECONDS})

    async def finish(self, due: Due, state: LetterState, now: int, why: str = "") -> None:
        """Remember how sending ended."""
        values = {"state": state, "sent_at": now if state == "sent" else 0, "why": why}
        await asyncio.to_thread(self._update, due, values)

    async def put_back(self, due: Due, at: int, why: str = "", *, tried: bool = True) -> None:
        """Not sent: look again at `at`. Waiting for a better hour is not counted as a try."""
        tries = due.tries + 1 if tried else due.tries
        values = {"state": "todo", "after": at, "tries": tries, "lease_until": 0, "why": why}
        await asyncio.to_thread(self._update, due, values)

    def _update(self, due: Due, values: dict[str, Any]) -> bool:
        """Only while the letter is still leased to this worker: another may have taken over."""
        x = tables.letters.c
        mine = (x.id == due.id, x.state == "intent", x.tries == due.tries + 1)
        with self._writer.begin() as conn:
            return bool(conn.execute(update(tables.letters).where(*mine).values(values)).rowcount)

    async def sweep(self, now: int) -> int:
        """Forget letters that ended long ago, and links that run out; returns how many letters."""
        x = tables.letters.c
        old = delete(tables.letters).where(x.state.in_(ENDED), x.after < now - KEEP_SECONDS)
        links = delete(tables.links).where(tables.links.c.until < now)

        def run() -> int:
            with self._writer.begin() as conn:
                conn.execute(links)
                return int(conn.execute(old).rowcount)

        return await asyncio.to_thread(run)

    async def ads_since(self, to: str, since: int) -> int:
        """How many reminders, restock notices and broadcasts a person got since a moment."""
        x = tables.letters.c
        where = (x.to == to, x.kind.in_(AD_KINDS), x.state == "sent", x.sent_at >= since)
        query = select(func.count()).select_from(tables.letters).where(*where)

        def read() -> int:
            with self._writer.connect() as conn:
                return int(conn.execute(query).scalar_one())

        return await asyncio.to_thread(read)


def _first(conn: Connection, where: Any, most: int) -> list[dict[str, Any]]:
    """The longest waiting letters of one state; each state is one walk along its index."""
    x = tables.letters.c
    query = select(tables.letters).where(where).order_by(x.after, x.id).limit(most)
    return [dict(r) for r in conn.execute(query).mappings()]


def _due(row: dict[str, Any]) -> Due:
    say = msgspec.json.decode(row["say"], type=Say)
    letter = Letter(row["to"], say, row["kind"], row["after"], row["until"], row["once_key"])
    return Due(row["id"], letter, row["tries"], again=row["state"] == "intent")


def _may_send(due: Due, now: int) -> bool:
    late = due.letter.until and due.letter.until < now
    lost = due.again and (due.letter.kind != "order" or due.tries > MOST_REPEATS)
    return not late and not lost


def _sorted_out(found: list[Due], now: int) -> dict[LetterState, list[Due]]:
    late = [d for d in found if d.letter.until and d.letter.until < now]
    lost = [d for d in found if d not in late and not _may_send(d, now)]
    taken = [d for d in found if _may_send(d, now)]
    return {"intent": taken, "uncertain": lost, "expired": late}
