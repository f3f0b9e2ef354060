"""Hours to go live at: most people's, then hers, once she has sold in a few lives."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.hours import VIETNAM, local
from bot.shop.live import Live
from bot.shop.live_slots import BEST_HOURS, ENOUGH, MOST, PastLive, best_hours, past_of, suggested
from bot.shop.order import State
from bot.shop.report import Part, Sale

HOUR, DAY = 3600, 24 * 3600


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=VIETNAM).timestamp())


NOON = at("2026-11-22T12:00")


def past(hour: float, vnd: int, days: int = 1, hours: float = 1) -> PastLive:
    began = at("2026-11-22T00:00") - days * DAY + int(hour * HOUR)
    return PastLive(began, began + int(hours * HOUR), vnd)


def hours_of(moments: tuple[int, ...]) -> list[str]:
    return [f"{local(x):%d-%H}" for x in moments]


def test_at_first_most_peoples_hours() -> None:
    assert hours_of(suggested(at("2026-11-22T08:00"))) == ["22-10", "22-20", "22-21", "23-10"]
    assert hours_of(suggested(NOON)) == ["22-20", "22-21", "23-10", "23-20"]
    assert hours_of(suggested(at("2026-11-22T23:00"))) == ["23-10", "23-20", "23-21"]
    for moment in suggested(NOON):
        assert any(first <= local(moment).hour < last for first, last in BEST_HOURS)


def test_two_lives_are_chance_three_are_a_habit() -> None:
    few = [past(15, 9_000_000, days=n) for n in range(1, ENOUGH)]
    assert best_hours(few) == ()
    assert suggested(NOON, few) == suggested(NOON)
    enough = [*few, past(15, 9_000_000, days=9)]
    assert best_hours(enough) == (15,)
    assert "22-15" in hours_of(suggested(NOON, enough))
    assert "22-20" in hours_of(suggested(NOON, enough))


def test_lives_that_sold_nothing_show_no_habit() -> None:
    assert best_hours([past(15, 0, days=n) for n in range(1, 9)]) == ()


def test_the_dearest_by_the_hour_not_the_longest() -> None:
    lives = [
        past(8, 4_000_000, days=1, hours=4),
        past(19, 2_500_000, days=2, hours=1),
        past(14, 900_000, days=3, hours=1),
        past(14, 0, days=4, hours=1),
    ]
    assert best_hours(lives) == (19, 8, 14)


def test_a_few_minutes_count_for_an_hour() -> None:
    quick = past(9, 300_000, hours=0.1)
    lives = [quick, past(19, 400_000, days=2), past(19, 400_000, days=3)]
    assert best_hours(lives)[0] == 19


def test_ten_minutes_early_is_that_hours() -> None:
    lives = [past(19.85, 1_000_000, days=n) for n in (1, 2, 3)]
    assert best_hours(lives) == (20,)


def test_nights_are_advised_to_nobody() -> None:
    assert best_hours([past(2, 1_000_000, days=n) for n in (1, 2, 3)]) == ()


lives = st.lists(
    st.builds(
        lambda began, seconds, vnd: PastLive(began, began + seconds, vnd),
        st.integers(NOON - 100 * DAY, NOON),
        st.integers(0, 6 * HOUR),
        st.integers(0, 50_000_000),
    ),
    max_size=20,
)


@given(st.integers(NOON - DAY, NOON + DAY), lives)
def test_always_a_few_hours_to_come_in_order(now: int, known: list[PastLive]) -> None:
    found = suggested(now, known)
    assert 1 < len(found) <= MOST
    assert list(found) == sorted(set(found))
    assert all(now < x < now + 2 * DAY for x in found)
    assert all(local(x).minute == 0 for x in found)


def sale(live: str, vnd: int, state: State = "placed") -> Sale:
    return Sale("ZJ", "x", state, NOON, False, (Part("a", 1, vnd),), live)


@pytest.mark.parametrize("state", ["planned", "on_air", "cancelled"])
def test_only_what_is_over_is_past(state: str) -> None:
    open_ = Live("1", "x", NOON, state, "t:x", 0, started_at=NOON)  # type: ignore[arg-type]
    assert past_of([open_], [sale("1", 5)]) == ()


def test_a_past_live_has_the_money_of_its_orders() -> None:
    over = Live("1", "x", NOON, "over", "t:x", 0, started_at=NOON, ended_at=NOON + HOUR)
    never = Live("2", "x", NOON, "over", "t:x", 0, ended_at=NOON + HOUR)
    sales = [sale("1", 5), sale("1", 7), sale("1", 90, "returned"), sale("", 400), sale("2", 1)]
    assert past_of([over, never], sales) == (PastLive(NOON, NOON + HOUR, 12),)
