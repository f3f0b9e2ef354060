"""Sentences the shop did not understand, kept without saying whose they were, and what a trainer
made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UnreadState = Literal["open", "assigned", "dropped"]

KEEP_OPEN_SECONDS = 365 * 24 * 3600
"""A sentence nobody said again and nobody taught goes after this long."""

KEEP_DROPPED_SECONDS = 30 * 24 * 3600
"""A sentence a trainer passed over goes after this long; until then she may take that back."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A scrubbed sentence, how often it came, and what it was found to mean.

    id: made from role and text, so that the same sentence is one row. text: scrubbed, at most 200
        characters. folded: the text without diacritics. role: `customer` or `seller` said it.
    source: the channel it first came over, `rehearse` for a rehearsal. intent, or product with
        alias: what it was assigned to. assigned_by: the trainer's account, also for one dropped.
    exported_at: when it was written to `intents/` or `catalog/`, 0 for not yet. Times: seconds
        UTC.
    """

    id: str
    text: str
    folded: str
    role: str
    count: int = 1
    first_at: int = 0
    last_at: int = 0
    source: str = ""
    state: UnreadState = "open"
    intent: str = ""
    product: str = ""
    alias: str = ""
    assigned_by: str = ""
    assigned_at: int = 0
    exported_at: int = 0
