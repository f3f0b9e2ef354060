"""Lives as a customer sees them: what is on air and planned, and one live with its codes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.follow import Follow
from bot.shop.hours import today
from bot.shop.live import OPEN_LIVES, Live, LiveItem
from bot.shop.live_problems import NoSuchLive
from bot.shop.product import Pick, Prices, Product, amount_of, is_priced, least_amount, price_of
from bot.shop.says import Choice, Field, Many, Moment, Money, Say
from bot.talk.buyer.following import remind_choice, terms
from bot.talk.buyer.my_claims import SEEN
from bot.talk.turn import BACK, Turn
from bot.usecases.claim_holds import possible
from bot.usecases.ports import Books

MOST_LIVES = 6
A_PAGE = 5
"""Codes on a screen: with "more", reminder, link and "back" they stay few."""
MOST_NAMED = 3

STATES = {"planned": "planned", "on_air": "air", "over": "over", "cancelled": "cancelled"}


@dataclass(frozen=True, slots=True)
class Stand:
    """One code as it is now. left: base units this person can have. waits: claims in its queue."""

    item: LiveItem
    left: int
    waits: int


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything a card shows."""

    live: Live
    stands: tuple[Stand, ...]
    follows: tuple[Follow, ...]
    has_claims: bool


async def listing(turn: Turn) -> list[Say]:
    """What is on air and what is planned; without any, whose lives one can be told of."""
    shows = await turn.shop.open_lives(turn.now, anew=True)
    if not shows:
        sellers = list(turn.shop.catalogue().sellers.values())[:4]
        choices = tuple(Choice(f"fo:{s.id}", "choice-follow", {"seller": s.name}) for s in sellers)
        return [Say("lives-none", lines=(terms(turn),), choices=(*choices, BACK))]
    shown = sorted(shows, key=lambda show: show[0].state != "on_air")[:MOST_LIVES]
    lines = tuple(_line(turn, live, items) for live, items in shown)
    choices = tuple(live_choice(turn, live) for live, _ in shown)
    return [Say("lives", lines=lines, choices=(*choices, Choice("fo", "choice-follows"), BACK))]


def _line(turn: Turn, live: Live, items: tuple[LiveItem, ...]) -> Say:
    fields = about(turn, live) | {"goods": goods_of(turn, items)}
    bare = "" if fields["goods"].items else "-bare"  # type: ignore[union-attr]
    return Say(f"lives-line-{STATES[live.state]}{bare}", fields)


def about(turn: Turn, live: Live) -> dict[str, Field]:
    return {"seller": turn.seller_name(live.seller), "at": Moment(live.starts_at)}


def goods_of(turn: Turn, items: tuple[LiveItem, ...]) -> Many:
    """A few of what is on air, by name."""
    known = [turn.product(x.product) for x in items if not x.off]
    return Many(tuple(p.named(turn.session.lang) for p in known if p)[:MOST_NAMED])


def live_choice(turn: Turn, live: Live) -> Choice:
    air = live.state == "on_air"
    return Choice(
        f"live:{live.id}", "choice-show-air" if air else "choice-show-planned", about(turn, live)
    )


async def on_today(turn: Turn) -> Live | None:
    """The live to speak of at the door: on air, else planned for today."""
    lives = [live for live, _ in await turn.shop.open_lives(turn.now)]
    on_air = (x for x in lives if x.state == "on_air")
    soon = (x for x in lives if x.starts_at >= turn.now and today(x.starts_at) == today(turn.now))
    return next(on_air, None) or next(soon, None)


# one live


async def card(turn: Turn, live_id: str, page: str = "0") -> list[Say]:
    """Who, when, what: every code with price, what is left and the button that claims it."""
    sight = await _seen(turn, live_id)
    live = sight.live
    turn.session.form[SEEN] = live.id
    if live.state not in OPEN_LIVES:
        return [_ended(turn, sight)]
    start = int(page) * A_PAGE
    shown = sight.stands[start : start + A_PAGE]
    buttons = _claim_choices(turn, live, shown) if live.takes_claims else ()
    more = len(sight.stands) > start + A_PAGE
    on = (Choice(f"live:{live.id}:{int(page) + 1}", "choice-more"),) if more else ()
    lines = tuple(say for s in shown if (say := _stand_line(turn, s)))
    how = _how(turn, sight, lines)
    choices = (*buttons, *on, *_around(turn, sight), BACK)
    return [Say(f"show-{STATES[live.state]}", about(turn, live), (*lines, *how), choices)]


