"""Whom a broadcast reaches, whom it does not and why, and how long it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.shop.follow import Broadcast, Follow
from bot.shop.hours import day_start, next_in_hours, sending_hours
from bot.shop.product import Product
from bot.usecases.ports import Books


@dataclass(frozen=True, slots=True)
class Audience:
    """agreed: who follows her and fits. full: of these, who had the day's advertising already and
    is told tomorrow. lost: who cannot be reached, and why.
    """

    agreed: tuple[Follow, ...]
    full: int
    lost: tuple[tuple[str, str], ...]

    @property
    def reached(self) -> int:
        return len(self.agreed) - len(self.lost)


@dataclass(frozen=True, slots=True)
class Plan:
    """starts, ends: when the first and the last letter go, seconds UTC, at today's pace."""

    starts: int
    ends: int


def audience(
    books: Books, broadcast: Broadcast, closed: Callable[[str], str], per_day: int, now: int
) -> Audience:
    """Who gets it. closed: why a person cannot be reached beside what apps said, or nothing."""
    agreed = tuple(fitting(books, broadcast))
    people = [f.person for f in agreed]
    gone = {u.person: u.why for u in books.unreachable_of(people)}
    why = {p: gone.get(p) or closed(p) for p in people}
    got = books.ads_today(people, day_start(now))
    full = sum(not why[p] and got.get(p, 0) >= per_day for p in people)
    return Audience(agreed, full, tuple((p, w) for p, w in why.items() if w))


def fitting(books: Books, broadcast: Broadcast) -> list[Follow]:
    found = [f for f in books.followers(broadcast.seller) if f.person != broadcast.by]
    if broadcast.lang:
        found = [f for f in found if f.lang.partition("@")[0] == broadcast.lang]
    if broadcast.place:
        there = books.buyers_in(broadcast.seller, broadcast.place)
        found = [f for f in found if f.person in there]
    if broadcast.product:
        likes = books.buyers_of(broadcast.product)
        found = [f for f in found if f.person in likes]
    return found


def plan(people: int, per_second: int, now: int) -> Plan:
    """When the last one gets it if nothing else is sent; what does not fit into today's hours
    goes on in the morning.
    """
    starts = at = next_in_hours(now)
    left = -(-people // per_second)
    while left > (room := sending_hours(at)):
        left, at = left - room, next_in_hours(at + room)
    return Plan(starts, at + left)


@dataclass(frozen=True, slots=True)
class ToCall:
    """A follower who is not reached by messages: her name and phone, if she ever ordered of this
    seller, and why.
    """

    person: str
    why: str
    name: str = ""
    phone: str = ""


def to_call(books: Books, seller: str, people: tuple[tuple[str, str], ...]) -> tuple[ToCall, ...]:
    """The people with their phones as this seller has them; those without one come last."""
    known = books.receivers_of(seller, [p for p, _ in people])
    found = [ToCall(p, why, *known.get(p, ("", ""))) for p, why in people]
    return tuple(sorted(found, key=lambda c: not c.phone))


def choices_of(books: Books, seller: str) -> tuple[frozenset[str], tuple[int, ...]]:
    """What a broadcast may be aimed by: languages of her followers, and the provinces most of her
    buyers live in.
    """
    langs = frozenset(f.lang.partition("@")[0] for f in books.followers(seller))
    return langs, books.provinces_of(seller)


def likes_of(books: Books, products: list[Product]) -> list[Product]:
    """Those of her goods that somebody bought or wished for."""
    return [p for p in products if books.buyers_of(p.id)]
