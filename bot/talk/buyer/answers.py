"""Questions answered from the catalogue, the shelf and the rates.

`ans:<subject>:<product>:<amount>`; the last two may be empty. Answer first, then the likeliest
next step. What the shop's data do not say is said to be unknown, and the question goes to the
seller with one tap, word for word. An answer leaves whatever question was open as it is: only
"which product?" may be asked, and only where nothing else is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.shop.payment import account_in_use
from bot.shop.product import Product
from bot.shop.says import Choice, Say
from bot.talk.buyer import answers_goods, answers_shipping, answers_story, lives
from bot.talk.buyer.answers_several import several
from bot.talk.buyer.asked import NAMED, Asked, ask_person, asked, keep_question
from bot.talk.buyer.asking import on_offer
from bot.talk.buyer.browse import gone, pick
from bot.talk.buyer.naming import amount_of, goods_of, not_sold
from bot.talk.turn import BACK, Routes, Turn, act

MOST_GUESSES = 5
MOST_NEAR = 3
OF_SEVERAL = ("price", "stock")
"""What can be said of several goods in one message."""

LEAST_QUESTION = 2
"""Words beside the names: "trứng gà đen nhé" only says which product."""

OfProduct = Callable[[Turn, Asked, Product], Awaitable[list[Say]]]
OfShop = Callable[[Turn, Asked], Awaitable[list[Say]]]


async def answer(turn: Turn, subject: str, product: str = "", amount: str = "") -> list[Say]:
    """About the product named, else the one last looked at; with neither, which one is asked."""
    if product == NAMED:
        return await _named(turn, subject)
    keep_question(turn)
    return await _about(turn, subject, product, int(amount or 0))


async def _named(turn: Turn, subject: str) -> list[Say]:
    """The words name the product: in the question itself, or in answer to "which product?"."""
    if subject not in SUBJECTS:
        raise KeyError(subject)
    got = turn.understood
    other = not_sold(turn, got, got.intent) if got else ""
    if other:
        return _not_sold(turn, subject, other)
    named = _in_question(turn)
    if len(named) > 1 and subject in OF_SEVERAL and got and all(len(n) == 1 for n in named):
        return await several(turn, [(n[0], amount_of(turn, got, n[0].id)) for n in named])
    found = list({p.id: p for n in named for p in n}.values())
    if not found and turn.words:
        found = turn.named(turn.words)
        if not found:
            turn.notes.append(Say("search-nothing", {"text": turn.words[:60]}))
    if len(found) == 1:
        return await _about(turn, subject, found[0].id)
    return which(turn, subject, found)


def _in_question(turn: Turn) -> list[list[Product]]:
    """For each name the products it may mean; words that say more than names are the question."""
    got = turn.understood
    if got is None:
        return []
    rest = got.message.plain
    for hit in reversed(got.message.products):
        rest = rest[: hit.start] + rest[hit.end :]
    if len(rest.split()) >= LEAST_QUESTION:
        keep_question(turn)
    named = ([p for p in map(turn.product, ids) if p] for ids in goods_of(turn, got))
    return list(filter(None, named))


def _not_sold(turn: Turn, subject: str, said: str) -> list[Say]:
    """The shop has not what was asked for: what comes close, and the seller who may know."""
    keep_question(turn)
    ids = (p for named in _in_question(turn) for p in named)
    near = (turn.named(said) or list(ids))[:MOST_NEAR]
    picks = tuple(
        Choice(f"ans:{subject}:{p.id}", "choice-product", pick(turn, p).fields) for p in near
    )
    choices = (*picks, ask_person(turn, None), Choice("m", "choice-market"), BACK)
    return [
        Say("answer-not-sold-near" if near else "answer-not-sold", {"text": said}, (), choices)
    ]


async def _about(turn: Turn, subject: str, product: str, amount: int = 0) -> list[Say]:
    offered = [p for p in map(turn.product, on_offer(turn)) if p]
    if not product and offered and subject in (*OF_SEVERAL, "about"):
        return await _of_offered(turn, subject, offered)
    known = turn.product(product or turn.session.last_product)
    if product and known is None:
        return await gone(turn)
    if product:
        turn.session.last_product = product
    question = asked(turn, known, named=bool(product), amount=amount)
    if subject in OF_SHOP:
        return await OF_SHOP[subject](turn, question)
    flow = OF_PRODUCT[subject]
    return await flow(turn, question, known) if known else which(turn, subject)


async def _of_offered(turn: Turn, subject: str, offered: list[Product]) -> list[Say]:
    """ "Khác nhau thế nào" while one of several is to be chosen: about each of them."""
    if subject in OF_SEVERAL:
        return await several(turn, [(p, 0) for p in offered])
    says = [
        s for p in offered for s in await answers_story.about(turn, asked(turn, p, named=True), p)
    ]
    return [Say(s.id, s.fields, s.lines) for s in says]


def which(turn: Turn, subject: str, found: list[Product] | None = None) -> list[Say]:
    """One short question; a choice or a typed name answers what was asked."""
    if not turn.session.asking:
        turn.ask(f"ans:{subject}:{NAMED}")
    likely = [p.id for p in found] if found else _likely(turn)
    shown = (p for p in map(turn.product, likely[:MOST_GUESSES]) if p)
    choices = tuple(
        Choice(f"ans:{subject}:{p.id}", "choice-product", pick(turn, p).fields) for p in shown
    )
    return [Say("answer-which", choices=(*choices, Choice("s", "choice-search"), BACK))]


def _likely(turn: Turn) -> list[str]:
    """What lies in the cart, newest first, then what is fresh today."""
    cart = [x.product for x in reversed(turn.session.cart)]
    return list(dict.fromkeys((*cart, *turn.shop.market(turn.now).fresh)))


async def shipping(turn: Turn, question: Asked) -> list[Say]:
    """For the cart or the product; with neither in general, and for which goods is asked."""
    if question.product is None and not turn.session.cart:
        [ask] = which(turn, "shipping")
        return answers_shipping.in_general(turn, question, ask.choices)
    return await answers_shipping.shipping(turn, question)


async def payment(turn: Turn, question: Asked) -> list[Say]:
    """How one can pay today; whether money arrived only the seller can see."""
    if "arrived" in question.after:
        orders = await turn.shop.records.orders_of(turn.person)
        seller = orders[0].seller if orders else ""
        product = None if orders else question.product
        choices = (ask_person(turn, product, seller), Choice("o", "choice-orders"), BACK)
        return [Say("answer-money-unknown", choices=choices)]
    order = (Choice("co", "choice-checkout"),) if turn.session.cart else ()
    choices = (*order, ask_person(turn, question.product), BACK)
    now = turn.now
    bank = await turn.shop.records.read(lambda b: account_in_use(b.bank_accounts(), now))
    if bank is None:
        return [Say("answer-payment", choices=choices)]
    return [Say("answer-payment-bank", choices=(*_ways_here(turn), *choices))]


def _ways_here(turn: Turn) -> tuple[Choice, ...]:
    """The summary's own button for a transfer, if she asked beneath it."""
    items = turn.session.menus[-1].items if turn.session.menus else ()
    found = (i.id for i in items if i.id.startswith("co:") and i.id.endswith(":bank"))
    return tuple(Choice(id_, "choice-place-order-bank") for id_ in found)


