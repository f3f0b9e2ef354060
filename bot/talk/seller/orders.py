"""The seller's orders: what is new, one order, and each move she can make with it."""

from __future__ import annotations

from typing import cast

from bot.shop.order import OPEN, Order, Verb
from bot.shop.problems import NoSuchOrder, NotYourOrder
from bot.shop.says import Choice, Code, Field, Money, Say, Word
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.money import read_fee
from bot.understand.provinces import find_province
from bot.usecases import orders, settling
from bot.usecases.letters import REFUSE_REASONS, new_order, seller_choices

A_PAGE = 6
VERBS: frozenset[str] = frozenset({"confirm", "pack", "ship", "deliver", "return"})


async def waiting(turn: Turn, page: str = "0") -> list[Say]:
    """Her orders that are not finished; what has waited longest comes first."""
    known = await turn.shop.records.orders_of_seller(turn.session.seller, sorted(OPEN))
    if not known:
        return [Say("seller-orders-none", choices=(BACK,))]
    start = int(page) * A_PAGE
    shown = known[start : start + A_PAGE]
    lines = tuple(_short(o) for o in shown)
    choices = tuple(Choice(f"so:{o.code}", "choice-order", {"code": Code(o.code)}) for o in shown)
    if start + A_PAGE < len(known):
        choices = (*choices, Choice(f"new:{int(page) + 1}", "choice-more"))
    return [Say("seller-orders", lines=lines, choices=(*choices, BACK))]


def _short(order: Order) -> Say:
    return Say(
        "seller-order-short",
        {
            "code": Code(order.code),
            "state": Word(f"state-{order.state}"),
            "place": order.receiver.place,
            "total": Money(order.total_vnd),
        },
    )


async def one(turn: Turn, code: str, verb: str = "", more: str = "") -> list[Say]:
    """An order of hers, or a move with it; refusing asks for a reason."""
    order = await _hers(turn, code)
    if verb in VERBS:
        return await _move(turn, code, cast(Verb, verb))
    if verb == "refuse":
        return await _refuse(turn, order, more)
    if verb in OTHERS:
        return await OTHERS[verb](turn, order)
    return [_shown(turn, order)]


async def offered(turn: Turn, verb: str, code: str = "", yes: str = "") -> list[Say]:
    """A move she spoke of: with the one order that can make it, never done without her yes."""
    if verb not in VERBS:
        raise KeyError(verb)
    if yes == "yes":
        return await _move(turn, code, cast(Verb, verb))
    known = await turn.shop.records.orders_of_seller(turn.session.seller, sorted(OPEN))
    able = [o for o in known if _may(o, verb)]
    if code:
        order = await _hers(turn, code)
        return [_offer(order, verb)] if order in able else [_shown(turn, order)]
    if len(able) == 1:
        return [_offer(able[0], verb)]
    return [_which(able, verb)] if able else await waiting(turn)


def _may(order: Order, verb: str) -> bool:
    """Whether the button of this move stands under the order."""
    return any(c.id == f"so:{order.code}:{verb}" for c in seller_choices(order))


def _offer(order: Order, verb: str) -> Say:
    move = Choice(f"mv:{verb}:{order.code}:yes", f"choice-order-{verb}")
    others = tuple(c for c in seller_choices(order) if not c.id.endswith(f":{verb}"))
    choices = (move, *others, Choice("new", "choice-seller-orders"), BACK)
    return Say("seller-order-move", lines=(_short(order),), choices=choices)


def _which(able: list[Order], verb: str) -> Say:
    shown = able[:A_PAGE]
    choices = tuple(
        Choice(f"mv:{verb}:{o.code}", "choice-order", {"code": Code(o.code)}) for o in shown
    )
    lines = tuple(_short(o) for o in shown)
    more = Choice("new", "choice-seller-orders")
    return Say("seller-order-which", lines=lines, choices=(*choices, more, BACK))


async def _hers(turn: Turn, code: str) -> Order:
    order = await turn.shop.records.order(code)
    if order is None:
        raise NoSuchOrder()
    if order.seller != turn.session.seller:
        raise NotYourOrder()
    return order


def _shown(turn: Turn, order: Order) -> Say:
    say = new_order(order, turn.shop.catalogue().products)
    to = order.receiver
    who: dict[str, Field] = {
        "name": to.name,
        "phone": to.phone,
        "address": to.address,
        "place": to.place,
    }
    lines = (*say.lines, Say("seller-order-receiver", who))
    state: dict[str, Field] = {"state": Word(f"state-{order.state}")}
    return Say("seller-order", {**say.fields, **state}, lines, (*say.choices, BACK), clip=to.voice)


async def _move(turn: Turn, code: str, verb: Verb, reason: str = "") -> list[Say]:
    who, now = await turn.who(), turn.now
    after = await turn.shop.ledger.put(
        lambda b: orders.move_by_seller(b, code, verb, who, now, reason)
    )
    choices = (Choice("new", "choice-seller-orders"), *seller_choices(after), BACK)
    state: dict[str, Field] = {"code": Code(code), "state": Word(f"state-{after.state}")}
    return [Say("seller-order-moved", state, choices=choices)]


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
    choices = (*seller_choices(order), Choice("new", "choice-seller-orders"), BACK)
    return [Say("seller-call", fields, choices=choices, clip=to.voice)]


async def _write(turn: Turn, order: Order, what: str) -> list[Say]:
    """She called: what she writes is the name or the address now."""
    code = order.code
    if not turn.words:
        turn.ask(f"so:{code}:{what}")
        return [Say(f"{what}-write", {"code": Code(code)}, choices=(BACK,))]
    told, who, now = _told(turn, what), await turn.who(), turn.now
    after = await turn.shop.ledger.put(lambda b: settling.complete(b, code, told, who, now))
    return [_shown(turn, after)]


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
    "new": for_seller(screen(waiting, views=1)),
    "so": for_seller(screen(one, views=1)),
    "mv": for_seller(act(offered)),
}
