"""The claims of a live as the seller and her helper see them: who waits for a yes, one of them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.shop.claim import OPEN_CLAIMS, Claim, Guest
from bot.shop.hours import local, today
from bot.shop.links import claim_code, links_of
from bot.shop.live_problems import NoSuchClaim
from bot.shop.product import gone_product
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say
from bot.talk.seller import live_find as find
from bot.talk.turn import BACK, Routes, Turn, for_seller, screen
from bot.usecases import claim_answers
from bot.usecases.claim_letters import fields_of
from bot.usecases.ports import Books

A_PAGE = 5
RANK = {"asked": 0, "held": 0, "offered": 0, "confirmed": 1, "queued": 2}
"""Who waits for a yes comes first, then who waits for an order, then who waits for goods."""


async def listed(turn: Turn, live_id: str = "", page: str = "0") -> list[Say]:
    """Open claims of a live; without one, of the live that runs or ended last."""
    turn.words = ""
    if not live_id:
        live = await find.current(turn)
        if live is None:
            return [Say("live-none", choices=(Choice("lives", "choice-lives"), BACK))]
        live_id = live.id
    await find.one(turn, live_id)
    found = await turn.shop.records.read(lambda b: b.claims_in(live_id))
    open_ = sorted((c for c in found if c.state in OPEN_CLAIMS), key=lambda c: RANK[c.state])
    see = Choice(f"live:{live_id}", "choice-live-open")
    if not open_:
        return [Say("live-claims-none", choices=(see, BACK))]
    start = int(page) * A_PAGE
    shown = open_[start : start + A_PAGE]
    lines = tuple(line(turn, c) for c in shown)
    choices = [Choice(f"lc:{c.id}", "choice-live-claim-one", _named(c)) for c in shown]
    if start + A_PAGE < len(open_):
        choices.append(Choice(f"cl:{live_id}:{int(page) + 1}", "choice-more"))
    counts = _counts(open_)
    return [Say("live-claims", counts, lines, (*choices, see, BACK))]


def _counts(open_: Iterable[Claim]) -> dict[str, Field]:
    ranks = [RANK[c.state] for c in open_]
    return {"n": ranks.count(0), "sure": ranks.count(1), "queue": ranks.count(2)}


def _named(claim: Claim) -> dict[str, Field]:
    return {"number": f"{claim.number:03d}", "name": claim.name}


def line(turn: Turn, claim: Claim) -> Say:
    """Number, code, how much, for how much, whose, and how it stands."""
    product = turn.product(claim.product) or gone_product(claim.product)
    fields = fields_of(claim, product) | {"who": claim.name}
    if today(claim.until) == today(turn.now):
        fields["until"] = f"{local(claim.until):%H:%M}"
    return Say(f"live-claim-{claim.state}{'' if claim.name else '-bare'}", fields)


async def one(turn: Turn, claim_id: str, verb: str = "", yes: str = "") -> list[Say]:
    """A claim of her live: what is said to it for somebody who only comments, or on the phone."""
    claim = await hers(turn, claim_id)
    if verb == "yes":
        return await _confirmed(turn, claim)
    if verb == "no":
        return await _off(turn, claim, sure=yes == "yes")
    if verb == "link":
        return [_link(turn, claim)]
    guest = await turn.shop.records.read(lambda b: b.guest(claim.person))
    return [_shown(turn, claim, guest)]


async def hers(turn: Turn, claim_id: str) -> Claim:
    """Raises NoSuchClaim for one of another seller."""
    found = await turn.shop.records.read(lambda b: b.claim(claim_id))
    if found is None or found.seller != turn.session.seller:
        raise NoSuchClaim()
    return found


def _shown(turn: Turn, claim: Claim, guest: Guest | None) -> Say:
    lines = []
    if guest and guest.phone:
        lines.append(Say("live-claim-phone", {"phone": guest.phone}))
    elif claim.is_guests:
        lines.append(Say("live-claim-no-phone"))
    here = line(turn, claim)
    return Say(here.id, here.fields, tuple(lines), (*_doings(claim), BACK))


def _doings(claim: Claim) -> tuple[Choice, ...]:
    of = claim.id
    order = Choice(f"lo:{of}", "choice-live-order")
    link = Choice(f"lc:{of}:link", "choice-live-claim-link")
    no = Choice(f"lc:{of}:no", "choice-live-claim-no")
    back = Choice(f"cl:{claim.live}", "choice-live-claims")
    if claim.state == "ordered":
        return (Choice(f"so:{claim.order}", "choice-see-order"), back)
    if claim.state not in OPEN_CLAIMS:
        return (back,)
    guests = (link,) if claim.is_guests else ()
    if claim.state == "queued":
        return (no, *guests, back)
    yes = (Choice(f"lc:{of}:yes", "choice-live-claim-yes"),) if claim.state != "confirmed" else ()
    return (*yes, order, *guests, no, back)


async def _confirmed(turn: Turn, claim: Claim) -> list[Say]:
    """She wants it: said on the phone or under the video. Of a part, the part."""
    who, now, lapse = await turn.who(), turn.now, turn.shop.rules.lapse_seconds

    def book(books: Books) -> Claim:
        return claim_answers.take_part(books, claim.id, False, who, lapse, now)[0]

    after = await turn.shop.ledger.put(book)
    here = line(turn, after)
    choices = (
        Choice(f"lo:{claim.id}", "choice-live-order"),
        Choice(f"cl:{claim.live}", "choice-live-claims"),
        BACK,
    )
    return [Say(here.id, here.fields, choices=choices)]


async def _off(turn: Turn, claim: Claim, *, sure: bool) -> list[Say]:
    """Taken back; asked first, because the goods go to the next one at once."""
    here = line(turn, claim)
    if not sure:
        yes = Choice(f"lc:{claim.id}:no:yes", "choice-live-claim-no-yes")
        return [Say("live-claim-no-sure", {}, (here,), (yes, BACK))]
    who, now = await turn.who(), turn.now
    after = await turn.shop.ledger.put(lambda b: claim_answers.cancel(b, claim.id, who, now))
    here = line(turn, after)
    choices = (Choice(f"cl:{claim.live}", "choice-live-claims"), BACK)
    return [Say(here.id, here.fields, choices=choices)]


def _link(turn: Turn, claim: Claim) -> Say:
    """A text to copy under her comment; it opens the claim as hers."""
    code = claim_code(claim.id, turn.shop.hashed)
    links = links_of(code, turn.shop.found_at())
    back = (Choice(f"lc:{claim.id}", "choice-live-claim-back"), BACK)
    if not links:
        return Say("links-nowhere", choices=back)
    product = turn.product(claim.product) or gone_product(claim.product)
    fields = fields_of(claim, product) | {"link": links[0][1], "who": claim.name}
    return Say("live-claim-text", fields, choices=back)


ROUTES: Routes = {"lc": for_seller(screen(one, views=1), Right.ORDERS)}
"""`cl` leads here for a seller: `live_doors.py` decides by the role."""
