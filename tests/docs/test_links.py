"""What the docs point to exists: files, headings, commands, make targets."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import app
from tests.source import ROOT

PAGES = sorted(
    path
    for folder in (".", "docs", "locales", "catalog", "intents")
    for path in (ROOT.glob("*.md") if folder == "." else (ROOT / folder).rglob("*.md"))
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"python -m bot ([a-z][a-z-]*)")
TARGET = re.compile(r"(?:^|`)make ([a-z][a-z-]*)", re.MULTILINE)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(path: Path) -> set[str]:
    """Headings as GitHub links to them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def relative_links(path: Path) -> Iterator[tuple[str, Path, str]]:
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", link):
            file, _, anchor = link.partition("#")
            yield link, (path.parent / file).resolve() if file else path, anchor


def commands() -> set[str]:
    """The names typer knows; without one of its own a command is called like its function."""
    found = {c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands}
    found |= {group.name or "" for group in app.registered_groups}
    return {c.replace("_", "-") for c in found}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    dead = [
        link
        for link, file, anchor in relative_links(page)
        if not file.exists() or (anchor and anchor not in anchors(file))
    ]
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_and_targets_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(COMMAND.findall(text)) - commands() == set()
    assert set(TARGET.findall(text)) - targets == set()


def test_the_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"run", "test"} <= set(TARGET.findall(readme))


def test_every_page_of_the_docs_is_listed() -> None:
    listed = {file for _, file, _ in relative_links(ROOT / "docs" / "README.md")}
    pages = {p for p in (ROOT / "docs").rglob("*.md") if p.name != "README.md"}
    assert {name(p) for p in pages - listed} == set()


def test_ci_runs_the_command_of_the_readme_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    work = [x for x in lines if x and not x.startswith(("#", "set ", "cd "))]
    assert work == ["make test"]


def test_the_procfile_starts_what_exists() -> None:
    text = (ROOT / "Procfile").read_text(encoding="utf-8")
    types = dict(line.split(": ", 1) for line in text.splitlines())
    assert set(types) == {"release", "web", "worker", "rasa"}
    assert types["rasa"] == "make rasa", "an environment of its own, made where it is missing"
    assert set(COMMAND.findall(text)) <= commands()


def test_the_makefile_is_one_make_reads() -> None:
    done = subprocess.run(
        ["make", "--dry-run", "--always-make", "test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "-m pytest" in done.stdout
