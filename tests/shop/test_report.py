"""Figures of a time: what counts, what it is compared with, and sums that agree to the đồng."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shop.hours import VIETNAM
from bot.shop.order import State
from bot.shop.report import (
    COUNTED,
    GroupBy,
    Part,
    Report,
    Sale,
    Span,
    Stretch,
    Sum,
    days_of,
    report_of,
    shares,
    stretch_of,
)

WHOLE: tuple[GroupBy, ...] = ("product", "household", "seller", "live")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=VIETNAM).timestamp())


NOW = at("2026-11-22T16:30")
"""A Sunday."""


@pytest.mark.parametrize(
    ("span", "since", "until", "before"),
    [
        ("today", "2026-11-22", "2026-11-23", ("2026-11-15", "2026-11-15T16:30:01")),
        ("yesterday", "2026-11-21", "2026-11-22", ("2026-11-14", "2026-11-15")),
        ("week", "2026-11-16", "2026-11-23", ("2026-11-09", "2026-11-15T16:30:01")),
        ("last_week", "2026-11-09", "2026-11-16", ("2026-11-02", "2026-11-09")),
        ("month", "2026-11-01", "2026-11-23", ("2026-10-01", "2026-10-22T16:30:01")),
        ("last_month", "2026-10-01", "2026-11-01", ("2026-09-01", "2026-10-01")),
        ("season", "2026-07-26", "2026-11-23", None),
    ],
)
def test_spans_are_vietnams_days_and_compared_with_as_much(
    span: Span, since: str, until: str, before: tuple[str, str] | None
) -> None:
    compared = (at(before[0]), at(before[1])) if before else None
    assert stretch_of(span, NOW) == Stretch(at(since), at(until), compared)


def test_a_long_month_is_compared_with_all_of_a_short_one() -> None:
    assert stretch_of("month", at("2027-03-31T12:00")).before == (
        at("2027-02-01"),
        at("2027-03-01"),
    )
    assert stretch_of("last_month", at("2027-01-05T12:00")).since == at("2026-12-01")


def test_just_after_midnight_it_is_a_new_day() -> None:
    before, after = stretch_of("today", at("2026-11-22T23:59:59")), at("2026-11-23")
    assert before.until == after == stretch_of("today", after).since
    assert stretch_of("week", after).since == after, "and on Monday a new week"


def test_days_are_whole_and_the_last_one_is_in() -> None:
    got = days_of(date(2026, 11, 1), date(2026, 11, 30))
    assert got == Stretch(at("2026-11-01"), at("2026-12-01"))


def sale(state: State = "packed", vnd: int = 100, placed: int = NOW, **more: object) -> Sale:
    parts = more.pop("parts", (Part("na", 1000, vnd),))
    return Sale("X", "s", state, placed, more.pop("paid", False), parts, **more)  # type: ignore[arg-type]


def today(*sales: Sale, by: GroupBy = "product") -> Report:
    return report_of(sales, stretch_of("today", NOW), by)


@pytest.mark.parametrize(
    ("state", "paid", "where"),
    [
        ("placed", False, "open"),
        ("confirmed", False, "open"),
        ("placed", True, "sold"),
        ("packed", False, "sold"),
        ("shipped", False, "sold"),
        ("delivered", True, "sold"),
        ("returned", False, "returned"),
        ("returned", True, "returned"),
    ],
)
def test_what_counts_as_turnover(state: State, paid: bool, where: str) -> None:
    got = today(sale(state, 70, paid=paid))
    figures = {"sold": got.sold, "open": got.open, "returned": got.returned}
    assert figures == {n: Sum(1, 70) if n == where else Sum() for n in figures}
    assert len(got.groups) == (where == "sold")


def test_abandoned_orders_are_not_even_asked_for() -> None:
    assert not {"cancelled", "refused", "lapsed"} & COUNTED


def test_what_is_only_in_the_time_before_has_a_bar_too() -> None:
    earlier = sale(placed=NOW - 7 * 86400, parts=(Part("mận", 500, 60),))
    later = sale(placed=NOW - 7 * 86400 + 60, parts=(Part("đào", 500, 90),))
    got = today(sale(vnd=10), earlier, later)
    assert got.before == Sum(1, 60), "what came later that day does not count against today"
    assert [(g.key, g.vnd, g.before) for g in got.groups] == [("na", 10, 0), ("mận", 0, 60)]


def test_nothing_is_compared_in_a_season() -> None:
    got = report_of([sale()], stretch_of("season", NOW))
    assert got.before is None
    assert got.groups[0].before is None


def test_a_part_is_shared_by_weight_and_no_dong_is_lost() -> None:
    part = Part("na", 3000, 100, (("a", 1000), ("b", 1000), ("c", 1000)))
    assert list(shares(part)) == [("a", 1000, 33), ("b", 1000, 33), ("c", 1000, 34)]
    assert list(shares(Part("na", 3000, 99, (("a", 1000),)))) == [
        ("a", 1000, 33),
        ("own", 2000, 66),
    ]
    assert list(shares(Part("na", 1000, 50))) == [("own", 1000, 50)]


amounts = st.integers(1, 50_000)
parts = st.builds(
    Part,
    st.sampled_from(["na", "mận", "đào"]),
    amounts,
    st.integers(0, 5_000_000),
    st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), amounts), max_size=3).map(tuple),
)
sales = st.builds(
    Sale,
    st.text("XYZ", min_size=9, max_size=9),
    st.sampled_from(["s", "t"]),
    st.sampled_from(sorted(COUNTED)),
    st.integers(NOW - 20 * 86400, NOW),
    st.booleans(),
    st.lists(parts, min_size=1, max_size=3).map(tuple),
    st.sampled_from(["", "live-1"]),
)


@given(st.lists(sales, max_size=12), st.sampled_from(["today", "week", "month", "season"]))
def test_every_grouping_adds_up_to_the_same_dong(known: list[Sale], span: Span) -> None:
    for by in WHOLE:
        got = report_of(known, stretch_of(span, NOW), by)
        assert sum(g.vnd for g in got.groups) == got.sold.vnd, by
        if got.before is not None:
            assert sum(g.before or 0 for g in got.groups) == got.before.vnd, by
        here = [s for s in known if stretch_of(span, NOW).since <= s.placed_at]
        whole = (got.sold, got.open, got.returned)
        assert sum(x.vnd for x in whole) == sum(s.vnd for s in here)
        assert sum(x.orders for x in whole) == len(here)
