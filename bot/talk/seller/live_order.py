"""An order for somebody who only comments: her claims of one live, to a phone and an address that
the helper was told.

The person of the order stays the one who claimed. What is typed here is for this parcel and is
never kept as that person's own address.
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from bot.shop.cart import CartLine, Parcel, Terms, parcels
from bot.shop.claim import HOLDING, PREFIX, Claim
from bot.shop.live_problems import ClaimOver
from bot.shop.order import Order, Receiver
from bot.shop.order_code import new_code
from bot.shop.payment import Pay, account_in_use
from bot.shop.product import Product, gone_product
from bot.shop.roles import Right
from bot.shop.says import Choice, Code, Field, Money, Say
from bot.talk.buyer.paying import may_be_paid, transfer
from bot.talk.seller.live_claims import hers, line
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.understand.names_of_people import name_in
from bot.understand.phones import Phone, read_phone
from bot.understand.provinces import find_province
from bot.usecases import orders

FORM, DONE = "lo", "loy"
MOST_NAME, MOST_ADDRESS = 60, 300
LEAST_ADDRESS_WORDS = 3
_NUMBER = re.compile(r"(?<!\w)\+?\d(?:[ .\-]?\d){8,11}(?!\w)")
_CUT = re.compile(r"[,;\n]+")


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """id: of the checkout. call: the address is asked for by phone, later."""

    id: str
    claim: str
    phone: str = ""
    name: str = ""
    address: str = ""
    province: int = 0
    place: str = ""
    call: bool = False


_decode = msgspec.json.Decoder(Draft).decode


def _draft_of(turn: Turn) -> Draft | None:
    kept = turn.session.form.get(FORM)
    return _decode(kept) if kept else None


async def order(turn: Turn, claim_id: str, how: str = "") -> list[Say]:
    """Ask for what is missing, show all of it, and a yes. how: `call` asks for the address
    later.
    """
    claim = await hers(turn, claim_id)
    draft = _draft_of(turn)
    if draft is None or draft.claim != claim_id:
        guest = await turn.shop.records.read(lambda b: b.guest(claim.person))
        phone = guest.phone if guest else ""
        draft = Draft(turn.change_id(), claim_id, phone=phone, name=claim.name)
    if how == "call":
        draft = replace(draft, call=True)
    if how == "anew":
        draft = Draft(draft.id, claim_id)
    words, turn.words = turn.words, ""
    draft = _told(turn, draft, words) if words else draft
    turn.session.form[FORM] = msgspec.json.encode(draft).decode()
    missing = _missing(draft)
    if missing:
        return [_question(turn, draft, missing)]
    return [await _summary(turn, claim, draft)]


def _missing(draft: Draft) -> str:
    if not draft.phone:
        return "phone"
    if draft.call:
        return ""
    if not draft.address:
        return "address"
    return "" if draft.province else "province"


def _question(turn: Turn, draft: Draft, step: str) -> Say:
    turn.ask(f"lo:{draft.claim}")
    call = Choice(f"lo:{draft.claim}:call", "choice-live-order-call")
    fields = {"phone": draft.phone, "name": draft.name}
    return Say(f"live-order-{step}", fields, choices=((call,) if draft.phone else ()) + (BACK,))


def _told(turn: Turn, draft: Draft, words: str) -> Draft:
    """Phone, name, address and province, as far as the words say them, in any order."""
    phone = read_phone(words)
    if isinstance(phone, Phone):
        draft = replace(draft, phone=phone.number)
        words = _NUMBER.sub(",", words)
    parts = [p.strip(" .-:") for p in _CUT.split(words)]
    parts = [p for p in parts if any(c.isalpha() for c in p)]
    found = find_province(words, turn.shop.catalogue().provinces) if parts else []
    if len(found) == 1:
        place = turn.shop.catalogue().provinces[found[0]].name
        draft = replace(draft, province=found[0], place=place)
    if len(parts) > 1 and _is_name(parts[0]):
        draft = replace(draft, name=name_in(parts.pop(0))[:MOST_NAME])
    rest = ", ".join(parts)
    if len(rest.split()) >= LEAST_ADDRESS_WORDS:
        return replace(draft, address=rest[:MOST_ADDRESS])
    if rest and not found and _is_name(rest):
        return replace(draft, name=name_in(rest)[:MOST_NAME])
    return draft


def _is_name(part: str) -> bool:
    return len(part.split()) <= 5 and not any(c.isdigit() for c in part)


# the summary


async def _summary(turn: Turn, claim: Claim, draft: Draft) -> Say:
    """Everything once more: her claims, the fee, the sum, who and where."""
    mine = await _claims(turn, claim)
    parcel = _parcel(turn, mine, draft)
    lines = [line(turn, c) for c in mine]
    if parcel.quote:
        lines.append(Say("live-order-fee", {"fee": Money(parcel.quote.fee_vnd)}))
    else:
        lines.append(Say("summary-fee-open"))
    lines.append(Say("summary-total", {"money": Money(parcel.total_vnd)}))
    who = {"name": draft.name, "phone": draft.phone, "address": draft.address}
    where = {"place": draft.place}
    lines.append(Say("live-order-to-call" if draft.call else "live-order-to", who | where))
    choices = (*await _ways(turn, draft, parcel), _anew(draft), BACK)
    return Say("live-order-sure", {"name": draft.name}, tuple(lines), choices)


def _anew(draft: Draft) -> Choice:
    return Choice(f"lo:{draft.claim}:anew", "choice-fix")


async def _ways(turn: Turn, draft: Draft, parcel: Parcel) -> tuple[Choice, ...]:
    now, of = turn.now, draft.id
    bank = await turn.shop.records.read(lambda b: account_in_use(b.bank_accounts(), now))
    cod = Choice(f"loy:{of}:cod", "choice-live-order-cod")
    if bank is None or not parcel.quote:
        return (cod,)
    return (cod, Choice(f"loy:{of}:bank", "choice-live-order-bank"))


async def _claims(turn: Turn, claim: Claim) -> list[Claim]:
    """All that this person holds in this live. Raises ClaimOver if nothing is held any more."""
    found = await turn.shop.records.read(lambda b: b.claims_by(claim.live, claim.person))
    mine = [c for c in found if c.state in HOLDING and c.until >= turn.now]
    if not mine:
        raise ClaimOver()
    return mine


def _parcel(turn: Turn, mine: list[Claim], draft: Draft) -> Parcel:
    catalogue = turn.shop.catalogue()
    goods: dict[str, Product] = {
        c.product: turn.product(c.product) or gone_product(c.product) for c in mine
    }
    cart = [
        CartLine(c.product, f"{PREFIX}{c.id}", 1, Terms(c.amount, c.vnd, c.until)) for c in mine
    ]
    made = parcels(
        cart, goods, turn.prices, catalogue.shipping_from, 0 if draft.call else draft.province
    )
    return made[0]


async def placed(turn: Turn, draft_id: str, pay: str) -> list[Say]:
    """The order exists, once, however often it is pressed."""
    if pay not in ("cod", "bank"):
        raise KeyError(pay)
    done = await turn.shop.records.orders_of_checkout(draft_id)
    draft = _draft_of(turn)
    if done:
        return await _stands(turn, done[0])
    if draft is None or draft.id != draft_id:
        raise KeyError(draft_id)
    claim = await hers(turn, draft.claim)
    made = await _place(turn, claim, draft, "bank" if pay == "bank" else "cod")
    turn.session.form.pop(FORM, None)
    return await _stands(turn, made)


async def _place(turn: Turn, claim: Claim, draft: Draft, pay: Pay) -> Order:
    parcel = _parcel(turn, await _claims(turn, claim), draft)
    to = Receiver(draft.name, draft.phone, draft.address, draft.province, draft.place)
    wish = orders.Checkout(
        draft.id, claim.person, (parcel,), to, draft.call or not draft.name, pay=pay,
        helper=turn.person,
    )  # fmt: skip
    shop, now = turn.shop, turn.now
    made = await shop.ledger.put(
        lambda b: orders.place(b, wish, shop.rules, lambda: new_code(shop.ids.letters), now)
    )
    return made[0]


async def _stands(turn: Turn, made: Order) -> list[Say]:
    if made.seller != turn.session.seller:
        raise KeyError(made.code)
    picture = [await transfer(turn, made)] if may_be_paid(made) else []
    choices = (
        Choice(f"so:{made.code}", "choice-see-order"),
        Choice("cl", "choice-live-claims"),
        BACK,
    )
    fields: dict[str, Field] = {"code": Code(made.code), "total": Money(made.total_vnd)}
    return [*picture, Say("live-order-placed", fields, choices=choices)]


ROUTES: Routes = {
    "lo": for_seller(screen(order, views=1), Right.ORDERS),
    "loy": for_seller(act(placed), Right.ORDERS),
}
