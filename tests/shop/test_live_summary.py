"""What a live came to: minutes from its log, money from its claims, whatever their number."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.shop.claim import Claim, ClaimState
from bot.shop.follow import Follow
from bot.shop.live import LONGEST, Live, LiveItem, LiveNote
from bot.shop.live_summary import MADE, MINUTE, LiveSummary, Portion, binned, summary_of

NOW = 1_795_435_200
END = NOW + 3600
LIVE = Live("l1", "x", NOW, "over", "t:x", NOW - 9000, started_at=NOW, ended_at=END)
ITEMS = (LiveItem("l1", "A1", "a", "", 1000, 0), LiveItem("l1", "A2", "b", "1kg", 1, 0))


def claim(n: int, state: ClaimState, code: str = "A1", **more: object) -> Claim:
    known = {"amount": 1000, "wanted": 1000, "vnd": 50_000, "person": f"t:{n}"}
    of: dict[str, object] = {**known, **more}
    return Claim(
        f"c-{n:010d}", "l1", "x", n, code, "a" if code == "A1" else "b", "", 1,
        state=state, at=NOW + n, **of,  # type: ignore[arg-type]
    )  # fmt: skip


def note(number: int, at: int, kind: str = "claimed") -> LiveNote:
    return LiveNote("l1", at, kind, number, "A1", "a", 1000, 50_000)


def told(
    *claims: Claim,
    notes: tuple[LiveNote, ...] = (),
    follows: tuple[Follow, ...] = (),
    orders: tuple[str, ...] = (),
    live: Live = LIVE,
    now: int = END,
) -> LiveSummary:
    return summary_of(live, ITEMS, claims, notes, follows, orders, now)


def test_a_live_without_a_claim() -> None:
    s = told()
    assert (s.claims, s.buyers, s.peak, s.most, s.orders) == (0, 0, 0, 0, Portion())
    assert s.minutes == (0,) * 61
    assert [x.claimed for x in s.codes] == [Portion(), Portion()]


def test_one_claim() -> None:
    s = told(claim(1, "confirmed"), notes=(note(1, NOW + 125),))
    assert (s.claims, s.buyers, s.most, s.peak) == (1, 1, 1, NOW + 120)
    assert (s.minutes[2], sum(s.minutes)) == (1, 1)
    assert s.codes[0].sold == s.codes[0].claimed == Portion(1000, 50_000)


def test_what_became_of_claims() -> None:
    s = told(
        claim(1, "ordered", order="ZJ1"),
        claim(2, "confirmed"),
        claim(3, "held"),
        claim(4, "offered", code="A2"),
        claim(5, "queued"),
        claim(6, "passed"),
        claim(7, "expired"),
        claim(8, "cancelled"),
        orders=("ZJ1",),
    )
    first, second = s.codes
    one = Portion(1000, 50_000)
    assert first.sold == one + one
    assert (first.held, first.expired, first.lost) == (one, one, one + one)
    assert first.claimed == Portion(7000, 350_000), "with what was taken back"
    assert (second.held, second.claimed, second.lost) == (one, one, Portion())
    assert s.orders == Portion(1, 50_000)
    assert s.buyers == 4
    assert s.vnd(lambda x: x.sold) == 100_000


def test_a_part_that_was_not_there_is_lost_until_she_says() -> None:
    asked = claim(1, "asked", wanted=5000, amount=2000, vnd=100_000)
    assert told(asked).codes[0].lost == Portion(3000, 150_000)
    assert told(asked).codes[0].claimed == Portion(5000, 250_000)
    assert told(claim(1, "confirmed", wanted=5000, amount=2000)).codes[0].lost == Portion()


def test_an_order_that_was_called_off_sold_nothing() -> None:
    two = (claim(1, "ordered", order="ZJ1"), claim(2, "ordered", order="ZJ2"))
    s = told(*two, orders=("ZJ2",))
    assert s.orders == Portion(1, 50_000)
    assert s.codes[0].sold == Portion(1000, 50_000)
    assert s.buyers == 1


def test_lines_of_one_order_are_one_order() -> None:
    mine = [claim(n, "ordered", order="ZJ1", person="t:an") for n in range(1, 4)]
    s = told(*mine, orders=("ZJ1",))
    assert (s.orders, s.buyers) == (Portion(1, 150_000), 1)


def test_a_part_split_off_and_a_claim_served_later_count_once() -> None:
    notes = (note(1, NOW + 1, "asked"), note(1, NOW + 90, "queued"), note(2, NOW + 70, "queued"),
             note(2, NOW + 200, "offered"), note(2, NOW + 220, "confirmed"))  # fmt: skip
    s = told(notes=notes)
    assert s.claims == 2
    assert s.minutes[:3] == (1, 1, 0)


def test_claims_before_and_after_are_named_apart() -> None:
    s = told(notes=(note(1, NOW - 500), note(2, NOW), note(3, END), note(4, END + 1)))
    assert (s.early, s.late, s.claims, sum(s.minutes)) == (1, 1, 4, 2)


def test_new_followers_are_of_the_time_on_air_and_one_each() -> None:
    def follow(person: str, live: str, at: int) -> Follow:
        return Follow(person, "x", live, "1", "vi", at)

    mine = (follow("a", "", NOW), follow("a", "l1", NOW + 5), follow("b", "l1", END),
            follow("c", "", NOW - 1), follow("d", "", END + 1))  # fmt: skip
    assert told(follows=mine).followers == 2


def test_a_live_that_still_runs_ends_now_and_one_nobody_ended_after_the_longest() -> None:
    runs = Live("l1", "x", NOW, "on_air", "t:x", 0, started_at=NOW)
    assert told(live=runs, now=NOW + 300).ended == NOW + 300
    forgotten = told(live=runs, now=NOW + 40 * LONGEST)
    assert forgotten.ended == NOW + LONGEST
    assert len(forgotten.minutes) == LONGEST // MINUTE + 1
    planned = Live("l1", "x", NOW, "planned", "t:x", 0)
    assert told(live=planned, now=NOW - 999).minutes == (0,)


def test_ten_thousand_claims() -> None:
    states: tuple[ClaimState, ...] = get_args(ClaimState)
    claims = [claim(n, states[n % len(states)], "A1" if n % 3 else "A2") for n in range(1, 10_001)]
    notes = tuple(note(n, NOW + n // 5) for n in range(1, 10_001))
    s = told(*claims, notes=notes)
    assert (s.claims, sum(s.minutes), s.most) == (10_000, 10_000, 300)
    assert sum(x.claimed.amount for x in s.codes) == 10_000 * 1000
    columns, width = binned(s.minutes, 60)
    assert (sum(columns), width, len(columns)) == (10_000, 2, 31)


@given(st.lists(st.integers(0, 50), max_size=800).map(tuple), st.integers(1, 60))
def test_columns_hold_every_minute(minutes: tuple[int, ...], most: int) -> None:
    columns, width = binned(minutes, most)
    assert len(columns) <= most
    assert sum(columns) == sum(minutes)
    assert (len(columns) - 1) * width < max(1, len(minutes)) <= max(1, len(columns) * width)


MADE_CLAIMS = st.lists(
    st.tuples(st.sampled_from(get_args(ClaimState)), st.integers(1, 9000), st.integers(0, 10**6)),
    max_size=30,
)


@given(MADE_CLAIMS)
def test_nothing_is_counted_twice(made: list[tuple[ClaimState, int, int]]) -> None:
    claims = [
        claim(n, state, amount=amount, wanted=amount, vnd=vnd, order="Z" * (state == "ordered"))
        for n, (state, amount, vnd) in enumerate(made)
    ]
    [of, _] = told(*claims, orders=("Z",)).codes
    back = [c for c in claims if c.state == "cancelled"]
    parts = of.sold + of.held + of.lost + of.expired
    assert parts + Portion(sum(c.amount for c in back), sum(c.vnd for c in back)) == of.claimed


def test_claims_begin_with_these_notes_only() -> None:
    assert {"claimed", "asked", "queued"} == MADE
