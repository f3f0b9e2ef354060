"""A customer who wants a lower price: what taking more costs, else the seller is asked."""

from __future__ import annotations

from dataclasses import replace

from bot.shop.cart import amount_in
from bot.shop.deal import Deal, rate_of, steps, usual_vnd
from bot.shop.product import Product, amount_of, least_amount
from bot.shop.says import Choice, Field, Money, Say
from bot.talk.buyer.browse import card
from bot.talk.buyer.cart import bare_meanings, bare_unit, buyable, in_season_now, wanted
from bot.talk.buyer.contact import thread_with
from bot.talk.buyer.wishing import (
    MOST_SAID,
    MOST_WORDS,
    Wish,
    joined,
    keep,
    kept,
    of_cart,
    of_deal,
    on_screen,
    open_deals,
    read_wish,
)
from bot.talk.turn import BACK, Routes, Turn, act
from bot.understand import signs
from bot.understand.fold import tidy
from bot.understand.price_answers import lots
from bot.understand.quantities import Ask, Read, Refuse, read_amount
from bot.usecases import bargains, deal_letters

MOST_STEPS = 3
MOST_ASKED = 5


async def wish(
    turn: Turn, product_id: str = "", amount: str = "", vnd: str = "", per: str = ""
) -> list[Say]:
    """A wish as it was heard: `wish:<product>:<amount>:<vnd>:<per>`, empty or 0 where nothing was
    said; else the words of the turn tell. Always does something, so no button leads here.
    """
    words = (turn.words or (turn.heard.text if turn.heard.kind == "text" else ""))[:MOST_WORDS]
    turn.words = ""
    given = Wish(product_id, int(amount or 0), int(vnd or 0), int(per or 0), words=words)
    deals = await open_deals(turn, product_id.removeprefix("?"))
    name = product_id or (deals[0].product if deals else turn.session.last_product)
    product = turn.product(name)
    if product is None:
        keep(turn, replace(given, product=""))
        return _which(turn)
    heard = joined(await _read(turn, product, words), given) if words else given
    known = joined(on_screen(turn, product), replace(heard, product=product.id))
    if not (known.amount or known.said) and deals:
        known = joined(of_deal(deals[0], product.id), known)
        keep(turn, known)
        return await _pressed(turn, product, known)
    keep(turn, of_cart(turn, product, known))
    return await _go_on(turn, product)


async def _pressed(turn: Turn, product: Product, known: Wish) -> list[Say]:
    """Bargaining goes on about a price that was asked for: back to the seller with it."""
    if known.hoped(product, turn.prices(product.id)) >= _usual(turn, product, known.amount):
        return await _go_on(turn, product)
    return await _sent(turn, in_season_now(turn, wanted(turn, product.id)), known)


def _usual(turn: Turn, product: Product, amount: int) -> int:
    return usual_vnd(product, turn.prices(product.id), amount)


async def _read(turn: Turn, product: Product, words: str) -> Wish:
    """Amount, price and words; in season or not, on sale or not."""
    got = turn.understood or await turn.understand(words)
    return read_wish(product, turn.prices(product.id), got, words)


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
        await _of_product(turn, named[0])
        return await _go_on(turn, named[0])
    if not named:
        return _which(turn)
    turn.ask("wp")
    choices = tuple(_pick(turn, p) for p in named[:MOST_ASKED])
    return [Say("bargain-which", choices=(*choices, BACK))]


async def _of_product(turn: Turn, product: Product) -> None:
    """Now that the product is known, what was said before can be read."""
    known = kept(turn, product)
    if known.words:
        turn.understood = await turn.understand(known.words)
        heard = await _read(turn, product, known.words)
        keep(turn, joined(known, heard))


async def _go_on(turn: Turn, product: Product) -> list[Say]:
    """Price steps, an order with another price in it, or a wish that the normal price meets, are
    answered at once; else the seller is asked.
    """
    in_season_now(turn, wanted(turn, product.id))
    turn.session.last_product = product.id
    left = turn.level(product.id).free
    if left < least_amount(product):
        return await card(turn, product.id)
    known, prices = kept(turn, product), turn.prices(product.id)
    sizes = [amount_of(product, way) for way in steps(product, prices)]
    sizes = [size for size in sizes if size <= left][-MOST_STEPS:]
    if sizes or (known.amount and (_is_met(turn, product, known) or _only_orders(known))):
        return [_steps(turn, product, known, sizes)]
    return await _ask_seller(turn, product, known)


def _is_met(turn: Turn, product: Product, known: Wish) -> bool:
    hoped = known.hoped(product, turn.prices(product.id))
    return bool(hoped) and hoped >= _usual(turn, product, known.amount)


def _only_orders(known: Wish) -> bool:
    """A price beside an amount, without a word of bargaining: it may only be mistaken."""
    return bool(known.vnd and known.words) and not signs.bargains(tidy(known.words))


def _steps(turn: Turn, product: Product, known: Wish, sizes: list[int]) -> Say:
    """What these amounts cost, the wished one first, with a button where it can be taken; and the
    seller, who comes first where the wished one cannot.
    """
    prices, amounts = turn.prices(product.id), _compared(turn, product, known, sizes)
    lines = [deal_letters.usual_say(product, prices, n) for n in amounts]
    left = turn.level(product.id).free
    if known.amount > left:
        lines.append(Say("bargain-left", {"left": product.amount(left)}))
    can = [n for n in amounts if n <= left and buyable(turn, product, n)]
    takes = [_take(turn, product, n) for n in can]
    first = 0 if known.said else int(known.amount in can)
    at = first if known.amount or known.said else len(takes)
    takes.insert(at, _other(turn, product, known))
    fields: dict[str, Field] = {"name": product.named(turn.session.lang)}
    return Say("bargain-steps", fields, tuple(lines), (*takes, BACK))


