"""A customer's answer to the price a seller named for her: yes puts it into the cart."""

from __future__ import annotations

from bot.shop.cart import CartLine, Terms, amount_in, without
from bot.shop.deal import Deal
from bot.shop.problems import NotYourDeal
from bot.shop.product import Product
from bot.shop.says import Choice, Moment, Say
from bot.talk.buyer.browse import card
from bot.talk.buyer.cart import in_season_now, only, show_added, wanted
from bot.talk.buyer.wishing import open_deals
from bot.talk.turn import BACK, Routes, Turn, act
from bot.understand.price_answers import takes_price
from bot.understand.signs import has_amount, leaves
from bot.usecases import bargains


async def answer(turn: Turn, deal_id: str, said: str) -> list[Say]:
    if said not in ("yes", "no"):
        raise KeyError(said)
    deal = await turn.shop.records.deal(deal_id)
    if deal is None or deal.customer != turn.person:
        raise NotYourDeal()
    return await (_take(turn, deal) if said == "yes" else _leave(turn, deal))


async def of_offer(turn: Turn, text: str) -> str:
    """The route by which yes or no ("ok lấy giá đó", "thôi đắt quá") answers the price a seller
    named last; empty if none waits, or if the words may well be about the cart.
    """
    commands, named = turn.shop.commands, takes_price(text)
    yes = named or commands.says_yes(text) or commands.agrees(text, to_order=True)
    no = commands.says_no(text) or (leaves(text) and not has_amount(text))
    if turn.session.seller or not (yes or no) or (turn.session.cart and not named):
        return ""
    found = [d for d in await open_deals(turn) if d.state == "offered"]
    return f"dl:{found[0].id}:{'yes' if yes else 'no'}" if found else ""


async def _take(turn: Turn, known: Deal) -> list[Say]:
    """Into the cart, in place of the same goods at the normal price."""
    product = in_season_now(turn, wanted(turn, known.product))
    person, now = turn.person, turn.now
    deal = await turn.shop.ledger.put(lambda b: bargains.take(b, known.id, person, now))
    line = CartLine(product.id, deal.offer, 1, Terms(deal.amount, deal.vnd, deal.until))
    turn.session.cart = [*without(turn.session.cart, product.id), line]
    turn.session.last_product = product.id
    until = Say("deal-until", {"until": Moment(deal.until)})
    return _with_line(show_added(turn, product), until)


def _with_line(says: list[Say], line: Say) -> list[Say]:
    [say] = says
    return [Say(say.id, say.fields, (*say.lines, line), say.choices)]


async def _leave(turn: Turn, known: Deal) -> list[Say]:
    person, now = turn.person, turn.now
    await turn.shop.ledger.put(lambda b: bargains.decline(b, known.id, person, now))
    turn.session.cart = [x for x in turn.session.cart if x.offer != known.offer]
    choices = (Choice(f"p:{known.product}", "choice-see"), Choice("m", "choice-market"), BACK)
    return [Say("deal-declined", choices=choices)]


async def usual_price(turn: Turn, product_id: str) -> list[Say]:
    """The same amount at the normal price, where a deal cannot be used any more."""
    product: Product = in_season_now(turn, wanted(turn, product_id))
    if not any(x.terms for x in turn.session.cart if x.product == product_id):
        return await card(turn, product_id)
    only(turn, product, amount_in(turn.session.cart, product))
    return show_added(turn, product)


ROUTES: Routes = {
    "dl": act(answer),
    "dc": act(usual_price),
}