async def _seen(turn: Turn, live_id: str) -> Sight:
    person = turn.person
    found = await turn.shop.records.read(lambda b: _look(b, live_id, person))
    if found is None:
        raise NoSuchLive()
    return found


def _look(books: Books, live_id: str, person: str) -> Sight | None:
    live = books.live(live_id)
    if live is None:
        return None
    stands = tuple(
        Stand(x, possible(books, live, x, person), books.queued(live.id, x.code))
        for x in books.items_of(live.id)
        if not x.off
    )
    mine = bool(books.claims_by(live.id, person))
    return Sight(live, stands, books.follows_of(person), mine)


def _ended(turn: Turn, sight: Sight) -> Say:
    mine = (Choice("cl", "choice-claims"),) if sight.has_claims else ()
    choices = (
        *mine,
        *remind_choice(turn, sight.live, sight.follows),
        Choice("m", "choice-market"),
    )
    id_ = f"show-{STATES[sight.live.state]}"
    return Say(id_, about(turn, sight.live), choices=(*choices, BACK))


def _how(turn: Turn, sight: Sight, lines: tuple[Say, ...]) -> tuple[Say, ...]:
    """How to buy, and what agreeing to reminders means where that is offered."""
    offered = remind_choice(turn, sight.live, sight.follows)
    follow = (terms(turn),) if any(c.id.startswith("fo:") for c in offered) else ()
    if sight.live.buys == "platform":
        return (Say("show-how-platform"), *follow)
    return (*((Say("show-how-claim"),) if lines else (Say("show-no-codes"),)), *follow)


def unit_pick(product: Product, item: LiveItem) -> Pick:
    """What one button press claims: one pack of the offer on air, or the loose unit."""
    return Pick(item.offer, 1) if item.offer else Pick("", item.unit)


def sold(turn: Turn, item: LiveItem) -> tuple[Product, Prices] | None:
    product, prices = turn.product(item.product), turn.prices(item.product)
    if product is None or not is_priced(product, prices):
        return None
    return (product, prices) if not item.offer or item.offer in prices.vnd else None


def _fields(turn: Turn, item: LiveItem) -> dict[str, Field] | None:
    known = sold(turn, item)
    if known is None:
        return None
    product, prices = known
    pick = unit_pick(product, item)
    return {
        "code": item.code,
        "name": product.named(turn.session.lang),
        "pack": product.amount(amount_of(product, pick)),
        "money": Money(price_of(product, prices, pick)),
    }


def _stand_line(turn: Turn, stand: Stand) -> Say | None:
    fields, known = _fields(turn, stand.item), sold(turn, stand.item)
    if fields is None or known is None:
        return None
    if stand.left < least_amount(known[0]) or stand.waits:
        return Say("show-code-queue", fields | {"waits": stand.waits})
    return Say("show-code", fields | {"left": known[0].amount(stand.left)})


def _claim_choices(turn: Turn, live: Live, stands: tuple[Stand, ...]) -> tuple[Choice, ...]:
    """One per code; a second press of the same button is the same claim."""
    mark = turn.change_id()[:6]
    found = ((s, _fields(turn, s.item)) for s in stands)
    return tuple(
        Choice(
            f"ca:{live.id}:{s.item.code}:{mark}",
            "choice-claim-queue" if s.waits or not s.left else "choice-claim",
            fields,
        )
        for s, fields in found
        if fields
    )


def _around(turn: Turn, sight: Sight) -> tuple[Choice, ...]:
    """Reminder, the place where it is shown, the calendar, one's own claims."""
    live = sight.live
    base = turn.shop.public_url().rstrip("/")
    dated = bool(base) and live.state == "planned"
    url = f"{base}/live/{live.id}.ics"
    calendar = (Choice("ics", "choice-live-calendar", url=url),) if dated else ()
    watch = (Choice("watch", "choice-live-watch", url=live.link),) if live.link else ()
    mine = (Choice("cl", "choice-claims"),) if sight.has_claims else ()
    return (*mine, *remind_choice(turn, live, sight.follows), *watch, *calendar)
