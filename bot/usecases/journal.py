"""The journal of changes: each has an author and a time, and the last one can be undone."""

from __future__ import annotations

from dataclasses import replace

from bot.shop import stock
from bot.shop.changes import (
    NO_EFFECT,
    UNDO_SECONDS,
    Change,
    ChangeKind,
    Effect,
    priced_back,
    shifts_between,
    taken_back,
)
from bot.shop.people import Person
from bot.shop.problems import NothingToUndo, UndoTooLate
from bot.shop.product import Prices
from bot.shop.roles import Right
from bot.shop.stock import Lot
from bot.usecases.ports import Books
from bot.usecases.restock import tell_waiting

UNDO_RIGHTS: dict[str, Right] = {
    "stock": Right.STOCK,
    "price": Right.PRICE,
    "lot": Right.HOUSEHOLDS,
}
"""What it takes to take a change of each kind back."""


def note(
    books: Books,
    id_: str,
    kind: ChangeKind,
    subject: str,
    by: Person,
    now: int,
    *,
    seller: str = "",
    words: str = "",
    effect: Effect = NO_EFFECT,
) -> Change:
    """Write one line; the id makes a repeat the same line."""
    change = Change(id_, now, by.id, seller or by.seller, kind, subject, words, effect)
    books.save_change(change)
    return change


def set_lots(
    books: Books,
    id_: str,
    kind: ChangeKind,
    product: str,
    after: tuple[Lot, ...],
    why: str,
    by: Person,
    now: int,
    words: str = "",
) -> Change:
    """Book a product's new lots: the lots themselves, the stock journal, the change (with a
    reason in words); people who wait are told.
    """
    before = books.lots(product)
    shifts = shifts_between(before, after)
    books.set_lots(product, after)
    for shift in shifts:
        books.moved(stock.StockMove(product, shift.lot, why, shift.by, by.id, now))
    seller = books.goods(product).seller
    free = stock.level(before).free, stock.level(after).free
    effect = Effect(shifts, before=free[0], after=free[1])
    waiting = tell_waiting(books, product, now)
    words = words or (str(waiting) if waiting else "")
    return note(books, id_, kind, product, by, now, seller=seller, words=words, effect=effect)


def undo(books: Books, by: Person, now: int, change_id: str = "") -> Change:
    """Take back this change, or the last one of hers: a repeat gives the same answer.

    Returns the change that was taken back. Raises NothingToUndo, UndoTooLate if its goods were
    sold or its price changed again meanwhile, NotSeller or NotAllowed without the right.
    """
    found = _to_undo(books, by, now, change_id)
    by.require(UNDO_RIGHTS[found.kind], found.seller)
    if found.undone_at:
        return found
    if found.effect.prices_after:
        _price_back(books, found)
    if found.effect.shifts:
        _lots_back(books, found, by, now)
    if found.effect.costs_after:
        books.set_lots(found.subject, priced_back(books.lots(found.subject), found.effect))
    done = replace(found, undone_at=now, undone_by=by.id)
    books.save_change(done)
    return done


def together(books: Books, change_id: str) -> tuple[Change, ...]:
    """What was changed by one message: the change with this id, or all of `<id>.1`, `<id>.2`, …
    to which it belongs; empty if there is none.
    """
    first = change_id.partition(".")[0]
    alone = books.change(first)
    found = [alone] if alone else []
    while not alone and (one := books.change(f"{first}.{len(found) + 1}")) is not None:
        found.append(one)
    return tuple(found)


def undo_message(books: Books, by: Person, now: int, change_id: str) -> tuple[Change, ...]:
    """Take back all that was changed together with this change: each of it, or none; a part that
    changed nothing is left out. A repeat changes nothing. Returns the changes that were taken
    back, in order. Raises as `undo`.
    """
    found = tuple(c for c in together(books, change_id) if c.effect != NO_EFFECT)
    if not found:
        raise NothingToUndo()
    for change in found:
        by.require(UNDO_RIGHTS.get(change.kind, Right(0)), change.seller)
    return tuple(reversed([undo(books, by, now, change.id) for change in reversed(found)]))


def undo_last(books: Books, by: Person, now: int, id_: str) -> tuple[Change, ...]:
    """Take back her last message that changed something; as `undo_message`.

    id_: names this command, so that a repeat of it takes back no more.
    """
    if (done := books.change(id_)) is not None:
        return undo_message(books, by, now, done.words)
    last = last_change(books, by, now)
    if last is None:
        raise NothingToUndo()
    found = undo_message(books, by, now, last.id)
    note(books, id_, "undo", found[0].subject, by, now, seller=found[0].seller, words=last.id)
    return found


def did_more(books: Books, by: Person, now: int) -> bool:
    """Whether the last thing she did cannot be taken back, though one before it can."""
    last = last_change(books, by, now)
    later = (c for c in _today(books, by, now) if last and c.seq > last.seq)
    return any(c.kind not in UNDO_RIGHTS and c.kind != "undo" for c in later)


def last_change(books: Books, by: Person, now: int) -> Change | None:
    """Her newest change that stands and that she may take back, for whichever of her sellers."""
    known = (c for c in _today(books, by, now) if c.can_be_undone and c.kind in UNDO_RIGHTS)
    hers = [c for c in known if by.may(UNDO_RIGHTS[c.kind], c.seller)]
    return hers[-1] if hers else None


def _today(books: Books, by: Person, now: int) -> tuple[Change, ...]:
    return books.changes_by(by.id, now - UNDO_SECONDS)


def _to_undo(books: Books, by: Person, now: int, change_id: str) -> Change:
    found = books.change(change_id) if change_id else last_change(books, by, now)
    if found is None or found.effect == NO_EFFECT or found.kind not in UNDO_RIGHTS:
        raise NothingToUndo()
    if found.at < now - UNDO_SECONDS:
        raise UndoTooLate()
    return found


def _price_back(books: Books, change: Change) -> None:
    now = books.prices(change.subject).vnd
    after = change.effect.prices_after
    if any(now.get(key, 0) != vnd for key, vnd in after.items()):
        raise UndoTooLate()
    gone = dict.fromkeys(after, 0)
    books.set_prices(change.subject, Prices({**now, **gone, **change.effect.prices_before}))


def _lots_back(books: Books, change: Change, by: Person, now: int) -> None:
    product = change.subject
    books.set_lots(product, taken_back(books.lots(product), change.effect.shifts))
    for shift in change.effect.shifts:
        books.moved(stock.StockMove(product, shift.lot, "undone", -shift.by, by.id, now))
    tell_waiting(books, product, now)
