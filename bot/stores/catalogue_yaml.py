"""YAML read strictly: every value remembers its line, every mistake becomes a Fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from bot.stores.catalogue_faults import Fault, nearest

T = TypeVar("T")
Where = tuple[str | int, ...]

DEEPEST = 12
"""No file of ours nests deeper; a file that refers to itself stops here."""

KINDS = {"int": "int", "str": "str", "bool": "bool", "array": "array", "object": "object"}


class BadDocument(Exception):
    """The file could not be read as YAML at all. `fault` says why and where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.id)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Document:
    """A file's data, and by position the line (from 1) and the text as it was typed."""

    path: str
    data: Any
    spots: Mapping[Where, tuple[int, str]]

    def line(self, where: Where) -> int:
        """The line of an entry, or of the nearest entry around it."""
        while where and where not in self.spots:
            where = where[:-1]
        return self.spots.get(where, (1, ""))[0]

    def typed(self, where: Where) -> str:
        return self.spots.get(where, (1, ""))[1]

    def fault(self, id: str, where: Where, **fields: Any) -> Fault:
        """A fault at an entry; `found` is what was typed there unless given."""
        key = ".".join(str(part) for part in where)
        fields.setdefault("found", self.typed(where))
        return Fault(id, self.path, self.line(where), key=key, **fields)


def read_document(file: Path, shown: str) -> Document:
    """Read a YAML file. Raises BadDocument for bad text, tabs, bad YAML and keys written twice."""
    text = _text(file, shown)
    _refuse_tabs(text, shown)
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BadDocument(Fault("check-yaml", shown, line, found=_line(text, line))) from None
    except (yaml.YAMLError, ValueError) as error:
        raise BadDocument(Fault("check-yaml", shown, 1, found=str(error)[:80])) from None
    spots: dict[Where, tuple[int, str]] = {}
    if node:
        _walk(node, (), spots, shown)
    return Document(shown, data, spots)


def _text(file: Path, shown: str) -> str:
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError:
        raise BadDocument(Fault("check-no-file", shown, 1)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadDocument(Fault("check-not-utf8", shown, line)) from None
    except OSError as error:
        found = error.strerror or ""
        raise BadDocument(Fault("check-unreadable", shown, 1, found=found)) from None


def _refuse_tabs(text: str, shown: str) -> None:
    tab = re.search(r"^\s*\t", text, re.MULTILINE)
    if tab:
        line = text.count("\n", 0, tab.end()) + 1
        raise BadDocument(Fault("check-tab", shown, line))


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[min(number, len(lines)) - 1].strip()[:80] if lines else ""


def _walk(node: yaml.Node, where: Where, spots: dict[Where, tuple[int, str]], shown: str) -> None:
    typed = node.value if isinstance(node, yaml.ScalarNode) else ""
    spots.setdefault(where, (node.start_mark.line + 1, typed))
    if len(where) >= DEEPEST:
        return
    if isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            _walk(item, (*where, i), spots, shown)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _walk_entry(key, value, (*where, str(key.value)), spots, shown)


def _walk_entry(
    key: yaml.Node, value: yaml.Node, where: Where, spots: dict[Where, tuple[int, str]], shown: str
) -> None:
    line = key.start_mark.line + 1
    if where in spots:
        raise BadDocument(Fault("check-key-twice", shown, line, found=str(key.value)))
    typed = value.value if isinstance(value, yaml.ScalarNode) else ""
    spots[where] = (line, typed)
    _walk(value, where, spots, shown)


def convert(
    doc: Document, kind: type[T], where: Where = (), data: Any = None
) -> tuple[T | None, list[Fault]]:
    """`data` (at `where` in `doc`; the whole document if not given) as `kind`, or what stops it.

    Unknown keys are all reported at once; of other mistakes the first.
    """
    data = doc.data if not where and data is None else data
    faults: list[Fault] = []
    while True:
        try:
            value = msgspec.convert(data, kind)
            return (None if faults else value), faults
        except msgspec.ValidationError as error:
            fault, data = _explain(doc, kind, where, data, str(error))
        misspelt = any(f.suggestion == fault.expected for f in faults)
        if fault.id == "check-missing-key" and misspelt:
            return None, faults  # told already, as the unknown key
        faults.append(fault)
        if fault.id != "check-unknown-key":
            return None, faults


def _explain(
    doc: Document, kind: type[Any], base: Where, data: Any, message: str
) -> tuple[Fault, Any]:
    """The fault behind a msgspec message, and the data without the unknown key it names."""
    inner = _inner(message)
    where = (*base, *inner)
    if named := re.match(r"Object contains unknown field `(.+?)`", message):
        key = named[1]
        known = _keys(kind, inner)
        fault = doc.fault(
            "check-unknown-key",
            (*where, key),
            found=key,
            expected=", ".join(known),
            suggestion=nearest(key, known),
        )
        return fault, _without(data, inner, key)
    if named := re.match(r"Object missing required field `(.+?)`", message):
        return doc.fault("check-missing-key", where, expected=named[1]), data
    wanted = re.match(r"Expected `(\w+)", message)
    id = "check-want-" + KINDS.get(wanted[1] if wanted else "", "other")
    return doc.fault(id, where, suggestion=_digits(doc, where, id)), data


def _inner(message: str) -> Where:
    """The position in a message: "… - at `$.offers[0].amount`" is ("offers", 0, "amount")."""
    found = re.search(r" - at `(?:key in )?\$(.*)`$", message)
    parts = re.findall(r"\.(\w+)|\[(\d+)\]", found[1] if found else "")
    return tuple(name or int(index) for name, index in parts)


def _digits(doc: Document, where: Where, id: str) -> str:
    """120.000 and 120,000 are meant as 120000."""
    grouped = re.fullmatch(r"\d{1,3}([.,]\d{3})+", doc.typed(where))
    return re.sub(r"\D", "", doc.typed(where)) if grouped and id == "check-want-int" else ""


def _keys(kind: Any, inner: Where) -> list[str]:
    """The keys a schema knows at a position inside it."""
    info = msgspec.inspect.type_info(kind)
    for part in inner:
        info = _step(_struct(info), part)
    info = _struct(info)
    return [f.encode_name for f in getattr(info, "fields", ())]


def _step(info: Any, part: str | int) -> Any:
    if isinstance(part, int):
        return info.item_type
    return next(f.type for f in info.fields if f.encode_name == part)


def _struct(info: Any) -> Any:
    """Of a union (`LooseYaml | None`) the one that has keys or items."""
    types = getattr(info, "types", (info,))
    return next((t for t in types if hasattr(t, "fields") or hasattr(t, "item_type")), info)


def _without(data: Any, inner: Where, key: str) -> Any:
    if not inner:
        return {k: v for k, v in data.items() if k != key}
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[inner[0]] = _without(copy[inner[0]], inner[1:], key)  # type: ignore[index]
    return copy
