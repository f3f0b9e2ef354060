"""Letters about orders: what the shop says first, and to whom."""

from __future__ import annotations

from collections.abc import Mapping

from bot.shop.claim import GUEST, claim_of_offer
from bot.shop.deal import deal_of_offer
from bot.shop.hours import next_in_hours
from bot.shop.order import UNPAID, Order, OrderLine, Verb
from bot.shop.product import Product, offer_of
from bot.shop.says import Choice, Code, Field, Letter, Moment, Money, Say, Word
from bot.usecases.ports import Books

ORDER_LETTER_SECONDS = 3 * 24 * 3600
RESTOCK_LETTER_SECONDS = 14 * 24 * 3600

REFUSE_REASONS = ("out-of-goods", "cannot-ship", "no-answer", "other")
"""Why a seller refuses; each is a message `reason-…`."""

SELLER_VERBS: dict[str, tuple[str, ...]] = {
    "placed": ("confirm", "refuse", "call"),
    "confirmed": ("pack", "refuse", "call"),
    "packed": ("ship", "call"),
    "shipped": ("deliver", "return"),
}
"""What a seller may do next, in the order of likelihood."""

ASKS_HOW = {"pack": "gx", "ship": "gd", "return": "rt"}
"""Moves that ask for a picture, the coach or the carrier, or where the goods go."""


def line_say(line: OrderLine, product: Product | None) -> Say:
    """One line of a cart or order. A product that left the catalogue is shown by its id."""
    name = product.name["vi"] if product else line.product
    offer = offer_of(product, line.offer) if product and line.offer else None
    if product and offer:
        pack = product.amount(offer.amount)
        fields: dict[str, Field] = {
            "name": name,
            "pack": pack,
            "count": line.n,
            "money": Money(line.vnd),
        }
        return Say("order-line-packs" if line.n > 1 else "order-line-pack", fields)
    amount = product.amount(line.amount) if product else line.amount
    if claim_of_offer(line.offer):
        id_ = "order-line-claim"
    else:
        id_ = "order-line-deal" if deal_of_offer(line.offer) else "order-line-loose"
    return Say(id_, {"name": name, "amount": amount, "money": Money(line.vnd)})


def order_lines(order: Order, products: Mapping[str, Product]) -> tuple[Say, ...]:
    return tuple(line_say(line, products.get(line.product)) for line in order.lines)


def seller_choices(order: Order) -> tuple[Choice, ...]:
    """Buttons under an order for its seller; a missing fee or address comes first."""
    verbs = SELLER_VERBS.get(order.state, ())
    if order.quote == "wanted":
        verbs = ("fee", "refuse", "call")
    elif order.needs_call and order.state in ("placed", "confirmed"):
        verbs = (*_missing(order), *verbs)
    moves = tuple(move_choice(order.code, verb) for verb in verbs)
    return (*moves, *_money_to_come(order))


def move_choice(code: str, verb: str) -> Choice:
    """The button of a move; packing, sending and taking back ask how first."""
    leads = ASKS_HOW.get(verb)
    return Choice(f"{leads}:{code}" if leads else f"so:{code}:{verb}", f"choice-order-{verb}")


def _money_to_come(order: Order) -> tuple[Choice, ...]:
    waits = order.pay == "bank" and order.quote == "fixed" and order.due_vnd > 0
    open_ = order.state in ("placed", "confirmed", "packed", "shipped")
    if order.due_vnd < 0:
        return (Choice(f"pf:{order.code}:sent-back", "choice-sent-back"),)
    return (Choice(f"pd:{order.code}", "choice-money-received"),) if waits and open_ else ()


def _missing(order: Order) -> tuple[str, ...]:
    """What the seller still has to ask and write down, one thing at a time."""
    return ("address",) if not order.receiver.address else ("name",)


def new_order(order: Order, products: Mapping[str, Product]) -> Say:
    """To the seller: what to pack, for where, what to collect, and what to do now."""
    note = order.receiver.note
    lines = (
        *order_lines(order, products),
        money_say(order),
        *((Say("order-note", {"note": note}),) if note else ()),
        *((Say("order-needs-call"),) if order.needs_call else ()),
        *((Say("order-needs-fee"),) if order.quote == "wanted" else ()),
        *(() if order.holding else (Say("order-not-held"),)),
    )
    fields: dict[str, Field] = {"code": Code(order.code), "place": order.receiver.place}
    return Say("order-new", fields, lines, seller_choices(order))


