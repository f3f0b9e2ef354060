"""All files of examples held against each other: what only shows when they are read together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.understand.fold import fold
from bot.understand.intents_file import Example, Fault, example_files, read_examples
from bot.understand.inventory import INTENTS

FEWEST = 8
"""Examples below which an intent is guessed, not known (58 % right with 3, 81 % with 8)."""

_SIGNS = re.compile(r"[^\w\s]+")


def read_folder(folder: Path) -> tuple[list[Example], list[Fault]]:
    """Every example of a folder, and every fault by file and line; none means it can be used."""
    paths = example_files(folder)
    examples, faults = read_examples(paths)
    whole = [*_too_few(examples), *_shared(examples)]
    if not faults:  # an intent in a file that cannot be read is not missing
        whole += _absent(folder, paths, examples)
    return examples, sorted([*faults, *whole], key=lambda f: (f.path, f.line))


def learned_from(folder: Path) -> list[Example]:
    """The good examples a model is learned from: Mông is read word for word, without one."""
    return [example for example in read_folder(folder)[0] if example.lang == "vi"]


def plain(text: str) -> str:
    """What two sentences share that differ in diacritics, signs and spaces alone."""
    return " ".join(_SIGNS.sub(" ", fold(text)).split())


def _too_few(examples: Sequence[Example]) -> Iterator[Fault]:
    groups: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        groups[example.lang, example.intent].append(example)
    for (lang, intent), group in groups.items():
        if lang == "vi" and len(group) < FEWEST:
            first = group[0]
            found = f"{intent}: {len(group)}"
            yield Fault(first.path, first.line, "check-intents-few", found, str(FEWEST))


def _shared(examples: Sequence[Example]) -> Iterator[Fault]:
    """One sentence given to two intents that the same person could mean."""
    owners: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        text = plain(example.text)
        for other in owners[text]:
            if other.intent != example.intent and INTENTS[other.intent] & INTENTS[example.intent]:
                expected = f"{other.intent} ({other.path}:{other.line})"
                yield Fault(
                    example.path, example.line, "check-intents-shared", example.text, expected
                )
                break
        owners[text].append(example)


def _absent(folder: Path, paths: Sequence[Path], examples: Sequence[Example]) -> Iterator[Fault]:
    """Intents nobody wrote an example for."""
    shown = f"{folder.name}/{paths[0].name if paths else 'vi.yml'}"
    known = {example.intent for example in examples}
    for intent in INTENTS:
        if intent not in known:
            yield Fault(shown, 1, "check-intents-absent", intent)
