"""Everything a ledger command may touch: goods and orders, and here people, links and letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace

from sqlalchemy import Connection, Table, delete, select, update

from bot.shop.people import Link, RestockAsk, Thread
from bot.shop.product import Product
from bot.shop.roles import Grant, rights_for
from bot.shop.says import Letter
from bot.stores.sql import rows, tables
from bot.stores.sql.books_followers import letter_row
from bot.stores.sql.books_sound import SoundBooks


class SqlBooks(SoundBooks):
    """Keeps the `Books` protocol over one connection inside one transaction."""

    def __init__(
        self, conn: Connection, products: Mapping[str, Product], hashed: Callable[[str], str]
    ) -> None:
        super().__init__(conn, products)
        self._hash = hashed
        self._goods_writers()
        self._people_writers()
        self._shop_writers()
        self._follower_writers()
        self._push_writers()
        self._broadcast_writers()
        self._live_writers()
        self._guest_writers()
        self._sound_writers()
        self._writers |= {
            "link": self._write_link,
            "deal": self._write_deal,
            "unread": self._write_unread,
        }

    # restock wishes

    def asks(self, product: str) -> tuple[RestockAsk, ...]:
        return self._get("asks", product, lambda: self._load_asks(product))

    def _load_asks(self, product: str) -> tuple[RestockAsk, ...]:
        query = select(tables.asks).where(tables.asks.c.product == product)
        return tuple(rows.ask_of(r) for r in self._rows(query.order_by(tables.asks.c.at)))

    def asked_products(self) -> tuple[str, ...]:
        stored = self._conn.execute(select(tables.asks.c.product).distinct()).scalars()
        return tuple(p for p in stored if p in self._products)

    def save_ask(self, ask: RestockAsk) -> None:
        known = self.asks(ask.product)
        self._set("asks", ask.product, (*known, ask), tuple)
        self._later.append(lambda: self._upsert(tables.asks, [asdict(ask)]))

    def drop_ask(self, ask: RestockAsk) -> None:
        known = tuple(a for a in self.asks(ask.product) if a.person != ask.person)
        self._set("asks", ask.product, known, tuple)
        table = tables.asks
        gone = delete(table).where(table.c.person == ask.person, table.c.product == ask.product)
        self._later.append(lambda: self._run(gone))

    # links and talks

    def link(self, hashed: str) -> Link | None:
        def load() -> Link | None:
            found = self._rows(select(tables.links).where(tables.links.c.hashed == hashed))
            return rows.link_of(found[0]) if found else None

        return self._get("link", hashed, load)

    def save_link(self, link: Link) -> None:
        self._set("link", link.hashed, link, lambda: None)

    def _write_link(self, _hashed: str, link: Link | None) -> None:
        if link is not None:
            self._upsert(tables.links, [asdict(link)])

    def drop_links(self, purpose: str) -> None:
        x = tables.links.c
        query = select(x.hashed).where(x.purpose == purpose, x.spent_at == 0)
        stored = self._conn.execute(query).scalars().all()
        staged = tuple(name for kind, name in self._dirty if kind == "link")
        for hashed in dict.fromkeys((*stored, *staged)):
            link = self.link(hashed)
            if link is not None and link.purpose == purpose and not link.spent_at:
                self.save_link(replace(link, until=0))

    def thread(self, thread: str) -> Thread | None:
        found = self._rows(select(tables.threads).where(tables.threads.c.id == thread))
        return rows.thread_of(found[0]) if found else None

    def save_thread(self, thread: Thread) -> None:
        self._later.append(lambda: self._upsert(tables.threads, [asdict(thread)]))

    # letters

    def post(self, letter: Letter) -> None:
        row = letter_row(letter)
        self.posted = True
        self._later.append(lambda: self._post_rows([row]))

    def recall(self, once_key: str) -> None:
        x = tables.letters.c
        mine = (x.once_key == once_key, x.state == "todo")
        self._later.append(lambda: self._run(delete(tables.letters).where(*mine)))

    def unpost(self, about: str) -> None:
        x = tables.letters.c
        mine = (x.once_key >= f"{about}:", x.once_key < f"{about};")
        waits = x.state.in_(("todo", "paused"))
        self._later.append(lambda: self._run(delete(tables.letters).where(*mine, waits)))

    def unpost_to(self, person: str, about: str) -> None:
        x = tables.letters.c
        mine = (x.once_key >= f"{about}:", x.once_key < f"{about};", x.to == person)
        waits = x.state.in_(("todo", "paused"))
        self._later.append(lambda: self._run(delete(tables.letters).where(*mine, waits)))

    def readdress(self, old: str, new: str) -> None:
        table = tables.letters
        where = (table.c.to == old, table.c.state == "todo")
        self.posted = True
        self._later.append(lambda: self._run(update(table).where(*where).values({"to": new})))

    def hand_on(self, person: str, seller: str) -> None:
        left = self.person(person).grants
        others = self.accounts_of(seller) or (f"seller:{seller}",)
        self._later.append(lambda: self._hand_on(person, seller, left, others))

    def _hand_on(
        self, person: str, seller: str, left: tuple[Grant, ...], others: tuple[str, ...]
    ) -> None:
        """Keys of letters to a seller's account end with it; what she got as a customer stays."""
        x = tables.letters.c
        waiting = (x.to == person, x.state == "todo", x.kind == "order")
        for row in self._rows(select(tables.letters).where(*waiting)):
            key, whose = row["once_key"], self._seller_about(row["once_key"])
            copies = key.endswith(f":{person}")
            if rights_for(left, whose) or not (copies or key.startswith("live-list:")):
                continue
            self._run(delete(tables.letters).where(x.id == row.pop("id")))
            for other in others if copies and whose == seller else ():
                once = key.removesuffix(person) + other
                self._post_rows([row | {"to": other, "once_key": once}])

    def _seller_about(self, once_key: str) -> str:
        """Whose order, deal, talk, goods or household a letter is about; empty for the shop's."""
        about, which, *_ = (*once_key.split(":"), "")
        if about == "live-list":
            return which
        if about == "goods":
            return self.goods(which).seller
        stated = self.statement(which) if about == "statement" else None
        found = stated or self.order(about) or self.deal(about) or self.thread(about)
        return found.seller if found else ""

    def withdraw(self, person: str, kind: str) -> None:
        known = self.person(person)
        kept = tuple(c for c in known.consents if c.kind != kind)
        if kept != known.consents:
            self.save_person(replace(known, consents=kept))
        consents = tables.consents.c
        gone = delete(tables.consents).where(consents.person == person, consents.kind == kind)
        self._later.append(lambda: self._run(gone))

    def stop_ads(self, person: str) -> None:
        self.withdraw(person, "remind")
        self.drop_follows(person)
        self._later.append(lambda: self._stop_ads(person))

    def _stop_ads(self, person: str) -> None:
        asks, letters = tables.asks.c, tables.letters.c
        self._run(delete(tables.asks).where(asks.person == person))
        waiting = (
            letters.to == person,
            letters.state.in_(("todo", "paused", "intent")),
            letters.kind != "order",
        )
        self._run(update(tables.letters).where(*waiting).values(state="stopped"))

    def erasure(self, receipt: str, now: int) -> None:
        self._later.append(lambda: self._insert(tables.erasures, {"receipt": receipt, "at": now}))

    def erase(self, person: str) -> None:
        """Rows that name the person go; orders keep money, goods and hashes of name and phone."""
        for grant in self.person(person).grants:
            self.drop_grant(person, grant.seller)
            self.hand_on(person, grant.seller)
        self._later.append(lambda: self._erase(person))

    def _erase(self, person: str) -> None:
        gone = self._hash(person)
        orders = tables.orders
        mine = select(orders.c.code, orders.c.name, orders.c.phone).where(
            orders.c.person == person
        )
        for row in self._rows(mine):
            blank = {"person": gone, "address": "", "note": "", "voice": "", "origin": ""}
            hashed = {"name": self._hash(row["name"]), "phone": self._hash(row["phone"])}
            self._run(update(orders).where(orders.c.code == row["code"]).values(**blank, **hashed))
            self._forget_letters(row["code"])
        self._forget_words(person)
        for deal in self._forget_deals(person, gone):
            self._forget_letters(deal)
        self._forget_trainer(person, gone)
        homes = [home.id for home in self.households_bound_to(person)]
        self._forget_sellers_work(person, gone)
        self._forget_lives(person, gone)
        self._forget_sound(person, homes)
        for table, column in _NAMES_A_PERSON:
            self._run(delete(table).where(table.c[column] == person))
        purpose = tables.links.c.purpose  # "person:…", or an invitation of hers
        self._run(delete(tables.links).where(purpose.endswith(f":{person}", autoescape=True)))
        files = tables.media
        self._run(update(files).where(files.c.owner == person).values(delete_after=1))
        moves = tables.stock_moves
        self._run(update(moves).where(moves.c.who == person).values(who=gone))

    def _forget_words(self, person: str) -> None:
        """What they wrote to sellers, and what sellers answered."""
        talks = select(tables.threads.c.id).where(tables.threads.c.customer == person)
        for thread in self._conn.execute(talks).scalars().all():
            self._forget_letters(thread)

    def _forget_letters(self, about: str) -> None:
        """Letters begin their key with the order or talk they are about."""
        key = tables.letters.c.once_key
        within = (key >= f"{about}:", key < f"{about};")  # a range uses the index, LIKE does not
        over = key.like(f"{about}:cancel:%")  # the seller must hear of it, and it names nobody
        self._run(delete(tables.letters).where(*within, ~over))


_NAMES_A_PERSON: tuple[tuple[Table, str], ...] = (
    (tables.people, "id"),
    (tables.consents, "person"),
    (tables.asks, "person"),
    (tables.threads, "customer"),
    (tables.letters, "to"),
)
