"""People as the shop knows them: accounts, what they agreed to, what they asked for, whom they
talk to.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.order import Receiver
from bot.shop.roles import EVERY, Grant, Right, require, rights_for


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person agreed to, with the wording's version and the time."""

    kind: str
    version: str
    lang: str
    at: int


@dataclass(frozen=True, slots=True)
class Person:
    """One account on one channel.

    Details are the last ones used, offered again at the next checkout. trainer: may teach the shop
    what sentences mean. seller: whom she acts for now, of those `grants` name; empty for a
    customer. voice: wants every screen read aloud. light: wants no pictures and sound until asked.
    """

    id: str
    seller: str = ""
    lang: str = "vi"
    receiver: Receiver | None = None
    consents: tuple[Consent, ...] = ()
    created_at: int = 0
    erase_after_orders: bool = False
    trainer: bool = False
    voice: bool = False
    light: bool = False
    grants: tuple[Grant, ...] = ()

    def require(self, right: Right, seller: str = "") -> None:
        """Raises NotSeller or NotAllowed unless she may do this for the seller, or for the one
        she acts for.
        """
        require(self.grants, seller or self.seller, right)

    def may(self, right: Right, seller: str = "") -> bool:
        return right in rights_for(self.grants, seller or self.seller)

    @property
    def acts_for(self) -> str:
        """The seller she acts for, empty as soon as no grant of hers says so any more."""
        return self.seller if rights_for(self.grants, self.seller) else ""

    @property
    def is_owner(self) -> bool:
        return any(g.seller == EVERY for g in self.grants)


@dataclass(frozen=True, slots=True)
class RestockAsk:
    """ "Nhắc tôi khi có": one person, one product."""

    person: str
    product: str
    at: int


@dataclass(frozen=True, slots=True)
class Thread:
    """A talk between a customer and a seller, about a product if one was looked at."""

    id: str
    customer: str
    seller: str
    product: str
    customer_name: str
    open: bool
    at: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or code someone was given; only its hash is kept.

    purpose: `seller:<id>`, `<role>:<seller>:<rights>:<mark>:<giver>`, `owner:shop`,
    `trainer:shop` and `household:<id>` bind an account once, `person:<id>` returns to one's own
    shop talk.
    until: seconds UTC. once: spent by its first use.
    """

    hashed: str
    purpose: str
    until: int
    once: bool
    spent_at: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A person one seller, or EVERY seller, will hear nothing from."""

    person: str
    seller: str
    by: str
    at: int
