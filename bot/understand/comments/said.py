"""What a comment under a live says: who claims how much of which code, or why nobody can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.shop.claim import CommentKind
from bot.shop.live import LiveItem
from bot.understand.gazetteer import Gazetteer
from bot.understand.pieces import Measure

SaidVerb = Literal["claim", "more", "set", "cancel"]
"""claim: so much of it. more: so much beside what she has (a claim if she has none). set: so much
in all instead of what she has. cancel: none of it any more.
"""

WhyDoubt = Literal[
    "", "two-readings", "unknown-code", "which-goods", "no-code", "amount", "large", "words",
    "tells-others", "already", "asks-too", "either", "swap", "corrects", "refuses", "only-phone",
    "number", "too-long",
]  # fmt: skip
"""Why a helper decides.

two-readings: a code or a number can be read two ways (`a 1 kg`, `A1 A1`, `A1 ++`). unknown-code:
a code that is not on air. which-goods: an amount that several codes may own, or goods that fit
none or several. no-code: she wants something and does not say what. amount: none, zero, vague, a
part of a whole thing, or a number that may be money. large: a bare number nobody claims. words:
more is said than a claim says. tells-others: others are told to buy. already: something that was,
not is, claimed. asks-too: a claim and a question. either: one or the other. swap: one for
another. corrects: something was wrong. refuses: a no whose meaning is open. only-phone: a phone
number and nothing else. number: a number that is neither amount, code nor phone. too-long.
"""


@dataclass(frozen=True, slots=True)
class OnAir:
    """What a live sells: each code (`A1`) with its product, in the order of the list.

    names: of the catalogue, to read goods that are named instead of a code; None reads codes only.
    """

    goods: tuple[tuple[str, str], ...] = ()
    names: Gazetteer | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.goods)


def on_air(items: Iterable[LiveItem], names: Gazetteer | None = None) -> OnAir:
    """The goods of a live as a comment may name them; codes that are off are unknown."""
    return OnAir(tuple((x.code.upper(), x.product) for x in items if not x.off), names)


@dataclass(frozen=True, slots=True)
class ClaimSaid:
    """One code of a comment.

    n: a number without a unit, counted in the live item's offer. measure: an amount with a unit.
    At most one of them; neither: none was said, which is one for `claim` and `more`. `pick_of`
    makes what the ledger takes of it.
    """

    code: str
    verb: SaidVerb = "claim"
    n: int = 0
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class CommentRead:
    """kind: `claim` may act at once: every code is on air and nothing else was said. `doubt`
    waits for the helper and says why; its claims are the best guess, to be offered, not done.
    `question`: no claim in it. `other`: praise, greetings, nothing for the shop.

    phone: ten digits, empty if none; of any kind of comment. name: as typed behind "tên", else
    empty. unknown: codes that are not on air, as "B7".
    """

    kind: CommentKind = "other"
    claims: tuple[ClaimSaid, ...] = ()
    phone: str = ""
    name: str = ""
    why: WhyDoubt = ""
    unknown: tuple[str, ...] = ()
