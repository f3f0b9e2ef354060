"""The seller's orders: what is new, one order, and each move she can make with it."""

from __future__ import annotations

from typing import cast

from bot.shop.order import OPEN, Order, Verb
from bot.shop.roles import Right
from bot.shop.says import Choice, Code, Field, Money, Say, Word
from bot.talk.seller import packing_photo, packing_ship
from bot.talk.seller.order_view import hers, short, shown, voices
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.money import read_fee
from bot.understand.provinces import find_province
from bot.usecases import orders, packing, settling
from bot.usecases.letters import REFUSE_REASONS, back_by_seller, move_choice, seller_choices
from bot.usecases.packing_letters import shipment_lines

A_PAGE = 6
VERBS: frozenset[str] = frozenset({"confirm", "pack", "ship", "deliver", "return"})


async def waiting(turn: Turn, page: str = "0") -> list[Say]:
    """Her orders that are not finished; what has waited longest comes first."""
    known = await turn.shop.records.orders_of_seller(turn.session.seller, sorted(OPEN))
    if not known:
        return [Say("seller-orders-none", choices=(BACK,))]
    start = int(page) * A_PAGE
    page_ = known[start : start + A_PAGE]
    lines = tuple(short(o) for o in page_)
    choices = tuple(Choice(f"so:{o.code}", "choice-order", {"code": Code(o.code)}) for o in page_)
    if start + A_PAGE < len(known):
        choices = (*choices, Choice(f"new:{int(page) + 1}", "choice-more"))
    pack = Choice("goi", "choice-packing")
    return [Say("seller-orders", lines=lines, choices=(pack, *choices, BACK))]


async def one(turn: Turn, code: str, verb: str = "", more: str = "") -> list[Say]:
    """An order of hers, or a move with it; refusing asks for a reason."""
    order = await hers(turn, code)
    if verb in VERBS:
        return await _move(turn, code, cast(Verb, verb))
    if verb == "refuse":
        return await _refuse(turn, order, more)
    if verb in OTHERS:
        return await OTHERS[verb](turn, order)
    return [await shown(turn, order)]


async def offered(turn: Turn, verb: str, code: str = "", yes: str = "") -> list[Say]:
    """A move she spoke of: with the one order that can make it, never done without her yes."""
    if verb not in VERBS:
        raise KeyError(verb)
    if yes == "yes":
        return await _move(turn, code, cast(Verb, verb), told=True)
    known = await turn.shop.records.orders_of_seller(turn.session.seller, sorted(OPEN))
    able = [o for o in known if _may(o, verb)]
    if code:
        return await _offered_one(turn, await hers(turn, code), verb)
    if len(able) == 1:
        return await _offer(turn, able[0], verb)
    if verb == "ship" and able:
        packing_ship.heard_leaving(turn, "", turn.heard.text)
    return [_which(able, verb)] if able else await waiting(turn)


async def _offered_one(turn: Turn, order: Order, verb: str) -> list[Say]:
    """The order she named, if it can make the move; or how it left, told anew."""
    if _may(order, verb):
        return await _offer(turn, order, verb)
    if verb == "ship" and order.state in packing.UNPACKED:
        turn.notes.append(Say("ship-not-packed", {"code": Code(order.code)}))
    if verb == "ship" and order.state == "shipped" and _leaves(turn, order, verb):
        return await _offer(turn, order, verb)
    return [await shown(turn, order)]


def _may(order: Order, verb: str) -> bool:
    """Whether the button of this move stands under the order."""
    return move_choice(order.code, verb) in seller_choices(order)


async def _offer(turn: Turn, order: Order, verb: str) -> list[Say]:
    """The order, and her yes; for packing a picture is asked, which is a yes of its own."""
    if verb == "pack":
        turn.words = ""
        return await packing_photo.photo(turn, order.code)
    move = Choice(f"mv:{verb}:{order.code}:yes", f"choice-order-{verb}")
    button = move_choice(order.code, verb)
    others = tuple(c for c in seller_choices(order) if c != button)
    lines = (short(order), *_leaves(turn, order, verb))
    ways = (*_ways_to_send(order.code, lines), *others) if verb == "ship" else others
    choices = (move, *ways, Choice("new", "choice-seller-orders"), BACK)
    return [Say("seller-order-move", lines=lines, choices=choices)]


def _leaves(turn: Turn, order: Order, verb: str) -> tuple[Say, ...]:
    """How it left, as far as her sentence tells; said back before it counts."""
    if verb != "ship":
        return ()
    told = packing_ship.heard_leaving(turn, order.code, turn.heard.text)
    return shipment_lines(packing_ship.shipment(turn, told))


def _ways_to_send(code: str, lines: tuple[Say, ...]) -> tuple[Choice, ...]:
    if len(lines) > 1:
        return (Choice(f"gd:{code}", "choice-parcel-fix"),)
    return (
        Choice(f"gd:{code}:post", "choice-parcel-post"),
        Choice(f"gd:{code}:plate", "choice-parcel-coach"),
    )


