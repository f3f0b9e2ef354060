"""Goods born in the chat: put on the shelf, approved, taken off, told more of, written to files.

Every function is one ledger command; a repeat changes nothing and gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from bot.shop.born import ON_SHELF, Born, free_id, product_of
from bot.shop.people import Person
from bot.shop.problems import NotOnShelf
from bot.shop.roles import EVERY, Right
from bot.usecases import goods_letters, journal, stock
from bot.usecases.ports import Books

TOLD = frozenset(
    {
        "name", "origin", "months", "lunar", "shelf_life_days", "shipping_class", "story",
        "photo", "photo_small", "video", "voice",
    }
)  # fmt: skip
"""What may be told of goods later on; amounts and prices are the ledger's."""


def add(
    books: Books,
    born: Born,
    first_needs_owner: bool,
    by: Person,
    now: int,
    id_: str,
    seller_name: str = "",
) -> Born:
    """New goods with their opening lot and prices; the id is made free if it is taken.

    first_needs_owner: the seller has nothing in the catalogue yet, so the owner looks first,
    unless one of hers was approved before, the owner adds it, or there is no owner account.
    Raises NotSeller, NotAllowed without the right over goods.
    """
    by.require(Right.GOODS, born.seller)
    done = books.change(id_)
    if done is not None:
        return find(books, done.subject)
    waits = first_needs_owner and _needs_owner(books, born.seller, by)
    free = free_id(born.name, lambda id_: _taken(books, id_))
    made = replace(born, id=free, by=by.id, at=now, state="waiting" if waits else "shown")
    books.save_born(made)
    stock.open_products(books, [product_of(made)], now)
    journal.note(books, id_, "product", made.id, by, now, seller=made.seller, words=made.state)
    if waits:
        goods_letters.to_owners(books, made, seller_name or made.seller, now)
    return made


def _needs_owner(books: Books, seller: str, by: Person) -> bool:
    mine = (b for b in books.all_born() if b.seller == seller)
    trusted = by.is_owner or any(b.approved_by or b.state in ON_SHELF for b in mine)
    return not trusted and bool(books.owners())


def _taken(books: Books, product: str) -> bool:
    if books.born(product) is not None or books.prices(product).vnd:
        return True
    try:
        books.product(product)
    except NotOnShelf:
        return False
    return True


def find(books: Books, product: str) -> Born:
    """Raises NotOnShelf for goods that were not born in the chat."""
    found = books.born(product)
    if found is None:
        raise NotOnShelf(product=product, name=product)
    return found


def approve(books: Books, product: str, by: Person, now: int) -> Born:
    """The owner says yes: on the shelf, and the seller is told. Raises NotAllowed."""
    by.require(Right.APPROVE, EVERY)
    born = find(books, product)
    if born.approved_by or born.state not in ("waiting", "refused"):
        return born
    shown = replace(born, state="shown", approved_by=by.id, approved_at=now, refused_why="")
    books.save_born(shown)
    journal.note(books, f"approve-{product}", "approve", product, by, now, seller=born.seller)
    goods_letters.approved(books, shown, now)
    return shown


def refuse(books: Books, product: str, why: str, by: Person, now: int) -> Born:
    """The owner says no, and why; the seller is told. Only goods that still wait are refused."""
    by.require(Right.APPROVE, EVERY)
    born = find(books, product)
    if born.state != "waiting":
        return born
    refused = replace(born, state="refused", refused_why=why)
    books.save_born(refused)
    note = f"refuse-{product}-{now}"[:40]
    journal.note(books, note, "approve", product, by, now, seller=born.seller, words=why)
    goods_letters.refused(books, refused, now)
    return refused


def hide(books: Books, product: str, by: Person, now: int) -> Born:
    """ "Nghỉ bán": off the shelf until it is shown again; stock and prices stay as they are."""
    return _move(books, product, by, now, hidden=True)


def show(books: Books, product: str, by: Person, now: int) -> Born:
    """Back on the shelf. Goods the owner has not approved stay where they are."""
    return _move(books, product, by, now, hidden=False)


def _move(books: Books, product: str, by: Person, now: int, *, hidden: bool) -> Born:
    born = find(books, product)
    by.require(Right.GOODS, born.seller)
    may = born.state in ON_SHELF if hidden else born.state == "hidden"
    if not may:
        return born
    moved = replace(born, state="hidden" if hidden else "shown")
    books.save_born(moved)
    note = f"goods-{product}-{now}"[:40]
    journal.note(books, note, "product", product, by, now, seller=born.seller, words=moved.state)
    return moved


def tell(books: Books, product: str, told: Mapping[str, Any], by: Person, now: int) -> Born:
    """More about the goods: a picture, a story, another name. Keys are those of TOLD."""
    born = find(books, product)
    by.require(Right.GOODS, born.seller)
    if not told.keys() <= TOLD:
        raise ValueError(sorted(told))
    after = replace(born, **told)
    if after != born:
        books.save_born(after)
        note, words = f"told-{now}-{product}"[:40], " ".join(sorted(told))
        journal.note(books, note, "product", product, by, now, seller=born.seller, words=words)
    return after


def answer_question(
    books: Books, product: str, question: str, told: Mapping[str, Any], by: Person, now: int
) -> Born:
    """The answer to one of the questions asked later, or none: it was passed over."""
    born = tell(books, product, told, by, now)
    if question in born.answered:
        return born
    after = replace(born, answered=(*born.answered, question))
    books.save_born(after)
    return after


def exported(books: Books, products: Iterable[str]) -> None:
    """These stand in the catalogue's files now."""
    for product in products:
        born = find(books, product)
        if born.state in ON_SHELF:
            books.save_born(replace(born, state="exported"))
