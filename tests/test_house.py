"""The house keeps its shape: what lies at the top, and how long a thing may be."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.source import ROOT, files, functions

TOP = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "Procfile",
    "README.md",
    "bot",
    "catalog",
    "docs",
    "intents",
    "locales",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements-rasa.txt",
    "requirements.txt",
    "tests",
}
"""Code in bot/, what people say in intents/, what we answer in locales/, what we sell in catalog/.
"""

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
NOT_CODE = ("intents", "locales", "catalog")


def tracked() -> list[str]:
    """Files of this commit and those about to be added."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no git checkout")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).exists()]


def test_the_top_level_is_fixed() -> None:
    assert {name.partition("/")[0] for name in tracked()} == TOP


def test_only_bot_and_tests_are_python() -> None:
    python = [n for n in tracked() if n.endswith(".py")]
    assert [n for n in python if not n.startswith(("bot/", "tests/"))] == []


def test_nothing_the_program_writes_is_tracked() -> None:
    written = (".db", ".db-wal", ".aof", ".rdb", ".sock", ".pyc", ".log", ".snapshot")
    assert [n for n in tracked() if n.endswith(written) or n.startswith("var/")] == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{f.lineno} {f.name}: {length} lines"
        for path in files()
        for f in functions(path)
        if (length := (f.end_lineno or f.lineno) - f.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_no_file_is_a_drawer_of_everything() -> None:
    sizes = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in files()}
    long = [f"{p.relative_to(ROOT)}: {n} lines" for p, n in sizes.items() if n > LONGEST_FILE]
    assert not long, "\n".join(long)


@pytest.mark.parametrize("folder", NOT_CODE)
def test_folders_for_trainers_are_there(folder: str) -> None:
    assert any(Path(name).parts[0] == folder for name in tracked())
