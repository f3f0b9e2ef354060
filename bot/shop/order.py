"""An order, and the one table of moves it can make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from bot.shop.payment import Pay
from bot.shop.problems import FeeOpen, NeedsCall, WrongMove
from bot.shop.says import Code, Word

Quoted = Literal["fixed", "wanted", "offered"]
"""Whether the fee stands, the seller must still name it, or the customer must still agree to it.
"""

State = Literal[
    "placed",
    "confirmed",
    "packed",
    "shipped",
    "delivered",
    "refused",
    "cancelled",
    "returned",
    "lapsed",
]
Verb = Literal["confirm", "refuse", "pack", "ship", "deliver", "return", "cancel", "lapse"]

MOVES: dict[tuple[State, Verb], State] = {
    ("placed", "confirm"): "confirmed",
    ("placed", "refuse"): "refused",
    ("placed", "cancel"): "cancelled",
    ("placed", "lapse"): "lapsed",
    ("confirmed", "pack"): "packed",
    ("confirmed", "refuse"): "refused",
    ("confirmed", "cancel"): "cancelled",
    ("packed", "ship"): "shipped",
    ("shipped", "deliver"): "delivered",
    ("shipped", "return"): "returned",
}

OPEN: frozenset[State] = frozenset({"placed", "confirmed", "packed", "shipped"})
FREES: frozenset[State] = frozenset({"refused", "cancelled", "lapsed"})
UNPAID: frozenset[State] = FREES | {"returned"}
"""Orders that came to nothing: nothing is due, and what was paid goes back."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """`amount` base units of a product for `vnd` đồng: `n` packs of `offer`, or loose (empty)."""

    product: str
    offer: str
    n: int
    amount: int
    vnd: int


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where a parcel goes. `address` is kept word for word; `province` is the official code, 0
    unknown.

    place: the province's name. voice: a voice note with the address, as a media reference.
    """

    name: str
    phone: str
    address: str
    province: int
    place: str
    voice: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One parcel from one seller to one receiver. Money is đồng, times are seconds UTC.

    needs_call: name or address is incomplete; the seller completes it before packing.
    seq: the place among all orders, in the order they were placed.
    holding: goods are set aside (a large first order waits for the seller before anything is
        held).
    pay, paid_vnd: how it is paid, and what was booked so far.
    quote: `wanted` when no method fits and the seller must name the fee, then `offered`, then
        `fixed`.
    """

    code: str
    checkout: str
    person: str
    seller: str
    state: State
    lines: tuple[OrderLine, ...]
    receiver: Receiver
    fee_vnd: int
    method: str
    days: tuple[int, int]
    placed_at: int
    changed_at: int
    needs_call: bool = False
    holding: bool = True
    quote: Quoted = "fixed"
    reason: str = ""
    origin: str = ""
    seq: int = 0
    pay: Pay = "cod"
    paid_vnd: int = 0

    @property
    def goods_vnd(self) -> int:
        return sum(line.vnd for line in self.lines)

    @property
    def total_vnd(self) -> int:
        return self.goods_vnd + self.fee_vnd

    @property
    def due_vnd(self) -> int:
        """Still to be paid or collected; negative: to be sent back, because more came than was
        due or the order came to nothing.
        """
        return (0 if self.state in UNPAID else self.total_vnd) - self.paid_vnd


def moved(order: Order, verb: Verb, now: int, reason: str = "") -> Order:
    """The order after a move.

    Raises WrongMove if its state does not allow it, NeedsCall before packing.
    """
    state = MOVES.get((order.state, verb))
    if state is None:
        raise WrongMove(code=Code(order.code), state=Word(f"state-{order.state}"))
    if verb == "pack" and order.needs_call:
        raise NeedsCall(code=Code(order.code))
    if verb == "confirm" and order.quote != "fixed":
        raise FeeOpen(code=Code(order.code))
    return replace(order, state=state, changed_at=now, reason=reason)


@dataclass(frozen=True, slots=True)
class Shipment:
    """How a parcel left: by a carrier with a number, or by a coach with plate, driver's phone and
    departure (seconds UTC, 0 unknown).
    """

    code: str
    who: str
    at: int
    carrier: str = ""
    tracking: str = ""
    plate: str = ""
    driver: str = ""
    departs_at: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """A photo or video of the packing, sent to the buyer. grams: weighed, 0 unknown."""

    id: str
    code: str
    media: str
    kind: Literal["photo", "video"]
    who: str
    at: int
    grams: int = 0
