"""Taking packs or an amount, and the cart: it lists, changes, removes; it holds nothing back."""

from __future__ import annotations

import re
from fractions import Fraction

from bot.shop.cart import CartLine, added, amount_in, priced, without
from bot.shop.claim import claim_of_offer
from bot.shop.hours import today
from bot.shop.problems import NotOnShelf, OutOfSeason, Problem, SoldOut
from bot.shop.product import Product, is_priced, offer_of, picks_for
from bot.shop.says import Choice, Field, Money, Months, Say
from bot.shop.season import closed_by_season
from bot.talk.buyer.my_claims import claims_in, fields_of, open_claims
from bot.talk.turn import BACK, Routes, Turn, act, screen
from bot.understand.pieces import Measure
from bot.understand.quantities import Ask, Read, Refuse, read_amount
from bot.usecases.letters import line_say

MOST_MEANINGS = 4
KILO = 1000
AFTER_ADDING = (
    Choice("co", "choice-checkout"),
    Choice("m", "choice-more-goods"),
    Choice("cart", "choice-cart"),
    BACK,
)
NUMBER = re.compile(r"\d+(\.\d+)?")


def wanted(turn: Turn, product_id: str) -> Product:
    product = turn.product(product_id)
    if product is None or not is_priced(product, turn.prices(product_id)):
        raise NotOnShelf()
    return product


async def add_pack(turn: Turn, product_id: str, offer: str, mark: str = "") -> list[Say]:
    """One pack more; a second tap on the same button shows the same cart."""
    product = in_season_now(turn, wanted(turn, product_id))
    if offer_of(product, offer) is None:
        raise KeyError(offer)
    if turn.once(f"add:{product_id}:{offer}:{mark}"):
        put(turn, product, [CartLine(product_id, offer, 1)])
    return show_added(turn, product)


def in_season_now(turn: Turn, product: Product) -> Product:
    """Raises OutOfSeason: an old button must not fill the cart with what cannot be sent."""
    if product.season and closed_by_season(product, today(turn.now)):
        months = Months(product.season.months, product.season.lunar)
        raise OutOfSeason(product=product.id, name=product.named("vi"), months=months)
    return product


def put(turn: Turn, product: Product, lines: list[CartLine]) -> None:
    """Into the cart, if that much is free. Raises SoldOut with what is left beyond the cart."""
    cart = added(turn.session.cart, lines)
    left = turn.level(product.id).free
    if amount_in(cart, product) > left:
        rest = max(0, left - amount_in(turn.session.cart, product))
        name = product.named(turn.session.lang)
        raise SoldOut(product=product.id, name=name, left=product.amount(rest))
    turn.session.cart = cart


def show_added(turn: Turn, product: Product) -> list[Say]:
    says = tuple(line_of(turn, x) for x in turn.session.cart if x.product == product.id)
    total = Say("cart-goods", {"money": Money(goods_vnd(turn))})
    return [Say("cart-added", lines=(*says, total), choices=AFTER_ADDING)]


def line_of(turn: Turn, line: CartLine) -> Say:
    product = wanted(turn, line.product)
    say = line_say(priced(product, turn.prices(line.product), line), product)
    over = line.terms is not None and line.terms.until < turn.now
    return Say("order-line-deal-over", say.fields) if over else say


def goods_vnd(turn: Turn) -> int:
    cart = turn.session.cart
    return sum(priced(wanted(turn, x.product), turn.prices(x.product), x).vnd for x in cart)


async def how_much(turn: Turn, product_id: str) -> list[Say]:
    """Ask for an amount, or put the amount that was said into the cart."""
    product = in_season_now(turn, wanted(turn, product_id))
    if not turn.words:
        turn.ask(f"q:{product_id}")
        return [amount_question(turn, product, "how-much-number")]
    amount = said_amount(turn, product, f"q:{product_id}")
    if isinstance(amount, Say):
        return [amount]
    turn.ask(f"q:{product_id}")  # stays open if this much cannot be had
    picks = picks_for(product, turn.prices(product_id), amount)
    put(turn, product, [CartLine(product_id, p.offer, p.n) for p in picks])
    turn.ask("")
    return show_added(turn, product)


def amount_question(turn: Turn, product: Product, id_: str) -> Say:
    fields: dict[str, Field] = {
        "name": product.named(turn.session.lang),
        "left": product.amount(turn.level(product.id).free),
        "example": product.amount(bare_unit(product) * 2),
    }
    return Say(id_, fields, choices=(BACK,))


def bare_unit(product: Product) -> int:
    """What a bare number counts: kilos and litres where sold so, packs where nothing else is."""
    if product.base == "piece" or (product.loose and product.loose.per < 1000):
        return 1
    if product.loose:
        return product.loose.per
    return product.offers[0].amount


