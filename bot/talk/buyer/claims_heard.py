"""Which words claim something in a live, and in which live; what they say is booked by
`claiming.py`.
"""

from __future__ import annotations

import re

from bot.shop.live import Live, LiveItem
from bot.talk.buyer.my_claims import SEEN
from bot.talk.turn import ShowRead, Turn
from bot.understand.claims import on_air, read_comment
from bot.understand.fold import fold
from bot.usecases.ports import Books

MOST_TEXT = 300
MOST_DOUBT = 60
"""Letters; a longer message that is no clear claim is read for what else it means."""
AHEAD = 24 * 3600
"""A code of a live nobody looked at is taken so long before it."""
CODE = re.compile(r"(?<![a-z0-9])([a-z]) ?[-.]? ?(\d{1,2})(?!\d)")
SAYS_CLAIM = re.compile(r"(?<![a-z0-9])(?:chot|lay|mua|order)(?![a-z0-9])")
MAY_BE_CODE = frozenset({"a:address", "a:note"})
"""Questions that "A1" by itself may answer."""
NOT_HERS = frozenset({"tells-others", "already", "only-phone"})


async def heard(turn: Turn) -> str:
    """The route of words that claim something in a live; empty if they do not."""
    text = turn.heard.text.strip()
    asking = turn.session.asking
    named = turn.heard.kind == "text" and len(text) <= MOST_TEXT and CODE.search(fold(text))
    if not named or turn.session.seller:
        return ""
    found = turn.shows_read = await _read_once(turn, text)
    sure = [h for h in found if h.read.kind == "claim" and h.read.claims]
    if asking in MAY_BE_CODE and not any(_in_so_many_words(h, text) for h in sure):
        return ""
    if asking[:3] == "ce:" and await _answers_change(turn, asking[3:], sure):
        return ""
    best = [h for h in sure if h.rank == min(x.rank for x in sure)]
    best = [h for h in best if h.live.buys == "chat"] or best
    if best:
        return f"cw:{best[0].live.id}" if len(best) == 1 else "cw"
    near = next((h for h in found if h.rank < 2), None)
    return _unsure(near, text) if near and not asking else ""


async def _read_once(turn: Turn, text: str) -> list[ShowRead]:
    """By the last glance where that shows every code that was said, else read anew."""
    found = await read(turn, text)
    if any(h.read.kind == "claim" for h in found):
        return found
    said = codes_in(text)
    known = any(said <= {i.code for i in h.items if not i.off} for h in found)
    return found if known else await read(turn, text, anew=True)


def _in_so_many_words(shown: ShowRead, text: str) -> bool:
    """Whether this is a claim and cannot be a house or a flat."""
    amounts = any(c.measure for c in shown.read.claims)
    return amounts or bool(SAYS_CLAIM.search(fold(text)))


async def _answers_change(turn: Turn, claim_id: str, sure: list[ShowRead]) -> bool:
    """Whether "A1 5kg" answers how much of A1 she wants, instead of claiming it once more."""
    known = await turn.shop.records.read(lambda b: b.claim(claim_id))
    codes = {c.code for h in sure for c in h.read.claims}
    return known is not None and codes <= {known.code}


def _unsure(near: ShowRead, text: str) -> str:
    """A doubtful claim of a code on air is asked about, a question about one answered."""
    comment, codes = near.read, {i.code for i in near.items if not i.off}
    said = codes_in(text)
    if said & codes and (comment.kind == "question" or near.live.buys == "platform"):
        return f"live:{near.live.id}"
    if comment.kind != "doubt" or comment.why in NOT_HERS or len(text) > MOST_DOUBT:
        return ""
    guessed = said & codes and comment.claims
    return f"cd:{near.live.id}" if guessed or comment.unknown else ""


def codes_in(text: str) -> set[str]:
    """What looks like a code, on air or not."""
    return {f"{m[1]}{m[2]}".upper() for m in CODE.finditer(fold(text))}


async def read(turn: Turn, text: str, *, anew: bool = False) -> list[ShowRead]:
    """The words against every live that may be meant, the likeliest first."""
    shows = {show[0].id: show for show in await turn.shop.open_lives(turn.now, anew=anew)}
    seen = turn.session.form.get(SEEN, "")
    if seen and anew and seen not in shows:
        shows |= await turn.shop.records.read(lambda b: _late(b, seen))
    names = turn.shop.understanding.names
    out = []
    for live, items in shows.values():
        rank = 0 if live.id == seen else 1 if live.state == "on_air" else 2
        if rank < 2 or live.starts_at - turn.now < AHEAD:
            out.append(ShowRead(live, items, read_comment(text, on_air(items, names)), rank))
    return sorted(out, key=lambda h: h.rank)


def _late(books: Books, live_id: str) -> dict[str, tuple[Live, tuple[LiveItem, ...]]]:
    """The live she looked at has just ended."""
    live = books.live(live_id)
    return {live.id: (live, books.items_of(live.id))} if live else {}
