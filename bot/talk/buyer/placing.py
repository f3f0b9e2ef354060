"""Yes to the summary: the orders exist, once, however often the button is pressed."""

from __future__ import annotations

from bot.shop.order import Order, Receiver
from bot.shop.order_code import new_code
from bot.shop.payment import Pay
from bot.shop.problems import CartChanged, CheckoutOld, EmptyCart, NotYourOrder
from bot.shop.says import Choice, Code, Field, Money, Say
from bot.talk.buyer.checkout import checkout
from bot.talk.buyer.paying import may_be_paid, transfer
from bot.talk.buyer.summary import plan, read_as
from bot.talk.buyer.voice_note import said_in
from bot.talk.turn import Routes, Turn, screen
from bot.usecases import order_voices, orders
from bot.usecases.ports import Books


async def confirm(turn: Turn, checkout_id: str, pay: Pay) -> list[Say]:
    """Yes: the orders exist, once.

    A later tap shows the same orders; an older summary is read again.
    """
    done = await turn.shop.records.orders_of_checkout(checkout_id)
    if done and done[0].person != turn.person:
        raise NotYourOrder()
    if done:
        if checkout_id == turn.session.checkout:
            _close_form(turn)  # the answer to the first yes was lost, not the order
        return await _told(turn, done)
    if not turn.session.cart:
        raise EmptyCart()
    if checkout_id != turn.session.checkout:
        turn.notes.append(Say(CheckoutOld.id))
        return await checkout(turn)
    try:
        made = await _place(turn, checkout_id, pay)
    except CartChanged:
        turn.notes.append(Say(CartChanged.id))
        return await checkout(turn)
    _close_form(turn)
    return await _told(turn, list(made))


async def _told(turn: Turn, made: list[Order]) -> list[Say]:
    """The success screen, a code to scan for each order that can be paid now."""
    says = placed(turn, made)
    codes = [await transfer(turn, o) for o in made if may_be_paid(o)]
    return [*codes, *says]


async def _place(turn: Turn, checkout_id: str, pay: Pay) -> tuple[Order, ...]:
    wishes = plan(turn)
    if read_as(turn, wishes) != turn.session.form.get("read"):
        raise CartChanged()
    form = turn.session.form
    wish = orders.Checkout(
        id=checkout_id,
        person=turn.person,
        parcels=wishes,
        receiver=receiver(form),
        needs_call=form["address"] in ("call", "voice") or form["name"] == "call",
        origin=turn.heard.origin,
        pay=pay,
    )
    shop, now = turn.shop, turn.now
    said = said_in(form)

    def place(books: Books) -> tuple[Order, ...]:
        made = orders.place(books, wish, shop.rules, lambda: new_code(shop.ids.letters), now)
        order_voices.keep_all(books, made, said, now)
        return made

    return await shop.ledger.put(place)


def receiver(form: dict[str, str]) -> Receiver:
    spoken = form["address"] in ("call", "voice")
    return Receiver(
        name="" if form["name"] == "call" else form["name"],
        phone=form["phone"],
        address="" if spoken else form["address"],
        province=int(form["province"]),
        place=form["place"],
        voice=form.get("voice", ""),
        note="" if form["note"] == "-" else form["note"],
    )


def _close_form(turn: Turn) -> None:
    """The cart is empty now; the note belongs to this order only."""
    turn.session.checkout = ""
    turn.session.cart = []
    turn.session.form = {}
    turn.session.trail = ["home"]


def placed(turn: Turn, made: list[Order]) -> list[Say]:
    """The success screen, the same however often it is asked for."""
    says = []
    for order in sorted(made, key=lambda o: o.code):
        seller = turn.shop.catalogue().sellers.get(order.seller)
        fields: dict[str, Field] = {
            "code": Code(order.code),
            "seller": seller.name if seller else order.seller,
            "total": Money(order.total_vnd),
        }
        says.append(Say("placed-order", fields))
    says += [Say("placed-needs-call")] if any(o.needs_call for o in made) else []
    says += [Say("placed-waits")] if any(not o.holding for o in made) else []
    says += [Say("placed-fee-open")] if any(o.quote == "wanted" for o in made) else []
    link = turn.shop.returns(turn.heard.channel)
    choices = (
        Choice("o", "choice-orders"),
        Choice("m", "choice-more-goods"),
        *((Choice("link", "choice-return-link"),) if link else ()),
        Choice("home", "choice-home"),
    )
    return [Say("placed", {"count": len(made)}, tuple(says), choices)]


async def co(turn: Turn, checkout_id: str = "", yes: str = "") -> list[Say]:
    """Without arguments the next step, with the id of a summary the yes to it."""
    if not checkout_id:
        return await checkout(turn)
    if yes not in ("yes", "bank"):
        raise KeyError(yes)
    return await confirm(turn, checkout_id, "bank" if yes == "bank" else "cod")


ROUTES: Routes = {"co": screen(co)}
