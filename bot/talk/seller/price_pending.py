"""Prices that wait for a seller's choice, in her session's form."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.talk.seller.pricing import Priced
from bot.talk.turn import Turn

KEPT = "prices"


class Kept(msgspec.Struct, frozen=True):
    """Every option that was offered by one message; `event` is that message's, `mark` stands in
    the ids of its choices.
    """

    mark: str
    event: str
    options: list[list[Priced]]


_kept = msgspec.json.Decoder(Kept)


def keep(turn: Turn, options: Sequence[Sequence[Priced]]) -> tuple[str, int]:
    """Add options of this turn; returns their mark and the number of the first."""
    known = turn.session.form.get(KEPT)
    kept = _kept.decode(known) if known else None
    if kept is None or kept.event != turn.heard.event_id:
        kept = Kept(turn.change_id(), turn.heard.event_id, [])
    every = [*kept.options, *(list(o) for o in options)]
    new = Kept(kept.mark, kept.event, every)
    turn.session.form[KEPT] = msgspec.json.encode(new).decode()
    return kept.mark, len(kept.options)


def pending(turn: Turn, mark: str) -> list[list[Priced]]:
    """What was offered under this mark. Raises KeyError for an older message's."""
    kept = _kept.decode(turn.session.form[KEPT])
    if kept.mark != mark:
        raise KeyError(mark)
    return kept.options
