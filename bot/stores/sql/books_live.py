"""Lives and claims as a ledger command sees them.

A batch may hold thousands of claims of one live, so what each of them needs (the last number, how
much of a code is taken, who waits) is read once and counted on from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from bot.shop.claim import CLAIMS_BY, HOLDING, OPEN_CLAIMS, Claim
from bot.shop.live import OPEN_LIVES, Live, LiveItem, LiveNote
from bot.shop.stock import Take
from bot.stores.sql import tables_live as t
from bot.stores.sql.books_broadcasts import BroadcastBooks
from bot.stores.sql.books_shop import _sort
from bot.stores.sql.rows import plain
from bot.stores.sql.staged import Key

LIVE = _sort(t.lives, Live)
CLAIM = _sort(t.claims, Claim)

TAKEN: frozenset[str] = HOLDING | {"ordered"}
MOST_WAITING = 1000
IN_ONE_QUERY = 500


class LiveBooks(BroadcastBooks):
    """The part of `Books` that is about lives."""

    def _live_writers(self) -> None:
        self._writers |= {
            LIVE.name: self._writer(LIVE),
            CLAIM.name: self._write_claim,
            "live-items": self._write_items,
            "live-note": self._write_note,
            "live-tick": self._write_tick,
        }
        self._notes = 0

    # lives

    def live(self, live: str) -> Live | None:
        found: Live | None = self._one(LIVE, live)
        return found

    def save_live(self, live: Live) -> None:
        self._keep(LIVE, live.id, live)
        self._tick(live.id)

    def lives_of(self, seller: str) -> tuple[Live, ...]:
        found = self._all(LIVE, t.lives.c.seller == seller, lambda x: x.seller == seller)
        return tuple(sorted(found, key=_by_hour))

    def open_lives(self) -> tuple[Live, ...]:
        where = t.lives.c.state.in_(sorted(OPEN_LIVES))
        found = self._all(LIVE, where, lambda x: x.state in OPEN_LIVES)
        return tuple(sorted(found, key=_by_hour))

    def items_of(self, live: str) -> tuple[LiveItem, ...]:
        return self._get("live-items", live, lambda: self._load_items(live))

    def _load_items(self, live: str) -> tuple[LiveItem, ...]:
        query = select(t.live_items).where(t.live_items.c.live == live)
        return tuple(LiveItem(**r) for r in self._rows(query.order_by(t.live_items.c.code)))

    def save_item(self, item: LiveItem) -> None:
        others = tuple(x for x in self.items_of(item.live) if x.code != item.code)
        after = tuple(sorted((*others, item), key=lambda x: x.code))
        self._set("live-items", item.live, after, tuple)
        self._tick(item.live)

    def _write_items(self, _live: str, items: tuple[LiveItem, ...]) -> None:
        self._gather(t.live_items, [plain(x) for x in items])

    def note(self, note: LiveNote) -> None:
        self._notes += 1
        self._set("live-note", str(self._notes), note, lambda: None)

    def _write_note(self, _n: str, note: LiveNote | None) -> None:
        if note is not None:
            self._gather(t.live_notes, [plain(note)])

    def notes_of(self, live: str) -> tuple[LiveNote, ...]:
        query = select(t.live_notes).where(t.live_notes.c.live == live).order_by(t.live_notes.c.id)
        stored = (LiveNote(**{k: v for k, v in r.items() if k != "id"}) for r in self._rows(query))
        mine = (v for (kind, _), v in self._cache.items() if kind == "live-note" and v)
        return (*stored, *(n for n in mine if n.live == live))

    def _tick(self, live: str) -> None:
        """Whoever looks at the board sees that something changed."""
        if ("live-tick", live) not in self._dirty:
            self._set("live-tick", live, True, lambda: False)

    def _write_tick(self, live: str, _: bool) -> None:
        """After the live's own row, which this batch may have written too."""
        mine = update(t.lives).where(t.lives.c.id == live)
        self._later.append(lambda: self._run(mine.values(tick=t.lives.c.tick + 1)))

    # claims

    def claim(self, claim: str) -> Claim | None:
        found: Claim | None = self._one(CLAIM, claim)
        return found

    def save_claim(self, claim: Claim) -> None:
        """A claim that is not new was read in this batch before it was changed."""
        old = self._cache.get((CLAIM.name, claim.id))
        taken, queued = self.taken(claim.live, claim.code), self.queued(claim.live, claim.code)
        self._set(CLAIM.name, claim.id, claim, lambda: None)
        if old is None or old.person != claim.person:
            known = self._claim_ids(claim.live, claim.person)
            name = f"{claim.live}\n{claim.person}"
            self._set(CLAIMS_BY, name, (*dict.fromkeys((*known, claim.id)),), tuple)
        self._count_claim(old, claim, taken, queued)
        self._tick(claim.live)

    def _count_claim(self, old: Claim | None, new: Claim, taken: int, queued: int) -> None:
        """Carry the sums of the live on; they were read before the claim was changed."""
        name = f"{new.live}\n{new.code}"
        took = _in(new, TAKEN) - (_in(old, TAKEN) if old else 0)
        waits = int(new.state == "queued") - int(old is not None and old.state == "queued")
        if took:
            self._set("live-taken", name, taken + took, lambda: 0)
            self._cache.pop(("live-buyers", new.live), None)
        if waits:
            self._set("live-queued", name, queued + waits, lambda: 0)

    def _write_claim(self, _id: str, claim: Claim | None) -> None:
        if claim is not None:
            self._gather(t.claims, [plain(claim)])

    def claims_by(self, live: str, person: str) -> tuple[Claim, ...]:
        found = self._known(self._claim_ids(live, person))
        return tuple(c for c in found if c.person == person)

    def _known(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        found = (self.claim(id_) for id_ in ids)
        return tuple(c for c in found if c is not None)

    def _claim_ids(self, live: str, person: str) -> tuple[str, ...]:
        name = f"{live}\n{person}"
        return self._get(CLAIMS_BY, name, lambda: self._load_claims_by(live, person))

    def _load_claims_by(self, live: str, person: str) -> tuple[str, ...]:
        x = t.claims.c
        return self._read_claims(select(t.claims).where(x.live == live, x.person == person))

    def _read_claims(self, query: Select[Any]) -> tuple[str, ...]:
        """Into the cache, unless this batch knows better; ids by number."""
        found = self._rows(query.order_by(t.claims.c.at, t.claims.c.number, t.claims.c.id))
        for row in found:
            self._cache.setdefault((CLAIM.name, row["id"]), Claim(**row))
        return tuple(row["id"] for row in found)

    def fetch(self, reads: Iterable[Key]) -> None:
        """Read together what the commands of a batch said they will ask for."""
        by_live: dict[str, dict[str, None]] = {}
        for kind, name in reads:
            if kind == CLAIMS_BY and (kind, name) not in self._cache:
                live, _, person = name.partition("\n")
                by_live.setdefault(live, {})[person] = None
        for live, persons in by_live.items():
            names = list(persons)
            for i in range(0, len(names), IN_ONE_QUERY):
                self._fetch_claims(live, names[i : i + IN_ONE_QUERY])

    def _fetch_claims(self, live: str, persons: list[str]) -> None:
        x = t.claims.c
        ids = self._read_claims(select(t.claims).where(x.live == live, x.person.in_(persons)))
        found: dict[str, tuple[str, ...]] = dict.fromkeys(persons, ())
        for claim in self._known(ids):
            found[claim.person] = (*found[claim.person], claim.id)
        for person, mine in found.items():
            self._cache[CLAIMS_BY, f"{live}\n{person}"] = mine

    def claims_in(self, live: str) -> tuple[Claim, ...]:
        found = self._some(t.claims.c.live == live, lambda c: c.live == live)
        return tuple(sorted(found, key=lambda c: (c.number, c.at, c.id)))

    def open_claims_of(self, person: str) -> tuple[Claim, ...]:
        x = t.claims.c
        where = (x.person == person) & x.state.in_(sorted(OPEN_CLAIMS))
        return self._some(where, lambda c: c.person == person and c.state in OPEN_CLAIMS)

    def waiting_for(self, product: str) -> tuple[Claim, ...]:
        x = t.claims.c
        where = (x.product == product) & (x.state == "queued")
        return self._some(
            where, lambda c: c.product == product and c.state == "queued", MOST_WAITING
        )

    def ending_claims(self, before: int) -> tuple[Claim, ...]:
        x = t.claims.c
        where = x.state.in_(sorted(HOLDING)) & (x.until <= before)
        return self._some(where, lambda c: c.holds and c.until <= before, MOST_WAITING)

    def _some(self, where: Any, fits: Any, most: int | None = None) -> tuple[Claim, ...]:
        stored = self._read_claims(select(t.claims).where(where).limit(most))
        staged = tuple(name for kind, name in self._dirty if kind == CLAIM.name)
        found = (c for c in self._known(dict.fromkeys((*stored, *staged))) if fits(c))
        return tuple(sorted(found, key=lambda c: (c.at, c.number, c.id)))

    # sums of a live

    def next_number(self, live: str) -> int:
        def load() -> int:
            query = select(func.max(t.claims.c.number)).where(t.claims.c.live == live)
            return int(self._conn.execute(query).scalar() or 0)

        number = self._get("live-number", live, load) + 1
        self._set("live-number", live, number, load)
        return number

    def taken(self, live: str, code: str) -> int:
        return self._get("live-taken", f"{live}\n{code}", lambda: self._load_taken(live, code))

    def _load_taken(self, live: str, code: str) -> int:
        x = t.claims.c
        where = (x.live == live, x.code == code, x.state.in_(sorted(TAKEN)))
        return int(self._conn.execute(select(func.sum(x.amount)).where(*where)).scalar() or 0)

    def queued(self, live: str, code: str) -> int:
        return self._get("live-queued", f"{live}\n{code}", lambda: self._load_queued(live, code))

    def _load_queued(self, live: str, code: str) -> int:
        x = t.claims.c
        where = (x.live == live, x.code == code, x.state == "queued")
        query = select(func.count()).select_from(t.claims).where(*where)
        return int(self._conn.execute(query).scalar_one())

    def before(self, claim: Claim) -> int:
        """Counted by the database, unless claims of this batch are not there yet."""
        if any(kind == CLAIM.name for kind, _ in self._dirty):
            line = (c for c in self.waiting_for(claim.product) if c.live == claim.live)
            return sum(c.code == claim.code and c.number < claim.number for c in line)
        x = t.claims.c
        where = (x.live == claim.live, x.code == claim.code, x.state == "queued")
        query = select(func.count()).where(*where, x.number < claim.number)
        return int(self._conn.execute(query).scalar_one())

    def buyers(self, live: str) -> int:
        def load() -> int:
            return len({c.person for c in self.claims_in(live) if c.state in TAKEN})

        return self._get("live-buyers", live, load)

    def new_takes(self, code: str, takes: tuple[Take, ...]) -> None:
        self._set("takes", code, takes, tuple)

    def _forget_lives(self, person: str, gone: str) -> None:
        """Claims keep goods and money; who followed, opened or can be pushed to is not kept."""
        nameless = {"person": gone, "name": ""}
        self._run(update(t.claims).where(t.claims.c.person == person).values(nameless))
        hers = select(t.guests.c.id).where(t.guests.c.person == person)
        self._run(update(t.claims).where(t.claims.c.person.in_(hers)).values(name=""))
        said = update(t.comments).where(t.comments.c.guest.in_(hers))
        self._run(said.values(text="", name="", guest=gone))
        self._run(delete(t.guests).where(t.guests.c.person == person))
        for table in (t.follows, t.broadcast_opens, t.push_addresses, t.unreachable):
            self._run(delete(table).where(table.c.person == person))
        for table in (t.lives, t.broadcasts):
            self._run(update(table).where(table.c.by == person).values(by=gone))


def _by_hour(live: Live) -> tuple[int, str]:
    return live.starts_at, live.id


def _in(claim: Claim, states: frozenset[str]) -> int:
    return claim.amount if claim.state in states else 0
