"""Handing a parcel over: carrier and tracking number, or coach, driver's phone and departure.

One thing at a time, each may be skipped, and a sentence may tell all of it at once. What was told
waits in the session until the parcel is said to be gone.
"""

from __future__ import annotations

import msgspec

from bot.shop.hours import day_start
from bot.shop.order import Order, Shipment, moved
from bot.shop.roles import Right
from bot.shop.says import Choice, Code, Field, Moment, Say, Word
from bot.talk.seller.order_view import hers, short
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.phones import Phone, read_phone
from bot.understand.sellers.moments import moment_said
from bot.understand.sellers.vehicles import vehicle_said
from bot.usecases import packing
from bot.usecases.letters import seller_choices
from bot.usecases.packing_letters import shipment_lines

LEAVES = "leaves"
"""Where the session's form keeps what was told of a parcel that is to leave."""

COACH = ("plate", "driver", "time")
STEPS = ("post", *COACH)
HOURS = (6, 12, 18, 20)
"""Departures to choose from, by the clock."""

MOST = {"carrier": 60, "tracking": 40, "plate": 20}


class Leaving(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is told so far of the parcel of an order; `asked` was asked already or skipped."""

    code: str
    carrier: str = ""
    tracking: str = ""
    plate: str = ""
    driver: str = ""
    departs_at: int = 0
    asked: tuple[str, ...] = ()

    @property
    def by_coach(self) -> bool:
        return bool(self.plate or self.driver or self.departs_at)


def leaving(turn: Turn, code: str) -> Leaving:
    """What was told of this order's parcel; nothing if another's was told last."""
    kept = turn.session.form.get(LEAVES)
    found = msgspec.json.decode(kept, type=Leaving) if kept else Leaving(code)
    return found if found.code == code else Leaving(code)


def keep(turn: Turn, told: Leaving) -> Leaving:
    turn.session.form[LEAVES] = msgspec.json.encode(told).decode()
    return told


def heard_leaving(turn: Turn, code: str, text: str) -> Leaving:
    """What a sentence tells of the way this parcel left; kept until she says yes. Behind a button
    that chose among several orders it is the sentence before.
    """
    if turn.heard.kind == "tap":
        return keep(turn, msgspec.structs.replace(leaving(turn, ""), code=code))
    return keep(turn, _told(Leaving(code), "", text, turn.now)[0])


def shipment(turn: Turn, told: Leaving) -> Shipment:
    return Shipment(
        told.code, turn.person, turn.now, told.carrier, told.tracking, told.plate, told.driver,
        told.departs_at,
    )  # fmt: skip


async def how(turn: Turn, code: str, step: str = "") -> list[Say]:
    """How the parcel travels; words answer the step, or tell all of it."""
    order = await hers(turn, code)
    if order.state != "shipped":
        moved(order, "ship", turn.now)
    if step and step not in STEPS:
        raise KeyError(step)
    told = leaving(turn, code)
    if turn.words:
        return await _answered(turn, order, told, step)
    if not step:
        keep(turn, Leaving(code))
        return [_which_way(turn, order)]
    return [_question(turn, keep(turn, _past(told, step)), step)]


def _past(told: Leaving, step: str) -> Leaving:
    """This step and those before it are not asked any more."""
    passed = COACH[: COACH.index(step) + 1] if step in COACH else (step,)
    return msgspec.structs.replace(told, asked=(*told.asked, *passed))


def _which_way(turn: Turn, order: Order) -> Say:
    code = order.code
    turn.ask(f"gd:{code}")
    ways = (
        Choice(f"gd:{code}:post", "choice-parcel-post"),
        Choice(f"gd:{code}:plate", "choice-parcel-coach"),
    )
    bare = (Choice(f"so:{code}:ship", "choice-parcel-bare"),) if order.state == "packed" else ()
    return Say("ship-how", {"code": Code(code)}, (short(order),), (*ways, *bare, BACK))


def _question(turn: Turn, told: Leaving, step: str) -> Say:
    code, after = told.code, _next(told)
    turn.ask(f"gd:{code}:{step}")
    skip = Choice(f"gd:{code}:{after}" if after else f"gdx:{code}", "choice-skip-step")
    times = _times(turn, code) if step == "time" else ()
    return Say(f"ship-{step}", {"code": Code(code)}, choices=(*times, skip, BACK))


def _times(turn: Turn, code: str) -> tuple[Choice, ...]:
    """The next few departures, soonest first."""
    midnight = day_start(turn.now)
    every = sorted(midnight + day * 86400 + hour * 3600 for day in (0, 1) for hour in HOURS)
    coming = [at for at in every if at > turn.now][:4]
    return tuple(_at(code, at) for at in coming)


def _at(code: str, at: int) -> Choice:
    return Choice(f"gdt:{code}:{at}", "choice-parcel-at", {"when": Moment(at)})


def _next(told: Leaving) -> str:
    """The next thing to ask, empty when all was told or asked."""
    if "post" in told.asked or (told.carrier and not told.by_coach):
        return "" if told.tracking or "post" in told.asked else "post"
    known = {"plate": told.plate, "driver": told.driver, "time": told.departs_at}
    return next((s for s in COACH if not known[s] and s not in told.asked), "")


async def _answered(turn: Turn, order: Order, told: Leaving, step: str) -> list[Say]:
    words, turn.words = turn.words, ""
    after, times = _told(told, step, words, turn.now)
    if len(times) > 1:
        keep(turn, after)
        turn.ask(f"gd:{order.code}:time")
        choices = (*(_at(order.code, at) for at in times[:4]), BACK)
        return [Say("ship-which-time", {"code": Code(order.code)}, choices=choices)]
    if after == told:
        turn.notes.append(Say("ship-unclear"))
        return [_question(turn, told, step) if step else _which_way(turn, order)]
    return await _onwards(turn, keep(turn, after))


async def _onwards(turn: Turn, told: Leaving) -> list[Say]:
    step = _next(told)
    if not step:
        return await leave(turn, told.code)
    return await how(turn, told.code, step)


def _told(told: Leaving, step: str, words: str, now: int) -> tuple[Leaving, tuple[int, ...]]:
    """With what the words tell; the moments, where they may mean several."""
    said = vehicle_said(words, now)
    new: dict[str, str] = {}
    if said:
        new = {"carrier": said.coach, "tracking": said.tracking, "plate": said.plate}
        new |= {"driver": said.phone}
    times = said.leaves_at if said else ()
    if step and not any(new.values()) and not times:
        new, times = _alone(step, words, now)
    found = {k: v[: MOST.get(k, 20)] for k, v in new.items() if v}
    after = msgspec.structs.replace(told, **found)
    if len(times) == 1:
        after = msgspec.structs.replace(after, departs_at=times[0])
    return after, times


def _alone(step: str, words: str, now: int) -> tuple[dict[str, str], tuple[int, ...]]:
    """A bare answer to one question: a number for the parcel, a plate, a phone, an hour."""
    plain = " ".join(words.split())
    digits = any(c.isdigit() for c in plain)
    if step == "time":
        return {}, moment_said(f"{plain}h", now) if plain.isdecimal() else ()
    if step == "driver":
        found = read_phone(plain)
        return {"driver": found.number if isinstance(found, Phone) else ""}, ()
    if step == "plate":
        return {"plate": plain.upper() if digits else ""}, ()
    return {"tracking" if digits else "carrier": plain}, ()


async def at(turn: Turn, code: str, when: str) -> list[Say]:
    """A departure chosen by a button."""
    await hers(turn, code)
    told = msgspec.structs.replace(leaving(turn, code), departs_at=int(when))
    return await _onwards(turn, keep(turn, told))


async def leave(turn: Turn, code: str, *, told: bool = True) -> list[Say]:
    """The parcel is gone, with what was told of it; the customer is told the same."""
    who, now = await turn.who(), turn.now
    sent = shipment(turn, leaving(turn, code) if told else Leaving(code))
    turn.ask("")
    after = await turn.shop.ledger.put(lambda b: packing.ship(b, code, sent, who, now))
    known = await turn.shop.records.read(lambda b: b.shipment(code))
    return [gone(after, known)]


async def gone_now(turn: Turn, code: str) -> list[Say]:
    """The last question was passed over."""
    return await leave(turn, code)


def gone(order: Order, known: Shipment | None) -> Say:
    """What she did, as the customer is told it."""
    code, lines = order.code, shipment_lines(known)
    fields: dict[str, Field] = {"code": Code(code), "state": Word(f"state-{order.state}")}
    fix = Choice(f"gd:{code}", "choice-parcel-fix" if lines else "choice-parcel-note")
    new = Choice("new", "choice-seller-orders")
    return Say("seller-order-moved", fields, lines, (new, *seller_choices(order), fix, BACK))


ROUTES: Routes = {
    "gd": for_seller(screen(how, views=2), Right.ORDERS),
    "gdt": for_seller(act(at), Right.ORDERS),
    "gdx": for_seller(act(gone_now), Right.ORDERS),
}
