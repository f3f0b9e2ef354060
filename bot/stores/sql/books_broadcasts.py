"""What sellers tell their followers, and whom it is for, as a ledger command sees it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from bot.shop.follow import Broadcast, Unreachable
from bot.stores.sql import tables
from bot.stores.sql import tables_live as t
from bot.stores.sql.books_followers import about_
from bot.stores.sql.books_push import PushBooks
from bot.stores.sql.books_shop import _sort
from bot.stores.sql.writing import insert as dialect_insert

BROADCAST = _sort(t.broadcasts, Broadcast)
OPEN_BROADCASTS = ("sending", "paused")
NEVER = ("refused", "cancelled", "lapsed")
MOST_PLACES = 6
IN_ONE_QUERY = 500


class BroadcastBooks(PushBooks):
    """The part of `Books` that is about broadcasts."""

    def _broadcast_writers(self) -> None:
        self._writers[BROADCAST.name] = self._writer(BROADCAST)

    def broadcast(self, broadcast: str) -> Broadcast | None:
        found: Broadcast | None = self._one(BROADCAST, broadcast)
        return found

    def save_broadcast(self, broadcast: Broadcast) -> None:
        self._keep(BROADCAST, broadcast.id, broadcast)

    def broadcasts_of(self, seller: str) -> tuple[Broadcast, ...]:
        where = t.broadcasts.c.seller == seller
        return self._all(BROADCAST, where, lambda b: b.seller == seller)

    def open_broadcasts(self) -> tuple[Broadcast, ...]:
        where = t.broadcasts.c.state.in_(OPEN_BROADCASTS)
        return self._all(BROADCAST, where, lambda b: b.state in OPEN_BROADCASTS)

    def opened(self, broadcast: str, person: str, at: int) -> None:
        """The first time counts."""
        row = {"broadcast": broadcast, "person": person, "at": at}
        table = t.broadcast_opens
        keys = [c.name for c in table.primary_key]
        once = dialect_insert(self._conn, table).on_conflict_do_nothing(index_elements=keys)
        self._later.append(lambda: self._run_all(once, [row]))

    def opens_of(self, broadcast: str) -> tuple[str, ...]:
        x = t.broadcast_opens.c
        query = select(x.person).where(x.broadcast == broadcast).order_by(x.at)
        return tuple(self._conn.execute(query).scalars())

    def written_to(self, about: str) -> frozenset[str]:
        query = select(tables.letters.c.to).where(*about_(about))
        return frozenset(self._conn.execute(query).scalars())

    def turn_letters(self, about: str, old: str, new: str) -> None:
        x = tables.letters.c
        change = update(tables.letters).values(state=new, lease_until=0)
        mine = change.where(*about_(about), x.state == old)
        self._later.append(lambda: self._run(mine))

    def unreachable_of(self, people: Sequence[str]) -> tuple[Unreachable, ...]:
        x = t.unreachable.c
        query = select(t.unreachable)
        found = (
            self._rows(query.where(x.person.in_(people[i : i + IN_ONE_QUERY])))
            for i in range(0, len(people), IN_ONE_QUERY)
        )
        return tuple(Unreachable(**row) for rows in found for row in rows)

    def not_reached(self, about: str) -> tuple[tuple[str, str], ...]:
        x = tables.letters.c
        lost = x.state.in_(("blocked", "uncertain"))
        query = select(x.to, x.why).where(*about_(about), lost).order_by(x.to)
        return tuple((row.to, row.why) for row in self._conn.execute(query))

    # whom it is for

    def buyers_in(self, seller: str, province: int) -> frozenset[str]:
        x = tables.orders.c
        query = select(x.person).where(x.seller == seller, x.province == province).distinct()
        return frozenset(self._conn.execute(query).scalars())

    def buyers_of(self, product: str) -> frozenset[str]:
        order, line, wish = tables.orders.c, tables.order_lines.c, tables.asks.c
        bought = select(order.person).join(tables.order_lines, line.code == order.code)
        wished = select(wish.person).where(wish.product == product)
        query = bought.where(line.product == product).union(wished)
        return frozenset(self._conn.execute(query).scalars())

    def provinces_of(self, seller: str) -> tuple[int, ...]:
        x = tables.orders.c
        some = select(x.province).where(x.seller == seller, x.province != 0)
        most = func.count(x.person.distinct()).desc()
        query = some.group_by(x.province).order_by(most, x.province).limit(MOST_PLACES)
        return tuple(self._conn.execute(query).scalars())

    def receivers_of(self, seller: str, people: Sequence[str]) -> dict[str, tuple[str, str]]:
        x = tables.orders.c
        query = select(x.person, x.name, x.phone).where(x.seller == seller).order_by(x.seq)
        out: dict[str, tuple[str, str]] = {}
        for i in range(0, len(people), IN_ONE_QUERY):
            some = query.where(x.person.in_(people[i : i + IN_ONE_QUERY]))
            out |= {row.person: (row.name, row.phone) for row in self._conn.execute(some)}
        return out

    def orders_after(self, about: str, seller: str, since: int, until: int) -> tuple[int, int]:
        letter, order, line = tables.letters.c, tables.orders.c, tables.order_lines.c
        told = select(letter.to).where(*about_(about), letter.state == "sent")
        where = (
            order.seller == seller,
            order.placed_at >= since,
            order.placed_at < until,
            order.person.in_(told),
            order.state.not_in(NEVER),
        )
        count = select(func.count()).select_from(tables.orders).where(*where)
        lines = select(func.coalesce(func.sum(line.vnd), 0))
        brought = lines.join(tables.orders, line.code == order.code).where(*where)
        one, vnd = self._conn.execute(count).scalar_one(), self._conn.execute(brought).scalar_one()
        return int(one), int(vnd)
