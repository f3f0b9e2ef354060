"""Being forgotten."""

from __future__ import annotations

from dataclasses import replace

from bot.shop.problems import LastOwner
from bot.usecases import claim_holds
from bot.usecases.people import is_last_owner
from bot.usecases.ports import Books
from bot.usecases.restock import tell_waiting


def erase(books: Books, person: str, receipt: str, now: int) -> tuple[str, ...]:
    """Forget a person now, or after the orders on their way; returns the codes of those. What she
    claimed in lives and did not order goes to whoever waits.

    Raises LastOwner: without an owner nobody in the chat could take a right back.
    """
    if is_last_owner(books, person):
        raise LastOwner()
    _give_up_claims(books, person, now)
    books.erasure(receipt, now)
    waiting = books.open_of(person)
    if waiting:
        books.withdraw(person, "teach")
        books.save_person(replace(books.person(person), erase_after_orders=True))
    else:
        books.erase(person)
    return waiting


def _give_up_claims(books: Books, person: str, now: int) -> None:
    mine = books.open_claims_of(person)
    for known in mine:
        after = claim_holds.ended(books, known, "cancel", person, now)
        claim_holds.note(books, after, "cancelled-claim", now)
    for product in {c.product for c in mine}:
        tell_waiting(books, product, now)