def _which(able: list[Order], verb: str) -> Say:
    some = able[:A_PAGE]
    choices = tuple(
        Choice(f"mv:{verb}:{o.code}", "choice-order", {"code": Code(o.code)}) for o in some
    )
    lines = tuple(short(o) for o in some)
    more = Choice("new", "choice-seller-orders")
    return Say("seller-order-which", lines=lines, choices=(*choices, more, BACK))


async def _move(
    turn: Turn, code: str, verb: Verb, reason: str = "", *, told: bool = False
) -> list[Say]:
    """Done, once. told: how it leaves stood above the yes."""
    who, now = await turn.who(), turn.now
    if verb == "ship":
        return await packing_ship.leave(turn, code, told=told)
    if verb == "pack":
        grams = packing_photo.weighed(turn, code)
        after = await turn.shop.ledger.put(lambda b: packing.pack(b, code, who, now, grams=grams))
        turn.session.form.pop(packing_photo.WEIGHED, None)
        return [await packing_photo.packed(turn, after)]
    after = await turn.shop.ledger.put(
        lambda b: orders.move_by_seller(b, code, verb, who, now, reason)
    )
    choices = (Choice("new", "choice-seller-orders"), *seller_choices(after), BACK)
    state: dict[str, Field] = {"code": Code(code), "state": Word(f"state-{after.state}")}
    return [Say("seller-order-moved", state, back_by_seller(after), choices)]


async def _refuse(turn: Turn, order: Order, reason: str) -> list[Say]:
    """A reason by button, or in her own words; the customer is told it."""
    code = order.code
    if reason in REFUSE_REASONS and reason != "other":
        return await _move(turn, code, "refuse", reason)
    if turn.words:
        return await _move(turn, code, "refuse", turn.words[:200])
    if reason == "other":
        turn.ask(f"so:{code}:refuse:said")
        return [Say("refuse-words", {"code": Code(code)}, choices=(BACK,))]
    turn.shows(f"so:{code}:refuse")
    choices = tuple(Choice(f"so:{code}:refuse:{r}", f"reason-{r}") for r in REFUSE_REASONS)
    return [Say("refuse-why", {"code": Code(code)}, choices=(*choices, BACK))]


async def _call(turn: Turn, order: Order) -> list[Say]:
    to = order.receiver
    fields: dict[str, Field] = {"name": to.name, "phone": to.phone}
    block = Choice(f"bl:{order.code}", "choice-block")
    choices = (*seller_choices(order), Choice("new", "choice-seller-orders"), block, BACK)
    return [Say("seller-call", fields, choices=choices, clip=to.voice)]


async def _write(turn: Turn, order: Order, what: str) -> list[Say]:
    """She called: what she writes is the name or the address now."""
    code = order.code
    if not turn.words:
        turn.ask(f"so:{code}:{what}")
        return [Say(f"{what}-write", {"code": Code(code)}, choices=(BACK,))]
    told, who, now = _told(turn, what), await turn.who(), turn.now
    after = await turn.shop.ledger.put(lambda b: settling.complete(b, code, told, who, now))
    return [await shown(turn, after)]


def _told(turn: Turn, what: str) -> settling.Told:
    """A province in the address takes the place of the one that was guessed before."""
    if what == "name":
        return settling.Told(name=turn.words[:80])
    provinces = turn.shop.catalogue().provinces
    found = find_province(turn.words, provinces)
    if len(found) != 1:
        return settling.Told(address=turn.words[:300])
    return settling.Told("", turn.words[:300], found[0], provinces[found[0]].name)


async def _address(turn: Turn, order: Order) -> list[Say]:
    return await _write(turn, order, "address")


async def _name(turn: Turn, order: Order) -> list[Say]:
    return await _write(turn, order, "name")


async def _fee(turn: Turn, order: Order) -> list[Say]:
    """What sending costs, in đồng; the customer is asked."""
    code, fee = order.code, read_fee(turn.words)
    if fee is None:
        turn.ask(f"so:{code}:fee")
        return [Say("fee-unclear-number" if turn.words else "fee-ask-number", choices=(BACK,))]
    who, now = await turn.who(), turn.now
    await turn.shop.ledger.put(lambda b: settling.name_fee(b, code, fee, who, now))
    fields: dict[str, Field] = {"code": Code(code), "fee": Money(fee)}
    return [Say("fee-asked", fields, choices=(Choice("new", "choice-seller-orders"), BACK))]


OTHERS = {"call": _call, "address": _address, "name": _name, "fee": _fee}

ROUTES: Routes = {
    "new": for_seller(screen(waiting, views=1), Right.ORDERS),
    "ov": for_seller(act(voices), Right.ORDERS),
    "so": for_seller(screen(one, views=1), Right.ORDERS),
    "mv": for_seller(act(offered), Right.ORDERS),
}
