"""What a seller tells those who follow her: drafted, looked at, sent, paused, stopped.

Every function is one ledger command; a repeat changes nothing. Letters are written in parts, by
`send` and then by the clock, each under the key `bc:<broadcast>:<person>`: a part written twice is
written once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from bot.shop.follow import Broadcast
from bot.shop.hours import next_in_hours
from bot.shop.live_problems import NoSuchBroadcast, NothingToSend
from bot.shop.people import Person
from bot.shop.problems import NotYourOrder
from bot.shop.roles import Right
from bot.shop.says import Choice, Letter, Say
from bot.usecases.broadcast_audience import fitting
from bot.usecases.ports import Books

USEFUL_SECONDS = 24 * 3600
"""What was not sent a day after the yes is not news any more."""
ORDERS_SECONDS = 48 * 3600
"""Orders of those who were told count as having followed so long after it."""
AT_ONCE = 500
"""Letters written in one command, so that no customer waits behind a long one."""

NameOf = Callable[[str], str]


def key_of(broadcast_id: str) -> str:
    """How the keys of its letters begin, without the last colon."""
    return f"bc:{broadcast_id}"


@dataclass(frozen=True, slots=True)
class Progress:
    """Letters of a broadcast by what became of them; waits: not sent yet. opened: persons who
    pressed a button under it. orders, vnd: what those who were told ordered of her afterwards.
    """

    broadcast: Broadcast
    sent: int
    waits: int
    blocked: int
    dropped: int
    unsure: int
    opened: int
    orders: int
    vnd: int


def draft(books: Books, wish: Broadcast, by: Person) -> Broadcast:
    """Kept until she says yes. Raises NotAllowed, NothingToSend."""
    by.require(Right.LIVE, wish.seller)
    if (known := books.broadcast(wish.id)) is not None:
        return known
    if not (wish.words or wish.picture or wish.clip):
        raise NothingToSend()
    made = replace(wish, by=by.id, state="draft")
    books.save_broadcast(made)
    return made


def find(books: Books, broadcast_id: str, by: Person) -> Broadcast:
    """Raises NoSuchBroadcast, NotYourOrder."""
    known = books.broadcast(broadcast_id)
    if known is None:
        raise NoSuchBroadcast()
    if not by.may(Right.LIVE, known.seller):
        raise NotYourOrder()
    return known


def aim(
    books: Books, broadcast_id: str, by: Person, *, lang: str = "", place: int = 0,
    product: str = "",
) -> Broadcast:  # fmt: skip
    """Only those who talk a language, get parcels in a province, or bought something; nothing
    given: everybody. Raises NoSuchBroadcast for one that was sent already.
    """
    known = find(books, broadcast_id, by)
    if known.state != "draft":
        raise NoSuchBroadcast()
    aimed = replace(known, lang=lang, place=place, product=product)
    books.save_broadcast(aimed)
    return aimed


def send(books: Books, broadcast_id: str, by: Person, name_of: NameOf, now: int) -> Broadcast:
    """The yes. The first letters are written at once, the others by the clock. Raises
    NothingToSend if nobody agreed.
    """
    known = find(books, broadcast_id, by)
    if known.state != "draft":
        return known
    if not fitting(books, known):
        raise NothingToSend()
    begun = replace(
        known, state="sending", started_at=now, until=next_in_hours(now) + USEFUL_SECONDS
    )
    books.save_broadcast(begun)
    return _write_some(books, begun, name_of, now)


def _write_some(books: Books, broadcast: Broadcast, name_of: NameOf, now: int) -> Broadcast:
    """The next letters; `total` stands once all are written."""
    key = key_of(broadcast.id)
    has = books.written_to(key)
    waiting = (f for f in fitting(books, broadcast) if f.person not in has)
    some = list(islice(waiting, AT_ONCE))
    say = spoken(broadcast, name_of)
    books.post_all(
        Letter(f.person, say, "broadcast", now, broadcast.until, f"{key}:{f.person}") for f in some
    )
    if len(some) == AT_ONCE:
        return broadcast
    written = replace(broadcast, total=max(1, len(has) + len(some)))
    books.save_broadcast(written)
    return written


def spoken(broadcast: Broadcast, name_of: NameOf) -> Say:
    """What a follower gets: her own words, a way to the goods, and how to stop."""
    fields = {"seller": name_of(broadcast.seller), "words": broadcast.words}
    see = Choice(f"bo:{broadcast.id}", "choice-broadcast-see")
    stop = Choice("stop", "choice-stop-reminders")
    id_ = "broadcast" if broadcast.words else "broadcast-wordless"
    return Say(id_, fields, choices=(see, stop), picture=broadcast.picture, clip=broadcast.clip)


def go_on(books: Books, name_of: NameOf, now: int) -> int:
    """For the clock: write further letters, and close what is over. Returns how many closed."""
    over = []
    for known in books.open_broadcasts():
        if now > known.until or (known.total and not _waits(books.tally(key_of(known.id)))):
            over.append(known)
        elif known.state == "sending" and not known.total:
            _write_some(books, known, name_of, now)
    for known in over:
        _done(books, known, now)
    return len(over)


def _done(books: Books, broadcast: Broadcast, now: int) -> None:
    """She is told what became of it, once."""
    books.unpost(key_of(broadcast.id))
    books.save_broadcast(replace(broadcast, state="done", ended_at=now))
    see = Choice(f"nkr:{broadcast.id}", "choice-broadcast-report")
    say = Say("broadcast-over", {"words": first_words(broadcast)}, choices=(see,))
    until = now + USEFUL_SECONDS
    books.post(Letter(broadcast.by, say, "order", now, until, f"told:{broadcast.id}"))


def first_words(broadcast: Broadcast) -> str:
    words = " ".join(broadcast.words.split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def pause(books: Books, broadcast_id: str, by: Person) -> Broadcast:
    """What waits stays, unsent, until she lets it go on."""
    known = find(books, broadcast_id, by)
    if known.state != "sending":
        return known
    books.turn_letters(key_of(known.id), "todo", "paused")
    return _saved(books, replace(known, state="paused"))


def resume(books: Books, broadcast_id: str, by: Person) -> Broadcast:
    known = find(books, broadcast_id, by)
    if known.state != "paused":
        return known
    books.turn_letters(key_of(known.id), "paused", "todo")
    return _saved(books, replace(known, state="sending"))


def _saved(books: Books, broadcast: Broadcast) -> Broadcast:
    books.save_broadcast(broadcast)
    return broadcast


def stop(books: Books, broadcast_id: str, by: Person, now: int) -> Broadcast:
    """What waits is never sent; a draft is dropped."""
    known = find(books, broadcast_id, by)
    if known.state in ("stopped", "done"):
        return known
    after = replace(known, state="stopped", ended_at=now)
    books.save_broadcast(after)
    for state in ("todo", "paused"):
        books.turn_letters(key_of(known.id), state, "stopped")
    return after


def opened(books: Books, broadcast_id: str, person: str, now: int) -> Broadcast | None:
    """Somebody who was sent it pressed the button; None if it is not known any more."""
    known = books.broadcast(broadcast_id)
    if known is not None and person in books.written_to(key_of(known.id)):
        books.opened(broadcast_id, person, now)
    return known


def progress(books: Books, broadcast: Broadcast) -> Progress:
    by_state = books.tally(key_of(broadcast.id))
    since = broadcast.started_at
    orders, vnd = books.orders_after(
        key_of(broadcast.id), broadcast.seller, since, since + ORDERS_SECONDS
    )
    return Progress(
        broadcast,
        sent=by_state.get("sent", 0),
        waits=_waits(by_state),
        blocked=by_state.get("blocked", 0),
        dropped=by_state.get("expired", 0) + by_state.get("stopped", 0),
        unsure=by_state.get("uncertain", 0),
        opened=len(books.opens_of(broadcast.id)),
        orders=orders,
        vnd=vnd,
    )


def _waits(by_state: dict[str, int]) -> int:
    return sum(by_state.get(s, 0) for s in ("todo", "intent", "paused"))
