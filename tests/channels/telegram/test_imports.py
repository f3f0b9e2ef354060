"""Each library is imported by one file, so that a process pays for one only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "bot" / "channels" / "telegram"


def _loaded(module: str) -> set[str]:
    script = f"import {module}, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_listening_loads_no_python_telegram_bot_and_speaking_no_aiogram() -> None:
    listening = _loaded("bot.channels.telegram.listen")
    speaking = _loaded("bot.channels.telegram.speak")
    assert ("aiogram" in listening, "telegram" in listening) == (True, False)
    assert ("aiogram" in speaking, "telegram" in speaking) == (False, True)


@pytest.mark.parametrize("name", ["turns", "polling", "webhook", "parse", "render", "pictures"])
def test_the_rest_loads_neither(name: str) -> None:
    assert {"aiogram", "telegram"}.isdisjoint(_loaded(f"bot.channels.telegram.{name}"))


def test_only_one_file_names_each_library() -> None:
    for library, owner in (("aiogram", "listen.py"), ("telegram", "speak.py")):
        lines = (f"import {library}", f"from {library} ", f"from {library}.")
        naming = {
            path.name
            for path in FOLDER.glob("*.py")
            if any(line.startswith(lines) for line in path.read_text().splitlines())
        }
        assert naming == {owner}
