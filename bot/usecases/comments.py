"""Comments of a platform become guests, claims, and what a helper decides.

Every function is one ledger command; a comment that was taken before changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b

from bot.shop.claim import OPEN_CLAIMS, Claim, Comment, Guest
from bot.shop.comments import Posted, Taken, Wanted
from bot.shop.live_problems import NoSuchClaim
from bot.shop.people import Person
from bot.shop.roles import Right
from bot.usecases import claim_answers, claims
from bot.usecases.ports import Books

DAY = 24 * 3600
KEEP_COMMENTS, KEEP_GUESTS = 30 * DAY, 90 * DAY
"""Seconds a comment is kept, and a guest after her last comment."""


def take(
    books: Books,
    comment: Comment,
    guest: Guest,
    wanted: tuple[Wanted, ...],
    by: Person,
    now: int,
    *,
    sure: bool = False,
) -> Taken:
    """Book what a comment says, all of it or nothing.

    wanted: of one that was read for certain; `comment.kind` says what it is. A code she has
    already is left to the helper, unless the helper says `sure`. A comment changes and ends only
    claims that comments made: whoever took the same name elsewhere cannot touch what was claimed
    in our own chats. Raises NotAllowed, and what `claims.claim` and `claim_answers.change` raise.
    """
    by.require(Right.LIVE, claims.open_live(books, comment.live, now).seller)
    known = books.comment(comment.id)
    if known is not None:
        return _again(books, known)
    person = _person(books, comment, guest)
    mine = books.claims_by(comment.live, person)
    why = comment.why or next(filter(None, (_unsure(mine, w, sure) for w in wanted)), "")
    if why:
        comment, wanted = replace(comment, kind="doubt", why=why), ()
    comment = _once(books, comment)
    books.save_comment(comment)
    outcomes = [
        outcome
        for n, one in enumerate(wanted)
        for outcome in _booked(books, comment, one, person, f"{comment.id} {n}", now)
    ]
    return _taken(comment, tuple(outcomes))


def _person(books: Books, comment: Comment, guest: Guest) -> str:
    """Whose the claims are. Nothing is kept about who only chats."""
    known = books.guest(guest.id)
    if known is None and comment.kind == "other":
        return guest.id
    after = known or guest
    if guest.phone and guest.phone != after.phone:
        after = replace(after, phone=guest.phone)
    if guest.at > after.at + DAY:
        after = replace(after, at=guest.at)
    if after != known:
        books.save_guest(after)
    return after.person or after.id


def _unsure(mine: tuple[Claim, ...], wanted: Wanted, sure: bool) -> str:
    """Why a helper must decide, empty if all is clear."""
    has = [c for c in mine if c.code == wanted.code and c.state in OPEN_CLAIMS]
    said = [c for c in has if c.comment]
    if wanted.verb == "claim":
        return "again" if has and not sure else ""
    if wanted.verb == "cancel":
        return "" if said else "no-claim"
    if wanted.verb == "set" and has:
        return "" if len(said) == 1 and len(has) == 1 else "again"
    return ""


def _once(books: Books, comment: Comment) -> Comment:
    """Who writes the same unclear words again and again is asked about once."""
    if comment.kind != "doubt":
        return comment
    same = (comment.guest, comment.text)
    if any((c.guest, c.text) == same for c in books.open_comments(comment.live)):
        return replace(comment, kind="other", text="", name="", guest="")
    return comment


def _booked(
    books: Books, comment: Comment, wanted: Wanted, person: str, seed: str, now: int
) -> list[claims.Outcome]:
    """What one code of the comment comes to."""
    of_code = (c for c in books.claims_by(comment.live, person) if c.code == wanted.code)
    said = [c for c in of_code if c.comment and c.state in OPEN_CLAIMS]
    by = Person(person)
    if wanted.verb == "cancel":
        return [claims.Outcome(claim_answers.cancel(books, c.id, by, now)) for c in said]
    if wanted.verb == "set" and said:
        return [claim_answers.change(books, said[0].id, wanted.pick, by, now)]
    id_ = f"c-{blake2b(seed.encode(), digest_size=5).hexdigest()}"
    wish = claims.Wish(
        id_, comment.live, wanted.code, wanted.pick, person, comment.name, comment.id, sure=True
    )
    return [claims.claim(books, wish, now)]


def _again(books: Books, known: Comment) -> Taken:
    guest = books.guest(known.guest) if known.guest else None
    person = guest.person or guest.id if guest else known.guest
    mine = books.claims_by(known.live, person) if person else ()
    made = tuple(claims.Outcome(c, place=claims.place_of(books, c)) for c in mine
                 if c.comment == known.id)  # fmt: skip
    return replace(_taken(known, made), again=True)


def _taken(comment: Comment, outcomes: tuple[claims.Outcome, ...]) -> Taken:
    posted = Posted(comment.platform, comment.name, comment.text, comment.at, comment.id)
    places = tuple((o.claim.id, o.place) for o in outcomes if o.place)
    done = tuple(o.claim for o in outcomes)
    return Taken(comment.id, comment.kind, posted, done, comment.why, places=places)


def open_comment(books: Books, comment_id: str, live_id: str) -> Comment:
    """A comment of this live. Raises NoSuchClaim for none, or another's."""
    known = books.comment(comment_id)
    if known is None or known.live != live_id:
        raise NoSuchClaim()
    return known


def put_aside(books: Books, comment_id: str, live_id: str, now: int) -> Comment:
    """A question was answered, a doubt dealt with. A repeat changes nothing."""
    known = open_comment(books, comment_id, live_id)
    if known.done_at:
        return known
    after = replace(known, done_at=now)
    books.save_comment(after)
    return after


def sweep(books: Books, now: int) -> None:
    """Forget what was kept for as long as it may be."""
    books.sweep_comments(now - KEEP_COMMENTS, now - KEEP_GUESTS)
