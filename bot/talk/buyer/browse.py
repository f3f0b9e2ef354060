"""Looking around: today's market, a category, a search, a product card, "nhắc tôi khi có"."""

from __future__ import annotations

from bot.shop.hours import today
from bot.shop.product import (
    Pick,
    Prices,
    Product,
    is_priced,
    least_amount,
    price_of,
    price_steps,
    step_per,
)
from bot.shop.says import Choice, Field, Money, Months, Rate, Say
from bot.shop.season import closed_by_season
from bot.talk.buyer.teaching import unread
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.usecases import restock

A_PAGE = 6
"""Products on a page: six, with "more" and "back" eight choices."""


async def market(turn: Turn) -> list[Say]:
    """Categories that have something today."""
    open_today = turn.shop.market(turn.now).by_category
    choices = tuple(
        Choice(f"cat:{c}:0", "choice-category", {"name": category_name(turn, c)})
        for c in open_today
    )
    return [Say("market-today", choices=(*choices, Choice("s", "choice-search"), BACK))]


async def category(turn: Turn, name: str, page: str = "0") -> list[Say]:
    products = turn.shop.market(turn.now).by_category.get(name, ())
    head = Say("category", {"name": category_name(turn, name)})
    return listing(turn, products, f"cat:{name}", int(page), head)


def category_name(turn: Turn, category: str) -> str:
    names = turn.shop.catalogue().category_names.get(category, {})
    return names.get(turn.session.lang) or names.get("vi", category)


def listing(turn: Turn, products: tuple[str, ...], route: str, page: int, head: Say) -> list[Say]:
    """A page of products with price and what is left; the way on and the way back."""
    start = page * A_PAGE
    shown = [p for p in (turn.product(x) for x in products[start : start + A_PAGE]) if p]
    choices = [pick(turn, p) for p in shown]
    if start + A_PAGE < len(products):
        choices.append(Choice(f"{route}:{page + 1}", "choice-more"))
    lines = tuple(price_line(turn, p) for p in shown)
    return [Say(head.id, head.fields, lines, (*choices, BACK))]


def pick(turn: Turn, product: Product) -> Choice:
    """Opens the product's card."""
    return Choice(f"p:{product.id}", "choice-product", {"name": product.named(turn.session.lang)})


def price_line(turn: Turn, product: Product) -> Say:
    fields: dict[str, Field] = {"name": product.named(turn.session.lang)}
    prices = turn.prices(product.id)
    left = turn.level(product.id).free
    if left <= 0 or not is_priced(product, prices):
        return Say("product-line-sold-out", fields)
    fields |= {"rate": prices.rate(product), "left": product.amount(left)}
    for step in step_lines(product, prices)[:1]:
        more = {"amount": step.fields["amount"], "step": step.fields["rate"]}
        return Say("product-line-step", fields | more)
    return Say("product-line", fields)


def step_lines(product: Product, prices: Prices) -> tuple[Say, ...]:
    """What whoever takes more pays, smallest amount first; only steps that are cheaper."""
    per = step_per(product)
    usual = prices.vnd["" if product.loose else product.offers[0].id]
    return tuple(
        Say("price-step", {"amount": product.amount(n), "rate": Rate(vnd, product.amount(per))})
        for n, vnd in price_steps(prices)
        if vnd < usual
    )


async def search(turn: Turn, *_: str) -> list[Say]:
    """Ask for a name, or answer with what fits it."""
    if not turn.words:
        turn.ask("s")
        return [Say("search-ask", choices=(Choice("m", "choice-market"), BACK))]
    found = [p.id for p in turn.named(turn.words)]
    if not found:
        say = Say("search-nothing", {"text": turn.words[:60]}, choices=_after_nothing())
        told = await unread(turn, turn.words, say)
        turn.ask("s")
        return [told]
    return await show_found(turn, found)


def _after_nothing() -> tuple[Choice, ...]:
    return (Choice("m", "choice-market"), Choice("talk", "choice-talk"), BACK)


async def show_found(turn: Turn, found: list[str]) -> list[Say]:
    if len(found) == 1:
        turn.session.trail.append(f"p:{found[0]}")
        return await card(turn, found[0])
    return listing(turn, tuple(found[:A_PAGE]), "s", 0, Say("search-found"))


