"""The packing desk: whose goods go into a parcel, the proof of packing, how it leaves.

Every function that changes something is one ledger command; a repeat changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.shop import stock
from bot.shop.household import OWN
from bot.shop.order import Order, Proof, Shipment, moved
from bot.shop.people import Person
from bot.shop.problems import NoSuchHousehold, WrongMove
from bot.shop.says import Code, Word
from bot.shop.stock import Lot, Take
from bot.usecases import journal, orders, packing_letters
from bot.usecases.ports import Books

FROM = "from-"
"""Begins the journal line that says whose goods an order is packed from."""

UNPACKED = ("placed", "confirmed")


@dataclass(frozen=True, slots=True)
class Home:
    """Whose goods: a household, or the seller's own (`own`, no name). public: customers may read
    the name.
    """

    id: str
    name: str
    public: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """So many base units of a product that are this household's."""

    product: str
    home: Home
    amount: int


def parts(books: Books, order: Order) -> tuple[Part, ...]:
    """Whose goods are in the parcel, or would be if it were packed now; empty if none are held."""
    sums: dict[tuple[str, str], int] = {}
    for take in _takes(books, order):
        lots = {lot.id: lot.household for lot in books.lots(take.product)}
        key = take.product, lots.get(take.lot, OWN)
        sums[key] = sums.get(key, 0) + take.amount
    return tuple(Part(product, _home(books, home), n) for (product, home), n in sums.items())


def _takes(books: Books, order: Order) -> tuple[Take, ...]:
    """What was sold; before packing, what packing would sell now."""
    takes = books.takes(order.code)
    if order.state not in UNPACKED:
        return takes
    first, planned = first_household(books, order.code), list[Take]()
    for product in dict.fromkeys(t.product for t in takes):
        mine = tuple(t for t in takes if t.product == product)
        planned += stock.sell(books.goods(product), books.lots(product), mine, first)[1]
    return tuple(planned)


def _home(books: Books, household: str) -> Home:
    found = books.household(household)
    return Home(household, found.name, found.public) if found else Home(OWN, "")


def homes(books: Books, order: Order) -> tuple[Home, ...]:
    """Households whose goods the order could be packed from, whose came first first."""
    takes, found = books.takes(order.code), dict[str, Home]()
    for product in dict.fromkeys(t.product for t in takes):
        mine = tuple(t for t in takes if t.product == product)
        lots = stock.free(books.lots(product), mine)
        for lot in sorted((x for x in lots if x.free > 0), key=_age):
            found.setdefault(lot.household, _home(books, lot.household))
    return tuple(found.values())


def _age(lot: Lot) -> tuple[int, str]:
    return lot.at, lot.id


def first_household(books: Books, code: str) -> str:
    """The household that was chosen for an order, empty if none was."""
    chosen = books.change(f"{FROM}{code}")
    return chosen.words if chosen else ""


def choose_household(books: Books, code: str, household: str, by: Person, now: int) -> Order:
    """The order is to be packed from this household's goods as far as they reach.

    Raises NoSuchHousehold if it has none of them, WrongMove for an order that is packed.
    """
    order = orders.of_seller(books, code, by)
    if order.state not in UNPACKED:
        raise _wrong(order)
    if household not in {home.id for home in homes(books, order)}:
        raise NoSuchHousehold()
    journal.note(
        books, f"{FROM}{code}", "order", code, by, now, seller=order.seller, words=household
    )
    return order


def ready(order: Order, now: int) -> None:
    """Raises WrongMove, FeeOpen or NeedsCall for an order no packing can be shown of."""
    if order.state == "packed":
        return
    if order.state == "placed":
        order = moved(order, "confirm", now)
    moved(order, "pack", now)


def pack(
    books: Books,
    code: str,
    by: Person,
    now: int,
    proofs: tuple[Proof, ...] = (),
    grams: int = 0,
    address: str = "",
) -> Order:
    """Packed, with pictures that prove it or without; the customer gets one letter, and one more
    for each picture that comes later.

    An order she has not accepted yet is accepted with its picture. grams: weighed, 0 if it was
    not. address: where this shop's files are seen, for a video. A proof already known changes
    nothing.
    """
    order = orders.of_seller(books, code, by)
    known = {p.id for p in books.proofs_of(code)}
    fresh = tuple(p for p in proofs if p.id not in known)
    if proofs and not fresh:
        return order
    if order.state == "packed":
        _keep(books, order, fresh, by, now)
        if fresh:
            packing_letters.another(books, order, fresh, address, now)
        return order
    if order.state == "placed" and fresh:
        order = orders.moved_by(books, order, "confirm", by, now)
    after = orders.moved_by(books, order, "pack", by, now, how=first_household(books, code))
    _keep(books, after, fresh, by, now)
    packing_letters.packed(books, after, fresh, grams, address, now)
    return after


def _keep(books: Books, order: Order, proofs: Iterable[Proof], by: Person, now: int) -> None:
    for proof in proofs:
        books.save_proof(proof)
        journal.note(
            books, proof.id, "proof", order.code, by, now, seller=order.seller, words=proof.kind
        )


def ship(books: Books, code: str, how: Shipment, by: Person, now: int) -> Order:
    """Handed over; the customer is told how it travels, once for everything that is told anew.

    Raises WrongMove for an order that is not packed.
    """
    order = orders.of_seller(books, code, by)
    how = replace(how, carrier=how.carrier[:100], tracking=how.tracking[:60])  # words as typed
    if order.state != "shipped":
        after = orders.moved_by(books, order, "ship", by, now)
        books.save_shipment(how)
        packing_letters.shipped(books, after, how, now)
        return after
    known = books.shipment(code)
    if packing_letters.shipment_lines(how) and not _same(known, how):
        books.save_shipment(how)
        id_ = f"{code}-ship-{now}"
        journal.note(books, id_, "order", code, by, now, seller=order.seller, words="shipment")
        packing_letters.ships_otherwise(books, order, how, now)
    return order


def _same(known: Shipment | None, how: Shipment) -> bool:
    return known is not None and replace(known, who=how.who, at=how.at) == how


def _wrong(order: Order) -> WrongMove:
    return WrongMove(code=Code(order.code), state=Word(f"state-{order.state}"))
