"""Comments of a live that a helper pastes or types: what was booked, and what only she can tell.

A block is booked comment by comment; pasted again, each is taken once. What the grammar does not
read for certain waits here, one question at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.shop.claim import OPEN_CLAIMS, Claim, Comment
from bot.shop.comments import Posted, Taken
from bot.shop.links import claim_code, links_of
from bot.shop.roles import Right
from bot.shop.says import Choice, Field, Say
from bot.talk.comments import CommentDesk
from bot.talk.seller import live_find as find
from bot.talk.seller.live_claims import line
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.usecases import comments

A_PAGE = 5
MOST_LINES = 4
MOST_COPIED = 20
MARK = 16
"""Characters of a comment's id that its buttons carry; it is looked for among the open ones."""
AMOUNTS = (1, 2, 3, 4, 5)
WHY = frozenset(
    {"two-readings", "unknown-code", "which-goods", "no-code", "amount", "already", "again",
     "no-author", "only-phone", "no-claim"}
)  # fmt: skip
"""Reasons that are worded on their own; the others are "not clear"."""


async def paste(turn: Turn, live_id: str = "") -> list[Say]:
    """Ask for the comments, or book the block that came."""
    if not live_id:
        turn.words = ""
        live = await find.current(turn)
        if live is None:
            return [Say("live-none", choices=(Choice("lv", "choice-live-new"), BACK))]
        live_id = live.id
    live, _ = await find.one(turn, live_id)
    done = Choice(f"live:{live_id}", "choice-live-open")
    turn.ask(f"dan:{live_id}")
    if not turn.words:
        return [Say("live-paste-ask", find.at_of(live), choices=(done, BACK))]
    block, turn.words = turn.words, ""
    taken = await CommentDesk(turn.shop).paste(live_id, block, await turn.who())
    return [_pasted(turn, live_id, taken)]


def _pasted(turn: Turn, live_id: str, taken: Sequence[Taken]) -> Say:
    """How many claims, questions and doubts; the first claims and doubts themselves."""
    new = [t for t in taken if not t.again]
    counts: dict[str, Field] = {
        "claims": sum(len(t.claims) for t in new),
        "questions": sum(t.kind == "question" for t in new),
        "doubts": sum(t.kind == "doubt" for t in new),
        "again": len(taken) - len(new),
    }
    booked = [c for t in new for c in t.claims]
    lines = [line(turn, c) for c in booked[:MOST_LINES]]
    doubts = [t for t in new if t.kind == "doubt"]
    lines += [_doubt_line(t.posted.author, t.posted.text) for t in doubts[:MOST_LINES]]
    first = [
        Choice(f"ld:{live_id}:{mark_of(t.comment)}", "choice-live-doubt", _who(t.posted.author))
        for t in doubts[:MOST_LINES]
    ]
    guests = any(c.is_guests and c.state in OPEN_CLAIMS for c in booked)
    copy = (Choice(f"lct:{live_id}", "choice-live-copy"),) if guests else ()
    rest = (Choice(f"ld:{live_id}", "choice-live-comments"),) if len(doubts) > len(first) else ()
    see = Choice(f"live:{live_id}", "choice-live-open")
    id_ = "live-pasted" if new else ("live-pasted-again" if taken else "live-pasted-nothing")
    return Say(id_, counts, tuple(lines), (*first, *rest, *copy, see, BACK))


def mark_of(comment_id: str) -> str:
    return comment_id.rpartition(":")[2][:MARK]


def _who(name: str) -> dict[str, Field]:
    return {"who": name}


def _doubt_line(name: str, text: str) -> Say:
    short = " ".join(text.split())[:80]
    return Say("live-doubt-line" if name else "live-doubt-line-bare", {"who": name, "text": short})


# one after the other


async def waiting(turn: Turn, live_id: str, mark: str = "") -> list[Say]:
    """Comments nobody has dealt with, or one of them; words are what she takes it to mean."""
    _, items = await find.one(turn, live_id)
    open_ = await turn.shop.records.read(lambda b: b.open_comments(live_id))
    if not mark:
        return [_listed(live_id, open_)]
    found = next((c for c in open_ if mark_of(c.id) == mark), None)
    if found is None:
        return [Say("live-comment-done", choices=_on(live_id))]
    if turn.words:
        words, turn.words = turn.words, ""
        return await _meant(turn, found, words)
    codes = [x.code for x in items if not x.off]
    return [_shown(turn, found, codes)]


def _listed(live_id: str, open_: Sequence[Comment]) -> Say:
    if not open_:
        return Say("live-comments-none", choices=_on(live_id)[1:])
    shown = sorted(open_, key=lambda c: c.kind != "doubt")[:A_PAGE]
    lines = tuple(_doubt_line(c.name, c.text) for c in shown)
    choices = tuple(
        Choice(f"ld:{live_id}:{mark_of(c.id)}", "choice-live-doubt", _who(c.name)) for c in shown
    )
    return Say("live-comments", {"n": len(open_)}, lines, (*choices, *_on(live_id)[1:]))


