"""What sellers do, as a ledger command sees it: changes, households, money, parcels, new goods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Table, delete, select, update

from bot.shop.born import Born
from bot.shop.changes import Change
from bot.shop.household import Household, Paid, Statement
from bot.shop.order import Proof, Shipment
from bot.shop.payment import BankAccount, Payment
from bot.shop.stock import Lot
from bot.stores.sql import rows_shop as rows
from bot.stores.sql import tables
from bot.stores.sql import tables_shop as shop
from bot.stores.sql.books_people import PeopleBooks
from bot.stores.sql.rows import Row, plain

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of row that is read by its id, kept as a whole, and found by a column."""

    name: str
    table: Table
    read: Callable[[Row], Any]
    write: Callable[[Any], Row]


def _sort(table: Table, of: type[Any]) -> Sort:
    return Sort(table.name, table, lambda row: of(**row), plain)


CHANGE = Sort("changes", shop.changes, rows.change_of, rows.change_row)
HOUSEHOLD = _sort(shop.households, Household)
PAID = _sort(shop.household_payments, Paid)
STATEMENT = _sort(shop.statements, Statement)
BANK = _sort(shop.bank_accounts, BankAccount)
PAYMENT = _sort(shop.payments, Payment)
SHIPMENT = _sort(shop.shipments, Shipment)
PROOF = _sort(shop.proofs, Proof)
BORN = Sort("born_products", shop.born_products, rows.born_of, rows.born_row)
SORTS = (CHANGE, HOUSEHOLD, PAID, STATEMENT, BANK, PAYMENT, SHIPMENT, PROOF, BORN)


