"""Reads the examples in `intents/*.yml` (Rasa 3.1 NLU format), strictly, each with its line.

`nlu: [{intent: name, examples: "|" block of "- text"}]`; parts of a text are marked as
`[thịt gác bếp](product)` or `[thịt gác bếp]{"entity": "product"}`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from rapidfuzz import process

from bot.understand.fold import tidy
from bot.understand.inventory import ENTITIES, INTENTS

VERSION = "3.1"
OTHER_FILES = frozenset({"commands.yml", "teencode.yml", "bands.yml"})
"""Files of the folder that hold no examples."""

_MARKED = re.compile(r"\[([^\[\]]+)\](?:\(([^()]*)\)|(\{[^{}]*\}))")


@dataclass(frozen=True, slots=True)
class Fault:
    """A mistake at `path:line` (line from 1); its sentence is `id` in `check-intents.po`.

    found, expected: what stands there and what should. near: the known word probably meant.
    """

    path: str
    line: int
    id: str
    found: str = ""
    expected: str = ""
    near: str = ""

    def __str__(self) -> str:
        """For logs; people read it through `python -m bot check`."""
        return f"{self.path}:{self.line}: {self.id} {self.found!r}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A part [start, end) of an example's text that is an entity."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence as people write it, without the marks. lang: `vi`, `hmn_rpa` …"""

    intent: str
    text: str
    marked: tuple[Marked, ...]
    lang: str
    path: str
    line: int

    def with_entities(self, named: dict[str, str]) -> str:
        """The tidied text, parts whose entity is in `named` replaced by its token there."""
        parts, at = [], 0
        for mark in self.marked:
            if mark.entity in named:
                parts += [self.text[at : mark.start], f" {named[mark.entity]} "]
                at = mark.end
        return tidy("".join([*parts, self.text[at:]]))


def example_files(folder: Path) -> list[Path]:
    """The files of examples in a folder, by name."""
    return [path for path in sorted(folder.glob("*.yml")) if path.name not in OTHER_FILES]


def vietnamese_files(folder: Path) -> list[Path]:
    """Those the model is learned from; Mông is read word for word, without a model."""
    return [path for path in example_files(folder) if language_of(path) == "vi"]


def language_of(path: Path) -> str:
    """`vi` for vi.yml and vi_anything.yml, else the whole stem (`hmn_rpa`)."""
    return "vi" if path.stem.partition("_")[0] == "vi" else path.stem


def read_examples(paths: Iterable[Path]) -> tuple[list[Example], list[Fault]]:
    """Every good example of the files in order, and everything wrong inside single files."""
    examples: list[Example] = []
    faults: list[Fault] = []
    for path in paths:
        reader = _Reader(path)
        examples += reader.examples()
        faults += reader.faults
    return examples, faults


class _Bad(Exception):
    """The file cannot be read any further; the fault is noted already."""


