"""What a customer answers to her claim: right, pass, no, another amount, the part that is there.

Every choice names the claim, and the ledger's command is idempotent by it.
"""

from __future__ import annotations

from hashlib import blake2b

from bot.shop.claim import OPEN_CLAIMS, Claim
from bot.shop.live import LiveItem
from bot.shop.people import Person
from bot.shop.product import Offer, Pick, Product, amount_of
from bot.shop.says import Choice, Field, Say
from bot.talk.buyer.my_claims import (
    cart_kept,
    claim_say,
    fields_of,
    listing,
    one_of_mine,
    open_claims,
    product_of,
)
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.understand.claims import ClaimSaid, CommentRead, on_air, pick_of, read_comment
from bot.usecases import claim_answers, claims
from bot.usecases.claims import Outcome, Wish
from bot.usecases.lives import item as item_of
from bot.usecases.ports import Books

OFFERED = (1, 2, 3)
"""Numbers of packs, or of the unit that is counted, to choose from."""


def code_of(product: Product, pick: Pick) -> str:
    """Which pack a button means: 0 loose, else the place of the offer."""
    ids = [o.id for o in product.offers]
    return str(ids.index(pick.offer) + 1) if pick.offer else "0"


def pick_from(product: Product, code: str, n: str) -> Pick:
    """Raises KeyError for a button of packs that are gone."""
    at = int(code)
    offer: Offer | None = product.offers[at - 1] if 0 < at <= len(product.offers) else None
    if (at and offer is None) or int(n) <= 0:
        raise KeyError(code)
    return Pick(offer.id if offer else "", int(n))


async def shown(
    turn: Turn, claim: Claim, place: int = 0, lines: tuple[Say, ...] = ()
) -> list[Say]:
    """The claim as it is after what was done; the cart follows it."""
    await cart_kept(turn)
    return [claim_say(turn, claim, place, lines)]


async def right(turn: Turn, claim_id: str) -> list[Say]:
    """Right: it is in the cart now, and held until she orders. Raises ClaimOver."""
    by, lapse, now = await turn.who(), turn.shop.rules.lapse_seconds, turn.now
    await one_of_mine(turn, claim_id)
    done, _ = await turn.shop.ledger.put(
        lambda b: claim_answers.take_part(b, claim_id, False, by, lapse, now)
    )
    return await shown(turn, done)


async def all_right(turn: Turn, live_id: str, number: str) -> list[Say]:
    """Everything she holds in this live up to this number."""
    by, lapse, now = await turn.who(), turn.shop.rules.lapse_seconds, turn.now
    most = int(number)
    await turn.shop.ledger.put(lambda b: _confirm_all(b, live_id, most, by, lapse, now))
    return await listing(turn)


def _confirm_all(books: Books, live: str, most: int, by: Person, lapse: int, now: int) -> None:
    for known in books.claims_by(live, by.id):
        meant = known.number <= most and known.state in ("held", "offered")
        if meant and known.until >= now:
            claim_answers.confirm(books, known.id, by, lapse, now)


async def pass_on(turn: Turn, claim_id: str) -> list[Say]:
    """Her turn goes to the next. Raises ClaimOver."""
    by, now = await turn.who(), turn.now
    await one_of_mine(turn, claim_id)
    after = await turn.shop.ledger.put(lambda b: claim_answers.pass_turn(b, claim_id, by, now))
    return await shown(turn, after)


async def cancel(turn: Turn, claim_id: str) -> list[Say]:
    """No; a button takes it back as far as the goods are still there."""
    by, now = await turn.who(), turn.now
    await one_of_mine(turn, claim_id)
    after = await turn.shop.ledger.put(lambda b: _cancelled(b, claim_id, by, now))
    return await shown(turn, after)


def _cancelled(books: Books, claim_id: str, by: Person, now: int) -> Claim:
    known = claim_answers.of_person(books, claim_id, by)
    if known.state == "ordered":
        return known  # the order is what can be cancelled now
    return claim_answers.cancel(books, claim_id, by, now)


async def again(turn: Turn, claim_id: str) -> list[Say]:
    """Claim once more what ended; at the end of the queue if it is gone meanwhile."""
    known, place = await one_of_mine(turn, claim_id)
    if known.state in (*OPEN_CLAIMS, "ordered"):
        return await shown(turn, known, place)
    new = f"c-{blake2b(f'again {known.id}'.encode(), digest_size=5).hexdigest()}"
    pick = Pick(known.offer, known.n)
    wish = Wish(new, known.live, known.code, pick, turn.person, sure=True)
    now = turn.now
    got = await turn.shop.ledger.put(lambda b: claims.claim(b, wish, now), wish.reads)
    return await shown(turn, got.claim, got.place)


async def part(turn: Turn, claim_id: str, what: str) -> list[Say]:
    """Only a part was there: this part alone, or this part and a place in the queue for the rest.
    Raises ClaimOver.
    """
    if what not in ("part", "both"):
        raise KeyError(what)
    by, lapse, now = await turn.who(), turn.shop.rules.lapse_seconds, turn.now
    await one_of_mine(turn, claim_id)
    done, rest = await turn.shop.ledger.put(
        lambda b: claim_answers.take_part(b, claim_id, what == "both", by, lapse, now)
    )
    if rest is None:
        return await shown(turn, done)
    _, place = await one_of_mine(turn, rest.id)
    waits = Say("claim-rest-waits", fields_of(turn, rest, place))
    return await shown(turn, done, lines=(waits,))


# another amount


