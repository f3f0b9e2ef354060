"""Paying by transfer: the code to scan, its words, and choosing it for an order already placed.

A photo of a receipt goes to the seller like any other photo and marks nothing as paid.
"""

from __future__ import annotations

from bot.shop.banks import bank_name
from bot.shop.order import OPEN, UNPAID, Order
from bot.shop.payment import BankAccount, account_in_use
from bot.shop.problems import NoSuchOrder, NotYourOrder
from bot.shop.says import Choice, Code, Field, Money, Say
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import payments
from bot.usecases.letters import back_to_customer, paid_fields


def may_be_paid(order: Order) -> bool:
    """Whether its sum stands and something of it is still to be transferred."""
    due = order.due_vnd > 0 and order.quote == "fixed"
    return order.pay == "bank" and order.state in OPEN and due


async def transfer(turn: Turn, order: Order) -> Say:
    """The picture to scan, with the same in words under it. Raises NoBank."""
    now = turn.now
    account = await turn.shop.records.read(lambda b: payments.in_use(b, now))
    say = Say("transfer", _fields(turn, order, account))
    on_picture = Say("transfer-picture", say.fields)
    lines = tuple(turn.shop.texts(on_picture, turn.session.lang).splitlines())
    picture = await turn.shop.studio.transfer_qr(
        account, order.due_vnd, order.code, lines, order.person
    )
    choices = (Choice(f"o:{order.code}", "choice-see-order"), BACK)
    return Say(say.id, say.fields, choices=choices, picture=picture)


def _fields(turn: Turn, order: Order, account: BankAccount) -> dict[str, Field]:
    return {
        "bank": bank_name(account.bin),
        "number": account.number,
        "holder": account.holder,
        "money": Money(order.due_vnd),
        "code": order.code,
    }


async def shown(turn: Turn, code: str) -> list[Say]:
    """The code to scan for what is still due; for an order that is paid, that it is."""
    order = await turn.shop.records.order(code)
    if order is None:
        raise NoSuchOrder()
    if order.person != turn.person:
        raise NotYourOrder()
    if may_be_paid(order):
        return [await transfer(turn, order)]
    fields: dict[str, Field] = {"code": Code(code), "money": Money(order.paid_vnd)}
    return [Say("transfer-nothing", fields, choices=(Choice(f"o:{code}", "choice-see-order"),))]


async def choose(turn: Turn, code: str) -> list[Say]:
    """By transfer instead of on delivery; a second tap shows the same."""
    who, now = await turn.who(), turn.now
    await turn.shop.ledger.put(lambda b: payments.by_transfer(b, code, who, now))
    return await shown(turn, code)


async def ways_to_pay(turn: Turn, order: Order) -> tuple[Choice, ...]:
    """The button for the order's screen: see the code, or pay by transfer after all."""
    if may_be_paid(order):
        return (Choice(f"qr:{order.code}", "choice-qr"),)
    now = turn.now
    bank = await turn.shop.records.read(lambda b: account_in_use(b.bank_accounts(), now))
    cash = order.pay == "cod" and order.state in OPEN and order.quote == "fixed"
    return (Choice(f"pb:{order.code}", "choice-pay-by-bank"),) if bank and cash else ()


def paid_lines(order: Order) -> tuple[Say, ...]:
    """What has come of the sum, if it comes by transfer."""
    if order.due_vnd < 0 or order.state in UNPAID:
        return back_to_customer(order)
    if order.pay != "bank" and not order.paid_vnd:
        return ()
    id_ = "order-transfer-due" if order.due_vnd > 0 else "order-transfer-paid"
    return (Say(id_, paid_fields(order)),)


ROUTES: Routes = {
    "qr": screen(shown, views=1),
    "pb": act(choose),
}
