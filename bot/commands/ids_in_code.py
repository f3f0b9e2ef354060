"""Which message ids the code says, read from its syntax, so that none is missing or unused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

SAYING = {"Say": (0, "id"), "Choice": (1, "say"), "Word": (0, "id")}
"""Calls that say something: where the message id stands, by place or by name."""


def ids_in_code(bot_dir: Path) -> set[str]:
    """Ids that must exist; `order-told-*` where the code fills in a part.

    Found in `Say(…)`, `Choice(…, …)`, `Word(…)` and in the `id` of Problem classes. An id that
    reaches a Say through a variable cannot be seen here; see `mentioned_in_code`.
    """
    return {id for tree in _trees(bot_dir) for node in ast.walk(tree) for id in _said(node)}


def mentioned_in_code(bot_dir: Path) -> set[str]:
    """Every string that could be a message id, through whatever variable it travels."""
    return {id for tree in _trees(bot_dir) for node in ast.walk(tree) for id in _texts(node)}


def unused(written: set[str], mentioned: set[str]) -> set[str]:
    """Written ids that no string in the code names."""
    plain = {id for id in mentioned if "*" not in id}
    open_ended = [id for id in mentioned if "*" in id and id.strip("*-")]
    rest = written - plain
    return {id for id in rest if not any(fnmatchcase(id, known) for known in open_ended)}


def _trees(bot_dir: Path) -> Iterator[ast.Module]:
    for path in sorted(bot_dir.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"), str(path))


def _said(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in SAYING:
            place, keyword = SAYING[name]
            given = [*node.args[place : place + 1]]
            given += [k.value for k in node.keywords if k.arg == keyword]
            yield from (id for value in given for id in _ids(value))
    elif isinstance(node, ast.ClassDef) and _is_problem(node):
        yield from _problem_ids(node)


def _is_problem(node: ast.ClassDef) -> bool:
    return any(getattr(base, "id", getattr(base, "attr", "")) == "Problem" for base in node.bases)


def _problem_ids(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign) and any(
            getattr(t, "id", "") == "id" for t in line.targets
        ):
            yield from _ids(line.value)


def _ids(value: ast.expr) -> Iterator[str]:
    """What an expression can be, as far as it is written there."""
    if isinstance(value, ast.IfExp):
        yield from _ids(value.body)
        yield from _ids(value.orelse)
    else:
        yield from _texts(value)


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if _like_an_id(node.value):
            yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [p.value if isinstance(p, ast.Constant) else "*" for p in node.values]
        id = "".join(str(part) for part in parts)
        if _like_an_id(id.replace("*", "x")) and id.strip("*-"):
            yield id


def _like_an_id(text: str) -> bool:
    return len(text) <= 60 and re.fullmatch(r"[a-z0-9]+([-@][a-z0-9]+)*-?", text) is not None
