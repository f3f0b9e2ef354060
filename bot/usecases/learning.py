"""Sentences nobody understood: kept, taught by a trainer, taken back."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b

from bot.shop.people import Person
from bot.shop.problems import NoSuchSentence, NotTrainer
from bot.shop.unread import Unread
from bot.usecases.ports import Books

CONSENT = "teach"
CONSENT_VERSION = "2026-11"
"""Change it when the wording of `teach-offer` changes; people are then asked again."""

MOST_OPEN = 5_000
"""Sentences waiting for a trainer; beyond that only ones already known are counted."""

ID_BYTES = 5


def sentence_id(text: str, role: str) -> str:
    """Ten letters and digits that stand for a scrubbed sentence of this role."""
    return blake2b(f"{role}/{text}".encode(), digest_size=ID_BYTES).hexdigest()


def agreed(person: Person) -> bool:
    """True if the person lets the shop keep what it did not understand."""
    return any(c.kind == CONSENT and c.version == CONSENT_VERSION for c in person.consents)


def note(books: Books, text: str, folded: str, role: str, source: str, now: int) -> Unread | None:
    """Count a scrubbed sentence. None if it is not kept, because too many wait already.

    One that was assigned or passed over keeps that state. No account is stored with it.
    """
    id_ = sentence_id(text, role)
    known = books.unread(id_)
    if known is None:
        if books.open_unread() >= MOST_OPEN:
            return None
        known = Unread(id_, text, folded[:200], role, 0, now, now, source)
    counted = replace(known, count=known.count + 1, last_at=now)
    books.save_unread(counted)
    return counted


def assign_intent(books: Books, sentence: str, intent: str, who: str, now: int) -> Unread:
    """The sentence becomes an example of an intent. Raises NotTrainer or NoSuchSentence."""
    found = _open(books, sentence, who)
    taught = replace(found, state="assigned", intent=intent, assigned_by=who, assigned_at=now)
    books.save_unread(taught)
    return taught


def assign_alias(
    books: Books, sentence: str, product: str, alias: str, who: str, now: int
) -> Unread:
    """Words of the sentence become another name of a product. Raises as `assign_intent`."""
    found = _open(books, sentence, who)
    taught = replace(
        found, state="assigned", product=product, alias=alias, assigned_by=who, assigned_at=now
    )
    books.save_unread(taught)
    return taught


def drop(books: Books, sentence: str, who: str, now: int) -> Unread:
    """Pass over a sentence that teaches nothing, or still names somebody. Raises likewise."""
    passed = replace(
        _open(books, sentence, who), state="dropped", assigned_by=who, assigned_at=now
    )
    books.save_unread(passed)
    return passed


def undo(books: Books, sentence: str, who: str) -> Unread:
    """Open again what this trainer assigned or dropped, unless it was exported already."""
    found = books.unread(sentence)
    if not books.person(who).trainer:
        raise NotTrainer()
    if found is None or found.assigned_by != who or found.exported_at:
        raise NoSuchSentence()
    opened = replace(
        found, state="open", intent="", product="", alias="", assigned_by="", assigned_at=0
    )
    books.save_unread(opened)
    return opened


def exported(books: Books, sentences: tuple[str, ...], now: int) -> None:
    """Mark sentences as written to the files, once."""
    for name in sentences:
        found = books.unread(name)
        if found is not None and found.state == "assigned" and not found.exported_at:
            books.save_unread(replace(found, exported_at=now))


def sweep(books: Books, now: int) -> None:
    """Forget what was kept for as long as it may be."""
    books.sweep_unread(now)


def _open(books: Books, sentence: str, who: str) -> Unread:
    if not books.person(who).trainer:
        raise NotTrainer()
    found = books.unread(sentence)
    if found is None or found.state != "open":
        raise NoSuchSentence()
    return found