def _on(live_id: str) -> tuple[Choice, ...]:
    return (
        Choice(f"ld:{live_id}", "choice-live-comments"),
        Choice(f"live:{live_id}", "choice-live-open"),
        BACK,
    )


def _shown(turn: Turn, found: Comment, codes: Sequence[str]) -> Say:
    """The comment word for word, why it is open, and what it may mean."""
    of = f"{found.live}:{mark_of(found.id)}"
    why = found.why if found.why in WHY else "words"
    lines = [] if found.kind == "question" else [Say(f"live-why-{why}")]
    claims = [
        Choice(f"ldc:{of}:{code}", "choice-live-means", {"code": code}) for code in codes[:A_PAGE]
    ]
    if found.kind == "question" or not found.guest:
        claims = []
    done = "choice-live-answered" if found.kind == "question" else "choice-live-no-claim"
    turn.ask(f"ld:{of}")
    line_ = _doubt_line(found.name, found.text)
    choices = (*claims, Choice(f"ldx:{of}", done), *_on(found.live)[:1], BACK)
    return Say(line_.id, line_.fields, tuple(lines), choices)


async def means(turn: Turn, live_id: str, mark: str, code: str, n: str = "") -> list[Say]:
    """It claims this code; how many?"""
    _, items = await find.one(turn, live_id)
    known = {x.code for x in items if not x.off}
    if code not in known or (n and not n.isdecimal()):
        raise KeyError(code)
    open_ = await turn.shop.records.read(lambda b: b.open_comments(live_id))
    found = next((c for c in open_ if mark_of(c.id) == mark), None)
    if found is None:
        return [Say("live-comment-done", choices=_on(live_id))]
    if n:
        return await _meant(turn, found, f"{code} x{n}")
    line_ = _doubt_line(found.name, found.text)
    choices = tuple(
        Choice(f"ldc:{live_id}:{mark}:{code}:{k}", "choice-live-n", {"n": k}) for k in AMOUNTS
    )
    turn.ask(f"ld:{live_id}:{mark}")
    return [Say("live-means-number", {"code": code}, (line_,), (*choices, BACK))]


async def _meant(turn: Turn, found: Comment, words: str) -> list[Say]:
    """What she says of it is booked for whoever wrote it; then it is dealt with."""
    posted = Posted(found.platform, found.name, words, found.at, f"helper {found.id} {words}")
    who, now = await turn.who(), turn.now
    (taken,) = await CommentDesk(turn.shop).take(found.live, [posted], who, sure=True)
    if taken.kind != "claim":
        again = comments.put_aside
        await turn.shop.ledger.put(lambda b: again(b, taken.comment, found.live, now))
        turn.ask(f"ld:{found.live}:{mark_of(found.id)}")
        return [Say("live-means-again", {"text": words[:40]}, choices=_on(found.live))]
    await turn.shop.ledger.put(lambda b: comments.put_aside(b, found.id, found.live, now))
    lines = tuple(line(turn, c) for c in taken.claims)
    copy = _copy(taken.claims)
    return [Say("live-meant", {}, lines, (*copy, *_on(found.live)))]


def _copy(made: Sequence[Claim]) -> tuple[Choice, ...]:
    first = next((c for c in made if c.is_guests), None)
    return (Choice(f"lc:{first.id}:link", "choice-live-claim-link"),) if first else ()


async def aside(turn: Turn, live_id: str, mark: str) -> list[Say]:
    """Answered, or no claim. A repeat changes nothing."""
    await find.one(turn, live_id)
    open_ = await turn.shop.records.read(lambda b: b.open_comments(live_id))
    found = next((c for c in open_ if mark_of(c.id) == mark), None)
    if found is not None:
        of, now = found.id, turn.now
        await turn.shop.ledger.put(lambda b: comments.put_aside(b, of, live_id, now))
    left = [c for c in open_ if c is not found]
    return [Say("live-comment-done"), _listed(live_id, left)]


# texts to copy


async def texts(turn: Turn, live_id: str) -> list[Say]:
    """For each guest whose claim waits, a line with its own link, to copy under the comment."""
    await find.one(turn, live_id)
    found = await turn.shop.records.read(lambda b: b.claims_in(live_id))
    open_ = [c for c in found if c.is_guests and c.state in OPEN_CLAIMS][-MOST_COPIED:]
    lines = []
    for claim in open_:
        links = links_of(claim_code(claim.id, turn.shop.hashed), turn.shop.found_at())
        if links:
            fields: dict[str, Field] = {
                "who": claim.name,
                "number": f"{claim.number:03d}",
                "code": claim.code,
                "link": links[0][1],
            }
            lines.append(Say("live-copy-line", fields))
    return [Say("live-copy" if lines else "live-copy-none", {}, tuple(lines), _on(live_id)[1:])]


ROUTES: Routes = {
    "dan": for_seller(screen(paste, views=1), Right.LIVE),
    "ld": for_seller(screen(waiting, views=2), Right.LIVE),
    "ldc": for_seller(screen(means, views=3), Right.LIVE),
    "ldx": for_seller(act(aside), Right.LIVE),
    "lct": for_seller(screen(texts, views=1), Right.LIVE),
}
