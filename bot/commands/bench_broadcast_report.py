"""What `bench broadcast` tells: what arrived, what SQL says of it, and how even the pace was."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

from bot.commands.bench_broadcast_app import Seen, worst_second
from bot.commands.bench_broadcast_shop import FINAL, Row
from bot.commands.bench_report import Effect, machine

MOST_IN_A_SECOND = 1.05
"""Of the rate, in the worst second."""
SHOWN = 100


@dataclass(slots=True)
class BroadcastReport:
    """took: seconds from the yes to the last call. uncertain: letters nobody knows of, by name;
    True if the stand-in saw them arrive. waits: seconds from writing to arriving, by kind, sorted.
    stood_still: seconds at most in which the stand-in was not able to note a call at its moment.
    """

    people: int
    rate: float
    kills: int
    took: float = 0.0
    calls: int = 0
    worst: int = 0
    silences: int = 0
    stood_still: float = 0.0
    effects: list[Effect] = field(default_factory=list)
    uncertain: dict[str, bool] = field(default_factory=dict)
    waits: dict[str, Sequence[float]] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return all(e.expected == e.counted for e in self.effects)

    @property
    def even(self) -> bool:
        return self.worst <= self.rate * MOST_IN_A_SECOND

    def as_json(self) -> dict[str, Any]:
        return {
            "machine": machine(),
            "people": self.people,
            "rate": self.rate,
            "kills": self.kills,
            "took": round(self.took, 1),
            "calls": self.calls,
            "worst_second": self.worst,
            "worst_share": round(self.worst / self.rate, 3),
            "silences": self.silences,
            "stand_in_stood_still_ms": round(self.stood_still * 1e3),
            "wait_s": {k: [round(_part(w, p), 2) for p in (0.5, 1)] for k, w in self._waited()},
            "effects": {e.what: [e.counted, e.expected] for e in self.effects},
            "uncertain": self.uncertain,
            "right": self.right,
        }

    def _waited(self) -> list[tuple[str, Sequence[float]]]:
        return [(kind, waits) for kind, waits in self.waits.items() if waits]


def judge(
    report: BroadcastReport,
    seen: Seen,
    blocked: Collection[int],
    rows: Sequence[Row],
    written: int,
) -> None:
    """Fill in what the stand-in saw and what SQL says. blocked: chats that take nothing. written:
    letters there must be.
    """
    report.calls, report.worst = len(seen.calls), worst_second(seen.calls)
    report.silences, report.stood_still = seen.ordered, seen.stood_still
    report.took = seen.calls[-1] - seen.calls[0] if seen.calls else 0.0
    came = [(r, seen.times(_chat(r), r["kind"])) for r in rows]
    report.uncertain = {
        f"{r['kind']} {r['to']}": times > 0 for r, times in came if r["state"] == "uncertain"
    }
    report.effects = [*_letters(came, written), *_people(came, blocked, seen)]


Came = Sequence[tuple[Row, int]]
"""Letters as SQL has them, and how often each arrived."""


def _letters(came: Came, written: int) -> list[Effect]:
    ads = [times for row, times in came if row["kind"] != "order"]
    orders = [times for row, times in came if row["kind"] == "order"]
    sent = [times for row, times in came if row["state"] == "sent"]
    return [
        Effect("letters written", written, len(came)),
        Effect("letters that did not end", 0, sum(r["state"] not in FINAL for r, _ in came)),
        Effect("said to be sent, and arrived", len(sent), sum(times > 0 for times in sent)),
        Effect("broadcasts and reminders twice", 0, sum(times > 1 for times in ads)),
        Effect("news of orders more than twice", 0, sum(times > 2 for times in orders)),
    ]


def _people(came: Came, blocked: Collection[int], seen: Seen) -> list[Effect]:
    sure = [(_chat(row), row, times) for row, times in came if row["state"] != "uncertain"]
    lost = [row for chat, row, times in sure if not times and chat not in blocked]
    unsaid = [row for chat, row, _ in sure if chat in blocked and row["state"] != "blocked"]
    return [
        Effect("lost", 0, len(lost)),
        Effect("to people who blocked us, and not said so", 0, len(unsaid)),
        Effect("calls into an ordered silence", 0, seen.intruders),
    ]


def _chat(row: Row) -> int:
    return int(row["to"].partition(":")[2])


def _part(waits: Sequence[float], part: float) -> float:
    return waits[min(len(waits) - 1, int(len(waits) * part))]


def print_broadcast(report: BroadcastReport, *, as_json: bool) -> None:
    """Lines for people; with `as_json` those go to stderr and one line of JSON to stdout."""
    console = Console(stderr=as_json, highlight=False)
    console.print(machine())
    console.print(
        f"{report.people} followers at {report.rate:g} a second: {report.calls} calls in "
        f"{report.took:.0f} s; a worker killed {report.kills} times; {report.silences} times 429"
    )
    kept = "kept" if report.even else "NOT KEPT"
    console.print(
        f"budget  worst second {report.worst} calls, {report.worst / report.rate:.1%} of the "
        f"rate, at most {MOST_IN_A_SECOND:.0%}: {kept}"
    )
    console.print(f"the stand-in itself stood still for {report.stood_still * 1e3:.0f} ms at most")
    for kind, waits in report._waited():
        console.print(f"waited  {kind} p50 {_part(waits, 0.5):.2f} s, most {waits[-1]:.2f} s")
    for e in report.effects:
        same = "ok" if e.expected == e.counted else "WRONG"
        console.print(f"effects {e.what}: {e.counted} of {e.expected} {same}")
    console.print(f"uncertain {len(report.uncertain)}, {_knows(report)} of them did arrive")
    for name, seen in list(report.uncertain.items())[:SHOWN]:
        console.print(f"  {name}: {'arrived' if seen else 'did not arrive'}", markup=False)
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False))


def _knows(report: BroadcastReport) -> int:
    return sum(report.uncertain.values())