class _Reader:
    """One file; `faults` grows while `examples` reads."""

    def __init__(self, path: Path) -> None:
        self.faults: list[Fault] = []
        self._path = path
        self._shown = f"{path.parent.name}/{path.name}"

    def examples(self) -> list[Example]:
        try:
            return [example for block in self._blocks() for example in self._in_block(block)]
        except _Bad:
            return []

    def _fault(self, line: int, id: str, **fields: str) -> None:
        self.faults.append(Fault(self._shown, line, id, **fields))

    def _stop(self, line: int, id: str, **fields: str) -> _Bad:
        self._fault(line, id, **fields)
        return _Bad()

    def _root(self) -> yaml.Node | None:
        try:
            text = self._path.read_text("utf-8-sig")
            return yaml.CSafeLoader(text).get_single_node()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            shown = text.splitlines()[line - 1].strip()[:60] if line <= text.count("\n") else ""
            raise self._stop(line, "check-intents-yaml", found=shown) from None
        except (OSError, ValueError, yaml.YAMLError) as error:
            raise self._stop(1, "check-intents-unreadable", found=str(error)[:80]) from None

    def _blocks(self) -> Sequence[yaml.Node]:
        """The entries under `nlu`."""
        root = self._root()
        keys = self._mapping(root, ("version", "nlu")) if root else {}
        version = keys.get("version")
        if version is None or version.value != VERSION:
            line = version.start_mark.line + 1 if version else 1
            found = str(version.value) if version else ""
            self._fault(line, "check-intents-version", found=found, expected=VERSION)
        nlu = keys.get("nlu")
        if not isinstance(nlu, yaml.SequenceNode):
            raise self._stop(_line(nlu), "check-intents-missing-key", expected="nlu")
        return list(nlu.value)

    def _mapping(self, node: yaml.Node, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self._stop(_line(node), "check-intents-mapping", expected=", ".join(known))
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name not in known:
                fields = {"expected": ", ".join(known), "near": nearest(name, known)}
                self._fault(_line(key), "check-intents-unknown-key", found=name, **fields)
            elif name in found:
                self._fault(_line(key), "check-intents-key-twice", found=name)
            found[name] = value
        return found

    def _in_block(self, node: yaml.Node) -> Iterator[Example]:
        try:
            keys = self._mapping(node, ("intent", "examples"))
            intent = self._intent(node, keys.get("intent"))
            lines = self._lines(node, keys.get("examples"))
        except _Bad:
            return
        for number, text in lines:
            example = self._example(intent, number, text)
            if example is not None:
                yield example

    def _intent(self, block: yaml.Node, node: yaml.Node | None) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self._stop(_line(node or block), "check-intents-missing-key", expected="intent")
        if node.value not in INTENTS:
            near = nearest(node.value, INTENTS)
            raise self._stop(_line(node), "check-intents-unknown", found=node.value, near=near)
        return str(node.value)

    def _lines(self, block: yaml.Node, node: yaml.Node | None) -> list[tuple[int, str]]:
        """The lines of a literal block with their numbers; blank ones and comments left out."""
        if not isinstance(node, yaml.ScalarNode) or node.style != "|":
            raise self._stop(_line(node or block), "check-intents-no-block")
        first = _line(node) + 1
        lines = [(first + i, text.strip()) for i, text in enumerate(node.value.splitlines())]
        return [(number, text) for number, text in lines if text and not text.startswith("#")]

    def _example(self, intent: str, line: int, typed: str) -> Example | None:
        if not typed.startswith("- ") or not typed[2:].strip():
            self._fault(line, "check-intents-no-dash", found=typed[:60])
            return None
        text, marked = "", []
        typed = typed[2:].strip()
        at = 0
        for match in _MARKED.finditer(typed):
            text += typed[at : match.start()]
            entity = self._entity(line, match)
            marked.append(Marked(len(text), len(text) + len(match[1]), entity))
            text += match[1]
            at = match.end()
        text += typed[at:]
        if "[" in text or "]" in text:
            self._fault(line, "check-intents-bracket", found=typed[:60])
            return None
        lang = language_of(self._path)
        return Example(intent, text, tuple(marked), lang, self._shown, line)

    def _entity(self, line: int, match: re.Match[str]) -> str:
        name = match[2] if match[3] is None else _named(match[3])
        if name not in ENTITIES:
            near = nearest(name, ENTITIES)
            fields = {"expected": ", ".join(ENTITIES), "near": near}
            self._fault(line, "check-intents-unknown-entity", found=name or match[0], **fields)
        return name


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or an empty string."""
    found = process.extractOne(word, list(known), score_cutoff=55)
    return found[0] if found else ""


def _named(text: str) -> str:
    """The entity in `{"entity": "product", …}`; empty if it is not there."""
    try:
        return str(json.loads(text).get("entity", ""))
    except ValueError:
        return ""


def _line(node: yaml.Node | None) -> int:
    return node.start_mark.line + 1 if node else 1
