"""A customer's claims: how each stands, which are in the cart, and those of a comment that was
hers.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.shop.cart import CartLine, Terms
from bot.shop.claim import PREFIX, Claim, claim_of_offer
from bot.shop.hours import local, today
from bot.shop.links import is_marked
from bot.shop.live_problems import NoSuchClaim
from bot.shop.product import Product, gone_product
from bot.shop.says import Choice, Field, Many, Moment, Money, Say
from bot.talk.buyer.form_words import GOING
from bot.talk.turn import BACK, Routes, Turn, screen
from bot.usecases import claims
from bot.usecases.ports import Books

SEEN = "live"
"""Where the session's form keeps the live whose card was seen last."""
MOST_SHOWN = 5
MOST_CHOICES = 8
Placed = tuple[Claim, int]
"""A claim with its place in the queue, 0 if it does not wait."""


async def one_of_mine(turn: Turn, claim_id: str) -> Placed:
    """Raises NoSuchClaim for somebody else's."""
    found = await turn.shop.records.read(lambda b: _placed(b, claim_id))
    if found is None or found[0].person != turn.person:
        raise NoSuchClaim()
    return found


def _placed(books: Books, claim_id: str) -> Placed | None:
    known = books.claim(claim_id)
    return (known, claims.place_of(books, known)) if known else None


async def open_claims(turn: Turn) -> list[Placed]:
    """Held or waiting, in any live, by number."""
    person = turn.person
    found = await turn.shop.records.read(
        lambda b: [(c, claims.place_of(b, c)) for c in b.open_claims_of(person)]
    )
    return sorted(found, key=lambda x: (x[0].at, x[0].number))


async def cart_kept(turn: Turn) -> dict[str, Claim]:
    """Bring the cart into line with the ledger: every confirmed claim is a line of it, and what
    ended is none. Returns the claims in it by their line's offer.
    """
    mine = {f"{PREFIX}{c.id}": c for c, _ in await open_claims(turn)}
    good = {
        offer: c
        for offer, c in mine.items()
        if c.state == "confirmed" and c.until >= turn.now and turn.product(c.product)
    }
    plain = [x for x in turn.session.cart if not claim_of_offer(x.offer)]
    turn.session.cart = [*plain, *(_line(offer, c) for offer, c in good.items())]
    return good


def holds_claims(turn: Turn) -> bool:
    """Whether the cart has lines that were claimed in a live."""
    return any(claim_of_offer(x.offer) for x in turn.session.cart)


async def claims_in(turn: Turn) -> dict[str, Claim]:
    """The same, looked for where there may be some; what left the cart is said."""
    before = [x.offer for x in turn.session.cart if claim_of_offer(x.offer)]
    if turn.session.cart and not holds_claims(turn):
        return {}
    kept = await cart_kept(turn)
    if any(offer not in kept for offer in before):
        turn.notes.append(Say("claim-left-cart"))
    return kept


def _line(offer: str, claim: Claim) -> CartLine:
    return CartLine(claim.product, offer, 1, Terms(claim.amount, claim.vnd, claim.until))


async def say_what_waits(turn: Turn) -> None:
    """Beside an order that begins: what she claimed and did not say yes to is not a part of it."""
    form = turn.session.form
    if form.get(GOING) or SEEN not in form:
        return
    mine = [c for c, _ in await open_claims(turn) if c.holds and c.state != "confirmed"]
    if mine:
        said = (f"{c.code} {product_of(turn, c).named(turn.session.lang)}" for c in mine)
        names = Many(tuple(dict.fromkeys(said)))
        turn.notes.append(Say("claims-wait-answer", {"names": names}))


# how a claim stands


def product_of(turn: Turn, claim: Claim) -> Product:
    return turn.product(claim.product) or gone_product(claim.product)


def fields_of(turn: Turn, claim: Claim, place: int = 0) -> dict[str, Field]:
    """What every sentence about a claim may name. at: the server's time, to the second."""
    product = product_of(turn, claim)
    return {
        "number": f"{claim.number:03d}",
        "code": claim.code,
        "name": product.named(turn.session.lang),
        "amount": product.amount(claim.amount),
        "wanted": product.amount(claim.wanted),
        "rest": product.amount(max(0, claim.wanted - claim.amount)),
        "money": Money(claim.vnd),
        "at": f"{local(claim.at):%H:%M:%S}",
        "until": clock(claim.until, turn.now),
        "place": place,
    }


def clock(at: int, now: int) -> Field:
    """The hour alone where it is today's."""
    return f"{local(at):%H:%M}" if today(at) == today(now) else Moment(at)


