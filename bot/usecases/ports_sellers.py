"""What use cases need of the rows of what sellers do; the other half of `ports.Books`."""

from __future__ import annotations

from typing import Protocol

from bot.shop.born import Born
from bot.shop.changes import Change
from bot.shop.household import Household, Paid, Statement
from bot.shop.order import Proof, Shipment
from bot.shop.payment import BankAccount, Payment
from bot.shop.people import Block
from bot.shop.report import Sale
from bot.shop.roles import Grant, Right
from bot.shop.stock import Lot


class ShopBooks(Protocol):
    """The rows of what sellers do; every `*_of` comes oldest first."""

    def accounts_of(self, seller: str, right: Right = Right.ORDERS) -> tuple[str, ...]:
        """Accounts that act for this very seller and hold the right."""

    def owners(self) -> tuple[str, ...]: ...

    def save_grant(self, grant: Grant) -> None: ...

    def drop_grant(self, person: str, seller: str) -> None: ...

    def hand_on(self, person: str, seller: str) -> None:
        """Letters that wait for an account and are not its business any more, now that it lost
        its grant for a seller: about this seller, they go to who is left.
        """

    def all_accounts(self) -> tuple[str, ...]:
        """Every account that acts for some seller."""

    def grants_for(self, seller: str) -> tuple[Grant, ...]: ...

    def blocked(self, person: str, seller: str) -> Block | None: ...

    def save_block(self, block: Block) -> None: ...

    def drop_block(self, person: str, seller: str) -> None: ...

    def blocks_of(self, seller: str) -> tuple[Block, ...]:
        """Whom this seller does not hear, newest first."""

    def change(self, change: str) -> Change | None: ...

    def save_change(self, change: Change) -> None:
        """A new one gets its place after all others."""

    def changes_by(self, who: str, since: int) -> tuple[Change, ...]:
        """All an account changed since then, whoever its seller, oldest first."""

    def household(self, household: str) -> Household | None: ...

    def save_household(self, household: Household) -> None: ...

    def households_of(self, seller: str) -> tuple[Household, ...]: ...

    def households_bound_to(self, account: str) -> tuple[Household, ...]: ...

    def lots_of(self, household: str) -> tuple[Lot, ...]: ...

    def paid(self, entry: str) -> Paid | None: ...

    def save_paid(self, entry: Paid) -> None: ...

    def paid_to(self, household: str) -> tuple[Paid, ...]: ...

    def statement(self, statement: str) -> Statement | None: ...

    def save_statement(self, statement: Statement) -> None: ...

    def statements_of(self, household: str) -> tuple[Statement, ...]: ...

    def bank_accounts(self) -> tuple[BankAccount, ...]: ...

    def save_bank_account(self, account: BankAccount) -> None: ...

    def payment(self, payment: str) -> Payment | None: ...

    def save_payment(self, payment: Payment) -> None: ...

    def payments_of(self, code: str) -> tuple[Payment, ...]: ...

    def shipment(self, code: str) -> Shipment | None: ...

    def save_shipment(self, shipment: Shipment) -> None: ...

    def save_proof(self, proof: Proof) -> None: ...

    def proofs_of(self, code: str) -> tuple[Proof, ...]: ...

    def born(self, product: str) -> Born | None: ...

    def save_born(self, born: Born) -> None: ...

    def all_born(self) -> tuple[Born, ...]: ...

    def has_orders(self, seller: str) -> bool:
        """Whether this seller ever had an order, whatever became of it."""

    def unpost_to(self, person: str, about: str) -> None:
        """As `unpost`, for one receiver."""

    def recall(self, once_key: str) -> None:
        """The letter of this key does not go, if it has not gone yet."""

    def unpost(self, about: str) -> None:
        """Forget letters still waiting whose key begins with this and a colon; the key may be
        used anew.
        """


class ShopRecords(Protocol):
    """Reading what sellers ask for; a part of `ports.Records`."""

    async def sales(self, seller: str, since: int, until: int) -> tuple[Sale, ...]:
        """Orders placed in this time, for a report; of every seller if `seller` is empty."""