async def live(turn: Turn, question: Asked) -> list[Say]:
    """Those planned; without any, usual hours are no promise, so none are given."""
    if await turn.shop.open_lives(turn.now):
        return await lives.listing(turn)
    choices = (ask_person(turn, question.product), Choice("m", "choice-market"), BACK)
    return [Say("answer-live-none", choices=choices)]


async def where(turn: Turn, question: Asked) -> list[Say]:
    """There is no shop to walk into: where each seller is."""
    catalogue = turn.shop.catalogue()
    lines = tuple(
        Say(
            "answer-market-seller",
            {"name": s.name, "place": catalogue.provinces[s.province].name},
        )
        for s in catalogue.sellers.values()
    )
    choices = (Choice("m", "choice-market"), ask_person(turn, None), BACK)
    return [Say("answer-market-where", lines=lines, choices=choices)]


OF_PRODUCT: Mapping[str, OfProduct] = {
    "price": answers_goods.price,
    "stock": answers_goods.stock,
    "season": answers_goods.season,
    "origin": answers_story.origin,
    "usage": answers_story.usage,
    "about": answers_story.about,
}
OF_SHOP: Mapping[str, OfShop] = {
    "shipping": shipping,
    "payment": payment,
    "live": live,
    "where": where,
}
SUBJECTS = frozenset((*OF_PRODUCT, *OF_SHOP))

ROUTES: Routes = {"ans": act(answer)}
