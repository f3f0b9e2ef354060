"""A strict reader of the part of RFC 5545 that a live's file uses; it forgives nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(r"([A-Z-]+)((?:;[^:]*)?):(.*)")
_TEXT = re.compile(r"\\([\\;,nN])|([^\\;,])")


@dataclass
class Component:
    name: str
    properties: dict[str, str] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def one(self, name: str) -> Component:
        [found] = [part for part in self.parts if part.name == name]
        return found

    def text(self, name: str) -> str:
        """A text value, unescaped. Raises ValueError for one that is not escaped right."""
        value, out, at = self.properties[name], "", 0
        while at < len(value):
            found = _TEXT.match(value, at)
            if not found:
                raise ValueError(value[at:])
            out += {"n": "\n", "N": "\n"}.get(found[1] or "", found[1] or found[2])
            at = found.end()
        return out


def parse(data: bytes) -> Component:
    """The calendar. Raises ValueError or AssertionError for anything that is not to the letter."""
    assert data.endswith(b"\r\n")
    raw = data.removesuffix(b"\r\n").split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    assert max(map(len, raw)) <= 75
    lines = list(_unfolded(line.decode("utf-8", "strict") for line in raw))
    assert lines[0] == "BEGIN:VCALENDAR"
    return _component(iter(lines))


def _unfolded(lines: Iterator[str]) -> Iterator[str]:
    whole = ""
    for line in lines:
        assert line, "an empty line"
        if line[0] in " \t":
            whole += line[1:]
            continue
        if whole:
            yield whole
        whole = line
    yield whole


def _component(lines: Iterator[str]) -> Component:
    root = Component("")
    stack = [root]
    for line in lines:
        found = _LINE.fullmatch(line)
        if not found:
            raise ValueError(line)
        name, value = found[1], found[3]
        if name == "BEGIN":
            stack[-1].parts.append(Component(value))
            stack.append(stack[-1].parts[-1])
        elif name == "END":
            assert stack.pop().name == value
        else:
            assert name not in stack[-1].properties, f"{name} twice"
            stack[-1].properties[name] = value
    assert stack == [root]
    return root.one("VCALENDAR")
