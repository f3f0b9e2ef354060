"""Transfers by hand: the shop's bank account, and money a person says has arrived.

Every function is one ledger command; an id makes a repeat the same entry. Nothing else ever marks
an order as paid.
"""

from __future__ import annotations

from dataclasses import replace

from bot.shop.order import OPEN, Order
from bot.shop.payment import (
    CHANGE_DELAY_SECONDS,
    BankAccount,
    Payment,
    Service,
    account_in_use,
    account_to_come,
)
from bot.shop.people import Person
from bot.shop.problems import BadMoney, NoBank, NotYourOrder, WrongMove
from bot.shop.roles import EVERY, Right
from bot.shop.says import Code, Word
from bot.usecases import journal, payment_letters
from bot.usecases.orders import erase_if_asked, find
from bot.usecases.ports import Books
from bot.usecases.stock import MOST_VND

SENT_BACK = "sent-back"
"""The reason of a correction by which money went back to the customer."""


def set_account(
    books: Books, bin_: str, number: str, holder: str, by: Person, now: int, id_: str,
    bank: str, service: Service = "QRIBFTTA",
) -> BankAccount:  # fmt: skip
    """The owner names the account the shop is paid to. The first holds at once; a change holds a
    day later, and one still waiting gives way to it. All sellers are told; `bank` is the bank's
    name.
    """
    by.require(Right.BANK, EVERY)
    known = books.bank_accounts()
    same = next((a for a in known if a.id == id_), None)
    if same is not None:
        return same
    waiting = account_to_come(known, now)
    if waiting is not None:
        books.save_bank_account(replace(waiting, stopped_at=now, stopped_by=by.id))
    from_at = now + CHANGE_DELAY_SECONDS if account_in_use(known, now) else now
    new = BankAccount(id_, bin_, number, holder, by.id, now, from_at, service)
    books.save_bank_account(new)
    journal.note(books, id_, "bank", number, by, now, seller=EVERY, words=bin_)
    payment_letters.account_changes(books, new, bank, now)
    return new


def stop_account(books: Books, account: str, by: Person, now: int) -> BankAccount:
    """A changed account that waits is not used after all; a second tap changes nothing."""
    by.require(Right.BANK, EVERY)
    found = next((a for a in books.bank_accounts() if a.id == account), None)
    if found is None or (found.from_at <= now and not found.stopped_at):
        raise NoBank()
    if found.stopped_at:
        return found
    stopped = replace(found, stopped_at=now, stopped_by=by.id)
    books.save_bank_account(stopped)
    journal.note(books, f"{account}-stop", "bank", found.number, by, now, seller=EVERY)
    payment_letters.account_stopped(books, stopped, now)
    return stopped


def in_use(books: Books, now: int) -> BankAccount:
    """The account customers pay to now. Raises NoBank."""
    found = account_in_use(books.bank_accounts(), now)
    if found is None:
        raise NoBank()
    return found


def by_transfer(books: Books, code: str, by: Person, now: int) -> Order:
    """The customer will pay by transfer and not on delivery; the seller is told. Raises NoBank,
    NotYourOrder, WrongMove for an order that is over.
    """
    order = find(books, code)
    if order.person != by.id:
        raise NotYourOrder()
    if order.pay == "bank":
        return order
    in_use(books, now)
    if order.state not in OPEN:
        raise WrongMove(code=Code(code), state=Word(f"state-{order.state}"))
    after = replace(order, pay="bank", changed_at=now)
    books.save_order(after)
    payment_letters.by_transfer(books, after, now)
    return after


def received(
    books: Books, code: str, vnd: int, by: Person, now: int, id_: str, note: str = ""
) -> Order:
    """So much has arrived for an order: all, a part, or more than was due.

    Raises NotSeller or NotAllowed without the right over its seller's money, BadMoney.
    """
    if not 0 < vnd <= MOST_VND:
        raise BadMoney()
    return _book(books, Payment(id_, code, vnd, "received", by.id, now, note), by)


def corrected(
    books: Books, code: str, paid_vnd: int, reason: str, by: Person, now: int, id_: str
) -> Order:
    """In truth `paid_vnd` đồng have arrived in all; the difference is booked with the reason."""
    order = find(books, code)
    by.require(Right.MONEY, order.seller)
    if not reason.strip() or not 0 <= paid_vnd <= MOST_VND:
        raise BadMoney()
    if paid_vnd == order.paid_vnd:
        return order
    entry = Payment(id_, code, paid_vnd - order.paid_vnd, "correct", by.id, now, reason)
    return _book(books, entry, by)


def sent_back(books: Books, code: str, paid_vnd: int, by: Person, now: int, id_: str) -> Order:
    """What is not the seller's to keep went back to the customer, who is told; only while
    `paid_vnd` is booked, so that a second tap changes nothing. Raises as `received`.
    """
    order = find(books, code)
    by.require(Right.MONEY, order.seller)
    if order.paid_vnd != paid_vnd or order.due_vnd >= 0:
        return order
    return _book(books, Payment(id_, code, order.due_vnd, "correct", by.id, now, SENT_BACK), by)


def _book(books: Books, entry: Payment, by: Person) -> Order:
    order = find(books, entry.code)
    by.require(Right.MONEY, order.seller)
    if books.payment(entry.id) is not None:
        return order
    books.save_payment(entry)
    after = replace(order, paid_vnd=order.paid_vnd + entry.vnd, changed_at=entry.at)
    books.save_order(after)
    if entry.note == SENT_BACK:
        payment_letters.sent_back(books, after, -entry.vnd, entry.id, entry.at)
    elif entry.why == "received":
        payment_letters.received(books, after, entry.vnd, entry.id, entry.at)
    else:
        payment_letters.corrected(books, after, entry.id, entry.at)
    journal.note(
        books, entry.id, "payment", entry.code, by, entry.at,
        seller=order.seller, words=f"{entry.vnd} {entry.note}".rstrip(),
    )  # fmt: skip
    erase_if_asked(books, after)
    return after
