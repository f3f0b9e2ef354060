"""The door to the claim grammar: what a comment under a live says.

Certain only where codes, amounts and the words of claiming are all there is: a claim that was
missed costs the helper a tap, one that nobody made holds goods.
"""

from __future__ import annotations

from bot.understand.comments.grammar import read_comment
from bot.understand.comments.picks import WhyNoPick, pick_of
from bot.understand.comments.said import (
    ClaimSaid,
    CommentRead,
    OnAir,
    SaidVerb,
    WhyDoubt,
    on_air,
)

__all__ = [
    "ClaimSaid",
    "CommentRead",
    "OnAir",
    "SaidVerb",
    "WhyDoubt",
    "WhyNoPick",
    "on_air",
    "pick_of",
    "read_comment",
]
