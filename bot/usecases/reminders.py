"""The reminders of lives: the evening before, a quarter of an hour before, on air.

Written when they are due, for whoever follows at that moment, so nobody who stopped is told and
nobody who came late is forgotten. Every function is one ledger command; a repeat writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.shop.follow import Follow
from bot.shop.hours import CLOSES, day_start, in_hours, next_in_hours, today
from bot.shop.live import OPEN_LIVES, SOON_SECONDS, Live, Rung, due_rung, told_at
from bot.shop.product import is_priced
from bot.shop.says import Choice, Field, Letter, Many, Moment, Say
from bot.usecases.lives import find
from bot.usecases.ports import Books

DAY = 24 * 3600
MOST_NAMED = 3
NameOf = Callable[[str], str]
"""A seller's public name by her id."""


def tell_due(books: Books, name_of: NameOf, per_day: int, now: int) -> int:
    """Write the reminders that are due; returns how many letters."""
    told = 0
    for live in books.open_lives():
        found = due_rung(live, now)
        if found is not None:
            rung, until = found
            told += _tell(books, live, rung, until, name_of, per_day, now)
    return told


def _tell(
    books: Books, live: Live, rung: Rung, until: int, name_of: NameOf, per_day: int, now: int
) -> int:
    books.save_live(live.with_told(rung))
    follows = books.followers(live.seller, live.id)
    knows = _told_today(books, live, now) if rung == "evening" else frozenset()
    kept = [f for f in follows if f.person not in knows and f.person != live.by]
    chosen = _within_the_day(books, live, rung, kept, per_day, now)
    say = reminder(books, live, rung, name_of)
    key = f"live:{live.id}:{rung}:{live.moved}"
    books.post_all(
        Letter(f.person, say, "reminder", now, until, f"{key}:{f.person}") for f in chosen
    )
    return len(chosen)


def _told_today(books: Books, live: Live, now: int) -> frozenset[str]:
    """Who was told the new hour of a live that was moved today need not hear it again tonight."""
    moves = [n.at for n in books.notes_of(live.id) if n.kind == "moved"] if live.moved else []
    if not moves or max(moves) < day_start(now):
        return frozenset()
    return books.written_to(f"live:{live.id}:moved-{live.moved}")


def _within_the_day(
    books: Books, live: Live, rung: Rung, follows: list[Follow], per_day: int, now: int
) -> list[Follow]:
    """Of the few a day, "on air" comes first, then a quarter of an hour before: an earlier word
    leaves room for those of today that matter more.
    """
    start = day_start(now)
    got = books.ads_today((f.person for f in follows), start)
    kept = _kept_for(books, live, rung, now)
    return [f for f in follows if got.get(f.person, 0) + kept(f.person) < per_day]


def _kept_for(books: Books, live: Live, rung: Rung, now: int) -> Callable[[str], int]:
    """How many words of today each follower should still get that matter more than this one."""
    if rung == "air":
        return lambda _: 0
    sums: dict[str, int] = {}
    for other in books.open_lives():
        later = _more_important(other, rung, now)
        for follow in books.followers(other.seller, other.id) if later else ():
            sums[follow.person] = sums.get(follow.person, 0) + later
    return lambda person: sums.get(person, 0)


def _more_important(live: Live, rung: Rung, now: int) -> int:
    """How many later rungs of this live still come today."""
    later: tuple[Rung, ...] = ("soon", "air") if rung == "evening" else ("air",)
    return sum(now < told_at(live, r) and today(told_at(live, r)) == today(now) for r in later)


def reminder(books: Books, live: Live, rung: Rung, name_of: NameOf) -> Say:
    """What followers are told; it ends with how to stop."""
    fields: dict[str, Field] = {
        "seller": name_of(live.seller),
        "at": Moment(live.starts_at),
    }
    goods = goods_named(books, live)
    if goods.items:
        fields["goods"] = goods
    watch = (Choice("watch", "choice-live-watch", url=live.link),) if live.link else ()
    claim = (Choice(f"live:{live.id}", "choice-live-claim"),) if live.takes_claims else ()
    choices = (*claim, *watch, Choice("stop", "choice-stop-reminders"))
    bare = "" if goods.items else "-bare"
    return Say(f"live-reminder-{rung}{bare}", fields, choices=choices)


def goods_named(books: Books, live: Live) -> Many:
    """Up to three of what is on air, by name."""
    items = [x for x in books.items_of(live.id) if not x.off]
    known = [books.goods(x.product) for x in items]
    shown = [p.name["vi"] for p in known if is_priced(p, books.prices(p.id))]
    return Many(tuple(shown[:MOST_NAMED]))


# moved, called off


def moved(books: Books, live_id: str, name_of: NameOf, now: int) -> int:
    """Who was told the old hour, or asked for this very live, is told the new one, once; letters
    that still wait with the old hour do not go. Returns how many are told.
    """
    live = find(books, live_id)
    return _changed(books, live, "live-moved", f"moved-{live.moved}", name_of, now)


def called_off(books: Books, live_id: str, name_of: NameOf, now: int) -> int:
    """Who was told of it, or asked for it, learns that it does not take place."""
    live = find(books, live_id)
    return _changed(books, live, "live-cancelled", "cancelled", name_of, now)


def _changed(books: Books, live: Live, said: str, key: str, name_of: NameOf, now: int) -> int:
    people = told_of(books, live)
    books.unpost(f"live:{live.id}")
    until = closing(now) if in_hours(now) else 0
    useful = live.starts_at if live.state in OPEN_LIVES else max(now + DAY, live.starts_at)
    after = now if until else next_in_hours(now)
    fields: dict[str, Field] = {"seller": name_of(live.seller), "at": Moment(live.starts_at)}
    see = (Choice(f"live:{live.id}", "choice-live-see"),) if live.state in OPEN_LIVES else ()
    say = Say(said, fields, choices=(*see, Choice("stop", "choice-stop-reminders")))
    once = f"live:{live.id}:{key}"
    books.post_all(
        Letter(p, say, "reminder", after, max(useful, after + SOON_SECONDS), f"{once}:{p}")
        for p in people
    )
    return len(people)


def told_of(books: Books, live: Live) -> tuple[str, ...]:
    """Who follows this very live, and followers who were sent a word about it."""
    follows = books.followers(live.seller, live.id)
    sent = set(books.told(f"live:{live.id}"))
    return tuple(f.person for f in follows if f.live == live.id or f.person in sent)


def closing(at: int) -> int:
    return day_start(at) + CLOSES * 3600


def preview(books: Books, live: Live, now: int) -> dict[Rung, int]:
    """For the seller: when each word will be told, 0 for one whose hour never comes."""
    rungs: Iterable[Rung] = ("evening", "soon", "air")
    return {r: at if (at := told_at(live, r)) >= now else 0 for r in rungs}
