"""Our reader of examples and Rasa's own give the same, so that one folder can serve both."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from bot.commands.rasa_export import export_rasa
from bot.settings import Settings
from bot.understand.intents_file import example_files, read_examples
from tests.source import ROOT

MARKS = """version: "3.1"
nlu:
  - intent: order
    examples: |
      - lấy [2 cân](quantity) [thịt gác bếp](product)
      - [hai cân]{"entity": "quantity"} [na]{"entity": "product"}  nhé
      - chốt [A1](code) x2: "đừng quên", 100%!
  - intent: ask_price
    examples: |
      - [na](product) bao nhiêu - một cân?

      - giá (cả ship) sao em
"""


def ours(*paths: Path) -> list[Any]:
    examples, faults = read_examples(paths)
    assert faults == []
    return [[e.intent, e.text, [[m.start, m.end, m.entity] for m in e.marked]] for e in examples]


def theirs(python: Path, *paths: Path) -> list[Any]:
    command = [str(python), "-W", "ignore", str(Path(__file__).with_name("read_as_rasa.py"))]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=True)
    found: list[Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_examples_of_the_shop(rasa_python: Path) -> None:
    files = example_files(ROOT / "intents")
    assert len(ours(*files)) > 1000
    assert theirs(rasa_python, *files) == ours(*files)


def test_every_way_of_marking(rasa_python: Path, tmp_path: Path) -> None:
    (tmp_path / "vi.yml").write_text(MARKS, "utf-8")
    found = ours(tmp_path / "vi.yml")
    assert [len(marks) for _, _, marks in found] == [2, 2, 1, 1, 0]
    assert theirs(rasa_python, tmp_path / "vi.yml") == found


def test_what_is_exported(rasa_python: Path, tmp_path: Path) -> None:
    export_rasa(Settings(), tmp_path)
    found = ours(tmp_path / "data" / "nlu.yml")
    assert any(marks for _, _, marks in found)
    assert theirs(rasa_python, tmp_path / "data" / "nlu.yml") == found


def test_a_difference_would_be_seen(rasa_python: Path, tmp_path: Path) -> None:
    (tmp_path / "vi.yml").write_text(MARKS, "utf-8")
    found = theirs(rasa_python, tmp_path / "vi.yml")
    (tmp_path / "vi.yml").write_text(MARKS.replace("(product)", "(quantity)"), "utf-8")
    assert ours(tmp_path / "vi.yml") != found