def _compared(turn: Turn, product: Product, known: Wish, sizes: list[int]) -> tuple[int, ...]:
    """The amount wished for and the larger ones; without one, all."""
    if not known.amount:
        return tuple(sizes)
    left = turn.level(product.id).free
    more = [n for n in sizes if n > known.amount or known.amount > left]
    return (known.amount, *more)


def _other(turn: Turn, product: Product, known: Wish) -> Choice:
    """To the seller, with the amount and the price as they are known now."""
    hoped = known.hoped(product, turn.prices(product.id))
    vnd, amount = (hoped, known.amount) if hoped else (known.vnd, known.per)
    route = f"ws:{product.id}:{known.amount}:{known.vnd}:{known.per}"
    if not vnd or not amount or _is_met(turn, product, known):
        return Choice(route, "choice-wish-other")
    return Choice(route, "choice-wish-price", {"rate": rate_of(product, amount, vnd)})


def _take(turn: Turn, product: Product, amount: int) -> Choice:
    money = Money(usual_vnd(product, turn.prices(product.id), amount))
    fields: dict[str, Field] = {"pack": product.amount(amount), "money": money}
    return Choice(f"q:{product.id}:{amount}:{turn.nonce()}", "choice-take", fields)


async def send(
    turn: Turn, product_id: str, amount: str = "", vnd: str = "", per: str = ""
) -> list[Say]:
    """The seller is asked, whatever the steps say."""
    product = in_season_now(turn, wanted(turn, product_id))
    known = kept(turn, product)
    if amount:
        known = replace(known, amount=int(amount), vnd=int(vnd or 0), per=int(per or 0))
        keep(turn, known)
    return await _ask_seller(turn, product, known)


async def _ask_seller(turn: Turn, product: Product, known: Wish) -> list[Say]:
    if known.amount or known.said:
        return await _sent(turn, product, known)
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
    known = kept(turn, product)
    if amount:
        return await _sent(turn, product, replace(known, amount=int(amount), said=""))
    if not turn.words:
        return [_how_much(turn, product)]
    text, commands = turn.words, turn.shop.commands
    if commands.says_no(text) or (signs.leaves(text) and not signs.has_amount(text)):
        return await card(turn, product_id)
    got = await turn.understand(text)
    if got.price:  # with an amount or without: it is the wish that is said anew
        turn.understood = got
        keep(turn, joined(known, await _read(turn, product, text[:MOST_WORDS])))
        return await _ask_seller(turn, product, kept(turn, product))
    return await _answered(turn, product, known)


async def _answered(turn: Turn, product: Product, known: Wish) -> list[Say]:
    got = read_amount(turn.words, product.base, bare=bare_unit(product))
    meant = bare_meanings(turn, product) or (got.candidates if isinstance(got, Ask) else ())
    if isinstance(got, Read) and len(meant) < 2:
        amount = meant[0] if meant else got.amount
        return await _sent(turn, product, replace(known, amount=amount, said=""))
    if meant:
        turn.ask(f"wa:{product.id}")
        choices = tuple(_meant(product, n) for n in meant)
        return [Say("amount-unsure", {"text": turn.words[:40]}, choices=(*choices, BACK))]
    if isinstance(got, Refuse) and got.why in ("zero", "negative"):
        return [_how_much(turn, product)]
    return await _said(turn, product, known)


async def _said(turn: Turn, product: Product, known: Wish) -> list[Say]:
    """No number: an amount in words, yes to what lies in the cart, or neither."""
    text, commands = turn.words, turn.shop.commands
    lying = amount_in(turn.session.cart, product)
    agrees = commands.says_yes(text) or commands.agrees(text, to_order=True)
    if agrees and lying:
        return await _sent(turn, product, replace(known, amount=lying, said=""))
    if agrees or (signs.asks(tidy(text)) and not lots(text)):
        turn.words = ""
        return [_how_much(turn, product)]
    return await _sent(turn, product, replace(known, amount=0, said=text[:MOST_SAID]))


async def _sent(turn: Turn, product: Product, known: Wish) -> list[Say]:
    """Hand it over; the same wish twice is one letter."""
    turn.words = ""
    talk = thread_with(turn, product.seller, product.id)
    deal = Deal(
        id=turn.shop.ids.short(),
        customer=turn.person,
        seller=product.seller,
        product=product.id,
        amount=known.amount,
        said="" if known.amount else known.said,
        words=known.words,
        wished_vnd=known.hoped(product, turn.prices(product.id)),
        thread=talk.id,
    )
    now = turn.now
    await turn.shop.ledger.put(lambda b: bargains.wish(b, deal, talk, now))
    how_much: Field = product.amount(known.amount) if known.amount else known.said
    fields: dict[str, Field] = {"name": product.named(turn.session.lang), "amount": how_much}
    return [Say("bargain-sent", fields, choices=(Choice("m", "choice-more-goods"), BACK))]


ROUTES: Routes = {
    "wish": act(wish),
    "wp": act(which),
    "ws": act(send),
    "wa": act(how_much),
}
