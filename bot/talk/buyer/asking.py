"""What of an order in one's own words must be asked: which product, how much, or both; one thing
after the other.
"""

from __future__ import annotations

import msgspec

from bot.shop.cart import CartLine
from bot.shop.problems import Problem
from bot.shop.product import Product, picks_for
from bot.shop.says import Choice, Many, Say
from bot.talk.buyer import cart, teaching
from bot.talk.buyer.browse import gone, pick
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.understand.fitting import base_amount

MOST_CHOICES = 6
PENDING = "pending"
"""Where the session's form keeps what must still be asked."""
PICKING = "picking"
"""Where it keeps what is being asked: which of several products."""


class Open(msgspec.Struct, frozen=True):
    """Something wanted that must be asked about: which product, how much, or both.

    amounts: base units it may mean. said: the words it was wanted in.
    """

    products: tuple[str, ...]
    amounts: tuple[int, ...] = ()
    said: str = ""


_open = msgspec.json.Decoder(list[Open])


def keep(turn: Turn, asked: list[Open]) -> None:
    if asked:
        turn.session.form[PENDING] = msgspec.json.encode(asked).decode()
    else:
        turn.session.form.pop(PENDING, None)


def still_open(turn: Turn) -> list[Open]:
    return _open.decode(turn.session.form.get(PENDING, "[]"))


async def answered(turn: Turn) -> list[Say]:
    """What was asked about first is settled; the next thing, if there is one."""
    keep(turn, still_open(turn)[1:])
    return await pending(turn)


def left_open(turn: Turn) -> list[Say]:
    """She turned to something else: what was never settled is named, so that nothing is lost
    without a word.
    """
    asked = [o.said or ", ".join(_names(turn, o)) for o in still_open(turn)]
    keep(turn, [])
    names = Many(tuple(name for name in asked if name))
    return [Say("order-left", {"names": names})] if names.items else []


def _names(turn: Turn, wish: Open) -> list[str]:
    return [p.named(turn.session.lang) for p in map(turn.product, wish.products) if p]


def take(turn: Turn, product: Product, amount: int) -> None:
    """So many base units into the cart, as packs or loose. Raises what `put` and packs refuse."""
    picks = picks_for(product, turn.prices(product.id), amount)
    cart.put(turn, product, [CartLine(product.id, p.offer, p.n) for p in picks])


async def pending(turn: Turn) -> list[Say]:
    """The first thing that must be asked about, or nothing; it stays until it is answered."""
    asked = still_open(turn)
    if not asked:
        return []
    first = asked[0]
    turn.words = ""
    known = [p for p in map(turn.product, first.products[:MOST_CHOICES]) if p]
    if len(known) == 1:
        return await _how_much(turn, known[0], first)
    if known:
        return [_which(turn, known, first)]
    turn.ask("s")
    turn.session.last_product = ""
    choices = (Choice("m", "choice-market"), BACK)
    if not first.said:
        return [Say("order-goods", choices=choices)]
    say = Say("order-unknown", {"text": first.said}, choices=choices)
    return [await teaching.unread(turn, turn.heard.text, say)]


def _which(turn: Turn, known: list[Product], wish: Open) -> Say:
    """By button or by typing more of the name."""
    turn.session.form[PICKING] = msgspec.json.encode(wish).decode()
    turn.ask("pick")
    amount = wish.amounts[0] if len(wish.amounts) == 1 else 0
    mark = turn.nonce()
    choices = tuple(
        Choice(f"pk:{p.id}:{amount}:{mark}", "choice-product", pick(turn, p).fields) for p in known
    )
    return Say("order-which", {"text": wish.said}, choices=(*choices, BACK))


async def _how_much(turn: Turn, product: Product, wish: Open) -> list[Say]:
    """Which of several amounts, or how much; an amount that is not sold says so first."""
    route = f"q:{product.id}"
    if len(wish.amounts) == 1:
        try:
            picks_for(product, turn.prices(product.id), wish.amounts[0])
        except Problem as problem:
            turn.ask(route)
            return [Say(problem.id, problem.fields), *await cart.how_much(turn, product.id)]
    turn.ask(route)
    if not wish.amounts:
        return await cart.how_much(turn, product.id)
    return [cart.unsure(turn, product, route, wish.said, wish.amounts)]


async def picked(turn: Turn, product_id: str, amount: str = "0", mark: str = "") -> list[Say]:
    """The product that was meant; with a clear amount it goes into the cart."""
    product = cart.in_season_now(turn, cart.wanted(turn, product_id))
    turn.words = ""
    turn.session.last_product = product_id
    if not int(amount):
        return await cart.how_much(turn, product_id)
    if turn.once(f"pk:{product_id}:{amount}:{mark}"):
        try:
            take(turn, product, int(amount))
        except Problem as problem:
            return [Say(problem.id, problem.fields), *await cart.how_much(turn, product_id)]
    return cart.show_added(turn, product)


def picks(turn: Turn) -> list[str]:
    """Which of the products just offered the words name."""
    kept = _kept(turn)
    named = turn.shop.understanding.named(turn.words)
    return [p for p in kept.products if p in named] if kept else []


def _kept(turn: Turn) -> Open | None:
    kept = turn.session.form.get(PICKING)
    return msgspec.json.decode(kept, type=Open) if kept else None


def on_offer(turn: Turn) -> tuple[str, ...]:
    """The products one of which is to be chosen, while that is the question."""
    kept = _kept(turn) if turn.session.asking == "pick" else None
    return kept.products[:MOST_CHOICES] if kept else ()


async def _said(turn: Turn, product: str) -> int:
    """Base units said together with the name, 0 if none were."""
    got, known = await turn.understand(turn.words), turn.product(product)
    measures = [m for w in got.wishes for m in w.measures]
    amount = base_amount(known, measures[0]) if known and len(measures) == 1 else 0
    return amount if isinstance(amount, int) else 0


async def pick_by_words(turn: Turn) -> list[Say]:
    """More of the name; if it still fits several, they are asked again."""
    kept, found = _kept(turn), picks(turn)
    if kept is None:
        return await gone(turn)
    if len(found) == 1:
        amount = await _said(turn, found[0]) or (kept.amounts[0] if len(kept.amounts) == 1 else 0)
        return await picked(turn, found[0], str(amount), turn.nonce())
    known = [p for p in map(turn.product, found or kept.products) if p]
    return [_which(turn, known[:MOST_CHOICES], kept)]


ROUTES: Routes = {
    "pend": act(pending),
    "pk": act(picked),
    "pick": screen(pick_by_words),
}
