"""The outbox table: letters leased by workers, intent committed before the send."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Engine, and_, delete, func, or_, select, update

from bot.shop.says import Letter, Say
from bot.stores.sql import tables
from bot.usecases.ports import Due, LetterState

LEASE_SECONDS = 30
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
        todo = and_(x.state == "todo", x.after <= now, x.lease_until <= now)
        dead = and_(x.state == "intent", x.lease_until <= now)
        query = select(tables.letters).where(or_(todo, dead)).order_by(x.after, x.id).limit(most)
        with self._writer.begin() as conn:
            if conn.dialect.name == "postgresql":
                query = query.with_for_update(skip_locked=True)
            found = [_due(dict(r)) for r in conn.execute(query).mappings()]
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

    async def finish(self, letter: int, state: LetterState, now: int, why: str = "") -> None:
        """Remember how sending ended."""
        values = {"state": state, "sent_at": now if state == "sent" else 0, "why": why}
        await asyncio.to_thread(self._update, letter, values)

    async def put_back(self, letter: int, at: int, why: str = "") -> None:
        """Not sent: try again at `at`."""
        await asyncio.to_thread(
            self._update, letter, {"state": "todo", "lease_until": at, "why": why}
        )

    def _update(self, letter: int, values: dict[str, Any]) -> None:
        with self._writer.begin() as conn:
            conn.execute(
                update(tables.letters).where(tables.letters.c.id == letter).values(values)
            )

    async def sweep(self, now: int) -> int:
        """Forget letters that ended long ago; returns how many."""
        x = tables.letters.c
        old = delete(tables.letters).where(x.state.in_(ENDED), x.after < now - KEEP_SECONDS)

        def run() -> int:
            with self._writer.begin() as conn:
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


def _due(row: dict[str, Any]) -> Due:
    say = msgspec.json.decode(row["say"], type=Say)
    letter = Letter(row["to"], say, row["kind"], row["after"], row["until"], row["once_key"])
    return Due(row["id"], letter, row["tries"], again=row["state"] == "intent")


def _may_send(due: Due, now: int) -> bool:
    late = due.letter.until and due.letter.until < now
    return not late and not (due.again and due.letter.kind != "order")


def _sorted_out(found: list[Due], now: int) -> dict[LetterState, list[Due]]:
    late = [d for d in found if d.letter.until and d.letter.until < now]
    lost = [d for d in found if d not in late and not _may_send(d, now)]
    taken = [d for d in found if _may_send(d, now)]
    return {"intent": taken, "uncertain": lost, "expired": late}
