"""What is said first about money: that a transfer has come, and that the account changes."""

from __future__ import annotations

from bot.shop.order import Order
from bot.shop.payment import BankAccount
from bot.shop.says import Choice, Code, Field, Moment, Money, Say
from bot.usecases import letters
from bot.usecases.ports import Books


def received(books: Books, order: Order, vnd: int, once: str, now: int) -> None:
    """To the customer: what has come, and what is still missing or too much."""
    fields: dict[str, Field] = {
        "code": Code(order.code),
        "money": Money(vnd),
        "rest": Money(abs(order.due_vnd)),
    }
    which = "part" if order.due_vnd > 0 else "all" if order.due_vnd == 0 else "more"
    waits = order.pay == "bank" and order.due_vnd > 0
    ways = (Choice(f"qr:{order.code}", "choice-qr"),) if waits else ()
    choices = (*ways, Choice(f"o:{order.code}", "choice-see-order"))
    say = Say(f"payment-received-{which}", fields, choices=choices)
    letters.post(books, order.person, say, f"{order.code}:paid:{once}", now)


def sent_back(books: Books, order: Order, vnd: int, once: str, now: int) -> None:
    """To the customer: the seller says that so much was sent back."""
    fields: dict[str, Field] = {"code": Code(order.code), "money": Money(vnd)}
    choices = (
        Choice(f"o:{order.code}", "choice-see-order"),
        Choice(f"tk:{order.seller}", "choice-ask-seller"),
    )
    say = Say("payment-sent-back", fields, choices=choices)
    letters.post(books, order.person, say, f"{order.code}:paid:{once}", now)


def corrected(books: Books, order: Order, once: str, now: int) -> None:
    """To the customer: what has come in all, after a slip was put right."""
    fields: dict[str, Field] = {"code": Code(order.code), "money": Money(order.paid_vnd)}
    say = Say(
        "payment-corrected", fields, choices=(Choice(f"o:{order.code}", "choice-see-order"),)
    )
    letters.post(books, order.person, say, f"{order.code}:paid:{once}", now)


def by_transfer(books: Books, order: Order, now: int) -> None:
    """To the seller: the customer will pay by transfer after all."""
    fields: dict[str, Field] = {"code": Code(order.code), "money": Money(order.due_vnd)}
    choices = (
        Choice(f"pd:{order.code}", "choice-money-received"),
        Choice(f"so:{order.code}", "choice-see-order"),
    )
    say = Say("order-by-transfer", fields, choices=choices)
    letters.to_seller(books, order, say, f"{order.code}:pay", now)


def account_changes(books: Books, account: BankAccount, bank: str, now: int) -> None:
    """To every seller's account and every owner: whoever did not expect it can say so in time."""
    fields: dict[str, Field] = {
        "bank": bank,
        "number": account.number,
        "holder": account.holder,
        "when": Moment(account.from_at),
    }
    owners = books.owners()
    for person in _everyone(books, account.by):
        stop = person in owners and account.from_at > now
        choices = (Choice(f"bks:{account.id}", "choice-bank-stop"),) if stop else ()
        say = Say("bank-changes" if account.from_at > now else "bank-set", fields, choices=choices)
        letters.post(books, person, say, f"bank:{account.id}:{person}", now)


def _everyone(books: Books, but: str) -> tuple[str, ...]:
    """Owners and sellers' accounts, but whoever did it and sees it done."""
    return tuple(p for p in dict.fromkeys((*books.owners(), *books.all_accounts())) if p != but)


def account_stopped(books: Books, account: BankAccount, now: int) -> None:
    """To everyone who was told of the change."""
    for person in _everyone(books, account.stopped_by):
        say = Say("bank-stopped", {"number": account.number})
        letters.post(books, person, say, f"bank-stop:{account.id}:{person}", now)
