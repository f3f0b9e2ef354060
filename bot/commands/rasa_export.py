"""`python -m bot export rasa`: the examples and the catalogue as a Rasa server learns them.

data/nlu.yml        every copy of every example that the shop's own model learns: spelled out,
                    masked, with and without diacritics
data/catalogue.yml  names of goods as a lookup table, and as synonyms of their product id
config.yml          of intents/rasa/
endpoints.yml       empty: Rasa keeps no talk and calls nobody
credentials.yml     empty: without this file it would open a chat that asks for no token
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bot.commands.check_intents import faults
from bot.settings import Settings
from bot.stores.catalogue import load_catalogue
from bot.understand.features import Normaliser, load_teencode
from bot.understand.intents_file import Example
from bot.understand.intents_folder import learned_from
from bot.understand.message import Reader
from bot.understand.names import Named, entries_of
from bot.understand.rasa import as_sent
from bot.understand.training import copies

MASKED = {
    "xsp": "product", "xma": "code", "xsl": "quantity", "xtien": "price", "xdon": "order_code",
    "xnha": "household", "xgio": "when", "xngay": "when",
}  # fmt: skip
"""Words of a masked text that stand for an entity."""

NOTHING = "{}\n"
CONFIGS = ("config", "diet")


class CannotExport(Exception):
    """The examples are wrong; the text says where, one fault a line."""


def export_rasa(settings: Settings, to: Path, config: str = "config") -> str:
    """Write the files into `to` (made if missing); what they hold as 16 hex digits.

    config: one of CONFIGS. Raises CannotExport.
    """
    if config not in CONFIGS:
        raise CannotExport(f"{config}: {', '.join(CONFIGS)}")
    found = faults(settings.intents_dir)
    if found:
        raise CannotExport("\n".join(map(str, found)))
    examples = learned_from(settings.intents_dir)
    normaliser = load_teencode(settings.intents_dir / "teencode.yml")
    catalogue, _ = load_catalogue(settings.catalog_dir)
    reader = Reader(catalogue.products.values(), catalogue.provinces)
    copied = learned(examples, normaliser, lambda text: reader.read(text).masked())
    texts = {
        "data/nlu.yml": nlu_file(copied),
        "data/catalogue.yml": catalogue_file(catalogue.products.values()),
        "config.yml": (settings.intents_dir / "rasa" / f"{config}.yml").read_text("utf-8"),
    }
    (to / "data").mkdir(parents=True, exist_ok=True)
    for name, text in {**texts, "endpoints.yml": NOTHING, "credentials.yml": NOTHING}.items():
        (to / name).write_text(text, "utf-8")
    return hashlib.sha256("\0".join(texts.values()).encode()).hexdigest()[:16]


def learned(
    examples: Sequence[Example], normaliser: Normaliser, mask: Callable[[str], str]
) -> dict[str, list[str]]:
    """By intent, the texts to learn, each once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for example in examples:
        for copy in copies(example, mask):
            text = as_sent(normaliser.words(copy, example.lang))
            if text:
                found[example.intent][text] = None
    return {intent: list(texts) for intent, texts in found.items()}


def nlu_file(texts: dict[str, list[str]]) -> str:
    """In Rasa 3.1 NLU format, masked words marked as the entities they stand for."""
    lines = ['version: "3.1"', "nlu:"]
    for intent, found in texts.items():
        lines += [f"  - intent: {intent}", "    examples: |"]
        lines += [f"      - {' '.join(map(_marked, text.split()))}" for text in found]
    return "\n".join(lines) + "\n"


def _marked(word: str) -> str:
    return f"[{word}]({MASKED[word]})" if word in MASKED else word


def catalogue_file(products: Iterable[Named]) -> str:
    """Spellings of all names as a lookup table; those of one product only as its synonyms."""
    meant: dict[str, set[str]] = defaultdict(set)
    for product, spelled, folded in entries_of(products):
        for words in (spelled, folded):
            meant[" ".join(words)].add(product)
    own: dict[str, list[str]] = defaultdict(list)
    for name, ids in meant.items():
        if len(ids) == 1:
            own[min(ids)].append(name)
    lines = ['version: "3.1"', "nlu:", *_block("lookup: product", meant)]
    for product in sorted(own):
        lines += _block(f"synonym: {product}", own[product])
    return "\n".join(lines) + "\n"


def _block(head: str, names: Iterable[str]) -> list[str]:
    return [f"  - {head}", "    examples: |", *(f"      - {name}" for name in sorted(names))]
