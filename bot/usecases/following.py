"""Who asked to be told of a seller's lives, or of one live, and who asked to stop.

Every function is one ledger command; a repeat changes nothing.
"""

from __future__ import annotations

from bot.shop.follow import FOLLOW_VERSION, Follow
from bot.usecases.lives import find
from bot.usecases.people import consent
from bot.usecases.ports import Books

REMIND = "remind"
"""Kind of the consent that covers reminders and what sellers tell their followers."""


def follow(books: Books, person: str, seller: str, lang: str, now: int, live: str = "") -> Follow:
    """Remember the wish with the wording's version and time; `live`: of that one only. Raises
    NoSuchLive.
    """
    if live:
        seller = find(books, live).seller
    wish = Follow(person, seller, live, FOLLOW_VERSION, lang, now)
    known = books.follows_of(person)
    if any(f.seller == seller and f.live in ("", live) for f in known):
        return next(f for f in known if f.seller == seller and f.live in ("", live))
    consent(books, person, REMIND, FOLLOW_VERSION, lang, now)
    books.save_follow(wish)
    return wish


def unfollow(books: Books, person: str, seller: str) -> None:
    """Nothing more of this seller; what waits for this person about her lives is forgotten."""
    for live in books.lives_of(seller):
        if live.state != "over":
            books.unpost_to(person, f"live:{live.id}")
    for broadcast in books.open_broadcasts():
        if broadcast.seller == seller:
            books.unpost_to(person, f"bc:{broadcast.id}")
    books.drop_follows(person, seller)


def is_following(books: Books, person: str, seller: str, live: str = "") -> bool:
    mine = (f for f in books.follows_of(person) if f.seller == seller)
    return any(f.live in ("", live) for f in mine)
