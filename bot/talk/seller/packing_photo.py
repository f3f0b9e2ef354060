""" "Gói xong": a photo or video proves it, the customer sees it; without one, by one tap.

The name of a proof is made of the order and the file, so whatever comes twice is one proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from bot.shop.order import FREES, Order, Proof
from bot.shop.order_code import read_code
from bot.shop.roles import Right
from bot.shop.says import Amount, Choice, Code, Field, Moment, Say, Word
from bot.talk.seller.new_product_media import WAITING
from bot.talk.seller.order_view import hers, short
from bot.talk.seller.packing_words import (
    PARCEL,
    PICTURES,
    grams_said,
    half_a_code,
    open_orders,
)
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.usecases import packing

WEIGHED = "weighed"
"""Where it keeps what a parcel weighs until its picture comes: `<code> <grams>`."""

A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or video as it came, and what its caption says the parcel weighs (0: nothing)."""

    kind: str
    ref: str
    grams: int = 0


async def photo(turn: Turn, code: str) -> list[Say]:
    """Asks for a picture of the packing; what comes packs the order, a weight is remembered."""
    order = await hers(turn, code)
    if order.state in FREES:
        turn.session.form.pop(PARCEL, None)
        _leave(turn, code)
        return [_no_more(order)]
    packing.ready(order, turn.now)
    turn.ask(f"gx:{code}")
    came = _came(turn)
    if came:
        return await _pictured(turn, order, came)
    if turn.heard.kind == "voice":
        turn.notes.append(Say("voice-not-here"))
    if turn.words:
        _weigh(turn, code, grams_said(turn.words))
    return [_question(turn, order)]


def _leave(turn: Turn, code: str) -> None:
    """Answered: nothing leads back to this question by itself, or the picture of the next parcel
    would go to this order's customer.
    """
    if turn.session.trail[-1:] == [f"gx:{code}"]:
        turn.session.trail.pop()


def _no_more(order: Order) -> Say:
    """Cancelled, refused or lapsed meanwhile: nothing is packed, and no picture goes anywhere."""
    fields: dict[str, Field] = {"code": Code(order.code), "state": Word(f"state-{order.state}")}
    return Say("pack-no-more", fields, choices=(_LIST, _NEW, BACK))


def _question(turn: Turn, order: Order) -> Say:
    fields: dict[str, Field] = {"code": Code(order.code)}
    if order.state == "packed":
        return Say("pack-photo-more", fields, choices=(_LIST, BACK))
    without = Choice(f"so:{order.code}:pack", "choice-pack-no-photo")
    grams = weighed(turn, order.code)
    if not grams:
        weigh = Choice(f"gw:{order.code}", "choice-pack-weigh")
        return Say("pack-photo", fields, (short(order),), (without, weigh, BACK))
    told = fields | {"weight": Amount(grams, "g")}
    return Say("pack-photo-weighed", told, (short(order),), (without, BACK))


_LIST = Choice("goi", "choice-packing")
_NEW = Choice("new", "choice-seller-orders")


async def weigh(turn: Turn, code: str) -> list[Say]:
    """What the parcel weighs, in kilos; then its picture."""
    order = await hers(turn, code)
    if turn.words:
        grams = grams_said(turn.words)
        if grams:
            _weigh(turn, code, grams)
            turn.words = ""
            return await photo(turn, code)
        turn.notes.append(Say("pack-weight-unclear"))
    turn.ask(f"gw:{code}")
    return [Say("pack-weight-number", {"code": Code(order.code)}, choices=(BACK,))]


def _weigh(turn: Turn, code: str, grams: int) -> None:
    if grams:
        turn.session.form[WEIGHED] = f"{code} {grams}"


def weighed(turn: Turn, code: str) -> int:
    said, _, grams = turn.session.form.get(WEIGHED, "").partition(" ")
    return int(grams) if said == code else 0


def _came(turn: Turn) -> Picture | None:
    """The picture that came now, or the one that waits for its order."""
    waiting = turn.session.form.pop(PARCEL, "")
    if turn.heard.kind in PICTURES:
        return Picture(turn.heard.kind, turn.heard.media, grams_said(turn.heard.text))
    if not waiting:
        return None
    kind, ref, grams = waiting.split(" ")
    return Picture(kind, ref, int(grams))


async def blue(turn: Turn, page: str = "0") -> list[Say]:
    """A picture of a parcel out of the blue: of the order it names or that is open, the only one
    that is to be packed, or one that she chooses.
    """
    caption = turn.heard.text if turn.heard.kind in PICTURES else ""
    came = _came(turn) or _waiting(turn)
    if came is None:
        return [Say("pack-picture-gone", choices=(_LIST, BACK))]
    turn.session.form[PARCEL] = f"{came.kind} {came.ref} {came.grams}"
    code = read_code(caption)
    may = [] if code else await _may_be(turn, came)
    if code or (len(may) == 1 and not half_a_code(caption)):
        return await photo(turn, code or may[0].code)
    if not may:
        return [Say("packing-none", choices=(Choice("new", "choice-seller-orders"), BACK))]
    start = int(page) * A_PAGE
    shown = may[start : start + A_PAGE]
    choices = [Choice(f"gx:{o.code}", "choice-order", {"code": Code(o.code)}) for o in shown]
    if start + A_PAGE < len(may):
        choices.append(Choice(f"gxb:{int(page) + 1}", "choice-more"))
    return [Say("pack-which", lines=tuple(map(short, shown)), choices=(*choices, BACK))]


