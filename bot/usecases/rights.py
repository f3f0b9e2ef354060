"""Who may do what: seating accounts, acting for a seller, taking rights back, and not hearing a
person any more.

Every command is one ledger command. How accounts are invited stands in `inviting`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b

from bot.shop.changes import ChangeKind
from bot.shop.people import Block, Person
from bot.shop.problems import Blocked, GivesTooMuch, LastOwner, NotAllowed, NotSeller
from bot.shop.roles import EVERY, OWNER, SELLER, Grant, Right, Role, rights_for
from bot.usecases import journal
from bot.usecases.people import is_blocked, is_last_owner
from bot.usecases.ports import Books

RANK: dict[Role, int] = {"helper": 1, "seller": 2, "owner": 3}
"""A role gives and takes the roles up to its own."""

MOST_NAME = 40


def mark_of(entry: Grant | Block) -> str:
    """Names a grant or block in a choice id; the same rights given anew are another grant."""
    text = f"{entry.person} {entry.seller} {entry.at}"
    return blake2b(text.encode(), digest_size=6).hexdigest()


def rank(grants: Iterable[Grant], seller: str) -> int:
    """The highest role held for a seller; 0 for none."""
    return max((RANK[g.role] for g in grants if g.seller in (seller, EVERY)), default=0)


def seat(books: Books, grant: Grant, now: int) -> None:
    """Give a grant and let the account act for its seller; an owner acts for whom she chooses."""
    known = books.person(grant.person)
    acting = known.seller if grant.seller == EVERY else grant.seller
    books.save_person(replace(known, seller=acting, created_at=known.created_at or now))
    books.save_grant(grant)
    if grant.seller != EVERY and Right.ORDERS | Right.TALK in Right(grant.rights):
        books.readdress(f"seller:{grant.seller}", grant.person)
    _note(books, "grant", grant.person, Person(grant.by), now, grant.seller,
          f"{grant.role} {grant.rights}")  # fmt: skip


def _note(
    books: Books,
    kind: ChangeKind,
    person: str,
    by: Person,
    now: int,
    seller: str,
    words: str = "",
) -> None:
    """One line of the journal for each change of an account; the same change is one line."""
    told = blake2b(f"{kind} {person} {seller} {now} {words}".encode(), digest_size=8).hexdigest()
    journal.note(books, f"{kind}-{told}", kind, person, by, now, seller=seller, words=words)


def sit(books: Books, person: str, seller: str, now: int) -> None:
    """Make an account the seller's, or with EVERY an owner's, without a link: for rehearsals and
    tests.
    """
    owner = seller == EVERY
    role: Role = "owner" if owner else "seller"
    seat(books, Grant(person, seller, role, OWNER if owner else SELLER, "shop", now), now)


def act_for(books: Books, person: str, seller: str, now: int) -> Person:
    """A helper of several sellers, or an owner, chooses whom to act for; empty: for nobody.

    Raises NotSeller.
    """
    known = books.person(person)
    if seller:
        known.require(Right(0), seller)
    after = replace(known, seller=seller, created_at=known.created_at or now)
    books.save_person(after)
    return after


def team(books: Books, by: Person) -> tuple[Grant, ...]:
    """The accounts she may see and take rights from: those of the seller she acts for, or of the
    whole shop. Raises NotSeller, NotAllowed.
    """
    seller = by.acts_for or EVERY
    by.require(Right.PEOPLE, seller)
    if seller != EVERY:
        return books.grants_for(seller)
    people = dict.fromkeys((*books.owners(), *books.all_accounts()))
    return tuple(g for p in people for g in books.person(p).grants)


def account(books: Books, mark: str, by: Person) -> Grant | None:
    """The grant a button names, among those she has a say over; None once it was taken back."""
    sellers = dict.fromkeys(g.seller for g in by.grants)
    seen = team(books, Person(by.id, grants=by.grants)) if by.is_owner else (
        g for seller in sellers for g in books.grants_for(seller)
    )  # fmt: skip
    found = next((g for g in seen if mark_of(g) == mark), None)
    if found is not None and Right.PEOPLE not in rights_for(by.grants, found.seller):
        raise NotAllowed()
    return found


def call(books: Books, mark: str, name: str, by: Person, now: int) -> Grant:
    """Say what the others call an account. Raises NotSeller for one she has no say over."""
    found = account(books, mark, by)
    if found is None:
        raise NotSeller()
    named = replace(found, name=" ".join(name.split())[:MOST_NAME])
    if named != found:
        books.save_grant(named)
        _note(books, "grant", found.person, by, now, found.seller, f"name {named.name}")
    return named


def revoke(books: Books, person: str, seller: str, by: Person, now: int) -> None:
    """Take an account's rights for a seller back, at once. A repeat changes nothing.

    Raises NotAllowed without the right over people, GivesTooMuch for an account that holds more
    than the taker, LastOwner for the only owner.
    """
    found = next((g for g in books.grants_for(seller) if g.person == person), None)
    if found is None:
        return
    held = rights_for(by.grants, seller)
    if Right.PEOPLE not in held:
        raise NotAllowed()
    if Right(found.rights) not in held or RANK[found.role] > rank(by.grants, seller):
        raise GivesTooMuch()
    if seller == EVERY and is_last_owner(books, person):
        raise LastOwner()
    books.drop_grant(person, seller)
    books.hand_on(person, seller)
    _note(books, "revoke", person, by, now, seller)


def block(books: Books, person: str, seller: str, by: Person, now: int) -> None:
    """Hear no more from a person: no words, wishes or orders. EVERY seller: the owner only."""
    by.require(Right.TALK, seller)
    if books.blocked(person, seller) is None:
        books.save_block(Block(person, seller, by.id, now))
        _note(books, "block", person, by, now, seller)


def unblock(books: Books, person: str, seller: str, by: Person, now: int) -> None:
    by.require(Right.TALK, seller)
    if books.blocked(person, seller) is not None:
        books.drop_block(person, seller)
        _note(books, "unblock", person, by, now, seller)


def refuse_blocked(books: Books, person: str, seller: str) -> None:
    """Raises Blocked if this seller, or the shop, does not hear this person."""
    if is_blocked(books, person, seller):
        raise Blocked()
