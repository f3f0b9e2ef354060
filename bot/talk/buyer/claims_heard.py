"""Which words claim something in a live, and in which live; what they say is booked by
`claiming.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.shop.live import Live, LiveItem
from bot.talk.buyer.my_claims import SEEN
from bot.talk.turn import Turn
from bot.understand.claims import CommentRead, on_air, read_comment
from bot.understand.fold import fold
from bot.usecases.ports import Books

MOST_TEXT = 300
MOST_DOUBT = 60
"""Letters; a longer message that is no clear claim is read for what else it means."""
AHEAD = 24 * 3600
"""A code of a live nobody looked at is taken so long before it."""
CODE = re.compile(r"(?<![a-z0-9])([a-z]) ?[-.]? ?(\d{1,2})(?!\d)")
NOT_HERS = frozenset({"tells-others", "already", "only-phone"})


@dataclass(frozen=True, slots=True)
class Heard:
    """What the words say of one live. rank: 0 the one on the screen, 1 on air, 2 soon."""

    live: Live
    items: tuple[LiveItem, ...]
    read: CommentRead
    rank: int


async def heard(turn: Turn) -> str:
    """The route of words that claim something in a live; empty if they do not."""
    text = turn.heard.text.strip()
    asking = turn.session.asking
    named = turn.heard.kind == "text" and len(text) <= MOST_TEXT and CODE.search(fold(text))
    if not named or turn.session.seller or (asking[:2] == "a:" and asking != "a:phone"):
        return ""
    found = await read(turn, text)
    if not any(h.read.kind == "claim" for h in found):
        found = await read(turn, text, anew=True)
    sure = [h for h in found if h.read.kind == "claim" and h.read.claims]
    if asking[:3] == "ce:" and await _answers_change(turn, asking[3:], sure):
        return ""
    best = [h for h in sure if h.rank == min(x.rank for x in sure)]
    best = [h for h in best if h.live.buys == "chat"] or best
    if best:
        return f"cw:{best[0].live.id}" if len(best) == 1 else "cw"
    near = next((h for h in found if h.rank < 2), None)
    return _unsure(near, text) if near and not asking else ""


async def _answers_change(turn: Turn, claim_id: str, sure: list[Heard]) -> bool:
    """Whether "A1 5kg" answers how much of A1 she wants, instead of claiming it once more."""
    known = await turn.shop.records.read(lambda b: b.claim(claim_id))
    codes = {c.code for h in sure for c in h.read.claims}
    return known is not None and codes <= {known.code}


def _unsure(near: Heard, text: str) -> str:
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


async def read(turn: Turn, text: str, *, anew: bool = False) -> list[Heard]:
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
            out.append(Heard(live, items, read_comment(text, on_air(items, names)), rank))
    return sorted(out, key=lambda h: h.rank)


def _late(books: Books, live_id: str) -> dict[str, tuple[Live, tuple[LiveItem, ...]]]:
    """The live she looked at has just ended."""
    live = books.live(live_id)
    return {live.id: (live, books.items_of(live.id))} if live else {}
