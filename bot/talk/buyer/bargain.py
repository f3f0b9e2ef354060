"""A customer who wants a lower price: what taking more costs, else the seller is asked."""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.cart import amount_in
from bot.shop.deal import Deal, steps, usual_vnd
from bot.shop.product import Product, amount_of, least_amount
from bot.shop.says import Choice, Field, Money, Say
from bot.talk.buyer.browse import card
from bot.talk.buyer.cart import bare_meanings, bare_unit, buyable, in_season_now, wanted
from bot.talk.buyer.contact import thread_with
from bot.talk.turn import BACK, Routes, Turn, act
from bot.understand.quantities import Ask, Read, Refuse, read_amount
from bot.usecases import bargains, deal_letters

MOST_STEPS = 3
MOST_WORDS = 200
MOST_SAID = 60
MOST_ASKED = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What is known of a wish so far: base units and đồng, 0 unknown; `vnd` is for the whole
    amount if that was said with it.
    """

    product: str
    amount: int = 0
    vnd: int = 0
    words: str = ""


async def wish(turn: Turn, product_id: str = "", amount: str = "", vnd: str = "") -> list[Say]:
    """A wish as it was heard: `wish:<product>:<amount>:<vnd>`, empty or 0 where nothing was said;
    the customer's words are in the turn. Always does something, so no button leads here.
    """
    words = turn.words or (turn.heard.text if turn.heard.kind == "text" else "")
    turn.words = ""
    heard = Wish(product_id, int(amount or 0), int(vnd or 0), words[:MOST_WORDS])
    _keep(turn, heard)
    product = turn.product(product_id or turn.session.last_product)
    if product is None:
        return _which(turn)
    return await _go_on(turn, product)


def _keep(turn: Turn, heard: Wish) -> None:
    turn.session.form["wish"] = f"{heard.product}:{heard.amount}:{heard.vnd}"
    turn.session.form["wish_words"] = heard.words


def _kept(turn: Turn, product: Product) -> Wish:
    """What was said of a wish for this product; nothing if the wish was for another one."""
    name, _, rest = turn.session.form.get("wish", "").partition(":")
    if not rest or name not in ("", product.id):
        return Wish(product.id)
    amount, _, vnd = rest.partition(":")
    words = turn.session.form.get("wish_words", "")
    return Wish(product.id, int(amount), int(vnd), words)


def _which(turn: Turn) -> list[Say]:
    """Of which product? What is in the cart, else what is fresh today; a name can be typed."""
    turn.ask("wp")
    near = dict.fromkeys(x.product for x in turn.session.cart) or turn.shop.market(turn.now).fresh
    known = [p for p in map(turn.product, near) if p][:MOST_ASKED]
    choices = tuple(_pick(turn, p) for p in known)
    return [Say("bargain-which", choices=(*choices, BACK))]


def _pick(turn: Turn, product: Product) -> Choice:
    return Choice(f"wp:{product.id}", "choice-product", {"name": product.named(turn.session.lang)})


async def which(turn: Turn, product_id: str = "") -> list[Say]:
    """The product, by button or by name."""
    named = [wanted(turn, product_id)] if product_id else turn.named(turn.words)
    turn.words = ""
    if len(named) == 1:
        return await _go_on(turn, named[0])
    if not named:
        return _which(turn)
    turn.ask("wp")
    choices = tuple(_pick(turn, p) for p in named[:MOST_ASKED])
    return [Say("bargain-which", choices=(*choices, BACK))]


async def _go_on(turn: Turn, product: Product) -> list[Say]:
    """Price steps, or a wish that the normal price meets, are answered at once; else the seller
    is asked.
    """
    in_season_now(turn, wanted(turn, product.id))
    turn.session.last_product = product.id
    if turn.level(product.id).free < least_amount(product):
        return await card(turn, product.id)
    known, prices = _kept(turn, product), turn.prices(product.id)
    left = turn.level(product.id).free
    sizes = [amount_of(product, way) for way in steps(product, prices)]
    sizes = [size for size in sizes if size <= left][-MOST_STEPS:]
    met = known.amount and known.vnd >= usual_vnd(product, prices, known.amount)
    if sizes or met:
        return [_steps(turn, product, [*sizes, *([known.amount] if known.amount else [])])]
    return await _ask_seller(turn, product, known)


def _steps(turn: Turn, product: Product, sizes: list[int]) -> Say:
    """What these amounts cost, each with a button where it can be taken; and the seller."""
    prices, amounts = turn.prices(product.id), tuple(dict.fromkeys(sizes))
    lines = tuple(deal_letters.usual_say(product, prices, n) for n in amounts)
    takes = tuple(_take(turn, product, n) for n in amounts if buyable(turn, product, n))
    other = Choice(f"ws:{product.id}", "choice-wish-other")
    fields: dict[str, Field] = {"name": product.named(turn.session.lang)}
    return Say("bargain-steps", fields, lines, (*takes, other, BACK))


def _take(turn: Turn, product: Product, amount: int) -> Choice:
    money = Money(usual_vnd(product, turn.prices(product.id), amount))
    fields: dict[str, Field] = {"pack": product.amount(amount), "money": money}
    return Choice(f"q:{product.id}:{amount}:{turn.nonce()}", "choice-take", fields)


async def send(turn: Turn, product_id: str) -> list[Say]:
    """The seller is asked, whatever the steps say."""
    product = in_season_now(turn, wanted(turn, product_id))
    return await _ask_seller(turn, product, _kept(turn, product))


async def _ask_seller(turn: Turn, product: Product, known: Wish) -> list[Say]:
    if known.amount:
        return await _sent(turn, product, known, known.amount)
    return [_how_much(turn, product)]


def _how_much(turn: Turn, product: Product) -> Say:
    """Ask for the amount; what lies in the cart is the likeliest."""
    turn.ask(f"wa:{product.id}")
    lying = amount_in(turn.session.cart, product)
    fields: dict[str, Field] = {
        "name": product.named(turn.session.lang),
        "example": product.amount(bare_unit(product) * 20),
    }
    choices = (_meant(product, lying),) if lying else ()
    return Say("bargain-how-much-number", fields, choices=(*choices, BACK))


def _meant(product: Product, amount: int) -> Choice:
    fields: dict[str, Field] = {"amount": product.amount(amount)}
    return Choice(f"wa:{product.id}:{amount}", "choice-meant", fields)


async def how_much(turn: Turn, product_id: str, amount: str = "") -> list[Say]:
    """The amount, by button or in words; words that are no number travel as they are."""
    product = in_season_now(turn, wanted(turn, product_id))
    known = _kept(turn, product)
    if amount:
        return await _sent(turn, product, known, int(amount))
    if not turn.words:
        return [_how_much(turn, product)]
    if turn.shop.commands.says_no(turn.words):
        return await card(turn, product_id)
    return await _answered(turn, product, known)


async def _answered(turn: Turn, product: Product, known: Wish) -> list[Say]:
    got = read_amount(turn.words, product.base, bare=bare_unit(product))
    meant = bare_meanings(turn, product) or (got.candidates if isinstance(got, Ask) else ())
    if isinstance(got, Read) and len(meant) < 2:
        return await _sent(turn, product, known, meant[0] if meant else got.amount)
    if meant:
        choices = tuple(_meant(product, n) for n in meant)
        return [Say("amount-unsure", {"text": turn.words[:40]}, choices=(*choices, BACK))]
    if isinstance(got, Refuse) and got.why in ("zero", "negative"):
        return [_how_much(turn, product)]
    return await _sent(turn, product, known, 0, turn.words[:MOST_SAID])


async def _sent(
    turn: Turn, product: Product, known: Wish, amount: int, said: str = ""
) -> list[Say]:
    """Hand it over; the same wish twice is one letter."""
    talk = thread_with(turn, product.seller, product.id)
    deal = Deal(
        id=turn.shop.ids.short(),
        customer=turn.person,
        seller=product.seller,
        product=product.id,
        amount=amount,
        said=said,
        words=known.words,
        wished_vnd=known.vnd,
        thread=talk.id,
    )
    now = turn.now
    await turn.shop.ledger.put(lambda b: bargains.wish(b, deal, talk, now))
    how_much: Field = product.amount(amount) if amount else said
    fields: dict[str, Field] = {"name": product.named(turn.session.lang), "amount": how_much}
    return [Say("bargain-sent", fields, choices=(Choice("m", "choice-more-goods"), BACK))]


ROUTES: Routes = {
    "wish": act(wish),
    "wp": act(which),
    "ws": act(send),
    "wa": act(how_much),
}
