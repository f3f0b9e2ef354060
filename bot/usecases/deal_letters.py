"""Letters about a price for one customer: what each side is told, with the buttons to answer."""

from __future__ import annotations

from bot.shop.deal import Deal, rate_of, usual_vnd
from bot.shop.problems import Problem
from bot.shop.product import Prices, Product, picks_for
from bot.shop.says import Choice, Field, Letter, Moment, Money, Say
from bot.usecases.letters import ORDER_LETTER_SECONDS
from bot.usecases.ports import Books

SEE_OR_NOT = (Choice("home", "choice-no-thanks"),)


def wished(
    books: Books, deal: Deal, customer_name: str, left: int, *, again: bool = False
) -> None:
    """To the seller: what is wished, what it usually costs, and three ways to answer. again: an
    earlier wish of the customer, not answered yet, is no longer meant.
    """
    product, prices = books.goods(deal.product), books.prices(deal.product)
    choices = (
        Choice(f"dp:{deal.id}", "choice-deal-price"),
        Choice(f"dn:{deal.id}", "choice-deal-no-less"),
        Choice(f"rp:{deal.thread}", "choice-deal-in-words"),
    )
    fields: dict[str, Field] = {"customer": customer_name, "name": product.name["vi"]}
    instead = (Say("seller-deal-instead"),) if again else ()
    lines = (
        *instead,
        *wish_lines(deal, product, prices),
        Say("seller-deal-left", {"left": product.amount(left)}),
    )
    _to_seller(books, deal, Say("seller-deal-wish", fields, lines, choices), "wish", deal.at)


def wish_lines(deal: Deal, product: Product, prices: Prices) -> tuple[Say, ...]:
    """The amount, the price wished for and the customer's words, as far as they are known."""
    said = (Say("seller-deal-said", {"text": deal.said}),) if deal.said else ()
    usual = usual_say(product, prices, deal.amount, "seller-deal-amount") if deal.amount else None
    words = (Say("talk-words", {"text": deal.words}),) if deal.words else ()
    return (*((usual,) if usual else ()), *said, *_hopes(deal, product), *words)


def _hopes(deal: Deal, product: Product) -> tuple[Say, ...]:
    """The price wished for, and what that is per unit; without an amount only her words tell."""
    if not deal.wished_vnd or not deal.amount:
        return ()
    rate = rate_of(product, deal.amount, deal.wished_vnd)
    return (Say("seller-deal-hopes", {"money": Money(deal.wished_vnd), "rate": rate}),)


def usual_say(product: Product, prices: Prices, amount: int, id_: str = "deal-price-line") -> Say:
    """What an amount costs without a deal; sentence `id_` takes amount, money and rate."""
    vnd = usual_vnd(product, prices, amount)
    fields: dict[str, Field] = {
        "amount": product.amount(amount),
        "money": Money(vnd),
        "rate": rate_of(product, amount, vnd),
    }
    return Say(id_, fields)


def offered(books: Books, deal: Deal) -> None:
    """To the customer: this price for this amount until then; yes or no."""
    choices = (
        Choice(f"dl:{deal.id}:yes", "choice-deal-take"),
        Choice(f"dl:{deal.id}:no", "choice-no-thanks"),
    )
    say = Say("deal-offered", terms(books.goods(deal.product), deal), choices=choices)
    letter = Letter(
        deal.customer, say, "order", deal.at, deal.until, f"{deal.id}:offer"
    )  # a price that is over is not worth a message
    books.post(letter)


def terms(product: Product, deal: Deal) -> dict[str, Field]:
    """A priced deal's product, amount, money, price per unit and deadline."""
    return {
        "name": product.name["vi"],
        "amount": product.amount(deal.amount),
        "money": Money(deal.vnd),
        "rate": rate_of(product, deal.amount, deal.vnd),
        "until": Moment(deal.until),
    }


def refused(books: Books, deal: Deal) -> None:
    """To the customer: the price stays what it is, and how to take it."""
    product, prices = books.goods(deal.product), books.prices(deal.product)
    see = Choice(f"p:{deal.product}", "choice-see")
    fields: dict[str, Field] = {"name": product.name["vi"]}
    if not product.seller:  # no longer in the catalogue
        _to_customer(books, deal, Say("deal-refused", fields, choices=SEE_OR_NOT), "refuse")
        return
    normal = _normal(deal, product, prices)
    choices = (*_take(deal, product, prices), see, *SEE_OR_NOT)
    _to_customer(books, deal, Say("deal-refused", fields, (normal,), choices), "refuse")


def _normal(deal: Deal, product: Product, prices: Prices) -> Say:
    if deal.amount:
        return usual_say(product, prices, deal.amount)
    return Say("deal-usual-rate", {"rate": prices.rate(product)})


def _take(deal: Deal, product: Product, prices: Prices) -> tuple[Choice, ...]:
    """A button for the amount wished for, where packs or loose goods make it."""
    try:
        picks_for(product, prices, deal.amount)
    except Problem:
        return ()
    money = Money(usual_vnd(product, prices, deal.amount))
    fields: dict[str, Field] = {"pack": product.amount(deal.amount), "money": money}
    return (Choice(f"q:{deal.product}:{deal.amount}:{deal.id[:4]}", "choice-take", fields),)


def unanswered(books: Books, deal: Deal) -> None:
    """To the customer, once: the seller has named no price."""
    choices = (
        Choice(f"p:{deal.product}", "choice-see"),
        Choice(f"talk:{deal.product}", "choice-ask-seller"),
        *SEE_OR_NOT,
    )
    name = books.goods(deal.product).name["vi"]
    _to_customer(books, deal, Say("deal-unanswered", {"name": name}, choices=choices), "lapse")


def answered(books: Books, deal: Deal, id_: str) -> None:
    """To the seller: taken, declined, or past its deadline."""
    fields = terms(books.goods(deal.product), deal)
    _to_seller(books, deal, Say(id_, fields), deal.state, deal.at)


def _to_customer(books: Books, deal: Deal, say: Say, what: str) -> None:
    _post(books, deal.customer, say, f"{deal.id}:{what}", deal.at)


def _to_seller(books: Books, deal: Deal, say: Say, what: str, now: int) -> None:
    for account in books.accounts_of(deal.seller) or (f"seller:{deal.seller}",):
        _post(books, account, say, f"{deal.id}:{what}:{account}", now)


def _post(books: Books, to: str, say: Say, once: str, now: int) -> None:
    books.post(Letter(to, say, "order", now, now + ORDER_LETTER_SECONDS, once))
