"""`python -m bot bench understand`: how well messages are understood that were never seen.

Two measures. Cross-validation: the examples themselves, families of like sentences never split.
Development set: messages written apart from the examples. Both are synthetic: nobody's real chat.
"""

from __future__ import annotations

import asyncio
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.bench_families import families, folds, teencoded
from bot.commands.bench_frames import Shopkeeper, read_frames
from bot.commands.bench_talks import load_talks, play_talks
from bot.commands.bench_understand_report import (
    OUTSIDE,
    STRIPPED,
    Answer,
    Answers,
    Cost,
    Purchases,
    UnderstandReport,
    print_report,
)
from bot.commands.check_intents import faults
from bot.commands.train import known_texts, learn, reader_of
from bot.settings import Settings
from bot.understand.features import load_teencode
from bot.understand.fold import fold, has_marks
from bot.understand.intents_file import Example
from bot.understand.intents_folder import learned_from
from bot.understand.inventory import INTENTS, Role
from bot.understand.model import Model
from bot.understand.understander import LocalUnderstander, load_bands, numbers_of

PARTS = 5
DEV = Path("tests/understand/dev")
TIMED = 2000
"""Messages timed, the set repeated as often as needed."""

Hear = Callable[[str, Role], Answer]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the development set; no intent: it is about something else."""

    role: Role
    text: str
    intent: str
    style: str


def bench_understand(settings: Settings, *, as_json: bool, quick: bool, dev: Path = DEV) -> int:
    """Print every figure; 0 unless the examples cannot be learned. quick: no cross-validation."""
    found = faults(settings.intents_dir)
    if found:
        print(*found, sep="\n", file=sys.stderr)
        return 1
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    examples = learned_from(settings.intents_dir)
    with tempfile.TemporaryDirectory() as folder:
        report = UnderstandReport(len(examples), load_bands(settings.intents_dir / "bands.yml"))
        if not quick:
            report.crossed = _crossed(settings, examples, Path(folder))
        path = _whole(settings, Path(folder) / "whole", report)
        messages = list(read_messages(dev))
        hear = listener(settings, path)
        _develop(report.developed, messages, hear)
        whole = Shopkeeper(settings, path)
        _develop(report.whole, messages, whole.hear)
        report.frames = read_frames(dev, whole)
        report.purchases = _purchases(settings, dev)
        _cost(report.cost, messages, hear, path, settings)
    print_report(report, as_json=as_json)
    return 0


def listener(settings: Settings, path: Path) -> Hear:
    """Text → answer, the way the shop hears it: taken apart, masked, classified."""
    reader = reader_of(settings)
    more = numbers_of(known_texts(settings))
    bands = load_bands(settings.intents_dir / "bands.yml")
    engine = LocalUnderstander(Model(path), bands, more)

    def hear(text: str, role: Role) -> Answer:
        parsed = engine.parse(reader.read(text).masked(), role, "vi")
        return Answer(role, "", parsed.intent, parsed.score, tuple(i for i, _ in parsed.ranking))

    return hear


def _purchases(settings: Settings, dev: Path) -> dict[str, Purchases]:
    """Every talk of `talks.yml`, played through a fresh shop."""
    if not (dev / "talks.yml").exists():
        return {}
    played = asyncio.run(play_talks(settings, load_talks(dev / "talks.yml")))
    styles = sorted({one.talk.style for one in played})
    return {
        style: Purchases(len(mine), sum(b.right for b in mine), sum(b.questions for b in mine))
        for style in (*styles, "all")
        if (mine := [b for b in played if style in (b.talk.style, "all")])
    }


def _crossed(settings: Settings, examples: Sequence[Example], folder: Path) -> Answers:
    """Answers to every example by a model that saw none of its family, by way of typing."""
    reader = reader_of(settings)
    parts = folds(families([reader.read(e.text).masked() for e in examples]), PARTS)
    short = load_teencode(settings.intents_dir / "teencode.yml").short
    found: Answers = {"accented": [], "stripped": [], "teencode": [], "plain": []}
    for n, part in enumerate(parts):
        held = set(part)
        path = folder / f"part{n}.model"
        learn(settings, [e for i, e in enumerate(examples) if i not in held], path)
        hear = listener(settings, path)
        for example in (examples[i] for i in part):
            for way, text in _ways(example.text, short).items():
                for role in sorted(INTENTS[example.intent]):
                    found[way].append(hear(text, role).to(example.intent))
    return found


def _ways(text: str, short: Mapping[str, str]) -> dict[str, str]:
    """The text in the ways people type; one typed without diacritics stays as it is."""
    if not has_marks(text):
        return {"plain": text}
    return {"accented": text, "stripped": fold(text), "teencode": teencoded(text, short)}


def _whole(settings: Settings, folder: Path, report: UnderstandReport) -> Path:
    """The model of all examples, learned the way the shop does: in a child process."""
    env = {**os.environ, "MODELS_DIR": str(folder), "INTENTS_DIR": str(settings.intents_dir),
           "CATALOG_DIR": str(settings.catalog_dir)}  # fmt: skip
    started = time.perf_counter()
    command = [sys.executable, "-m", "bot", "train"]
    subprocess.run(command, env=env, check=True, capture_output=True)
    report.cost.train_seconds = time.perf_counter() - started
    return next(folder.glob("*.model"))


def read_messages(dev: Path) -> Iterator[Message]:
    """`intents.csv` (role, text, intent, style) and `out_of_scope.csv` (role, text)."""
    for name in ("intents.csv", "out_of_scope.csv"):
        if (dev / name).exists():
            with (dev / name).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    role: Role = "seller" if row["role"] == "seller" else "customer"
                    intent, style = row.get("intent", ""), row.get("style", OUTSIDE)
                    yield Message(role, row["text"], intent, style)


def _develop(told: Answers, messages: Sequence[Message], hear: Hear) -> None:
    for message in messages:
        answer = hear(message.text, message.role).to(message.intent)
        told.setdefault(message.style, []).append(answer)
        if message.intent and has_marks(message.text):
            bare = hear(fold(message.text), message.role).to(message.intent)
            told.setdefault(STRIPPED, []).append(bare)


def _cost(
    cost: Cost, messages: Sequence[Message], hear: Hear, path: Path, settings: Settings
) -> None:
    waits = sorted(_waits(messages, hear))
    if waits:
        cost.p50_ms = waits[len(waits) // 2]
        cost.p99_ms = waits[len(waits) * 99 // 100]
    bands = str(settings.intents_dir / "bands.yml")
    command = [sys.executable, "-m", "bot.commands.bench_understand_memory", str(path), bands]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    cost.memory_mb = json.loads(done.stdout)["added_mb"]
    cost.file_mb = path.stat().st_size / 1e6


def _waits(messages: Sequence[Message], hear: Hear) -> Iterator[float]:
    """Milliseconds of each of TIMED messages."""
    for n in range(TIMED if messages else 0):
        message = messages[n % len(messages)]
        started = time.perf_counter()
        hear(message.text, message.role)
        yield (time.perf_counter() - started) * 1e3
