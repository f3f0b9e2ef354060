"""`python -m bot transliterate`: write the books in Mông script (CHV) from those in RPA.

RPA is written by hand, CHV comes from it by the table and `overrides.csv`. A sentence a reviewer
signed in CHV stays signed for as long as its text does not change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.mong.table import Table, load_table
from bot.mong.transliterate import Overrides, load_overrides, loans_in, to_chv
from bot.words.book import BOOK, MASTER

RPA, CHV = "hmn@rpa", "hmn@chv"
TABLE = Path("hmn") / "orthography.csv"
OVERRIDES = Path(CHV) / "overrides.csv"
HEAD = (
    'msgid ""\nmsgstr ""\n"Language: hmn@chv\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n'
)


def transliterate(locales: Path) -> list[Path]:
    """Write what differs; returns those files."""
    written = {locales / CHV / BOOK: book(locales), locales / CHV / "web.json": page(locales)}
    changed = [p for p, text in written.items() if not p.exists() or p.read_text("utf-8") != text]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written[path], encoding="utf-8")
    return changed


def book(locales: Path) -> str:
    """`hmn@chv/LC_MESSAGES/bot.po` as it should be."""
    table, overrides = load_table(locales / TABLE), load_overrides(locales / OVERRIDES)
    known = _read(locales / CHV / BOOK)
    master = {m.id: str(m.string) for m in _messages(_read(locales / MASTER / BOOK))}
    entries = [_remarks(locales / CHV / BOOK) + HEAD]
    for message in _messages(_read(locales / RPA / BOOK)):
        text = overrides.whole.get(str(message.id)) or _chv(
            str(message.string), master.get(message.id, ""), table, overrides
        )
        entries.append(_entry(message, text, known.get(str(message.id))))
    return "\n".join(entries)


def page(locales: Path) -> str:
    """`hmn@chv/web.json` as it should be."""
    table, overrides = load_table(locales / TABLE), load_overrides(locales / OVERRIDES)
    words = json.loads((locales / RPA / "web.json").read_text("utf-8"))
    master = json.loads((locales / MASTER / "web.json").read_text("utf-8"))
    written = {k: _chv(text, master.get(k, ""), table, overrides) for k, text in words.items()}
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def _chv(text: str, vietnamese: str, table: Table, overrides: Overrides) -> str:
    return to_chv(text, table, overrides, loans_in(text, vietnamese))


def _remarks(path: Path) -> str:
    """What people wrote at the head of the file stays there."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return "".join(f"{line}\n" for line in takewhile(lambda x: x.startswith("#"), lines))


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (m for m in catalog if m.id and m.string)


def _entry(message: Message, text: str, known: Message | None) -> str:
    signed = known is not None and not known.fuzzy and known.string == text
    source = next((c for c in message.auto_comments if c.startswith("source:")), "")
    signatures = known.user_comments if known is not None and signed else []
    lines = [*(f"# {c}" for c in signatures), f"#. {source}".rstrip()]
    lines += [] if signed else ["#, fuzzy"]
    return "\n".join((*lines, f"msgid {_quoted(str(message.id))}", f"msgstr {_string(text)}", ""))


def _string(text: str) -> str:
    """One line, or an empty one and then each line of the text."""
    parts = text.splitlines(keepends=True)
    return _quoted(text) if len(parts) < 2 else "\n".join(['""', *map(_quoted, parts)])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
