"""A seller's order as she sees it: one line of a list, or the whole of it with whose goods are in
it and how it left.
"""

from __future__ import annotations

from bot.shop.order import Order, Shipment
from bot.shop.problems import NoSuchOrder, NotYourOrder
from bot.shop.says import Choice, Code, Field, Moment, Money, Say, Word
from bot.shop.sound import OrderVoice
from bot.talk.turn import BACK, Turn
from bot.usecases import order_voices, packing
from bot.usecases.letters import new_order, paid_fields, paid_word
from bot.usecases.packing import Part
from bot.usecases.packing_letters import shipment_lines


async def hers(turn: Turn, code: str) -> Order:
    """Raises NoSuchOrder, NotYourOrder."""
    order = await turn.shop.records.order(code)
    if order is None:
        raise NoSuchOrder()
    if order.seller != turn.session.seller:
        raise NotYourOrder()
    return order


def short(order: Order) -> Say:
    """One line: where it stands and goes, its sum, and what of a transfer came."""
    fields: dict[str, Field] = {
        "code": Code(order.code),
        "state": Word(f"state-{order.state}"),
        "place": order.receiver.place,
        "total": Money(order.total_vnd),
    }
    return Say(f"seller-order-short{paid_word(order)}", fields | paid_fields(order))


async def shown(turn: Turn, order: Order) -> Say:
    """All of it, with what can be done."""
    code, packed = order.code, order.state not in packing.UNPACKED
    parts, homes, shipment, voices = await turn.shop.records.read(
        lambda b: (
            packing.parts(b, order), packing.homes(b, order), b.shipment(code), b.voices_of(code)
        )
    )  # fmt: skip
    say = new_order(order, turn.shop.catalogue().products)
    to = order.receiver
    who: dict[str, Field] = {
        "name": to.name,
        "phone": to.phone,
        "address": to.address,
        "place": to.place,
    }
    whose = tuple(part_line(turn, p) for p in parts) if packed or len(homes) > 1 else ()
    lines = (*say.lines, Say("seller-order-receiver", who), *whose, *shipment_lines(shipment))
    state: dict[str, Field] = {"state": Word(f"state-{order.state}")}
    lines = (*lines, Say("order-voices", {"count": len(voices)})) if voices else lines
    hear = (Choice(f"ov:{code}", "choice-order-voices"),) if voices else ()
    ways = (*say.choices, *hear, *_ways(order, several=len(homes) > 1, shipment=shipment), BACK)
    return Say("seller-order", {**say.fields, **state}, lines, ways, clip=to.voice)


async def voices(turn: Turn, code: str) -> list[Say]:
    """What the customer said of this order, one note after the other; a file that was kept for as
    long as it may be is told of.
    """
    order = await hers(turn, code)
    kept = await turn.shop.records.read(lambda b: b.voices_of(code))
    return [*(_voice(v, turn.now) for v in kept), await shown(turn, order)]


def _voice(voice: OrderVoice, now: int) -> Say:
    at: dict[str, Field] = {"at": Moment(voice.at)}
    if now - voice.at >= order_voices.KEPT_SECONDS:
        return Say("order-voice-gone", at)
    return Say("order-voice", at, clip=voice.ref)


def _ways(order: Order, *, several: bool, shipment: Shipment | None) -> tuple[Choice, ...]:
    if order.state in packing.UNPACKED:
        return (Choice(f"gh:{order.code}", "choice-pack-home"),) if several else ()
    if order.state == "packed":
        return (Choice(f"gx:{order.code}", "choice-pack-more"),)
    if order.state == "shipped":
        id_ = "choice-parcel-fix" if shipment_lines(shipment) else "choice-parcel-note"
        return (Choice(f"gd:{order.code}", id_),)
    return ()


def part_line(turn: Turn, part: Part) -> Say:
    """Whose goods: the household's, or the seller's own."""
    product = turn.product(part.product)
    fields: dict[str, Field] = {
        "name": product.name["vi"] if product else part.product,
        "amount": product.amount(part.amount) if product else part.amount,
        "home": home_name(part.home),
    }
    return Say("seller-order-home", fields)


def home_name(home: packing.Home) -> Field:
    return home.name or Word("seller-own-goods")