async def change(turn: Turn, claim_id: str, n: str = "", pack: str = "0") -> list[Say]:
    """Ask for the amount, or take the one that was chosen or said; none at all cancels."""
    known, place = await one_of_mine(turn, claim_id)
    if known.state not in OPEN_CLAIMS:
        return await shown(turn, known, place)
    live, code, product = known.live, known.code, product_of(turn, known)
    item = await turn.shop.records.read(lambda b: item_of(b, live, code))
    if n and not turn.words:
        return await changed(turn, known, pick_from(product, pack, n))
    words, turn.words = turn.words.strip(), ""
    if words == "0":
        return await cancel(turn, claim_id)
    pick = said_pick(turn, product, item, words) if words else None
    if isinstance(pick, Pick):
        turn.ask(f"ce:{claim_id}")  # stays open if this much cannot be had
        says = await changed(turn, known, pick)
        turn.ask("")
        return says
    turn.ask(f"ce:{claim_id}")
    head = "claim-change-again-number" if words else "claim-change-number"
    return [_question(turn, known, product, item, head)]


def said_pick(turn: Turn, product: Product, item: LiveItem, words: str) -> Pick | None:
    """The amount in an answer, with or without the code; None if it cannot be read."""
    said = ClaimSaid(item.code, n=int(words)) if words.isdecimal() and len(words) < 6 else None
    if said is None:
        air = on_air((item,), turn.shop.understanding.names)
        said = _amount_said(read_comment(words, air)) or _amount_said(
            read_comment(f"{item.code} {words}", air)
        )
    pick = pick_of(product, item, said) if said else None
    return pick if isinstance(pick, Pick) else None


def _amount_said(read: CommentRead) -> ClaimSaid | None:
    """The one amount that is read for certain."""
    one = read.claims[0] if read.kind == "claim" and len(read.claims) == 1 else None
    return one if one and one.verb != "cancel" and (one.n or one.measure) else None


def units(product: Product, item: LiveItem) -> list[tuple[Pick, Field]]:
    """One, two, three of what a code counts, with their amounts."""
    picks = [Pick(item.offer, k) if item.offer else Pick("", k * item.unit) for k in OFFERED]
    return [(p, product.amount(amount_of(product, p))) for p in picks]


def _question(turn: Turn, claim: Claim, product: Product, item: LiveItem, head: str) -> Say:
    choices = tuple(
        Choice(f"ce:{claim.id}:{p.n}:{code_of(product, p)}", "choice-meant", {"amount": amount})
        for p, amount in units(product, item)
        if amount != product.amount(claim.amount)
    )
    example = {"unit": units(product, item)[0][1], "example": units(product, item)[1][1]}
    fields = fields_of(turn, claim) | example
    cancel = Choice(f"cc:{claim.id}", "choice-claim-cancel")
    return Say(head, fields, choices=(*choices, cancel, BACK))


async def changed(turn: Turn, known: Claim, pick: Pick) -> list[Say]:
    """Raises ClaimOver, TooMuchForOne."""
    got = await change_to(turn, known, pick)
    lines = (Say("claim-changed"),) if got.claim.amount != known.amount else ()
    return await shown(turn, got.claim, got.place, lines)


async def change_to(turn: Turn, known: Claim, pick: Pick) -> Outcome:
    by, now = await turn.who(), turn.now
    return await turn.shop.ledger.put(lambda b: _change(b, known.id, pick, by, now))


def _change(books: Books, claim_id: str, pick: Pick, by: Person, now: int) -> Outcome:
    """The same amount again changes nothing, so that a second tap does not undo her yes."""
    known = claim_answers.of_person(books, claim_id, by)
    same = amount_of(books.goods(known.product), pick) == known.amount == known.wanted
    if known.state == "ordered" or (same and known.state in OPEN_CLAIMS):
        return Outcome(known, place=claims.place_of(books, known))
    return claim_answers.change(books, claim_id, pick, by, now)


# the same code again


def known_say(turn: Turn, got: Outcome, wish: Wish) -> Say:
    """She has some of this code: more of it, so much instead, or as it is."""
    product = product_of(turn, got.claim)
    new = product.amount(amount_of(product, wish.pick))
    pack, n = code_of(product, wish.pick), wish.pick.n
    base = f"cm:{got.claim.id}:{wish.id.removeprefix('c-')}"
    fields = fields_of(turn, got.claim, got.place) | {"new": new}
    instead = () if new == product.amount(got.claim.wanted) else ("s",)
    titles = {"a": "choice-claim-add", "s": "choice-claim-instead"}
    ways = (Choice(f"{base}:{w}{pack}:{n}", titles[w], fields) for w in ("a", *instead))
    keep = Choice(f"{base}:k0:0", "choice-claim-keep", fields)
    return Say("claim-known", fields, choices=(*ways, keep, BACK))


async def once_more(turn: Turn, claim_id: str, wish_id: str, how: str, n: str) -> list[Say]:
    """The answer to `known_say`; a second tap on the same button is the same claim."""
    known, place = await one_of_mine(turn, claim_id)
    if how[:1] == "k":
        return await shown(turn, known, place)
    pick = pick_from(product_of(turn, known), how[1:], n)
    if how[:1] == "s":
        return await changed(turn, known, pick)
    if how[:1] != "a":
        raise KeyError(how)
    wish = Wish(f"c-{wish_id}", known.live, known.code, pick, turn.person, sure=True)
    now = turn.now
    got = await turn.shop.ledger.put(lambda b: claims.claim(b, wish, now), wish.reads)
    return await shown(turn, got.claim, got.place)


async def of_code(turn: Turn, live: str, code: str) -> list[Claim]:
    """Her open claims of a code."""
    return [c for c, _ in await open_claims(turn) if c.live == live and c.code == code]


ROUTES: Routes = {
    "cy": act(right),
    "cyl": act(all_right),
    "cp": act(pass_on),
    "cc": act(cancel),
    "cu": act(again),
    "cpt": act(part),
    "ce": screen(change, views=1),
    "cm": act(once_more),
}
