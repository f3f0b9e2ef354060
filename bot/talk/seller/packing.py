"""The packing desk: what to pack now by product and by order, and the same on paper with a label
for every parcel.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.shop.hours import local
from bot.shop.order import Order
from bot.shop.pictures import Label, Sheet, ToPack
from bot.shop.product import Product, gone_product
from bot.shop.roles import Right
from bot.shop.says import Amount, Choice, Code, Field, Many, Say
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.usecases import packing
from bot.usecases.packing import Part
from bot.usecases.packing_letters import packed_grams, packed_line

A_PAGE = 5
PAPER = "vi"
"""Sheets are printed in Vietnamese: whoever carries the parcel reads them too."""


async def to_pack(turn: Turn) -> list[Order]:
    """Accepted orders first, then those she has not accepted; what has waited longest first."""
    found = await turn.shop.records.orders_of_seller(turn.session.seller, packing.UNPACKED)
    ready = [o for o in found if o.quote == "fixed"]
    return sorted(ready, key=lambda o: o.state == "placed")


async def desk(turn: Turn, page: str = "0") -> list[Say]:
    """What to pack now: how much of each product, then each order."""
    known, start = await to_pack(turn), int(page) * A_PAGE
    if not known:
        return [Say("packing-none", choices=(Choice("new", "choice-seller-orders"), BACK))]
    shown = known[start : start + A_PAGE]
    totals = () if start else _totals(turn, known)
    lines = (*totals, *(order_line(turn, o) for o in shown))
    choices = [Choice(f"so:{o.code}", "choice-order", {"code": Code(o.code)}) for o in shown]
    if start + A_PAGE < len(known):
        choices.append(Choice(f"goi:{int(page) + 1}", "choice-more"))
    sheet_ = Choice("phieu", "choice-packing-sheet")
    return [Say("packing", {"count": len(known)}, lines, (sheet_, *choices, BACK))]


def _product(turn: Turn, product: str) -> Product:
    return turn.product(product) or gone_product(product)


def _sums(orders: Sequence[Order]) -> dict[str, tuple[int, int]]:
    """By product: base units, and parcels with it."""
    sums: dict[str, tuple[int, int]] = {}
    for order in orders:
        for product in dict.fromkeys(line.product for line in order.lines):
            n, parcels = sums.get(product, (0, 0))
            more = sum(line.amount for line in order.lines if line.product == product)
            sums[product] = (n + more, parcels + 1)
    return sums


def _totals(turn: Turn, orders: Sequence[Order]) -> tuple[Say, ...]:
    def one(id_: str, n: int, parcels: int) -> Say:
        product = _product(turn, id_)
        fields: dict[str, Field] = {"name": product.name["vi"], "amount": product.amount(n)}
        return Say("packing-product", fields | {"parcels": parcels})

    return tuple(one(id_, n, parcels) for id_, (n, parcels) in _sums(orders).items())


def order_line(turn: Turn, order: Order) -> Say:
    """What is in one parcel, and what is still missing before it can be packed."""
    inside = Many(tuple(inside_of(turn, order)))
    where: dict[str, Field] = {"code": Code(order.code), "place": order.receiver.place}
    if order.needs_call:
        return Say("packing-order-call", where | {"goods": inside})
    id_ = "packing-order" if order.state == "confirmed" else "packing-order-new"
    return Say(id_, where | {"goods": inside})


def inside_of(turn: Turn, order: Order) -> list[str]:
    """The lines of a parcel as they are written: "sâm đất 2 kg"."""
    says = (packed_line(line, _product(turn, line.product)) for line in order.lines)
    return [turn.shop.texts(Say(f"{s.id}-short", s.fields), PAPER) for s in says]


async def sheet(turn: Turn) -> list[Say]:
    """The same on paper: pictures of its pages, and a link to the PDF. Raises NotDrawn."""
    known = await to_pack(turn)
    if not known:
        return await desk(turn)
    whose = await turn.shop.records.read(lambda b: [packing.parts(b, o) for o in known])
    labels = tuple(label(turn, o, parts) for o, parts in zip(known, whose, strict=True))
    title = turn.shop.texts(Say("sheet-title", {"date": _day(turn)}), PAPER)
    made = await turn.shop.studio.sheet(Sheet(title, _goods(turn, known), labels), turn.person)
    count = len(made.pages)
    pages = [
        Say("packing-page", {"page": n, "pages": count}, picture=page)
        for n, page in enumerate(made.pages, 1)
    ]
    return [*pages, Say("packing-sheet", choices=(*_pdf(turn, made.pdf), _DESK, BACK))]


_DESK = Choice("goi", "choice-packing")


def _pdf(turn: Turn, ref: str) -> tuple[Choice, ...]:
    """A link to the file, where the shop has an address."""
    base = turn.shop.public_url().rstrip("/")
    return (Choice("url", "choice-packing-pdf", url=f"{base}/{ref}"),) if base else ()


def _day(turn: Turn) -> str:
    day = local(turn.now)
    return f"{day.day}/{day.month}/{day.year}"


def _goods(turn: Turn, orders: Sequence[Order]) -> tuple[ToPack, ...]:
    def one(id_: str, n: int) -> ToPack:
        product = _product(turn, id_)
        fields: dict[str, Field] = {"amount": product.amount(n)}
        total = turn.shop.texts(Say("sheet-amount", fields), PAPER)
        mine = (o for o in orders if any(line.product == id_ for line in o.lines))
        return ToPack(product.name["vi"], total, tuple(_tick(turn, o, id_) for o in mine))

    return tuple(one(id_, n) for id_, (n, _) in _sums(orders).items())


def _tick(turn: Turn, order: Order, product: str) -> str:
    """One order of a product's list, to be ticked off."""
    n = sum(line.amount for line in order.lines if line.product == product)
    fields: dict[str, Field] = {
        "code": Code(order.code),
        "amount": _product(turn, product).amount(n),
        "name": order.receiver.name,
        "place": order.receiver.place,
    }
    id_ = "sheet-order" if order.state == "confirmed" else "sheet-order-new"
    return turn.shop.texts(Say(id_, fields), PAPER)


