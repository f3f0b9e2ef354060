"""Reads what the shop answers: one `bot.po` per language, every sentence made ready to fill.

A language falls back to Vietnamese and to nothing else, so a missing Mông sentence is never shown
in the other script or in English. Unreviewed (`fuzzy`) sentences are drafts: shown, and known as
drafts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import translate
from functools import lru_cache
from pathlib import Path

import msgspec
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

from bot.shop.product import Product

log = logging.getLogger(__name__)

MASTER = "vi"
BOOK = Path("LC_MESSAGES") / "bot.po"
SORRY = "sorry-try-again"
"""The one sentence that must exist: it stands in for whatever cannot be said."""

SIGNATURES = 2
"""Reviewers a critical sentence needs, one of them for each variety of Mông."""

NOTHING = r"(?!)"
"""A pattern that fits no text."""

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class BookBroken(Exception):
    """A file of sentences cannot be used at all; says which file and why, for the operator."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence. `pattern` is `text` as a %-format whose holes are `names`, in order.

    lang: the language it was written in. reviewed: no longer a draft. reviewers: how many signed
    it. line: its place in the file.
    """

    id: str
    lang: str
    text: str
    pattern: str
    names: tuple[str, ...]
    reviewed: bool
    line: int
    reviewers: int = 0


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`about.yaml` of a language: its name, and which sentences must not rest on a draft.

    name: in the language itself. called: by other languages, e.g. `{vi: "tiếng Mông"}`.
    critical: message ids, `*` for any ending; these carry the Vietnamese beneath until
    `SIGNATURES` reviewers signed them. protected: ids that are the same in every language (names,
    digits, signs). like: the language whose two lists are taken over.
    """

    name: str
    called: dict[str, str] = {}
    script: str = ""
    critical: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    like: str = ""


@dataclass(frozen=True, slots=True)
class Books:
    """All languages.

    own: what each language has itself. chained: every Vietnamese id in every language.
    unsafe: critical ids of a language that too few reviewers signed.
    """

    own: Mapping[str, Mapping[str, Entry]]
    chained: Mapping[str, Mapping[str, Entry]]
    about: Mapping[str, About] = field(default_factory=dict)
    unsafe: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """Vietnamese first, then by code."""
        return tuple(sorted(self.own, key=lambda lang: (lang != MASTER, lang)))

    def entry(self, lang: str, id: str) -> Entry | None:
        """The sentence in `lang`, else in Vietnamese; None for an id nobody wrote."""
        return self.chained.get(lang, self.chained[MASTER]).get(id)

    def needs_master_line(self, entry: Entry) -> bool:
        """True for a sentence about price, paying, cancelling or stopping that too few signed."""
        return entry.id in self.unsafe.get(entry.lang, ())

    def draft(self, lang: str) -> bool:
        """True while any sentence of the language is unreviewed: the language picker says so."""
        return any(not entry.reviewed for entry in self.own[lang].values())

    def reviewed(self, lang: str) -> tuple[int, int]:
        """How many of the Vietnamese sentences are reviewed in `lang`, and how many there are,
        without those that are the same everywhere.
        """
        own, about = self.own[lang], self.about.get(lang)
        same = matching(about.protected if about else ())
        wanted = [id for id in self.own[MASTER] if not same(id)]
        return sum(1 for id in wanted if id in own and own[id].reviewed), len(wanted)


def known_words(books: Books, products: Iterable[Product]) -> list[str]:
    """Every name of the goods and every sentence of the shop: words people may well use too."""
    names = [n for p in products for n in (*p.name.values(), *p.aliases)]
    return [*names, *(entry.text for entry in books.own[MASTER].values())]


