"""Accounts: consent, language and manner, links that bind or return."""

from __future__ import annotations

from dataclasses import replace

from bot.shop.people import Consent, Link, Person
from bot.shop.problems import LinkSpent
from bot.shop.roles import EVERY
from bot.usecases.ports import Books


def consent(books: Books, person: str, kind: str, version: str, lang: str, now: int) -> Person:
    """Store what was agreed to, with the wording's version and the time; once per kind and
    version.
    """
    known = books.person(person)
    if any(c.kind == kind and c.version == version for c in known.consents):
        return known
    new = Consent(kind, version, lang, now)
    after = replace(
        known, consents=(*known.consents, new), created_at=known.created_at or now, lang=lang
    )
    books.save_person(after)
    return after


def set_manner(
    books: Books,
    person: str,
    now: int,
    *,
    lang: str | None = None,
    voice: bool | None = None,
    light: bool | None = None,
) -> None:
    """How the shop speaks to a person; what is None stays as it is."""
    known = books.person(person)
    after = replace(
        known,
        lang=known.lang if lang is None else lang,
        voice=known.voice if voice is None else voice,
        light=known.light if light is None else light,
        created_at=known.created_at or now,
    )
    books.save_person(after)


def make_seller_link(
    books: Books, seller: str, hashed: str, until: int, *, alone: bool = True
) -> None:
    """A new one-time link; `alone`: older unspent ones stop working."""
    if alone:
        books.drop_links(f"seller:{seller}")
    books.save_link(Link(hashed, f"seller:{seller}", until, once=True))


def make_return_link(books: Books, person: str, hashed: str, until: int) -> None:
    books.save_link(Link(hashed, f"person:{person}", until, once=False))


def check_link(books: Books, hashed: str, now: int) -> str:
    """What a link is for, without spending it. Raises LinkSpent if it no longer opens anything."""
    link = books.link(hashed)
    if link is None or link.until < now or (link.once and link.spent_at):
        raise LinkSpent()
    return link.purpose


TRAINER = "trainer:shop"
"""What a link is for that makes an account a trainer's."""


def make_trainer_link(books: Books, hashed: str, until: int) -> None:
    """A new one-time link; older unspent ones stop working."""
    books.drop_links(TRAINER)
    books.save_link(Link(hashed, TRAINER, until, once=True))


def bind_trainer(books: Books, hashed: str, person: str, now: int) -> bool:
    """Spend a trainer's link for this account; False if the link is for something else.

    Raises LinkSpent if it was used, replaced or has run out, except by this very account.
    """
    link, known = books.link(hashed), books.person(person)
    if link is None or link.purpose != TRAINER:
        return False
    if not known.trainer:
        check_link(books, hashed, now)
        books.save_link(replace(link, spent_at=now))
        books.save_person(replace(known, trainer=True, created_at=known.created_at or now))
    return True


def return_to(books: Books, hashed: str, now: int) -> str:
    """The person a return link leads back to."""
    purpose = check_link(books, hashed, now)
    if not purpose.startswith("person:"):
        raise LinkSpent()
    return purpose.removeprefix("person:")


def is_last_owner(books: Books, person: str) -> bool:
    """Whether no other owner stays: one who waits to be forgotten does not."""
    owners = books.owners()
    others = (o for o in owners if o != person and not books.person(o).erase_after_orders)
    return person in owners and not any(others)


def is_blocked(books: Books, person: str, seller: str) -> bool:
    """Whether this seller, or the shop, does not hear this person."""
    return bool(books.blocked(person, seller) or books.blocked(person, EVERY))


def withdraw(books: Books, person: str, kind: str) -> None:
    """What was agreed to of this kind holds no more."""
    books.withdraw(person, kind)


def stop_reminders(books: Books, person: str) -> None:
    """No more reminders, restock notices or broadcasts; letters about orders still come."""
    books.stop_ads(person)
