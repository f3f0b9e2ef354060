"""People as a ledger command sees them: accounts, consents, rights, who is not heard."""

from __future__ import annotations

from dataclasses import asdict, replace

from sqlalchemy import delete, select

from bot.shop.people import Block, Consent, Person
from bot.shop.roles import EVERY, Grant, Right
from bot.stores.sql import rows, tables
from bot.stores.sql import tables_shop as shop
from bot.stores.sql.books_unread import UnreadBooks


class PeopleBooks(UnreadBooks):
    """The part of `Books` that is about accounts."""

    def _people_writers(self) -> None:
        self._writers |= {"person": self._write_person, "block": self._write_block}
        self._stored_grants: dict[str, tuple[Grant, ...]] = {}
        self._regranted: dict[str, None] = {}
        """Whose grants this batch touched, so that not everyone it touched must be looked at."""

    def person(self, person: str) -> Person:
        return self._get("person", person, lambda: self._load_person(person))

    def _load_person(self, person: str) -> Person:
        found = self._rows(select(tables.people).where(tables.people.c.id == person))
        query = select(tables.consents).where(tables.consents.c.person == person)
        consents = self._rows(query.order_by(tables.consents.c.at))
        known = rows.person_of(found[0], consents) if found else Person(person)
        return replace(known, grants=self._load_grants(person))

    def _load_grants(self, person: str) -> tuple[Grant, ...]:
        query = select(shop.grants).where(shop.grants.c.person == person)
        found = tuple(Grant(**row) for row in self._rows(query.order_by(shop.grants.c.at)))
        self._stored_grants[person] = found
        return found

    def save_person(self, person: Person) -> None:
        if person.grants != self.person(person.id).grants:
            self._regranted[person.id] = None
        self._set("person", person.id, person, lambda: self._load_person(person.id))

    def _write_person(self, name: str, person: Person) -> None:
        self._gather(tables.people, [rows.person_row(person)])
        self._gather(tables.consents, [_consent_row(name, c) for c in person.consents])
        if self._stored_grants.get(name, ()) != person.grants:
            self._run(delete(shop.grants).where(shop.grants.c.person == name))
            self._gather(shop.grants, [asdict(grant) for grant in person.grants])

    def accounts_of(self, seller: str, right: Right = Right.ORDERS) -> tuple[str, ...]:
        """Accounts that act for this very seller and hold the right."""
        return tuple(g.person for g in self.grants_for(seller) if g.covers(seller, right))

    def owners(self) -> tuple[str, ...]:
        return tuple(g.person for g in self.grants_for(EVERY))

    def all_accounts(self) -> tuple[str, ...]:
        """Every account that acts for some seller."""
        query = select(shop.grants.c.person).where(shop.grants.c.seller != EVERY).distinct()
        stored = tuple(self._conn.execute(query).scalars())
        names = dict.fromkeys((*stored, *self._regranted))
        return tuple(n for n in names if any(g.seller != EVERY for g in self.person(n).grants))

    # who may do what

    def save_grant(self, grant: Grant) -> None:
        known = self.person(grant.person)
        kept = tuple(g for g in known.grants if g.seller != grant.seller)
        self.save_person(replace(known, grants=(*kept, grant)))

    def drop_grant(self, person: str, seller: str) -> None:
        known = self.person(person)
        kept = tuple(g for g in known.grants if g.seller != seller)
        acting = "" if known.seller == seller else known.seller
        self.save_person(replace(known, grants=kept, seller=acting))

    def grants_for(self, seller: str) -> tuple[Grant, ...]:
        """Everyone's grants that name this seller, oldest first."""

        def load() -> tuple[str, ...]:
            x = shop.grants.c
            query = select(x.person).where(x.seller == seller).order_by(x.at)
            return tuple(self._conn.execute(query).scalars())

        stored = self._get("granted", seller, load)
        people = (self.person(p) for p in dict.fromkeys((*stored, *self._regranted)))
        return tuple(g for p in people for g in p.grants if g.seller == seller)

    # who is not heard

    def blocked(self, person: str, seller: str) -> Block | None:
        name = f"{person}\n{seller}"
        return self._get("block", name, lambda: self._load_block(person, seller))

    def _load_block(self, person: str, seller: str) -> Block | None:
        """Few are blocked: whom a seller blocks is read once for a whole batch of claims."""
        x = shop.blocks.c

        def load() -> frozenset[str]:
            query = select(x.person).where(x.seller == seller)
            return frozenset(self._conn.execute(query).scalars())

        if person not in self._get("blocked-by", seller, load):
            return None
        found = self._rows(select(shop.blocks).where(x.person == person, x.seller == seller))
        return Block(**found[0]) if found else None

    def save_block(self, block: Block) -> None:
        self._set_block(block.person, block.seller, block)

    def drop_block(self, person: str, seller: str) -> None:
        self._set_block(person, seller, None)

    def blocks_of(self, seller: str) -> tuple[Block, ...]:
        """Whom this seller does not hear, newest first."""
        query = select(shop.blocks).where(shop.blocks.c.seller == seller)
        return tuple(Block(**r) for r in self._rows(query.order_by(shop.blocks.c.at.desc())))

    def _set_block(self, person: str, seller: str, new: Block | None) -> None:
        name = f"{person}\n{seller}"
        self._set("block", name, new, lambda: self._load_block(person, seller))

    def _write_block(self, name: str, block: Block | None) -> None:
        person, _, seller = name.partition("\n")
        x = shop.blocks.c
        self._run(delete(shop.blocks).where(x.person == person, x.seller == seller))
        if block is not None:
            self._upsert(shop.blocks, [asdict(block)])


def _consent_row(person: str, consent: Consent) -> rows.Row:
    return {"person": person, **asdict(consent)}
