"""`bench broadcast`, small: real workers, one killed with SIGKILL, and what arrived is counted.
Nothing here is about how fast or how even it was.
"""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import replace

import pytest

from bot.commands.bench_broadcast import Plan, measure_broadcast
from bot.commands.bench_broadcast_app import Seen, worst_second
from bot.commands.bench_broadcast_report import BroadcastReport, judge, print_broadcast
from bot.commands.bench_broadcast_worker import Shifted
from bot.commands.bench_report import Effect
from bot.settings import Settings

TINY = Plan(people=200, rate=100, kills=1, speed=10)


@pytest.fixture(scope="module")
def tiny(models_dir: object) -> BroadcastReport:
    settings = replace(Settings(), models_dir=os.environ["MODELS_DIR"])
    return asyncio.run(measure_broadcast(settings, TINY))


def test_a_killed_worker_loses_nothing_and_sends_no_ad_twice(tiny: BroadcastReport) -> None:
    letters = 200 + 20 + 2
    found = {e.what: e.counted for e in tiny.effects}
    assert tiny.kills == 1
    assert found.pop("said to be sent, and arrived") >= letters - 2 * 8 - 8
    assert found == {
        "letters written": letters,
        "letters that did not end": 0,
        "lost": 0,
        "broadcasts and reminders twice": 0,
        "news of orders more than twice": 0,
        "to people who blocked us, and not said so": 0,
        "calls into an ordered silence": 0,
    }
    assert tiny.right
    assert tiny.silences == 1


def test_who_is_in_doubt_is_named(
    tiny: BroadcastReport, capsys: pytest.CaptureFixture[str]
) -> None:
    """At most what one worker had on its way when it was killed."""
    assert len(tiny.uncertain) <= 8
    print_broadcast(tiny, as_json=True)
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["uncertain"] == tiny.uncertain
    assert all(name in said.err for name in tiny.uncertain)
    assert told["effects"]["lost"] == [0, 0]
    assert told["right"] is True


def _row(chat: int, kind: str, state: str) -> dict[str, str]:
    return {"to": f"tg:{chat}", "kind": kind, "state": state, "why": ""}


def test_what_is_lost_doubled_or_unsaid_is_wrong() -> None:
    seen = Seen(arrived={"1 broadcast": 2, "2 order": 3, "4 broadcast": 1})
    rows = [
        _row(1, "broadcast", "sent"),
        _row(2, "order", "sent"),
        _row(3, "broadcast", "sent"),
        _row(4, "broadcast", "uncertain"),
        _row(5, "reminder", "todo"),
        _row(6, "reminder", "uncertain"),
        _row(9, "broadcast", "sent"),
    ]
    report = BroadcastReport(7, 30, 0)
    judge(report, seen, {9}, rows, 8)
    assert not report.right
    assert {e.what: (e.expected, e.counted) for e in report.effects} == {
        "letters written": (8, 7),
        "letters that did not end": (0, 1),
        "lost": (0, 2),
        "broadcasts and reminders twice": (0, 1),
        "news of orders more than twice": (0, 1),
        "said to be sent, and arrived": (4, 2),
        "to people who blocked us, and not said so": (0, 1),
        "calls into an ordered silence": (0, 0),
    }
    assert report.uncertain == {"broadcast tg:4": True, "reminder tg:6": False}


def test_a_budget_that_is_not_kept_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    report = BroadcastReport(10, 30, 4, worst=32, effects=[Effect("lost", 0, 1)])
    print_broadcast(report, as_json=False)
    told = capsys.readouterr().out
    assert "worst second 32 calls, 106.7% of the rate, at most 105%: NOT KEPT" in told
    assert "lost: 1 of 0 WRONG" in told


@pytest.mark.parametrize(
    ("moments", "worst"),
    [([], 0), ([5.0], 1), ([0.0, 0.5, 0.999, 1.0, 1.2], 4), ([0.0, 1.0, 2.0], 1)],
)
def test_the_worst_second(moments: list[float], worst: int) -> None:
    assert worst_second(moments) == worst


def test_a_clock_that_is_shifted_and_hurries() -> None:
    clock = Shifted(1_000_000, 0.0, 2.0)
    again = Shifted.of_words(*clock.words())
    assert again == clock
    assert again.now() >= 1_000_000
