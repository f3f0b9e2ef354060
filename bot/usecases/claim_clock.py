"""What the clock does to claims: it warns, ends holds, and gives the goods to the queue."""

from __future__ import annotations

from dataclasses import replace

from bot.shop.live import WARN_SECONDS
from bot.usecases import claim_holds, claim_letters
from bot.usecases.ports import Books
from bot.usecases.restock import tell_waiting


def expire(books: Books, now: int) -> tuple[str, ...]:
    """Holds whose time is over give their goods to the queue; each is told. Those that end soon
    are spoken of once.
    """
    over = books.ending_claims(now - 1)
    for known in over:
        after = claim_holds.ended(books, known, "expire", "shop", now)
        claim_holds.note(books, after, "expired", now)
        claim_letters.expired(books, known, books.goods(known.product), now)
    for product in {c.product for c in over}:
        tell_waiting(books, product, now)
    _warn(books, now)
    return tuple(c.id for c in over)


def _warn(books: Books, now: int) -> None:
    for known in books.ending_claims(now + WARN_SECONDS):
        if known.warned or known.state == "offered":
            continue
        books.save_claim(replace(known, warned=now))
        claim_letters.ends_soon(books, known, books.goods(known.product), now)
