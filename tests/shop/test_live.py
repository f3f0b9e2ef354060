"""When followers are told of a live, and which codes its goods get."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.hours import VIETNAM, in_hours
from bot.shop.live import AIR_SECONDS, Live, due_rung, next_code, told_at
from bot.shop.live_problems import LiveOver


def at(day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM).timestamp())


def live(starts: int, state: str = "planned", told: str = "", **more: int) -> Live:
    return Live("l1", "x", starts, state, "t:x", 0, told=told, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "rung"),
    [
        (at(23, 18, 59), None),
        (at(23, 19), "evening"),
        (at(23, 21, 59), "evening"),
        (at(23, 22), None),
        (at(24, 8), None),
        (at(24, 19, 44), None),
        (at(24, 19, 45), "soon"),
        (at(24, 19, 59), "soon"),
        (at(24, 20), None),
    ],
)
def test_the_ladder_before_a_live_at_eight_in_the_evening(now: int, rung: str | None) -> None:
    found = due_rung(live(at(24, 20)), now)
    assert (found[0] if found else None) == rung


def test_on_air_is_news_for_an_hour_and_never_after_the_end() -> None:
    running = live(at(24, 20), "on_air", started_at=at(24, 20, 5))
    assert due_rung(running, at(24, 20, 5)) == ("air", at(24, 21, 5))
    assert due_rung(running, at(24, 20, 5) + AIR_SECONDS) is None
    over = live(at(24, 20), "over", started_at=at(24, 20, 5), ended_at=at(24, 20, 30))
    assert due_rung(over, at(24, 20, 31)) is None


def test_nothing_late_in_the_evening_and_what_began_then_is_cut_at_ten() -> None:
    late = live(at(24, 22, 30), "on_air", started_at=at(24, 22, 30))
    assert due_rung(late, at(24, 22, 31)) is None
    assert told_at(live(at(24, 23)), "soon") == 0
    nearly = live(at(24, 21, 30), "on_air", started_at=at(24, 21, 30))
    assert due_rung(nearly, at(24, 21, 31)) == ("air", at(24, 22))


def test_a_rung_that_was_told_is_not_told_again_but_a_moved_live_tells_anew() -> None:
    known = live(at(24, 20)).with_told("evening")
    assert due_rung(known, at(23, 20)) is None
    moved = live(at(24, 21), told=known.told, moved=1)
    assert due_rung(moved, at(23, 20)) == ("evening", at(23, 22))


def test_a_live_planned_late_is_told_by_the_next_rung_only() -> None:
    tonight = live(at(24, 20))
    assert due_rung(tonight, at(24, 15)) is None
    assert due_rung(tonight, at(24, 19, 50)) == ("soon", at(24, 20))


def test_a_live_in_the_morning_has_its_evening_before() -> None:
    assert due_rung(live(at(24, 10)), at(23, 19)) == ("evening", at(23, 22))


@given(st.integers(at(23, 0), at(26, 0)), st.integers(at(22, 0), at(26, 0)))
def test_never_outside_the_hours_and_never_after_it_is_of_use(starts: int, now: int) -> None:
    for state in ("planned", "on_air"):
        found = due_rung(live(starts, state, started_at=starts), now)
        if found:
            rung, until = found
            assert in_hours(now)
            assert now < until
            assert until <= (starts + AIR_SECONDS if rung == "air" else starts)


def test_codes_are_the_next_free_ones() -> None:
    assert next_code(frozenset()) == "A1"
    assert next_code(frozenset({"A1", "A2"})) == "A3"
    nine = frozenset(f"A{n}" for n in range(1, 10))
    assert next_code(nine) == "B1"
    every = frozenset(f"{a}{n}" for a in "ABCDEGHKLMNPRSTUVXY" for n in range(1, 10))
    with pytest.raises(LiveOver):
        next_code(every)
