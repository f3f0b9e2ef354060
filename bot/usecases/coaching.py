"""The day of a seller: her list before a live, and a kind word while nobody has ordered yet.

Every function is one ledger command; a repeat changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.shop.hours import VIETNAM, in_hours, local, today
from bot.shop.live_slots import BEST_HOURS
from bot.shop.people import Person
from bot.shop.problems import LivePast
from bot.shop.roles import Grant, Right
from bot.shop.says import Choice, Letter, Moment, Say
from bot.usecases.people import consent
from bot.usecases.ports import Books

LIST_BEFORE = 2 * 3600
"""Seconds between the list and the live: time to charge a battery and to lay the goods out."""
FARTHEST = 366 * 24 * 3600

ENCOURAGED_ON = (2, 5, 8, 12, 16, 20, 25, 30)
"""Days since she joined (that day is the first); each is a message `coach-day-…`."""
ENCOURAGED_FROM = 8
"""O'clock in Vietnam."""
STOPPED = "coach-stop"
"""Kind of the note that she wants no such letters."""

TODAY_DO: dict[int, Choice] = {
    2: Choice("kc", "choice-coach-photos"),
    5: Choice("m", "choice-market"),
    8: Choice("lv", "choice-coach-live"),
    12: Choice("k", "choice-stock"),
    16: Choice("np", "choice-goods-new"),
    20: Choice("m", "choice-market"),
    25: Choice("k", "choice-stock"),
    30: Choice("lv", "choice-coach-live"),
}
"""The button to the one small thing each letter is about."""


def is_best(at: int) -> bool:
    hour = local(at).hour
    return any(first <= hour < last for first, last in BEST_HOURS)


def list_before_live(books: Books, seller: str, at: int, by: Person, now: int) -> bool:
    """Her list comes two hours before she goes live, once for each seller and time. False if less
    is left: it is due at once, and no letter is written.

    Raises NotSeller, NotAllowed, and LivePast for a time that is over or beyond a year.
    """
    by.require(Right.LIVE, seller)
    if not now < at <= now + FARTHEST:
        raise LivePast()
    if at - now <= LIST_BEFORE:
        return False
    say = Say("live-list", {"at": Moment(at)}, choices=(Choice("ll:0", "choice-live-start"),))
    books.post(Letter(by.id, say, "order", at - LIST_BEFORE, at, f"{_about(seller)}:{at}"))
    return True


def no_list(books: Books, seller: str, by: Person) -> None:
    """Lists that have not come yet do not come. Raises NotSeller, NotAllowed."""
    by.require(Right.LIVE, seller)
    books.unpost(_about(seller))


def no_list_at(books: Books, seller: str, at: int, by: Person) -> None:
    """The one before the live at this time does not come. Raises NotSeller, NotAllowed."""
    by.require(Right.LIVE, seller)
    books.recall(f"{_about(seller)}:{at}")


def _about(seller: str) -> str:
    return f"live-list:{seller}"


def encourage(books: Books, sellers: Iterable[str], now: int) -> int:
    """On some of a seller's first thirty days, while she never had an order, one small thing to do
    today: from eight in the morning, in polite hours, at most one letter a day for an account,
    however often this runs. sellers: real ones. Returns how many letters are due today.
    """
    if local(now).hour < ENCOURAGED_FROM or not in_hours(now):
        return 0
    waiting = (s for s in sellers if not books.has_orders(s))
    due = {g.person: day for s in waiting for g in books.grants_for(s) if (day := _day(g, now))}
    kept = [who for who in due if not _stopped(books, who)]
    for who in kept:
        _post(books, who, due[who], now)
    return len(kept)


def _day(grant: Grant, now: int) -> int:
    """Which of the days this is for a seller's own account, 0 if it is none of them."""
    day = (today(now) - today(grant.at)).days + 1
    return day if grant.role == "seller" and day in ENCOURAGED_ON else 0


def _stopped(books: Books, person: str) -> bool:
    return any(c.kind == STOPPED for c in books.person(person).consents)


def _post(books: Books, person: str, day: int, now: int) -> None:
    """A reminder: never sent twice, and not after ten at night."""
    choices = (TODAY_DO[day], Choice("stop", "choice-coach-stop"))
    say = Say(f"coach-day-{day}", {"day": day}, choices=choices)
    evening = datetime.combine(today(now), datetime.min.time(), VIETNAM).replace(hour=22)
    once = f"coach:{person}:{today(now).isoformat()}"
    books.post(Letter(person, say, "reminder", now, int(evening.timestamp()), once))


def stop(books: Books, person: str, now: int) -> None:
    """No more encouragement for this account."""
    consent(books, person, STOPPED, "1", books.person(person).lang, now)
