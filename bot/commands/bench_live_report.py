"""What `bench live` tells: how long people waited, and what stands in SQL afterwards."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from sqlalchemy import select

from bot.commands.bench_live_ledger import LedgerFigures
from bot.commands.bench_live_shop import GRAMS, LIVE
from bot.commands.bench_report import SHOWN_PROBLEMS, Effect, machine
from bot.settings import Settings
from bot.shop.claim import HOLDING
from bot.stores.sql import tables, tables_live
from bot.stores.sql.engine import make_engine

MOST_P95 = 2.0
LEAST_A_SECOND = 20_000
MOST_P99_MS = 50
Row = Mapping[str, Any]


@dataclass(slots=True)
class LiveReport:
    """waits: seconds of everybody, sorted. cpu_ms: of the server, for each claim."""

    people: int
    seconds: float
    took: float
    waits: Sequence[float]
    cpu_ms: float = 0.0
    memory_mb: float = 0.0
    effects: list[Effect] = field(default_factory=list)
    pasted: list[Effect] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    ledger: LedgerFigures | None = None

    @property
    def right(self) -> bool:
        same = all(e.expected == e.counted for e in (*self.effects, *self.pasted))
        return same and not self.stuck and not (self.ledger and self.ledger.wrong)

    def waited(self, part: float) -> float:
        """Seconds at most that this part of the people waited."""
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * part))]

    def as_json(self) -> dict[str, Any]:
        return {
            "machine": machine(),
            "people": self.people,
            "seconds": self.seconds,
            "took": round(self.took, 1),
            "wait_s": {f"p{p}": round(self.waited(p / 100), 3) for p in (50, 95, 99)},
            "cpu_ms": round(self.cpu_ms, 3),
            "memory_mb": round(self.memory_mb, 1),
            "ledger": asdict(self.ledger) if self.ledger else None,
            "effects": {e.what: [e.counted, e.expected] for e in self.effects},
            "pasted": {e.what: [e.counted, e.expected] for e in self.pasted},
            "stuck": self.stuck[:SHOWN_PROBLEMS],
            "right": self.right,
        }


def counted(folder: Path, shown: Sequence[str]) -> list[Effect]:
    """Expected and counted, from the database of the shop in `folder`; shown: the last message
    each claimant saw.
    """
    engine = make_engine(Settings(data_dir=folder / "data").sql_url, writer=False)
    with engine.connect() as conn:
        x = tables_live.claims.c
        query = select(tables_live.claims).where(x.live == LIVE, x.comment == "")
        claims: list[Row] = [dict(r) for r in conn.execute(query.order_by(x.number)).mappings()]
        product = next(iter(c["product"] for c in claims), "")
        query_lots = select(tables.lots).where(tables.lots.c.product == product)
        lots: list[Row] = [dict(r) for r in conn.execute(query_lots).mappings()]
    engine.dispose()
    return [*_claims(claims, shown), *_goods(claims, lots)]


def _claims(claims: Sequence[Row], shown: Sequence[str]) -> list[Effect]:
    people, states = len(shown), Counter(c["state"] for c in claims)
    seen = Counter(shown)
    holding = [c["number"] for c in claims if c["state"] in HOLDING]
    waiting = [c["number"] for c in claims if c["state"] == "queued"]
    passed_over = sum(n < max(holding, default=0) for n in waiting)
    numbers = {c["number"] for c in claims}
    return [
        Effect("claims", people, len(claims)),
        Effect("claimants", people, len({c["person"] for c in claims})),
        Effect("numbers, 1 to the last", people, len(numbers & set(range(1, people + 1)))),
        Effect("answers: held", states["held"], seen["claim-held"]),
        Effect("answers: a part is there", states["asked"], seen["claim-asked"]),
        Effect("answers: in the queue", states["queued"], seen["claim-queued"]),
        Effect("served before somebody earlier", 0, passed_over),
    ]


def _goods(claims: Sequence[Row], lots: Sequence[Row]) -> list[Effect]:
    """Base units claims hold, and what the lots say."""
    held = sum(c["amount"] for c in claims if c["state"] in HOLDING)
    wanted = sum(c["wanted"] for c in claims)
    left = sum(
        lot["brought"] + lot["counted"]
        - lot["held"] - lot["sold"] - lot["spoiled"] - lot["returned"]
        for lot in lots
    )  # fmt: skip
    return [
        Effect("grams held", min(GRAMS, wanted), held),
        Effect("grams held by the lots", held, sum(lot["held"] for lot in lots)),
        Effect("grams sold twice", 0, max(0, held - GRAMS)),
        Effect("grams left", max(0, GRAMS - wanted), left),
    ]


def _print_ledger(found: LedgerFigures, console: Console) -> None:
    fast, soon = found.per_second >= LEAST_A_SECOND, found.p99_ms <= MOST_P99_MS
    console.print(
        f"budget  ledger alone {found.per_second:,.0f} claims/s, at least {LEAST_A_SECOND:,}: "
        + ("kept" if fast else "NOT KEPT")
    )
    console.print(
        f"budget  ledger at 1,000 claims/s p99 {found.p99_ms:.1f} ms, at most {MOST_P99_MS}: "
        + ("kept" if soon else "NOT KEPT")
    )


def print_live(report: LiveReport, *, as_json: bool) -> None:
    """Lines for people; with `as_json` those go to stderr and one line of JSON to stdout."""
    console = Console(stderr=as_json, highlight=False)
    console.print(machine())
    console.print(
        f"{report.people} people claimed within {report.seconds:g} s; "
        f"the last was answered after {report.took:.1f} s"
    )
    p50, p95, p99 = (report.waited(p) for p in (0.5, 0.95, 0.99))
    kept = "kept" if p95 <= MOST_P95 else "NOT KEPT"
    console.print(f"waited  p50 {p50:.3f} s, p95 {p95:.3f} s, p99 {p99:.3f} s")
    console.print(f"budget  p95 {p95:.3f} s, at most {MOST_P95:g}: {kept}")
    if report.ledger:
        _print_ledger(report.ledger, console)
    console.print(f"server  {report.cpu_ms:.2f} ms a claim, {report.memory_mb:.0f} MB")
    for name, effects in (("effects", report.effects), ("pasted", report.pasted)):
        for e in effects:
            same = "ok" if e.expected == e.counted else "WRONG"
            console.print(f"{name} {e.what}: {e.counted} of {e.expected} {same}")
    for stuck in report.stuck[:SHOWN_PROBLEMS]:
        console.print(f"stuck   {stuck}", markup=False)
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
