"""What the live board shows, and what a helper may do on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from bot.shop.claim import ClaimState, CommentKind
from bot.shop.comments import Taken
from bot.shop.live import LiveState

BoardRole = Literal["view", "help"]
"""view: to look at, on a second phone. help: to work with."""

OPEN_AFTER = 7 * 24 * 3600
"""A board's links open nothing so long after its live."""
MOST_CLAIMS, MOST_ASKS = 60, 40
"""Newest claims on the board, and oldest questions and doubts."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What a board's link opens."""

    live: str
    seller: str
    role: BoardRole


@dataclass(frozen=True, slots=True)
class BoardCode:
    """A code on air. left: base units that can still be claimed; shown: the same in words, the
    number first. queue: how many wait.
    """

    code: str
    name: str
    price: str
    left: int
    shown: str
    queue: int
    off: bool


@dataclass(frozen=True, slots=True)
class BoardClaim:
    """`number` as it was told. name: empty for a customer in our own chats nobody knows yet.
    chat: she reads the shop's messages; others are told by the helper. waits: for a yes that the
    helper may say. at, until: seconds UTC.
    """

    id: str
    number: int
    code: str
    amount: str
    money: str
    name: str
    chat: bool
    state: ClaimState
    waits: bool
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class BoardAsk:
    """A question nobody answered, or a comment that a helper decides about, and why."""

    id: str
    kind: CommentKind
    name: str
    text: str
    why: str
    at: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board at one moment. total: claims so far; minute: in the last minute;
    queue: how many wait; asking: questions and doubts, those beyond MOST_ASKS among them.
    """

    live: str
    state: LiveState
    title: str
    total: int
    minute: int
    queue: int
    asking: int
    codes: tuple[BoardCode, ...]
    claims: tuple[BoardClaim, ...]
    asks: tuple[BoardAsk, ...]


ActVerb = Literal["yes", "no", "say", "instead", "paste", "done", "code"]
"""yes, no: to a claim. say: a comment that was typed. instead: what an unclear comment means, in
words that can be read. paste: a block. done: a question or doubt is dealt with. code: off or on.
"""


@dataclass(frozen=True, slots=True)
class Act:
    """What a helper does. key: made by the page; the same key again is the same act."""

    key: str
    do: ActVerb
    claim: str = ""
    comment: str = ""
    code: str = ""
    off: bool = False
    author: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an act. refused: a sentence for the helper, why it was not done."""

    taken: tuple[Taken, ...] = ()
    refused: str = ""


def for_viewers(board: Board) -> Board:
    """Without what is nobody's business but the helper's: who in our chats claimed, and phone
    numbers in comments.
    """
    claims = tuple(replace(c, name="") if c.chat else c for c in board.claims)
    asks = tuple(replace(a, text=masked(a.text)) for a in board.asks)
    return replace(board, claims=claims, asks=asks)


_NUMBER = re.compile(r"\d(?:[\s.\-]?\d){7,}")


def masked(text: str) -> str:
    """Long numbers, as phones are, keep their last three digits."""
    return _NUMBER.sub(lambda m: f"•••{re.sub(r'[^0-9]', '', m[0])[-3:]}", text)
