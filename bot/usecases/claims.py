"""Claims in a live: how they are made, and how they become an order.

Every function is one ledger command. A claim's number and time are the server's; goods are held
the moment it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.shop.claim import OPEN_CLAIMS, Claim, claims_by_key, moved
from bot.shop.live import Live, LiveItem
from bot.shop.live_problems import (
    BuyOnPlatform,
    ClaimOver,
    LiveOver,
    NoSuchClaim,
    NoSuchCode,
    NoSuchLive,
    TooMuchForOne,
)
from bot.shop.problems import NotYourOrder
from bot.shop.product import Pick, Product, amount_of, price_of
from bot.usecases import claim_holds
from bot.usecases.ports import Books
from bot.usecases.rights import refuse_blocked

LATE_SECONDS = 2 * 3600
"""A live that ended still takes claims for so long: comments are typed in after it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody claims. `id` ("c-" and ten characters) names the claim: the same again is the
    same claim. sure: she said that she wants it once more beside what she has.
    """

    id: str
    live: str
    code: str
    pick: Pick
    person: str
    name: str = ""
    comment: str = ""
    sure: bool = False

    @property
    def reads(self) -> tuple[tuple[str, str], ...]:
        """For `Ledger.put(reads=…)`."""
        return (claims_by_key(self.live, self.person),)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish. known: nothing was booked, she has `claim` for this code already and
    is asked what she means. place: hers in the queue, 0 if she does not wait.
    """

    claim: Claim
    known: bool = False
    place: int = 0


def claim(books: Books, wish: Wish, now: int) -> Outcome:
    """Hold the goods, a part of them, or a place in the queue.

    Raises NoSuchLive, LiveOver, BuyOnPlatform, NoSuchCode, TooMuchForOne, Blocked, and what
    `amount_of` raises.
    """
    mine = books.claims_by(wish.live, wish.person)
    done = next((c for c in mine if c.id == wish.id), None)
    if done is not None:
        return Outcome(done, place=place_of(books, done))
    live = open_live(books, wish.live, now)
    item = on_air(books, live, wish.code)
    product = books.product(item.product)
    if not wish.person.startswith("guest:"):
        refuse_blocked(books, wish.person, live.seller)
    has = [c for c in mine if c.code == item.code and c.state in OPEN_CLAIMS]
    if has and not wish.sure:
        return Outcome(has[-1], known=True, place=place_of(books, has[-1]))
    amount = amount_of(product, wish.pick)
    within_limit(item, product, mine, amount)
    new = _claim(books, live, item, product, wish, amount, now)
    return _booked(books, live, item, product, new, now)


def open_live(books: Books, live_id: str, now: int) -> Live:
    """A live that takes claims: planned, on air, or over for a short while."""
    live = books.live(live_id)
    if live is None:
        raise NoSuchLive()
    if live.buys == "platform":
        raise BuyOnPlatform(link=live.link)
    late = live.state == "over" and now < live.ended_at + LATE_SECONDS
    if not (live.takes_claims or late):
        raise LiveOver()
    return live


def on_air(books: Books, live: Live, code: str) -> LiveItem:
    items = books.items_of(live.id)
    for item in items:
        if item.code == code.upper() and not item.off:
            return item
    raise NoSuchCode(code=code.upper(), codes=", ".join(x.code for x in items if not x.off))


def within_limit(item: LiveItem, product: Product, mine: Iterable[Claim], amount: int) -> None:
    """A seller may set how much one buyer gets."""
    has = sum(
        c.amount
        for c in mine
        if c.code == item.code and (c.state in OPEN_CLAIMS or c.state == "ordered")
    )
    if item.per_buyer and has + amount > item.per_buyer:
        left = max(0, item.per_buyer - has)
        raise TooMuchForOne(code=item.code, most=product.amount(left))


def _claim(
    books: Books, live: Live, item: LiveItem, product: Product, wish: Wish, amount: int, now: int
) -> Claim:
    return Claim(
        id=wish.id,
        live=live.id,
        seller=live.seller,
        number=books.next_number(live.id),
        code=item.code,
        product=product.id,
        offer=wish.pick.offer,
        n=wish.pick.n,
        amount=amount,
        vnd=price_of(product, books.prices(product.id), wish.pick),
        person=wish.person,
        state="queued",
        at=now,
        name=wish.name,
        comment=wish.comment,
        wanted=amount,
    )


def _booked(
    books: Books, live: Live, item: LiveItem, product: Product, new: Claim, now: int
) -> Outcome:
    """All of it held, a part of it, or a place in the queue behind those who wait already."""
    waits = claim_holds.waits_before(books, live, item, new.person)
    most = 0 if waits else claim_holds.possible(books, live, item, new.person)
    part = claim_holds.part_of(product, Pick(new.offer, new.n), most)
    if part is None:
        books.save_claim(new)
        claim_holds.note(books, new, "queued", now)
        return Outcome(new, place=books.queued(live.id, item.code))
    whole = part.n == new.n
    held = new if whole else resized(books, product, new, part.n)
    held = replace(held, state="held" if whole else "asked", until=now + live.hold_seconds)
    claim_holds.hold(books, held, now, new=True)
    books.save_claim(held)
    claim_holds.note(books, held, "claimed" if whole else "asked", now)
    return Outcome(held)


def resized(books: Books, product: Product, claim: Claim, n: int) -> Claim:
    """The claim for another number at today's price, steps among it."""
    pick = Pick(claim.offer, n)
    vnd = price_of(product, books.prices(product.id), pick)
    return replace(claim, n=n, amount=amount_of(product, pick), vnd=vnd)


def place_of(books: Books, claim: Claim) -> int:
    """Her place in the queue of a code, 1 for the first; 0 if she does not wait."""
    if claim.state != "queued":
        return 0
    return books.before(claim) + 1


# becoming an order


def in_time(claim: Claim, now: int) -> None:
    """The clock's job may not have come by yet, but her time is over."""
    if claim.holds and claim.until < now:
        raise ClaimOver()


def use(books: Books, claim_id: str, person: str, order: str, now: int) -> Claim:
    """The claim becomes a line of an order that is being placed. Raises NoSuchClaim, ClaimOver."""
    known = books.claim(claim_id)
    if known is None or known.person != person:
        raise NoSuchClaim()
    in_time(known, now)
    after = replace(moved(known, "order"), order=order)
    books.save_claim(after)
    claim_holds.note(books, after, "ordered", now)
    return after


def join(books: Books, guest_id: str, person: str, now: int) -> tuple[Claim, ...]:
    """A guest turned out to be this person: her claims and orders are hers now. A repeat changes
    nothing. Raises NotYourOrder if the guest is somebody else already.
    """
    guest = books.guest(guest_id)
    if guest is None:
        raise NoSuchClaim()
    if guest.person and guest.person != person:
        raise NotYourOrder()
    books.save_guest(replace(guest, person=person))
    found = books.open_claims_of(guest_id)
    for known in found:
        books.claims_by(known.live, person)
        books.save_claim(replace(known, person=person))
    for code in books.open_of(guest_id):
        order = books.order(code)
        if order is not None:
            books.save_order(replace(order, person=person))
    return tuple(replace(c, person=person) for c in found)
