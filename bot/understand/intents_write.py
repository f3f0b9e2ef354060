"""Adds examples to the text of an intents file, keeping everything else letter for letter.

A comment inside an `examples: |` block would be text, so examples with a source of their own stand
in a block of their own, the comment on the line above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bot.understand.intents_file import Example, read_examples
from bot.understand.intents_folder import plain
from bot.understand.inventory import INTENTS

_INTENT = re.compile(r"^(\s*)- intent:\s*([\w-]+)\s*(?:#.*)?$")


def with_examples(text: str, intent: str, examples: Sequence[str], comment: str) -> str:
    """The file's text with more examples of an intent, under `# comment`.

    A block that already has this very comment is made longer, else a new one stands behind the
    intent's last block; behind everything if the intent has none.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.removesuffix(ends).split(ends)
    dash = _indent(lines)
    inside = [f"{dash}    - {example}" for example in examples]
    opening = [f"{dash}# {comment}", f"{dash}- intent: {intent}", f"{dash}  examples: |"]
    at = _after(lines, opening)
    if at is None:
        at, inside = _end_of(lines, intent), [*opening, *inside]
    lines[at:at] = inside
    return ends.join(lines) + ends


def _indent(lines: Sequence[str]) -> str:
    """How far the file's own blocks stand in; two blanks where it has none."""
    return next((match[1] for line in lines if (match := _INTENT.match(line))), "  ")


def _after(lines: Sequence[str], opening: Sequence[str]) -> int | None:
    """The line behind these lines, if they stand in the file just so."""
    size = len(opening)
    for at in range(len(lines) - size + 1):
        if [line.rstrip() for line in lines[at : at + size]] == opening:
            return at + size
    return None


def _end_of(lines: Sequence[str], intent: str) -> int:
    """The line behind the last block of the intent."""
    end = 0
    for at, line in enumerate(lines):
        match = _INTENT.match(line)
        if match and match[2] == intent:
            end = _block_end(lines, at, len(match[1]))
    if not end:
        end = len(lines)
        while end and not lines[end - 1].strip():
            end -= 1
    return end


def _block_end(lines: Sequence[str], at: int, depth: int) -> int:
    """The line behind the last one that stands further in than the block's dash."""
    end = at + 1
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            break
        end = number + 1 if line.strip() else end
    return end


def owner_of(text: str, intent: str, examples: Sequence[Example]) -> Example | None:
    """The example that already is this sentence, of this intent or of one that the same people
    may mean.
    """
    same = [e for e in examples if plain(e.text) == plain(text)]
    own = (e for e in same if e.intent == intent)
    others = (e for e in same if INTENTS[e.intent] & INTENTS[intent])
    return next(own, None) or next(others, None)


def is_readable(path: Path) -> bool:
    """True if the file has no fault of its own."""
    return not read_examples([path])[1]
