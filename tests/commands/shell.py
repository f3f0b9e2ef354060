"""`python -m bot rehearse --json` as another program sees it: lines in, lines out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import empty_shop

NOW = "2026-11-22T09:00+07:00"


class Shell:
    """One rehearsal process on a data folder that outlives it."""

    def __init__(self, data: Path, *more: str, now: str = NOW) -> None:
        empty_shop.fill(data)
        command = [sys.executable, "-m", "bot", "rehearse", "--json", "--now", now]
        self.process = subprocess.Popen(
            [*command, "--data", str(data), *more],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def play(self, **line: Any) -> list[dict[str, Any]]:
        """What one line caused, without the closing count."""
        self.send(**line)
        got: list[dict[str, Any]] = []
        assert self.process.stdout is not None
        for answer in self.process.stdout:
            parsed = json.loads(answer)
            if "done" in parsed:
                assert parsed["done"] == len([g for g in got if "error" not in g])
                return got
            got.append(parsed)
        raise AssertionError("the rehearsal ended")

    def send(self, **line: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()

    def say(self, person: str, *texts: str) -> dict[str, Any]:
        got: list[dict[str, Any]] = []
        for text in texts:
            got = [g for g in self.play(person=person, text=text) if g.get("to") == person]
        return got[-1]

    def rows(self, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.play(show=name)[0]["rows"]
        return rows

    def kill(self) -> None:
        """As the power would."""
        self.process.kill()
        self.process.communicate()

    def close(self) -> None:
        self.process.communicate(timeout=20)
