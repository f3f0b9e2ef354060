"""What tests about the house need of the source: modules, their imports, their functions."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
BOT = ROOT / "bot"


@dataclass(frozen=True)
class Import:
    """`module` as it is really loaded: a submodule taken by name from its package counts in full.

    at_run_time: False for imports only type checkers see.
    """

    file: str
    line: int
    module: str
    at_run_time: bool = True

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"


def files() -> list[Path]:
    return sorted(BOT.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def dotted(path: Path) -> str:
    """`bot.talk.desk` for bot/talk/desk.py, `bot.talk` for its __init__."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Every import, wherever in the file it stands."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[Import]:
    unseen = {id(n) for block in _typing_only(tree(path)) for n in ast.walk(block)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            shown = path.relative_to(ROOT).as_posix()
            for module in _modules(node, path):
                yield Import(shown, node.lineno, module, id(node) not in unseen)


def third_party(path: Path) -> Iterator[Import]:
    known = sys.stdlib_module_names
    return (i for i in imports(path) if i.top != "bot" and i.top not in known)


def _typing_only(module: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(module):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from node.body


def _modules(node: ast.Import | ast.ImportFrom, path: Path) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        package = path.relative_to(ROOT).parts[: -node.level]
        base = ".".join([*package, *filter(None, [base])])
    return [_loaded(base, alias.name) for alias in node.names]


def _loaded(base: str, name: str) -> str:
    folder = ROOT.joinpath(*base.split("."))
    is_module = (folder / f"{name}.py").exists() or (folder / name / "__init__.py").exists()
    return f"{base}.{name}" if base.split(".")[0] == "bot" and is_module else base


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
