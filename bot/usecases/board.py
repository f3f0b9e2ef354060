"""The live board: the links that open it, and the figures it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from bot.shop import stock
from bot.shop.board import MOST_ASKS, MOST_CLAIMS, OPEN_AFTER, BoardRole, Pass
from bot.shop.claim import Claim, Comment
from bot.shop.live import LONGEST, Live, LiveItem
from bot.shop.live_problems import NoSuchClaim
from bot.shop.people import Link, Person
from bot.shop.product import Prices, Product
from bot.shop.roles import Grant, Right
from bot.usecases import lives
from bot.usecases.ports import Books

Hashed = Callable[[str], str]
ROLES: tuple[BoardRole, ...] = ("view", "help")
LINK = "board:"
"""Purpose of a board's link: `board:<live>:<role>`. A spent one was taken back; its row stays, so
that the next number is the next token."""

MOST_RENEWALS = 500
KEPT = lives.FARTHEST + 30 * 24 * 3600
MINUTE = 60


def token_of(live: str, role: BoardRole, n: int, hashed: Hashed) -> str:
    """The n-th token of a role: nobody guesses it, and it need not be kept to be shown again."""
    return hashed(f"board {live} {role} {n}")


def tokens(books: Books, live_id: str, by: Person, hashed: Hashed, now: int) -> tuple[str, str]:
    """To look at, and to help; made at the first call. A ledger command. Raises NoSuchLive,
    NotYourOrder.
    """
    lives.of_seller(books, live_id, by)
    view, help_ = (_current(books, live_id, role, hashed, now) for role in ROLES)
    return view, help_


def renew(books: Books, live_id: str, by: Person, hashed: Hashed, old: str, now: int) -> None:
    """Both links open nothing any more, new ones do; open boards notice.

    old: how the hash of the helper's token begins that is to be replaced, so that a second tap
    changes nothing. Raises NoSuchLive, NotYourOrder.
    """
    live = lives.of_seller(books, live_id, by)
    current = [_current(books, live_id, role, hashed, now) for role in ROLES]
    if not old or not hashed(current[1]).startswith(old):
        return
    for token in current:
        link = books.link(hashed(token))
        if link is not None:
            books.save_link(replace(link, spent_at=now))
    books.save_live(live)  # counts the tick on


def _current(books: Books, live: str, role: BoardRole, hashed: Hashed, now: int) -> str:
    for n in range(MOST_RENEWALS):
        token = token_of(live, role, n, hashed)
        link = books.link(hashed(token))
        if link is None:
            purpose = f"{LINK}{live}:{role}"
            books.save_link(Link(hashed(token), purpose, now + KEPT, once=False))
        if link is None or not link.spent_at:
            return token
    raise KeyError(live)


def opened(books: Books, hashed: str, now: int) -> Pass | None:
    """What a token opens; None for none, one taken back, or a live long over."""
    link = books.link(hashed)
    if link is None or link.spent_at or link.until < now or not link.purpose.startswith(LINK):
        return None
    live_id, _, role = link.purpose.removeprefix(LINK).rpartition(":")
    live = books.live(live_id)
    if live is None or now > (live.ended_at or live.starts_at + LONGEST) + OPEN_AFTER:
        return None
    return Pass(live.id, live.seller, cast(BoardRole, role))


def helper(opened: Pass, now: int) -> Person:
    """Who acts when somebody acts on a board: whoever has its helper's link."""
    rights = int(Right.LIVE | Right.ORDERS) if opened.role == "help" else 0
    id_ = f"{LINK}{opened.live}"
    return Person(id_, opened.seller, grants=(
        Grant(id_, opened.seller, "helper", rights, "shop", now),
    ))  # fmt: skip


def of_live(books: Books, claim_id: str, live_id: str) -> Claim:
    """A board's link is for one live. Raises NoSuchClaim for a claim of another."""
    found = books.claim(claim_id)
    if found is None or found.live != live_id:
        raise NoSuchClaim()
    return found


@dataclass(frozen=True, slots=True)
class CodeSight:
    item: LiveItem
    product: Product
    prices: Prices
    left: int
    queue: int


@dataclass(frozen=True, slots=True)
class Sight:
    """What a board is made of. names: of those in our chats who ordered here before."""

    live: Live
    codes: tuple[CodeSight, ...]
    claims: tuple[Claim, ...]
    goods: dict[str, Product]
    names: dict[str, str]
    asks: tuple[Comment, ...]
    asking: int
    total: int
    minute: int


def sight(books: Books, live_id: str, now: int) -> Sight:
    """Everything at one moment. Raises NoSuchLive."""
    live = lives.find(books, live_id)
    claims = books.claims_shown(live_id, MOST_CLAIMS)
    counts, sums = books.claim_counts(live_id, now - MINUTE), books.claim_sums(live_id)
    asks = sorted(books.open_comments(live_id), key=lambda c: (c.at, c.id))
    chats = list(dict.fromkeys(c.person for c in claims if not c.is_guests))
    known = books.receivers_of(live.seller, chats) if chats else {}
    return Sight(
        live,
        tuple(_code(books, i, *sums.get(i.code, (0, 0))) for i in books.items_of(live_id)),
        claims,
        {c.product: books.goods(c.product) for c in claims},
        {person: name for person, (name, _) in known.items()},
        tuple(asks[:MOST_ASKS]),
        len(asks),
        counts[0],
        counts[1],
    )


def _code(books: Books, item: LiveItem, taken: int, queue: int) -> CodeSight:
    free = stock.level(books.lots(item.product)).free
    left = min(free, item.cap - taken) if item.cap else free
    product, prices = books.goods(item.product), books.prices(item.product)
    return CodeSight(item, product, prices, max(0, left), queue)