def load_books(locales_dir: Path, *, drafts: bool = True) -> Books:
    """Read every `<lang>/LC_MESSAGES/bot.po` under `locales_dir`.

    Without `drafts` unreviewed sentences are left out and Vietnamese is shown in their place.
    Files that did not change since they were read last are not read again. Raises BookBroken if a
    file cannot be read or Vietnamese lacks `sorry-try-again`.
    """
    files = [*locales_dir.glob(f"*/{BOOK}"), *locales_dir.glob("*/about.yaml")]
    stamps = tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for file in sorted(files))
    return _load(locales_dir, drafts, stamps)


@lru_cache(maxsize=2)
def _load(locales_dir: Path, drafts: bool, stamps: tuple[tuple[Path, int, int], ...]) -> Books:
    paths = [path for path, *_ in stamps if path.name == BOOK.name]
    own = {path.parents[1].name: read_book(path, path.parents[1].name) for path in paths}
    if SORRY not in own.get(MASTER, {}):
        raise BookBroken(f"{locales_dir / MASTER / BOOK}: no {SORRY!r}")
    if not drafts:
        own = {lang: _shown(lang, book) for lang, book in own.items()}
    chained = {lang: {**own[MASTER], **book} for lang, book in own.items()}
    about = {lang: read_about(locales_dir / lang) for lang in own}
    unsafe = {lang: _unsafe(own[lang], about[lang].critical) for lang in own if lang != MASTER}
    return Books(own, chained, about, unsafe)


def _unsafe(book: Mapping[str, Entry], critical: tuple[str, ...]) -> frozenset[str]:
    known = matching(critical)
    return frozenset(
        id for id, entry in book.items() if entry.reviewers < SIGNATURES and known(id)
    )


@lru_cache(maxsize=16)
def matching(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether an id is one of these; `*` stands for any ending."""
    known = re.compile("|".join(map(translate, patterns)) or NOTHING)
    return lambda id: known.match(id) is not None


def _shown(lang: str, book: dict[str, Entry]) -> dict[str, Entry]:
    return {id: entry for id, entry in book.items() if entry.reviewed or lang == MASTER}


def read_book(path: Path, lang: str) -> dict[str, Entry]:
    """The sentences of one file by id; empty ones are left out. Raises BookBroken."""
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
    except (PoFileError, OSError, ValueError) as error:
        raise BookBroken(f"{path}: {error}") from error
    return {
        message.id: replace(
            compiled(message.id, lang, message.string),
            reviewed=not message.fuzzy,
            line=message.lineno or 0,
            reviewers=signatures(message),
        )
        for message in catalog
        if isinstance(message.id, str) and isinstance(message.string, str)
        if message.id and message.string and _can_be_filled(message.string, path)
    }


def signatures(message: Message) -> int:
    """How many reviewers signed: comments `reviewed-by: initials, province, dialect, date`."""
    comments = (*message.user_comments, *message.auto_comments)
    return sum(1 for c in comments if c.startswith("reviewed-by:"))


def _can_be_filled(text: str, path: Path) -> bool:
    """False for braces that are no placeholder; such a sentence is left out, never shown raw."""
    good = not any(brace in PLACEHOLDER.sub("", text) for brace in "{}")
    if not good:
        log.error("%s: left out, bad braces: %r", path, text)
    return good


def compiled(id: str, lang: str, text: str, *, reviewed: bool = True) -> Entry:
    """A sentence made ready: holes found once, at start."""
    pattern = PLACEHOLDER.sub("%s", text.replace("%", "%%"))
    return Entry(id, lang, text, pattern, tuple(PLACEHOLDER.findall(text)), reviewed, 0)


def read_about(folder: Path) -> About:
    """`about.yaml` of a language; without one it is called by its code. Raises BookBroken."""
    path = folder / "about.yaml"
    if not path.exists():
        return About(folder.name)
    try:
        found = msgspec.yaml.decode(path.read_bytes(), type=About)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BookBroken(f"{path}: {error}") from error
    if not found.like:
        return found
    other = read_about(folder.with_name(found.like))
    return msgspec.structs.replace(found, critical=other.critical, protected=other.protected)
