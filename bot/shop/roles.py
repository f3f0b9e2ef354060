"""Who may do what: rights as bits, roles as sets of them, grants to accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag
from typing import Literal

from bot.shop.problems import NotAllowed, NotSeller

Role = Literal["owner", "seller", "helper"]

EVERY = "*"
"""The seller of a grant that holds for the whole shop."""


class Right(IntFlag):
    """What a seller's account may do. Stored as a number: never renumber."""

    STOCK = 1
    PRICE = 2
    ORDERS = 4
    GOODS = 8
    """New products, their pictures and stories."""
    HOUSEHOLDS = 16
    """What households bring."""
    MONEY = 32
    """What came in, what households are paid."""
    TALK = 64
    REPORT = 128
    PEOPLE = 256
    """Inviting helpers, taking their rights back, blocking."""
    LIVE = 512
    BANK = 1024
    APPROVE = 2048
    """New sellers' first goods."""
    EXPORT = 4096


SELLER = Right((Right.LIVE << 1) - 1)
"""Everything for her own goods."""

OWNER = Right((Right.EXPORT << 1) - 1)

HELPER = Right.STOCK | Right.ORDERS | Right.TALK | Right.GOODS
"""What a helper is offered first; a seller may give more, of what she holds, or less."""

RIGHTS_OF: dict[Role, Right] = {"owner": OWNER, "seller": SELLER, "helper": HELPER}


@dataclass(frozen=True, slots=True)
class Grant:
    """An account's rights for one seller, or for EVERY seller. `by` gave them at `at`.

    name: what the others call her, so that accounts are told apart; empty until someone says.
    """

    person: str
    seller: str
    role: Role
    rights: int
    by: str
    at: int
    name: str = ""

    def covers(self, seller: str, right: Right) -> bool:
        return self.seller in (seller, EVERY) and bool(Right(self.rights) & right)


def rights_for(grants: Iterable[Grant], seller: str) -> Right:
    """All that these grants allow for a seller."""
    total = Right(0)
    for grant in grants:
        if grant.seller in (seller, EVERY):
            total |= Right(grant.rights)
    return total


def require(grants: Iterable[Grant], seller: str, right: Right) -> None:
    """Raises NotSeller for somebody else's shop, NotAllowed for a right that was not given."""
    held = rights_for(grants, seller)
    if not seller or not held:
        raise NotSeller()
    if right not in held:
        raise NotAllowed()


def may_give(giver: Iterable[Grant], seller: str, rights: Right) -> bool:
    """Nobody grants more than she holds, and only who may invite grants at all."""
    held = rights_for(giver, seller)
    return Right.PEOPLE in held and rights in held
