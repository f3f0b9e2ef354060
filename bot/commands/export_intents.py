"""`python -m bot export intents`: what trainers taught, written to `intents/` and `catalog/`.

Every sentence is written once and marked; running it again writes nothing. What would make a file
wrong is not written, and said.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bot.app import Parts, open_shop, prepare_data_dir
from bot.commands.check import check
from bot.settings import Settings
from bot.shop.says import Field
from bot.shop.unread import Unread
from bot.stores.catalogue_alias import NoPlaceForAlias, add_alias, names_in
from bot.understand.fold import tidy
from bot.understand.intents_folder import read_folder
from bot.understand.intents_write import is_readable, owner_of, with_examples
from bot.usecases import learning

FILE = "vi.yml"
REHEARSALS = frozenset({"rehearse", "terminal"})
"""Channels whose sentences nobody may take for those of real people."""


class Text(Protocol):
    """A sentence of the Vietnamese book by its id."""

    def __call__(self, id: str, /, **fields: Field) -> str: ...


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one sentence: said as `line`; `written` and `known` ones are done with."""

    sentence: str
    line: str
    kind: str


def export_intents(settings: Settings) -> int:
    """Write what was taught, say what was written, then check; the exit code is that of check,
    or 1 if something could not be written. Works beside a running shop.
    """
    prepare_data_dir(settings)
    refused = asyncio.run(_export(settings))
    return check(settings, "") or int(bool(refused))


async def _export(settings: Settings) -> int:
    async with open_shop(settings, lambda: int(time.time())) as parts:
        done = await export(parts, settings.intents_dir, settings.catalog_dir)
        text = text_of(parts)
    for one in done:
        print(one.line)
    counts = {kind: sum(d.kind == kind for d in done) for kind in ("written", "known", "refused")}
    print(text("export-total", **counts) if done else text("export-nothing"))
    return counts["refused"]


def text_of(parts: Parts) -> Text:
    def text(id: str, /, **fields: Field) -> str:
        return parts.words.text("vi", id, **fields)

    return text


async def export(parts: Parts, intents_dir: Path, catalog_dir: Path) -> list[Done]:
    """Write every assigned sentence that is not in the files yet, and mark those that now are."""
    assigned = await parts.records.unread_sentences("assigned")
    waiting = [s for s in assigned if not s.exported_at]
    write = _Writer(intents_dir, catalog_dir, text_of(parts))
    done = [write.alias(s) if s.product else write.example(s) for s in waiting]
    names = tuple(d.sentence for d in done if d.kind != "refused")
    now = parts.now()
    await parts.ledger.put(lambda b: learning.exported(b, names, now))
    return done


class _Writer:
    """Puts one sentence after another into the files."""

    def __init__(self, intents_dir: Path, catalog_dir: Path, text: Text) -> None:
        self._intents, self._catalog, self._text = intents_dir, catalog_dir, text

    def example(self, sentence: Unread) -> Done:
        """A sentence as an example of its intent."""
        examples, _ = read_folder(self._intents)
        owner = owner_of(sentence.text, sentence.intent, examples)
        if owner and owner.intent == sentence.intent:
            return self._done(sentence, "known", "export-known", text=sentence.text)
        if owner:
            where = {"other": owner.intent, "path": owner.path, "line": str(owner.line)}
            return self._refused(sentence, "export-shared", intent=sentence.intent, **where)
        return self._written(sentence)

    def _written(self, sentence: Unread) -> Done:
        path = self._intents / FILE
        shown = f"{self._intents.name}/{FILE}"
        before = path.read_bytes().decode("utf-8")
        after = with_examples(before, sentence.intent, [sentence.text], self._source(sentence))
        draft = path.with_suffix(".yml.new")
        try:
            draft.write_bytes(after.encode("utf-8"))
            if not is_readable(draft):
                return self._refused(sentence, "export-refused", path=shown, why=sentence.intent)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        fields = {"path": shown, "intent": sentence.intent, "text": sentence.text}
        return self._done(sentence, "written", "export-intent", **fields)

    def _source(self, sentence: Unread) -> str:
        """Where the sentence is from and when it was first heard, as a comment."""
        month = datetime.fromtimestamp(sentence.first_at, UTC).strftime("%Y-%m")
        who = "rehearsal" if sentence.source in REHEARSALS else sentence.role
        return self._text(f"export-source-{who}", month=month)

    def alias(self, sentence: Unread) -> Done:
        """Words of a sentence as another name of its product."""
        path = self._catalog / "products" / f"{sentence.product}.yaml"
        shown = f"{self._catalog.name}/products/{path.name}"
        if not path.is_file():
            return self._refused(sentence, "export-gone", product=sentence.product)
        try:
            if tidy(sentence.alias) in map(tidy, names_in(path)):
                return self._done(sentence, "known", "export-known", text=sentence.alias)
            add_alias(path, sentence.alias)
        except NoPlaceForAlias as why:
            return self._refused(sentence, "export-refused", path=shown, why=str(why))
        return self._done(sentence, "written", "export-alias", path=shown, alias=sentence.alias)

    def _refused(self, sentence: Unread, id: str, **fields: Field) -> Done:
        return self._done(sentence, "refused", id, text=sentence.alias or sentence.text, **fields)

    def _done(self, sentence: Unread, kind: str, id: str, **fields: Field) -> Done:
        return Done(sentence.id, self._text(id, **fields), kind)
