"""The goods behind claims: held, released, and given to whoever is first in the queue."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b

from bot.shop import stock
from bot.shop.claim import Claim, ClaimVerb, moved
from bot.shop.live import TURN_SECONDS, Live, LiveItem, LiveNote
from bot.shop.problems import NotOnShelf
from bot.shop.product import Pick, Product, least_amount, offer_of, price_of
from bot.usecases import claim_letters
from bot.usecases.people import is_blocked
from bot.usecases.ports import Books


def possible(books: Books, live: Live, item: LiveItem, person: str) -> int:
    """Base units this person can have of a code now, the queue aside."""
    free = stock.level(books.lots(item.product)).free
    capped = item.cap - books.taken(live.id, item.code) if item.cap else free
    if live.parcels and not _buys_already(books, live.id, person):
        capped = capped if books.buyers(live.id) < live.parcels else 0
    return max(0, min(free, capped))


def waits_before(books: Books, live: Live, item: LiveItem, person: str) -> int:
    """How many wait for a code whom this person must not overtake. Where all the parcels of a live
    are given out, those who have none cannot be served, so they are in nobody's way.
    """
    waits = books.queued(live.id, item.code)
    full = bool(live.parcels) and books.buyers(live.id) >= live.parcels
    if not waits or not full or not _buys_already(books, live.id, person):
        return waits
    ahead = (c for c in books.waiting_for(item.product) if c.live == live.id)
    return int(any(c.code == item.code and _buys_already(books, live.id, c.person) for c in ahead))


def _buys_already(books: Books, live: str, person: str) -> bool:
    return any(c.holds or c.state == "ordered" for c in books.claims_by(live, person))


def part_of(product: Product, pick: Pick, most: int) -> Pick | None:
    """The most of a pick that `most` base units allow; None if not even the least."""
    offer = offer_of(product, pick.offer) if pick.offer else None
    if offer is not None:
        n = min(pick.n, most // offer.amount)
        return Pick(pick.offer, n) if n else None
    step = product.loose.step if product.loose else 1
    least = product.loose.least if product.loose else 1
    n = min(pick.n, most // step * step)
    return Pick("", n) if n >= least else None


def sold_alone(product: Product, offer: str, n: int) -> bool:
    """Whether so much can be sold by itself."""
    return n > 0 and (bool(offer) or product.loose is None or n >= product.loose.least)


def leaving_enough(product: Product, wished: int, part: Pick) -> Pick:
    """The part made smaller, where the rest of what was wished for would be too little to be sold
    by itself later; the part itself if there is no such split.
    """
    left = wished - part.n
    if not left or product.loose is None or sold_alone(product, part.offer, left):
        return part
    fewer = (wished - product.loose.least) // product.loose.step * product.loose.step
    return Pick("", fewer) if sold_alone(product, "", fewer) else part


def hold(books: Books, claim: Claim, now: int, *, new: bool = False) -> None:
    """Set the claim's goods aside. Raises SoldOut."""
    product = books.goods(claim.product)
    lots, takes = stock.hold(product, books.lots(claim.product), claim.amount)
    books.set_lots(claim.product, lots)
    if new:
        books.new_takes(claim.id, takes)
    else:
        books.set_takes(claim.id, merged((*books.takes(claim.id), *takes)))
    _journal(books, claim, takes, "held", claim.person, now)


def hold_more(books: Books, claim: Claim, amount: int, now: int) -> None:
    hold(books, replace(claim, amount=amount), now)


def release(books: Books, claim: Claim, amount: int, who: str, now: int) -> None:
    """Give so much of what it holds back to the lots, what was taken last first."""
    takes, kept, back = books.takes(claim.id), list[stock.Take](), list[stock.Take]()
    for take in reversed(takes):
        part = min(amount, take.amount)
        amount -= part
        if part:
            back.append(replace(take, amount=part))
        if take.amount > part:
            kept.insert(0, replace(take, amount=take.amount - part))
    books.set_takes(claim.id, tuple(kept))
    books.set_lots(claim.product, stock.free(books.lots(claim.product), tuple(back)))
    _journal(books, claim, tuple(back), "freed", who, now)


def ended(books: Books, claim: Claim, verb: ClaimVerb, who: str, now: int) -> Claim:
    """The claim after a move that ends it; what it holds goes back. Raises ClaimOver."""
    after = moved(claim, verb)
    if claim.holds:
        release(books, claim, claim.amount, who, now)
    books.save_claim(after)
    return after


def merged(takes: tuple[stock.Take, ...]) -> tuple[stock.Take, ...]:
    """One take per lot."""
    by_lot: dict[str, stock.Take] = {}
    for take in takes:
        known = by_lot.get(take.lot)
        more = known.amount if known else 0
        by_lot[take.lot] = replace(take, amount=take.amount + more)
    return tuple(by_lot.values())


def _journal(
    books: Books, claim: Claim, takes: tuple[stock.Take, ...], why: str, who: str, now: int
) -> None:
    for take in takes:
        books.moved(stock.StockMove(take.product, take.lot, why, take.amount, who, now, claim.id))


def note(books: Books, claim: Claim, kind: str, now: int) -> None:
    """One line of the live's log."""
    books.note(
        LiveNote(
            claim.live, now, kind, claim.number, claim.code, claim.product, claim.amount, claim.vnd
        )
    )


def serve(books: Books, product_id: str, now: int) -> int:
    """Goods that are free go to whoever waits, first come first, each with her own time to say
    yes; a wish that can only be met in part is split, unless the rest is too little to be sold.
    Returns how many were told.
    """
    waiting = books.waiting_for(product_id)
    if not waiting:
        return 0
    try:
        product = books.product(product_id)
    except NotOnShelf:
        return 0
    told = 0
    for claim in waiting:
        if stock.level(books.lots(product_id)).free < least_amount(product):
            break
        told += _offer(books, product, claim, now)
    return told


def _offer(books: Books, product: Product, claim: Claim, now: int) -> int:
    live = books.live(claim.live)
    item = next((x for x in books.items_of(claim.live) if x.code == claim.code), None)
    if live is None or item is None or is_blocked(books, claim.person, claim.seller):
        return 0
    pick = part_of(product, Pick(claim.offer, claim.n), possible(books, live, item, claim.person))
    if pick is None:
        return 0
    pick = leaving_enough(product, claim.n, pick)
    if sold_alone(product, claim.offer, claim.n - pick.n):
        books.save_claim(_sized(books, product, claim, claim.n - pick.n))
        claim = replace(claim, id=part_id(claim, now))
    mine = _sized(books, product, claim, pick.n)
    after = moved(mine, "offer", now + TURN_SECONDS)
    hold(books, after, now, new=True)
    books.save_claim(after)
    note(books, after, "offered", now)
    claim_letters.your_turn(books, after, product, now)
    return 1


def _sized(books: Books, product: Product, claim: Claim, n: int) -> Claim:
    """The claim for another number, at the price it was promised: by the share if that is whole,
    else at today's.
    """
    if n == claim.n:
        return claim
    amount = claim.amount * n // claim.n
    shared = claim.vnd * n
    vnd = (
        shared // claim.n
        if shared % claim.n == 0
        else price_of(product, books.prices(product.id), Pick(claim.offer, n))
    )
    return replace(claim, n=n, amount=amount, vnd=vnd)


def part_id(claim: Claim, now: int) -> str:
    """Names a part that is split off; the same split gives the same name."""
    seed = f"{claim.id} {claim.n} {claim.amount} {now}"
    return f"c-{blake2b(seed.encode(), digest_size=5).hexdigest()}"
