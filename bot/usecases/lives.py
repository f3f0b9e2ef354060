"""Planning a live, moving it, calling it off, what is on air in it.

Every function is one ledger command; a repeat changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.shop import live as rules
from bot.shop import stock
from bot.shop.live import BuyWhere, Live, LiveItem, LiveNote
from bot.shop.live_problems import CapTooHigh, CodeTaken, LiveOver, NoSuchCode, NoSuchLive
from bot.shop.people import Person
from bot.shop.problems import LivePast, NotYourOrder
from bot.shop.product import Pick, Product, price_of
from bot.shop.roles import Right
from bot.usecases import claim_answers
from bot.usecases.claim_holds import serve
from bot.usecases.ports import Books

FARTHEST = 366 * 24 * 3600
LEAST_HOLD, MOST_HOLD = 5 * 60, 24 * 3600


@dataclass(frozen=True, slots=True)
class Plan:
    """What a seller plans; `id` names the live, so that a repeat is the same live."""

    id: str
    seller: str
    starts_at: int
    title: str = ""
    link: str = ""
    buys: BuyWhere = "chat"
    hold_seconds: int = rules.HOLD_SECONDS
    parcels: int = 0


def plan(books: Books, wish: Plan, by: Person, now: int) -> Live:
    """A live that will be. Raises NotSeller, NotAllowed; LivePast for a time that is over or
    beyond a year.
    """
    by.require(Right.LIVE, wish.seller)
    if (known := books.live(wish.id)) is not None:
        return known
    _must_come(wish.starts_at, now)
    live = Live(
        wish.id, wish.seller, wish.starts_at, "planned", by.id, now, wish.title, wish.link,
        wish.buys, wish.hold_seconds, wish.parcels,
    )  # fmt: skip
    books.save_live(live)
    _note(books, live, "planned", now, str(live.starts_at))
    return live


def _must_come(at: int, now: int) -> None:
    if not now < at <= now + FARTHEST:
        raise LivePast()


def of_seller(books: Books, live_id: str, by: Person) -> Live:
    """A live she may change. Raises NoSuchLive, NotYourOrder, NotAllowed."""
    live = find(books, live_id)
    if not by.may(Right.LIVE, live.seller):
        raise NotYourOrder()
    return live


def find(books: Books, live_id: str) -> Live:
    live = books.live(live_id)
    if live is None:
        raise NoSuchLive()
    return live


def _open(books: Books, live_id: str, by: Person) -> Live:
    live = of_seller(books, live_id, by)
    if live.state not in rules.OPEN_LIVES:
        raise LiveOver()
    return live


def move(books: Books, live_id: str, starts_at: int, by: Person, now: int) -> Live:
    """Another hour; who follows it stays, and is told by `reminders.moved`. Raises LiveOver,
    LivePast.
    """
    live = _open(books, live_id, by)
    if live.starts_at == starts_at:
        return live
    if live.state != "planned":
        raise LiveOver()
    _must_come(starts_at, now)
    after = replace(live, starts_at=starts_at, moved=live.moved + 1)
    books.save_live(after)
    _note(books, after, "moved", now, str(starts_at))
    return after


def change(
    books: Books,
    live_id: str,
    by: Person,
    now: int,
    *,
    title: str | None = None,
    link: str | None = None,
    buys: BuyWhere | None = None,
    hold_seconds: int | None = None,
    parcels: int | None = None,
) -> Live:
    """What is given is changed, the rest stays. More parcels serve the queue. Raises LiveOver."""
    live = _open(books, live_id, by)
    new: dict[str, Any] = {
        "title": title,
        "link": link,
        "buys": buys,
        "hold_seconds": min(MOST_HOLD, max(LEAST_HOLD, hold_seconds)) if hold_seconds else None,
        "parcels": parcels,
    }
    after = replace(live, **{k: v for k, v in new.items() if v is not None})
    if after == live:
        return live
    books.save_live(after)
    if after.parcels != live.parcels:
        for known in books.items_of(live_id):
            serve(books, known.product, now)
    return after


def start(books: Books, live_id: str, by: Person, now: int) -> Live:
    """She is on air. Raises LiveOver."""
    live = of_seller(books, live_id, by)
    if live.state == "on_air":
        return live
    after = rules.moved(live, "start", now)
    books.save_live(after)
    _note(books, after, "on-air", now)
    return after


def end(books: Books, live_id: str, by: Person, now: int) -> Live:
    """The live is over; what is claimed stays claimed, late claims are still taken as long as the
    holds run. Raises LiveOver for one that was called off.
    """
    return _ended(books, of_seller(books, live_id, by), now)


def _ended(books: Books, live: Live, now: int) -> Live:
    if live.state == "over":
        return live
    after = rules.moved(live, "end", now)
    books.save_live(after)
    books.unpost(f"live:{live.id}")  # nobody is told to come any more
    _note(books, after, "over", now)
    return after


def cancel(books: Books, live_id: str, by: Person, now: int) -> Live:
    """It does not take place; open claims give their goods back. Raises LiveOver once it ran."""
    live = of_seller(books, live_id, by)
    if live.state == "cancelled":
        return live
    after = rules.moved(live, "cancel", now)
    books.save_live(after)
    _note(books, after, "cancelled", now)
    claim_answers.cancel_all(books, after, now)
    return after


def end_forgotten(books: Books, now: int) -> tuple[str, ...]:
    """For the clock: lives nobody ended, or that never began, are over after LONGEST."""
    late = [x for x in books.open_lives() if now >= (x.started_at or x.starts_at) + rules.LONGEST]
    return tuple(_ended(books, x, now).id for x in late)


# what is on air


def item(books: Books, live_id: str, code: str) -> LiveItem:
    """Raises NoSuchCode."""
    for known in books.items_of(live_id):
        if known.code == code.upper():
            return known
    codes = ", ".join(x.code for x in books.items_of(live_id) if not x.off)
    raise NoSuchCode(code=code.upper(), codes=codes)


def put_on_air(
    books: Books, live_id: str, product_id: str, by: Person, now: int, code: str = "", cap: int = 0
) -> LiveItem:
    """A code for one of her products; the next free one if none is wanted. The product it has
    already keeps its code. Raises CodeTaken, CapTooHigh, NotSeller for goods that are not hers.
    """
    live = _open(books, live_id, by)
    product = books.product(product_id)
    by.require(Right.LIVE, product.seller)
    if product.seller != live.seller:
        raise NotYourOrder()
    known = books.items_of(live_id)
    same = next((x for x in known if x.product == product_id), None)
    if same is not None:
        kept = _kept(books, replace(same, off=False, cap=cap or same.cap), product, now)
        serve(books, product_id, now)
        return kept
    taken = frozenset(x.code for x in known)
    if code.upper() in taken:
        raise CodeTaken(code=code.upper())
    offer, unit = offer_counted(product)
    new = LiveItem(live_id, code.upper() or rules.next_code(taken), product_id, offer, unit, now)
    return _kept(books, replace(new, cap=cap), product, now)


def offer_counted(product: Product) -> tuple[str, int]:
    """What a claim without a unit counts: her first pack, else a kilo, a litre or a piece."""
    if product.offers and not product.loose:
        return product.offers[0].id, product.offers[0].amount
    loose = product.loose
    if loose is None:
        return "", 1
    whole = loose.per if loose.per >= loose.least else loose.least
    return "", whole


def _kept(books: Books, item: LiveItem, product: Product, now: int) -> LiveItem:
    _not_above(books, item, product)
    books.save_item(item)
    offer_count = 1 if item.offer else item.unit
    vnd = price_of(product, books.prices(product.id), Pick(item.offer, offer_count))
    books.note(
        LiveNote(item.live, now, "item", 0, item.code, item.product, item.cap, vnd, _words(item))
    )
    return item


def _words(item: LiveItem) -> str:
    return "off" if item.off else ""


def _not_above(books: Books, item: LiveItem, product: Product) -> None:
    """A cap promises goods: never more than there are and were claimed already."""
    level = stock.level(books.lots(product.id))
    most = level.free + books.taken(item.live, item.code)
    if item.cap > most:
        raise CapTooHigh(name=product.name["vi"], most=product.amount(most))


def change_item(
    books: Books,
    live_id: str,
    code: str,
    by: Person,
    now: int,
    *,
    cap: int | None = None,
    per_buyer: int | None = None,
    off: bool | None = None,
    offer: str | None = None,
    unit: int | None = None,
) -> LiveItem:
    """Another cap, limit for one buyer, pack that is counted, or whether the code is taken at
    all. A higher cap serves the queue. Raises NoSuchCode, CapTooHigh, LiveOver.
    """
    _open(books, live_id, by)
    old = item(books, live_id, code)
    new: dict[str, Any] = {
        "cap": cap,
        "per_buyer": per_buyer,
        "off": off,
        "offer": offer,
        "unit": unit,
    }
    after = replace(old, **{k: v for k, v in new.items() if v is not None})
    if after == old:
        return old
    kept = _kept(books, after, books.product(old.product), now)
    serve(books, kept.product, now)
    return kept


def _note(books: Books, live: Live, kind: str, now: int, words: str = "") -> None:
    books.note(LiveNote(live.id, now, kind, words=words))
