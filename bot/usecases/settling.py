"""What must be settled before an order goes: a fee that no method names, a missing address."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from bot.shop.order import OPEN, Order
from bot.shop.people import Person
from bot.shop.problems import NotYourOrder, WrongMove
from bot.shop.says import Choice, Code, Field, Say, Word
from bot.usecases import journal, letters
from bot.usecases.orders import find, goods_of, of_seller
from bot.usecases.ports import Books


def name_fee(books: Books, code: str, fee_vnd: int, by: Person, now: int) -> Order:
    """The seller says what sending costs where no method fits; the customer is asked."""
    order = of_seller(books, code, by)
    if order.state != "placed" or order.quote == "fixed":
        raise WrongMove(code=Code(code), state=Word(f"state-{order.state}"))
    after = replace(order, fee_vnd=fee_vnd, quote="offered", changed_at=now)
    books.save_order(after)
    _note(books, after, by, f"fee {fee_vnd}")
    say = Say(
        "order-fee-offered",
        {"code": Code(code), **letters.money_fields(after)},
        choices=(
            Choice(f"fee:{code}:{fee_vnd}", "choice-yes"),
            Choice(f"cx:{code}", "choice-cancel"),
        ),
    )
    letters.post(books, order.person, say, f"{code}:fee:{fee_vnd}:{now}", now)
    return after


def _note(books: Books, order: Order, by: Person, words: str) -> None:
    """Who named the fee or wrote down the address, and when."""
    at, kind = order.changed_at, words.partition(" ")[0]
    id_ = f"{order.code}-{kind}-{at}"
    journal.note(books, id_, "order", order.code, by, at, seller=order.seller, words=words)


def agree_fee(books: Books, code: str, fee_vnd: int, by: Person, now: int) -> Order:
    """The customer says yes to exactly this fee; the seller is told."""
    order = find(books, code)
    if order.person != by.id:
        raise NotYourOrder()
    if order.quote == "fixed" and order.fee_vnd == fee_vnd and order.state in OPEN:
        return order
    if order.state != "placed" or order.quote != "offered" or order.fee_vnd != fee_vnd:
        raise WrongMove(code=Code(code), state=Word(f"state-{order.state}"))
    after = replace(order, quote="fixed", changed_at=now)
    books.save_order(after)
    say = letters.new_order(after, goods_of(books, after))
    letters.to_seller(books, after, replace_id(say, "order-fee-agreed"), f"{code}:agreed", now)
    return after


def replace_id(say: Say, new_id: str) -> Say:
    """The same message under another sentence."""
    return Say(new_id, say.fields, say.lines, say.choices, say.picture, say.clip)


@dataclass(frozen=True, slots=True)
class Told:
    """What the seller learned on the telephone; empty or 0 where she learned nothing new."""

    name: str = ""
    address: str = ""
    province: int = 0
    place: str = ""


def complete(books: Books, code: str, told: Told, by: Person, now: int) -> Order:
    """She called and writes down what was missing; with name and address it can be packed.

    Raises WrongMove for an order that misses nothing or is past packing.
    """
    order = of_seller(books, code, by)
    if not order.needs_call or order.state not in ("placed", "confirmed"):
        raise WrongMove(code=Code(code), state=Word(f"state-{order.state}"))
    new = {k: v for k, v in asdict(told).items() if v}
    receiver = replace(order.receiver, **new)
    missing = not (receiver.name and receiver.address)
    after = replace(order, receiver=receiver, needs_call=missing, changed_at=now)
    books.save_order(after)
    _note(books, after, by, "address")
    fields: dict[str, Field] = {"code": Code(code), "name": receiver.name}
    fields |= {"address": receiver.address, "place": receiver.place}
    say = Say("order-told-address", fields)
    if not missing:
        letters.post(books, order.person, say, f"{code}:complete:{now}", now)
    return after
