"""Who comments under lives, and what they wrote, as a ledger command sees them."""

from __future__ import annotations

from bot.shop.claim import Comment, Guest
from bot.stores.sql import tables_live as t
from bot.stores.sql.books_live import LiveBooks
from bot.stores.sql.books_shop import _sort

GUEST = _sort(t.guests, Guest)
COMMENT = _sort(t.comments, Comment)


class GuestBooks(LiveBooks):
    """The part of `Books` that is about outside comments."""

    def _guest_writers(self) -> None:
        for sort in (GUEST, COMMENT):
            self._writers[sort.name] = self._writer(sort)

    def guest(self, guest: str) -> Guest | None:
        found: Guest | None = self._one(GUEST, guest)
        return found

    def save_guest(self, guest: Guest) -> None:
        self._keep(GUEST, guest.id, guest)

    def guests_with(self, phone: str) -> tuple[Guest, ...]:
        return self._all(GUEST, t.guests.c.phone == phone, lambda g: g.phone == phone)

    def guests_of(self, person: str) -> tuple[Guest, ...]:
        return self._all(GUEST, t.guests.c.person == person, lambda g: g.person == person)

    def comment(self, comment: str) -> Comment | None:
        found: Comment | None = self._one(COMMENT, comment)
        return found

    def save_comment(self, comment: Comment) -> None:
        self._keep(COMMENT, comment.id, comment)
        self._tick(comment.live)

    def open_comments(self, live: str) -> tuple[Comment, ...]:
        x = t.comments.c
        where = (x.live == live) & x.kind.in_(("question", "doubt")) & (x.done_at == 0)
        return self._all(
            COMMENT,
            where,
            lambda c: c.live == live and c.kind in ("question", "doubt") and not c.done_at,
        )
