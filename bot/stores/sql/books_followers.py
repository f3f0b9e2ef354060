"""Followers and the letters to many as a ledger command sees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import delete, func, select

from bot.shop.follow import Follow
from bot.shop.says import Letter
from bot.stores.sql import tables
from bot.stores.sql import tables_live as t
from bot.stores.sql.books_shop import ShopBooks
from bot.stores.sql.rows import Row, plain
from bot.stores.sql.writing import insert as dialect_insert

AD_KINDS = ("reminder", "restock", "broadcast")
ON_ITS_WAY = ("todo", "intent")
GOT_OUT = ("sent", "intent", "uncertain")
IN_ONE_QUERY = 500


class FollowerBooks(ShopBooks):
    """The part of `Books` that is about who asked to be told, and what they are told."""

    def _follower_writers(self) -> None:
        self._writers["follows"] = self._write_follows

    # followers

    def follows_of(self, person: str) -> tuple[Follow, ...]:
        def load() -> tuple[Follow, ...]:
            query = select(t.follows).where(t.follows.c.person == person)
            return tuple(Follow(**r) for r in self._rows(query.order_by(t.follows.c.at)))

        return self._get("follows", person, load)

    def followers(self, seller: str, live: str = "") -> tuple[Follow, ...]:
        """Rows this batch changed count as they are now."""
        x = t.follows.c
        query = select(t.follows).where(x.seller == seller, x.live.in_(("", live)))
        stored = (Follow(**r) for r in self._rows(query.order_by(x.at, x.person)))
        changed = {name for kind, name in self._dirty if kind == "follows"}
        staged = (f for name in changed for f in self.follows_of(name))
        mine = (f for f in staged if f.seller == seller and f.live in ("", live))
        found = (*(f for f in stored if f.person not in changed), *mine)
        return tuple({f.person: f for f in found}.values())

    def save_follow(self, follow: Follow) -> None:
        known = self.follows_of(follow.person)
        if all((f.seller, f.live) != (follow.seller, follow.live) for f in known):
            self._set("follows", follow.person, (*known, follow), tuple)

    def drop_follows(self, person: str, seller: str = "") -> None:
        kept = tuple(f for f in self.follows_of(person) if seller and f.seller != seller)
        self._set("follows", person, kept, tuple)

    def _write_follows(self, person: str, follows: tuple[Follow, ...]) -> None:
        self._run(delete(t.follows).where(t.follows.c.person == person))
        self._gather(t.follows, [plain(f) for f in follows])

    # letters to many

    def post_all(self, letters: Iterable[Letter]) -> None:
        """Many letters in one statement; those with a known key are left out."""
        news = [letter_row(letter) for letter in letters]
        if news:
            self.posted = True
            self._later.append(lambda: self._post_rows(news))

    def _post_rows(self, news: list[Row]) -> None:
        letter = dialect_insert(self._conn, tables.letters)
        self._run_all(letter.on_conflict_do_nothing(index_elements=["once_key"]), news)

    def tally(self, about: str) -> dict[str, int]:
        """Letters whose key begins with this and a colon, by state."""
        x = tables.letters.c
        query = select(x.state, func.count()).where(*about_(about)).group_by(x.state)
        return {state: int(n) for state, n in self._conn.execute(query)}

    def told(self, about: str) -> tuple[str, ...]:
        """Who was sent a letter whose key begins with this and a colon, or may have been."""
        x = tables.letters.c
        query = select(x.to).where(*about_(about), x.state.in_(GOT_OUT)).distinct()
        return tuple(self._conn.execute(query.order_by(x.to)).scalars())

    def ads_today(self, people: Iterable[str], since: int) -> dict[str, int]:
        """What each got since then or is about to get; who got none is left out."""
        x, names = tables.letters.c, list(people)
        out: dict[str, int] = {}
        for i in range(0, len(names), IN_ONE_QUERY):
            some = x.to.in_(names[i : i + IN_ONE_QUERY])
            got = (x.state == "sent") & (x.sent_at >= since)
            comes = x.state.in_(ON_ITS_WAY)
            where = (some, x.kind.in_(AD_KINDS), got | comes)
            query = select(x.to, func.count()).where(*where).group_by(x.to)
            out |= {to: int(n) for to, n in self._conn.execute(query)}
        return out


def letter_row(letter: Letter) -> Row:
    """A letter that waits to be sent."""
    return {
        "to": letter.to,
        "say": msgspec.json.encode(letter.say).decode(),
        "kind": letter.kind,
        "after": letter.after,
        "until": letter.until,
        "once_key": letter.once_key,
        "state": "todo",
    }


def about_(about: str) -> tuple[Any, ...]:
    """Letters whose key begins with this and a colon; a range walks along the index."""
    key = tables.letters.c.once_key
    return (key >= f"{about}:", key < f"{about};")
