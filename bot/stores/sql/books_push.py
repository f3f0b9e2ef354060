"""Where closed pages are reached, as a ledger command sees it."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.shop.follow import PushAddress
from bot.stores.sql import tables_live as t
from bot.stores.sql.books_followers import FollowerBooks
from bot.stores.sql.rows import plain

PUSH = "push_addresses"


class PushBooks(FollowerBooks):
    """The part of `Books` that is about Web Push."""

    def _push_writers(self) -> None:
        self._writers[PUSH] = self._write_push

    def push_addresses_of(self, person: str) -> tuple[PushAddress, ...]:
        def load() -> tuple[PushAddress, ...]:
            x = t.push_addresses.c
            query = select(t.push_addresses).where(x.person == person).order_by(x.at, x.id)
            return tuple(PushAddress(**r) for r in self._rows(query))

        return self._get(PUSH, person, load)

    def push_holder(self, address: str) -> str:
        """Rows this batch changed count as they are now."""
        changed = [name for kind, name in self._dirty if kind == PUSH]
        for person in changed:
            if any(a.id == address for a in self.push_addresses_of(person)):
                return person
        x = t.push_addresses.c
        found = self._conn.execute(select(x.person).where(x.id == address)).scalar()
        return found if found and found not in changed else ""

    def set_push_addresses(self, person: str, addresses: tuple[PushAddress, ...]) -> None:
        known = self.push_addresses_of(person)
        self._set(PUSH, person, addresses, lambda: known)

    def _write_push(self, person: str, addresses: tuple[PushAddress, ...]) -> None:
        self._run(delete(t.push_addresses).where(t.push_addresses.c.person == person))
        self._gather(t.push_addresses, [plain(a) for a in addresses])

    def pushed_people(self) -> frozenset[str]:
        query = select(t.push_addresses.c.person).distinct()
        return frozenset(self._conn.execute(query).scalars())
