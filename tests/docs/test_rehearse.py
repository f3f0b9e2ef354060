"""The examples of docs/rehearse.md, played for real against `python -m bot rehearse --json`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.channels.terminal.parse import Input
from bot.channels.terminal.show import SHOWS
from tests.source import ROOT

PAGE = (ROOT / "docs" / "rehearse.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```rehearsal ([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY = "…"


def play(options: list[str], said: list[str]) -> list[dict[str, Any]]:
    """What comes out, with the shop's own settings and nothing of this machine's."""
    env = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "rehearse", "--json", *options],
        input="\n".join(said) + "\n",
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def fits(told: Any, real: Any) -> bool:
    """Whether what is told is true; `…` fits anything, and what is not told is free."""
    if told == ANY:
        return True
    if isinstance(told, dict) and isinstance(real, dict):
        return all(k in real and fits(v, real[k]) for k, v in told.items())
    if isinstance(told, list) and isinstance(real, list):
        return all(any(fits(t, r) for r in real) for t in told)
    return bool(told == real)


def turns(lines: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Outputs, cut after each `done`."""
    found: list[list[dict[str, Any]]] = [[]]
    for line in lines:
        found[-1].append(line)
        if "done" in line:
            found.append([])
    return [turn for turn in found if turn]


def test_the_examples_play_as_they_are_told() -> None:
    examples = EXAMPLE.findall(PAGE)
    assert examples
    for options, text in examples:
        lines = text.splitlines()
        said = [line[2:] for line in lines if line.startswith("→ ")]
        told = turns([json.loads(line[2:]) for line in lines if line.startswith("← ")])
        real = turns(play(options.split(), said))
        assert len(real) == len(told) == len(said)
        for line, expected, outputs in zip(said, told, real, strict=True):
            assert [fits(e, o) for e, o in zip(expected, outputs, strict=True)] == [True] * len(
                expected
            ), f"{line}\ntold: {expected}\nreal: {outputs}"


def test_a_wrong_example_would_be_seen() -> None:
    assert fits({"id": "card", "choices": [{"id": ANY}]}, {"id": "card", "choices": [{"id": "m"}]})
    assert not fits({"id": "card"}, {"id": "cart"})
    assert not fits({"repeat": True}, {"id": "card"})
    assert not fits([{"id": "co"}], [{"id": "m"}])


def test_every_input_field_is_told() -> None:
    missing = [name for name in Input.__struct_fields__ if f'"{name}"' not in PAGE]
    assert missing == []


def test_every_show_is_told() -> None:
    assert [name for name in SHOWS if f"| `{name}` |" not in PAGE] == []


def test_the_data_folder_is_kept(tmp_path: Path) -> None:
    data = tmp_path / "shop"
    say = '{"person":"an","text":"/start"}'
    assert play(["--data", str(data)], [say])[0]["id"] == "welcome"
    again = play(["--data", str(data)], [say])
    assert again[0]["id"] == "home", "a person who was greeted is known after a restart"
