"""`python -m bot check` for `locales/`: every fault with file, line, what was found and expected.

What a language still lacks is in `check_languages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from bot.words.book import BOOK, MASTER, PLACEHOLDER, BookBroken, read_about, read_book

LONGEST_TITLE = 40
CHECK_BOOK = Path(__file__).parents[2] / "locales" / MASTER / "LC_MESSAGES" / "check-locales.po"
MSGID = re.compile(r'^msgid\s+"((?:[^"\\]|\\.)*)"')
GOOD_ID = re.compile(r"[a-z0-9]+([-@][a-z0-9]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Where, and what is wrong in words a trainer understands."""

    path: Path
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One message of a file, as written."""

    id: str
    text: str
    line: int
    fuzzy: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One .po file: its messages in order, and ids that stand in it twice."""

    path: Path
    lang: str
    rows: tuple[Row, ...]
    twice: tuple[tuple[str, int], ...]
    fuzzy_header: bool

    def ids(self) -> dict[str, Row]:
        return {row.id: row for row in self.rows}


def faults(locales_dir: Path, used_ids: set[str] | None = None) -> list[Fault]:
    """All faults of the books under `locales_dir`, by file and line.

    used_ids: ids the code says, `*` for a part it fills in; each must exist in Vietnamese.
    """
    words = Words()
    found: list[Fault] = []
    sheets: dict[str, Sheet] = {}
    for path in sorted(locales_dir.glob(f"*/{BOOK}")):
        try:
            sheet = read_sheet(path)
        except (PoFileError, OSError, ValueError) as error:
            found.append(
                Fault(path, getattr(error, "lineno", 0) or 0, words("po-broken", why=error))
            )
        else:
            sheets[sheet.lang] = sheet
    if MASTER not in sheets:
        return sorted([*found, Fault(locales_dir / MASTER / BOOK, 0, words("no-master"))])
    master = sheets[MASTER].ids()
    for sheet in sheets.values():
        found += _in_sheet(sheet, words)
        found += _against_master(sheet, master, words)
        found += _in_about(sheet, master, words)
    found += _unwritten(sheets[MASTER], used_ids or set(), words)
    return sorted(found)


def read_sheet(path: Path) -> Sheet:
    """A .po file as written. Raises PoFileError, OSError or ValueError if it is none."""
    with path.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    lines = _lines_of_ids(path)
    rows = []
    for message in catalog:
        id = message.id if isinstance(message.id, str) else message.id[0]
        text = message.string if isinstance(message.string, str) else ""
        if id:
            line = lines.get(id, [0])[0]
            rows.append(Row(id, text, line, message.fuzzy, not isinstance(message.id, str)))
    twice = tuple((id, line) for id, found in lines.items() for line in found[1:] if id)
    return Sheet(path, path.parents[1].name, tuple(rows), twice, catalog.fuzzy)


def _lines_of_ids(path: Path) -> dict[str, list[int]]:
    """Babel merges an id that stands twice without a word, so the lines are read once more."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = MSGID.match(line)
        if match:
            found.setdefault(match[1], []).append(number)
    return found


class Words:
    """The sentences of this check; they are for trainers, so they are in Vietnamese too."""

    def __init__(self) -> None:
        self._book = read_book(CHECK_BOOK, MASTER)

    def __call__(self, sentence: str, /, **fields: object) -> str:
        entry = self._book[f"check-locales-{sentence}"]
        return entry.pattern % tuple(fields[name] for name in entry.names)

    def nearest(self, id: str, known: Iterable[str]) -> str:
        """ "Có phải …?" with the nearest known id, or nothing."""
        near = get_close_matches(id, list(known), n=1, cutoff=0.7)
        return " " + self("nearest", id=near[0]) if near else ""


def _in_sheet(sheet: Sheet, words: Words) -> Iterator[Fault]:
    """What is wrong with a file by itself."""
    if sheet.fuzzy_header:
        yield Fault(sheet.path, 1, words("fuzzy-header"))
    for id, line in sheet.twice:
        yield Fault(sheet.path, line, words("twice", id=id))
    for row in sheet.rows:
        for text in _in_row(row, words):
            yield Fault(sheet.path, row.line, text)


def _in_row(row: Row, words: Words) -> Iterator[str]:
    if not GOOD_ID.fullmatch(row.id):
        yield words("bad-id", id=row.id)
    if row.plural:
        yield words("plural", id=row.id)
    elif not row.text.strip():
        yield words("empty", id=row.id)
    if any(brace in PLACEHOLDER.sub("", row.text) for brace in "{}"):
        yield words("braces", id=row.id, text=row.text)
    if row.id.startswith(("choice-", "intent-")) and len(row.text) > LONGEST_TITLE:
        yield words("title-long", id=row.id, length=len(row.text), most=LONGEST_TITLE)


def _against_master(sheet: Sheet, master: Mapping[str, Row], words: Words) -> Iterator[Fault]:
    """What does not fit the Vietnamese text it translates."""
    if sheet.lang == MASTER:
        return
    for row in sheet.rows:
        if row.id not in master:
            text = words("unknown", id=row.id) + words.nearest(row.id, master)
            yield Fault(sheet.path, row.line, text)
        elif row.text.strip():
            yield from _holes(sheet, row, master[row.id], words)


def _holes(sheet: Sheet, row: Row, master: Row, words: Words) -> Iterator[Fault]:
    here, there = set(PLACEHOLDER.findall(row.text)), set(PLACEHOLDER.findall(master.text))
    if here != there:
        fields = {"id": row.id, "found": _listed(here), "expected": _listed(there)}
        yield Fault(sheet.path, row.line, words("holes", **fields))


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "–"


def _in_about(sheet: Sheet, master: Mapping[str, Row], words: Words) -> Iterator[Fault]:
    path = sheet.path.parents[1] / "about.yaml"
    if not path.exists():
        yield Fault(path, 0, words("no-about"))
        return
    try:
        about = read_about(path.parent)
    except BookBroken as error:
        yield Fault(path, 0, words("about-broken", why=error))
        return
    for known in about.critical:
        if known not in master and not any(fnmatchcase(id, known) for id in master):
            text = words("critical-unknown", id=known) + words.nearest(known, master)
            yield Fault(path, 0, text)


def _unwritten(sheet: Sheet, used: set[str], words: Words) -> Iterator[Fault]:
    """Ids the code says that nobody wrote."""
    known = {row.id: row for row in sheet.rows}
    for id in sorted(used):
        if id not in known and not any(fnmatchcase(written, id) for written in known):
            yield Fault(sheet.path, 0, words("unwritten", id=id) + words.nearest(id, known))
