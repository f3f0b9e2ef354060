"""Paying by transfer: the shop's bank account, and the money of an order as a person booked it.

Only what a person with the right says has arrived counts; a receipt's photo never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Pay = Literal["cod", "bank"]
"""How an order is paid: on delivery, or by transfer before."""

PaymentWhy = Literal["received", "correct"]
Service = Literal["QRIBFTTA", "QRIBFTTC"]
"""Transfer to an account, or to a card."""

CHANGE_DELAY_SECONDS = 24 * 3600
"""A changed account is used only after this, so that everyone can object; the first at once."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """The account the shop is paid to, from `from_at` (seconds UTC) until a newer one is.

    bin: six digits of the bank. holder: the name the bank shows. stopped_at: withdrawn before or
    after it took effect, 0 if not.
    """

    id: str
    bin: str
    number: str
    holder: str
    by: str
    at: int
    from_at: int
    service: Service = "QRIBFTTA"
    stopped_at: int = 0
    stopped_by: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money booked for an order in đồng; negative only for a correction, with its reason."""

    id: str
    code: str
    vnd: int
    why: PaymentWhy
    who: str
    at: int
    note: str = ""


def account_in_use(accounts: Iterable[BankAccount], now: int) -> BankAccount | None:
    """The newest account that has taken effect and was not stopped."""
    open_ = [a for a in accounts if a.from_at <= now and not a.stopped_at]
    return max(open_, key=lambda a: (a.from_at, a.at, a.id), default=None)


def account_to_come(accounts: Iterable[BankAccount], now: int) -> BankAccount | None:
    """A changed account that waits for its time."""
    waiting = [a for a in accounts if a.from_at > now and not a.stopped_at]
    return max(waiting, key=lambda a: (a.at, a.id), default=None)
