"""What `bench understand` tells: accuracy, the rejection curve, cost; a table and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.commands.bench_report import machine
from bot.understand.inventory import ROLES, Role
from bot.understand.understander import Bands, Thresholds

OUTSIDE = "out of scope"
STRIPPED = "accented, stripped"
ASKED = 0.5
AS_TOLD = Bands(Thresholds(1.0, ASKED), Thresholds(1.0, ASKED))
"""For answers whose score only says what the whole shop did."""

CURVE = tuple(n / 20 for n in range(3, 20))
MOST_WRONG, MOST_OUTSIDE, MOST_REFUSED = 0.02, 0.08, 0.05
SHOWN_MIX_UPS = 15


@dataclass(frozen=True, slots=True)
class Answer:
    """What one message was taken for. meant: empty for a message about something else."""

    role: Role
    meant: str
    intent: str
    score: float
    ranked: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return self.intent == self.meant

    def to(self, meant: str) -> Answer:
        return replace(self, meant=meant)


Answers = dict[str, list[Answer]]


@dataclass(slots=True)
class Frames:
    """Order and stock lines: how many messages, with how many everything right; wrong: lines taken
    that were not said, without asking. missed: the texts that were not exact.
    """

    messages: int = 0
    exact: int = 0
    wrong: int = 0
    missed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Purchases:
    """Purchases played to the end by typing alone. right: placed with just what was wanted, and
    no person needed. questions: asked back beyond the form, over all of them.
    """

    played: int = 0
    right: int = 0
    questions: int = 0

    def as_json(self) -> dict[str, float]:
        most = max(1, self.played)
        return {
            "played": self.played,
            "finished_alone": round(self.right / most, 4),
            "questions_per_order": round(self.questions / most, 2),
        }


@dataclass(slots=True)
class Cost:
    """Milliseconds per message (taking apart, masking and scoring), seconds, megabytes."""

    p50_ms: float = 0.0
    p99_ms: float = 0.0
    train_seconds: float = 0.0
    memory_mb: float = 0.0
    file_mb: float = 0.0


@dataclass(slots=True)
class UnderstandReport:
    """crossed: answers by way of typing, by models that saw none of the family. developed: the
    classifier's answers by style of the development set. whole: the same by the shop with grammar
    and command words; its score is 1 to act, ASKED to ask and 0 to refuse. purchases: by style.
    """

    examples: int
    bands: Bands
    crossed: Answers = field(default_factory=dict)
    developed: Answers = field(default_factory=dict)
    whole: Answers = field(default_factory=dict)
    frames: Frames = field(default_factory=Frames)
    purchases: dict[str, Purchases] = field(default_factory=dict)
    cost: Cost = field(default_factory=Cost)

    def as_json(self) -> dict[str, Any]:
        return {
            "machine": machine(),
            "data": "synthetic: written for this project, no real messages",
            "examples": self.examples,
            "cross_validation_by_family": _by_way(self.crossed),
            "development_set": _by_way({k: v for k, v in self.developed.items() if k != OUTSIDE}),
            "whole_shop": _by_way({k: v for k, v in self.whole.items() if k != OUTSIDE}),
            "acting": {role: acting(self.developed, self.bands, role) for role in ROLES},
            "whole_shop_acting": {role: acting(self.whole, AS_TOLD, role) for role in ROLES},
            "frames": {
                "messages": self.frames.messages,
                "exact": round(self.frames.exact / max(1, self.frames.messages), 4),
                "wrong": round(self.frames.wrong / max(1, self.frames.messages), 4),
                "missed": self.frames.missed,
            },
            "typed_purchases": {way: told.as_json() for way, told in self.purchases.items()},
            "curve": {
                role: curve(inside(self.developed), self.developed.get(OUTSIDE, []), role)
                for role in ROLES
            },
            "bands_fitted": {
                role: fitted(inside(self.developed), self.developed.get(OUTSIDE, []), role)
                for role in ROLES
            },
            "cost": {name: round(getattr(self.cost, name), 3) for name in Cost.__slots__},
        }


def share(answers: Iterable[bool]) -> float:
    """Of those that are true; 0 for none at all."""
    known = list(answers)
    return sum(known) / len(known) if known else 0.0


def _by_way(ways: Mapping[str, Sequence[Answer]]) -> dict[str, dict[str, float]]:
    """Accuracy by way of typing and role, and how often the right one is among the best three."""
    return {
        way: {
            **{r: round(share(a.right for a in answers if a.role == r), 4) for r in ROLES},
            "all": round(share(a.right for a in answers), 4),
            "in_best_3": round(share(a.meant in a.ranked[:3] for a in answers), 4),
            "messages": len(answers),
        }
        for way, answers in ways.items()
    }


def inside(answers: Answers) -> list[Answer]:
    """The development set as it was written, without what is about something else."""
    own = (told for style, told in answers.items() if style not in (OUTSIDE, STRIPPED))
    return [answer for told in own for answer in told]


def acting(answers: Answers, limits: Bands, role: Role) -> dict[str, float]:
    """With the bands as they stand: acted on, wrong among all, and what should be refused."""
    own = [a for a in inside(answers) if a.role == role]
    outside = [a for a in answers.get(OUTSIDE, []) if a.role == role]
    bands = [limits.of(role, a.score) for a in own]
    told = list(zip(own, bands, strict=True))
    return {
        "acted": share(band == "act" for band in bands),
        "asked": share(band == "ask" for band in bands),
        "refused": share(band == "reject" for band in bands),
        "acted_and_wrong": share(band == "act" and not a.right for a, band in told),
        "outside_acted": share(limits.of(role, a.score) == "act" for a in outside),
        "outside_asked": share(limits.of(role, a.score) == "ask" for a in outside),
    }


def curve(
    known: Sequence[Answer], outside: Sequence[Answer], role: Role
) -> list[dict[str, float]]:
    """For each threshold: kept of good messages, right among those, wrong of all, foreign kept."""
    return [
        {
            "from": at,
            "kept": share(a.score >= at for a in known if a.role == role),
            "right": share(a.right for a in known if a.role == role and a.score >= at),
            "wrong": share(a.score >= at and not a.right for a in known if a.role == role),
            "outside": share(a.score >= at for a in outside if a.role == role),
        }
        for at in CURVE
    ]


def fitted(known: Sequence[Answer], outside: Sequence[Answer], role: Role) -> dict[str, float]:
    """The bands these answers ask for.

    act: the lowest threshold with at most 2 % acted on wrongly and 8 % of foreign messages acted
    on. ask: the highest that refuses at most 5 % of good messages.
    """
    lines = curve(known, outside, role)
    good = (x for x in lines if x["wrong"] <= MOST_WRONG and x["outside"] <= MOST_OUTSIDE)
    act = next((line["from"] for line in good), CURVE[-1])
    ask = max((x["from"] for x in lines if 1 - x["kept"] <= MOST_REFUSED), default=CURVE[0])
    return {"act": act, "ask": min(ask, act)}


def print_report(report: UnderstandReport, *, as_json: bool) -> None:
    """A table for people; with `as_json` that goes to stderr and one line of JSON to stdout."""
    console = Console(stderr=as_json)
    told = report.as_json()
    console.print(f"{machine()}; {report.examples} examples; all data is synthetic")
    for title in ("cross_validation_by_family", "development_set", "whole_shop"):
        if told[title]:
            console.print(_accuracy(title.replace("_", " "), told[title]))
    for role in ROLES:
        console.print(_curve(f"development set, {role}", told["curve"][role]))
        console.print(_line(f"{role}, bands as they stand", told["acting"][role]), highlight=False)
        console.print(_line(f"{role}, bands fitted", told["bands_fitted"][role]), highlight=False)
        console.print(_line(f"{role}, whole shop", told["whole_shop_acting"][role]))
    frames = {name: value for name, value in told["frames"].items() if name != "missed"}
    console.print(_line("order and stock lines", frames), highlight=False)
    for way, purchases in told["typed_purchases"].items():
        console.print(_line(f"typed purchases, {way}", purchases), highlight=False)
    console.print(_line("cost", told["cost"]), highlight=False)
    for (meant, taken), count in _mix_ups(inside(report.whole)):
        console.print(f"mixed up  {count} × {meant} → {taken}", highlight=False)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))


def _accuracy(title: str, ways: Mapping[str, Mapping[str, float]]) -> Table:
    table = Table("way of typing", *next(iter(ways.values())), title=title)
    for way, figures in ways.items():
        cells = (f"{v:.1%}" if isinstance(v, float) else str(v) for v in figures.values())
        table.add_row(way, *cells)
    return table


def _curve(title: str, lines: Sequence[Mapping[str, float]]) -> Table:
    table = Table(*lines[0], title=title)
    for line in lines:
        table.add_row(f"{line['from']:.2f}", *(f"{v:.1%}" for k, v in line.items() if k != "from"))
    return table


def _line(title: str, figures: Mapping[str, float]) -> str:
    return f"{title}: " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items())


def _mix_ups(answers: Iterable[Answer]) -> list[tuple[tuple[str, str], int]]:
    wrong = Counter((a.meant, a.intent) for a in answers if not a.right)
    return wrong.most_common(SHOWN_MIX_UPS)
