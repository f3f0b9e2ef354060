"""What `bench rasa` tells: questions and wrong actions with and without Rasa; its cost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.commands.bench_report import machine
from bot.understand.inventory import Role
from bot.understand.rasa import HARMLESS, settle
from bot.understand.understander import Parsed

BUTTONS = 3
"""Intents offered when the shop asks back."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One message. meant: empty if it is about something else. second: None if Rasa was silent."""

    role: Role
    meant: str
    local: Parsed
    second: Parsed | None

    @property
    def settled(self) -> Parsed:
        return settle(self.local, self.second)


@dataclass(slots=True)
class RasaCost:
    """Seconds, milliseconds a question took, resident megabytes; how many got no answer."""

    config: str
    train_seconds: float
    start_seconds: float
    memory_mb: float = 0.0
    peak_mb: float = 0.0
    unanswered: int = 0
    waits: list[float] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        waits = sorted(self.waits) or [0.0]
        return {
            "config": self.config,
            "train_seconds": round(self.train_seconds, 1),
            "start_seconds": round(self.start_seconds, 1),
            "memory_mb": round(self.memory_mb),
            "peak_mb": round(self.peak_mb),
            "questions_to_rasa": len(self.waits),
            "unanswered": self.unanswered,
            "p50_ms": round(waits[len(waits) // 2], 1),
            "p99_ms": round(waits[len(waits) * 99 // 100], 1),
        }


@dataclass(frozen=True, slots=True)
class Count:
    """Of messages: what the shop did. best3: asked, and the right one is among the buttons."""

    messages: int
    acted: int
    wrong: int
    asked: int
    best3: int
    refused: int


def count(pairs: Iterable[tuple[str, Parsed]]) -> Count:
    """Over (meant, parsed)."""
    known = list(pairs)
    acted = [p for p in known if p[1].band == "act"]
    asked = [p for p in known if p[1].band == "ask"]
    shown = [meant in [name for name, _ in parsed.ranking[:BUTTONS]] for meant, parsed in asked]
    wrong = sum(parsed.intent != meant for meant, parsed in acted)
    refused = len(known) - len(acted) - len(asked)
    return Count(len(known), len(acted), wrong, len(asked), sum(shown), refused)


def bolder(heard: Sequence[Heard], wrong: int) -> list[tuple[str, Parsed]]:
    """The own model alone, acting on harmless intents from the lowest score at which it makes no
    more mistakes than `wrong`: what a lower threshold gives without any second opinion.
    """
    best = [(h.meant, h.local) for h in heard]
    for step in range(100, -1, -1):
        told = [(h.meant, _from(h, step / 100)) for h in heard]
        if count(told).wrong > wrong:
            break
        best = told
    return best


def _from(heard: Heard, act: float) -> Parsed:
    local = heard.local
    bold = local.band == "ask" and local.intent in HARMLESS and local.score >= act
    return replace(local, band="act") if bold else local


def figures(heard: Sequence[Heard]) -> dict[str, dict[str, Count]]:
    """By way of hearing: messages in scope, messages about something else."""
    with_rasa = [(h.meant, h.settled) for h in heard]
    ways = {
        "own model": [(h.meant, h.local) for h in heard],
        "own model + Rasa": with_rasa,
        "own model, bolder": bolder(heard, count(with_rasa).wrong),
        "if agreeing were enough": [(h.meant, settle(h.local, h.second, 0.0)) for h in heard],
        "Rasa alone": [(h.meant, h.second or Parsed()) for h in heard],
    }
    return {
        way: {
            "in scope": count(p for p in told if p[0]),
            "out of scope": count(p for p in told if not p[0]),
        }
        for way, told in ways.items()
    }


def best_guess(heard: Sequence[Heard]) -> dict[str, float]:
    """How often the first guess is right: in scope, and where the own model asks back."""
    inside = [h for h in heard if h.meant]
    doubt = [h for h in inside if h.local.band == "ask"]
    return {
        "own_all": _right((h.meant, h.local) for h in inside),
        "rasa_all": _right((h.meant, h.second) for h in inside),
        "own_in_doubt": _right((h.meant, h.local) for h in doubt),
        "rasa_in_doubt": _right((h.meant, h.second) for h in doubt),
    }


def _right(pairs: Iterable[tuple[str, Parsed | None]]) -> float:
    known = [said is not None and said.intent == meant for meant, said in pairs]
    return round(sum(known) / len(known), 4) if known else 0.0


def agreement(heard: Sequence[Heard]) -> float:
    """How often both name the same intent, of messages the own model acts on."""
    sure = [h for h in heard if h.local.band == "act" and h.second]
    same = sum(h.second is not None and h.second.intent == h.local.intent for h in sure)
    return same / len(sure) if sure else 0.0


def print_rasa_report(heard: Sequence[Heard], cost: RasaCost, *, as_json: bool) -> None:
    """A table for people; with `as_json` that goes to stderr and one line of JSON to stdout."""
    console = Console(stderr=as_json)
    told = figures(heard)
    console.print(f"{machine()}; all messages are synthetic")
    for scope in ("in scope", "out of scope"):
        table = Table("way of hearing", *Count.__slots__, title=scope)
        for way, counts in told.items():
            table.add_row(way, *(str(getattr(counts[scope], name)) for name in Count.__slots__))
        console.print(table)
    console.print(f"same intent where the own model is sure: {agreement(heard):.1%}")
    for title, line in (("first guess right", best_guess(heard)), ("Rasa", cost.as_json())):
        console.print(f"{title}: " + ", ".join(f"{name} {value}" for name, value in line.items()))
    if as_json:
        print(json.dumps(_as_json(told, heard, cost)))


def _as_json(
    told: dict[str, dict[str, Count]], heard: Sequence[Heard], cost: RasaCost
) -> dict[str, Any]:
    counts = {
        way: {
            scope: {name: getattr(c, name) for name in Count.__slots__}
            for scope, c in by_scope.items()
        }
        for way, by_scope in told.items()
    }
    return {
        "machine": machine(),
        "data": "synthetic: written for this project, no real messages",
        "counts": counts,
        "agreement": round(agreement(heard), 4),
        "first_guess_right": best_guess(heard),
        "rasa": cost.as_json(),
    }