def said_amount(turn: Turn, product: Product, route: str) -> int | Say:
    """Base units in what was said; the question again, with the reason, when it cannot be read."""
    got = read_amount(turn.words, product.base, bare=bare_unit(product))
    meant = bare_meanings(turn, product) or (got.candidates if isinstance(got, Ask) else ())
    if isinstance(got, Read) and len(meant) < 2:
        amount = meant[0] if meant else got.amount
        there = amount <= turn.level(product.id).free
        if not there or turn.fits(product.id, Measure(amount, product.base)) != "large":
            return amount
        meant = (amount,)  # 500 where kilos are counted: said back before it counts
    turn.ask(route)
    if isinstance(got, Refuse):
        fields = amount_question(turn, product, "x").fields
        return Say(f"amount-{got.why}-number", fields, choices=(BACK,))
    return unsure(turn, product, route, turn.words, meant)


def unsure(turn: Turn, product: Product, route: str, text: str, meant: tuple[int, ...]) -> Say:
    """Which of several amounts was meant; `route` takes the one that is chosen."""
    mark = turn.nonce()
    choices = tuple(
        Choice(f"{route}:{n}:{mark}", "choice-meant", {"amount": product.amount(n)}) for n in meant
    )
    return Say("amount-unsure", {"text": text[:40]}, choices=(*choices, BACK))


def bare_meanings(turn: Turn, product: Product) -> tuple[int, ...]:
    """What a bare number may count where goods come in small packs: kilos, packs, lạng, grams.

    Only what can really be bought; one meaning is taken, several are asked about.
    """
    said = turn.words.strip().replace(",", ".")
    small = product.offers and min(o.amount for o in product.offers) < KILO
    if product.base == "piece" or not small or not NUMBER.fullmatch(said):
        return ()
    units = dict.fromkeys((KILO, *(o.amount for o in product.offers), 100, 1))
    amounts = dict.fromkeys(Fraction(said) * u for u in units)
    left = turn.level(product.id).free
    whole = [int(a) for a in amounts if a.denominator == 1 and a <= left]
    return tuple(n for n in whole if buyable(turn, product, n))[:MOST_MEANINGS]


def buyable(turn: Turn, product: Product, amount: int) -> bool:
    try:
        return bool(picks_for(product, turn.prices(product.id), amount))
    except Problem:
        return False


async def how_much_or(turn: Turn, product_id: str, amount: str = "", mark: str = "") -> list[Say]:
    """The question, or an amount chosen where the words could mean two."""
    if amount and not turn.words:
        if not turn.once(f"q:{product_id}:{amount}:{mark}"):
            return show_added(turn, wanted(turn, product_id))
        turn.words = spelled(wanted(turn, product_id), int(amount))
    return await how_much(turn, product_id)


def spelled(product: Product, amount: int) -> str:
    return f"{amount} {product.base if product.base != 'piece' else product.unit}"


async def cart(turn: Turn) -> list[Say]:
    """All lines with their money, the total of the goods, and what to do with them."""
    claimed = await claims_in(turn)
    before = turn.session.cart
    turn.session.cart = [x for x in before if _still_sold(turn, x)]
    if len(before) > len(turn.session.cart):
        turn.notes.append(Say("cart-dropped"))
    if not turn.session.cart:
        return [
            Say("cart-empty", choices=(*await _claimed(turn), Choice("m", "choice-market"), BACK))
        ]
    lines = tuple(
        Say("cart-line-claim", fields_of(turn, claimed[x.offer]))
        if x.offer in claimed
        else line_of(turn, x)
        for x in turn.session.cart
    )
    total = Say("cart-goods", {"money": Money(goods_vnd(turn))})
    changes = (Choice("ed", "choice-edit-cart"), Choice("empty", "choice-empty-cart"))
    return [Say("cart", lines=(*lines, total), choices=(*AFTER_ADDING[:2], *changes, BACK))]


async def _claimed(turn: Turn) -> tuple[Choice, ...]:
    """What she claimed and did not say yes to is not in the cart."""
    return (Choice("cl", "choice-claims"),) if await open_claims(turn) else ()


def _still_sold(turn: Turn, line: CartLine) -> bool:
    product, prices = turn.product(line.product), turn.prices(line.product).vnd
    if product is None or line.terms:
        return product is not None
    return line.offer in prices and (not line.offer or offer_of(product, line.offer) is not None)


def _is_plain(line: CartLine) -> bool:
    return not claim_of_offer(line.offer)


def only(turn: Turn, product: Product, amount: int) -> None:
    """This much at the normal price is all of it in the cart; a deal is left out, aloud."""
    picks = picks_for(product, turn.prices(product.id), amount)
    if any(x.terms for x in turn.session.cart if x.product == product.id and _is_plain(x)):
        turn.notes.append(Say("deal-left-out", {"name": product.named(turn.session.lang)}))
    rest = without(turn.session.cart, product.id)
    turn.session.cart = added(rest, [CartLine(product.id, p.offer, p.n) for p in picks])


ROUTES: Routes = {
    "add": act(add_pack),
    "q": screen(how_much_or, views=1),
    "cart": screen(cart),
}
