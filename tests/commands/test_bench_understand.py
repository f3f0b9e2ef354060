"""The measure itself: families stay together, and figures mean what they are called."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands.bench_families import families, folds, teencoded
from bot.commands.bench_understand import read_messages
from bot.commands.bench_understand_report import (
    OUTSIDE,
    Answer,
    UnderstandReport,
    acting,
    curve,
    fitted,
)
from bot.understand.understander import Bands, Thresholds
from tests.source import ROOT
from tests.understand.examples import folder


def test_sentences_that_are_alike_are_one_family() -> None:
    found = families(
        ["xsp bao nhiêu tiền", "xsp bao nhieu tien vậy", "bao nhiêu tiền vậy shop", "đơn tới đâu"]
    )
    assert found[0] == found[1] == found[2] != found[3]


def test_a_family_is_never_split() -> None:
    family = [n // 7 for n in range(100)]
    parts = folds(family, 5)
    assert sorted(n for part in parts for n in part) == list(range(100))
    homes = [{family[n] for n in part} for part in parts]
    assert sum(map(len, homes)) == len(set(family))
    assert max(map(len, parts)) - min(map(len, parts)) <= 7
    assert folds(family, 5) == parts


def test_text_is_typed_short() -> None:
    short = {"k": "không", "ko": "không", "bn": "bao nhiêu", "e": "em"}
    assert teencoded("Em hỏi bao nhiêu, không ạ", short) == "e hỏi bn, k ạ"
    assert teencoded("không", {}) == "không"


def report() -> UnderstandReport:
    bands = Bands(Thresholds(0.8, 0.4), Thresholds(0.8, 0.4))
    told = UnderstandReport(0, bands)
    told.developed = {
        "accented": [
            Answer("customer", "order", "order", 0.9),
            Answer("customer", "order", "order", 0.5),
            Answer("customer", "order", "greet", 0.85),
            Answer("customer", "order", "greet", 0.1),
        ],
        OUTSIDE: [
            Answer("customer", "", "order", 0.81),
            Answer("customer", "", "order", 0.5),
            Answer("customer", "", "order", 0.0),
            Answer("customer", "", "order", 0.0),
        ],
    }
    return told


def test_acting_is_counted_over_all_messages() -> None:
    told = report()
    assert acting(told.developed, told.bands, "customer") == {
        "acted": 0.5,
        "asked": 0.25,
        "refused": 0.25,
        "acted_and_wrong": 0.25,
        "outside_acted": 0.25,
        "outside_asked": 0.25,
    }


def test_bands_are_fitted_to_held_out_answers() -> None:
    right = [Answer("customer", "order", "order", n / 100) for n in range(50, 100)]
    wrong = [Answer("customer", "order", "greet", 0.62), Answer("customer", "order", "greet", 0.1)]
    outside = [Answer("customer", "", "order", 0.71), Answer("customer", "", "order", 0.2)]
    found = fitted([*right, *wrong], outside, "customer")
    assert found == {"act": 0.75, "ask": 0.5}
    lines = curve([*right, *wrong], outside, "customer")
    at = next(line for line in lines if line["from"] == 0.6)
    assert at["wrong"] == pytest.approx(1 / 52)
    assert at["outside"] == 0.5


def test_the_development_set_is_read(tmp_path: Path) -> None:
    for name, rows in (
        ("intents", [("role", "text", "intent", "style"), ("seller", "hết, na", "sold_out", "x")]),
        ("out_of_scope", [("role", "text"), ("customer", "trời mưa")]),
    ):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    first, second = read_messages(tmp_path)
    assert (first.role, first.text, first.intent, first.style) == (
        "seller",
        "hết, na",
        "sold_out",
        "x",
    )
    assert (second.role, second.intent, second.style) == ("customer", "", OUTSIDE)


@pytest.mark.skipif("SOAK_STEPS" not in os.environ, reason="make soak: it learns anew")
def test_the_bench_prints_figures(tmp_path: Path) -> None:
    """The whole command, on a small folder of examples and without cross-validation."""
    env = {"INTENTS_DIR": str(folder(tmp_path)), "DATA_DIR": str(tmp_path / "var")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "bench", "understand", "--quick", "--json"],
        env={**env, "PATH": "/usr/bin:/bin"}, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told["data"].startswith("synthetic")
    assert "synthetic" in done.stderr
    assert 0 < told["cost"]["file_mb"] < 4
    assert 0 < told["cost"]["p50_ms"] <= told["cost"]["p99_ms"]
    assert told["cross_validation_by_family"] == {}
    assert told["frames"]["messages"] > 100