def money_say(order: Order) -> Say:
    """What the seller is to collect, or what is to come by transfer and came."""
    if order.quote == "wanted":
        return Say("order-money-open", money_fields(order))
    if order.pay == "bank" or order.paid_vnd:
        return Say(_bank_money(order), {**money_fields(order), **paid_fields(order)})
    return Say("order-money", money_fields(order))


def _bank_money(order: Order) -> str:
    if order.due_vnd < 0:
        return "order-money-back"
    if order.state in UNPAID:
        return "order-money-over"
    return "order-money-bank" if order.due_vnd > 0 else "order-money-paid"


def paid_word(order: Order) -> str:
    """What of a transfer came, as the end of a line's id; empty for cash, and for an order that
    came to nothing with nothing to send back.
    """
    if order.due_vnd < 0:
        return "-back"
    if (
        order.quote == "wanted"
        or order.state in UNPAID
        or not (order.pay == "bank" or order.paid_vnd)
    ):
        return ""
    return "-due" if order.due_vnd > 0 else "-paid"


def paid_fields(order: Order) -> dict[str, Field]:
    """What came by transfer, what is due, and what is to be sent back."""
    return {
        "paid": Money(order.paid_vnd),
        "due": Money(max(0, order.due_vnd)),
        "rest": Money(max(0, -order.due_vnd)),
    }


def back_to_customer(order: Order) -> tuple[Say, ...]:
    """To the customer of an order that came to nothing: that what was paid comes back; if nothing
    was booked of a transfer, what to do in case it was sent.
    """
    if order.due_vnd < 0:
        return (Say("order-transfer-back", paid_fields(order)),)
    over = order.state in UNPAID and order.pay == "bank"
    return (Say("order-transfer-if-sent"),) if over else ()


def back_by_seller(order: Order) -> tuple[Say, ...]:
    """To the seller: what came that is not hers to keep."""
    return (Say("order-send-back", paid_fields(order)),) if order.due_vnd < 0 else ()


def money_fields(order: Order) -> dict[str, Money]:
    return {
        "goods": Money(order.goods_vnd),
        "fee": Money(order.fee_vnd),
        "total": Money(order.total_vnd),
    }


def to_seller(books: Books, order: Order, say: Say, once: str, now: int) -> None:
    """To every account bound to the seller, or kept for whoever binds next."""
    for account in books.accounts_of(order.seller) or (f"seller:{order.seller}",):
        post(books, account, say, f"{once}:{account}", now)


def to_customer(books: Books, order: Order, verb: Verb, now: int) -> None:
    fields: dict[str, Field] = {
        "code": Code(order.code),
        "total": Money(order.total_vnd),
        "when": Moment(now),
        "reason": Word(f"reason-{order.reason}")
        if order.reason in REFUSE_REASONS
        else order.reason,
    }
    say = Say(f"order-told-{verb}", fields, back_to_customer(order))
    post(books, order.person, say, f"{order.code}:{verb}", now)


def post(books: Books, to: str, say: Say, once: str, now: int) -> None:
    """Who only ever wrote comments of a live cannot be written to; the helper speaks to her."""
    if to.startswith(GUEST):
        return
    books.post(Letter(to, say, "order", now, now + ORDER_LETTER_SECONDS, once))


def restocked(books: Books, person: str, product: Product, now: int) -> None:
    """A restock letter waits for 07:00 and is sent once per time it was asked for."""
    say = Say(
        "restock",
        {"name": product.name["vi"]},
        choices=(Choice(f"p:{product.id}", "choice-see"), Choice("home", "choice-no-thanks")),
        picture=f"product/{product.id}",
    )
    after = next_in_hours(now)
    until = after + RESTOCK_LETTER_SECONDS
    books.post(
        Letter(person, say, "restock", after, until, f"restock:{person}:{product.id}:{now}")
    )
