"""Where people are reached with the page closed. Every function is one ledger command."""

from __future__ import annotations

from collections.abc import Collection

from bot.shop.follow import PushAddress
from bot.usecases.ports import Books

MOST_ADDRESSES = 5
"""Browsers of one person that are called; with a sixth the oldest is forgotten."""


def remember(books: Books, address: PushAddress) -> None:
    """Call this browser from now on. One that was somebody else's is only this person's now."""
    holder = books.push_holder(address.id)
    if holder and holder != address.person:
        forget(books, holder, (address.id,))
    known = [a for a in books.push_addresses_of(address.person) if a.id != address.id]
    books.set_push_addresses(address.person, (*known, address)[-MOST_ADDRESSES:])


def forget(books: Books, person: str, ids: Collection[str]) -> None:
    """These are not called any more."""
    known = books.push_addresses_of(person)
    books.set_push_addresses(person, tuple(a for a in known if a.id not in ids))
