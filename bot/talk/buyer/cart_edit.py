"""Changing the cart by buttons: another amount of a line, a line or all of it out."""

from __future__ import annotations

from bot.shop.cart import amount_in, without
from bot.shop.claim import claim_of_offer
from bot.shop.problems import SoldOut
from bot.shop.product import sellable
from bot.shop.says import Choice, Field, Say
from bot.talk.buyer import cart
from bot.talk.buyer.browse import card
from bot.talk.buyer.my_claims import claims_in, fields_of
from bot.talk.turn import BACK, Routes, Turn, act, screen

MOST_LINES = 6


async def edit(turn: Turn, page: str = "0") -> list[Say]:
    claimed = (await claims_in(turn)).values()
    plain = (x.product for x in turn.session.cart if not claim_of_offer(x.offer))
    every = [
        *(Choice(f"ce:{c.id}", "choice-claim-one", fields_of(turn, c)) for c in claimed),
        *(
            Choice(
                f"l:{p}", "choice-product", {"name": cart.wanted(turn, p).named(turn.session.lang)}
            )
            for p in dict.fromkeys(plain)
        ),
    ]
    if not every:
        return await cart.cart(turn)
    start = int(page) * MOST_LINES
    choices = every[start : start + MOST_LINES]
    if start + MOST_LINES < len(every):
        choices.append(Choice(f"ed:{int(page) + 1}", "choice-more"))
    return [Say("cart-edit", choices=(*choices, BACK))]


async def line(turn: Turn, product_id: str) -> list[Say]:
    product = cart.wanted(turn, product_id)
    amount = amount_in(turn.session.cart, product)
    if not amount:
        return await cart.cart(turn)
    fields: dict[str, Field] = {
        "name": product.named(turn.session.lang),
        "amount": product.amount(amount),
    }
    choices = (
        Choice(f"lq:{product_id}", "choice-change-amount"),
        Choice(f"rm:{product_id}", "choice-remove"),
        BACK,
    )
    return [Say("cart-line", fields, choices=choices)]


async def change(turn: Turn, product_id: str, amount: str = "", _mark: str = "") -> list[Say]:
    """Ask for the new amount of a line, or set it."""
    product = cart.wanted(turn, product_id)
    if amount and not turn.words:
        turn.words = cart.spelled(product, int(amount))
    if not turn.words:
        turn.ask(f"lq:{product_id}")
        return [cart.amount_question(turn, product, "change-number")]
    if turn.words.strip() == "0":
        return await remove(turn, product_id)
    new = cart.said_amount(turn, product, f"lq:{product_id}")
    if isinstance(new, Say):
        return [new]
    turn.ask(f"lq:{product_id}")
    left = turn.level(product_id).free
    if new > left:
        raise SoldOut(product=product_id, name=product.name["vi"], left=product.amount(left))
    cart.only(turn, product, new)
    turn.ask("")
    return await cart.cart(turn)


async def remove(turn: Turn, product_id: str) -> list[Say]:
    turn.session.cart = without(turn.session.cart, product_id)
    return await cart.cart(turn)


async def empty(turn: Turn) -> list[Say]:
    """All but what was claimed in a live: that is given up claim by claim."""
    turn.session.cart = [x for x in turn.session.cart if claim_of_offer(x.offer)]
    if turn.session.cart:
        turn.notes.append(Say("cart-claims-stay"))
    return await cart.cart(turn)


async def take_rest(turn: Turn, product_id: str, mark: str = "") -> list[Say]:
    """Sold out below the wish: take what is left instead."""
    product = cart.wanted(turn, product_id)
    left = turn.level(product_id).free
    if left <= 0:
        return await card(turn, product_id)
    if turn.once(f"rest:{product_id}:{mark}"):
        cart.only(turn, product, sellable(product, left))
    return cart.show_added(turn, product)


ROUTES: Routes = {
    "ed": screen(edit, views=1),
    "l": screen(line, views=1),
    "lq": screen(change, views=1),
    "rm": act(remove),
    "empty": act(empty),
    "rest": act(take_rest),
}
