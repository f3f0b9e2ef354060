"""Makes the reader of Mông from the files people own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.mong.table import TableBroken, load_table
from bot.mong.transliterate import load_overrides
from bot.understand.commands import Commands
from bot.understand.fold import tidy
from bot.understand.intents_file import read_examples
from bot.understand.mong.reader import VOCABULARY, Goods, MongReader, shortened
from bot.understand.mong.sentences import POLITE, Sentences
from bot.understand.mong.words import Script, Words
from bot.understand.names import Named

log = structlog.get_logger()

LANG = "hmn@rpa"
GREETINGS = {"nyob zoo": "hmn@rpa", "nhoz jông": "hmn@chv", "nhoz zông": "hmn@chv"}
"""Said to a shop that speaks Vietnamese, these ask for the choice of languages."""


@dataclass(frozen=True, slots=True)
class MongFiles:
    """The table of letters, its overrides, and the examples of sentences."""

    table: Path
    overrides: Path
    examples: Path


def script_of(lang: str) -> Script | None:
    """The Mông script of a language, None for another language."""
    found: dict[str, Script] = {"hmn@rpa": "rpa", "hmn@chv": "chv"}
    return found.get(lang)


def greets(text: str) -> str:
    """The language of a greeting that is wholly Mông, else empty."""
    return GREETINGS.get(tidy(text).strip(" .!?…~,"), "")


def load_reader(
    files: MongFiles, commands: Commands, products: Iterable[Named]
) -> MongReader | None:
    """None if a file cannot be read; the log says which."""
    try:
        table, overrides = load_table(files.table), load_overrides(files.overrides)
        examples, faults = read_examples([files.examples])
    except (TableBroken, OSError) as error:
        log.error("mong-not-read", error=str(error))
        return None
    if faults:
        log.error("mong-examples", faults=[str(f) for f in faults[:5]])
    goods = [Goods(tuple(name.split()), p.name["vi"]) for p in products for name in _names(p)]
    sentences = Sentences(examples)
    phrases = {tidy(phrase) for phrase in commands.mong}
    vocabulary = set(VOCABULARY | POLITE | sentences.vocabulary)
    vocabulary.update(w for phrase in phrases for w in phrase.split())
    vocabulary.update(w for one in goods for w in one.words)
    words = Words(vocabulary, table, overrides)
    reviewed = LANG not in commands.unreviewed
    return MongReader(words, sentences, phrases, [*goods, *shortened(goods)], reviewed=reviewed)


def _names(product: Named) -> set[str]:
    """Its Mông name, and without what stands in brackets."""
    name = tidy(product.name.get(LANG, ""))
    return {n for n in (name, re.sub(r" ?\(.*?\)", "", name)) if n}
