"""What `bench turns` tells: figures by kind of turn, ratios, effects counted, the machine."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.commands.bench_driver import Phase

WEB_TAP, TELEGRAM_TAP, ECHO_TAP = "web tap", "telegram tap", "echo tap"
LEAST_ECHO_TO_WEB = 4.0
MOST_TELEGRAM_TO_ECHO = 1.0
MOST_WEB_TAP_MS = 0.25
MOST_MEMORY_MB = {"web": 100.0, "telegram": 270.0}
SHOWN_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One kind of turn: milliseconds of processor (median of rounds) and of waiting."""

    turns: int
    cpu_ms: float
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that must have happened exactly so often."""

    what: str
    expected: int
    counted: int


@dataclass(slots=True)
class Report:
    """Everything one run found."""

    talks: int
    rounds: int
    figures: dict[str, Figure] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    memory_mb: dict[str, float] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        """Every effect counted as expected and nobody stuck."""
        return not self.stuck and all(e.expected == e.counted for e in self.effects)

    def ratios(self) -> dict[str, float]:
        """Echo to web (at least 4 wanted) and Telegram to echo (at most 1 wanted), by CPU."""
        cpu = {name: figure.cpu_ms for name, figure in self.figures.items()}
        return {
            "echo_to_web": cpu[ECHO_TAP] / cpu[WEB_TAP],
            "telegram_to_echo": cpu[TELEGRAM_TAP] / cpu[ECHO_TAP],
        }

    def as_json(self) -> dict[str, Any]:
        return {
            "machine": machine(),
            "talks": self.talks,
            "rounds": self.rounds,
            "turns": {name: _rounded(f) for name, f in self.figures.items()},
            "ratios": {name: _number(ratio, 2) for name, ratio in self.ratios().items()},
            "memory_mb": {name: round(mb, 1) for name, mb in self.memory_mb.items()},
            "effects": {e.what: [e.counted, e.expected] for e in self.effects},
            "stuck": self.stuck[:SHOWN_PROBLEMS],
            "right": self.right,
        }


def _rounded(figure: Figure) -> dict[str, float | None]:
    return {
        "turns": figure.turns,
        "cpu_ms": _number(figure.cpu_ms, 3),
        "p50_ms": _number(figure.p50_ms, 2),
        "p99_ms": _number(figure.p99_ms, 2),
    }


def _number(value: float, digits: int) -> float | None:
    """Null in JSON for what could not be measured."""
    return None if isnan(value) else round(value, digits)


def figure_of(phases: Sequence[Phase]) -> Figure:
    """One kind of turn over all rounds; a round in which nobody got that far says nothing."""
    waits = sorted(wait for phase in phases for wait in phase.waits)
    costs = [phase.cpu / len(phase.waits) for phase in phases if phase.waits]
    if not waits:
        return Figure(0, float("nan"), float("nan"), float("nan"))
    p99 = waits[min(len(waits) - 1, len(waits) * 99 // 100)]
    return Figure(len(waits), median(costs) * 1e3, median(waits) * 1e3, p99 * 1e3)


def machine() -> str:
    """Processor, cores and Python, as they stand beside the figures."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} {platform.machine()}"
    return f"{_processor()}, {os.cpu_count()} cores, {system}, {python}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown processor"


def print_report(report: Report, *, as_json: bool) -> None:
    """A table for people; with `as_json` that goes to stderr and one line of JSON to stdout."""
    _print_table(report, Console(stderr=as_json))
    if as_json:
        print(json.dumps(report.as_json(), ensure_ascii=False))


def _print_table(report: Report, console: Console) -> None:
    console.print(f"{machine()}; {report.talks} talks at once, medians of {report.rounds} rounds")
    console.print(_turns(report.figures))
    for line in _verdicts(report):
        console.print(line, highlight=False)
    for name, mb in report.memory_mb.items():
        console.print(_memory(name, mb), highlight=False)
    for effect in report.effects:
        same = "ok" if effect.expected == effect.counted else "WRONG"
        line = f"effects {effect.what}: {effect.counted} of {effect.expected} {same}"
        console.print(line, highlight=False)
    for stuck in report.stuck[:SHOWN_PROBLEMS]:
        console.print(f"stuck   {stuck}", highlight=False, markup=False)


def _turns(figures: Mapping[str, Figure]) -> Table:
    table = Table("turn", "turns", "CPU ms", "p50 ms", "p99 ms")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, f in figures.items():
        table.add_row(name, str(f.turns), f"{f.cpu_ms:.3f}", f"{f.p50_ms:.2f}", f"{f.p99_ms:.2f}")
    return table


def _verdicts(report: Report) -> list[str]:
    ratios, web = report.ratios(), report.figures[WEB_TAP].cpu_ms
    to_web, to_echo = ratios["echo_to_web"], ratios["telegram_to_echo"]
    return [
        _verdict(f"web tap {web:.3f} ms, at most {MOST_WEB_TAP_MS}", web <= MOST_WEB_TAP_MS),
        _verdict(
            f"echo tap / web tap = {to_web:.2f}, at least {LEAST_ECHO_TO_WEB:g}",
            to_web >= LEAST_ECHO_TO_WEB,
        ),
        _verdict(
            f"telegram tap / echo tap = {to_echo:.2f}, at most {MOST_TELEGRAM_TO_ECHO:g}",
            to_echo <= MOST_TELEGRAM_TO_ECHO,
        ),
    ]


def _memory(name: str, mb: float) -> str:
    most = MOST_MEMORY_MB.get(name)
    line = f"memory  {name}: {mb:.0f} MB"
    return line if most is None else f"{line}, at most {most:g}: {_kept(mb <= most)}"


def _verdict(line: str, kept: bool) -> str:
    return f"budget  {line}: {_kept(kept)}"


def _kept(kept: bool) -> str:
    return "kept" if kept else "NOT KEPT"
