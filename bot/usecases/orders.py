"""Placing orders and moving them.

Each function is one ledger command: all of it happens, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.shop.cart import Parcel
from bot.shop.claim import claim_of_offer
from bot.shop.deal import deal_of_offer
from bot.shop.hours import today
from bot.shop.live_problems import NoSuchClaim
from bot.shop.order import FREES, MOVES, Order, OrderLine, Receiver, Verb, moved
from bot.shop.payment import Pay
from bot.shop.people import Person
from bot.shop.problems import (
    CartChanged,
    NoSuchOrder,
    NotYourOrder,
    OutOfSeason,
    TooManyOpenOrders,
)
from bot.shop.product import Pick, Product, price_of
from bot.shop.roles import Right, rights_for
from bot.shop.rules import Rules
from bot.shop.says import Code, Months, Say
from bot.shop.season import closed_by_season
from bot.usecases import bargains, journal, letters, order_stock
from bot.usecases.ports import Books
from bot.usecases.rights import refuse_blocked


@dataclass(frozen=True, slots=True)
class Checkout:
    """What the person read in the summary and said yes to.

    `id` makes every repeat the same order. helper: who placed it for a person whose claims she
    took down; what she typed is not kept as that person's address.
    """

    id: str
    person: str
    parcels: tuple[Parcel, ...]
    receiver: Receiver
    needs_call: bool
    origin: str = ""
    pay: Pay = "cod"
    helper: str = ""


def place(
    books: Books, checkout: Checkout, rules: Rules, new_code: Callable[[], str], now: int
) -> tuple[Order, ...]:
    """One order per parcel, goods held, sellers told. The same checkout again gives the same
    orders.

    Raises SoldOut, OutOfSeason, CartChanged, TooManyOpenOrders, Blocked, and for a deal that
    cannot be used (any more) NotYourDeal, DealLate, DealSpent, DealOver; then nothing happened.
    """
    done = books.orders_of_checkout(checkout.id)
    if done:
        return done
    _within_caps(books, checkout, rules)
    for parcel in checkout.parcels:
        refuse_blocked(books, checkout.person, parcel.seller)
    waits = _is_large_first(books, checkout, rules)
    orders = tuple(
        _order(checkout, p, _free_code(books, new_code), waits, now) for p in checkout.parcels
    )
    for order in orders:
        _check_lines(books, order, now)
        if order.holding:
            order_stock.hold(books, order, now)
        books.save_order(order)
        letters.to_seller(
            books, order, letters.new_order(order, goods_of(books, order)), order.code, now
        )
    if not checkout.helper:
        _remember(books, checkout, now)
    return orders


def _free_code(books: Books, new_code: Callable[[], str]) -> str:
    """A code no order has: there are 729 million, and 32,000 orders make a clash likely."""
    while books.order(code := new_code()) is not None:
        continue
    return code


def _order(checkout: Checkout, parcel: Parcel, code: str, waits: bool, now: int) -> Order:
    quote = parcel.quote
    return Order(
        code=code,
        checkout=checkout.id,
        person=checkout.person,
        seller=parcel.seller,
        state="placed",
        lines=parcel.lines,
        receiver=checkout.receiver,
        fee_vnd=quote.fee_vnd if quote else 0,
        method=quote.method if quote else "",
        days=quote.days if quote else (0, 0),
        placed_at=now,
        changed_at=now,
        needs_call=checkout.needs_call,
        holding=not waits,
        quote="fixed" if quote else "wanted",
        origin=checkout.origin,
        pay=checkout.pay,
    )


def _within_caps(books: Books, checkout: Checkout, rules: Rules) -> None:
    new = len(checkout.parcels)
    phone, origin = checkout.receiver.phone, checkout.origin
    known = max(books.unaccepted("phone", phone), books.unaccepted("person", checkout.person))
    if known + new > rules.open_per_phone:
        raise TooManyOpenOrders(most=rules.open_per_phone)
    if origin and books.unaccepted("origin", origin) + new > rules.open_per_address:
        raise TooManyOpenOrders(most=rules.open_per_address)


def _is_large_first(books: Books, checkout: Checkout, rules: Rules) -> bool:
    lines = [line for p in checkout.parcels for line in p.lines]
    if any(claim_of_offer(line.offer) for line in lines):
        return False  # what was claimed is held already
    goods = sum(p.goods_vnd for p in checkout.parcels)
    return goods >= rules.large_first_vnd and not books.delivered(checkout.receiver.phone)


def _check_lines(books: Books, order: Order, now: int) -> None:
    for line in order.lines:
        product = books.product(line.product)
        claimed = claim_of_offer(line.offer)
        if closed_by_season(product, today(now)) and not claimed:
            raise OutOfSeason(product=product.id, name=product.name["vi"], months=_months(product))
        if claim_id := claim_of_offer(line.offer):
            _check_claim(books, order, claim_id, line)
        elif deal_of_offer(line.offer):
            bargains.use(books, order, line, now)
        elif price_of(product, books.prices(line.product), Pick(line.offer, line.n)) != line.vnd:
            raise CartChanged()


def _check_claim(books: Books, order: Order, claim_id: str, line: OrderLine) -> None:
    """The price was promised with the claim. Raises CartChanged for other terms."""
    claim = books.claim(claim_id)
    if claim is None or claim.person != order.person or claim.seller != order.seller:
        raise NoSuchClaim()
    agreed = (claim.product, claim.amount, claim.vnd, 1)
    if (line.product, line.amount, line.vnd, line.n) != agreed:
        raise CartChanged()


def _months(product: Product) -> Months:
    season = product.season
    return Months(season.months, season.lunar) if season else Months(())


def goods_of(books: Books, order: Order) -> Mapping[str, Product]:
    return {line.product: books.goods(line.product) for line in order.lines}


def _remember(books: Books, checkout: Checkout, now: int) -> None:
    person = books.person(checkout.person)
    receiver = replace(checkout.receiver, note="")
    books.save_person(replace(person, receiver=receiver, created_at=person.created_at or now))


def find(books: Books, code: str) -> Order:
    order = books.order(code)
    if order is None:
        raise NoSuchOrder()
    return order


def of_seller(books: Books, code: str, by: Person, right: Right = Right.ORDERS) -> Order:
    """An order she may handle. Raises NoSuchOrder, NotYourOrder, NotAllowed."""
    order = find(books, code)
    if not rights_for(by.grants, order.seller):
        raise NotYourOrder()
    by.require(right, order.seller)
    return order


def move_by_seller(
    books: Books, code: str, verb: Verb, by: Person, now: int, reason: str = "", how: str = ""
) -> Order:
    """Confirm, refuse, pack, ship, deliver or return an order of hers; the customer is told.

    how: for packing, the household whose goods are taken first; for a return, `spoiled` or
    `shelf` (empty: dry goods go back on the shelf, others are written off).
    A repeat of the move just made changes nothing and gives the order as it is.
    """
    order = of_seller(books, code, by)
    if _already(order, verb):
        return order
    after = moved_by(books, order, verb, by, now, reason, how)
    letters.to_customer(books, after, verb, now)
    erase_if_asked(books, after)
    return after


def moved_by(
    books: Books, order: Order, verb: Verb, by: Person, now: int, reason: str = "", how: str = ""
) -> Order:
    """The order after a move of its seller's, booked; the customer is told by whoever calls."""
    after = _moved(books, order, verb, by.id, now, reason, how)
    id_ = f"{order.code}-{verb}-{now}"
    journal.note(books, id_, "order", order.code, by, now, seller=order.seller, words=verb)
    return after


