"""What households bring, and what they are given for it.

Every function is one ledger command; an id makes a repeat the same entry. Nothing is deleted: an
entry that was wrong is corrected by another, with its reason.
"""

from __future__ import annotations

from dataclasses import replace

from bot.shop import stock
from bot.shop.changes import Change, Effect
from bot.shop.household import (
    Account,
    Answer,
    Household,
    Paid,
    PaidKind,
    Statement,
    account_of,
)
from bot.shop.people import Link, Person
from bot.shop.problems import (
    BadMoney,
    LinkSpent,
    NoSuchHousehold,
    NotSeller,
    NotYourHousehold,
    StockBelowHeld,
)
from bot.shop.product import MOST_BASE_UNITS
from bot.shop.roles import Right, require
from bot.shop.stock import Lot
from bot.usecases import journal
from bot.usecases.people import check_link
from bot.usecases.ports import Books
from bot.usecases.stock import MOST_VND, new_lot_id

LINK = "household:"
"""What a link is for that makes an account a household's, before its id."""


def hers(books: Books, household: str, by: Person, right: Right) -> Household:
    """The household, if she sells for it. Raises NoSuchHousehold, NotSeller, NotAllowed."""
    found = books.household(household)
    if found is None:
        raise NoSuchHousehold()
    by.require(right, found.seller)
    return found


def create(books: Books, household: Household, by: Person) -> Household:
    """A household she begins to sell for; the same id again is the one already there."""
    by.require(Right.HOUSEHOLDS, household.seller)
    known = books.household(household.id)
    if known is not None:
        by.require(Right.HOUSEHOLDS, known.seller)
        return known
    books.save_household(household)
    journal.note(
        books, f"home-{household.id}"[:40], "household", household.id, by, household.at,
        seller=household.seller, words="new",
    )  # fmt: skip
    return household


def bring(
    books: Books,
    household: str,
    product: str,
    amount: int,
    cost: tuple[int, int],
    by: Person,
    now: int,
    id_: str,
) -> Change:
    """A household brings `amount` base units; it gets cost[0] đồng per cost[1] base units that
    are sold ((0, 0): not said yet). Opens a lot.
    """
    home = hers(books, household, by, Right.HOUSEHOLDS)
    if books.product(product).seller != home.seller:
        raise NotSeller()  # she may act for both, but one seller's sales never owe another's home
    if (done := books.change(id_)) is not None:
        return done
    if not 0 < amount <= MOST_BASE_UNITS:
        raise StockBelowHeld()
    if not (0 <= cost[0] <= MOST_VND and cost[1] >= 0):
        raise BadMoney()
    lots = books.lots(product)
    lot = Lot(
        new_lot_id(lots, product), product, household, now, amount,
        cost_vnd=cost[0], cost_per=cost[1],
    )  # fmt: skip
    return journal.set_lots(books, id_, "lot", product, (*lots, lot), "brought", by, now)


def correct_lot(
    books: Books, lot: str, brought: int, reason: str, by: Person, now: int, id_: str
) -> Change:
    """Weighed again: the lot's amount, with a reason. What is sold or held stays; raises
    StockBelowHeld if that is more than `brought`.
    """
    mine, lots = _lot(books, lot, by)
    if (done := books.change(id_)) is not None:
        return done
    changed = replace(mine, brought=brought)
    if not 0 < brought <= MOST_BASE_UNITS or changed.free < 0:
        raise StockBelowHeld()
    after = tuple(changed if x.id == lot else x for x in lots)
    return journal.set_lots(
        books, id_, "lot", mine.product, after, "corrected", by, now, words=reason
    )


def price_lots(
    books: Books, household: str, product: str, cost: tuple[int, int], by: Person, now: int,
    id_: str, reason: str = "",
) -> int:  # fmt: skip
    """What the household gets for its lots of a product whose price was not said; with a reason
    for all of them. Returns how many lots have it now.
    """
    home = hers(books, household, by, Right.HOUSEHOLDS)
    if not (0 < cost[0] <= MOST_VND and cost[1] > 0):
        raise BadMoney()
    if (done := books.change(id_)) is not None:
        return len(done.effect.costs_after)
    lots = books.lots(product)
    open_ = [x for x in lots if x.household == household and (reason or not x.cost_per)]
    if not open_:
        return 0
    changed = {x.id: replace(x, cost_vnd=cost[0], cost_per=cost[1]) for x in open_}
    books.set_lots(product, tuple(changed.get(x.id, x) for x in lots))
    before = {x.id: (x.cost_vnd, x.cost_per) for x in open_}
    effect = Effect(costs_before=before, costs_after=dict.fromkeys(before, cost))
    words = f"{household} {cost[0]}/{cost[1]} {reason}".rstrip()
    journal.note(
        books, id_, "lot", product, by, now, seller=home.seller, words=words, effect=effect
    )
    return len(open_)


def give_back(
    books: Books, household: str, product: str, amount: int, by: Person, now: int, id_: str
) -> Change:
    """Unsold goods go back to their household. Raises NotThatMuch if less is free."""
    hers(books, household, by, Right.HOUSEHOLDS)
    if (done := books.change(id_)) is not None:
        return done
    after = stock.give_back(books.lots(product), amount, household)
    return journal.set_lots(books, id_, "lot", product, after, "given-back", by, now)


