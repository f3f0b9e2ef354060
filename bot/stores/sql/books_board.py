"""What the live board asks of the claims, without reading all of them; and what is forgotten of
comments.
"""

from __future__ import annotations

from functools import partial

from sqlalchemy import case, delete, func, select, update

from bot.shop.claim import GUEST, HOLDING, Claim
from bot.stores.sql import tables_live as t
from bot.stores.sql.books_guests import GuestBooks

WAITS = ("asked", "held", "offered")
TAKEN = sorted(HOLDING | {"ordered"})


class BoardBooks(GuestBooks):
    """The part of `Books` that is about the board. It reads what is committed."""

    def claims_shown(self, live: str, most: int) -> tuple[Claim, ...]:
        x = t.claims.c
        newest = select(t.claims).where(x.live == live).order_by(x.number.desc()).limit(most)
        theirs = x.person.startswith(GUEST, autoescape=True)
        wait = select(t.claims).where(x.live == live, x.state.in_(WAITS), theirs)
        wait = wait.order_by(x.number).limit(most)
        found = {r["id"]: Claim(**r) for q in (newest, wait) for r in self._rows(q)}
        return tuple(sorted(found.values(), key=lambda c: (c.number, c.at, c.id)))

    def claim_counts(self, live: str, since: int) -> tuple[int, int]:
        x = t.claims.c
        fresh = case((x.at > since, x.number))
        counts = select(func.count(x.number.distinct()), func.count(fresh.distinct()))
        total, late = self._conn.execute(counts.where(x.live == live)).one()
        return int(total), int(late)

    def claim_sums(self, live: str) -> dict[str, tuple[int, int]]:
        x = t.claims.c
        taken = func.sum(case((x.state.in_(TAKEN), x.amount), else_=0))
        queued = func.sum(case((x.state == "queued", 1), else_=0))
        query = select(x.code, taken, queued).where(x.live == live).group_by(x.code)
        return {code: (int(n), int(q)) for code, n, q in self._conn.execute(query)}

    def sweep_comments(self, before: int, guests_before: int) -> None:
        x, claim, guest = t.comments.c, t.claims.c, t.guests.c
        old = select(x.live).where(x.at < before).distinct()
        theirs = claim.person.startswith(GUEST, autoescape=True)
        unnamed = update(t.claims).where(claim.live.in_(old), theirs, claim.name != "")
        for gone in (
            unnamed.values(name=""),
            delete(t.comments).where(x.at < before),
            delete(t.guests).where(guest.at < guests_before),
        ):
            self._later.append(partial(self._run, gone))
