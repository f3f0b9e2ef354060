"""The table of moves, and Vietnam's hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import product
from typing import get_args

import pytest

from bot.shop.hours import VIETNAM, in_hours, next_in_hours
from bot.shop.order import MOVES, Order, Receiver, State, Verb, moved
from bot.shop.problems import FeeOpen, NeedsCall, WrongMove

ORDER = Order(
    "ZJ4K2P9QJ", "co", "p", "s", "placed", (), Receiver("", "", "", 1, ""), 0, "post", (1, 3), 0, 0
)


@pytest.mark.parametrize(("state", "verb"), list(product(get_args(State), get_args(Verb))))
def test_every_move_is_allowed_or_refused(state: State, verb: Verb) -> None:
    order = replace(ORDER, state=state)
    if (state, verb) in MOVES:
        assert moved(order, verb, 5).state == MOVES[state, verb]
    else:
        with pytest.raises(WrongMove):
            moved(order, verb, 5)


def test_cancelling_ends_with_packing() -> None:
    assert {s for s, v in MOVES if v == "cancel"} == {"placed", "confirmed"}


def test_what_must_be_settled_first() -> None:
    with pytest.raises(FeeOpen):
        moved(replace(ORDER, quote="wanted"), "confirm", 5)
    with pytest.raises(NeedsCall):
        moved(replace(ORDER, state="confirmed", needs_call=True), "pack", 5)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        ("2026-11-22T06:59", "2026-11-22T07:00"),
        ("2026-11-22T07:00", "2026-11-22T07:00"),
        ("2026-11-22T21:59", "2026-11-22T21:59"),
        ("2026-11-22T22:00", "2026-11-23T07:00"),
        ("2026-12-31T23:30", "2027-01-01T07:00"),
    ],
)
def test_decent_hours(at: str, then: str) -> None:
    def seconds(text: str) -> int:
        return int(datetime.fromisoformat(text).replace(tzinfo=VIETNAM).timestamp())

    assert next_in_hours(seconds(at)) == seconds(then)
    assert in_hours(seconds(at)) is (at == then)
