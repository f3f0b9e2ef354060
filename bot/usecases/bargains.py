"""Bargaining: a wish for a lower price, the seller's answer, and using it once.

Each function is one ledger command. A repeat of what was just done changes nothing and tells
nobody twice.
"""

from __future__ import annotations

from dataclasses import replace

from bot.shop import stock
from bot.shop.deal import Deal, deal_of_offer, moved
from bot.shop.order import Order, OrderLine
from bot.shop.people import Person, Thread
from bot.shop.problems import CartChanged, DealLate, DealOver, NotYourDeal, SoldOut
from bot.shop.roles import Right, rights_for
from bot.usecases import deal_letters
from bot.usecases.ports import Books
from bot.usecases.rights import refuse_blocked


def wish(books: Books, deal: Deal, thread: Thread, now: int) -> Deal:
    """Hand a wish to the seller; the same wish again is the same deal, another one for the same
    product takes the place of one still unanswered.

    Raises NotOnShelf, Blocked.
    """
    product = books.product(deal.product)
    refuse_blocked(books, deal.customer, deal.seller)
    before = False
    for known in books.deals_of(deal.customer):
        if known.product == deal.product and known.state == "wished":
            if _same(known, deal):
                return known
            books.save_deal(moved(known, "lapse", now))
            before = True
    new = replace(deal, seller=product.seller, thread=thread.id, state="wished", at=now)
    books.save_deal(new)
    books.save_thread(thread)
    left = _free(books, deal.product)
    deal_letters.wished(books, new, thread.customer_name, left, again=before)
    return new


def _same(one: Deal, other: Deal) -> bool:
    return (one.amount, one.said, one.wished_vnd) == (other.amount, other.said, other.wished_vnd)


def _free(books: Books, product: str) -> int:
    return stock.level(books.lots(product)).free


def of_seller(books: Books, deal: str, by: Person) -> Deal:
    """A deal of hers. Raises NotYourDeal, NotAllowed."""
    found = books.deal(deal)
    if found is None or not rights_for(by.grants, found.seller):
        raise NotYourDeal()
    by.require(Right.PRICE, found.seller)
    return found


def of_customer(books: Books, deal: str, person: str) -> Deal:
    """A deal of this customer. Raises NotYourDeal."""
    found = books.deal(deal)
    if found is None or found.customer != person:
        raise NotYourDeal()
    return found


def offer(
    books: Books, deal: str, amount: int, vnd: int, until: int, by: Person, now: int
) -> Deal:
    """The seller's price for all of `amount` base units until `until`; the customer is asked.

    Raises DealOver if she answered already, DealLate for a deadline that is past, NotOnShelf.
    """
    known = of_seller(books, deal, by)
    if known.state in ("offered", "taken") and (known.amount, known.vnd) == (amount, vnd):
        return known
    books.product(known.product)
    if until <= now:
        raise DealLate(product=known.product)
    if amount <= 0 or vnd <= 0 or known.amount not in (0, amount):
        raise DealOver(product=known.product)
    after = replace(moved(known, "offer", now), amount=amount, vnd=vnd, until=until)
    books.save_deal(after)
    deal_letters.offered(books, after)
    return after


def refuse(books: Books, deal: str, by: Person, now: int) -> Deal:
    """The seller cannot go lower; the customer is told the normal price."""
    known = of_seller(books, deal, by)
    if known.state == "refused":
        return known
    after = moved(known, "refuse", now)
    books.save_deal(after)
    deal_letters.refused(books, after)
    return after


def take(books: Books, deal: str, person: str, now: int) -> Deal:
    """The customer says yes; the seller is told.

    Raises NotOnShelf, SoldOut, DealLate, DealSpent, DealOver; then nothing has happened.
    """
    known = of_customer(books, deal, person)
    books.product(known.product)
    if known.state == "taken" and now <= known.until:
        return known
    after = moved(known, "take", now)
    _in_stock(books, after)
    books.save_deal(after)
    deal_letters.answered(books, after, "seller-deal-taken")
    return after


def _in_stock(books: Books, deal: Deal) -> None:
    product, left = books.product(deal.product), _free(books, deal.product)
    if left < deal.amount:
        raise SoldOut(product=product.id, name=product.name["vi"], left=product.amount(left))


def decline(books: Books, deal: str, person: str, now: int) -> Deal:
    """The customer says no, also after a yes that is not ordered yet; the seller is told."""
    known = of_customer(books, deal, person)
    if known.state == "declined":
        return known
    after = moved(known, "decline", now)
    books.save_deal(after)
    deal_letters.answered(books, after, "seller-deal-declined")
    return after


def use(books: Books, order: Order, line: OrderLine, now: int) -> None:
    """Spend a deal on a line of an order that is being placed.

    Raises NotYourDeal, CartChanged for other terms than agreed, DealLate, DealSpent, DealOver,
    SoldOut.
    """
    known = of_customer(books, deal_of_offer(line.offer), order.person)
    agreed = (known.product, known.amount, known.vnd, 1)
    if (line.product, line.amount, line.vnd, line.n) != agreed:
        raise CartChanged()
    after = moved(known, "use", now)
    _in_stock(books, after)
    books.save_deal(after)


def lapse(books: Books, now: int) -> int:
    """Wishes and prices whose time is over; returns how many. The customer is told of a wish
    nobody answered, the seller of a price nobody used.
    """
    over = books.deals_to_lapse(now)
    for deal in over:
        after = moved(deal, "lapse", now)
        books.save_deal(after)
        if deal.state == "wished":
            deal_letters.unanswered(books, after)
        else:
            deal_letters.answered(books, after, "seller-deal-passed")
    return len(over)