async def _may_be(turn: Turn, came: Picture) -> list[Order]:
    """The orders a picture without a code may be of: the one on the screen; but beneath one that
    is packed it may be the next parcel's, whose buyer nobody else is to know.
    """
    codes = open_orders(turn.session) if turn.heard.kind in PICTURES else ()
    on_screen = [await hers(turn, code) for code in codes]
    packed = [o for o in on_screen if o.state == "packed"]
    if len(on_screen) == 1 and not packed:
        return on_screen
    proofs = await turn.shop.records.read(
        lambda b: {o.code: [p.id for p in b.proofs_of(o.code)] for o in packed}
    )
    for order in packed:
        if proof_id(order.code, came.ref) in proofs[order.code]:
            return [order]  # the same file came twice
    able = await _able(turn)
    return [*able, *(o for o in packed if o not in able)]


def _waiting(turn: Turn) -> Picture | None:
    """A picture that came before she said what it is of."""
    kind, _, ref = turn.session.form.pop(WAITING, "").partition(" ")
    return Picture(kind, ref) if kind in PICTURES else None


async def _able(turn: Turn) -> list[Order]:
    """Orders that can be packed; those she accepted, if there are any."""
    found = await turn.shop.records.orders_of_seller(turn.session.seller, ["confirmed"])
    if not found:
        found = await turn.shop.records.orders_of_seller(turn.session.seller, ["placed"])
    return [o for o in found if o.quote == "fixed" and not o.needs_call]


async def _pictured(turn: Turn, order: Order, came: Picture) -> list[Say]:
    code, now = order.code, turn.now
    before = await turn.shop.records.read(lambda b: b.proofs_of(code))
    id_ = proof_id(code, came.ref)
    proofs = tuple(p for p in before if p.id.startswith(id_))
    grams = came.grams or weighed(turn, code)
    who, address = await turn.who(), turn.shop.public_url()
    proofs = proofs or await _proofs(turn, order, came, id_, grams)
    after = await turn.shop.ledger.put(
        lambda b: packing.pack(b, code, who, now, proofs, grams, address)
    )
    turn.ask("")
    turn.session.form.pop(WEIGHED, None)
    _leave(turn, code)
    return [await packed(turn, after, proofs, first=order.state != "packed")]


def proof_id(code: str, ref: str) -> str:
    """The same file for the same order is the same proof, however often it comes."""
    return blake2b(f"{code} {ref}".encode(), digest_size=8).hexdigest()


async def _proofs(
    turn: Turn, order: Order, came: Picture, id_: str, grams: int
) -> tuple[Proof, ...]:
    """Cleaned, with code and time beneath, kept as the customer's: what she erases takes them.

    A video is one proof, its picture another. Raises the refusals of `bot.shop.media_problems`.
    """
    studio, owner, ref = turn.shop.studio, order.person, came.ref
    video = ""
    if came.kind == "video":
        made = await studio.video(ref, owner)
        video, ref = made.video, made.poster
    lang = (await turn.shop.records.person(owner)).lang
    fields: dict[str, Field] = {"code": Code(order.code), "when": Moment(turn.now)}
    line = turn.shop.texts(Say("proof-stamp", fields), lang)
    shown = await studio.stamped(ref, (line,), owner)
    who, code, at = turn.person, order.code, turn.now
    first = Proof(id_, code, shown, "photo", who, at, grams)
    return (first, Proof(f"{id_}v", code, video, "video", who, at)) if video else (first,)


async def packed(
    turn: Turn, order: Order, proofs: tuple[Proof, ...] = (), *, first: bool = True
) -> Say:
    """What she did: packed, with the picture the customer got; then the next parcel."""
    code = order.code
    others = [o for o in await _able(turn) if o.code != code]
    more_: dict[str, Field] = {"code": Code(others[0].code)} if others else {}
    next_ = (Choice(f"gx:{others[0].code}", "choice-pack-next", more_),) if others else ()
    fields: dict[str, Field] = {"code": Code(code), "state": Word(f"state-{order.state}")}
    more = Choice(f"gx:{code}", "choice-pack-more" if proofs else "choice-pack-add")
    ways = (Choice(f"gd:{code}", "choice-order-ship"), more) if order.state == "packed" else ()
    choices = (*next_, *ways, _LIST, _NEW, BACK)
    id_ = "seller-order-moved" if first else "pack-more-sent"
    shown = next((p.media for p in proofs if p.kind == "photo"), "")
    return Say(id_, fields, choices=choices, picture=shown)


async def wrong(turn: Turn, code: str) -> list[Say]:
    """A picture went to the wrong buyer: it cannot be called back; the right one can follow."""
    order = await hers(turn, code)
    fields: dict[str, Field] = {"code": Code(order.code)}
    right = (Choice(f"gx:{code}", "choice-pack-right"),) if order.state == "packed" else ()
    call = Choice(f"so:{code}:call", "choice-order-call")
    return [Say("pack-wrong", fields, (short(order),), (*right, call, _LIST, BACK))]


ROUTES: Routes = {
    "gx": for_seller(screen(photo, views=1), Right.ORDERS),
    "gxb": for_seller(act(blue), Right.ORDERS),
    "gxw": for_seller(act(wrong), Right.ORDERS),
    "gw": for_seller(screen(weigh, views=1), Right.ORDERS),
}
