"""Not hearing a person any more: from a talk or an order, asked once; and hearing her again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.shop.people import Block
from bot.shop.problems import NotYourOrder
from bot.shop.roles import EVERY, Right
from bot.shop.says import Choice, Moment, Say
from bot.talk.session import Session
from bot.talk.turn import BACK, Routes, Turn, act, for_seller_or_owner, screen
from bot.understand.fold import fold
from bot.usecases import rights
from bot.usecases.inviting import short

A_PAGE = 6

_BLOCKS = re.compile(
    r"(?<!\w)(?:chan|block|cam|khoa) (?:(?:ca|luon|ngay) )?"
    r"(?:nguoi|khach|nick|ng|tai khoan|no|ong|ba|anh|chi|thang|so) (?:nay|do|ay|kia|vua)(?!\w)"
    r"|(?<!\w)(?:chan|block) (?:no|luon|di|lai)(?!\w)"
)
"""Folded words that speak of blocking whoever is talked to."""


def speaks_of_blocking(text: str) -> bool:
    """Words in a talk with a customer that are about her, not for her."""
    return _BLOCKS.search(fold(text)) is not None and "bo chan" not in fold(text)


@dataclass(frozen=True, slots=True)
class Customer:
    person: str
    name: str


async def block(turn: Turn, about: str = "", sure: str = "") -> list[Say]:
    """The customer of a talk or an order (its id or code), else of the one that is open."""
    about = about or _open(turn.session)
    if not about:
        return [Say("block-whom", choices=(Choice("new", "choice-seller-orders"), _LIST, BACK))]
    found, who = await _customer(turn, about), await turn.who()
    if sure not in ("yes", "all"):
        both = who.is_owner and who.acts_for
        everywhere = (Choice(f"bl:{about}:all", "choice-block-all"),) if both else ()
        choices = (Choice(f"bl:{about}:yes", "choice-block-yes"), *everywhere, BACK)
        return [Say("block-ask", {"name": found.name}, choices=choices)]
    now, seller = turn.now, EVERY if sure == "all" else who.acts_for or EVERY
    await turn.shop.ledger.put(lambda b: rights.block(b, found.person, seller, who, now))
    made = await turn.shop.records.read(lambda b: b.blocked(found.person, seller))
    again = (Choice(f"ub:{rights.mark_of(made)}", "choice-unblock"),) if made else ()
    return [Say("block-done", {"name": found.name}, choices=(*again, _LIST, BACK))]


_LIST = Choice("bls", "choice-blocked")


def _open(session: Session) -> str:
    """The talk or order on the screen, or beneath what was asked there."""
    open_ = (r.split(":")[1] for r in reversed(session.trail) if r.startswith(("rp:", "so:")))
    return next(open_, "")


async def _customer(turn: Turn, about: str) -> Customer:
    """Raises NotYourOrder for a talk or an order with another seller."""
    who = await turn.who()
    seller = who.acts_for
    thread = await turn.shop.records.thread(about)
    owners = thread is not None and thread.seller == EVERY and who.is_owner
    if thread is not None and (owners or thread.seller == seller):
        return Customer(thread.customer, thread.customer_name)
    order = await turn.shop.records.order(about)
    if order is None or order.seller != seller:
        raise NotYourOrder()
    return Customer(order.person, order.receiver.name)


async def listed(turn: Turn, page: str = "0") -> list[Say]:
    """Whom the seller, or for an owner who acts for nobody the shop, does not hear."""
    who, start = await turn.who(), int(page) * A_PAGE
    seller = who.acts_for or EVERY
    known = await turn.shop.records.read(lambda b: b.blocks_of(seller))
    if not known:
        return [Say("blocked-none", choices=(BACK,))]
    shown = known[start : start + A_PAGE]
    named = [(b, await _name(turn, b)) for b in shown]
    choices = [
        Choice(f"ub:{rights.mark_of(b)}", "choice-unblock-one", {"name": n}) for b, n in named
    ]
    if start + A_PAGE < len(known):
        choices.append(Choice(f"bls:{int(page) + 1}", "choice-more"))
    lines = tuple(Say("blocked-line", {"name": n, "since": Moment(b.at)}) for b, n in named)
    return [Say("blocked-list", lines=lines, choices=(*choices, BACK))]


async def _name(turn: Turn, entry: Block) -> str:
    """As the seller knows her: from an order with this seller, or from their talk."""
    records = turn.shop.records
    for order in await records.orders_of(entry.person):
        if entry.seller in (order.seller, EVERY):
            return order.receiver.name
    thread = await records.thread(turn.shop.hashed(f"{entry.person}/{entry.seller}")[:16])
    return thread.customer_name if thread else short(entry.person)


async def unblock(turn: Turn, mark: str) -> list[Say]:
    """At once: it harms nobody, and can be blocked again. A second tap changes nothing."""
    who, now = await turn.who(), turn.now
    seen = (EVERY, who.acts_for) if who.is_owner else (who.acts_for,)
    known = await turn.shop.records.read(lambda b: [x for s in seen for x in b.blocks_of(s)])
    found = next((b for b in known if rights.mark_of(b) == mark), None)
    if found is None:
        return [Say("unblocked-before", choices=(_LIST, BACK))]
    name, person, seller = await _name(turn, found), found.person, found.seller
    await turn.shop.ledger.put(lambda b: rights.unblock(b, person, seller, who, now))
    return [Say("unblocked", {"name": name}, choices=(_LIST, BACK))]


ROUTES: Routes = {
    "bl": for_seller_or_owner(screen(block, views=1), Right.TALK),
    "bls": for_seller_or_owner(screen(listed, views=1), Right.TALK),
    "ub": for_seller_or_owner(act(unblock), Right.TALK),
}