def label(turn: Turn, order: Order, parts: Sequence[Part]) -> Label:
    """What is stuck on the parcel. Households are named only where customers may read them."""
    text, to = turn.shop.texts, order.receiver
    seller = turn.shop.catalogue().sellers.get(order.seller)
    homes = dict.fromkeys(p.home.name for p in parts if p.home.public and p.home.name)
    about = packed_grams(order, turn.shop.catalogue().products)
    weight = Say("label-weight", {"weight": Amount(about, "g")})
    place = "" if to.place in to.address else to.place
    return Label(
        seller.name if seller else order.seller,
        tuple(inside_of(turn, order)),
        order.code,
        text(Say("label-code", {"code": Code(order.code)}), PAPER),
        text(weight, PAPER) if about else "",
        text(Say("label-home", {"homes": Many(tuple(homes))}), PAPER) if homes else "",
        text(Say("label-made", {"date": _day(turn)}), PAPER),
        "\n".join(_keeping(turn, order)),
        tuple(x for x in (to.name, to.phone, to.address, place, to.note) if x),
    )


def _keeping(turn: Turn, order: Order) -> list[str]:
    """How to keep what is inside, as far as somebody told."""
    products = [_product(turn, p) for p in dict.fromkeys(x.product for x in order.lines)]
    told = []
    for product in products:
        name: dict[str, Field] = {"name": product.name["vi"]}
        if product.keeping:
            told.append(Say("label-keep", name | {"text": product.keeping["vi"]}))
        elif product.keeps_told and product.shelf_life_days:
            told.append(Say("label-keep-days", name | {"days": product.shelf_life_days}))
    return [turn.shop.texts(say, PAPER) for say in told]


ROUTES: Routes = {
    "goi": for_seller(screen(desk, views=1), Right.ORDERS),
    "phieu": for_seller(act(sheet), Right.ORDERS),
}
