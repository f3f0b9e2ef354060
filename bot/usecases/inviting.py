"""Inviting accounts: one-time links and short codes, what they give, and who hears of it.

Every function is one ledger command. Nobody gives more than she holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.shop.people import Link, Person
from bot.shop.problems import GivesTooMuch, LinkSpent, NotAllowed, TooOften
from bot.shop.roles import EVERY, OWNER, SELLER, Grant, Right, Role, may_give, rights_for
from bot.shop.says import Choice, Field, Say
from bot.usecases import letters
from bot.usecases.people import check_link
from bot.usecases.ports import Books
from bot.usecases.rights import RANK, mark_of, rank, seat

OWNER_LINK = "owner:shop"
CODE_SECONDS = 30 * 60
CODE_MINUTES = CODE_SECONDS // 60

MOST: dict[Role, Right] = {"owner": OWNER, "seller": SELLER, "helper": SELLER}
"""What a role can hold at all."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What is given, and the hashes of what opens it: a link's token, and the first of `codes`
    that no other invitation has. mark: makes two invitations for the same rights two.
    """

    role: Role
    seller: str
    rights: Right
    mark: str
    hashed: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gift:
    """What a link gives. by: the giver's account, or `shop` for the terminal."""

    role: Role
    seller: str
    rights: Right
    by: str
    mark: str = ""


def roles_to_give(grants: Iterable[Grant], seller: str) -> tuple[Role, ...]:
    """The roles she may invite to, the lowest first. EVERY seller: another owner."""
    held = tuple(grants)
    if Right.PEOPLE not in rights_for(held, seller):
        return ()
    if seller == EVERY:
        return ("owner",)
    return tuple(r for r in ("helper", "seller") if RANK[r] <= rank(held, seller))


def invite(books: Books, made: Invitation, by: Person, now: int, until: int) -> int:
    """Keep an invitation; the same mark again is the same one. Returns which code opens it.

    The code holds for CODE_SECONDS, the link until `until`. Raises NotAllowed without the right
    to invite, GivesTooMuch beyond the giver's own rights or role, TooOften if every code is taken.
    """
    if Right.PEOPLE not in rights_for(by.grants, made.seller):
        raise NotAllowed()
    fits = made.rights in MOST[made.role] and may_give(by.grants, made.seller, made.rights)
    if made.role not in roles_to_give(by.grants, made.seller) or not fits:
        raise GivesTooMuch()
    purpose = f"{made.role}:{made.seller}:{int(made.rights)}:{made.mark}:{by.id}"
    if books.link(made.hashed) is None:
        books.save_link(Link(made.hashed, purpose, until, once=True))
    for n, code in enumerate(made.codes):
        other = books.link(code)
        if other is None:
            books.save_link(Link(code, purpose, now + CODE_SECONDS, once=True))
        if other is None or other.purpose == purpose:
            return n
    raise TooOften(minutes=CODE_MINUTES)


def make_owner_link(books: Books, hashed: str, until: int) -> None:
    """From the terminal of the machine only; older unspent ones stop working."""
    books.drop_links(OWNER_LINK)
    books.save_link(Link(hashed, OWNER_LINK, until, once=True))


def gift_of(books: Books, purpose: str) -> Gift | None:
    """What a link with this purpose gives: one from the terminal, or an invitation whose giver
    still holds what it gives. None for any other link.
    """
    role, _, rest = purpose.partition(":")
    if purpose == OWNER_LINK:
        return Gift("owner", EVERY, OWNER, "shop")
    if role == "seller" and ":" not in rest:
        return Gift("seller", rest, SELLER, "shop")
    if role not in RANK or rest.count(":") < 3:
        return None
    seller, bits, mark, by = rest.split(":", 3)
    giver, rights = books.person(by), Right(int(bits))
    able = may_give(giver.grants, seller, rights) and role in roles_to_give(giver.grants, seller)
    return Gift(role, seller, rights, by, mark) if able else None


def bind(
    books: Books, hashed: str, person: str, now: int, names: Callable[[str], str] = str
) -> Grant:
    """Spend a link for this account; letters that waited for the seller come now, and everyone
    who could take the rights back is told. `names`: what a seller is called.

    A link never takes rights away; an account that holds all it gives keeps what it has, and the
    link. Raises LinkSpent for a link that opens nothing (any more), or whose giver has lost the
    rights it gives.
    """
    link = books.link(hashed)
    gift = gift_of(books, link.purpose) if link else None
    if link is None or gift is None:
        raise LinkSpent()
    held = next((g for g in books.person(person).grants if g.seller == gift.seller), None)
    if (
        held is not None
        and gift.rights in Right(held.rights)
        and RANK[gift.role] <= RANK[held.role]
    ):
        return held
    check_link(books, hashed, now)
    books.save_link(replace(link, spent_at=now))
    if gift.mark:
        books.drop_links(link.purpose)  # the code of the same invitation, or its link
    grant = _grant(gift, person, held, now)
    seat(books, grant, now)
    _tell(books, grant, names, now)
    return grant


def _grant(gift: Gift, person: str, held: Grant | None, now: int) -> Grant:
    role, rights, name = gift.role, gift.rights, ""
    if held is not None:
        role, rights = max((role, held.role), key=RANK.__getitem__), rights | Right(held.rights)
        name = held.name
    return Grant(person, gift.seller, role, int(rights), gift.by, now, name)


def _tell(books: Books, grant: Grant, names: Callable[[str], str], now: int) -> None:
    """A lost phone or a link that went astray shows at once."""
    mark = mark_of(grant)
    choices = (
        Choice(f"acc:{mark}", "choice-see-account"),
        Choice(f"accx:{mark}", "choice-not-ours"),
    )
    fields: dict[str, Field] = {"name": names(grant.seller), "account": short(grant.person)}
    say = Say(f"someone-bound-{grant.role}", fields, choices=choices)
    for other in dict.fromkeys((*books.owners(), *books.accounts_of(grant.seller, Right.PEOPLE))):
        if other != grant.person:
            letters.post(books, other, say, f"grant:{mark}:{other}", now)


def short(person: str) -> str:
    """An account so that it can be told from others, without saying all of it."""
    return f"{person.partition(':')[0]} …{person[-4:]}"
