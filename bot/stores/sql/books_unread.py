"""Sentences not understood, as a ledger command sees them."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, func, select, update

from bot.shop.unread import KEEP_DROPPED_SECONDS, KEEP_OPEN_SECONDS, Unread
from bot.stores.sql import rows, tables
from bot.stores.sql.books_deals import DealBooks


class UnreadBooks(DealBooks):
    """The part of `Books` that is about sentences not understood."""

    def unread(self, sentence: str) -> Unread | None:
        return self._get("unread", sentence, lambda: self._load_unread(sentence))

    def _load_unread(self, sentence: str) -> Unread | None:
        table = tables.unread_sentences
        found = self._rows(select(table).where(table.c.id == sentence))
        return rows.unread_of(found[0]) if found else None

    def save_unread(self, sentence: Unread) -> None:
        self._set("unread", sentence.id, sentence, lambda: self._load_unread(sentence.id))

    def _write_unread(self, _id: str, sentence: Unread | None) -> None:
        if sentence is not None:
            self._upsert(tables.unread_sentences, [asdict(sentence)])

    def open_unread(self) -> int:
        table = tables.unread_sentences
        query = select(func.count()).select_from(table).where(table.c.state == "open")
        stored = int(self._conn.execute(query).scalar_one())
        return stored + sum(kind == "unread" for kind, _ in self._dirty)

    def sweep_unread(self, now: int) -> None:
        x = tables.unread_sentences.c
        old = (x.state == "open") & (x.last_at < now - KEEP_OPEN_SECONDS)
        dropped = (x.state == "dropped") & (x.assigned_at < now - KEEP_DROPPED_SECONDS)
        gone = delete(tables.unread_sentences).where(old | dropped)
        self._later.append(lambda: self._run(gone))

    def _forget_trainer(self, person: str, gone: str) -> None:
        """What she taught stays; that it was she does not."""
        table = tables.unread_sentences
        hers = update(table).where(table.c.assigned_by == person)
        self._run(hers.values(assigned_by=gone))
