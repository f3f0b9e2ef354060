"""The desk for comments of a platform: pasted, typed, or posted by a reader outside.

Each is read by the claim grammar and booked by one ledger command. A phone number in a comment is
noted with the guest and proves nothing: anybody can write anybody's. A guest becomes a person by
her claim's own link alone (`usecases.claims.join`), and what she claimed is confirmed by her
there, or by whoever helps in the live.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from bot.shop.claim import GUEST, Comment, Guest, claims_by_key
from bot.shop.comments import (
    MOST_AUTHOR,
    MOST_TEXT,
    PLATFORM,
    Posted,
    Taken,
    Wanted,
    author_key,
    platform_of,
)
from bot.shop.live import Live, LiveItem
from bot.shop.live_problems import BuyOnPlatform, LiveOver, NoSuchLive
from bot.shop.people import Person
from bot.shop.problems import NotAllowed, NotSeller, Problem
from bot.shop.product import Product, gone_product
from bot.talk.turn import Shop
from bot.understand.claims import CommentRead, OnAir, on_air, pick_of, read_comment
from bot.understand.comment_block import read_comments
from bot.usecases import comments

FOR_ALL = (NoSuchLive, LiveOver, BuyOnPlatform, NotAllowed, NotSeller)
"""Refusals that are about the live or the helper; every other leaves one comment to the helper."""
SAME_SECONDS = 5
"""Without an id of the platform, the same words of the same author within it are one comment."""
LONG_AGO = 24 * 3600
"""A time further back, or to come, is a slip of the reader; its comment came now."""
BREATH = 40
"""Comments read in a row before others have their turn."""


@dataclass(frozen=True, slots=True)
class _Show:
    """The live as it stands while a batch is read."""

    live: Live
    items: dict[str, LiveItem]
    air: OnAir


class CommentDesk:
    """One for the whole shop; keeps nothing."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    async def take(
        self, live_id: str, posted: Sequence[Posted], by: Person, *, sure: bool = False
    ) -> tuple[Taken, ...]:
        """What became of each, in their order. Raises NoSuchLive, LiveOver, BuyOnPlatform, and
        NotAllowed or NotSeller for who does not run this live.

        sure: the helper says what she means; what she has already is added to.
        """
        show = await self._show(live_id)
        tasks = []
        for n, one in enumerate(posted):
            if n % BREATH == BREATH - 1:
                await asyncio.sleep(0)
            tasks.append(asyncio.ensure_future(self._one(show, one, by, sure)))
        done = await asyncio.gather(*tasks, return_exceptions=True)
        for taken in done:
            if isinstance(taken, BaseException):
                raise taken
        return tuple(t for t in done if isinstance(t, Taken))

    async def paste(self, live_id: str, block: str, by: Person) -> tuple[Taken, ...]:
        """A block as it was copied, at most 500 lines. Pasted again, or overlapping, each comment
        is taken once. Raises as `take`.
        """
        live = (await self._show(live_id)).live
        platform = platform_of(live.link)
        return await self.take(live_id, tuple(_of_block(platform, block)), by)

    async def _show(self, live_id: str) -> _Show:
        live, items = await self._shop.records.read(
            lambda b: (b.live(live_id), b.items_of(live_id))
        )
        if live is None:
            raise NoSuchLive()
        by_code = {item.code: item for item in items}
        return _Show(live, by_code, on_air(items, self._shop.understanding.names))

    async def _one(self, show: _Show, posted: Posted, by: Person, sure: bool) -> Taken:
        posted = _cleaned(posted, platform_of(show.live.link))
        now, shop = self._shop.now(), self._shop
        read = _trusted(read_comment(posted.text, show.air), sure=sure)
        guest = _guest(posted, read, shop.hashed, now)
        wanted, why = self._wanted(show, read, named=bool(guest.id))
        kind = "doubt" if why else read.kind
        id_ = _id(show.live.id, posted, now)
        comment = Comment(
            id_, show.live.id, posted.platform, guest.id, guest.name, posted.text, kind,
            posted.at if now - LONG_AGO < posted.at <= now else now, why,
        )  # fmt: skip
        if kind == "other":
            comment = replace(comment, guest="", name="", text="")
        reads = (claims_by_key(show.live.id, guest.id),)
        try:
            taken = await shop.ledger.put(
                lambda b: comments.take(b, comment, guest, wanted, by, now, sure=sure), reads
            )
        except FOR_ALL:
            raise
        except Problem as problem:
            left = replace(comment, kind="doubt", why=problem.id.removeprefix("problem-")[:40])
            taken = await shop.ledger.put(lambda b: comments.take(b, left, guest, (), by, now))
        return replace(taken, posted=posted)

    def _wanted(
        self, show: _Show, read: CommentRead, *, named: bool
    ) -> tuple[tuple[Wanted, ...], str]:
        """What to book, or why a helper decides."""
        if read.kind != "claim":
            return (), read.why if read.kind == "doubt" else ""
        if not named:
            return (), "no-author"
        out = []
        for said in read.claims:
            item = show.items[said.code]
            pick = pick_of(self._product(item), item, said)
            if isinstance(pick, str):
                return (), pick
            out.append(Wanted(said.code, said.verb, pick))
        return tuple(out), ""

    def _product(self, item: LiveItem) -> Product:
        known = self._shop.catalogue().products.get(item.product)
        return known or gone_product(item.product)


def _trusted(read: CommentRead, *, sure: bool) -> CommentRead:
    """What is only odd because it is much is not odd any more when a helper says it."""
    large = sure and read.why == "large" and read.claims
    return replace(read, kind="claim", why="") if large else read


def _cleaned(posted: Posted, platform: str) -> Posted:
    """Within the limits of what is kept; a name for the platform if it has none of ours."""
    own = posted.platform.strip().lower()
    return Posted(
        own if PLATFORM.fullmatch(own) else platform,
        " ".join(_seen(posted.author).split())[:MOST_AUTHOR],
        _seen(posted.text).strip()[:MOST_TEXT],
        posted.at,
        posted.id.strip(),
    )


def _seen(text: str) -> str:
    """Without characters nobody sees and a database may refuse."""
    return "".join(c for c in text if c >= " " or c in "\n\t")


def _guest(posted: Posted, read: CommentRead, hashed: Callable[[str], str], now: int) -> Guest:
    """Who wrote it, known by the name or else by the phone number beside it; no id if nobody can
    tell.
    """
    who = posted.author or (f"tel {read.phone}" if read.phone else "")
    name = posted.author or read.name or (f"…{read.phone[-3:]}" if read.phone else "")
    mark = hashed(author_key(posted.platform, who))[:16] if who else ""
    id_ = f"{GUEST}{posted.platform}:{mark}" if mark else ""
    return Guest(id_, posted.platform, name, now, read.phone)


def _id(live: str, posted: Posted, now: int) -> str:
    """The platform's own, else by author, words and time; nothing of them can be read from it."""
    own = posted.id or f"{posted.author}\n{posted.text}\n{(posted.at or now) // SAME_SECONDS}"
    mark = blake2b(f"{live}\n{posted.platform}\n{own}".encode(), digest_size=12).hexdigest()
    return f"{posted.platform}:{mark}"


def _of_block(platform: str, block: str) -> Iterator[Posted]:
    """An app's block has no ids and no times to rely on: the first, second … time that an author
    wrote these words tells the comments apart.
    """
    counts: dict[tuple[str, str], int] = {}
    for one in read_comments(block):
        key = (one.author, " ".join(one.text.split()))
        counts[key] = counts.get(key, 0) + 1
        yield Posted(platform, one.author, one.text, 0, f"pasted {key} {counts[key]}")