async def card(turn: Turn, product_id: str) -> list[Say]:
    """Everything there is to know about a product, and the ways to take it."""
    product = turn.product(product_id)
    if product is None:
        return await gone(turn)
    turn.session.last_product = product_id
    closed = closed_by_season(product, today(turn.now))
    left = turn.level(product_id).free
    if closed or left < least_amount(product) or not is_priced(product, turn.prices(product_id)):
        return [_closed_card(turn, product, closed)]
    fields: dict[str, Field] = {
        "name": product.named(turn.session.lang),
        "rate": turn.prices(product_id).rate(product),
        "left": product.amount(left),
    }
    choices = (*ways_to_take(turn, product, left), *_more(turn, product), BACK)
    about = (*step_lines(product, turn.prices(product_id)), *about_lines(turn, product))
    shown, heard = f"product/{product_id}", product.voice
    return [Say("card", fields, about, choices, picture=shown, clip=heard)]


def ways_to_take(turn: Turn, product: Product, left: int) -> tuple[Choice, ...]:
    """The packs that `left` base units allow, and "another amount"."""
    prices, mark = turn.prices(product.id), turn.nonce()
    packs = tuple(
        Choice(
            f"add:{product.id}:{o.id}:{mark}",
            "choice-take",
            {
                "pack": product.amount(o.amount),
                "money": Money(price_of(product, prices, Pick(o.id, 1))),
            },
        )
        for o in product.offers
        if o.amount <= left and o.id in prices.vnd
    )
    return (*packs, Choice(f"q:{product.id}", "choice-other-amount"))


def _more(turn: Turn, product: Product) -> tuple[Choice, ...]:
    cart = (Choice("cart", "choice-cart"),) if turn.session.cart else ()
    clip = product.clip_url or video_url(turn, product)
    link = (Choice("clip", "choice-clip", url=clip),) if clip else ()
    return (Choice(f"talk:{product.id}", "choice-ask-seller"), *cart, *link)


def video_url(turn: Turn, product: Product) -> str:
    """Where the seller's own video plays, empty without one or without an address of the shop."""
    address = turn.shop.public_url().rstrip("/")
    name = product.video.removeprefix("media/")
    return f"{address}/media/{name}" if name and address else ""


def about_lines(turn: Turn, product: Product) -> list[Say]:
    """Story, origin and household, season, keeping, papers: only what the catalogue says."""
    lang, catalogue = turn.session.lang, turn.shop.catalogue()
    household = catalogue.households.get(product.household)
    where: dict[str, Field] = {
        "origin": product.origin,
        "household": household.name if household else "",
        "village": household.village if household else "",
    }
    says = [Say("card-origin" if household else "card-origin-only", where)]
    if not product.origin:
        says.clear()
    if product.season:
        months = Months(product.season.months, product.season.lunar)
        says.append(Say("card-season", {"months": months}))
    if not product.keeping and product.keeps_told:
        says.append(Say("card-keeps", {"days": product.shelf_life_days}))
    for id_, text in (("card-keeping", product.keeping), ("card-story", product.story)):
        if text:
            says.append(Say(id_, {"text": text.get(lang) or text["vi"]}))
    says += [Say("card-papers", {"papers": p}) for p in product.papers]
    says += [Say("card-sample")] if product.sample else []
    return says


def _closed_card(turn: Turn, product: Product, closed: bool) -> Say:
    """Out of season or sold out: when it comes, "nhắc tôi", and something like it."""
    fields: dict[str, Field] = {"name": product.named(turn.session.lang)}
    if closed and product.season:
        fields["months"] = Months(product.season.months, product.season.lunar)
    choices = (
        Choice(f"ask:{product.id}", "choice-remind"),
        *(pick(turn, p) for p in similar(turn, product)),
        Choice(f"talk:{product.id}", "choice-ask-seller"),
        BACK,
    )
    about = tuple(about_lines(turn, product)[:1])
    head = "card-out-of-season" if closed else "card-sold-out"
    return Say(head, fields, about, choices, picture=f"product/{product.id}")


def similar(turn: Turn, product: Product) -> list[Product]:
    """Up to two other products of the category that can be bought today."""
    same = turn.shop.market(turn.now).by_category.get(product.category, ())
    others = (turn.product(p) for p in same if p != product.id and turn.level(p).free > 0)
    return [p for p in others if p][:2]


async def remind(turn: Turn, product_id: str) -> list[Say]:
    """Remember that this person wants to know; asked once, however often it is pressed."""
    person, now = turn.person, turn.now
    await turn.shop.ledger.put(lambda b: restock.ask(b, person, product_id, now))
    product = turn.product(product_id)
    name = product.named(turn.session.lang) if product else product_id
    return [Say("remind-noted", {"name": name}, choices=(Choice("m", "choice-market"), BACK))]


async def gone(turn: Turn) -> list[Say]:
    return [Say("problem-not-on-shelf", choices=(Choice("m", "choice-market"), BACK))]


ROUTES: Routes = {
    "m": screen(market),
    "cat": screen(category, views=2),
    "s": screen(search),
    "p": screen(card, views=1),
    "ask": act(remind),
}