def cancel(books: Books, code: str, by: Person, now: int) -> Order:
    """The customer takes it back, until it is packed; the seller is told."""
    order = find(books, code)
    if order.person != by.id:
        raise NotYourOrder()
    if _already(order, "cancel"):
        return order
    after = _moved(books, order, "cancel", by.id, now, "")
    say = _over(after, "order-cancelled-by-customer")
    letters.to_seller(books, after, say, f"{code}:cancel", now)
    erase_if_asked(books, after)
    return after


def lapse(books: Books, before: int, now: int) -> tuple[str, ...]:
    """Orders nobody accepted since `before` give their goods back; both sides are told. One that
    was paid for stays: whoever booked the money has it in hand.
    """
    codes = tuple(c for c in books.overdue(before) if not find(books, c).paid_vnd)
    for code in codes:
        after = _moved(books, find(books, code), "lapse", "shop", now, "")
        letters.to_customer(books, after, "lapse", now)
        say = _over(after, "order-lapsed-seller")
        letters.to_seller(books, after, say, f"{code}:lapse", now)
        erase_if_asked(books, after)
    return codes


def _over(order: Order, id_: str) -> Say:
    """To the seller of an order that came to nothing, with the money she sends back if any."""
    back = letters.back_by_seller(order)
    choices = letters.seller_choices(order) if back else ()
    return Say(id_, {"code": Code(order.code)}, back, choices)


def _already(order: Order, verb: Verb) -> bool:
    return order.state in {after for (_, v), after in MOVES.items() if v == verb}


def _moved(
    books: Books, order: Order, verb: Verb, who: str, now: int, reason: str, how: str = ""
) -> Order:
    after = moved(order, verb, now, reason)
    if verb == "confirm" and not order.holding:
        order_stock.hold(books, order, now)
        after = replace(after, holding=True)
    elif after.state in FREES and order.holding:
        order_stock.free(books, after, who, now)
    elif verb == "pack":
        order_stock.sell(books, after, who, now, how)
    elif verb == "return":
        order_stock.take_back(books, after, who, now, how)
    books.save_order(after)
    return after


def erase_if_asked(books: Books, order: Order) -> None:
    """Whoever wanted to be forgotten is, with the last of the orders on their way."""
    person = books.person(order.person)
    if person.erase_after_orders and not books.open_of(person.id):
        books.erase(person.id)
