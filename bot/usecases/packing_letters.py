"""What a customer is told first about her parcel: the proof of packing, and how it travels."""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

from bot.shop.order import Order, OrderLine, Proof, Shipment
from bot.shop.product import Product, offer_of
from bot.shop.says import Amount, Choice, Code, Field, Moment, Money, Say
from bot.usecases import letters
from bot.usecases.orders import goods_of
from bot.usecases.ports import Books


def packed(
    books: Books, order: Order, proofs: tuple[Proof, ...], grams: int, address: str, now: int
) -> None:
    """One letter: the picture, the code, what is inside, the weight, when it was packed."""
    products, lang = goods_of(books, order), books.person(order.person).lang
    inside = tuple(packed_line(line, products[line.product], lang) for line in order.lines)
    fields: dict[str, Field] = {"code": Code(order.code), "when": Moment(now)}
    lines = (Say("packed-inside"), *inside, *_weight(order, products, grams))
    shown, ways = pictured(proofs, address)
    say = Say("order-told-pack", fields, lines, ways, picture=shown)
    letters.post(books, order.person, say, f"{order.code}:pack", now)


def another(books: Books, order: Order, proofs: tuple[Proof, ...], address: str, now: int) -> None:
    """A picture that came after the parcel was packed; each is sent once."""
    fields: dict[str, Field] = {"code": Code(order.code), "when": Moment(now)}
    shown, ways = pictured(proofs, address)
    say = Say("order-proof-more", fields, choices=ways, picture=shown)
    letters.post(books, order.person, say, f"{order.code}:proof:{proofs[0].id}", now)


def pictured(proofs: tuple[Proof, ...], address: str) -> tuple[str, tuple[Choice, ...]]:
    """The picture to show, and links to the videos (none without an address of the shop)."""
    shown = next((p.media for p in proofs if p.kind == "photo"), "")
    base = address.rstrip("/")
    videos = (p.media for p in proofs if p.kind == "video" and base)
    links = (Choice("url", "choice-packing-video", url=f"{base}/{media}") for media in videos)
    return shown, tuple(links)


def packed_line(line: OrderLine, product: Product, lang: str = "vi") -> Say:
    """What of one product is in the parcel, without its price."""
    offer = offer_of(product, line.offer) if line.offer else None
    fields: dict[str, Field] = {"name": product.named(lang)}
    if offer and line.n > 1:
        packs: dict[str, Field] = {"pack": product.amount(offer.amount), "count": line.n}
        return Say("packed-line-packs", fields | packs)
    return Say("packed-line", fields | {"amount": product.amount(line.amount)})


def packed_grams(order: Order, products: Mapping[str, Product]) -> int:
    """About what the parcel weighs, rounded up to 100 g (10 g below a kilo); 0 if nobody knows."""
    each = [
        (line.amount, products[line.product].packed_milligrams if line.product in products else 0)
        for line in order.lines
    ]
    if not all(weight for _, weight in each):
        return 0
    grams = -(-sum(n * weight for n, weight in each) // 1000)
    step = 100 if grams >= 1000 else 10
    return -(-grams // step) * step


def _weight(order: Order, products: Mapping[str, Product], grams: int) -> tuple[Say, ...]:
    if grams:
        return (Say("packed-weight", {"weight": Amount(grams, "g")}),)
    about = packed_grams(order, products)
    return (Say("packed-weight-about", {"weight": Amount(about, "g")}),) if about else ()


def shipped(books: Books, order: Order, how: Shipment, now: int) -> None:
    """On its way: how it travels, and what is still to be paid."""
    due = Money(order.due_vnd)
    id_ = "order-told-ship" if due.vnd > 0 else "order-told-ship-paid"
    fields: dict[str, Field] = {"code": Code(order.code), "total": due}
    say = Say(id_, fields, shipment_lines(how))
    letters.post(books, order.person, say, f"{order.code}:ship", now)


def ships_otherwise(books: Books, order: Order, how: Shipment, now: int) -> None:
    """What was written down later about a parcel on its way; the same again is one letter."""
    say = Say("order-shipment", {"code": Code(order.code)}, shipment_lines(how))
    told = crc32(repr(shipment_lines(how)).encode())
    letters.post(books, order.person, say, f"{order.code}:ship:{told:08x}", now)


def shipment_lines(how: Shipment | None) -> tuple[Say, ...]:
    """How it travels, as far as it is known."""
    if how is None:
        return ()
    told: tuple[tuple[str, dict[str, Field]], ...] = (
        ("shipment-by", {"name": how.carrier}),
        ("shipment-tracking", {"number": how.tracking}),
        ("shipment-plate", {"plate": how.plate}),
        ("shipment-driver", {"phone": how.driver}),
        ("shipment-leaves", {"when": Moment(how.departs_at) if how.departs_at else ""}),
    )
    return tuple(Say(id_, fields) for id_, fields in told if all(fields.values()))
