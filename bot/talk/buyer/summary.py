"""The one summary before an order counts: goods, a fee per seller, the total, who and where."""

from __future__ import annotations

from bot.shop.cart import Parcel, parcels
from bot.shop.payment import account_in_use
from bot.shop.says import Choice, Field, Money, Say
from bot.talk.buyer.cart import wanted
from bot.talk.turn import BACK, Turn
from bot.usecases.letters import line_say


def plan(turn: Turn) -> tuple[Parcel, ...]:
    """The cart as parcels at today's prices and fees."""
    catalogue = turn.shop.catalogue()
    for line in turn.session.cart:
        wanted(turn, line.product)
    return parcels(
        turn.session.cart,
        catalogue.products,
        turn.prices,
        catalogue.shipping_from,
        int(turn.session.form.get("province") or 0),
    )


def read_as(turn: Turn, wishes: tuple[Parcel, ...]) -> str:
    """A mark of everything the summary says: goods, prices, fees, who and where."""
    form = turn.session.form
    who = [form.get(x, "") for x in ("name", "phone", "address", "province", "note")]
    return turn.shop.hashed(repr((wishes, who)))[:16]


async def summary(turn: Turn) -> list[Say]:
    """Everything once more in one message: goods, one fee per seller, total, who and where."""
    turn.session.checkout = turn.shop.ids.short()
    wishes = plan(turn)
    turn.session.form["read"] = read_as(turn, wishes)
    lines = [x for parcel in wishes for x in _parcel_says(turn, parcel)]
    form = turn.session.form
    lines += [
        Say(_total(wishes), {"money": Money(sum(p.total_vnd for p in wishes))}),
        Say("summary-receiver", {"name": form["name"], "phone": form["phone"]})
        if form["name"] != "call"
        else Say("summary-receiver-call", {"phone": form["phone"]}),
        Say("summary-address", {"address": form["address"], "place": form["place"]})
        if form["address"] not in ("call", "voice")
        else Say(f"summary-address-{form['address']}", {"place": form["place"]}),
    ]
    if form["note"] != "-":
        lines.append(Say("order-note", {"note": form["note"]}))
    choices = (
        *await _ways_to_pay(turn, wishes),
        Choice("fix", "choice-fix"),
        Choice("m", "choice-more-goods"),
        BACK,
    )
    return [Say("summary", {"count": len(wishes)}, tuple(lines), choices)]


async def _ways_to_pay(turn: Turn, wishes: tuple[Parcel, ...]) -> tuple[Choice, ...]:
    """Placing the order is one tap, whichever way it is paid."""
    order, now = f"co:{turn.session.checkout}", turn.now
    bank = await turn.shop.records.read(lambda b: account_in_use(b.bank_accounts(), now))
    if bank is None or not all(p.quote for p in wishes):
        return (Choice(f"{order}:yes", "choice-place-order"),)
    return (
        Choice(f"{order}:yes", "choice-place-order-cod"),
        Choice(f"{order}:bank", "choice-place-order-bank"),
    )


def _total(wishes: tuple[Parcel, ...]) -> str:
    return "summary-total" if all(p.quote for p in wishes) else "summary-total-open"


def _parcel_says(turn: Turn, parcel: Parcel) -> list[Say]:
    catalogue = turn.shop.catalogue()
    seller = catalogue.sellers[parcel.seller]
    says = [Say("summary-seller", {"seller": seller.name})]
    says += [line_say(x, catalogue.products[x.product]) for x in parcel.lines]
    if parcel.quote is None:
        return [*says, Say("summary-fee-open")]
    fields: dict[str, Field] = {
        "fee": Money(parcel.quote.fee_vnd),
        "least": parcel.quote.days[0],
        "most": parcel.quote.days[1],
        "sum": Money(parcel.total_vnd),
    }
    return [*says, Say(f"summary-fee-{parcel.quote.method}", fields)]
