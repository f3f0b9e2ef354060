"""Who may do what: inviting, binding, taking rights back, and not hearing a person any more.

Every function is one ledger command. Nobody grants more than she holds.
"""

from __future__ import annotations

from dataclasses import replace

from bot.shop.people import Block, Link, Person
from bot.shop.problems import Blocked, GivesTooMuch, LastOwner, LinkSpent, NotAllowed
from bot.shop.roles import EVERY, OWNER, SELLER, Grant, Right, Role, may_give, rights_for
from bot.usecases import journal
from bot.usecases.people import check_link
from bot.usecases.ports import Books

OWNER_LINK = "owner:shop"


def invite(
    books: Books, role: Role, seller: str, rights: Right, hashed: str, until: int, by: Person
) -> None:
    """A one-time link (or code) that gives an account these rights for a seller.

    Raises NotAllowed without the right to invite, GivesTooMuch beyond the giver's own rights.
    """
    if Right.PEOPLE not in rights_for(by.grants, seller):
        raise NotAllowed()
    if not may_give(by.grants, seller, rights):
        raise GivesTooMuch()
    purpose = f"{role}:{seller}:{int(rights)}:{by.id}"
    books.save_link(Link(hashed, purpose, until, once=True))


def make_owner_link(books: Books, hashed: str, until: int) -> None:
    """From the terminal of the machine only; older unspent ones stop working."""
    books.drop_links(OWNER_LINK)
    books.save_link(Link(hashed, OWNER_LINK, until, once=True))


def bind(books: Books, hashed: str, person: str, now: int) -> Grant:
    """Spend a link for this account; letters that waited for the seller come now.

    The same account may press again. Raises LinkSpent for a link that opens nothing (any more),
    or whose giver has lost the rights it gives since.
    """
    link, known = books.link(hashed), books.person(person)
    grant = _grant_of(books, link, person, now)
    if link is None or grant is None:
        raise LinkSpent()
    held = next((g for g in known.grants if g.seller == grant.seller), None)
    if (
        link.spent_at
        and held is not None
        and (held.role, held.rights)
        == (
            grant.role,
            grant.rights,
        )
    ):
        return held
    check_link(books, hashed, now)
    books.save_link(replace(link, spent_at=now))
    seat(books, grant, now)
    return grant


def _grant_of(books: Books, link: Link | None, person: str, now: int) -> Grant | None:
    """What a link gives. `seller:<id>` from the terminal, or `<role>:<seller>:<rights>:<by>`."""
    role, _, rest = (link.purpose if link else "").partition(":")
    if link is not None and link.purpose == OWNER_LINK:
        return Grant(person, EVERY, "owner", OWNER, "shop", now)
    if role == "seller" and ":" not in rest:
        return Grant(person, rest, "seller", SELLER, "shop", now)
    if role not in ("owner", "seller", "helper"):
        return None
    seller, rights, by = rest.split(":", 2)
    giver = books.person(by)
    if not may_give(giver.grants, seller, Right(int(rights))):
        return None
    return Grant(person, seller, role, int(rights), by, now)  # type: ignore[arg-type]


def seat(books: Books, grant: Grant, now: int) -> None:
    """Give a grant and let the account act for its seller; an owner acts for whom she chooses."""
    known = books.person(grant.person)
    acting = known.seller if grant.seller == EVERY else grant.seller
    books.save_person(replace(known, seller=acting, created_at=known.created_at or now))
    books.save_grant(grant)
    if grant.seller != EVERY:
        books.readdress(f"seller:{grant.seller}", grant.person)
    giver = Person(grant.by)
    journal.note(
        books, f"grant-{grant.person}-{grant.seller}-{now}"[:40], "grant", grant.person, giver,
        now, seller=grant.seller, words=f"{grant.role} {grant.rights}",
    )  # fmt: skip


def sit(books: Books, person: str, seller: str, now: int) -> None:
    """Make an account the seller's, or with EVERY an owner's, without a link: for rehearsals and
    tests.
    """
    owner = seller == EVERY
    role: Role = "owner" if owner else "seller"
    seat(books, Grant(person, seller, role, OWNER if owner else SELLER, "shop", now), now)


def act_for(books: Books, person: str, seller: str, now: int) -> Person:
    """A helper of several sellers, or an owner, chooses whom to act for. Raises NotSeller."""
    known = books.person(person)
    if seller:
        known.require(Right(0), seller)
    after = replace(known, seller=seller, created_at=known.created_at or now)
    books.save_person(after)
    return after


def revoke(books: Books, person: str, seller: str, by: Person, now: int) -> None:
    """Take an account's rights for a seller back, at once. A repeat changes nothing.

    Raises NotAllowed without the right over people, GivesTooMuch for an account that holds more
    than the taker, LastOwner for the only owner.
    """
    found = next((g for g in books.grants_for(seller) if g.person == person), None)
    if found is None:
        return
    if Right.PEOPLE not in rights_for(by.grants, seller):
        raise NotAllowed()
    if Right(found.rights) not in rights_for(by.grants, seller):
        raise GivesTooMuch()
    if seller == EVERY and len(books.grants_for(EVERY)) == 1:
        raise LastOwner()
    books.drop_grant(person, seller)
    journal.note(books, f"revoke-{now}-{person}"[:40], "revoke", person, by, now, seller=seller)


def block(books: Books, person: str, seller: str, by: Person, now: int) -> None:
    """Hear no more from a person: no words, wishes or orders. EVERY seller: the owner only."""
    by.require(Right.TALK, seller)
    if books.blocked(person, seller) is None:
        books.save_block(Block(person, seller, by.id, now))
        journal.note(books, f"block-{now}-{person}"[:40], "block", person, by, now, seller=seller)


def unblock(books: Books, person: str, seller: str, by: Person, now: int) -> None:
    by.require(Right.TALK, seller)
    if books.blocked(person, seller) is not None:
        books.drop_block(person, seller)
        journal.note(
            books, f"unblock-{now}-{person}"[:40], "unblock", person, by, now, seller=seller
        )


def refuse_blocked(books: Books, person: str, seller: str) -> None:
    """Raises Blocked if this seller, or the shop, does not hear this person."""
    if books.blocked(person, seller) or books.blocked(person, EVERY):
        raise Blocked()
