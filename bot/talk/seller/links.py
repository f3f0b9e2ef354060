"""Links and QR pictures of the shop, of her goods and of her next live: to show or to stick on a
box.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.shop.links import links_of, live_code, product_code, readable
from bot.shop.live import OPEN_LIVES, Live, LiveItem
from bot.shop.live_problems import NoSuchLive
from bot.shop.media_problems import NotDrawn
from bot.shop.pictures import Poster
from bot.shop.problems import NotOnShelf
from bot.shop.product import Product, is_priced, offer_of
from bot.shop.says import Choice, Field, Moment, Rate, Say
from bot.talk.seller.packing import PAPER
from bot.talk.seller.stock import hers
from bot.talk.turn import BACK, Routes, Turn, act, for_seller, screen
from bot.usecases.ports_media import KeptPoster

A_PAGE = 4
MOST_LINES = 6
"""Codes of a live on one poster; more could not be read in a camera."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to, as its poster names it. call: which words say what to do with it."""

    code: str
    name: str
    call: str
    seller: str
    lines: tuple[str, ...] = ()


async def listed(turn: Turn, page: str = "0") -> list[Say]:
    """Which link: the shop, her next live, or one of the goods she has on the shelf."""
    start = (int(page) if page.isdecimal() else 0) * A_PAGE
    goods = [p for p in hers(turn) if _on_shelf(turn, p)]
    shown = goods[start : start + A_PAGE]
    choices = [Choice("lks", "choice-link-shop")] if not start else []
    if not start and (live := await _next_live(turn)):
        choices.append(
            Choice(f"lkl:{live.id}", "choice-link-live", {"at": Moment(live.starts_at)})
        )
    choices += [Choice(f"lkp:{p.id}", "choice-product", {"name": p.name["vi"]}) for p in shown]
    if start + A_PAGE < len(goods):
        choices.append(Choice(f"lk:{start // A_PAGE + 1}", "choice-more"))
    return [Say("links", choices=(*choices, BACK))]


def _on_shelf(turn: Turn, product: Product) -> bool:
    return turn.level(product.id).free > 0 and is_priced(product, turn.prices(product.id))


async def _next_live(turn: Turn) -> Live | None:
    seller = turn.session.seller
    lives = await turn.shop.records.read(lambda b: b.lives_of(seller))
    return next((x for x in lives if x.state in OPEN_LIVES), None)


async def of_shop(turn: Turn) -> list[Say]:
    """The whole shop's door."""
    shop = _text(turn, Say("poster-shop"))
    name = _seller_name(turn)
    return await _sent(turn, Target("", name or shop, "shop", shop if name else ""))


async def of_product(turn: Turn, product_id: str) -> list[Say]:
    """One of her own. Raises NotOnShelf."""
    product = next((p for p in hers(turn) if p.id == product_id), None)
    if product is None:
        raise NotOnShelf()
    price = _price(turn, product)
    line = (_text(turn, Say("poster-price", {"rate": price})),) if price else ()
    code, name = product_code(product.id), product.name["vi"]
    return await _sent(turn, Target(code, name, "product", _seller_name(turn), line))


async def of_live(turn: Turn, live_id: str) -> list[Say]:
    """Her live, its hour and codes. Raises NoSuchLive."""
    live = await turn.shop.records.read(lambda b: b.live(live_id))
    if live is None or live.seller != turn.session.seller:
        raise NoSuchLive()
    items = await turn.shop.records.read(lambda b: b.items_of(live_id))
    at = {"at": Moment(live.starts_at)}
    hour = _text(turn, Say("poster-live", at))
    lines = tuple(_codes(turn, items))[:MOST_LINES]
    lines = (hour, *lines) if live.title else lines
    elsewhere = live.buys == "platform"
    if elsewhere:
        turn.notes.append(Say("link-not-on-platform"))
    call = "live-platform" if elsewhere else "live"
    target = Target(live_code(live.id), live.title or hour, call, _seller_name(turn), lines)
    return await _sent(turn, target)


def _codes(turn: Turn, items: Iterable[LiveItem]) -> Iterable[str]:
    """ "A1 Na Chi Lăng 65.000đ/kg" for each code that is taken."""
    goods = {p.id: p for p in hers(turn)}
    for item in items:
        product = goods.get(item.product)
        if product is None or item.off:
            continue
        fields: dict[str, Field] = {"code": item.code, "name": product.name["vi"]}
        price = _price(turn, product, item.offer)
        known = {**fields, "rate": price} if price else fields
        yield _text(turn, Say("poster-code" if price else "poster-code-only", known))


def _price(turn: Turn, product: Product, offer_id: str = "") -> Rate | None:
    """Of this pack, else the one that is shown first; None as long as it has no price."""
    prices = turn.prices(product.id)
    offer = offer_of(product, offer_id)
    if offer and offer.id in prices.vnd:
        return Rate(prices.vnd[offer.id], product.amount(offer.amount))
    return prices.rate(product) if is_priced(product, prices) else None


def _seller_name(turn: Turn) -> str:
    seller = turn.shop.catalogue().sellers.get(turn.session.seller)
    return seller.name if seller else ""


def _text(turn: Turn, say: Say) -> str:
    """On a poster: whoever reads it, it is in the shop's first language."""
    return turn.shop.texts(say, PAPER)


async def _sent(turn: Turn, target: Target) -> list[Say]:
    """For each app the shop is in, its link with its picture; last, the pages to print."""
    other = Choice("lk", "choice-link-other")
    links = links_of(target.code, turn.shop.found_at())
    if not links:
        return [Say("links-nowhere", choices=(other, BACK))]
    says, pages = [], list[Choice]()
    base = turn.shop.public_url().rstrip("/")
    for channel, link in links:
        made = await _drawn(turn, target, link)
        says.append(Say(f"link-{channel}", {"url": link}, picture=made.picture))
        if made.pdf and base:
            page = Choice(
                f"url:{channel}", f"choice-link-print-{channel}", url=f"{base}/{made.pdf}"
            )
            pages.append(page)
    fields = {"name": target.name}
    return [*says, Say("links-sent", fields, choices=(*pages, other, BACK))]


async def _drawn(turn: Turn, target: Target, link: str) -> KeptPoster:
    """Without a picture the link is still of use."""
    call = _text(turn, Say(f"poster-call-{target.call}"))
    poster = Poster(target.seller, target.name, link, readable(link), call, target.lines)
    try:
        return await turn.shop.studio.poster(poster, turn.person)
    except NotDrawn:
        return KeptPoster("", "")


async def asked(turn: Turn) -> list[Say]:
    """/qr: a seller's links, at once those of the goods she names; anybody else gets the shop's
    address, and where to pay.
    """
    words, turn.words = turn.words, ""
    if (await turn.who()).acts_for:
        named = [p for p in turn.named(words) if p in hers(turn)] if words else []
        return await (of_product(turn, named[0].id) if len(named) == 1 else listed(turn))
    links = links_of("", turn.shop.found_at())
    choices = (Choice("o", "choice-orders"), Choice("m", "choice-market"), BACK)
    if not links:
        return [Say("shop-link-none", choices=choices)]
    return [Say("shop-link", {"url": links[0][1]}, choices=choices)]


ROUTES: Routes = {
    "lk": for_seller(screen(listed, views=1)),
    "lks": for_seller(act(of_shop)),
    "lkp": for_seller(act(of_product)),
    "lkl": for_seller(act(of_live)),
    "lkq": screen(asked),
}