def claim_say(turn: Turn, claim: Claim, place: int = 0, lines: Iterable[Say] = ()) -> Say:
    """A claim as it is now, with what can be answered to it."""
    fields = fields_of(turn, claim, place)
    choices = _choices(claim, fields)
    return Say(f"claim-{claim.state}", fields, tuple(lines), (*choices, BACK))


def _choices(claim: Claim, fields: dict[str, Field]) -> tuple[Choice, ...]:
    id_ = claim.id
    change = Choice(f"ce:{id_}", "choice-claim-change")
    cancel = Choice(f"cc:{id_}", "choice-claim-cancel")
    see = Choice(f"live:{claim.live}", "choice-live-see")
    match claim.state:
        case "held":
            return (Choice(f"cy:{id_}", "choice-claim-right"), change, cancel)
        case "asked":
            part = Choice(f"cpt:{id_}:part", "choice-claim-part", fields)
            return (part, Choice(f"cpt:{id_}:both", "choice-claim-both", fields), cancel)
        case "queued":
            return (Choice("cl", "choice-claim-wait"), see, change, cancel)
        case "offered":
            take = Choice(f"cy:{id_}", "choice-claim-take")
            return (take, Choice(f"cp:{id_}", "choice-claim-pass"))
        case "confirmed":
            return (Choice("co", "choice-claim-order"), see, change, cancel)
        case "ordered":
            return (Choice(f"o:{claim.order}", "choice-orders"), see)
        case _:
            return (Choice(f"cu:{id_}", "choice-claim-again"), see)


async def view(turn: Turn, claim_id: str) -> list[Say]:
    return [claim_say(turn, *await one_of_mine(turn, claim_id))]


async def listing(turn: Turn) -> list[Say]:
    """All that is held or waits, with what comes next."""
    mine = await open_claims(turn)
    await cart_kept(turn)
    if not mine:
        choices = (Choice("lives", "choice-lives"), Choice("o", "choice-orders"), BACK)
        return [Say("claims-none", choices=choices)]
    return [several(turn, "claims-mine", mine)]


def several(turn: Turn, head: str, mine: list[Placed], more: Iterable[Choice] = ()) -> Say:
    """Several claims in one message: all right at once, on to the order, each by itself."""
    shown = mine[:MOST_SHOWN]
    says = tuple(line(turn, *x) for x in shown)
    right = _all_right([c for c, _ in mine if c.state in ("held", "offered")])
    confirmed = any(c.state == "confirmed" for c, _ in mine)
    order = (Choice("co", "choice-claim-order"),) if confirmed and not right else ()
    each = [Choice(f"cv:{c.id}", "choice-claim-one", fields_of(turn, c)) for c, _ in shown]
    choices = (*right, *order, *more, *each)[:MOST_CHOICES]
    return Say(head, lines=says, choices=(*choices, BACK))


def _all_right(held: list[Claim]) -> tuple[Choice, ...]:
    """Yes to everything that waits for it in one live."""
    if len(held) == 1:
        return (Choice(f"cy:{held[0].id}", "choice-claim-all-right"),)
    if len({c.live for c in held}) != 1:
        return ()
    number = max(c.number for c in held)
    return (Choice(f"cyl:{held[0].live}:{number}", "choice-claim-all-right"),)


def line(turn: Turn, claim: Claim, place: int = 0) -> Say:
    return Say(f"claim-line-{claim.state}", fields_of(turn, claim, place))


# a comment's claims that are hers


async def join(turn: Turn, claim_id: str, mark: str, yes: str = "") -> list[Say]:
    """The link shows the claim and a button, because previews open links too; the button makes the
    comment's claims hers. Raises NoSuchClaim for a wrong mark, and for somebody else's claim.
    """
    if not is_marked(claim_id, mark, turn.shop.hashed):
        raise NoSuchClaim()
    found = await turn.shop.records.read(lambda b: b.claim(claim_id))
    if found is None or not (found.is_guests or found.person == turn.person):
        raise NoSuchClaim()
    if found.person == turn.person:
        await cart_kept(turn)
        return [claim_say(turn, *await one_of_mine(turn, claim_id))]
    if yes != "yes":
        mine = Choice(f"cj:{claim_id}:{mark}:yes", "choice-claim-join")
        choices = (mine, Choice("home", "choice-not-me"))
        return [Say("claim-join-ask", fields_of(turn, found), choices=choices)]
    guest, person, now = found.person, turn.person, turn.now
    await turn.shop.ledger.put(lambda b: claims.join(b, guest, person, now))
    turn.notes.append(Say("claim-joined"))
    return await listing(turn)


ROUTES: Routes = {
    "cv": screen(view, views=1),
    "cj": screen(join, views=2),
}