class ShopBooks(PeopleBooks):
    """The part of `Books` that is about what sellers do."""

    def _shop_writers(self) -> None:
        for sort in SORTS:
            self._writers[sort.name] = self._writer(sort)

    def _writer(self, sort: Sort) -> Callable[[str, Any], None]:
        def write(_id: str, value: Any) -> None:
            if value is not None:
                self._gather(sort.table, [sort.write(value)])

        return write

    def _one(self, sort: Sort, id_: str) -> Any:
        """The row with this id as this batch has it, None if there is none."""

        def load() -> Any:
            key = next(iter(sort.table.primary_key))
            found = self._rows(select(sort.table).where(key == id_))
            return sort.read(found[0]) if found else None

        return self._get(sort.name, id_, load)

    def _keep(self, sort: Sort, id_: str, value: Any) -> None:
        self._set(sort.name, id_, value, lambda: self._one(sort, id_))

    def _all(self, sort: Sort, where: Any, fits: Callable[[Any], bool]) -> tuple[Any, ...]:
        """Stored rows that fit, and those this batch changed, as they are now; oldest first."""
        key = next(iter(sort.table.primary_key))
        found = self._rows(select(sort.table).where(where).order_by(sort.table.c.at, key))
        for row in found:
            self._cache.setdefault((sort.name, row[key.name]), sort.read(row))
        stored = tuple(row[key.name] for row in found)
        staged = tuple(name for kind, name in self._dirty if kind == sort.name)
        known = (self._one(sort, name) for name in dict.fromkeys((*stored, *staged)))
        return tuple(value for value in known if value is not None and fits(value))

    # the journal

    def change(self, change: str) -> Change | None:
        found: Change | None = self._one(CHANGE, change)
        return found

    def save_change(self, change: Change) -> None:
        if not change.seq:
            change = replace(change, seq=self._next(shop.changes.c.seq))
        self._keep(CHANGE, change.id, change)

    def changes_by(self, who: str, since: int) -> tuple[Change, ...]:
        x = shop.changes.c
        where = (x.who == who) & (x.at >= since)
        found = self._all(CHANGE, where, lambda c: c.who == who and c.at >= since)
        return tuple(sorted(found, key=lambda c: c.seq))

    # households

    def household(self, household: str) -> Household | None:
        found: Household | None = self._one(HOUSEHOLD, household)
        return found

    def save_household(self, household: Household) -> None:
        self._keep(HOUSEHOLD, household.id, household)

    def households_of(self, seller: str) -> tuple[Household, ...]:
        where = shop.households.c.seller == seller
        return self._all(HOUSEHOLD, where, lambda h: h.seller == seller)

    def households_bound_to(self, account: str) -> tuple[Household, ...]:
        where = shop.households.c.account == account
        return self._all(HOUSEHOLD, where, lambda h: h.account == account)

    def lots_of(self, household: str) -> tuple[Lot, ...]:
        """All lots of a household, of any product."""
        x = tables.lots.c
        query = select(x.product).where(x.household == household).distinct()
        stored = tuple(self._conn.execute(query).scalars())
        staged = tuple(name for kind, name in self._dirty if kind == "lots")
        lots = (lot for p in dict.fromkeys((*stored, *staged)) for lot in self.lots(p))
        return tuple(lot for lot in lots if lot.household == household)

    def paid(self, entry: str) -> Paid | None:
        found: Paid | None = self._one(PAID, entry)
        return found

    def save_paid(self, entry: Paid) -> None:
        self._keep(PAID, entry.id, entry)

    def paid_to(self, household: str) -> tuple[Paid, ...]:
        where = shop.household_payments.c.household == household
        return self._all(PAID, where, lambda p: p.household == household)

    def statement(self, statement: str) -> Statement | None:
        found: Statement | None = self._one(STATEMENT, statement)
        return found

    def save_statement(self, statement: Statement) -> None:
        self._keep(STATEMENT, statement.id, statement)

    def statements_of(self, household: str) -> tuple[Statement, ...]:
        where = shop.statements.c.household == household
        return self._all(STATEMENT, where, lambda s: s.household == household)

    # money that comes in

    def bank_accounts(self) -> tuple[BankAccount, ...]:
        return self._all(BANK, shop.bank_accounts.c.id != "", lambda _: True)

    def save_bank_account(self, account: BankAccount) -> None:
        self._keep(BANK, account.id, account)

    def payment(self, payment: str) -> Payment | None:
        found: Payment | None = self._one(PAYMENT, payment)
        return found

    def save_payment(self, payment: Payment) -> None:
        self._keep(PAYMENT, payment.id, payment)

    def payments_of(self, code: str) -> tuple[Payment, ...]:
        where = shop.payments.c.code == code
        return self._all(PAYMENT, where, lambda p: p.code == code)

    # parcels

    def shipment(self, code: str) -> Shipment | None:
        found: Shipment | None = self._one(SHIPMENT, code)
        return found

    def save_shipment(self, shipment: Shipment) -> None:
        self._keep(SHIPMENT, shipment.code, shipment)

    def save_proof(self, proof: Proof) -> None:
        self._keep(PROOF, proof.id, proof)

    def proofs_of(self, code: str) -> tuple[Proof, ...]:
        return self._all(PROOF, shop.proofs.c.code == code, lambda p: p.code == code)

    # goods born in the chat

    def born(self, product: str) -> Born | None:
        found: Born | None = self._one(BORN, product)
        return found

    def save_born(self, born: Born) -> None:
        self._keep(BORN, born.id, born)
        self.goods_changed = True

    def all_born(self) -> tuple[Born, ...]:
        return self._all(BORN, shop.born_products.c.id != "", lambda _: True)

    def _forget_sellers_work(self, person: str, gone: str) -> None:
        """What she did stays in the journal; that it was she, or what she was called, does not."""
        about = update(shop.changes).where(shop.changes.c.subject == person)
        self._run(about.values(subject=gone, words=""))
        for table, columns in _NAMES_WHO_DID:
            for column in columns:
                mine = update(table).where(table.c[column] == person)
                self._run(mine.values({column: gone}))
        homes = shop.households.c
        hers = select(homes.id).where(homes.account == person)
        told = update(shop.statements).where(shop.statements.c.household.in_(hers))
        self._run(told.values(words=""))
        self._run(update(shop.households).where(homes.account == person).values(account=""))
        for born in self.all_born():
            if person in (born.by, born.approved_by):
                names = {n: gone for n in ("by", "approved_by") if getattr(born, n) == person}
                nameless = msgspec.structs.replace(born, **names)
                self._upsert(shop.born_products, [rows.born_row(nameless)])
        for table in (shop.grants, shop.blocks):
            self._run(delete(table).where(table.c.person == person))


_NAMES_WHO_DID: tuple[tuple[Table, tuple[str, ...]], ...] = (
    (shop.changes, ("who", "undone_by")),
    (shop.household_payments, ("who",)),
    (shop.bank_accounts, ("by", "stopped_by")),
    (shop.payments, ("who",)),
    (shop.shipments, ("who",)),
    (shop.proofs, ("who",)),
    (shop.grants, ("by",)),
    (shop.blocks, ("by",)),
)