def _lot(books: Books, lot: str, by: Person) -> tuple[Lot, tuple[Lot, ...]]:
    product = lot.rpartition(":")[0]
    lots = books.lots(product)
    mine = next((x for x in lots if x.id == lot), None)
    if mine is None:
        raise NoSuchHousehold()
    home = books.household(mine.household)
    seller = books.goods(product).seller or (home.seller if home else "")
    require(by.grants, seller, Right.HOUSEHOLDS)  # never whoever she happens to act for
    return mine, lots


def pay(
    books: Books, household: str, kind: PaidKind, vnd: int, by: Person, now: int, id_: str
) -> Paid:
    """Money given to a household, for what was sold or in advance. Raises BadMoney."""
    found = hers(books, household, by, Right.MONEY)
    if (done := books.paid(id_)) is not None:
        return done
    if kind == "correct" or not 0 < vnd <= MOST_VND:
        raise BadMoney()
    return _book(books, Paid(id_, household, found.seller, kind, vnd, by.id, now), by, now)


def correct_paid(
    books: Books, entry: str, vnd: int, reason: str, by: Person, now: int, id_: str
) -> Paid:
    """The entry was really `vnd` đồng: the difference is booked, with the reason. A correction is
    corrected as the entry it belongs to.

    Raises BadMoney without a reason or for a sum that cannot be.
    """
    wrong = books.paid(entry)
    while wrong is not None and wrong.corrects:
        wrong = books.paid(wrong.corrects)
    if wrong is None:
        raise NoSuchHousehold()
    by.require(Right.MONEY, wrong.seller)
    if (done := books.paid(id_)) is not None:
        return done
    if not reason.strip() or not 0 <= vnd <= MOST_VND:
        raise BadMoney()
    later = (p for p in books.paid_to(wrong.household) if p.corrects == wrong.id)
    stands = wrong.vnd + sum(p.vnd for p in later)
    new = Paid(
        id_, wrong.household, wrong.seller, "correct", vnd - stands, by.id, now, reason, wrong.id
    )
    return _book(books, new, by, now)


def _book(books: Books, entry: Paid, by: Person, now: int) -> Paid:
    books.save_paid(entry)
    journal.note(
        books, entry.id, "household", entry.household, by, now,
        seller=entry.seller, words=f"{entry.kind} {entry.vnd} {entry.reason}".rstrip(),
    )  # fmt: skip
    return entry


def account(books: Books, household: str) -> Account:
    """Brought, sold, owed, advanced, paid, left; of a household that must exist. Goods of another
    seller, as the catalogue may name the household for, are not in it.
    """
    home = books.household(household)
    if home is None:
        raise NoSuchHousehold()
    lots = (x for x in books.lots_of(household) if _sells(books, home, x.product))
    return account_of(lots, books.paid_to(household))


def _sells(books: Books, home: Household, product: str) -> bool:
    return books.goods(product).seller in (home.seller, "")


def state(books: Books, household: str, by: Person, now: int, id_: str) -> Statement:
    """Write down what a household is told now; the same id again is the same statement."""
    found = hers(books, household, by, Right.HOUSEHOLDS)
    known = books.statement(id_)
    if known is not None:
        return known
    sums = account(books, household)
    new = Statement(id_, household, found.seller, now, sums.owed, sums.advanced, sums.paid)
    books.save_statement(new)
    return new


def stated_to(books: Books, statement: str, by: Person) -> Statement:
    """A statement of the household whose account this is. Raises NotYourHousehold."""
    known = books.statement(statement)
    found = books.household(known.household) if known else None
    if known is None or found is None or found.account != by.id:
        raise NotYourHousehold()
    return known


def answer(
    books: Books, statement: str, said: Answer, words: str, by: Person, now: int
) -> Statement:
    """The household agrees or says what is wrong; only its own account may."""
    known = stated_to(books, statement, by)
    new = replace(known, answer=said, words=words[:300], answered_at=now)
    books.save_statement(new)
    return new


def make_link(books: Books, household: str, hashed: str, until: int, by: Person) -> Household:
    """A new one-time link for the household's own chat; older unspent ones stop working."""
    found = hers(books, household, by, Right.HOUSEHOLDS)
    books.drop_links(f"{LINK}{household}")
    books.save_link(Link(hashed, f"{LINK}{household}", until, once=True))
    return found


def bind_household(books: Books, hashed: str, person: str, now: int) -> Household | None:
    """Spend a household's link for this account; None if the link is for something else.

    The same account may press again. Raises LinkSpent for a link that opens nothing (any more).
    """
    link = books.link(hashed)
    if link is None or not link.purpose.startswith(LINK):
        return None
    found = books.household(link.purpose.removeprefix(LINK))
    if found is None:
        raise LinkSpent()
    if not (link.spent_at and found.account == person):
        check_link(books, hashed, now)
        books.save_link(replace(link, spent_at=now))
        found = replace(found, account=person)
        books.save_household(found)
        known = books.person(person)
        books.save_person(replace(known, created_at=known.created_at or now))
        journal.note(
            books, f"home-{hashed}"[:40], "household", found.id, known, now,
            seller=found.seller, words="bound",
        )  # fmt: skip
    return found
