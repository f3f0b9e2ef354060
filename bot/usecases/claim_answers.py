"""What claimants say to their claims, or the helper for a guest: right, less, more, no.

Every function is one ledger command; a repeat changes nothing.
"""

from __future__ import annotations

from dataclasses import replace

from bot.shop.claim import OPEN_CLAIMS, Claim, moved
from bot.shop.live import Live, LiveItem
from bot.shop.live_problems import NoSuchClaim
from bot.shop.people import Person
from bot.shop.product import Pick, Product, amount_of
from bot.shop.roles import Right
from bot.usecases import claim_holds, claim_letters, claims
from bot.usecases.ports import Books
from bot.usecases.restock import tell_waiting


def of_person(books: Books, claim_id: str, by: Person) -> Claim:
    """A claim this account may answer for: its own, or of a live of a seller it acts for. Raises
    NoSuchClaim.
    """
    found = books.claim(claim_id)
    if found is None:
        raise NoSuchClaim()
    if found.person != by.id and not by.may(Right.ORDERS, found.seller):
        raise NoSuchClaim()
    return found


def confirm(books: Books, claim_id: str, by: Person, lapse: int, now: int) -> Claim:
    """Right: she wants it. The hold runs on until she orders, at most `lapse` seconds, as an order
    nobody accepts does. Raises ClaimOver.
    """
    known = of_person(books, claim_id, by)
    if known.state in ("confirmed", "ordered"):
        return known
    claims.in_time(known, now)
    after = replace(moved(known, "confirm", now + lapse), warned=0)
    books.save_claim(after)
    claim_holds.note(books, after, "confirmed", now)
    return after


def take_part(
    books: Books, claim_id: str, wait: bool, by: Person, lapse: int, now: int
) -> tuple[Claim, Claim | None]:
    """Yes to the part that was there; with `wait` the rest queues at the place of the first claim,
    else, or where it is too little to be sold by itself, it is given up. Returns both. Raises
    ClaimOver.
    """
    known = of_person(books, claim_id, by)
    if wait and known.state == "asked":
        known = _leaving_enough(books, known, by, now)
    rest = known.wanted - known.amount
    confirmed = confirm(books, claim_id, by, lapse, now)
    if known.state != "asked" or rest <= 0:
        return confirmed, None
    books.save_claim(replace(confirmed, wanted=confirmed.amount))
    product = books.product(known.product)
    n = rest * known.n // known.amount
    if not (wait and claim_holds.sold_alone(product, known.offer, n)):
        return books.claim(claim_id) or confirmed, None
    queued = claims.resized(books, product, replace(known, id=claim_holds.part_id(known, now)), n)
    queued = replace(queued, state="queued", until=0, wanted=queued.amount)
    books.save_claim(queued)
    claim_holds.note(books, queued, "queued", now)
    tell_waiting(books, known.product, now)  # something may have come free since
    return books.claim(claim_id) or confirmed, books.claim(queued.id)


def _leaving_enough(books: Books, known: Claim, by: Person, now: int) -> Claim:
    """Her part, made smaller where only so the rest can wait to be sold."""
    product = books.product(known.product)
    wished = known.wanted * known.n // known.amount
    part = claim_holds.leaving_enough(product, wished, Pick(known.offer, known.n))
    if part.n == known.n:
        return known
    fewer = claims.resized(books, product, known, part.n)
    claim_holds.release(books, known, known.amount - fewer.amount, by.id, now)
    books.save_claim(fewer)
    return fewer


def cancel(books: Books, claim_id: str, by: Person, now: int) -> Claim:
    """She does not want it, or whoever runs the live takes it back; the goods go to the queue. A
    repeat changes nothing. Raises ClaimOver for one that is an order already.
    """
    known = of_person(books, claim_id, by)
    if known.state in ("cancelled", "expired", "passed"):
        return known
    after = claim_holds.ended(books, known, "cancel", by.id, now)
    claim_holds.note(books, after, "cancelled-claim", now)
    if by.id != known.person:
        claim_letters.called_off(books, known, books.goods(known.product), now)
    tell_waiting(books, known.product, now)
    return after


def pass_turn(books: Books, claim_id: str, by: Person, now: int) -> Claim:
    """Her turn goes to the next in the queue. Raises ClaimOver."""
    known = of_person(books, claim_id, by)
    if known.state == "passed":
        return known
    after = claim_holds.ended(books, known, "pass", by.id, now)
    claim_holds.note(books, after, "passed", now)
    tell_waiting(books, known.product, now)
    return after


def change(books: Books, claim_id: str, pick: Pick, by: Person, now: int) -> claims.Outcome:
    """Another amount. Less gives the rest back to the queue; of more, the extra part queues if it
    is not there. What is held is to be confirmed again. Raises ClaimOver, TooMuchForOne, and what
    `amount_of` raises.
    """
    known = of_person(books, claim_id, by)
    live = claims.open_live(books, known.live, now)
    item = claims.on_air(books, live, known.code)
    product = books.product(known.product)
    amount = amount_of(product, pick)
    claims.in_time(known, now)
    after = moved(known, "reopen", now + live.hold_seconds)
    mine = [c for c in books.claims_by(live.id, known.person) if c.id != known.id]
    claims.within_limit(item, product, mine, amount)
    sized = claims.resized(books, product, replace(after, offer=pick.offer), pick.n)
    sized = replace(sized, wanted=amount, warned=0)
    if known.state == "queued":
        books.save_claim(sized)
        claim_holds.note(books, sized, "changed", now)
        return claims.Outcome(sized, place=claims.place_of(books, sized))
    return _changed(books, live, item, product, known, sized, by, now)


def _changed(
    books: Books, live: Live, item: LiveItem, product: Product, known: Claim, sized: Claim,
    by: Person, now: int,
) -> claims.Outcome:  # fmt: skip
    """What is held grows or shrinks to the new amount, as far as there is."""
    more = sized.amount - known.amount
    if more > 0:
        waits = claim_holds.waits_before(books, live, item, known.person)
        most = 0 if waits else claim_holds.possible(books, live, item, known.person)
        part = claim_holds.part_of(product, Pick(sized.offer, sized.n), known.amount + most)
        fits = part is not None and amount_of(product, part) >= known.amount
        kept = claims.resized(books, product, sized, part.n) if part and fits else None
        if kept is None or kept.amount < sized.amount:
            asked = kept or replace(known, wanted=sized.amount)
            sized = replace(asked, state="asked", until=sized.until, wanted=sized.wanted)
        more = sized.amount - known.amount
        if more > 0:
            claim_holds.hold_more(books, sized, more, now)
    elif more < 0:
        claim_holds.release(books, known, -more, by.id, now)
    books.save_claim(sized)
    claim_holds.note(books, sized, "changed", now)
    tell_waiting(books, known.product, now)
    return claims.Outcome(sized)


def cancel_all(books: Books, live: Live, now: int) -> int:
    """The live was called off: everything open gives its goods back; each is told."""
    open_ = [c for c in books.claims_in(live.id) if c.state in OPEN_CLAIMS]
    for known in open_:
        claim_holds.ended(books, known, "cancel", live.by, now)
        claim_letters.called_off(books, known, books.goods(known.product), now)
    for product in {c.product for c in open_}:
        tell_waiting(books, product, now)
    return len(open_)
